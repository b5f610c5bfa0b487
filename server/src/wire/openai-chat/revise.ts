import type { Json, JsonObject, Reviser, Revision } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { type RevisedDialect, type ReviseOptions, revisionOf, type Say } from '../stream/revise.ts'
import { everyText, jsonText } from '../stream/texts.ts'

/** Members of a message that are text, each a channel of its own. */
const TEXTS: Readonly<Record<string, string>> = {
  content: 'text',
  reasoning_content: 'reasoning',
  reasoning: 'reasoning',
  refusal: 'refusal',
}

/** Members of a reply, a choice, a message or a part that are the protocol's own or opaque. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'id object model created system_fingerprint service_tier usage obfuscation choices index finish_reason ' +
    'native_finish_reason logprobs role type code param tool_call_id name data format signature encrypted_content'
  ).split(' '),
)

const numberAt = (object: JsonObject, key: string, absent: number): number => {
  const value = object[key]
  return typeof value === 'number' ? value : absent
}

const withArguments = (call: JsonObject, key: string, say: Say): JsonObject => {
  const text = call['arguments']
  if (typeof text === 'string') return { ...call, arguments: say({ key, form: 'json' }, text) }
  return isObject(text) ? { ...call, arguments: jsonText(text, key, say) } : call
}

const withInput = (call: JsonObject, key: string, say: Say): JsonObject => {
  const text = call['input']
  return typeof text === 'string' ? { ...call, input: say({ key, form: 'text' }, text) } : call
}

const calls = (list: readonly Json[], lane: string, say: Say): readonly Json[] =>
  list.map((call, position) => {
    if (!isObject(call)) return call
    const index = numberAt(call, 'index', position)
    const out: Record<string, Json | undefined> = { ...call }
    for (const [name, value] of Object.entries(call)) {
      if (name === 'function' && isObject(value)) {
        out[name] = withArguments(value, `${lane}tool:${index}`, say)
      } else if (name === 'custom' && isObject(value)) {
        out[name] = withInput(value, `${lane}custom:${index}`, say)
      } else if (!KEPT.has(name)) out[name] = everyText(value, `${lane}more:${name}:${index}`, KEPT, say)
    }
    return out
  })

const parts = (list: readonly Json[], key: string, lane: string, say: Say): readonly Json[] =>
  list.map((part, position) => {
    if (!isObject(part)) return part
    const { text, ...others } = part
    const more = everyText(others, `${lane}more:${position}`, KEPT, say)
    if (!isObject(more)) return part
    return typeof text === 'string'
      ? { ...part, ...more, text: say({ key: `${key}:${position}`, form: 'text' }, text) }
      : { ...part, ...more }
  })

/** Reasoning as some gateways give it: pieces of text or of a summary, with their place. */
const details = (list: readonly Json[], lane: string, say: Say): readonly Json[] =>
  list.map((detail, position) => {
    if (!isObject(detail)) return detail
    const out: Record<string, Json | undefined> = { ...detail }
    for (const name of ['text', 'summary']) {
      const text = detail[name]
      const key = `${lane}details:${numberAt(detail, 'index', position)}:${name}`
      if (typeof text === 'string') out[name] = say({ key, form: 'text' }, text)
    }
    return out
  })

const audio = (value: JsonObject, lane: string, say: Say): JsonObject =>
  typeof value['transcript'] === 'string'
    ? { ...value, transcript: say({ key: `${lane}transcript`, form: 'text' }, value['transcript']) }
    : value

/** A message or a delta of one with its texts said. */
const message = (json: JsonObject, lane: string, say: Say): JsonObject => {
  const out: Record<string, Json | undefined> = { ...json }
  for (const [name, value] of Object.entries(json)) {
    const channel = Object.hasOwn(TEXTS, name) ? `${lane}${TEXTS[name]}` : null
    if (channel !== null && typeof value === 'string') out[name] = say({ key: channel, form: 'text' }, value)
    else if (channel !== null && isList(value)) out[name] = parts(value, channel, lane, say)
    else if (name === 'tool_calls' && isList(value)) out[name] = calls(value, lane, say)
    else if (name === 'function_call' && isObject(value)) {
      out[name] = withArguments(value, `${lane}function`, say)
    } else if (name === 'reasoning_details' && isList(value)) out[name] = details(value, lane, say)
    else if (name === 'audio' && isObject(value)) out[name] = audio(value, lane, say)
    else if (!KEPT.has(name)) out[name] = everyText(value, `${lane}more:${name}`, KEPT, say)
  }
  return out
}

const choices = (
  json: JsonObject,
  name: 'delta' | 'message',
  verbatim: boolean,
  say: Say,
): readonly Json[] | null => {
  const list = json['choices']
  if (!isList(list)) return null
  return list.map((choice, position) => {
    if (!isObject(choice)) return choice
    const lane = `${numberAt(choice, 'index', position)}/`
    const { [name]: said, ...others } = choice
    const more = everyText(others, `${lane}more:choice`, KEPT, say)
    const out: JsonObject = isObject(more) ? { ...choice, ...more } : choice
    // The tokens tell what the model said, not what the text says now.
    const quiet: JsonObject = verbatim || choice['logprobs'] == null ? out : { ...out, logprobs: null }
    return isObject(said) ? { ...quiet, [name]: message(said, lane, say) } : quiet
  })
}

const reply = (json: JsonObject, name: 'delta' | 'message', verbatim: boolean, say: Say): JsonObject => {
  const said = choices(json, name, verbatim, say)
  const out: Record<string, Json | undefined> = { ...json }
  if (said !== null) out['choices'] = said
  for (const [member, value] of Object.entries(json)) {
    if (!KEPT.has(member)) out[member] = everyText(value, `more:${member}`, KEPT, say)
  }
  return out
}

/** What a delta speaks in: `0/text`, `0/tool:1`. */
const spokenIn = (delta: JsonObject, lane: string): readonly string[] => {
  const keys: string[] = []
  message(delta, lane, ({ key }, text) => {
    if (!isWhole(key)) keys.push(key)
    return text
  })
  return keys
}

/** What is said at once, and so is over with the event that says it. */
const isWhole = (channel: string): boolean => /^(?:-?\d+\/)?more:/.test(channel)

const over = (json: JsonObject, channel: string): boolean => {
  if (isWhole(channel)) return true
  const list = json['choices']
  if (!isList(list)) return isObject(json['error'])
  return list.some((choice, position) => {
    const lane = `${isObject(choice) ? numberAt(choice, 'index', position) : position}/`
    if (!isObject(choice) || !channel.startsWith(lane)) return false
    if (typeof choice['finish_reason'] === 'string') return true
    // A channel is over where another one of its choice begins to speak.
    const keys = isObject(choice['delta']) ? spokenIn(choice['delta'], lane) : []
    return keys.length > 0 && !keys.includes(channel)
  })
}

/** A delta that says nothing but a piece of a channel. */
const deltaOf = (sort: string, place: string, member: string, like: JsonObject, text: string): JsonObject => {
  const index = Number(place)
  switch (sort) {
    case 'tool':
      return { tool_calls: [{ index, function: { arguments: text } }] }
    case 'custom':
      return { tool_calls: [{ index, custom: { input: text } }] }
    case 'function':
      return { function_call: { arguments: text } }
    case 'transcript':
      return { audio: { transcript: text } }
    case 'details':
      return { reasoning_details: [{ type: `reasoning.${member}`, index, [member]: text }] }
    default:
      return { [fieldOf(sort, like)]: text }
  }
}

/** The member under which this upstream says that sort of text. */
const fieldOf = (sort: string, like: JsonObject): string => {
  if (sort !== 'reasoning') return sort === 'refusal' ? 'refusal' : 'content'
  return JSON.stringify(like['choices'] ?? null).includes('"reasoning_content"')
    ? 'reasoning_content'
    : 'reasoning'
}

const dialect = (verbatim: boolean): RevisedDialect => ({
  event: (json, say) => reply(json, 'delta', verbatim, say),
  over,
  piece: ({ key }, like, text) => {
    const [lane = '0', name = 'text'] = key.split('/')
    const [sort = '', place = '0', member = 'text'] = name.split(':')
    const { usage: _, ...rest } = like
    const delta = deltaOf(sort, place, member, like, text)
    return { ...rest, choices: [{ index: Number(lane), delta, finish_reason: null }] }
  },
  whole: (json, say) => reply(json, 'message', verbatim, say),
})

/** Passes whatever a reply says through a reviser: content, reasoning, refusals, tool arguments, and members nobody knows. */
export const revise = (options: ReviseOptions, reviser: Reviser): Revision =>
  revisionOf(dialect(options.verbatim === true), options, reviser)

import type { Channel, Json, JsonObject, Reviser, Revision } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { type RevisedDialect, type ReviseOptions, revisionOf, type Say } from '../stream/revise.ts'

/** Members that are the protocol's own, or opaque. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'id item_id call_id object type status role phase model name namespace code param obfuscation encrypted_content ' +
    'usage sequence_number service_tier truncation tool_choice previous_response_id prompt_cache_key ' +
    'safety_identifier container_id server_label output_format format effort fingerprint result partial_image_b64'
  ).split(' '),
)

/** Texts that are the source of a JSON value. */
const isJsonText = (name: string): boolean => name === 'arguments' || name.endsWith('_arguments')

/** A number that no double holds is an object to us, and none of the reply's. */
const isNumber = (value: object): boolean => Object.getPrototypeOf(value) === null

/** Every text of a value, each said as a whole under its path. */
const everyText = (value: Json, key: string, verbatim: boolean, say: Say): Json => {
  if (typeof value === 'string') {
    const name = key.slice(key.lastIndexOf('.') + 1)
    return say({ key, form: isJsonText(name) ? 'json' : 'text' }, value)
  }
  if (isList(value)) return value.map((item, at) => everyText(item, `${key}.${at}`, verbatim, say))
  if (!isObject(value) || isNumber(value)) return value
  const out: Record<string, Json | undefined> = {}
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || KEPT.has(name)) out[name] = member
    // The tokens tell what the model said, not what the text says now.
    else if (name === 'logprobs') out[name] = verbatim || member === null ? member : []
    else out[name] = everyText(member, `${key}.${name}`, verbatim, say)
  }
  return out
}

const DELTA = '.delta'

/** Which text a piece belongs to: `output_text:0:0`. Ids are not relied on; some servers change them. */
const channelOf = (json: JsonObject): Channel | null => {
  const type = stringAt(json, 'type') ?? ''
  if (!type.endsWith(DELTA) || typeof json['delta'] !== 'string') return null
  const subject = type.slice(0, -DELTA.length)
  return { key: `${subject}:${placeOf(json)}`, form: isJsonText(subject) ? 'json' : 'text' }
}

const placeOf = (json: JsonObject): string => {
  const inner = json['content_index'] ?? json['summary_index'] ?? json['command_index'] ?? 0
  return `${String(json['output_index'] ?? 0)}:${String(inner)}`
}

const WHOLE = 'more:'

/** A channel is over with the event that says its whole, with its item, and with the answer. */
const over = (json: JsonObject, channel: string): boolean => {
  if (channel.startsWith(WHOLE)) return true
  const type = stringAt(json, 'type') ?? ''
  if (type === 'error' || isObject(json['error'])) return true
  if (/^response\.(completed|incomplete|failed|cancelled)$/.test(type)) return true
  const [subject = '', index] = channel.split(':')
  if (type === 'response.output_item.done') return String(json['output_index'] ?? 0) === index
  return type === `${subject}.done` && channel === `${subject}:${placeOf(json)}`
}

/** What of an event or a body is the answer's own, and no echo of what was asked. */
const answerIn = (json: JsonObject): JsonObject => {
  const response = json['response']
  if (isObject(response)) return { output: response['output'] ?? null, error: response['error'] ?? null }
  return json['object'] === 'response' ? { output: json['output'] ?? null } : json
}

/**
 * One reply's texts. A stream says each text in pieces and then as a whole, up to four times over; a listener
 * hears it once, a reviser gets each whole as a text of its own.
 */
const dialect = (verbatim: boolean): RevisedDialect => {
  const heard = new Set<string>()
  const whole = (json: JsonObject, say: Say): JsonObject => {
    const said = everyText(verbatim ? answerIn(json) : json, WHOLE, verbatim, say)
    return isObject(said) && !verbatim ? said : json
  }
  const event = (json: JsonObject, say: Say): JsonObject => {
    const channel = channelOf(json)
    if (channel === null) {
      const type = stringAt(json, 'type') ?? ''
      const repeats = heard.size > 0 && (type.endsWith('.done') || type.startsWith('response.completed'))
      return verbatim && repeats ? json : whole(json, say)
    }
    heard.add(channel.key)
    const delta = say(channel, stringAt(json, 'delta') ?? '')
    return { ...json, delta, ...(verbatim || json['logprobs'] === undefined ? {} : { logprobs: [] }) }
  }
  return {
    event,
    over,
    piece: (_channel, like, text) => {
      const { obfuscation: _, ...rest } = like
      return { ...rest, delta: text, ...(like['logprobs'] === undefined ? {} : { logprobs: [] }) }
    },
    whole,
  }
}

/** Passes whatever a reply says through a reviser, the request that it echoes included. */
export const revise = (options: ReviseOptions, reviser: Reviser): Revision =>
  revisionOf(dialect(options.verbatim === true), options, reviser)

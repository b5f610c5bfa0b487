import type { JsonObject, Relay, Reviser, Revision } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { faultIn, usageIn } from '../openai-chat/relay.ts'
import { BodyRelay, holdsWord, type RelayDialect, StreamRelay } from '../stream/relay.ts'
import { type RevisedDialect, type ReviseOptions, revisionOf, type Say } from '../stream/revise.ts'

const isBare = (json: JsonObject): boolean => {
  const choices = json['choices']
  return !isList(choices) || choices.length === 0
}

const textsIn = (json: JsonObject): number => {
  const choices = json['choices']
  let length = 0
  for (const choice of isList(choices) ? choices : []) {
    const text = isObject(choice) ? choice['text'] : undefined
    if (typeof text === 'string') length += text.length
  }
  return length
}

const DIALECT: RelayDialect = {
  suspect: (text) => holdsWord(text, 'usage"') || text.includes('[DONE]') || holdsWord(text, 'error"'),
  textKeys: ['text"'],
  openings: [],
  frame: (data, json) => {
    if (data.trim() === '[DONE]') return { terminal: true }
    if (json === null) return {}
    const fault = faultIn(json)
    const usage = usageIn(json)
    const spent = usage === null ? {} : { usage }
    return fault === null ? { ...spent, hide: usage !== null && isBare(json) } : { ...spent, fault }
  },
  whole: (json) => ({ usage: usageIn(json), textLength: textsIn(json) }),
  fault: faultIn,
  reframe: (json) => `data: ${JSON.stringify(json)}\n\n`,
}

export const relay = (options: { readonly stream: boolean; readonly hideUsage: boolean }): Relay =>
  options.stream ? new StreamRelay(DIALECT, options.hideUsage) : new BodyRelay(DIALECT)

const keyOf = (choice: JsonObject): string => `text:${String(choice['index'] ?? 0)}`

const revisedBy =
  (verbatim: boolean) =>
  (json: JsonObject, say: Say): JsonObject => {
    const choices = json['choices']
    if (!isList(choices)) return json
    return {
      ...json,
      choices: choices.map((choice) => {
        const text = isObject(choice) ? choice['text'] : undefined
        if (!isObject(choice) || typeof text !== 'string' || text === '') return choice
        const said = say({ key: keyOf(choice), form: 'text' }, text)
        return { ...choice, text: said, ...(verbatim ? {} : { logprobs: null }) }
      }),
    }
  }

const over = (json: JsonObject, channel: string): boolean => {
  const choices = json['choices']
  return (
    isList(choices) &&
    choices.some(
      (choice) =>
        isObject(choice) && keyOf(choice) === channel && typeof choice['finish_reason'] === 'string',
    )
  )
}

const piece: RevisedDialect['piece'] = (channel, like, text) => {
  const { usage: _usage, ...rest } = like
  const index = Number(channel.key.slice('text:'.length))
  return { ...rest, choices: [{ text, index, logprobs: null, finish_reason: null }] }
}

export const revise = (options: ReviseOptions, reviser: Reviser): Revision => {
  const revised = revisedBy(options.verbatim === true)
  return revisionOf({ event: revised, over, piece, whole: revised }, options, reviser)
}

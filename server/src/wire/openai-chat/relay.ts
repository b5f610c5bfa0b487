import type { Json, JsonObject, Relay, Usage } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import {
  BodyRelay,
  eachValue,
  type FrameFinding,
  holdsWord,
  type RelayDialect,
  type ReplyFault,
  StreamRelay,
} from '../stream/relay.ts'
import { readUsage } from './usage.ts'

/** OpenAI-compatible servers put an HTTP status into `code` or `status_code`, when they put a number anywhere. */
const statusOf = (error: JsonObject): number | null => {
  for (const name of ['status', 'status_code', 'code']) {
    const value = error[name]
    if (typeof value === 'number' && value >= 400 && value <= 599) return value
  }
  return null
}

/** The error object of a reply, or null: `{error: {…}}`, `{error: "…"}`, `{object: "error", message}`. */
export const faultIn = (json: JsonObject): ReplyFault | null => {
  const error = json['error']
  if (typeof error === 'string' && error !== '') return { message: error, status: statusOf(json) }
  if (isObject(error)) {
    const message = error['message']
    return {
      message: typeof message === 'string' && message !== '' ? message : 'an error without a message',
      status: statusOf(error) ?? statusOf(json),
    }
  }
  if (json['object'] !== 'error') return null
  const message = json['message']
  return {
    message: typeof message === 'string' ? message : 'an error without a message',
    status: statusOf(json),
  }
}

/** `usage`, or where Groq puts it in a stream. */
export const usageIn = (json: JsonObject): Usage | null => {
  const vendor = json['x_groq']
  return readUsage(json['usage']) ?? (isObject(vendor) ? readUsage(vendor['usage']) : null)
}

const noChoices = (json: JsonObject): boolean => {
  const choices = json['choices']
  return choices === undefined || choices === null || (isList(choices) && choices.length === 0)
}

const frame = (data: string, json: JsonObject | null): FrameFinding => {
  if (data.trim() === '[DONE]') return { terminal: true }
  if (json === null) return {}
  const fault = faultIn(json)
  const usage = usageIn(json)
  const spent = usage === null ? {} : { usage }
  return fault === null ? { ...spent, hide: usage !== null && noChoices(json) } : { ...spent, fault }
}

const lengthOf = (value: Json | undefined): number => (typeof value === 'string' ? value.length : 0)

const messageLength = (message: JsonObject): number => {
  let length = 0
  for (const name of ['content', 'reasoning_content', 'reasoning', 'refusal'])
    length += lengthOf(message[name])
  const calls = message['tool_calls']
  if (!isList(calls)) return length
  for (const call of calls) {
    if (isObject(call) && isObject(call['function'])) length += lengthOf(call['function']['arguments'])
  }
  return length
}

const whole = (json: JsonObject): { readonly usage: Usage | null; readonly textLength: number } => {
  const choices = json['choices']
  let textLength = 0
  for (const choice of isList(choices) ? choices : []) {
    if (isObject(choice) && isObject(choice['message'])) textLength += messageLength(choice['message'])
  }
  return { usage: usageIn(json), textLength }
}

const holdsUsage = (text: string): boolean => {
  let found = false
  eachValue(text, 'usage"', (at) => {
    found = text.charCodeAt(at) === 0x7b
    return found
  })
  return found
}

const DIALECT: RelayDialect = {
  suspect: (text) => holdsUsage(text) || text.includes('[DONE]') || holdsWord(text, 'error"'),
  textKeys: ['content"', 'reasoning_content"', 'reasoning"', 'arguments"', 'refusal"'],
  openings: ['tool_calls"'],
  seals: ['reasoning_details"', 'thought_signature"'],
  frame,
  whole,
  fault: faultIn,
  reframe: (json) => `data: ${JSON.stringify(json)}\n\n`,
}

export const relay = (options: { readonly stream: boolean; readonly hideUsage: boolean }): Relay =>
  options.stream ? new StreamRelay(DIALECT, options.hideUsage) : new BodyRelay(DIALECT)

/** For bodies that are no completion but report usage and errors alike. */
export const bodyRelay = (): Relay => new BodyRelay(DIALECT)

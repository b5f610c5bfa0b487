import type { DialectWire, Json, JsonObject, Usage } from '../../domain/index.ts'
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
import { echoing } from './echo.ts'
import { readUsage } from './usage.ts'

const STATUS: Readonly<Record<string, number>> = {
  server_error: 500,
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  invalid_prompt: 400,
  context_length_exceeded: 400,
}

const told = (error: JsonObject): ReplyFault => {
  const message = error['message']
  const code = error['code']
  const status = [error['status'], error['status_code'], code].find(
    (value) => typeof value === 'number' && value >= 400 && value <= 599,
  )
  return {
    message: typeof message === 'string' && message !== '' ? message : 'an error without a message',
    status: typeof status === 'number' ? status : typeof code === 'string' ? (STATUS[code] ?? null) : null,
  }
}

/** The fault in an event or a whole reply, or null: `error` in two spellings, a failed or cancelled response, a bare `{error}`. */
export const faultIn = (json: JsonObject): ReplyFault | null => {
  const error = json['error']
  if (isObject(error)) return told(error)
  if (typeof error === 'string' && error !== '') return { message: error, status: null }
  if (json['type'] === 'error') return told(json)
  const response = json['type'] === 'response.failed' ? json['response'] : json
  if (json['type'] === 'response.failed') {
    const inner = isObject(response) ? response['error'] : null
    return isObject(inner) ? told(inner) : { message: 'the response failed', status: null }
  }
  if (json['type'] === 'response.cancelled' || json['status'] === 'cancelled') {
    return { message: 'the response was cancelled', status: null }
  }
  return json['object'] === 'response' && json['status'] === 'failed'
    ? { message: 'the response failed', status: null }
    : null
}

/** The types of event after which nothing of the answer comes. */
export const isTerminal = (type: Json | undefined): boolean =>
  type === 'response.completed' || type === 'response.incomplete' || type === 'response.failed'

const responseIn = (json: JsonObject): JsonObject | null => {
  const response = json['response']
  return isObject(response) ? response : null
}

const frame = (_data: string, json: JsonObject | null): FrameFinding => {
  if (json === null) return {}
  const fault = faultIn(json)
  const usage = readUsage(responseIn(json)?.['usage'])
  const spent = usage === null ? {} : { usage }
  if (fault !== null) return { ...spent, fault }
  return isTerminal(json['type']) ? { ...spent, terminal: true } : spent
}

const TEXTS = ['text', 'refusal', 'arguments', 'input']

const lengthIn = (value: Json | undefined): number => {
  if (isList(value)) return value.reduce((sum: number, item) => sum + lengthIn(item), 0)
  if (!isObject(value)) return 0
  let length = 0
  for (const [name, member] of Object.entries(value)) {
    length += typeof member === 'string' && TEXTS.includes(name) ? member.length : lengthIn(member)
  }
  return length
}

const whole = (json: JsonObject): { readonly usage: Usage | null; readonly textLength: number } => ({
  usage: readUsage(json['usage']),
  textLength: lengthIn(json['output']),
})

/** An error's own event, or an error object wherever it stands; the `null` of a healthy response is neither. */
const holdsError = (text: string): boolean => {
  let found = false
  eachValue(text, 'error"', (at) => {
    const first = text.charCodeAt(at)
    found = first === 0x7b || first === 0x22
    return found
  })
  if (found) return true
  eachValue(text, 'type"', (at) => {
    found = text.startsWith('"error"', at)
    return found
  })
  return found
}

const ENDS = ['response.completed"', 'response.incomplete"', 'response.failed"', 'response.cancelled"']

const DIALECT: RelayDialect = {
  // Pieces of an answer hold neither word as a string of its own, so two searches are all that they cost.
  suspect: (text) =>
    (text.includes('response"') && ENDS.some((word) => holdsWord(text, word))) ||
    (text.includes('error"') && holdsError(text)),
  textKeys: ['delta"'],
  openings: ['response.output_item.added"'],
  seals: ['encrypted_content"'],
  frame,
  whole,
  fault: faultIn,
  reframe: (json) => `event: error\ndata: ${JSON.stringify({ type: 'error', ...json })}\n\n`,
  // The last event holds the whole answer once more, pictures included, the first ones all tools and instructions.
  holdLimit: 16 * 1024 * 1024,
}

export const relay: DialectWire['relay'] = ({ stream, operation, asked }) => {
  const watching = stream ? new StreamRelay(DIALECT, false) : new BodyRelay(DIALECT)
  return asked === undefined || operation !== 'chat'
    ? watching
    : echoing(watching, stream, asked.call, asked.previous)
}

import type { DialectWire, JsonObject, Usage } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import {
  BodyRelay,
  type FrameFinding,
  holdsWord,
  type RelayDialect,
  type ReplyFault,
  StreamRelay,
} from '../stream/relay.ts'
import { retelling } from '../stream/retell.ts'
import { statusOfType } from './errors.ts'
import { NOTHING_REPORTED, type Reported, reported, usageOf } from './usage.ts'

/** `{type: "error", error: {type, message}}`, or null where this is none. */
export const faultIn = (json: JsonObject): ReplyFault | null => {
  const error = json['error']
  if (typeof error === 'string') return { message: error, status: null }
  if (json['type'] !== 'error' && !isObject(error)) return null
  if (!isObject(error)) return { message: 'an error without a message', status: null }
  const code = error['code']
  return {
    message: stringAt(error, 'message') ?? 'an error without a message',
    status:
      statusOfType(stringAt(error, 'type') ?? '') ??
      (typeof code === 'number' && code >= 400 && code <= 599 ? code : null),
  }
}

const whole = (json: JsonObject): { readonly usage: Usage | null; readonly textLength: number } => {
  let textLength = 0
  const content = json['content']
  for (const block of isList(content) ? content : []) {
    if (!isObject(block)) continue
    textLength += (stringAt(block, 'text') ?? stringAt(block, 'thinking') ?? '').length
    if (block['type'] === 'tool_use') textLength += JSON.stringify(block['input'] ?? {}).length
  }
  return { usage: usageOf(reported(json['usage'], NOTHING_REPORTED)), textLength }
}

/** Each stream keeps its own count, for the fields of usage come in several events. */
const dialect = (): RelayDialect => {
  let sofar: Reported = NOTHING_REPORTED
  const frame = (_data: string, json: JsonObject | null): FrameFinding => {
    if (json === null) return {}
    switch (json['type']) {
      case 'error': {
        const fault = faultIn(json)
        return fault === null ? {} : { fault }
      }
      case 'message_stop':
        return { terminal: true }
      case 'message_start':
        sofar = reported(isObject(json['message']) ? json['message']['usage'] : undefined, sofar)
        break
      case 'message_delta':
        sofar = reported(json['usage'], sofar)
        break
      default:
    }
    const usage = usageOf(sofar)
    return usage === null ? {} : { usage }
  }
  return {
    suspect: (text) =>
      holdsWord(text, 'usage"') || holdsWord(text, 'message_stop"') || holdsWord(text, 'error"'),
    textKeys: ['text"', 'thinking"', 'partial_json"'],
    openings: ['content_block_start"'],
    seals: ['signature"', 'redacted_thinking"'],
    frame,
    whole,
    fault: faultIn,
    reframe: (json) => `event: error\ndata: ${JSON.stringify(json)}\n\n`,
  }
}

/**
 * Where the model goes by another name upstream, the answer says the client's: agents take an answer of another name
 * for another model's, and leave its thoughts out of the next turn, which the vendor then refuses.
 */
export const relay: DialectWire['relay'] = ({ stream, operation, asked }) => {
  const watching = stream ? new StreamRelay(dialect(), false) : new BodyRelay(dialect())
  if (asked === undefined || operation !== 'chat' || asked.call.model === asked.model) return watching
  const truth = new Map([['model', asked.call.model]])
  return retelling(watching, stream, { truth, holder: 'message', once: true })
}

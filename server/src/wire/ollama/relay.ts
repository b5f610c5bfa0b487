import type { Json, JsonObject, Relay } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { LineRelay } from '../stream/lines.ts'
import {
  BodyRelay,
  eachValue,
  type FrameFinding,
  holdsWord,
  type RelayDialect,
  type ReplyFault,
} from '../stream/relay.ts'
import { readUsage } from './usage.ts'

/** `{error: "…"}`, with a status where a server says one; some say it as the other dialects do. Null where this is none. */
export const faultIn = (json: JsonObject): ReplyFault | null => {
  const error = json['error']
  if (error === undefined || error === null || error === '') return null
  const holder = isObject(error) ? error : json
  const message = typeof error === 'string' ? error : stringAt(holder, 'message')
  const status = ['status', 'status_code', 'code'].map((name) => holder[name]).find(isStatus)
  return { message: message ?? 'an error without a message', status: status ?? null }
}

const isStatus = (value: Json | undefined): value is number =>
  typeof value === 'number' && value >= 400 && value <= 599

const frame = (_line: string, json: JsonObject | null): FrameFinding => {
  if (json === null) return {}
  const fault = faultIn(json)
  const usage = readUsage(json)
  const spent = usage === null ? {} : { usage }
  if (fault !== null) return { ...spent, fault }
  return json['done'] === true ? { ...spent, terminal: true } : spent
}

const lengthIn = (json: JsonObject, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (stringAt(json, name)?.length ?? 0), 0)

const whole: RelayDialect['whole'] = (json) => {
  const message = isObject(json['message']) ? json['message'] : {}
  const calls = message['tool_calls']
  let textLength = lengthIn(json, ['response', 'thinking']) + lengthIn(message, ['content', 'thinking'])
  if (isList(calls)) textLength += JSON.stringify(calls).length
  return { usage: readUsage(json), textLength }
}

const holdsDone = (text: string): boolean => {
  let found = false
  eachValue(text, 'done"', (at) => {
    found = text.startsWith('true', at)
    return found
  })
  return found
}

const DIALECT: RelayDialect = {
  suspect: (text) => holdsDone(text) || holdsWord(text, 'error"'),
  textKeys: ['content"', 'response"', 'thinking"'],
  openings: ['tool_calls"'],
  frame,
  whole,
  fault: faultIn,
  reframe: (json) => `${JSON.stringify(json)}\n`,
}

/** Usage is always in a reply of this dialect, and always asked for. */
export const relay = (options: { readonly stream: boolean }): Relay =>
  options.stream ? new LineRelay(DIALECT) : new BodyRelay(DIALECT)

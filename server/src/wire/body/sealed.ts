import { CONVERSATIONAL, type Dialect, type Json, type JsonObject, type Sealed } from '../../domain/index.ts'
import { exactObject } from './exact.ts'
import { isObject } from './fields.ts'
import { stringAt } from './media.ts'

/*
 * What only its issuer can read, on its way through a client of another dialect. It rides in the slot that the
 * client's dialect has for such state, marked so that it is never taken for the dialect's own and always finds
 * home: `causeway-<dialect>:` and JSON. It comes back from a client, so nothing but a thought may be in it.
 */

/** How every value begins that this gateway put in the place of an issuer's. */
export const MARK = 'causeway-'

/** How such a value begins in a slot that holds bytes in base64. */
export const MARK_IN_BYTES = Buffer.from(MARK).toString('base64')

export interface Carried {
  /** The issuer's. */
  readonly dialect: Dialect
  readonly value: string
  readonly redacted: boolean
  /** The part that carries it, as its issuer spells it. */
  readonly raw: Json
  /** The call that it was issued with, by the id that the client knows; null where it stands by itself. */
  readonly call: string | null
  /** The text that it signs, where the slot has no other place for it; else empty. */
  readonly thought: string
}

interface Beside {
  readonly call?: string | null
  readonly thought?: string
}

const contentOf = ({ value, redacted, raw }: Sealed, { call = null, thought = '' }: Beside): string =>
  JSON.stringify({ value, redacted, raw, call, thought })

/** For a slot that holds any text. */
export const carry = (sealed: Sealed, beside: Beside = {}): string =>
  `${MARK}${sealed.dialect}:${Buffer.from(contentOf(sealed, beside)).toString('base64url')}`

/** For a slot that holds bytes in base64. */
export const carryInBytes = (sealed: Sealed, beside: Beside = {}): string =>
  Buffer.from(`${MARK}${sealed.dialect}:${contentOf(sealed, beside)}`).toString('base64')

/** Whether a value is one that this gateway put in the place of an issuer's. */
export const isMarked = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.startsWith(MARK)

export const isMarkedInBytes = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.startsWith(MARK_IN_BYTES)

/** What `carry` put in; null for what is not marked, cannot be read, or says it is of the client's own dialect. */
export const uncarry = (value: Json | undefined, own: Dialect): Carried | null => {
  if (!isMarked(value)) return null
  const colon = value.indexOf(':')
  const content = Buffer.from(value.slice(colon + 1), 'base64url').toString('utf8')
  return colon === -1 ? null : carriedOf(value.slice(MARK.length, colon), content, own)
}

/** The same for `carryInBytes`. */
export const uncarryInBytes = (value: Json | undefined, own: Dialect): Carried | null => {
  if (!isMarkedInBytes(value)) return null
  const text = Buffer.from(value, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon === -1 ? null : carriedOf(text.slice(MARK.length, colon), text.slice(colon + 1), own)
}

const carriedOf = (name: string, content: string, own: Dialect): Carried | null => {
  const dialect = CONVERSATIONAL.find((one) => one === name)
  const json = exactObject(content)
  const value = json === null ? null : stringAt(json, 'value')
  if (dialect === undefined || dialect === own || json === null || value === null) return null
  const thought = stringAt(json, 'thought') ?? ''
  const redacted = json['redacted'] === true
  const raw = thoughtOf(dialect, value, redacted, thought, isObject(json['raw']) ? json['raw'] : {})
  return raw === null ? null : { dialect, value, redacted, raw, call: stringAt(json, 'call'), thought }
}

/** Members of a part of Gemini's that may carry a signature: of a thought, a call, an image. */
const SIGNED_PART = ['text', 'thought', 'thoughtSignature', 'functionCall', 'inlineData']

/** The part as its issuer wants it back, or null where it is no thought. */
const thoughtOf = (
  dialect: Dialect,
  value: string,
  redacted: boolean,
  thought: string,
  raw: JsonObject,
): Json | null => {
  switch (dialect) {
    case 'anthropic-messages':
      return redacted
        ? { type: 'redacted_thinking', data: value }
        : { type: 'thinking', thinking: stringAt(raw, 'thinking') ?? thought, signature: value }
    case 'openai-responses':
      return raw['type'] === 'reasoning' ? raw : null
    case 'openai-chat':
      return String(raw['type']).startsWith('reasoning.') ? raw : null
    case 'bedrock-converse':
      return Object.keys(raw).join() === 'reasoningContent' ? raw : null
    case 'gemini':
      return Object.keys(raw).every((name) => SIGNED_PART.includes(name)) ? raw : null
    default:
      return null
  }
}

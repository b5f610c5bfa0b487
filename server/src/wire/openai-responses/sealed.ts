import { CONVERSATIONAL, type Dialect, type Json, type Sealed } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'

/*
 * What another dialect's issuer must get back rides in a reasoning item's `encrypted_content`, marked so that it
 * is never taken for this dialect's own and always finds home: `causeway-<dialect>:<base64url of JSON>`.
 */
const MARK = 'causeway-'

/** Opaque state of another dialect, as it came back from the client. */
export interface Carried {
  readonly dialect: Dialect
  readonly value: string
  readonly redacted: boolean
  /** The part that carries it, as its issuer spelled it. */
  readonly raw: Json
  /** The call that it was issued with, by the id that the client knows; null where it stands by itself. */
  readonly call: string | null
}

/** True for what this gateway wrote in the place of an issuer's ciphertext. */
export const isMarked = (encrypted: string): boolean => encrypted.startsWith(MARK)

/** Opaque state as it stands in `encrypted_content`. */
export const carry = (sealed: Sealed, call: string | null): string => {
  if (sealed.dialect === 'openai-responses') return sealed.value
  const { value, redacted, raw } = sealed
  const inside = Buffer.from(JSON.stringify({ value, redacted, raw, call })).toString('base64url')
  return `${MARK}${sealed.dialect}:${inside}`
}

/** The reverse of `carry`; null for what is not marked, or is and cannot be read. */
export const uncarry = (encrypted: string): Carried | null => {
  if (!isMarked(encrypted)) return null
  const colon = encrypted.indexOf(':')
  const name = encrypted.slice(MARK.length, colon)
  const dialect = CONVERSATIONAL.find((one) => one === name)
  const json = parseObject(Buffer.from(encrypted.slice(colon + 1), 'base64url').toString('utf8'))
  const value = json === null ? null : stringAt(json, 'value')
  if (dialect === undefined || dialect === 'openai-responses' || json === null || value === null) return null
  const raw = json['raw']
  return {
    dialect,
    value,
    redacted: json['redacted'] === true,
    raw: isObject(raw) || typeof raw === 'string' ? raw : null,
    call: stringAt(json, 'call'),
  }
}

import type { Block, Dialect, Json, JsonObject, Sealed } from '../../domain/index.ts'
import { DIALECTS } from '../../domain/index.ts'
import { parseExact } from '../../lib/index.ts'
import { isObject } from '../body/fields.ts'

/**
 * What the vendor takes in place of a signature for calls that it did not make itself. Source:
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const UNCHECKED = 'skip_thought_signature_validator'

/**
 * Whether a model refuses calls in its history that carry no signature: the third generation on, and names that
 * stand for the latest one.
 */
export const demandsSignatures = (model: string): boolean => {
  const name = model.slice(model.lastIndexOf('/') + 1)
  if (!name.startsWith('gemini-')) return false
  const generation = /^gemini-(?:[a-z]+-)*(\d+)/.exec(name)?.[1]
  return generation === undefined ? name.endsWith('-latest') : Number(generation) >= 3
}

/** The same bytes in one spelling: SDKs decode a signature and write it again in the other alphabet of base64. */
export const plainSignature = (signature: string): string => signature.replace(/-/g, '+').replace(/_/g, '/')

/** State of another dialect's issuer begins with this, in base64, for the slot holds bytes. */
const MARK = 'causeway-'
/** How such a value begins. */
export const WRAPPED = Buffer.from(MARK).toString('base64')

/** Whether a signature is state of another dialect in the form that `wrapped` gave it. */
export const isWrapped = (signature: string): boolean => signature.startsWith(WRAPPED)

/** What another dialect's issuer sealed, for this dialect's slot. `thought`: the text that it signs. */
export const wrapped = (sealed: Sealed, thought: string): string => {
  const { value, redacted, raw } = sealed
  const text = JSON.stringify({ value, redacted, raw, thought })
  return Buffer.from(`${MARK}${sealed.dialect}:${text}`).toString('base64')
}

export interface Unwrapped {
  readonly thought: string
  readonly block: Extract<Block, { type: 'reasoning' }>
}

const isDialect = (name: string): name is Dialect => DIALECTS.some((dialect) => dialect === name)

const parsed = (text: string): JsonObject | null => {
  try {
    const value = parseExact(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** The part as its issuer wants it back. It comes from a client: nothing but a thought may be in it. */
const rawOf = (dialect: Dialect, value: string, thought: string, json: JsonObject): Json | null => {
  const raw = isObject(json['raw']) ? json['raw'] : {}
  switch (dialect) {
    case 'anthropic-messages':
      return json['redacted'] === true
        ? { type: 'redacted_thinking', data: value }
        : { type: 'thinking', thinking: thought, signature: value }
    case 'openai-responses':
      return raw['type'] === 'reasoning' ? raw : null
    case 'openai-chat':
      return String(raw['type']).startsWith('reasoning.') ? raw : null
    case 'bedrock-converse':
      return Object.keys(raw).join() === 'reasoningContent' ? raw : null
    default:
      return null
  }
}

/** What `wrapped` made, as a block of its issuer's dialect; null where it is something else. */
export const unwrapped = (signature: string): Unwrapped | null => {
  if (!isWrapped(signature)) return null
  const text = Buffer.from(signature, 'base64').toString('utf8').slice(MARK.length)
  const colon = text.indexOf(':')
  const dialect = text.slice(0, colon)
  const json = parsed(text.slice(colon + 1))
  if (json === null || !isDialect(dialect) || typeof json['value'] !== 'string') return null
  const thought = typeof json['thought'] === 'string' ? json['thought'] : ''
  const redacted = json['redacted'] === true
  const raw = rawOf(dialect, json['value'], thought, json)
  if (raw === null) return null
  return {
    thought,
    block: {
      type: 'reasoning',
      text: redacted ? '' : thought,
      signature: json['value'],
      ...(redacted ? { redacted } : {}),
      native: { dialect, raw },
    },
  }
}

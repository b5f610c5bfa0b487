import { CausewayError } from '../domain/index.ts'
import { freezeJson, repeatedKey, scanJson } from '../lib/index.ts'
import { shapeless } from './refused.ts'

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const decode = (body: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new CausewayError('invalid_json', 'The body is not UTF-8.')
  }
}

/** A body as a frozen JSON object. Throws `invalid_json`, `too_deep` or `duplicate_key`. */
export const readFields = (body: Uint8Array, depth: number): Fields => {
  const source = decode(body)
  const scan = scanJson(source, { depth })
  if (scan.depth > depth) throw new CausewayError('too_deep', `The body is nested deeper than ${depth}.`)
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch {
    throw new CausewayError('invalid_json', 'The body is not one valid JSON object.')
  }
  if (!isFields(json)) throw new CausewayError('invalid_json', 'The body is not a JSON object.')
  if (freezeJson(json).keys < scan.keys) {
    const key = repeatedKey(source)?.slice(0, 40) ?? ''
    throw new CausewayError('duplicate_key', `The key "${key}" stands twice in one object.`)
  }
  return json
}

export const textIn = (fields: Fields, name: string): string => {
  const value = fields[name]
  if (typeof value !== 'string')
    throw shapeless(name, value === undefined ? 'is missing' : 'must be a string')
  return value
}

/** A list of strings; null where it is not there, null or empty. */
export const textsIn = (fields: Fields, name: string): readonly string[] | null => {
  const value = fields[name] ?? null
  if (value === null) return null
  if (!Array.isArray(value)) throw shapeless(name, 'must be a list of strings')
  const texts = value.filter((item): item is string => typeof item === 'string')
  if (texts.length < value.length) throw shapeless(name, 'must be a list of strings')
  return texts.length === 0 ? null : texts
}

export const flagIn = (fields: Fields, name: string): boolean => {
  const value = fields[name] ?? false
  if (typeof value !== 'boolean') throw shapeless(name, 'must be true or false')
  return value
}

/** Whether a member says anything at all. */
export const says = (fields: Fields, name: string): boolean => {
  const value = fields[name] ?? null
  return value !== null && !(Array.isArray(value) && value.length === 0)
}

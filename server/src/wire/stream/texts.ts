import type { Json } from '../../domain/index.ts'
import { parseExact } from '../../lib/index.ts'
import { isList, isObject } from '../body/fields.ts'
import type { Say } from './revise.ts'

/** A number that no double holds, as `parseExact` keeps it: opaque, and no object of the reply's. */
const isNumber = (value: object): boolean => Object.getPrototypeOf(value) === null

/** Every string of a value but the members of these names, each said as a whole. */
export const everyText = (
  value: Json | undefined,
  key: string,
  kept: ReadonlySet<string>,
  say: Say,
): Json | undefined => {
  if (typeof value === 'string') return say({ key, form: 'text' }, value)
  if (isList(value))
    return value.map((item, position) => everyText(item, `${key}.${position}`, kept, say) ?? null)
  if (!isObject(value) || isNumber(value)) return value
  const out: Record<string, Json | undefined> = {}
  for (const [name, member] of Object.entries(value)) {
    out[name] = kept.has(name) ? member : everyText(member, `${key}.${name}`, kept, say)
  }
  return out
}

const isJson = (value: unknown): value is Json => value !== undefined

const NONE: ReadonlySet<string> = new Set()

/** A value that a model made, names of members and numbers included: said as JSON, which it stays. */
export const jsonText = (value: Json, key: string, say: Say): Json => {
  const said = say({ key, form: 'json' }, JSON.stringify(value))
  try {
    const parsed = parseExact(said)
    return isJson(parsed) ? parsed : null
  } catch {
    // What was put into it is no JSON: string by string then.
    return everyText(value, `${key}.`, NONE, say) ?? null
  }
}

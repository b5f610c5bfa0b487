import type { Json, JsonObject } from '../../domain/index.ts'
import { invalid, isList, isObject } from '../body/fields.ts'

/*
 * The API takes each field of its own messages in two spellings, `inlineData` and `inline_data`; what stands in
 * arguments, answers of functions and schemas is the client's and has one.
 */

const SNAKE = /_([a-z0-9])/g

export const camelName = (name: string): string =>
  name.replace(SNAKE, (_, letter: string) => letter.toUpperCase())

/** The object with its own field names in camel case; what they hold stays. Throws where a field came in both spellings. */
export const camel = (json: JsonObject, path: string): JsonObject => {
  const names = Object.keys(json)
  if (!names.some((name) => name.includes('_'))) return json
  const out = new Map<string, Json | undefined>()
  for (const name of names) {
    const plain = name.startsWith('_') ? name : camelName(name)
    if (out.has(plain)) {
      throw invalid(path === '' ? plain : `${path}.${plain}`, 'is given in both of its spellings')
    }
    out.set(plain, json[name])
  }
  // Own properties, whatever their names are.
  return Object.fromEntries(out)
}

/** The name under which the client wrote a field, or its usual one where it did not. */
export const spelled = (json: JsonObject, name: string): string =>
  Object.keys(json).find((key) => key === name || camelName(key) === name) ?? name

/** An object under a name, its own fields in camel case; null where there is none. Throws where it is something else. */
export const message = (json: JsonObject, name: string, path: string): JsonObject | null => {
  const value = json[name]
  if (value === undefined || value === null) return null
  if (!isObject(value)) throw invalid(path, 'must be an object')
  return camel(value, path)
}

export interface Placed {
  readonly json: JsonObject
  readonly at: string
}

/** A repeated field: an array of objects, or one object alone, as the API takes it too. */
export const many = (value: Json | undefined, path: string): readonly Placed[] => {
  if (value === undefined || value === null) return []
  if (isObject(value)) return [{ json: value, at: path }]
  if (!isList(value)) throw invalid(path, 'must be an array')
  return value.map((item, index) => {
    const at = `${path}[${index}]`
    if (!isObject(item)) throw invalid(at, 'must be an object')
    return { json: item, at }
  })
}

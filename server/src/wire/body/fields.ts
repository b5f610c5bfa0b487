import { CausewayError, type Json, type JsonObject } from '../../domain/index.ts'

/*
 * Checked looks into a client's JSON. Null counts as absent, as it does for the vendors. A field of the wrong
 * type is refused by name; its value never goes into the message, for it may be what must not be seen.
 */

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value)

export const invalid = (field: string, problem: string): CausewayError =>
  new CausewayError('invalid_request', `${field} ${problem}.`, { field })

export const text = (json: JsonObject, name: string, path: string = name): string | null => {
  const value = json[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw invalid(path, 'must be a string')
  return value
}

export const requiredText = (json: JsonObject, name: string, path: string = name): string => {
  const value = text(json, name, path)
  if (value === null) throw invalid(path, 'is missing')
  if (value === '') throw invalid(path, 'must not be empty')
  return value
}

export const number = (json: JsonObject, name: string, path: string = name): number | null => {
  const value = json[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'number') throw invalid(path, 'must be a number')
  return value
}

export const positiveInteger = (json: JsonObject, name: string, path: string = name): number | null => {
  const value = json[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw invalid(path, 'must be a whole number above zero')
  }
  return value
}

export const flag = (json: JsonObject, name: string, path: string = name): boolean | null => {
  const value = json[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'boolean') throw invalid(path, 'must be true or false')
  return value
}

export const object = (json: JsonObject, name: string, path: string = name): JsonObject | null => {
  const value = json[name]
  if (value === undefined || value === null) return null
  if (!isObject(value)) throw invalid(path, 'must be an object')
  return value
}

export const list = (json: JsonObject, name: string, path: string = name): readonly Json[] | null => {
  const value = json[name]
  if (value === undefined || value === null) return null
  if (!isList(value)) throw invalid(path, 'must be an array')
  return value
}

/** An array of objects. */
export const objects = (json: JsonObject, name: string, path: string = name): readonly JsonObject[] =>
  (list(json, name, path) ?? []).map((item, index) => {
    if (!isObject(item)) throw invalid(`${path}[${index}]`, 'must be an object')
    return item
  })

/** An array of strings. */
export const texts = (json: JsonObject, name: string, path: string = name): readonly string[] =>
  (list(json, name, path) ?? []).map((item, index) => {
    if (typeof item !== 'string') throw invalid(`${path}[${index}]`, 'must be a string')
    return item
  })

import { CausewayError, type JsonObject, LEVELS, OPERATIONS, READABLE, SIDES } from '../../domain/index.ts'
import type { ExplainInput } from '../contract.ts'

/** Bytes of a text to explain, in UTF-8. */
const MOST_TEXT = 1024 * 1024

const WORDS = ['text', 'model', 'use', 'key'] as const
const KNOWN: readonly string[] = [...WORDS, 'request', 'dialect', 'operation', 'sides', 'level']

/** Checks what the page or a script sent. Throws `invalid_json`, `body_too_large` or `invalid_request`, naming the field. */
export const parseExplain = (body: string): ExplainInput => {
  const json = parseObject(body)
  const unknown = Object.keys(json).find((key) => !KNOWN.includes(key))
  if (unknown !== undefined) wrong(unknown, `is none of ${KNOWN.join(', ')}`)
  const { request, sides } = json
  if ((typeof json['text'] === 'string') === (request !== undefined))
    wrong('text', 'or a “request” is needed, and not both')
  if (request !== undefined && !isObject(request)) wrong('request', 'must be a JSON object')
  for (const word of WORDS)
    if (json[word] !== undefined && typeof json[word] !== 'string') wrong(word, 'must be a string')
  if (typeof json['text'] === 'string' && Buffer.byteLength(json['text']) > MOST_TEXT)
    throw new CausewayError('body_too_large', 'The text is larger than 1 MB.', { field: 'text' })
  const dialect = oneOf(json, 'dialect', READABLE)
  const operation = oneOf(json, 'operation', OPERATIONS)
  const level = oneOf(json, 'level', LEVELS)
  return {
    ...strings(json),
    ...(isObject(request) ? { request } : {}),
    ...(dialect === undefined ? {} : { dialect }),
    ...(operation === undefined ? {} : { operation }),
    ...(level === undefined ? {} : { level }),
    ...(sides === undefined ? {} : { sides: listOfSides(sides) }),
  }
}

const strings = (json: JsonObject): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const word of WORDS) {
    const value = json[word]
    if (typeof value === 'string') found[word] = value
  }
  return found
}

const listOfSides = (value: unknown): NonNullable<ExplainInput['sides']> => {
  const list = Array.isArray(value) ? value : []
  const sides = SIDES.filter((side) => list.includes(side))
  if (sides.length === 0 || sides.length !== list.length)
    wrong('sides', `must list some of ${SIDES.join(', ')}`)
  return sides
}

const oneOf = <T extends string>(json: JsonObject, name: string, allowed: readonly T[]): T | undefined => {
  const value = json[name]
  if (value === undefined) return undefined
  return allowed.find((word) => word === value) ?? wrong(name, `must be one of ${allowed.join(', ')}`)
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseObject = (body: string): JsonObject => {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch (cause) {
    throw new CausewayError('invalid_json', 'The body is not valid JSON.', { cause })
  }
  if (!isObject(value)) throw new CausewayError('invalid_json', 'The body is not a JSON object.')
  return value
}

const wrong = (field: string, problem: string): never => {
  throw new CausewayError('invalid_request', `“${field}” ${problem}.`, { field })
}

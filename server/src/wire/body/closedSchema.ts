import type { Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from './fields.ts'

/** Bounds that a grammar cannot hold a model to. */
const BOUNDS = new Set(
  (
    'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems uniqueItems ' +
    'contains minContains maxContains minProperties maxProperties patternProperties propertyNames'
  ).split(' '),
)
const FORMATS = new Set('date-time time date duration email hostname uri ipv4 ipv6 uuid'.split(' '))

const isHeld = (name: string, value: Json): boolean => {
  if (name === 'minItems') return value === 0 || value === 1
  if (name === 'format') return typeof value === 'string' && FORMATS.has(value)
  return !BOUNDS.has(name)
}

const isOfObjects = (schema: JsonObject): boolean => {
  const { type } = schema
  return (
    type === 'object' ||
    (isList(type) && type.includes('object')) ||
    (type === undefined && isObject(schema['properties']))
  )
}

/**
 * A schema of the answer as Claude's and Bedrock's structured outputs take it: objects hold what is listed and
 * nothing else, alternatives are `anyOf`, and bounds that are refused are told in the description instead. `lost` is
 * called with the name of each keyword that no longer binds. Source:
 * https://docs.claude.com/en/docs/build-with-claude/structured-outputs, JSON Schema limitations
 */
export const closedSchema = (schema: JsonObject, lost: (keyword: string) => void): JsonObject => {
  const closed = (value: Json | undefined): Json | undefined =>
    isObject(value) ? closedSchema(value, lost) : value
  const each = (value: Json): Json =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]))
      : value
  const list = (value: Json): Json => (isList(value) ? value.map((one) => closed(one) ?? one) : value)
  const out = new Map<string, Json | undefined>()
  const told: string[] = []
  for (const [name, value] of Object.entries(schema)) {
    if (value === undefined) continue
    if (name === 'properties' || name === '$defs' || name === 'definitions') out.set(name, each(value))
    else if (name === 'items') out.set(name, closed(value))
    else if (name === 'anyOf' || name === 'allOf') out.set(name, list(value))
    else if (name === 'oneOf' && schema['anyOf'] === undefined) {
      lost(name)
      out.set('anyOf', list(value))
    } else if (name === 'additionalProperties') {
      if (value !== false) lost(name)
    } else if (isHeld(name, value)) out.set(name, value)
    else {
      lost(name)
      told.push(`${name}: ${JSON.stringify(value)}`)
    }
  }
  if (told.length > 0) {
    const said = schema['description']
    out.set('description', `${typeof said === 'string' ? `${said} ` : ''}(${told.join(', ')})`)
  }
  if (isOfObjects(schema)) out.set('additionalProperties', false)
  return Object.fromEntries(out)
}

import type { Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'

/** Keywords of the dialect's own schema, a subset of OpenAPI 3.0. Source: the vendor's `Schema` type. */
const KEPT = new Set(
  (
    'title description enum format nullable default example minimum maximum minLength maxLength pattern ' +
    'minItems maxItems minProperties maxProperties required propertyOrdering'
  ).split(' '),
)

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  string: ['enum', 'date-time'],
  integer: ['int32', 'int64'],
  number: ['float', 'double'],
}

/** More would be a schema that refers to itself, which the subset cannot say. */
const DEEPEST = 24

class Converter {
  readonly #root: JsonObject
  readonly #lost: (keyword: string) => void

  constructor(root: JsonObject, lost: (keyword: string) => void) {
    this.#root = root
    this.#lost = lost
  }

  schema(value: Json | undefined, open: readonly string[]): JsonObject {
    if (!isObject(value)) {
      if (value === false) this.#lost('false')
      return {}
    }
    const reference = value['$ref']
    if (typeof reference === 'string') return this.#referred(value, reference, open)
    if (open.length > DEEPEST) {
      this.#lost('$ref')
      return {}
    }
    const out: Record<string, Json> = {}
    for (const [name, member] of Object.entries(value)) {
      if (member !== undefined) this.#keyword(name, member, value, open, out)
    }
    this.#format(out)
    return out
  }

  /** What stands beside a reference says more of the same value. */
  #referred(value: JsonObject, reference: string, open: readonly string[]): JsonObject {
    const target = this.#target(reference)
    if (target === null || open.includes(reference)) {
      this.#lost('$ref')
      const { $ref: _, ...others } = value
      return { type: 'OBJECT', ...this.schema(others, [...open, '']) }
    }
    const { $ref: _, ...others } = value
    return { ...this.schema(target, [...open, reference]), ...this.schema(others, open) }
  }

  #target(reference: string): JsonObject | null {
    if (!reference.startsWith('#')) return null
    let node: Json | undefined = this.#root
    for (const step of reference.slice(1).split('/').slice(1)) {
      const name = decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~')
      node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined
    }
    return isObject(node) ? node : null
  }

  #keyword(
    name: string,
    member: Json,
    whole: JsonObject,
    open: readonly string[],
    out: Record<string, Json>,
  ): void {
    switch (name) {
      case 'type':
        this.#type(member, out)
        return
      case 'properties':
        if (isObject(member)) out[name] = this.#each(member, open)
        return
      case 'items':
        out[name] = this.schema(member, open)
        return
      case 'prefixItems':
        this.#lost(name)
        if (isList(member) && whole['items'] === undefined) {
          out['items'] = { anyOf: member.map((item) => this.schema(item, open)) }
        }
        return
      case 'anyOf':
      case 'oneOf':
        if (name === 'oneOf') this.#lost(name)
        if (isList(member)) this.#alternatives(member, open, out)
        return
      case 'allOf':
        if (isList(member)) for (const part of member) merge(out, this.schema(part, open))
        return
      case 'const':
        out['enum'] = [member]
        return
      case 'exclusiveMinimum':
      case 'exclusiveMaximum':
        this.#exclusive(name, member, whole, out)
        return
      case '$schema':
      case '$id':
      case '$defs':
      case 'definitions':
      case '$comment':
        return
      default:
        if (KEPT.has(name)) out[name] = member
        else this.#lost(name)
    }
  }

  #each(properties: JsonObject, open: readonly string[]): JsonObject {
    return Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, this.schema(schema, open)]),
    )
  }

  #type(member: Json, out: Record<string, Json>): void {
    const types = (isList(member) ? member : [member]).filter((type) => typeof type === 'string')
    const plain = types.filter((type) => type !== 'null')
    if (plain.length < types.length) out['nullable'] = true
    const [only] = plain
    if (plain.length === 1 && only !== undefined) out['type'] = only.toUpperCase()
    else if (plain.length > 1) out['anyOf'] = plain.map((type) => ({ type: type.toUpperCase() }))
  }

  /** A choice between a value and null is the value, nullable. */
  #alternatives(list: readonly Json[], open: readonly string[], out: Record<string, Json>): void {
    const plain = list.filter((item) => !(isObject(item) && item['type'] === 'null'))
    if (plain.length < list.length) out['nullable'] = true
    const written = plain.map((item) => this.schema(item, open))
    const [only] = written
    if (written.length === 1 && only !== undefined) merge(out, only)
    else if (written.length > 1) out['anyOf'] = written
  }

  /** Of whole numbers the bound itself can be said; of others only one that is a little too wide. */
  #exclusive(
    name: 'exclusiveMinimum' | 'exclusiveMaximum',
    member: Json,
    whole: JsonObject,
    out: Record<string, Json>,
  ): void {
    const bound = name === 'exclusiveMinimum' ? 'minimum' : 'maximum'
    if (typeof member !== 'number') {
      this.#lost(name)
      return
    }
    const integer = whole['type'] === 'integer' && Number.isInteger(member)
    if (!integer) this.#lost(name)
    out[bound] = integer ? member + (bound === 'minimum' ? 1 : -1) : member
  }

  #format(out: Record<string, Json>): void {
    const { format, type } = out
    if (format === undefined) return
    const known = typeof type === 'string' ? FORMATS[type.toLowerCase()] : undefined
    if (typeof format === 'string' && known?.includes(format) === true) return
    delete out['format']
    this.#lost('format')
  }
}

const merge = (into: Record<string, Json>, from: JsonObject): void => {
  for (const [name, value] of Object.entries(from)) {
    const before = into[name]
    if (value === undefined) continue
    if (name === 'properties' && isObject(before) && isObject(value)) into[name] = { ...before, ...value }
    else if (name === 'required' && isList(before) && isList(value))
      into[name] = [...new Set([...before, ...value])]
    else into[name] = value
  }
}

/**
 * A JSON Schema in the subset of OpenAPI that servers take which know no `parametersJsonSchema`: references put
 * in their places, bounds and alternatives said as the subset says them. `lost` is told each keyword that it
 * cannot say.
 */
export const openApiSchema = (schema: JsonObject, lost: (keyword: string) => void = () => {}): JsonObject =>
  new Converter(schema, lost).schema(schema, [])

const NUMBERS = new Set(['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'])

const lowered = (type: Json, nullable: boolean): Json => {
  const name = typeof type === 'string' ? type.toLowerCase() : type
  return nullable && typeof name === 'string' ? [name, 'null'] : name
}

/** JSON Schema has no other word for the order of properties than the order itself. */
const ordered = (properties: JsonObject, order: Json | undefined): readonly [string, Json | undefined][] => {
  const places = isList(order) ? order : []
  const placeOf = (key: string): number => {
    const place = places.indexOf(key)
    return place === -1 ? places.length : place
  }
  return Object.entries(properties).sort(([one], [other]) => placeOf(one) - placeOf(other))
}

/** The dialect's own schema as JSON Schema: types in lower case, `nullable` as a type, 64-bit counts as numbers. */
export const jsonSchema = (schema: JsonObject): JsonObject => {
  const out: Record<string, Json> = {}
  const nullable = schema['nullable'] === true
  for (const [name, value] of Object.entries(schema)) {
    if (value === undefined || name === 'nullable' || name === 'propertyOrdering') continue
    if (name === 'type') {
      if (value !== 'TYPE_UNSPECIFIED') out[name] = lowered(value, nullable)
    } else if (name === 'properties' && isObject(value)) {
      out[name] = Object.fromEntries(
        ordered(value, schema['propertyOrdering']).map(([key, one]) => [
          key,
          isObject(one) ? jsonSchema(one) : one,
        ]),
      )
    } else if (name === 'items' && isObject(value)) out[name] = jsonSchema(value)
    else if (name === 'anyOf' && isList(value)) {
      const each = value.map((one) => (isObject(one) ? jsonSchema(one) : one))
      out[name] = nullable && schema['type'] === undefined ? [...each, { type: 'null' }] : each
    } else if (name === 'example') out['examples'] = [value]
    else if (name === 'enum' && nullable && isList(value)) out[name] = [...value, null]
    else if (NUMBERS.has(name) && typeof value === 'string') out[name] = Number(value)
    else out[name] = value
  }
  return out
}

/*
 * JSON Schema as published descriptions of protocols use it. A keyword that this check does not understand is an
 * error, never a pass.
 */

type Members = Readonly<Record<string, unknown>>
type Fault = string

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listIn = (schema: Members, keyword: string): readonly unknown[] | null => {
  const value = schema[keyword]
  if (value === undefined) return null
  if (!Array.isArray(value)) throw new Error(`${keyword} is no list`)
  return value
}

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isMembers(value)) return JSON.stringify(value) ?? 'null'
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  object: isMembers,
  array: (value) => Array.isArray(value),
  null: (value) => value === null,
}

/** Length in characters, items or members; null where a value has none of that. */
const sizes = {
  Length: (value: unknown): number | null => (typeof value === 'string' ? [...value].length : null),
  Items: (value: unknown): number | null => (Array.isArray(value) ? value.length : null),
  Properties: (value: unknown): number | null => (isMembers(value) ? Object.keys(value).length : null),
  imum: (value: unknown): number | null => (typeof value === 'number' ? value : null),
}

const BOUNDS: Readonly<Record<string, (value: unknown, bound: number) => boolean>> = {
  exclusiveMinimum: (value, bound) => typeof value !== 'number' || value > bound,
  exclusiveMaximum: (value, bound) => typeof value !== 'number' || value < bound,
}
for (const [what, sizeOf] of Object.entries(sizes)) {
  Object.assign(BOUNDS, {
    [`min${what}`]: (value: unknown, bound: number) => (sizeOf(value) ?? bound) >= bound,
    [`max${what}`]: (value: unknown, bound: number) => (sizeOf(value) ?? bound) <= bound,
  })
}

const NOTES = ['title', 'description', 'default', 'example', 'examples', 'format', 'deprecated', 'readOnly']
const UNDERSTOOD = new Set([
  ...NOTES,
  ...Object.keys(BOUNDS),
  ...['$ref', 'type', 'nullable', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items'],
  ...['pattern', 'allOf', 'anyOf', 'oneOf', 'discriminator'],
])

/** The schemas of one document, named by JSON pointers into it: `#/components/schemas/Thing`. */
export class Schemas {
  readonly #document: unknown

  constructor(document: unknown) {
    this.#document = document
  }

  /** What is wrong with a value, by place (`$.a[0]`); empty where it fits. Throws for a schema that is not understood. */
  faults(pointer: string, value: unknown): readonly Fault[] {
    return this.#check({ $ref: pointer }, value, '$')
  }

  #at(pointer: unknown): unknown {
    if (typeof pointer !== 'string' || !pointer.startsWith('#/'))
      throw new Error(`no schema ${String(pointer)}`)
    let found = this.#document
    for (const step of pointer.slice(2).split('/')) {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
      if (!isMembers(found) || found[name] === undefined) throw new Error(`no schema ${pointer}`)
      found = found[name]
    }
    return found
  }

  #check(schema: unknown, value: unknown, at: string): readonly Fault[] {
    if (schema === true) return []
    if (!isMembers(schema)) throw new Error(`${at}: the schema is no object`)
    const strange = Object.keys(schema).find((name) => !UNDERSTOOD.has(name) && !name.startsWith('x-'))
    if (strange !== undefined) throw new Error(`${at}: the keyword ${strange} is not understood`)
    if (value === null && schema['nullable'] === true) return []
    if (schema['$ref'] !== undefined) return this.#check(this.#at(schema['$ref']), value, at)
    return [
      ...typeFaults(schema, value, at),
      ...valueFaults(schema, value, at),
      ...boundFaults(schema, value, at),
      ...this.#members(schema, value, at),
      ...this.#items(schema, value, at),
      ...(listIn(schema, 'allOf') ?? []).flatMap((one) => this.#check(one, value, at)),
      ...this.#some(schema, 'anyOf', value, at),
      ...this.#some(schema, 'oneOf', value, at),
    ]
  }

  #members(schema: Members, value: unknown, at: string): readonly Fault[] {
    const properties = schema['properties'] ?? {}
    if (!isMembers(properties)) throw new Error(`${at}: properties are no object`)
    const required = listIn(schema, 'required') ?? []
    if (!isMembers(value)) return []
    const more = schema['additionalProperties'] ?? true
    return [
      ...required.flatMap((name) =>
        value[String(name)] === undefined ? [`${at}.${String(name)}: is missing`] : [],
      ),
      ...Object.entries(value).flatMap(([name, member]) => {
        const place = `${at}.${name}`
        if (Object.hasOwn(properties, name)) return this.#check(properties[name], member, place)
        return more === false ? [`${place}: is not foreseen`] : this.#check(more, member, place)
      }),
    ]
  }

  #items(schema: Members, value: unknown, at: string): readonly Fault[] {
    const { items } = schema
    if (items === undefined || !Array.isArray(value)) return []
    return value.flatMap((item, index) => this.#check(items, item, `${at}[${index}]`))
  }

  #some(schema: Members, keyword: 'anyOf' | 'oneOf', value: unknown, at: string): readonly Fault[] {
    const choices = listIn(schema, keyword)
    if (choices === null) return []
    const { discriminator } = schema
    const narrowed =
      discriminator === undefined ? choices : this.#named(choices, discriminator, value, keyword, at)
    if (typeof narrowed === 'string') return [narrowed]
    const tries = narrowed.map((one) => this.#check(one, value, at))
    const [only] = tries
    if (tries.length === 1 && only !== undefined) return only
    const fits = tries.filter(({ length }) => length === 0).length
    if (fits === 0)
      return [`${at}: fits none of ${keyword}: ${tries.map((faults) => faults.join(', ')).join(' | ')}`]
    return keyword === 'oneOf' && fits > 1 ? [`${at}: fits ${fits} of oneOf`] : []
  }

  /** Those of several schemas that a member of the value names, or what is wrong with that member. */
  #named(
    choices: readonly unknown[],
    discriminator: unknown,
    value: unknown,
    keyword: string,
    at: string,
  ): readonly unknown[] | Fault {
    const property = isMembers(discriminator) ? discriminator['propertyName'] : null
    if (typeof property !== 'string') throw new Error(`${at}: the discriminator names no member`)
    const names = choices.map((choice) => this.#namesOf(choice, property, at))
    if (!isMembers(value)) return `${at}: is no object`
    const own = canonical(value[property])
    const meant = choices.filter((_, index) => names[index]?.has(own))
    return meant.length > 0
      ? meant
      : `${at}.${property}: ${JSON.stringify(value[property])} names none of ${keyword}`
  }

  /** The values that a member may have, where they are listed, in its choices too. */
  #valuesOf(schema: unknown): readonly unknown[] {
    if (!isMembers(schema)) return []
    if (schema['$ref'] !== undefined) return this.#valuesOf(this.#at(schema['$ref']))
    if (schema['const'] !== undefined) return [schema['const']]
    const inner = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listIn(schema, keyword) ?? [])
    return [...(listIn(schema, 'enum') ?? []), ...inner.flatMap((one) => this.#valuesOf(one))]
  }

  #namesOf(choice: unknown, property: string, at: string): ReadonlySet<string> {
    const schema = isMembers(choice) && choice['$ref'] !== undefined ? this.#at(choice['$ref']) : choice
    const properties = isMembers(schema) ? schema['properties'] : null
    const member = isMembers(properties) ? properties[property] : null
    if (!isMembers(member)) throw new Error(`${at}: a choice does not say its ${property}`)
    const values = this.#valuesOf(member)
    if (values.length === 0) throw new Error(`${at}: a choice does not say its ${property}`)
    return new Set(values.map(canonical))
  }
}

const typeFaults = (schema: Members, value: unknown, at: string): readonly Fault[] => {
  const { type } = schema
  if (type === undefined) return []
  const wanted: readonly unknown[] = Array.isArray(type) ? type : [type]
  const checks = wanted.map((name) => {
    const check = typeof name === 'string' && Object.hasOwn(TYPES, name) ? TYPES[name] : undefined
    if (check === undefined) throw new Error(`${at}: there is no type ${String(name)}`)
    return check
  })
  return checks.some((check) => check(value)) ? [] : [`${at}: is no ${wanted.join(' or ')}`]
}

const valueFaults = (schema: Members, value: unknown, at: string): readonly Fault[] => {
  const faults: Fault[] = []
  const values = listIn(schema, 'enum')
  const own = canonical(value)
  if (values !== null && !values.some((one) => canonical(one) === own))
    faults.push(`${at}: ${JSON.stringify(value)} is none of ${JSON.stringify(values)}`)
  if (schema['const'] !== undefined && canonical(schema['const']) !== own)
    faults.push(`${at}: is not ${JSON.stringify(schema['const'])}`)
  const { pattern } = schema
  if (typeof pattern === 'string' && typeof value === 'string' && !new RegExp(pattern, 'u').test(value))
    faults.push(`${at}: does not match ${pattern}`)
  return faults
}

const boundFaults = (schema: Members, value: unknown, at: string): readonly Fault[] =>
  Object.entries(BOUNDS).flatMap(([keyword, holds]) => {
    const bound = schema[keyword]
    if (bound === undefined) return []
    if (typeof bound !== 'number') throw new Error(`${at}: ${keyword} is no number`)
    return holds(value, bound) ? [] : [`${at}: ${keyword} is ${bound}`]
  })

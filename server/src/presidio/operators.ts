import { createHash } from 'node:crypto'
import { type Fields, isFields } from './body.ts'
import { decrypted, encrypted } from './cipher.ts'
import { unfit } from './refused.ts'

/** Makes of a value what stands in its place. */
export interface Operator {
  readonly name: string
  apply(value: string, entity: string): string
}

/** Operator definitions by entity name, `DEFAULT` for the rest. */
export type Operators = (entity: string) => Operator

type Maker = (fields: Fields, salt: string) => Operator['apply']

const textOr = (fields: Fields, name: string, other: string | null): string => {
  const value = fields[name] ?? other
  if (typeof value !== 'string') throw unfit(name, 'must be a string')
  return value
}

const mask: Maker = (fields) => {
  const character = textOr(fields, 'masking_char', null)
  if ([...character].length !== 1) throw unfit('masking_char', 'must be one character')
  const count = fields['chars_to_mask']
  if (typeof count !== 'number' || !Number.isInteger(count))
    throw unfit('chars_to_mask', 'must be a whole number')
  const fromEnd = fields['from_end'] ?? false
  if (typeof fromEnd !== 'boolean') throw unfit('from_end', 'must be true or false')
  return (value) => {
    const characters = [...value]
    const masked = Math.max(0, Math.min(count, characters.length))
    const shown = fromEnd ? characters.slice(0, characters.length - masked) : characters.slice(masked)
    const dots = character.repeat(masked)
    return fromEnd ? shown.join('') + dots : dots + shown.join('')
  }
}

const hash: Maker = (fields, salt) => {
  const type = textOr(fields, 'hash_type', 'sha256')
  if (type !== 'sha256' && type !== 'sha512') throw unfit('hash_type', 'must be sha256 or sha512')
  const own = textOr(fields, 'salt', salt)
  if (Buffer.byteLength(own) < 16) throw unfit('salt', 'must be 16 bytes or more')
  return (value) => createHash(type).update(own).update(value).digest('hex')
}

const replace: Maker = (fields) => {
  const given = textOr(fields, 'new_value', '')
  return (_, entity) => (given === '' ? `<${entity}>` : given)
}

const ANONYMIZERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['replace', replace],
  ['redact', () => () => ''],
  ['mask', mask],
  ['hash', hash],
  ['keep', () => (value) => value],
  [
    'encrypt',
    ({ key }) => {
      encrypted('', key)
      return (value) => encrypted(value, key)
    },
  ],
])

const DEANONYMIZERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  [
    'decrypt',
    ({ key }) =>
      (value) =>
        decrypted(value, key),
  ],
  ['deanonymize_keep', () => (value) => value],
])

/** `GET /anonymizers` and `GET /deanonymizers`. */
export const ANONYMIZER_NAMES: readonly string[] = [...ANONYMIZERS.keys()]
export const DEANONYMIZER_NAMES: readonly string[] = [...DEANONYMIZERS.keys()]

const operatorsOf = (
  member: string,
  value: unknown,
  makers: ReadonlyMap<string, Maker>,
  fallback: Operator | null,
  salt: string,
): Operators => {
  if (value !== undefined && value !== null && !isFields(value)) throw unfit(member, 'must be an object')
  const made = new Map<string, Operator>()
  for (const [entity, fields] of Object.entries(value ?? {})) {
    if (!isFields(fields)) throw unfit(member, 'must hold one object for each entity')
    const name = typeof fields['type'] === 'string' ? fields['type'] : ''
    const maker = makers.get(name)
    if (maker === undefined) {
      throw unfit(member, `must each have a type, one of ${[...makers.keys()].join(', ')}`)
    }
    made.set(entity, { name, apply: maker(fields, salt) })
  }
  return (entity) => {
    const operator = made.get(entity) ?? made.get('DEFAULT') ?? fallback
    if (operator === null) throw unfit(member, 'must name every entity of the results, or DEFAULT')
    return operator
  }
}

/**
 * The operators of `anonymizers`; without one, a value is replaced by its entity's name. `salt`: for hashes whose
 * definition brings none; equal values are then equal within one request and in no other, so that nobody finds a
 * telephone number again by trying them all.
 */
export const anonymizers = (value: unknown, salt: string): Operators => {
  const fallback: Operator = { name: 'replace', apply: (_, entity) => `<${entity}>` }
  return operatorsOf('anonymizers', value, ANONYMIZERS, fallback, salt)
}

export const deanonymizers = (value: unknown): Operators =>
  operatorsOf('deanonymizers', value, DEANONYMIZERS, null, '')

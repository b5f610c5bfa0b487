import { inspect } from 'node:util'
import type { Kind } from '../domain/index.ts'
import { KINDS } from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'

/** Who said it first: the part of the request a value was met in. */
export type Origin = 'system' | 'user' | 'assistant' | 'tool' | 'other'
const ORIGINS: readonly Origin[] = ['system', 'user', 'assistant', 'tool', 'other']

/**
 * How a value is taken apart and found again: `part` is one word of a name or an address, `text` stands as it
 * is, `number` is found under any grouping, `date` in any format, `term` is a phrase with a code in it.
 */
export type Form = 'part' | 'text' | 'number' | 'date' | 'term'
const FORMS: readonly Form[] = ['part', 'text', 'number', 'date', 'term']

/** One original and what stands for it. */
export interface Entry {
  readonly form: Form
  readonly type: string
  readonly kind: Kind
  /** As first met. A name's word without the ending that its inflection adds. */
  readonly original: string
  readonly standIn: string
  /** What tells this original from others: type and folded value. */
  readonly key: string
  /** For a word of a name: given name or family name; for a word of an address: `place`. */
  readonly role: 'given' | 'family' | 'place' | null
  readonly gender: 'f' | 'm' | null
  /** How the word's ending changes, see inflection.ts. */
  readonly inflection: string
  /** How often the stand-in was drawn anew since another text in the conversation equalled it. */
  readonly drawn: number
  readonly origin: Origin
}

/** A given name that was met beside a family name; both by their entries' keys. */
export interface Pair {
  readonly given: string
  readonly family: string
}

/** Letters that stand for given names before or behind one family name. */
export interface Initial {
  /** Key of the family name's entry. */
  readonly family: string
  readonly from: string
  readonly to: string
}

export interface MappingData {
  readonly version: 1
  /** Hex; empty before anything was covered. */
  readonly salt: string
  readonly entries: readonly Entry[]
  readonly initials: readonly Initial[]
  readonly pairs: readonly Pair[]
}

const EMPTY: MappingData = deepFreeze({ version: 1, salt: '', entries: [], initials: [], pairs: [] })

/**
 * Originals and stand-ins of one conversation. Opaque: what it holds is in a private field, so that no
 * spread, JSON or log line shows a value.
 */
class Conversation {
  readonly #data: MappingData

  constructor(data: MappingData) {
    this.#data = data
    Object.freeze(this)
  }

  get size(): number {
    return this.#data.entries.length
  }

  toJSON(): { readonly pseudonyms: number } {
    return { pseudonyms: this.size }
  }

  toString(): string {
    return `[${this.size} pseudonyms]`
  }

  [inspect.custom](): string {
    return this.toString()
  }

  static data(mapping: Mapping): MappingData {
    return #data in mapping ? mapping.#data : EMPTY
  }
}
Object.freeze(Conversation.prototype)

/** See Conversation; `size` is the number of originals in it. */
export type Mapping = Conversation

export const emptyMapping: Mapping = new Conversation(EMPTY)

/** For this room alone: what a mapping holds. An object that only looks like a mapping holds nothing. */
export const dataOf: (mapping: Mapping) => MappingData = Conversation.data

export const mappingOf = (data: MappingData): Mapping => new Conversation(deepFreeze(data))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const oneOf = <T>(list: readonly T[], value: unknown): T | undefined => list.find((one) => one === value)

const entryOf = (value: unknown): Entry | null => {
  if (!isRecord(value)) return null
  const { original, standIn, key, type, inflection, drawn } = value
  const form = oneOf(FORMS, value['form'])
  const kind = oneOf(KINDS, value['kind'])
  const origin = oneOf(ORIGINS, value['origin'])
  const role = oneOf(['given', 'family', 'place', null] as const, value['role'])
  const gender = oneOf(['f', 'm', null] as const, value['gender'])
  if (form === undefined || kind === undefined || origin === undefined) return null
  if (role === undefined || gender === undefined) return null
  if (!isText(original) || !isText(standIn) || original === '' || standIn === '') return null
  if (!isText(key) || !isText(type) || !isText(inflection) || !isCount(drawn)) return null
  return { form, type, kind, original, standIn, key, role, gender, inflection, drawn, origin }
}

const initialOf = (value: unknown): Initial | null => {
  if (!isRecord(value)) return null
  const { family, from, to } = value
  return isText(family) && isText(from) && isText(to) ? { family, from, to } : null
}

const pairOf = (value: unknown): Pair | null => {
  if (!isRecord(value)) return null
  const { given, family } = value
  return isText(given) && isText(family) ? { given, family } : null
}

const listOf = <T>(value: unknown, read: (item: unknown) => T | null): readonly T[] | null => {
  if (!Array.isArray(value)) return null
  const list: T[] = []
  for (const item of value) {
    const one = read(item)
    if (one === null) return null
    list.push(one)
  }
  return list
}

/** A mapping's data out of parsed JSON, or null where anything in it is not as it must be. */
export const parseData = (value: unknown): MappingData | null => {
  if (!isRecord(value) || value['version'] !== 1) return null
  const { salt } = value
  const entries = listOf(value['entries'], entryOf)
  const initials = listOf(value['initials'], initialOf)
  const pairs = listOf(value['pairs'], pairOf)
  if (!isText(salt) || entries === null || initials === null || pairs === null) return null
  return { version: 1, salt, entries, initials, pairs }
}

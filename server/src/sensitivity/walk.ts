import { type Call, CausewayError, type Json, type Media } from '../domain/index.ts'
import { afterString } from '../lib/index.ts'
import { bytesAnywhere, bytesInMedia } from './bytes.ts'
import { joinedParts, userTurns } from './joined.ts'
import { areOptions, isCall } from './standing.ts'

/**
 * What a leaf is of the request: a string value as it stands, a member's name, a header, a long number, text
 * that bytes in the request hold, or several values read as one.
 */
export type Where = 'value' | 'key' | 'header' | 'number' | 'bytes' | 'joined'

/** A text of the request with where it stands. */
export interface Leaf {
  readonly path: string
  readonly text: string
  readonly where: Where
  /** What the leaf is called where that says something of it (`iban`, `password`), else ''. */
  readonly name: string
  /** True where every piece of it was read before, and only what shows in none of them is new. */
  readonly again?: boolean
  /** True where it is only to be read for values told in parts over turns. */
  readonly turns?: boolean
  /** True where only what stands beside it says that it is an identifier: a tool's name in a call, an option. */
  readonly named?: boolean
}

/** Hears what a walk meets. May throw to end it. */
export interface Visitor {
  leaf(leaf: Leaf): void
  /** Bytes that are no text stand outside the places that the dialect knows for media. */
  unread?(): void
  /** Called every few thousand values, also where there is nothing to read. */
  step?(): void
}

/** Deeper than any request the front door lets in; JSON inside strings may try. */
const DEEPEST = 400
/** Strings of JSON inside strings of JSON are opened this many deep. */
const NESTED = 4
const STEP = 1024
/** Texts, lists and objects of a request, JSON inside strings included, that are walked unless the caller says otherwise. */
const MOST_VALUES = 200_000
/** Digits of a number that could be somebody's. */
const SMALL_NUMBER = 1e6

/**
 * Names that belong to the protocols and say nothing about the value. All others are read together with the
 * value, so that `{"ssn": "..."}` is seen as it is in text.
 */
const PROTOCOL: ReadonlySet<string> = new Set(
  (
    'content text role type id model name input arguments function parameters description messages system tools ' +
    'tool_call_id tool_use_id user metadata stop stop_sequences source data url image_url signature thinking ' +
    'cache_control output result value title required enum prompt instructions items properties'
  ).split(' '),
)

const SIMPLE_KEY = /^[A-Za-z_$][A-Za-z_$-]{0,39}$/

/** Paths are kept in records, and a key may be content: one that does not read like a field's name is told by its place. */
const memberPath = (path: string, key: string, position: number): string => {
  if (!SIMPLE_KEY.test(key)) return `${path}[key ${position}]`
  return path === '' ? key : `${path}.${key}`
}

/** How far in a value stands: levels of JSON, levels of JSON inside strings still to open, whether in media. */
interface Place {
  readonly path: string
  readonly name: string
  readonly depth: number
  readonly nested: number
  readonly media: Media | null
  /** Whether it is the name of a tool in a call, or one of the options of a parameter that are identifiers. */
  readonly named?: boolean
}

class Walker {
  readonly #visitor: Visitor
  readonly #media: ReadonlyMap<string, Media>
  readonly #most: number
  #steps = 0
  #values = 0
  /** Whether a whole number was met that a double does not hold, so that only the source has its digits. */
  inexact = false

  constructor(visitor: Visitor, media: readonly Media[], most: number) {
    this.#visitor = visitor
    this.#most = most
    this.#media = new Map(media.map((item) => [item.path, item]))
  }

  walk(value: Json | undefined, at: Place): void {
    if (at.depth > DEEPEST) {
      throw new CausewayError('too_deep', `the request nests deeper than ${DEEPEST} levels`)
    }
    this.#step()
    this.#values += 1
    if (this.#values > this.#most) throw new RangeError(`the request holds more than ${this.#most} values`)
    const media = at.media ?? (this.#media.size === 0 ? null : (this.#media.get(at.path) ?? null))
    const place = media === at.media ? at : { ...at, media }
    if (typeof value === 'string') this.#text(value, place)
    else if (typeof value === 'number') this.#number(value, place)
    else if (Array.isArray(value)) this.#list(value, place)
    else if (typeof value === 'object' && value !== null) this.#members(Object.entries(value), place)
  }

  #step(): void {
    this.#steps += 1
    if (this.#steps % STEP === 0) this.#visitor.step?.()
  }

  #list(list: readonly Json[], at: Place): void {
    const named = areOptions(at.path, list)
    for (let index = 0; index < list.length; index += 1) {
      const member = list[index]
      // Lists of numbers are long: tokens, vectors, pixels.
      if (isSmall(member)) this.#step()
      else this.walk(member, { ...at, path: `${at.path}[${index}]`, depth: at.depth + 1, named })
    }
    const path = `${at.path}[*]`
    for (const text of joinedParts(list)) this.#leaf(path, text, 'joined', true)
    const turns = userTurns(list)
    if (turns !== null) {
      this.#visitor.leaf({ path, text: turns, where: 'joined', name: '', again: true, turns: true })
    }
  }

  #leaf(path: string, text: string, where: Where, again = false): void {
    this.#visitor.leaf({ path, text, where, name: '', again })
  }

  #members(members: readonly (readonly [string, Json | undefined])[], at: Place): void {
    members.forEach(([key, member], position) => {
      const path = memberPath(at.path, key, position)
      const simple = SIMPLE_KEY.test(key)
      if (!simple) this.#leaf(`${at.path} (key ${position})`, key, 'key')
      if (isSmall(member)) {
        this.#step()
        return
      }
      const own = simple && !PROTOCOL.has(key) ? key : ''
      const named = (key === 'name' || key === 'tool_name') && isCall(at.path, members)
      this.walk(member, { ...at, path, name: key === 'value' ? at.name : own, depth: at.depth + 1, named })
    })
  }

  #text(text: string, at: Place): void {
    if (at.media !== null && !at.media.remote) {
      const { held, inside } = bytesInMedia(text, at.media.mime)
      if (inside !== null) this.#leaf(at.path, inside, 'bytes')
      if (held !== null) {
        if (held.text !== null) this.#leaf(at.path, held.text, 'bytes')
        return
      }
    }
    const held = bytesAnywhere(text)
    if (held !== null) {
      if (held.text === null) this.#visitor.unread?.()
      else this.#leaf(at.path, held.text, 'bytes')
      return
    }
    this.#visitor.leaf({ path: at.path, text, where: 'value', name: at.name, named: at.named === true })
    if (at.nested === 0) return
    const inner = parsed(text)
    if (inner === undefined) return
    this.walk(inner, { ...at, path: `${at.path}{}`, name: '', depth: at.depth + 1, nested: at.nested - 1 })
  }

  #number(value: number, at: Place): void {
    const whole = Math.trunc(value)
    if (!Number.isSafeInteger(whole)) this.inexact = true
    else this.#visitor.leaf({ path: at.path, text: String(whole), where: 'number', name: at.name })
  }
}

/** What holds nothing to read; six digits and fewer are no number of anybody. */
const isSmall = (value: Json | undefined): boolean =>
  typeof value === 'number'
    ? Math.abs(value) < SMALL_NUMBER
    : value === null || value === undefined || typeof value === 'boolean'

/** JSON objects and arrays inside a string; undefined for any other string. */
const parsed = (text: string): Json | undefined => {
  const first = text.trimStart().charAt(0)
  if (first !== '{' && first !== '[' && first !== '"') return undefined
  try {
    const value: Json = JSON.parse(text)
    return typeof value === 'object' || typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** Long whole numbers as the request spells them, outside its strings. */
const visitLiterals = (source: string, visitor: Visitor): void => {
  const next = /"|\d{16,}/g
  for (let found = next.exec(source); found !== null; found = next.exec(source)) {
    if (found[0] === '"') next.lastIndex = afterString(source, found.index)
    else visitor.leaf({ path: '(a number)', text: found[0], where: 'number', name: '' })
  }
}

/**
 * Visits every string of a request in order: values, keys that are more than an identifier, long whole
 * numbers, the same inside strings that hold JSON (`path{}.member`), text in media, parts of one message
 * joined (`path[*]`), and the client's headers that go along. Only bytes that are no text are passed over.
 * Throws for a request of more than `most` values, or one nested too deep.
 */
export const walkCall = (
  call: Pick<Call, 'json' | 'media'> & Partial<Pick<Call, 'source' | 'dialectHeaders'>>,
  visitor: Visitor,
  most = MOST_VALUES,
): void => {
  const walker = new Walker(visitor, call.media, most)
  for (const [name, text] of Object.entries(call.dialectHeaders ?? {})) {
    visitor.leaf({ path: `headers.${name}`, text, where: 'header', name: '' })
  }
  walker.walk(call.json, { path: '', name: '', depth: 0, nested: NESTED, media: null })
  if (walker.inexact && call.source !== undefined) visitLiterals(call.source, visitor)
}

import { type Call, CausewayError, type Json, type Media } from '../domain/index.ts'
import { afterString } from '../lib/index.ts'
import { bytesAnywhere, bytesInMedia } from './bytes.ts'
import { joinedParts } from './joined.ts'

/** A text of the request with where it stands. */
export interface Leaf {
  readonly path: string
  readonly text: string
  /** What the leaf is called where that says something of it (`iban`, `password`), else ''. */
  readonly name: string
  /** True where every piece of it was read before, and only what shows in none of them is new. */
  readonly again?: boolean
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
const STEP = 4096

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
}

class Walker {
  readonly #visitor: Visitor
  readonly #media: ReadonlyMap<string, Media>
  #steps = 0
  /** Whether a whole number was met that a double does not hold, so that only the source has its digits. */
  inexact = false

  constructor(visitor: Visitor, media: readonly Media[]) {
    this.#visitor = visitor
    this.#media = new Map(media.map((item) => [item.path, item]))
  }

  walk(value: Json | undefined, at: Place): void {
    if (at.depth > DEEPEST) {
      throw new CausewayError('too_deep', `the request nests deeper than ${DEEPEST} levels`)
    }
    this.#steps += 1
    if (this.#steps % STEP === 0) this.#visitor.step?.()
    const media = at.media ?? (this.#media.size === 0 ? null : (this.#media.get(at.path) ?? null))
    const place = media === at.media ? at : { ...at, media }
    if (typeof value === 'string') this.#text(value, place)
    else if (typeof value === 'number') this.#number(value, place)
    else if (Array.isArray(value)) this.#list(value, place)
    else if (typeof value === 'object' && value !== null) this.#members(Object.entries(value), place)
  }

  #list(list: readonly Json[], at: Place): void {
    list.forEach((member, index) => {
      this.walk(member, { ...at, path: `${at.path}[${index}]`, depth: at.depth + 1 })
    })
    for (const text of joinedParts(list)) {
      this.#visitor.leaf({ path: `${at.path}[*]`, text, name: '', again: true })
    }
  }

  #members(members: readonly (readonly [string, Json | undefined])[], at: Place): void {
    members.forEach(([key, member], position) => {
      const path = memberPath(at.path, key, position)
      const simple = SIMPLE_KEY.test(key)
      if (!simple) this.#visitor.leaf({ path: `${at.path} (key ${position})`, text: key, name: '' })
      const own = simple && !PROTOCOL.has(key) ? key : ''
      this.walk(member, { ...at, path, name: key === 'value' ? at.name : own, depth: at.depth + 1 })
    })
  }

  #text(text: string, at: Place): void {
    if (at.media !== null && !at.media.remote) {
      const { held, inside } = bytesInMedia(text, at.media.mime)
      if (inside !== null) this.#visitor.leaf({ path: at.path, text: inside, name: '' })
      if (held !== null) {
        if (held.text !== null) this.#visitor.leaf({ path: at.path, text: held.text, name: '' })
        return
      }
    }
    const held = bytesAnywhere(text)
    if (held !== null) {
      if (held.text === null) this.#visitor.unread?.()
      else this.#visitor.leaf({ path: at.path, text: held.text, name: '' })
      return
    }
    this.#visitor.leaf({ path: at.path, text, name: at.name })
    if (at.nested === 0) return
    const inner = parsed(text)
    if (inner === undefined) return
    this.walk(inner, { ...at, path: `${at.path}{}`, name: '', depth: at.depth + 1, nested: at.nested - 1 })
  }

  #number(value: number, at: Place): void {
    // Six digits and fewer are no number of anybody.
    const whole = Math.trunc(value)
    if (Math.abs(whole) < 1e6) return
    if (Number.isSafeInteger(whole)) this.#visitor.leaf({ path: at.path, text: String(whole), name: at.name })
    else this.inexact = true
  }
}

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
    else visitor.leaf({ path: '(a number)', text: found[0], name: '' })
  }
}

/**
 * Visits every string of a request in order: values, keys that are more than an identifier, long whole
 * numbers, the same inside strings that hold JSON (`path{}.member`), text in media, parts of one message
 * joined (`path[*]`), and the client's headers that go along. Only bytes that are no text are passed over.
 */
export const walkCall = (
  call: Pick<Call, 'json' | 'media'> & Partial<Pick<Call, 'source' | 'dialectHeaders'>>,
  visitor: Visitor,
): void => {
  const walker = new Walker(visitor, call.media)
  for (const [name, text] of Object.entries(call.dialectHeaders ?? {})) {
    visitor.leaf({ path: `headers.${name}`, text, name: '' })
  }
  walker.walk(call.json, { path: '', name: '', depth: 0, nested: NESTED, media: null })
  if (walker.inexact && call.source !== undefined) visitLiterals(call.source, visitor)
}

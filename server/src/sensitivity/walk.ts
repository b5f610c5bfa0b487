import { type Call, CausewayError, type Json, type Media } from '../domain/index.ts'

/** A text of the request with where it stands. */
export interface Leaf {
  readonly path: string
  readonly text: string
  /** What the leaf is called where that says something of it (`iban`, `password`), else ''. */
  readonly name: string
}

/** Deeper than any request the front door lets in; JSON inside strings may try. */
const DEEPEST = 400
/** Strings of JSON inside strings of JSON are opened this many deep. */
const NESTED = 4

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

/** Media bytes: a data URL in base64, or base64 alone. Anything else in a media's place is text and is read. */
const isBytes = (text: string): boolean => {
  const comma = text.startsWith('data:') ? text.indexOf(',') : -1
  if (comma > 0 && comma < 200) {
    return text.slice(0, comma).endsWith(';base64') && /^[\w+/=\r\n-]*$/.test(text.slice(comma + 1))
  }
  return text.length >= 32 && /^[\w+/=\r\n-]*$/.test(text)
}

const memberPath = (path: string, key: string): string => {
  if (!SIMPLE_KEY.test(key)) return `${path}[${JSON.stringify(key.slice(0, 24))}]`
  return path === '' ? key : `${path}.${key}`
}

/** What mime types say is text, whatever carries it. */
const TEXTUAL =
  /^(?:text\/|application\/(?:json|xml|csv|yaml|x-yaml|javascript|sql|x-sh|rtf|x-ndjson|[\w.-]+\+(?:json|xml)))/i
const strictText = new TextDecoder('utf-8', { fatal: true })

type Visit = (leaf: Leaf) => void

/** Text inside media bytes whose mime type says text, or null. */
const textInside = (data: string, declared: string | undefined): string | null => {
  const comma = data.startsWith('data:') ? data.indexOf(',') : -1
  const mime = comma > 0 ? data.slice(5, comma) : (declared ?? '')
  if (!TEXTUAL.test(mime)) return null
  try {
    return strictText.decode(Buffer.from(data.slice(comma + 1), 'base64'))
  } catch {
    return null
  }
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
  readonly #visit: Visit
  readonly #media: ReadonlyMap<string, Media>

  constructor(visit: Visit, media: readonly Media[]) {
    this.#visit = visit
    this.#media = new Map(media.map((item) => [item.path, item]))
  }

  walk(value: Json | undefined, at: Place): void {
    if (at.depth > DEEPEST) {
      throw new CausewayError('too_deep', `the request nests deeper than ${DEEPEST} levels`)
    }
    const place = { ...at, media: at.media ?? this.#media.get(at.path) ?? null }
    if (typeof value === 'string') this.#text(value, place)
    else if (typeof value === 'number') this.#number(value, place)
    else if (Array.isArray(value)) this.#list(value, place)
    else if (typeof value === 'object' && value !== null) this.#members(Object.entries(value), place)
  }

  #list(list: readonly Json[], at: Place): void {
    list.forEach((member, index) => {
      this.walk(member, { ...at, path: `${at.path}[${index}]`, depth: at.depth + 1 })
    })
  }

  #members(members: readonly (readonly [string, Json | undefined])[], at: Place): void {
    for (const [key, member] of members) {
      const path = memberPath(at.path, key)
      const simple = SIMPLE_KEY.test(key)
      if (!simple) this.#visit({ path: `${path} (key)`, text: key, name: '' })
      const name = simple && !PROTOCOL.has(key) ? key : ''
      this.walk(member, { ...at, path, name, depth: at.depth + 1 })
    }
  }

  #text(text: string, at: Place): void {
    if (at.media !== null && !at.media.remote && isBytes(text)) {
      const inside = textInside(text, at.media.mime)
      if (inside !== null) this.#visit({ path: at.path, text: inside, name: '' })
      return
    }
    this.#visit({ path: at.path, text, name: at.name })
    if (at.nested === 0) return
    const inner = parsed(text)
    if (inner === undefined) return
    this.walk(inner, { ...at, path: `${at.path}{}`, name: '', depth: at.depth + 1, nested: at.nested - 1 })
  }

  #number(value: number, at: Place): void {
    // Six digits and fewer are no number of anybody; exponents and fractions neither.
    if (!Number.isSafeInteger(value) || Math.abs(value) < 1e6) return
    this.#visit({ path: at.path, text: String(value), name: at.name })
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

/**
 * Visits every string of a request in order: values, keys that are more than an identifier, long whole
 * numbers, the same inside strings that hold JSON (`path{}.member`), and text in media whose mime type says
 * text. Only media bytes are passed over.
 */
export const walkCall = (call: Pick<Call, 'json' | 'media'>, visit: Visit): void => {
  new Walker(visit, call.media).walk(call.json, { path: '', name: '', depth: 0, nested: NESTED, media: null })
}

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

type Visit = (leaf: Leaf) => void

class Walker {
  readonly #visit: Visit
  readonly #media: ReadonlyMap<string, Media>

  constructor(visit: Visit, media: readonly Media[]) {
    this.#visit = visit
    this.#media = new Map(media.map((item) => [item.path, item]))
  }

  walk(
    value: Json | undefined,
    path: string,
    name: string,
    depth: number,
    nested: number,
    inMedia: boolean,
  ): void {
    if (depth > DEEPEST) {
      throw new CausewayError('too_deep', `the request nests deeper than ${DEEPEST} levels`)
    }
    const media = inMedia || this.#media.has(path)
    if (typeof value === 'string') this.#text(value, path, name, depth, nested, media)
    else if (typeof value === 'number') this.#number(value, path, name)
    else if (Array.isArray(value)) {
      value.forEach((member, index) => {
        this.walk(member, `${path}[${index}]`, name, depth + 1, nested, media)
      })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        const place = memberPath(path, key)
        if (!SIMPLE_KEY.test(key)) this.#visit({ path: `${place} (key)`, text: key, name: '' })
        const told = PROTOCOL.has(key) ? '' : key
        this.walk(member, place, SIMPLE_KEY.test(key) ? told : '', depth + 1, nested, media)
      }
    }
  }

  #text(text: string, path: string, name: string, depth: number, nested: number, media: boolean): void {
    if (media && isBytes(text)) return
    this.#visit({ path, text, name })
    if (nested === 0) return
    const inner = parsed(text)
    if (inner !== undefined) this.walk(inner, `${path}{}`, '', depth + 1, nested - 1, false)
  }

  #number(value: number, path: string, name: string): void {
    // Six digits and fewer are no number of anybody; exponents and fractions neither.
    if (Number.isSafeInteger(value) && Math.abs(value) >= 1e6)
      this.#visit({ path, text: String(value), name })
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
 * numbers, and the same inside strings that hold JSON (`path{}.member`). Only media bytes are passed over.
 */
export const walkCall = (call: Pick<Call, 'json' | 'media'>, visit: Visit): void => {
  new Walker(visit, call.media).walk(call.json, '', '', 0, NESTED, false)
}

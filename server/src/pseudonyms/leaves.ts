import type { Call, Json } from '../domain/index.ts'
import { afterString } from '../lib/index.ts'
import type { Origin } from './mapping.ts'

/** What may be done with a string: `content` is replaced in, the rest is only looked at. */
export type Standing = 'content' | 'name' | 'protocol' | 'media' | 'key' | 'number'

/** A string, key or long number of a JSON text, with its place in that text. */
export interface Place {
  /** As the labeller writes it. */
  readonly path: string
  readonly standing: Standing
  readonly origin: Origin
  /** Decoded. */
  readonly text: string
  /** Offsets of what stands between the quotes, or of the number, in the text that holds it. */
  readonly start: number
  readonly end: number
  /** Places inside, where the text is JSON itself; offsets into `text`. */
  readonly inner: readonly Place[] | null
}

const NESTED = 4
const SIMPLE_KEY = /^[A-Za-z_$][A-Za-z_$-]{0,39}$/

/** Strings that mean something to the protocol. Places with all indexes taken out. */
const PROTOCOL: readonly RegExp[] = [
  /^(?:model|service_tier|reasoning_effort|verbosity|encoding_format|previous_response_id|prompt_cache_key)$/,
  /^(?:modalities|include|betas)\[\]$/,
  /^(?:tool_choice|thinking|reasoning|audio|stream_options|output_config|container)(?:\.|$)/,
  /^(?:messages|input)\[\]\.(?:role|type|id|tool_call_id|call_id|encrypted_content|status)$/,
  /\btool_calls\[\]\.(?:id|type|function\.name|custom\.name)$/,
  /\bfunction_call\.name$/,
  /^(?:messages|input|system)\[\](?:\.content\[\])*\.(?:type|id|tool_use_id|signature|media_type|encrypted_content|encrypted_index|detail|format)$/,
  /\bcontent\[\]\.(?:source\.(?:type|media_type|file_id|url)|image_url\.(?:url|detail)|input_audio\.(?:data|format)|file\.(?:file_data|file_id)|file_url|file_data|file_id)$/,
  /\bcache_control\./,
  /^tools\[\]\.(?:type|name|id|display_name|server_label|function\.name|custom\.name)$/,
  /^functions\[\]\.name$/,
  /^(?:response_format|text\.format)\.(?:type|name|json_schema\.name)$/,
]
const SCHEMA =
  /^(?:tools\[\]|functions\[\]|response_format|text\.format)\..*\.(?:type|format|\$ref|\$schema|\$id|\$anchor|pattern|contentEncoding|contentMediaType|required\[\]|type\[\])$/
/** A block's `name` and `data` depend on what the block is. */
const BLOCK_NAME = /^messages\[\](?:\.content\[\])+\.name$/
const BLOCK_DATA = /^messages\[\](?:\.content\[\])+\.(?:data|source\.data)$/
const LIKE_BYTES = /^(?:data:|https?:)|^[A-Za-z0-9+/_-]{16,}={0,2}$/

const shapeOf = (path: string): string => path.replace(/\[\d+\]/g, '[]')

interface Around {
  readonly path: string
  readonly nested: number
  readonly origin: Origin
  readonly inside: boolean
}

const ROLES: Readonly<Record<string, Origin>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
}

const member = (json: Json | undefined, name: string): Json | undefined =>
  typeof json === 'object' && json !== null && !Array.isArray(json) && name in json
    ? Object.entries(json).find(([key]) => key === name)?.[1]
    : undefined

/** The role of each message, so that a place's origin is known before its own `role` was passed. */
const originsOf = (json: Json): readonly Origin[] => {
  const messages = member(json, 'messages') ?? member(json, 'input')
  if (!Array.isArray(messages)) return []
  return messages.map((message: Json) => {
    const role = member(message, 'role')
    return typeof role === 'string' ? (ROLES[role] ?? 'other') : 'other'
  })
}

class Scanner {
  readonly #text: string
  readonly #places: Place[] = []
  readonly #origins: readonly Origin[]
  readonly #media: ReadonlySet<string>
  #at = 0

  constructor(text: string, origins: readonly Origin[], media: ReadonlySet<string>) {
    this.#text = text
    this.#origins = origins
    this.#media = media
  }

  scan(around: Around): readonly Place[] {
    this.#value(around)
    this.#blank()
    if (this.#at < this.#text.length) throw new SyntaxError('more than one JSON value')
    return this.#places
  }

  #blank(): void {
    while (this.#at < this.#text.length && ' \n\r\t'.includes(this.#text.charAt(this.#at))) this.#at += 1
  }

  #value(around: Around): void {
    this.#blank()
    const first = this.#text.charAt(this.#at)
    if (first === '{') this.#object(around)
    else if (first === '[') this.#array(around)
    else if (first === '"') this.#string(around)
    else this.#scalar(around)
  }

  #object(around: Around): void {
    this.#at += 1
    for (let position = 0; ; position += 1) {
      this.#blank()
      const next = this.#text.charAt(this.#at)
      if (next === '}') {
        this.#at += 1
        return
      }
      if (next === ',') {
        this.#at += 1
        this.#blank()
      }
      const key = this.#quoted()
      const simple = SIMPLE_KEY.test(key.text)
      const keyPath = `${around.path} (key ${position})`
      this.#places.push({ ...key, path: keyPath, standing: 'key', origin: around.origin, inner: null })
      this.#blank()
      this.#at += 1
      const path = simple
        ? around.path === ''
          ? key.text
          : `${around.path}.${key.text}`
        : `${around.path}[key ${position}]`
      this.#value({ ...around, path, origin: this.#originIn(around, path) })
    }
  }

  #array(around: Around): void {
    this.#at += 1
    for (let index = 0; ; ) {
      this.#blank()
      const next = this.#text.charAt(this.#at)
      if (next === ']') {
        this.#at += 1
        return
      }
      if (next === ',') {
        this.#at += 1
        index += 1
      }
      const path = `${around.path}[${index}]`
      this.#value({ ...around, path, origin: this.#originIn(around, path) })
    }
  }

  #originIn(around: Around, path: string): Origin {
    if (around.inside || around.path.includes('.')) return around.origin
    if (path === 'system' || path === 'tools' || path === 'instructions' || path === 'functions')
      return 'system'
    const index = /^(?:messages|input)\[(\d+)\]$/.exec(path)?.[1]
    return index === undefined ? around.origin : (this.#origins[Number(index)] ?? 'other')
  }

  #quoted(): { readonly text: string; readonly start: number; readonly end: number } {
    const start = this.#at + 1
    const after = afterString(this.#text, this.#at)
    if (this.#text.charAt(this.#at) !== '"' || this.#text.charAt(after - 1) !== '"' || after <= start) {
      throw new SyntaxError('no string where one must be')
    }
    this.#at = after
    const raw = this.#text.slice(start, after - 1)
    const text: unknown = raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw
    return { text: typeof text === 'string' ? text : raw, start, end: after - 1 }
  }

  #string(around: Around): void {
    const found = this.#quoted()
    const standing = this.#standing(found.text, around)
    const inner =
      standing === 'content' && around.nested > 0
        ? innerPlaces(found.text, {
            ...around,
            path: `${around.path}{}`,
            nested: around.nested - 1,
            inside: true,
          })
        : null
    this.#places.push({ ...found, path: around.path, standing, origin: around.origin, inner })
  }

  #scalar(around: Around): void {
    const start = this.#at
    while (this.#at < this.#text.length && !' \n\r\t,]}'.includes(this.#text.charAt(this.#at))) this.#at += 1
    if (this.#at === start) throw new SyntaxError('no value where one must be')
    const text = this.#text.slice(start, this.#at)
    if (text.length < 5 || text === 'false') return
    const { path, origin } = around
    this.#places.push({ path, origin, standing: 'number', text, start, end: this.#at, inner: null })
  }

  #standing(text: string, around: Around): Standing {
    if (around.inside) return 'content'
    if (this.#media.has(around.path)) return LIKE_BYTES.test(text) ? 'media' : 'content'
    const shape = shapeOf(around.path)
    if (/^messages\[\]\.name$/.test(shape)) return around.origin === 'tool' ? 'protocol' : 'name'
    if (BLOCK_NAME.test(shape)) return 'protocol'
    if (BLOCK_DATA.test(shape)) return LIKE_BYTES.test(text) ? 'media' : 'content'
    return SCHEMA.test(shape) || PROTOCOL.some((one) => one.test(shape)) ? 'protocol' : 'content'
  }
}

const NO_MEDIA: ReadonlySet<string> = new Set()

const innerPlaces = (text: string, around: Around): readonly Place[] | null => {
  const first = text.trimStart().charAt(0)
  if (first !== '{' && first !== '[' && first !== '"') return null
  try {
    JSON.parse(text)
    return new Scanner(text, [], NO_MEDIA).scan(around)
  } catch {
    return null
  }
}

/** Every string, key and long number of a request, in order. Throws SyntaxError where the source is no JSON. */
export const placesOf = (call: Pick<Call, 'source' | 'json' | 'media'>): readonly Place[] => {
  const media = new Set(call.media.filter((item) => !item.remote).map((item) => item.path))
  const scanner = new Scanner(call.source, originsOf(call.json), media)
  return scanner.scan({ path: '', nested: NESTED, origin: 'other', inside: false })
}

/** Offsets into a string literal's inside for each unit of what it decodes to, and for its end. */
export const rawOffsets = (raw: string): ((offset: number) => number) => {
  if (!raw.includes('\\')) return (offset) => offset
  const offsets: number[] = []
  let at = 0
  while (at < raw.length) {
    offsets.push(at)
    at += raw.charAt(at) !== '\\' ? 1 : raw.charAt(at + 1) === 'u' ? 6 : 2
  }
  offsets.push(raw.length)
  return (offset) => offsets[offset] ?? raw.length
}

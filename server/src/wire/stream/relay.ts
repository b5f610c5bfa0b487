import type { JsonObject, Relay, Usage } from '../../domain/index.ts'
import { SseParser } from '../../lib/index.ts'
import { FrameCutter, splitFrames } from './frames.ts'
import { parseObject } from './json.ts'
import { sealedValues } from './sealed.ts'

export interface ReplyFault {
  readonly message: string
  readonly status: number | null
}

/** What a dialect makes of one event that a byte test picked out. */
export interface FrameFinding {
  readonly usage?: Usage
  readonly fault?: ReplyFault
  /** Nothing of the answer comes after this event. */
  readonly terminal?: boolean
  /** The client did not ask for this event. */
  readonly hide?: boolean
  /** The answer goes on: an event before this one that seemed to be its last was not. */
  readonly resumes?: boolean
}

/** How a dialect's reply is watched. */
export interface RelayDialect {
  /** True where whole events, read as Latin-1, may hold one that matters; the others are neither cut nor parsed. */
  readonly suspect: (text: string) => boolean
  /** Keys, with their closing quote, whose strings are answer text. */
  readonly textKeys: readonly string[]
  /** Words, with their closing quote, that show that an answer began, beside text. */
  readonly openings: readonly string[]
  /** Words, with their closing quote, near which state stands that only its issuer can read. */
  readonly seals?: readonly string[]
  readonly frame: (data: string, json: JsonObject | null, usage: Usage | null) => FrameFinding
  /** A whole reply; null where this JSON is none. */
  readonly whole: (json: JsonObject) => { readonly usage: Usage | null; readonly textLength: number }
  readonly fault: (json: JsonObject) => ReplyFault | null
  /** An error object as this dialect's own event. */
  readonly reframe: (json: JsonObject) => string
  /** The member of a whole reply that holds its usage where it is not `usage`. */
  readonly usageKey?: string
  /** Bytes of one event that are held until it is whole, where the usual limit is too small for what the dialect sends in one. */
  readonly holdLimit?: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

/*
 * A chunk is searched as Latin-1 text: one character for each byte, made in one copy, and a string is searched
 * several times faster than a Buffer (1.3 against 4.7 µs for a usual chunk). What is sought is ASCII, whose
 * bytes stand for nothing else in UTF-8. Words are sought without their opening quote, which is everywhere.
 */

const skipBlanks = (text: string, from: number): number => {
  let at = from
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at += 1
  return at
}

/** Whether a word stands in the text as a JSON string of its own. `word` ends with its closing quote. */
export const holdsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (text.charCodeAt(at - 1) === QUOTE) return true
  }
  return false
}

/** Offset of the first character of the value of each occurrence of a key, handed to `see`, which may stop by true. */
export const eachValue = (text: string, key: string, see: (at: number) => boolean): void => {
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + 1)) {
    if (text.charCodeAt(at - 1) !== QUOTE) continue
    const colon = skipBlanks(text, at + key.length)
    if (text.charCodeAt(colon) === COLON && see(skipBlanks(text, colon + 1))) return
  }
}

const stringLength = (text: string, open: number): number => {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let slashes = close - 1
    while (text.charCodeAt(slashes) === BACKSLASH) slashes -= 1
    if ((close - slashes) % 2 === 1) return close - open - 1
  }
  return 0
}

/** Bytes of the strings that stand as values of a key. */
export const textUnder = (text: string, key: string): number => {
  let length = 0
  eachValue(text, key, (at) => {
    if (text.charCodeAt(at) === QUOTE) length += stringLength(text, at)
    return false
  })
  return length
}

const dataOf = (frame: Buffer): string | null => {
  let data: string | null = null
  const parser = new SseParser((event) => {
    data = event.data
  })
  parser.push(frame)
  parser.end()
  return data
}

/** Whether a view is of the very bytes of a chunk. Pieces of two chunks put together may well be as long as one. */
export const isSame = (view: Buffer, chunk: Uint8Array): boolean =>
  view.length === chunk.length && view.byteOffset === chunk.byteOffset && view.buffer === chunk.buffer

/** More than this after the terminal event is nobody's answer; it is not held, and not sent. Bytes. */
const AFTER_LIMIT = 64 * 1024

/**
 * Watches a stream on its way to the client. Chunks that end where an event ends and hold nothing of note go
 * through as the same object after a few byte searches. From the terminal event on everything is held for
 * `end`, so that the outcome can be durable before the client sees the answer as complete.
 */
export class StreamRelay implements Relay {
  readonly #dialect: RelayDialect
  readonly #hide: boolean
  readonly #cutter: FrameCutter
  #last: Uint8Array[] = []
  #lastBytes = 0
  #terminal = false
  #usage: Usage | null = null
  #fault: ReplyFault | null = null
  #length = 0
  #opened = false
  readonly #sealed: string[] = []

  constructor(dialect: RelayDialect, hideUsage: boolean) {
    this.#dialect = dialect
    this.#hide = hideUsage
    this.#cutter = new FrameCutter(dialect.holdLimit)
  }

  push(chunk: Uint8Array): Uint8Array | readonly Uint8Array[] {
    if (this.#lastBytes > AFTER_LIMIT) return []
    const bytes = this.#cutter.push(chunk)
    if (bytes === null) return []
    const text = bytes.toString('latin1')
    this.#count(text)
    this.#seal(text, bytes)
    if (this.#terminal || this.#dialect.suspect(text)) return this.#sift(bytes)
    return isSame(bytes, chunk) ? chunk : bytes
  }

  end(): { readonly rest: readonly Uint8Array[]; readonly complete: boolean } {
    const rest = this.#cutter.rest()
    if (rest.length > 0) this.#leftover(rest)
    return { rest: this.#last, complete: this.#terminal && this.#fault === null }
  }

  usage(): Usage | null {
    return this.#usage
  }

  fault(): ReplyFault | null {
    return this.#fault
  }

  textLength(): number {
    return this.#length
  }

  sealed(): readonly string[] {
    return this.#sealed
  }

  started(): boolean {
    return this.#opened
  }

  finished(): boolean {
    return this.#terminal
  }

  #count(text: string): void {
    for (const key of this.#dialect.textKeys) this.#length += textUnder(text, key)
    if (this.#opened) return
    this.#opened = this.#length > 0 || this.#dialect.openings.some((word) => holdsWord(text, word))
  }

  /** `text` is `bytes`; they are parsed only where a word says that it is worth it. */
  #seal(text: string, bytes: Buffer): void {
    const { seals } = this.#dialect
    if (seals === undefined || !seals.some((word) => text.includes(word))) return
    for (const frame of splitFrames(bytes)) {
      const data = dataOf(frame)
      const json = data === null ? null : parseObject(data)
      if (json !== null && this.#sealed.length < MOST_SEALED) this.#sealed.push(...sealedValues(json))
    }
  }

  #sift(bytes: Buffer): readonly Uint8Array[] {
    const out: Uint8Array[] = []
    for (const frame of splitFrames(bytes)) {
      if (this.#look(frame, out)) continue
      if (this.#terminal) this.#keep(frame)
      else out.push(frame)
    }
    return out
  }

  #keep(frame: Buffer): void {
    if (this.#lastBytes > AFTER_LIMIT) return
    // The limit is on what follows the terminal event, which may itself be large.
    if (this.#last.length > 0) this.#lastBytes += frame.length
    this.#last.push(frame)
  }

  /** True where the event is not for the client. What was held in vain for the end goes to `out`. */
  #look(frame: Buffer, out: Uint8Array[]): boolean {
    const data = dataOf(frame)
    if (data === null) return false
    const found = this.#dialect.frame(data, parseObject(data), this.#usage)
    if (found.resumes === true && this.#fault === null) {
      out.push(...this.#last)
      this.#last = []
      this.#lastBytes = 0
      this.#terminal = false
    }
    if (found.usage !== undefined) this.#usage = found.usage
    if (found.fault !== undefined) this.#fault ??= found.fault
    if (found.terminal === true || found.fault !== undefined) this.#terminal = true
    return found.hide === true && this.#hide
  }

  /** Bytes after the last whole event: a terminal event without its blank line, a bare error, or half an event, which is not sent. */
  #leftover(rest: Buffer): void {
    const bare = rest.toString('utf8').trim()
    const json = bare.startsWith('{') ? parseObject(bare) : null
    if (json !== null) {
      this.#fault ??= this.#dialect.fault(json)
      if (this.#fault !== null) this.#last.push(Buffer.from(this.#dialect.reframe(json)))
      return
    }
    const data = dataOf(rest)
    const whole = data === null || data === '[DONE]' || parseObject(data) !== null
    if (!whole) return
    this.#count(rest.toString('latin1'))
    const held: Uint8Array[] = []
    const hidden = this.#look(rest, held)
    this.#last.unshift(...held)
    if (!hidden) this.#last.push(rest)
  }
}

/** Opaque values of one answer that are remembered. */
const MOST_SEALED = 500

/** Above this a whole reply is not parsed; usage is taken from its end. Bytes. */
const PARSE_LIMIT = 1024 * 1024
const TAIL = 4096

/** Watches a whole body. Chunks go through untouched; the body is looked at once, at its end. */
export class BodyRelay implements Relay {
  readonly #dialect: RelayDialect
  readonly #chunks: Uint8Array[] = []
  #bytes = 0
  #usage: Usage | null = null
  #fault: ReplyFault | null = null
  #length = 0
  #sealed: readonly string[] = []

  constructor(dialect: RelayDialect) {
    this.#dialect = dialect
  }

  push(chunk: Uint8Array): Uint8Array {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    return chunk
  }

  end(): { readonly rest: readonly Uint8Array[]; readonly complete: boolean } {
    const body = Buffer.concat(this.#chunks)
    const json = body.length > PARSE_LIMIT ? this.#tail(body) : parseObject(body.toString('utf8'))
    if (json === null) return { rest: [], complete: false }
    const { usage, textLength } = this.#dialect.whole(json)
    this.#usage = usage
    this.#length = textLength
    this.#fault = this.#dialect.fault(json)
    if (this.#dialect.seals !== undefined) this.#sealed = sealedValues(json)
    return { rest: [], complete: this.#fault === null }
  }

  sealed(): readonly string[] {
    return this.#sealed
  }

  /** A large body by its end alone: an object that closes, with the usage that stands last in it. */
  #tail(body: Buffer): JsonObject | null {
    const end = body.subarray(-TAIL).toString('utf8').trimEnd()
    if (!end.endsWith('}') || body[0] !== 0x7b) return null
    const at = end.lastIndexOf(`"${this.#dialect.usageKey ?? 'usage'}"`)
    return (at === -1 ? null : parseObject(`{${end.slice(at)}`)) ?? {}
  }

  usage(): Usage | null {
    return this.#usage
  }

  fault(): ReplyFault | null {
    return this.#fault
  }

  textLength(): number {
    return this.#length
  }

  started(): boolean {
    return this.#bytes > 0
  }

  finished(): boolean {
    return false
  }
}

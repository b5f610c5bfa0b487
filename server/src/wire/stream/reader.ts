import type { JsonObject, ReplyEvent, ReplyReader, Usage } from '../../domain/index.ts'
import { SseParser } from '../../lib/index.ts'
import { signalName } from '../body/signals.ts'
import { parseObject } from './json.ts'

/** Null, an empty or zero value, or what holds nothing but such: servers fill fields they do not use. */
const isEmpty = (value: unknown): boolean => {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}

type End = Extract<ReplyEvent, { type: 'end' }>

/**
 * What the readers of all dialects hold to: one `start` at most, usage once and last before the end, each
 * unmapped field named once, and exactly one `end` or `error`, after which nothing is said.
 */
export abstract class ReplySource {
  readonly #emit: (event: ReplyEvent) => void
  readonly #unmapped = new Set<string>()
  #started = false
  #heard = false
  ended = false
  usage: Usage | null = null

  constructor(emit: (event: ReplyEvent) => void) {
    this.#emit = emit
  }

  /** One event of a stream. */
  abstract event(data: string): void
  /** A whole reply. */
  abstract whole(json: JsonObject): void

  /** True once anything but noise was read. */
  get heard(): boolean {
    return this.#heard
  }

  emit(event: ReplyEvent): void {
    this.#heard = true
    if (!this.ended) this.#emit(event)
  }

  start(id: string | null, model: string | null): void {
    if (this.#started) return
    this.#started = true
    this.emit({ type: 'start', id, model })
  }

  unmapped(field: string): void {
    const name = signalName(field)
    if (this.#unmapped.has(name) || this.#unmapped.size >= 50) return
    this.#unmapped.add(name)
    this.emit({ type: 'unmapped', field: name })
  }

  /** Names every member that carries something and that no event was made of. */
  strange(json: JsonObject, known: readonly string[], path: string): void {
    for (const name of Object.keys(json)) {
      const value = json[name]
      if (known.includes(name) || isEmpty(value)) continue
      this.unmapped(path === '' ? name : `${path}.${name}`)
    }
  }

  finish(end: End): void {
    this.#tellUsage()
    this.emit(end)
    this.ended = true
  }

  /** `native` null means that the answer was cut. */
  fail(message: string, status: number | null, native: string | null): void {
    this.#tellUsage()
    this.emit({ type: 'error', message, status, native })
    this.ended = true
  }

  /** An event that is no JSON: keep-alives that some servers send as data are let go, anything else ends the answer. */
  noise(data: string): void {
    if (data.trim() === '' || data.startsWith(':')) return
    this.fail('the upstream sent an event that is no JSON', null, 'garbled event')
  }

  #tellUsage(): void {
    if (this.usage !== null) this.emit({ type: 'usage', usage: this.usage })
  }
}

/** Bytes of a reply that is no event stream that are kept to find out what it is. */
const BARE_LIMIT = 4 * 1024 * 1024

/** Reads a stream. One that turns out to be a bare JSON object, an error or a whole reply, is read as that. */
export class StreamReader implements ReplyReader {
  readonly #source: ReplySource
  readonly #parser: SseParser
  #bare: Buffer[] | null = null
  #bareBytes = 0
  #first = true

  constructor(source: ReplySource) {
    this.#source = source
    this.#parser = new SseParser((event) => {
      if (!source.ended) source.event(event.data)
    })
  }

  push(chunk: Uint8Array): void {
    if (this.#source.ended || chunk.length === 0) return
    if (this.#first) this.#lookFirst(chunk)
    if (this.#bare !== null) {
      this.#bareBytes += chunk.length
      if (this.#bareBytes <= BARE_LIMIT) this.#bare.push(Buffer.from(chunk))
      return
    }
    this.#guarded(() => this.#parser.push(chunk))
  }

  end(): void {
    if (this.#source.ended) return
    if (this.#bare !== null) {
      const json =
        this.#bareBytes > BARE_LIMIT ? null : parseObject(Buffer.concat(this.#bare).toString('utf8'))
      if (json !== null) this.#source.whole(json)
    } else this.#guarded(() => this.#parser.end())
    if (!this.#source.ended) this.#source.fail('the answer ended before its end was announced', null, null)
  }

  /** No line of an event stream begins with a brace. */
  #lookFirst(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
      this.#first = false
      if (byte === 0x7b) this.#bare = []
      return
    }
  }

  #guarded(read: () => void): void {
    try {
      read()
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown
      this.#source.fail(thrown.message, null, 'oversized event')
    }
  }
}

/** Bytes that a whole reply may have. */
const WHOLE_LIMIT = 64 * 1024 * 1024

/** Reads a whole reply at its end. */
export class WholeReader implements ReplyReader {
  readonly #source: ReplySource
  readonly #chunks: Uint8Array[] = []
  #bytes = 0

  constructor(source: ReplySource) {
    this.#source = source
  }

  push(chunk: Uint8Array): void {
    if (this.#source.ended) return
    this.#bytes += chunk.length
    if (this.#bytes > WHOLE_LIMIT) this.#source.fail('the answer is too large', null, 'oversized answer')
    else this.#chunks.push(chunk)
  }

  end(): void {
    if (this.#source.ended) return
    const json = parseObject(Buffer.concat(this.#chunks).toString('utf8'))
    if (json === null)
      this.#source.fail('the answer is no JSON object', null, this.#bytes === 0 ? null : 'garbled body')
    else this.#source.whole(json)
    if (!this.#source.ended) this.#source.fail('the answer is not complete', null, null)
  }
}

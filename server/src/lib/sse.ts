/** One event of a server-sent event stream, as the HTML standard defines it. */
export interface SseEvent {
  /** `message` where the stream names none. */
  readonly event: string
  /** All `data` lines of the event, joined by line feeds. */
  readonly data: string
  /** Last id seen, or null. */
  readonly id: string | null
}

const LF = 0x0a
const CR = 0x0d
const DEFAULT_LIMIT = 16 * 1024 * 1024

/**
 * A push parser for server-sent events that works on bytes: lines are cut before they are decoded, so a
 * character split over two chunks stays whole. LF, CR and CRLF, comments, a leading byte order mark and
 * data over several lines are understood. Format: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class SseParser {
  readonly #emit: (event: SseEvent) => void
  readonly #limit: number
  #held: Buffer[] = []
  #heldBytes = 0
  #firstLine = true
  #skipLineFeed = false
  #event = ''
  #data = ''
  #hasData = false
  #id: string | null = null

  /** `limit`: bytes that one line, or one event's data, may have; beyond it `push` throws a RangeError. */
  constructor(emit: (event: SseEvent) => void, limit: number = DEFAULT_LIMIT) {
    this.#emit = emit
    this.#limit = limit
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    if (this.#skipLineFeed && bytes.length > 0) {
      if (bytes[0] === LF) from = 1
      this.#skipLineFeed = false
    }
    let nextReturn = bytes.indexOf(CR, from)
    for (;;) {
      if (nextReturn !== -1 && nextReturn < from) nextReturn = bytes.indexOf(CR, from)
      const feed = bytes.indexOf(LF, from)
      const end = nextReturn !== -1 && (feed === -1 || nextReturn < feed) ? nextReturn : feed
      if (end === -1) break
      this.#line(bytes.subarray(from, end))
      from = end + 1
      if (bytes[end] === CR) {
        if (from === bytes.length) this.#skipLineFeed = true
        else if (bytes[from] === LF) from += 1
      }
    }
    if (from < bytes.length) this.#hold(bytes.subarray(from))
  }

  /** What is left when the stream ends: an event without its closing blank line is still emitted. */
  end(): void {
    if (this.#heldBytes > 0) this.#line(Buffer.alloc(0))
    this.#dispatch()
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length
    if (this.#heldBytes > this.#limit) throw new RangeError('a line of the event stream is too long')
    this.#held.push(Buffer.from(bytes))
  }

  #line(last: Buffer): void {
    let line: string
    if (this.#heldBytes === 0) line = last.toString('utf8')
    else {
      this.#hold(last)
      line = Buffer.concat(this.#held).toString('utf8')
      this.#held = []
      this.#heldBytes = 0
    }
    if (this.#firstLine) {
      this.#firstLine = false
      if (line.charCodeAt(0) === 0xfeff) line = line.slice(1)
    }
    if (line === '') this.#dispatch()
    else this.#field(line)
  }

  #field(line: string): void {
    const colon = line.indexOf(':')
    if (colon === 0) return
    const name = colon === -1 ? line : line.slice(0, colon)
    let value = colon === -1 ? '' : line.slice(colon + 1)
    if (value.charCodeAt(0) === 0x20) value = value.slice(1)
    if (name === 'data') {
      if (this.#data.length + value.length > this.#limit) {
        throw new RangeError('an event of the stream is too long')
      }
      this.#data = this.#hasData ? `${this.#data}\n${value}` : value
      this.#hasData = true
    } else if (name === 'event') this.#event = value
    else if (name === 'id' && !value.includes('\0')) this.#id = value
  }

  #dispatch(): void {
    const event = this.#event
    const data = this.#data
    const hasData = this.#hasData
    this.#event = ''
    this.#data = ''
    this.#hasData = false
    if (hasData) this.#emit({ event: event === '' ? 'message' : event, data, id: this.#id })
  }
}

import {
  CausewayError,
  type Channel,
  type JsonObject,
  type Relay,
  type ReplyReader,
  type Reviser,
  type Revision,
  type Usage,
} from '../../domain/index.ts'
import { parseExact } from '../../lib/index.ts'
import { isObject } from '../body/fields.ts'
import { parseObject } from './json.ts'
import type { ReplySource } from './reader.ts'
import { holdsWord, isSame, type RelayDialect, type ReplyFault, textUnder } from './relay.ts'
import { type RevisedDialect, type ReviseOptions, revisionOf } from './revise.ts'

/*
 * Replies whose events are lines of JSON. A line ends with a line feed, before which a carriage return may stand;
 * JSON escapes both, and no byte of a multi-byte character is one, so bytes are cut before they are decoded.
 */

const LINE_FEED = 0x0a

/** Bytes of one line at most; an image in base64 is the longest thing that stands in one. */
const MOST_LINE = 16 * 1024 * 1024

/** Cuts bytes at the ends of lines, however they were split. */
class LineCutter {
  #held: Buffer[] = []
  #bytes = 0

  /** Whole lines with their ends, the chunk's own bytes where they can be; null while a line is incomplete. */
  push(chunk: Uint8Array): Buffer | null {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const end = bytes.lastIndexOf(LINE_FEED) + 1
    if (end === 0) {
      this.#hold(bytes)
      return null
    }
    const whole = bytes.subarray(0, end)
    const lines = this.#bytes === 0 ? whole : Buffer.concat([...this.#held, whole])
    this.#held = []
    this.#bytes = 0
    if (end < bytes.length) this.#hold(bytes.subarray(end))
    return lines
  }

  /** True where a line grows beyond what is held of one. */
  get flooded(): boolean {
    return this.#bytes > MOST_LINE
  }

  /** What is left of a line that did not end. */
  rest(): Buffer {
    const rest = Buffer.concat(this.#held)
    this.#held = []
    this.#bytes = 0
    return rest
  }

  #hold(bytes: Buffer): void {
    if (this.flooded) return
    this.#held.push(bytes)
    this.#bytes += bytes.length
  }
}

/** The single lines of bytes that hold whole ones, ends included, as views. */
const splitLines = (bytes: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = []
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(LINE_FEED, from)
    const end = at === -1 ? bytes.length : at + 1
    lines.push(bytes.subarray(from, end))
    from = end
  }
  return lines
}

/** A line's text without its end and the mark of byte order that some put first; empty for a blank one. */
const textOf = (line: Buffer): string =>
  line
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()

/** Reads a stream of lines into a source. */
export class LineReader implements ReplyReader {
  readonly #source: ReplySource
  readonly #cutter = new LineCutter()

  constructor(source: ReplySource) {
    this.#source = source
  }

  push(chunk: Uint8Array): void {
    if (this.#source.ended || chunk.length === 0) return
    const lines = this.#cutter.push(chunk)
    if (lines !== null) this.#read(lines)
    if (this.#cutter.flooded && !this.#source.ended)
      this.#source.fail('the upstream sent a line that is too long', null, 'oversized event')
  }

  end(): void {
    if (this.#source.ended) return
    this.#read(this.#cutter.rest())
    if (!this.#source.ended) this.#source.fail('the answer ended before its end was announced', null, null)
  }

  #read(bytes: Buffer): void {
    for (const line of splitLines(bytes)) {
      if (this.#source.ended) return
      const text = textOf(line)
      if (text !== '') this.#source.event(text)
    }
  }
}

/** More than this after the terminal line is nobody's answer; it is not held, and not sent. Bytes. */
const AFTER_LIMIT = 64 * 1024

/**
 * Watches a stream of lines on its way to the client. Chunks that end where a line ends and hold nothing of note
 * go through as the same object after a few searches; a client never gets half a line. From the terminal line on
 * everything is held for `end`, so that the outcome can be durable before the client sees the answer as complete.
 */
export class LineRelay implements Relay {
  readonly #dialect: RelayDialect
  readonly #cutter = new LineCutter()
  readonly #last: Uint8Array[] = []
  #lastBytes = 0
  #terminal = false
  #usage: Usage | null = null
  #fault: ReplyFault | null = null
  #length = 0
  #opened = false

  constructor(dialect: RelayDialect) {
    this.#dialect = dialect
  }

  push(chunk: Uint8Array): Uint8Array | readonly Uint8Array[] {
    if (this.#lastBytes > AFTER_LIMIT) return []
    const bytes = this.#cutter.push(chunk)
    if (this.#cutter.flooded && !this.#terminal) this.#flood()
    if (bytes === null) return []
    const text = bytes.toString('latin1')
    this.#count(text)
    if (this.#terminal || this.#dialect.suspect(text)) return this.#sift(bytes)
    return isSame(bytes, chunk) ? chunk : bytes
  }

  end(): { readonly rest: readonly Uint8Array[]; readonly complete: boolean } {
    const rest = this.#cutter.rest()
    // A line without its end is a whole one where it is JSON; half a line is not sent.
    if (!this.#terminal && parseObject(textOf(rest)) !== null) {
      this.#count(rest.toString('latin1'))
      this.#look(rest)
      this.#keep(Buffer.concat([rest, Buffer.from([LINE_FEED])]))
    }
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

  started(): boolean {
    return this.#opened
  }

  finished(): boolean {
    return this.#terminal
  }

  #flood(): void {
    this.#fault ??= { message: 'the upstream sent a line that is too long', status: null }
    this.#terminal = true
    this.#cutter.rest()
  }

  #count(text: string): void {
    for (const key of this.#dialect.textKeys) this.#length += textUnder(text, key)
    if (this.#opened) return
    this.#opened = this.#length > 0 || this.#dialect.openings.some((word) => holdsWord(text, word))
  }

  #sift(bytes: Buffer): readonly Uint8Array[] {
    const out: Uint8Array[] = []
    for (const line of splitLines(bytes)) {
      this.#look(line)
      if (this.#terminal) this.#keep(line)
      else out.push(line)
    }
    return out
  }

  #keep(line: Buffer): void {
    if (this.#lastBytes > AFTER_LIMIT) return
    this.#last.push(line)
    this.#lastBytes += line.length
  }

  #look(line: Buffer): void {
    const text = textOf(line)
    if (text === '') return
    const found = this.#dialect.frame(text, parseObject(text), this.#usage)
    if (found.usage !== undefined) this.#usage = found.usage
    if (found.fault !== undefined) this.#fault ??= found.fault
    if (found.terminal === true || found.fault !== undefined) this.#terminal = true
  }
}

const garbled = (): CausewayError =>
  new CausewayError('upstream_garbled', 'The upstream sent a line that cannot be read and so not be revised.')

const parse = (text: string): JsonObject => {
  let value: unknown
  try {
    value = parseExact(text)
  } catch {
    throw garbled()
  }
  if (!isObject(value)) throw garbled()
  return value
}

const lineOf = (json: JsonObject): Buffer => Buffer.from(`${JSON.stringify(json)}\n`)

interface Open {
  readonly channel: Channel
  readonly like: JsonObject
}

class LineRevision implements Revision {
  readonly #dialect: RevisedDialect
  readonly #reviser: Reviser
  readonly #cutter = new LineCutter()
  readonly #open = new Map<string, Open>()

  constructor(dialect: RevisedDialect, reviser: Reviser) {
    this.#dialect = dialect
    this.#reviser = reviser
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    const bytes = this.#cutter.push(chunk)
    if (this.#cutter.flooded) throw garbled()
    return bytes === null ? [] : splitLines(bytes).flatMap((line) => this.#line(line))
  }

  end(): readonly Uint8Array[] {
    const rest = this.#cutter.rest()
    const out = textOf(rest) === '' ? [] : this.#line(rest)
    return [...out, ...this.#close(() => true)]
  }

  #line(line: Buffer): readonly Uint8Array[] {
    const text = textOf(line)
    if (text === '') return []
    const json = parse(text)
    const isOver = (key: string): boolean => this.#dialect.over(json, key)
    const spoken: Channel[] = []
    const revised = this.#dialect.event(json, (channel, piece) => {
      spoken.push(channel)
      const said = this.#reviser.push(channel, piece)
      return isOver(channel.key) ? said + this.#reviser.end(channel) : said
    })
    const before = this.#close((key) => isOver(key) && !spoken.some((channel) => channel.key === key))
    for (const channel of spoken) {
      if (isOver(channel.key)) this.#open.delete(channel.key)
      else this.#open.set(channel.key, { channel, like: json })
    }
    return [...before, spoken.length === 0 && revised === json ? line : lineOf(revised)]
  }

  /** Ends channels that are open; what they held goes out as a line of its own. */
  #close(which: (key: string) => boolean): readonly Uint8Array[] {
    const out: Uint8Array[] = []
    for (const [key, { channel, like }] of this.#open) {
      if (!which(key)) continue
      this.#open.delete(key)
      const rest = this.#reviser.end(channel)
      if (rest !== '') out.push(lineOf(this.#dialect.piece(channel, like, rest)))
    }
    return out
  }
}

/** Revises replies of a dialect whose events are lines. A line that cannot be read throws `upstream_garbled`: it is not sent on unseen. */
export const lineRevisionOf = (
  dialect: RevisedDialect,
  options: ReviseOptions,
  reviser: Reviser,
): Revision => (options.stream ? new LineRevision(dialect, reviser) : revisionOf(dialect, options, reviser))

import {
  CausewayError,
  type Channel,
  type JsonObject,
  type Reviser,
  type Revision,
} from '../../domain/index.ts'
import { parseExact } from '../../lib/index.ts'
import { isObject } from '../body/fields.ts'
import { FrameCutter, splitFrames } from './frames.ts'

/** Hands one string of a reply to its channel; answers with what stands in its place. */
export type Say = (channel: Channel, text: string) => string

/** Where a dialect's replies hold text. */
export interface RevisedDialect {
  /** An event with each of its texts said, in order; the same object where it holds none. */
  readonly event: (json: JsonObject, say: Say) => JsonObject
  /** Whether a channel that is open is over with this event, its own text there included. */
  readonly over: (json: JsonObject, channel: string) => boolean
  /** An event that says nothing but a piece of a channel; `like`: the last event that spoke in it. */
  readonly piece: (channel: Channel, like: JsonObject, text: string) => JsonObject
  /** A whole reply with each of its texts said. */
  readonly whole: (json: JsonObject, say: Say) => JsonObject
}

export interface ReviseOptions {
  readonly stream: boolean
  /** True where the reviser changes no text, only hears it. */
  readonly verbatim?: boolean
}

/** Bytes of one event at most; beyond it nobody can tell what the event says, and it is not sent on. */
const MOST_EVENT = 16 * 1024 * 1024

const garbled = (): CausewayError =>
  new CausewayError(
    'upstream_garbled',
    'The upstream sent an event that cannot be read and so not be revised.',
  )

const parse = (text: string): JsonObject | null => {
  try {
    const value: unknown = parseExact(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** An event's lines: its data joined, and the rest as it stands. */
const linesOf = (frame: string): { readonly data: string | null; readonly others: readonly string[] } => {
  const data: string[] = []
  const others: string[] = []
  for (const line of frame.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    if (line.startsWith('data:')) data.push(line.slice(line.charCodeAt(5) === 0x20 ? 6 : 5))
    else if (line !== '') others.push(line)
  }
  return { data: data.length === 0 ? null : data.join('\n'), others }
}

const frameOf = (json: JsonObject, others: readonly string[]): Buffer =>
  Buffer.from(`${[...others, `data: ${JSON.stringify(json)}`].join('\n')}\n\n`)

/** Only the event's own name goes before a piece of ours; ids and comments belong to what came. */
const named = (others: readonly string[]): readonly string[] =>
  others.filter((line) => line.startsWith('event:'))

interface Open {
  readonly channel: Channel
  readonly like: JsonObject
  readonly others: readonly string[]
}

class StreamRevision implements Revision {
  readonly #dialect: RevisedDialect
  readonly #reviser: Reviser
  readonly #cutter = new FrameCutter(MOST_EVENT)
  readonly #open = new Map<string, Open>()

  constructor(dialect: RevisedDialect, reviser: Reviser) {
    this.#dialect = dialect
    this.#reviser = reviser
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    const bytes = this.#cutter.push(chunk)
    if (bytes === null) return []
    if (this.#cutter.flooded) throw garbled()
    return splitFrames(bytes).flatMap((frame) => this.#frame(frame))
  }

  end(): readonly Uint8Array[] {
    const rest = this.#cutter.rest()
    const out = rest.length > 0 ? this.#frame(rest) : []
    return [...out, ...this.#close(() => true)]
  }

  #frame(frame: Buffer): readonly Uint8Array[] {
    const { data, others } = linesOf(frame.toString('utf8'))
    if (data === null) return [frame]
    const json = parse(data)
    if (json === null) return this.#other(data.trim(), frame)
    const isOver = (key: string): boolean => this.#dialect.over(json, key)
    const spoken: Channel[] = []
    const revised = this.#dialect.event(json, (channel, text) => {
      spoken.push(channel)
      const said = this.#reviser.push(channel, text)
      return isOver(channel.key) ? said + this.#reviser.end(channel) : said
    })
    const before = this.#close((key) => isOver(key) && !spoken.some((channel) => channel.key === key))
    for (const channel of spoken) {
      if (isOver(channel.key)) this.#open.delete(channel.key)
      else this.#open.set(channel.key, { channel, like: json, others })
    }
    return [...before, spoken.length === 0 ? frame : frameOf(revised, others)]
  }

  /** The terminal marker of some dialects is no JSON, and some keep a stream alive with empty data. */
  #other(data: string, frame: Buffer): readonly Uint8Array[] {
    if (data === '') return [frame]
    if (data.startsWith(':')) return []
    // Nothing may be said behind it.
    if (data === '[DONE]') return [...this.#close(() => true), frame]
    throw garbled()
  }

  /** Ends channels that are open; what they held goes out as a piece of its own. */
  #close(which: (key: string) => boolean): readonly Uint8Array[] {
    const out: Uint8Array[] = []
    for (const [key, { channel, like, others }] of this.#open) {
      if (!which(key)) continue
      this.#open.delete(key)
      const rest = this.#reviser.end(channel)
      if (rest !== '') out.push(frameOf(this.#dialect.piece(channel, like, rest), named(others)))
    }
    return out
  }
}

class BodyRevision implements Revision {
  readonly #dialect: RevisedDialect
  readonly #reviser: Reviser
  readonly #pieces: Uint8Array[] = []

  constructor(dialect: RevisedDialect, reviser: Reviser) {
    this.#dialect = dialect
    this.#reviser = reviser
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#pieces.push(chunk)
    return []
  }

  end(): readonly Uint8Array[] {
    const body = Buffer.concat(this.#pieces)
    if (body.length === 0) return []
    const json = parse(body.toString('utf8'))
    if (json === null) throw garbled()
    const revised = this.#dialect.whole(
      json,
      (channel, text) => this.#reviser.push(channel, text) + this.#reviser.end(channel),
    )
    return [Buffer.from(JSON.stringify(revised))]
  }
}

/** Revises replies of one dialect. A body or event that cannot be read throws `upstream_garbled`: it is not sent on unseen. */
export const revisionOf = (dialect: RevisedDialect, { stream }: ReviseOptions, reviser: Reviser): Revision =>
  stream ? new StreamRevision(dialect, reviser) : new BodyRevision(dialect, reviser)

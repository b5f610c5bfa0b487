import type { Channel, Reviser } from '../domain/index.ts'
import type { RestoreEvent } from './contract.ts'
import { tokensOf } from './fold.ts'
import type { Matcher } from './matcher.ts'

/** So many characters let through are remembered, for what they say of those that follow. */
const MEMORY = 80
/** More is never held: no stand-in with all that may stand in and around it is longer. */
const MOST_HELD = 400

/** What becomes of the next units of a text: they go on as they are, or something else is put for them. */
export interface Piece {
  readonly units: number
  /** Null where they go on. */
  readonly put: string | null
}

/** One run of text in which stand-ins are looked for, in pieces of any size. */
export class Run {
  readonly #matcher: Matcher
  readonly #report: (event: RestoreEvent) => void
  #before = ''
  #held = ''

  constructor(matcher: Matcher, report: (event: RestoreEvent) => void) {
    this.#matcher = matcher
    this.#report = report
  }

  /** Takes what came; tells what becomes of the units that are decided, in order. `last`: nothing more will come. */
  feed(delta: string, last: boolean): readonly Piece[] {
    this.#held += delta
    if (this.#held === '') return []
    const text = this.#before + this.#held
    const from = this.#before.length
    const tokens = tokensOf(text)
    const matches = this.#matcher.matches(text, [], tokens)
    const open = last ? text.length : this.#matcher.openFrom(text, from, matches, tokens)
    const cut = text.length - open > MOST_HELD ? text.length : open
    const pieces: Piece[] = []
    let at = from
    for (const match of matches) {
      if (match.start < at || match.end > cut) continue
      if (match.start > at) pieces.push({ units: match.start - at, put: null })
      pieces.push({ units: match.end - match.start, put: match.text })
      this.#report({ what: match.text === null ? 'unsure' : 'restored', type: match.type })
      at = match.end
    }
    if (cut > at) pieces.push({ units: cut - at, put: null })
    this.#before = text.slice(Math.max(0, cut - MEMORY), cut)
    this.#held = text.slice(cut)
    return pieces
  }
}

/** A text as it comes, decided piece by piece. */
export interface Stream {
  push(delta: string): string
  end(): string
}

/** Plain text. */
export class TextStream implements Stream {
  readonly #run: Run
  #text = ''

  constructor(matcher: Matcher, report: (event: RestoreEvent) => void) {
    this.#run = new Run(matcher, report)
  }

  #take(pieces: readonly Piece[]): string {
    let out = ''
    let at = 0
    for (const { units, put } of pieces) {
      out += put ?? this.#text.slice(at, at + units)
      at += units
    }
    this.#text = this.#text.slice(at)
    return out
  }

  push(delta: string): string {
    this.#text += delta
    return this.#take(this.#run.feed(delta, false))
  }

  end(): string {
    return this.#take(this.#run.feed('', true))
  }
}

type MakeStream = (channel: Channel) => Stream

/** Keeps one stream for each channel. */
export const reviserOf = (make: MakeStream): Reviser => {
  const streams = new Map<string, Stream>()
  return {
    push(channel, delta) {
      let stream = streams.get(channel.key)
      if (stream === undefined) {
        stream = make(channel)
        streams.set(channel.key, stream)
      }
      return stream.push(delta)
    },
    end(channel) {
      const stream = streams.get(channel.key)
      streams.delete(channel.key)
      return stream?.end() ?? ''
    },
  }
}

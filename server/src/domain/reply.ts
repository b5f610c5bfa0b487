import type { Dialect } from './call.ts'
import type { Json } from './json.ts'
import type { Usage } from './usage.ts'

export type FinishReason =
  | 'stop'
  | 'length'
  | 'tool'
  | 'filter'
  | 'refusal'
  | 'stop-sequence'
  | 'pause'
  /** The model's context is full, as against the limit that was asked for. */
  | 'context'
  /** The model tried to call a tool and what it wrote is no call. */
  | 'malformed'
  | 'other'

/** What a piece of an answer is drawn from. */
export interface Citation {
  readonly url: string | null
  readonly title: string | null
  /** The words of the source; null where not told. */
  readonly cited: string | null
  /** Where in the answer's text, all text events put together, in UTF-16 units; null where not told. */
  readonly span: readonly [start: number, end: number] | null
  readonly native: { readonly dialect: Dialect; readonly raw: Json }
}

/** One token of the answer with its probability, in the shape that Chat Completions and Responses share. */
export interface TokenProbability {
  readonly token: string
  readonly logprob: number
  readonly bytes: readonly number[] | null
  readonly top: readonly {
    readonly token: string
    readonly logprob: number
    readonly bytes: readonly number[] | null
  }[]
}

/**
 * State that only its issuer can read: the signature of what was thought, thought that came encrypted. `dialect`
 * is the issuer's; `raw` is the part that carries it, to be sent back to it unchanged.
 */
export interface Sealed {
  readonly value: string
  /** True where the thought itself is in it and cannot be read. */
  readonly redacted: boolean
  readonly dialect: Dialect
  /** The call that it was issued with, by its index; null where it stands by itself or with thought or text. */
  readonly tool: number | null
  readonly raw: Json
}

/** What an upstream answer says, one event after another, in no dialect. Exactly one `end` or `error`, last. */
export type ReplyEvent =
  | { readonly type: 'start'; readonly id: string | null; readonly model: string | null }
  | { readonly type: 'text'; readonly delta: string }
  | { readonly type: 'reasoning'; readonly delta: string }
  | ({ readonly type: 'signature' } & Sealed)
  /** Belongs to the text said so far. */
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'logprobs'; readonly tokens: readonly TokenProbability[] }
  /** An image or a sound that the model made; `data` in base64. */
  | { readonly type: 'media'; readonly mime: string; readonly data: string }
  | { readonly type: 'refusal'; readonly delta: string }
  | {
      readonly type: 'tool'
      /** Position among the answer's tool calls, from 0. */
      readonly index: number
      /** On the first event of the call. */
      readonly id: string | null
      readonly name: string | null
      /** A piece of the arguments' JSON text. */
      readonly delta: string
    }
  | { readonly type: 'usage'; readonly usage: Usage }
  | {
      readonly type: 'end'
      readonly reason: FinishReason
      readonly native: string | null
      readonly stopSequence: string | null
    }
  | {
      readonly type: 'error'
      readonly message: string
      readonly status: number | null
      readonly native: string | null
    }
  /** A field of the answer that no event carries; signalled. */
  | { readonly type: 'unmapped'; readonly field: string }

/** Bytes in, events out by the `emit` it was made with. `end` reports a missing terminal marker as an `error` event. */
export interface ReplyReader {
  push(chunk: Uint8Array): void
  end(): void
}

/** Events in, the client's dialect out. */
export interface ReplyWriter {
  /** Text to send for this event; may be empty. */
  write(event: ReplyEvent): string
  /** What was in the events and has no place in this dialect, for the record. */
  dropped?(): readonly string[]
}

/**
 * One run of text in an answer: the text, the reasoning, a refusal, or one tool call's arguments. `json` says
 * that the text is the source of a JSON value, in which what is put in must be escaped.
 */
export interface Channel {
  /** Unique within an answer: `text`, `reasoning`, `refusal`, `tool:0`, with the choice before it where there are several. */
  readonly key: string
  readonly form: 'text' | 'json'
}

/**
 * Changes the texts of an answer on their way to the client: puts originals back for stand-ins, masks what must
 * not come out. State is kept per channel. What it throws (CausewayError) ends the answer.
 */
export interface Reviser {
  /** Takes a channel's next piece; returns what may go on now. The rest is held until the next piece or `end`. */
  push(channel: Channel, delta: string): string
  /** The channel is over: returns what was held. A channel nothing was pushed to returns ''. */
  end(channel: Channel): string
}

import type { Call, Dialect, Operation } from './call.ts'
import type { Conversation, Written } from './conversation.ts'
import type { Fault } from './errors.ts'
import type { Json } from './json.ts'
import type { ReplyEvent, ReplyReader, ReplyWriter, Reviser } from './reply.ts'
import type { Usage } from './usage.ts'

/** What the front door knows of a request before its body is read. Header names are lower case. */
export interface Arrival {
  readonly id: string
  readonly operation: Operation
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** The limits of step 1, from the snapshot. */
export interface ReadLimits {
  readonly bodyBytes: number
  readonly depth: number
  readonly messages: number
}

/** What may change when a body is forwarded in its own dialect. */
export interface Forward {
  readonly model: string
  /** Ask the upstream for usage in the stream although the client did not. */
  readonly askUsage: boolean
  /** Context to fit into, in tokens, or null to leave the history as it is. */
  readonly fit: number | null
  /** The upstream's name for the answer limit where it differs (`max_tokens` for `max_completion_tokens`). */
  readonly rename: Readonly<Record<string, string>>
  /** Top-level fields that the upstream rejects: left out and signalled. */
  readonly without: readonly string[]
}

/** How a target's upstream wants a body written that came in another dialect. */
export interface WriteOptions {
  readonly model: string
  readonly fit: number | null
  readonly askUsage: boolean
  /** Value for a dialect that requires an answer limit and the client gave none. */
  readonly maxTokens: number
  /** Name of the answer limit: `max_tokens` or `max_completion_tokens`. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens'
  /** Top-level fields that the upstream rejects: left out and signalled. */
  readonly without: readonly string[]
}

/** Watches relayed bytes without changing their meaning; may hold back a usage frame the client did not ask for. */
export interface Relay {
  /** What to send on for this chunk: the chunk itself where nothing is held back (the common case), never a copy. */
  push(chunk: Uint8Array): Uint8Array | readonly Uint8Array[]
  /** Whatever was held, and whether the dialect's own terminal marker was seen. */
  end(): { readonly rest: readonly Uint8Array[]; readonly complete: boolean }
  /** Last usage seen, or null. */
  usage(): Usage | null
  /** An error event inside a 200 stream, or null. */
  fault(): { readonly message: string; readonly status: number | null } | null
  /** Characters of answer text seen, for an estimate where no usage came. */
  textLength(): number
  /** True once a frame with content was seen (not a comment, ping or role-only start). */
  started(): boolean
  /** True once the terminal marker or an error was seen: an upstream that keeps its connection open need not be waited for. */
  finished(): boolean
}

/** A reply in its own dialect with its texts revised; whatever else it says stays as it came. */
export interface Revision {
  /** What may be sent on for this chunk; may be nothing. */
  push(chunk: Uint8Array): readonly Uint8Array[]
  /** After the last chunk: whatever was held. */
  end(): readonly Uint8Array[]
}

/** One dialect in both directions. Pure: no socket, clock or state beyond a reader's own. */
export interface DialectWire {
  readonly name: Dialect
  /** Bytes to a deep-frozen Call. Throws CausewayError (400, 413, 422), saying where and what. */
  read(body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call
  /** Same dialect: the client's text with only what `Forward` says changed, spliced. */
  forward(call: Call, options: Forward): Written
  /** Another dialect: to blocks. */
  conversation(call: Call): Conversation
  /** From blocks. Throws CausewayError 422 `cannot_translate` for what must be refused (say, audio where there is none). */
  write(conversation: Conversation, options: WriteOptions): Written
  /** Watch a reply that is relayed raw. */
  relay(options: { readonly stream: boolean; readonly hideUsage: boolean }): Relay
  /**
   * Passes the texts of a reply in this dialect through a reviser: answer text, reasoning, refusals, tool
   * arguments. Channels are ended where the dialect says that they are over, at the latest before the terminal
   * marker; what a reviser held is sent as one more piece of its channel. Probabilities of tokens are left out,
   * unless `verbatim` says that the reviser only listens.
   */
  revise(options: { readonly stream: boolean; readonly verbatim?: boolean }, reviser: Reviser): Revision
  /** Read an upstream reply in this dialect into events. */
  reader(options: { readonly stream: boolean }, emit: (event: ReplyEvent) => void): ReplyReader
  /** Write events as this dialect's stream (SSE text) … */
  streamWriter(options: {
    readonly model: string
    readonly id: string
    readonly created: number
    readonly wantsUsage: boolean
  }): ReplyWriter
  /** … or as one body. */
  wholeBody(
    events: readonly ReplyEvent[],
    options: { readonly model: string; readonly id: string; readonly created: number },
  ): Json
  /** A refusal or failure in this dialect's own error shape. */
  errorBody(fault: Fault, request: string): Json
  /** The same inside a stream that has begun: framed, preceded by what closes a half-sent event. */
  errorEvent(fault: Fault, request: string): string
  /** A line that keeps an idle stream alive. */
  readonly keepAlive: string
  /** Path under a base URL ending in the version (`/v1`): `/chat/completions`. */
  path(operation: Operation): string
  /** The request id header the dialect's SDK reads. */
  readonly requestIdHeader: string
}

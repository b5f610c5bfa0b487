import type { Call, Dialect, Operation, Payload, Verbatim } from './call.ts'
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
  /** What the path says where the dialect's paths say it; left out elsewhere. */
  readonly path?: {
    /** The model's name. */
    readonly model: string | null
    /** `generateContent`, `streamGenerateContent`, `speech`, `/api/chat` …: the last word of the path. */
    readonly action: string
    /** The query without its question mark. */
    readonly query: string
  }
  /** A body that is no JSON; `read` is then given the fields found in it as JSON. */
  readonly payload?: Payload
  /** For `passthrough`. */
  readonly verbatim?: Verbatim
}

/** The limits of step 1, from the snapshot. */
export interface ReadLimits {
  readonly bodyBytes: number
  readonly depth: number
  readonly messages: number
}

/** What an upstream does differently from the plainest of its dialect. Each is a fact, never a preference. */
export interface Quirks {
  /** Its name of the answer limit in Chat Completions. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens'
  /** Accepts `stream_options.include_usage`. */
  readonly streamUsage: boolean
  /** Top-level fields it rejects, left out with a signal. */
  readonly unsupported: readonly string[]
  /** Takes the role `developer`; where not, such messages go as `system`. */
  readonly developerRole: boolean
  /** Under which name earlier thoughts are sent back in Chat Completions; null: they are not. */
  readonly reasoningField: 'reasoning_content' | 'reasoning' | null
  /** How thinking is asked for in Chat Completions where `reasoning_effort` is not understood; null: not at all. */
  readonly thinkingSwitch:
    | 'reasoning_effort'
    | 'enable_thinking'
    | 'chat_template_kwargs'
    | 'thinking'
    | 'reasoning'
    | null
  /** Ids of tool calls it takes. */
  readonly toolIds: 'any' | 'nine-alphanumeric'
  /** Takes tools whose input is free text in Chat Completions; where not, a function stands in for each. */
  readonly customTools?: boolean
  /** Honours `cache_control` marks on content, with or without a `ttl`. */
  readonly cacheMarks: 'none' | 'plain' | 'ttl'
  /** Answers `reasoning.encrypted_content` when asked to include it. */
  readonly encryptedReasoning: boolean
}

export const PLAIN_QUIRKS: Quirks = Object.freeze({
  maxTokensField: 'max_tokens',
  streamUsage: true,
  unsupported: [],
  developerRole: false,
  reasoningField: 'reasoning_content',
  thinkingSwitch: 'reasoning_effort',
  toolIds: 'any',
  cacheMarks: 'none',
  encryptedReasoning: false,
})

/** What may change when a body is forwarded in its own dialect. */
export interface Forward {
  readonly model: string
  /** Ask the upstream for usage in the stream although the client did not. */
  readonly askUsage: boolean
  /** Context to fit into, in tokens, or null to leave the history as it is. */
  readonly fit: number | null
  /** Opaque values in the body that were issued by somebody else than this target; they stay here. */
  readonly foreign: ReadonlySet<string>
  readonly quirks: Quirks
}

/** How a target's upstream wants a body written that came in another dialect. */
export interface WriteOptions {
  readonly model: string
  readonly fit: number | null
  readonly askUsage: boolean
  /** The target's whole context in tokens where it is known. */
  readonly context?: number
  /** Value for a dialect that requires an answer limit and the client gave none. */
  readonly maxTokens: number
  readonly quirks: Quirks
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
  /** Opaque values seen: signatures and encrypted thoughts. */
  sealed?(): readonly string[]
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

/** What the writer of an answer knows of the question. */
export interface AnswerOptions {
  /** The name the client asked for. */
  readonly model: string
  /** Ours; without the dialect's prefix. */
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
  readonly call: Call
  /** Id of the kept answer that this one goes on from, where the client named one; its items are in the call already. */
  readonly previous?: string
}

/** What of a dialect is needed to speak it to an upstream, after a request came in another. Pure. */
export interface UpstreamWire {
  readonly name: Dialect
  /** From blocks. Throws CausewayError 422 `cannot_translate` for what must be refused (say, audio where there is none). */
  write(conversation: Conversation, options: WriteOptions): Written
  /** Read an upstream reply in this dialect into events. */
  reader(options: { readonly stream: boolean }, emit: (event: ReplyEvent) => void): ReplyReader
  /**
   * Path and query under a target's url: `/chat/completions`, `/models/m:streamGenerateContent?alt=sse`. `model` is the
   * target's own name for it. Throws `cannot_translate` for an operation that the dialect has not.
   */
  path(call: Pick<Call, 'operation' | 'stream' | 'source' | 'verbatim'>, model: string): string
}

/** One dialect in both directions. Pure: no socket, clock or state beyond a reader's own. */
export interface DialectWire extends UpstreamWire {
  /** Bytes to a deep-frozen Call. Throws CausewayError (400, 413, 422), saying where and what. */
  read(body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call
  /** Same dialect: the client's text with only what `Forward` says changed, spliced. */
  forward(call: Call, options: Forward): Written
  /** Another dialect: to blocks. */
  conversation(call: Call): Conversation
  /** Watch a reply that is relayed raw. */
  relay(options: {
    readonly stream: boolean
    readonly hideUsage: boolean
    readonly operation: Operation
    /**
     * The request as the client knows it, for a dialect whose answers repeat what was asked: where the upstream was
     * told otherwise, the client is told what is true for it. `previous`: id of the kept answer that it goes on from;
     * `model`: the target's own name for the model, which the upstream was told.
     */
    readonly asked?: { readonly call: Call; readonly previous: string | null; readonly model: string }
  }): Relay
  /**
   * Passes the texts of a reply in this dialect through a reviser: answer text, reasoning, refusals, tool
   * arguments. Channels are ended where the dialect says that they are over, at the latest before the terminal
   * marker; what a reviser held is sent as one more piece of its channel. Probabilities of tokens are left out,
   * unless `verbatim` says that the reviser only listens.
   */
  revise(options: { readonly stream: boolean; readonly verbatim?: boolean }, reviser: Reviser): Revision
  /** Write events as this dialect's stream. Frames of server-sent events, or lines where that is the dialect's framing. */
  streamWriter(options: AnswerOptions): ReplyWriter
  /** … or as one body. */
  wholeBody(events: readonly ReplyEvent[], options: AnswerOptions): Json
  /** The answer to a count of tokens that was made here. */
  countBody(tokens: number): Json
  /** A refusal or failure in this dialect's own error shape. */
  errorBody(fault: Fault, request: string): Json
  /** The same inside a stream that has begun: framed, preceded by what closes a half-sent event. */
  errorEvent(fault: Fault, request: string): string
  /** What keeps an idle stream alive; empty where the dialect has nothing for it. */
  readonly keepAlive: string
  /** The request id header the dialect's SDK reads. */
  readonly requestIdHeader: string
  /** Strings of a request that only their issuer can read, wherever they stand in it; usually none. */
  opaque(call: Call): readonly string[]
}

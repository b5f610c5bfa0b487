import type { JsonObject } from './json.ts'

/** In which a conversation with a model can be held, so that one can be carried into another. */
export const CONVERSATIONAL = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'bedrock-converse',
  'ollama',
] as const

/** In which text is gone on with or filled in, so that one can be carried into the other. */
export const COMPLETING = ['openai-completions', 'mistral-fim'] as const

/** Carried to targets of the same dialect only. */
export const RELAYED = ['openai-embeddings', 'openai-images', 'openai-audio', 'passthrough'] as const

export const DIALECTS = [...CONVERSATIONAL, ...COMPLETING, ...RELAYED] as const
/**
 * A protocol. A dialect is no provider: many providers speak one. All are spoken by clients and upstreams alike but
 * `bedrock-converse`, which upstreams speak only. `passthrough` is whatever a client says to a target it names.
 */
export type Dialect = (typeof DIALECTS)[number]

/** Dialects whose requests can be read by themselves: those that clients speak, in JSON. */
export const READABLE = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'ollama',
  'openai-embeddings',
  'openai-completions',
  'mistral-fim',
  'openai-images',
  'openai-audio',
] as const satisfies readonly Dialect[]

export const OPERATIONS = [
  'chat',
  'embed',
  'count',
  'complete',
  'image',
  'speech',
  'transcribe',
  'passthrough',
] as const
export type Operation = (typeof OPERATIONS)[number]

/** How the events of a streamed answer are set apart on their way to the client. */
export type Framing = 'sse' | 'lines' | 'array'

/** A body that is no JSON text, as it came. `bytes` is what was read so far, never written to; `rest` is what is still on its way. */
export interface Payload {
  /** `content-type`, parameters included. */
  readonly type: string
  readonly bytes: Uint8Array
  readonly rest: ReadableStream<Uint8Array> | null
}

/** A request to a target that the client itself names, to be repeated there as it is. */
export interface Verbatim {
  readonly method: string
  /** Path and query under the target's url; begins with a slash and holds no step upwards. */
  readonly path: string
  /** Client headers that go along, lower-case names; no credential, cookie or hop-by-hop header among them. */
  readonly headers: Readonly<Record<string, string>>
}

/** Something in the request that is no text: an image, a sound, an opaque file. Scanners do not read it. */
export interface Media {
  /** Where it stands, e.g. `messages[2].content[0].image_url.url`. */
  readonly path: string
  readonly type: 'image' | 'audio' | 'file'
  /** Mime type where the request states one. */
  readonly mime?: string
  /** True for a URL that a vendor would fetch, false for bytes inside the request. */
  readonly remote: boolean
}

/** What a target must be able to do to answer at all. Tokens are an estimate: UTF-8 bytes / 4, rounded up. */
export interface Needs {
  readonly tools: boolean
  readonly images: boolean
  readonly audio: boolean
  readonly files: boolean
  readonly structured: boolean
  readonly inputTokens: number
  /** What the client allows for the answer; 0 where it says nothing. */
  readonly outputTokens: number
}

/**
 * One request, read once and deep-frozen. `source` is an immutable string, not bytes, so that nothing can
 * change what a permit was minted for; every byte sent upstream is derived from it.
 */
export interface Call {
  /** Ours, `cw_` and 26 characters of Crockford base32 (time-ordered). */
  readonly id: string
  readonly operation: Operation
  readonly dialect: Dialect
  /** The body as it came, decoded as fatal UTF-8; for a body that is no JSON, the fields found in it as JSON. */
  readonly source: string
  /** `source` parsed; deep-frozen. Duplicate keys were refused before. */
  readonly json: JsonObject
  /** The name asked for: a route, a target or a target's exact model. */
  readonly model: string
  /** The span of the top-level model value in `source`, quotes included, for the splice; UTF-16 offsets. Null where the path names the model. */
  readonly modelSpan: readonly [start: number, end: number] | null
  readonly stream: boolean
  /** How a streamed answer is framed for this client. */
  readonly framing: Framing
  /** The body where it is no JSON text; `source` and `json` then hold the fields that were found in it. */
  readonly payload: Payload | null
  /** Set for `passthrough` only. */
  readonly verbatim: Verbatim | null
  /** Whether the client itself asked for usage in the stream (`stream_options.include_usage`); dialects that always send it say true. */
  readonly wantsUsage: boolean
  readonly media: readonly Media[]
  readonly needs: Needs
  /** Client headers that belong to the dialect and go upstream of the same dialect unchanged (`anthropic-version`, `anthropic-beta`). */
  readonly dialectHeaders: Readonly<Record<string, string>>
}

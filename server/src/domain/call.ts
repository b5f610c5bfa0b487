import type { JsonObject } from './json.ts'

export const DIALECTS = ['openai-chat', 'openai-embeddings', 'anthropic-messages'] as const
/** A protocol spoken by clients and upstreams alike. A dialect is no provider: many providers speak one. */
export type Dialect = (typeof DIALECTS)[number]

export const OPERATIONS = ['chat', 'embed', 'count'] as const
export type Operation = (typeof OPERATIONS)[number]

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
  /** The body as it came, decoded as fatal UTF-8. */
  readonly source: string
  /** `source` parsed; deep-frozen. Duplicate keys were refused before. */
  readonly json: JsonObject
  /** The name asked for: a route, a target or a target's exact model. */
  readonly model: string
  /** The span of the top-level model value in `source`, quotes included, for the splice; UTF-16 offsets. */
  readonly modelSpan: readonly [start: number, end: number]
  readonly stream: boolean
  /** Whether the client itself asked for usage in the stream (`stream_options.include_usage`); dialects that always send it say true. */
  readonly wantsUsage: boolean
  readonly media: readonly Media[]
  readonly needs: Needs
  /** Client headers that belong to the dialect and go upstream of the same dialect unchanged (`anthropic-version`, `anthropic-beta`). */
  readonly dialectHeaders: Readonly<Record<string, string>>
}

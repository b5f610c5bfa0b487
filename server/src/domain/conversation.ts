import type { Dialect, Payload } from './call.ts'
import type { Json, JsonObject } from './json.ts'

/*
 * The vocabulary between two dialects. It is used only when client and upstream speak different ones;
 * the common path relays the client's own bytes and never comes here.
 */

/** The block as its dialect spelled it, so that a block going home is re-emitted verbatim. */
export interface Native {
  readonly dialect: Dialect
  readonly raw: Json
}

/** The client asks that the prompt up to here be kept by the model's server. */
export interface CacheMark {
  /** How long, as the dialect says it: `5m`, `1h`; null for the server's own default. */
  readonly ttl: string | null
  /** Where the client wrote it, where that is not `cache_control` of what it marks. */
  readonly at?: string
}

interface BlockBase {
  readonly native: Native
  readonly cache?: CacheMark
}

export type Block =
  | (BlockBase & { readonly type: 'text'; readonly text: string })
  | (BlockBase & {
      readonly type: 'reasoning'
      readonly text: string
      /** What only its issuer can read; `native.dialect` is the issuer's dialect. */
      readonly signature: string | null
      /** True where the thought itself is in `signature`. */
      readonly redacted?: boolean
    })
  | (BlockBase & {
      readonly type: 'tool-call'
      readonly id: string
      readonly name: string
      /** JSON text of an object; of a custom tool, its input as it is. */
      readonly input: string
      readonly custom?: boolean
      /** Gemini's `thoughtSignature` of this very call, whatever dialect it came through. */
      readonly signature?: string
    })
  | (BlockBase & {
      readonly type: 'tool-result'
      readonly id: string
      /** The tool's name where the dialect says it. */
      readonly name?: string
      readonly content: readonly Block[]
      readonly failed: boolean
    })
  | (BlockBase & {
      readonly type: 'media'
      readonly media: 'image' | 'audio' | 'file'
      readonly mime: string | null
      /** Base64 without a `data:` prefix, or null where `url` is set. */
      readonly data: string | null
      readonly url: string | null
      readonly name: string | null
      /** `low`, `high`, `auto`; null where not said. */
      readonly detail?: string | null
    })
  | (BlockBase & { readonly type: 'refusal'; readonly text: string })
  | (BlockBase & { readonly type: 'opaque'; readonly label: string })

export interface Turn {
  readonly role: 'system' | 'user' | 'assistant'
  /** Where it stood in the request: `system` or `messages[3]`. For signals and errors. */
  readonly at: string
  readonly blocks: readonly Block[]
}

export interface ToolDefinition {
  readonly name: string
  readonly description: string | null
  /** JSON Schema of the input. */
  readonly schema: JsonObject
  readonly strict: boolean | null
  readonly cache?: CacheMark
  /** Set for a tool whose input is free text; `schema` is then what a dialect without such tools is given instead. */
  readonly custom?: { readonly format: Json | null }
}

/** The one property under which the input of a custom tool is asked for where a dialect has only functions. */
export const CUSTOM_INPUT = 'input'

export type ToolChoice =
  | { readonly type: 'auto' | 'none' | 'required' }
  | { readonly type: 'tool'; readonly name: string }

export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** How much the model is to think. What a dialect does not say is null. */
export interface ReasoningWish {
  readonly effort: Effort | null
  /** Tokens. */
  readonly budget: number | null
  /** Whether thoughts are to be shown. */
  readonly show: boolean | null
}

/** What is asked of the answer. Null is "the client says nothing". */
export interface Settings {
  readonly maxTokens: number | null
  readonly temperature: number | null
  readonly topP: number | null
  readonly topK: number | null
  readonly minP: number | null
  readonly frequencyPenalty: number | null
  readonly presencePenalty: number | null
  readonly seed: number | null
  /** Empty where none are asked for. */
  readonly stop: readonly string[]
  /** Answers wanted. */
  readonly count: number | null
  /** How many alternatives to each token; 0 for the chosen one alone. */
  readonly logprobs: number | null
  readonly logitBias: JsonObject | null
  readonly toolChoice: ToolChoice | null
  /** False where the client forbids several calls in one turn. */
  readonly parallelTools: boolean | null
  readonly reasoning: ReasoningWish | null
  /** `{type:'json'}` or a JSON Schema with its name. */
  readonly format:
    | { readonly type: 'json' }
    | {
        readonly type: 'schema'
        readonly name: string
        readonly schema: JsonObject
        readonly strict: boolean | null
        readonly description: string | null
      }
    | null
  readonly verbosity: string | null
  readonly serviceTier: string | null
  readonly user: string | null
  readonly safetyId: string | null
  readonly metadata: JsonObject | null
  readonly store: boolean | null
  readonly cacheKey: string | null
  readonly cacheRetention: string | null
  /** Automatic caching of the whole prompt, asked for at the top level. */
  readonly cache: CacheMark | null
}

export const NO_SETTINGS: Settings = Object.freeze({
  maxTokens: null,
  temperature: null,
  topP: null,
  topK: null,
  minP: null,
  frequencyPenalty: null,
  presencePenalty: null,
  seed: null,
  stop: [],
  count: null,
  logprobs: null,
  logitBias: null,
  toolChoice: null,
  parallelTools: null,
  reasoning: null,
  format: null,
  verbosity: null,
  serviceTier: null,
  user: null,
  safetyId: null,
  metadata: null,
  store: null,
  cacheKey: null,
  cacheRetention: null,
  cache: null,
})

/** A request in no dialect. `turns` keeps the order of the conversation, system turns in place. */
export interface Conversation {
  /** The dialect it came in; names in `rest` and paths are that dialect's. */
  readonly dialect: Dialect
  readonly turns: readonly Turn[]
  readonly tools: readonly ToolDefinition[]
  readonly settings: Settings
  /** The field of the client's body that each setting was taken from; a setting that a writer cannot carry is told by it. */
  readonly names: Readonly<Partial<Record<keyof Settings, string>>>
  readonly stream: boolean
  /** Fields the reader did not map, by name or path, with their value: each must be signalled or refused by the writer. */
  readonly rest: Readonly<Record<string, Json>>
}

/** What writing a conversation in a dialect gave. */
export interface Written {
  /** The upstream body. */
  readonly body: string
  /** Goes instead of `body` where the body is no text. */
  readonly payload?: Payload
  /** Fields that could not be carried, for `x-causeway-dropped`: `seed`, `messages[3].content[1].cache_control` … */
  readonly dropped: readonly string[]
}

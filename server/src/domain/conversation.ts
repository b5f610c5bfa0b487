import type { Dialect } from './call.ts'
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

export type Block =
  | { readonly type: 'text'; readonly text: string; readonly native: Native }
  | {
      readonly type: 'reasoning'
      readonly text: string
      readonly signature: string | null
      readonly native: Native
    }
  | {
      readonly type: 'tool-call'
      readonly id: string
      readonly name: string
      readonly input: string
      readonly native: Native
    }
  | {
      readonly type: 'tool-result'
      readonly id: string
      readonly content: readonly Block[]
      readonly failed: boolean
      readonly native: Native
    }
  | {
      readonly type: 'media'
      readonly media: 'image' | 'audio' | 'file'
      readonly mime: string | null
      /** Base64 without a `data:` prefix, or null where `url` is set. */
      readonly data: string | null
      readonly url: string | null
      readonly name: string | null
      readonly native: Native
    }
  | { readonly type: 'refusal'; readonly text: string; readonly native: Native }
  | { readonly type: 'opaque'; readonly label: string; readonly native: Native }

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
}

export type ToolChoice =
  | { readonly type: 'auto' | 'none' | 'required' }
  | { readonly type: 'tool'; readonly name: string }

export interface Settings {
  readonly maxTokens: number | null
  readonly temperature: number | null
  readonly topP: number | null
  readonly topK: number | null
  readonly stop: readonly string[]
  readonly toolChoice: ToolChoice | null
  /** False where the client forbids several calls in one turn. */
  readonly parallelTools: boolean | null
  readonly reasoningEffort: 'minimal' | 'low' | 'medium' | 'high' | null
  /** `{type:'json'}` or a JSON Schema with its name. */
  readonly format:
    | { readonly type: 'json' }
    | {
        readonly type: 'schema'
        readonly name: string
        readonly schema: JsonObject
        readonly strict: boolean | null
      }
    | null
  readonly user: string | null
}

/** A request in no dialect. `turns` keeps the order of the conversation, system turns in place. */
export interface Conversation {
  /** The dialect it came in; names in `rest` and paths are that dialect's. */
  readonly dialect: Dialect
  readonly turns: readonly Turn[]
  readonly tools: readonly ToolDefinition[]
  readonly settings: Settings
  readonly stream: boolean
  /** Fields the reader did not map, by name or path, with their value: each must be signalled or refused by the writer. */
  readonly rest: Readonly<Record<string, Json>>
}

/** What writing a conversation in a dialect gave. */
export interface Written {
  /** The upstream body. */
  readonly body: string
  /** Fields that could not be carried, for `x-causeway-dropped`: `seed`, `messages[3].content[1].cache_control` … */
  readonly dropped: readonly string[]
}

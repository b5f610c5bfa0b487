import {
  type Call,
  CausewayError,
  type Dialect,
  type Operation,
  type Payload,
  type Provider,
  type Target,
  type UpstreamRequest,
} from '../domain/index.ts'
import { upstreamWireOf } from '../wire/index.ts'

/** What a model can do where neither the configuration nor the portfolio says. */
export interface Capabilities {
  readonly tools: boolean
  readonly images: boolean
  readonly audio: boolean
  readonly files: boolean
  readonly structured: boolean
}

/** What a configuration says about one target, as far as a provider may draw conclusions from it. */
export interface Stated {
  /** Null where the configuration leaves it to the provider. */
  readonly url: string | null
  readonly model: string
  readonly region: string | null
  /** As written, perhaps wrong: `options` checks them. */
  readonly options: Readonly<Record<string, unknown>>
}

/** What follows from it. */
export interface Located {
  /** Base URL without a slash at its end; null where it cannot be told. */
  readonly url: string | null
  /** Best first; fewer than the provider's where the model is spoken to in some of them only. */
  readonly dialects: readonly Dialect[]
  readonly operations: readonly Operation[]
  /** Where it runs, where that follows from options or model; null is unknown. */
  readonly region: string | null
  /** What people should know about this very target, each the end of a sentence that begins with its name. */
  readonly remarks: readonly string[]
}

/** A provider in our list: the outside contract, and what configuration and first start ask of every one. */
export interface Preset extends Provider {
  readonly capabilities: Capabilities
  /** True where the upstream never answers without a key: a target without a credential is a mistake. */
  readonly needsKey: boolean
  /** The environment variable that holds its key by custom; null where it needs none. */
  readonly keyVariable: string | null
  /** Names of its options, for the guide. */
  readonly optionNames: readonly string[]
  /**
   * Tokens after which the upstream cuts a prompt without saying so, unless it was set up otherwise; null where
   * it refuses instead. A target of it should state its `context`.
   */
  readonly cutsAfter: number | null
  /** Total: whatever is stated gives an answer. */
  locate(stated: Stated): Located
}

/** Models on a machine of one's own: tools and JSON by grammar are the rule, other media the exception. */
export const TEXT_MODEL: Capabilities = {
  tools: true,
  images: false,
  audio: false,
  files: false,
  structured: true,
}

/** A vendor's present general model. Audio is still a matter of special models. */
export const GENERAL_MODEL: Capabilities = { ...TEXT_MODEL, images: true, files: true }

/** No model that converses: vectors only. */
export const VECTOR_MODEL: Capabilities = { ...TEXT_MODEL, tools: false, structured: false }

const OPERATIONS_OF: Readonly<Record<Dialect, readonly Operation[]>> = {
  'openai-chat': ['chat'],
  'openai-responses': ['chat'],
  'anthropic-messages': ['chat', 'count'],
  gemini: ['chat', 'count', 'embed'],
  'bedrock-converse': ['chat'],
  ollama: ['chat', 'embed'],
  'openai-completions': ['complete'],
  'mistral-fim': ['complete'],
  'openai-embeddings': ['embed'],
  'openai-images': ['image'],
  'openai-audio': ['speech', 'transcribe'],
  passthrough: [],
}

/** What an upstream offers that speaks these dialects, but for what it is known to lack. */
export const operationsOf = (
  dialects: readonly Dialect[],
  lacks: readonly Operation[] = [],
): readonly Operation[] => [
  ...new Set(dialects.flatMap((dialect) => OPERATIONS_OF[dialect]).filter((one) => !lacks.includes(one))),
]

/** A base URL without slashes at its end. */
export const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

const DIALECT_VERSION = '2023-06-01'

/** The headers of a dialect that belong to the request. A client's own are taken only where it spoke the same dialect. */
const dialectHeaders = (call: Call, dialect: Dialect): Record<string, string> => {
  if (dialect !== 'anthropic-messages') return {}
  const client = call.dialect === dialect ? call.dialectHeaders : {}
  const version = client['anthropic-version']
  const beta = client['anthropic-beta']
  return {
    'anthropic-version': version ?? DIALECT_VERSION,
    ...(beta === undefined ? {} : { 'anthropic-beta': beta }),
  }
}

/** The unsigned request every provider makes. Throws `cannot_translate` (422) for an operation that the dialect has not. `extra` are headers from the target's options; never a secret. */
export const upstreamRequest = (
  call: Call,
  target: Target,
  dialect: Dialect,
  body: string | Payload,
  extra: Readonly<Record<string, string>> = {},
): UpstreamRequest => ({
  method: call.verbatim?.method ?? 'POST',
  path: upstreamWireOf(dialect).path(call, target.model),
  headers: {
    ...(call.verbatim === null
      ? {
          'content-type': typeof body === 'string' ? 'application/json' : body.type,
          accept: acceptOf(call, dialect),
          ...dialectHeaders(call, dialect),
        }
      : call.verbatim.headers),
    ...extra,
  },
  body,
})

const acceptOf = ({ stream, operation }: Call, dialect: Dialect): string => {
  if (operation === 'speech' || operation === 'transcribe') return '*/*'
  if (!stream) return 'application/json'
  if (dialect === 'bedrock-converse') return 'application/vnd.amazon.eventstream'
  return dialect === 'ollama' ? 'application/x-ndjson' : 'text/event-stream'
}

/** Where a provider wants its key. */
export type KeyHeader = 'authorization' | 'x-api-key' | 'api-key' | 'x-goog-api-key'

/**
 * Adds the credential to a copy of the request. Throws `upstream_auth` where the upstream needs a key and there is
 * none, or where it cannot be sent in a header (a line break, a character outside ASCII); the message never holds it.
 */
export const signWith = (
  title: string,
  header: KeyHeader,
  needsKey: boolean,
  request: UpstreamRequest,
  credential: string | null,
): UpstreamRequest => {
  if (credential === null || credential === '') {
    if (!needsKey) return request
    throw new CausewayError('upstream_auth', `${title} needs a key and this target has none.`)
  }
  if (!/^[\x21-\x7e]+$/.test(credential)) {
    throw new CausewayError(
      'upstream_auth',
      `The key for ${title} holds a character that no header may carry.`,
    )
  }
  const value = header === 'authorization' ? `Bearer ${credential}` : credential
  return { ...request, headers: { ...request.headers, [header]: value } }
}

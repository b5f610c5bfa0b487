import {
  type Call,
  CausewayError,
  type Dialect,
  type Provider,
  type UpstreamRequest,
} from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'

/** What a model can do where neither the configuration nor the portfolio says. */
export interface Capabilities {
  readonly tools: boolean
  readonly images: boolean
  readonly audio: boolean
  readonly files: boolean
  readonly structured: boolean
}

/** A provider in our list: the outside contract, and what configuration and first start ask of every one. */
export interface Preset extends Provider {
  readonly capabilities: Capabilities
  /** True where the upstream never answers without a key: a target without a credential is a mistake. */
  readonly needsKey: boolean
  /**
   * Tokens after which the upstream cuts a prompt without saying so, unless it was set up otherwise; null where
   * it refuses instead. A target of it should state its `context`.
   */
  readonly cutsAfter: number | null
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
  dialect: Dialect,
  body: string,
  extra: Readonly<Record<string, string>> = {},
): UpstreamRequest => ({
  method: 'POST',
  path: wireOf(dialect).path(call.operation),
  headers: {
    'content-type': 'application/json',
    accept: call.stream ? 'text/event-stream' : 'application/json',
    ...dialectHeaders(call, dialect),
    ...extra,
  },
  body,
})

/** Where a provider wants its key. */
export type KeyHeader = 'authorization' | 'x-api-key'

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

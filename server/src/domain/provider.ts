import type { Call, Dialect, Operation, Payload } from './call.ts'
import type { Quirks } from './dialect.ts'
import type { Side } from './side.ts'
import type { Price, Target } from './target.ts'

export interface UpstreamRequest {
  readonly method: string
  /** Path and query under the target's url. */
  readonly path: string
  /** Lower-case names. Never a secret before `sign`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Payload
}

/** What a signature may depend on beside the request itself. */
export interface Signing {
  readonly target: Target
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface ReplyHead {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Whose fault an upstream's refusal is, whether another try could help, and after how long. */
export interface UpstreamFault {
  readonly whose: 'client' | 'upstream' | 'us'
  /** Our code: see CODES. */
  readonly code:
    | 'upstream_rejected'
    | 'upstream_auth'
    | 'upstream_rate_limited'
    | 'upstream_error'
    | 'upstream_overloaded'
    | 'context_too_long'
  /** Another target, or later this one, could answer. */
  readonly retry: boolean
  /** Milliseconds to wait, from `retry-after` and its kin; null where not said. */
  readonly after: number | null
  /** The upstream's message, cut to 500 characters, secrets masked. */
  readonly message: string
}

/** How to recognise a local server on its usual port. */
export interface Discovery {
  readonly port: number
  /** Requests to make, all GET, in order; what they answer is given to `recognise`. */
  readonly probes: readonly string[]
  /** Null: this is not me. `probes[i]` answers: status and parsed JSON (null where it was none). */
  recognise(
    answers: readonly {
      readonly status: number
      readonly headers: Readonly<Record<string, string | undefined>>
      readonly json: unknown
    }[],
  ): {
    /** Models it serves; `side` rented for models that leave the machine (cloud-tagged). `context` in tokens where told. */
    readonly models: readonly {
      readonly id: string
      readonly side: Side
      readonly context: number | null
      readonly embeds: boolean
    }[]
    readonly version: string | null
  } | null
}

/** Who serves a model. A provider translates and does nothing else: no socket, clock, retry or state. */
export interface Provider {
  readonly name: string
  /** Shown to people: `OpenAI`, `Ollama`. */
  readonly title: string
  readonly url: string | null
  /** The only sides a target of it may be on, best default first; a closed preset can't be called own. */
  readonly sides: readonly Side[]
  readonly dialects: readonly Dialect[]
  readonly operations: readonly Operation[]
  /** Environment variable that holds its key by convention, and a model to offer at first start; null where there is none. */
  readonly environment: { readonly variable: string; readonly model: string } | null
  readonly discovery: Discovery | null
  /** Provider id in the price data; null where prices must not be looked up (own side). */
  readonly priceId: string | null
  /** Facts a target inherits unless the config says otherwise. */
  readonly facts: { readonly jurisdiction: string | null; readonly openness: Target['openness'] }
  /** What the upstream does differently. */
  readonly quirks: Quirks
  /** Checks `target.options`; throws CausewayError `config_invalid` naming the key. */
  options(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
  request(call: Call, target: Target, dialect: Dialect, body: string | Payload): UpstreamRequest
  /** Adds the credential to a copy. Throws CausewayError `upstream_auth` where it cannot be used. */
  sign(request: UpstreamRequest, credential: string | null, signing: Signing): UpstreamRequest
  fault(head: ReplyHead, body: string): UpstreamFault
}

export type PriceLookup = (provider: string, model: string) => Price | null

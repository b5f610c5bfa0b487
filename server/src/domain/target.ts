import type { Dialect, Operation } from './call.ts'
import type { Agreement, Openness, Side } from './side.ts'

/** USD per million tokens. `null` is unknown, never zero. */
export interface Price {
  readonly input: number
  readonly output: number
  readonly cacheRead: number | null
  readonly cacheWrite: number | null
  /** Where it comes from: `config` or the price data's provider id and date. */
  readonly source: string
}

/** A model at an endpoint, with its facts. Deep-frozen, part of the snapshot. */
export interface Target {
  readonly name: string
  /** Name of an entry in the list of providers. */
  readonly provider: string
  /** Base URL without a trailing slash, e.g. `http://127.0.0.1:11434/v1`. */
  readonly url: string
  /** The model's name as the upstream knows it. */
  readonly model: string
  readonly side: Side
  /** Dialects the upstream speaks, best first. */
  readonly dialects: readonly Dialect[]
  readonly operations: readonly Operation[]
  /** CIDR ranges the connection may end in beyond the side's default. */
  readonly addresses: readonly string[]
  /** Reference to the secret, `env:NAME` or `file:PATH`; null where none is needed. The secret itself is never here. */
  readonly credential: string | null
  readonly region: string | null
  readonly jurisdiction: string | null
  readonly tenancy: 'premises' | 'private-cloud' | null
  readonly openness: Openness | null
  readonly license: string | null
  readonly agreements: readonly Agreement[]
  /** Context window in tokens; null is unknown and never excludes. */
  readonly context: number | null
  /** What to do when the history is longer than `context`: refuse the target, or leave out the oldest turns and say so. */
  readonly fit: 'refuse' | 'oldest-turns'
  readonly tools: boolean
  readonly images: boolean
  readonly audio: boolean
  readonly files: boolean
  readonly structured: boolean
  /** Measured or declared quality in 0…1; null is unknown and never wins on price. */
  readonly quality: number | null
  /** Known price, or null: unknown is never zero. An own target without a stated price has none. */
  readonly price: Price | null
  /** Whether clients may send it requests of their own making, by `/passthrough/{target}/…`. */
  readonly passthrough: boolean
  /** True for a simulated vendor; shown wherever the target is. */
  readonly simulated: boolean
  /** Milliseconds. */
  readonly timeouts: { readonly connect: number; readonly firstByte: number; readonly idle: number }
  /** Settings that only the provider's folder understands; checked by its `options`. */
  readonly options: Readonly<Record<string, unknown>>
}

import type { Call, Kind, Reviser } from '../domain/index.ts'
import type { Mapping } from './mapping.ts'

/** One value found in a text. Offsets are UTF-16 units of that text, end exclusive. */
export interface SiteSpan {
  readonly start: number
  readonly end: number
  /** The field's term, as on a finding: PERSON, EMAIL, IBAN … */
  readonly type: string
  readonly sub?: string
  /** Null for what has no floor (places, organisations, dates): never replaced. */
  readonly kind: Kind | null
  readonly confidence: number
  /** True where the span is an encoded run and the value stands inside it. */
  readonly encoded: boolean
}

/** A string leaf of a request with what was found in it. The labeller's `locate` answers with these. */
export interface Site {
  /** Where it stands, as on a finding: `messages[2].content`, `messages[2].tool_calls[0].function.arguments{}.to`. */
  readonly path: string
  readonly text: string
  /** True for a leaf inside JSON inside a string. */
  readonly nested: boolean
  readonly spans: readonly SiteSpan[]
}

/** `pseudonyms` are put back in the answer, `masked` is one way. */
export type Way = 'pseudonyms' | 'masked'

/** A request that may cross, as far as `left` is empty. */
export interface Covered {
  /** The new request's JSON text; the old one, character by character, but for the values replaced. */
  readonly source: string
  readonly mapping: Mapping
  /** How many places were replaced, by kind. */
  readonly replaced: Readonly<Partial<Record<Kind, number>>>
  /**
   * Paths of what was asked for and still stands: in keys, headers, protocol strings, encoded runs and media,
   * values that run over several parts, and signs of what a whole text is. `*` where nothing could be done at all.
   */
  readonly left: readonly string[]
}

/** What a reviser tells of its work: counts by type, no values. */
export interface RestoreEvent {
  readonly what: 'restored' | 'unsure'
  readonly type: string
}

export interface Pseudonyms {
  /** Replaces what was found, of the kinds asked for, and every other occurrence of it. Throws nothing: in doubt, `left`. */
  cover(
    call: Call,
    sites: readonly Site[],
    ways: Readonly<Partial<Record<Kind, Way>>>,
    mapping: Mapping,
  ): Covered
  /** Whether a value consists of our stand-ins or masks only, but for titles, particles, punctuation and endings. */
  isStandIn(mapping: Mapping, value: string, type: string): boolean
  /** Puts originals back into an answer; one per answer. */
  reviser(mapping: Mapping, report: (event: RestoreEvent) => void): Reviser
  /** AES-256-GCM under a 32-byte key, bound to the conversation's id. Throws RangeError for a key of another length. */
  seal(mapping: Mapping, key: Uint8Array, conversation: string): Uint8Array
  /** The mapping that was sealed. Throws CausewayError `record_damaged` for what was not sealed so. */
  open(sealed: Uint8Array, key: Uint8Array, conversation: string): Mapping
}

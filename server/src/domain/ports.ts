import type { EventLeaf, IntentLeaf, RequestRecord } from './record.ts'

/** Time as the rooms see it, so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Monotonic milliseconds. */
  ticks(): number
}

/**
 * Where facts go. Every promise settles when the fact is durable (fsync of a group), and rejects with
 * CausewayError `record_unavailable` when it cannot be made so; then nothing may be sent.
 */
export interface Recorder {
  intent(leaf: IntentLeaf): Promise<void>
  outcome(record: RequestRecord): Promise<void>
  event(leaf: EventLeaf): Promise<void>
  /** Keeps a compiled snapshot's source under its hash. Durable before the snapshot serves. */
  snapshot(hash: string, source: string): Promise<void>
  /** Null while facts can be written, otherwise why not. Feeds readiness. */
  trouble(): string | null
  /** Flushes, signs the last checkpoint, stops. */
  close(): Promise<void>
}

export interface RequestFilter {
  /** Only those after this row number (for a live list), newest first otherwise. */
  readonly after?: number
  readonly before?: number
  readonly limit: number
  readonly side?: string
  readonly target?: string
  readonly outcome?: string
  readonly use?: string
  readonly kind?: string
  readonly session?: string
  /** Substring of id, model, key, target. */
  readonly search?: string
}

export interface RequestRow {
  /** Position in the ledger, increasing. */
  readonly row: number
  readonly record: RequestRecord
}

/** Where records are read. One contract test suite runs over every implementation. */
export interface Ledger {
  list(filter: RequestFilter): Promise<readonly RequestRow[]>
  get(id: string): Promise<RequestRow | null>
  /** Sums since a time (ISO 8601), by side and target; unknown costs are counted apart, never as zero. */
  totals(since: string): Promise<readonly LedgerTotal[]>
  close(): Promise<void>
}

export interface LedgerTotal {
  readonly side: string | null
  readonly target: string | null
  readonly outcome: string
  readonly requests: number
  readonly input: number
  readonly output: number
  readonly nanos: number
  readonly unknownCosts: number
  /** How many of the known costs are estimates; more than none marks the sum as one. */
  readonly estimatedCosts: number
}

/** Rate counters. Memory for one process; a shared store for many. */
export interface Counters {
  /** Takes one from the bucket. Null where allowed, else milliseconds until it would be. */
  take(key: string, limit: number, perSeconds: number): number | null
}

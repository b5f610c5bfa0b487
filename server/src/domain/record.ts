import type { Dialect, Operation } from './call.ts'
import type { DecideInput, RankInput, Ranking, Verdict } from './decision.ts'
import type { Code } from './errors.ts'
import type { Finding } from './label.ts'
import type { Condition, Kind, Level, Side } from './side.ts'
import type { Cost, Usage } from './usage.ts'

/** One try at one target. Times are milliseconds since the request arrived. */
export interface Attempt {
  readonly target: string
  readonly side: Side
  readonly simulated: boolean
  readonly dialect: Dialect
  /** Upstream status; null where no answer came. */
  readonly status: number | null
  readonly code: Code | null
  /** Cut to 300 characters; never prompt text. */
  readonly message: string | null
  readonly started: number
  readonly firstByte: number | null
  readonly ended: number
  /** True once any byte of the request may have left the process. */
  readonly sent: boolean
  readonly upstreamRequest: string | null
}

/** The same request with values taken out, as it was decided for targets that may have it only so. */
export interface Crossing {
  readonly input: DecideInput
  readonly verdict: Verdict
  /** How many values of each kind were taken out. */
  readonly values: Readonly<Partial<Record<Kind, number>>>
  /** Why it came to nothing, where it did: places that could not be changed. No values. */
  readonly left: readonly string[]
  /** Stand-ins put back in the answer, and those that may be one but were left as they are. */
  readonly restored: number
  readonly unsure: number
}

/** What the guard found in an answer on its way to the client. */
export interface Guarded {
  /** The severest thing done. */
  readonly action: 'marked' | 'masked' | 'stopped'
  readonly findings: readonly Finding[]
  readonly omitted: number
}

export type Outcome = 'answered' | 'refused' | 'failed' | 'client-closed'

/** The ledger's row and the audit log's subject: one for every request, refusals included. Plain JSON; no prompt text. */
export interface RequestRecord {
  readonly id: string
  /** ISO 8601 with milliseconds, UTC. */
  readonly time: string
  readonly outcome: Outcome
  /** Status sent to the client (499 where it left). */
  readonly status: number
  readonly code: Code | null
  readonly message: string | null
  readonly rule: string | null
  readonly dialect: Dialect | null
  readonly operation: Operation | null
  readonly stream: boolean
  readonly method: string
  /** Path without query. */
  readonly path: string
  readonly key: string | null
  readonly team: string | null
  readonly use: string | null
  /** The client's `x-causeway-session`, else the session that an agent names by itself, or null. */
  readonly session: string | null
  readonly model: string | null
  readonly target: string | null
  readonly side: Side | null
  readonly simulated: boolean
  readonly level: Level | null
  readonly kinds: readonly Kind[]
  readonly conditions: readonly Condition[]
  readonly findings: readonly Finding[]
  readonly omittedFindings: number
  readonly snapshot: string
  /** Every input of `decide` and `rank`, and what they answered; null where the request did not come so far. */
  readonly decision: { readonly input: DecideInput; readonly verdict: Verdict } | null
  /** Null or absent where the request was not offered anywhere with values taken out. */
  readonly crossing?: Crossing | null
  /** Null or absent where no guard watched the answer or none had anything to say. */
  readonly guarded?: Guarded | null
  readonly ranking: { readonly input: RankInput; readonly answer: Ranking } | null
  readonly attempts: readonly Attempt[]
  readonly dropped: readonly string[]
  readonly usage: Usage
  readonly cost: Cost
  /** Milliseconds since arrival. */
  readonly timing: { readonly firstByte: number | null; readonly total: number; readonly gateway: number }
  readonly bytes: { readonly in: number; readonly out: number }
}

/** What the audit log keeps before anything is sent. */
export interface IntentLeaf {
  readonly v: 1
  readonly type: 'intent'
  readonly request: string
  readonly time: string
  readonly key: string
  readonly use: string
  readonly level: Level
  readonly kinds: readonly Kind[]
  readonly conditions: readonly Condition[]
  readonly snapshot: string
  /** Permitted targets in the order they will be tried. */
  readonly targets: readonly string[]
}

/** What the audit log keeps of the outcome. `record` commits to the ledger's row without telling it. */
export interface OutcomeLeaf {
  readonly v: 1
  readonly type: 'outcome'
  readonly request: string
  readonly time: string
  readonly outcome: Outcome
  readonly status: number
  readonly key: string | null
  readonly use: string | null
  readonly level: Level | null
  readonly kinds: readonly Kind[]
  readonly conditions: readonly Condition[]
  readonly target: string | null
  readonly side: Side | null
  /** Every target that bytes may have been sent to, in order. */
  readonly sent: readonly { readonly target: string; readonly side: Side }[]
  readonly rule: string | null
  readonly snapshot: string
  readonly nanos: number | null
  /** base64url SHA-256 over salt and the ledger row's JSON. */
  readonly record: string
}

/** A restart, a configuration change, a repair, a conversation forgotten: what is no request but belongs into the log. */
export interface EventLeaf {
  readonly v: 1
  readonly type: 'event'
  readonly time: string
  readonly event: 'started' | 'stopped' | 'snapshot' | 'repaired' | 'forgotten'
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

export type Leaf = IntentLeaf | OutcomeLeaf | EventLeaf

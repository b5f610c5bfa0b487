import type { Objective } from './decision.ts'
import type { FloorRules, Principal, Use } from './principal.ts'
import type { Profile } from './side.ts'
import type { Target } from './target.ts'

export interface Route {
  readonly name: string
  /** Target names in order. */
  readonly targets: readonly string[]
  readonly objective: Objective
  /** Weights by target for `weighted`; 1 where not said. */
  readonly weights: Readonly<Record<string, number>>
}

/** What a rule engine is asked: one principal, one use, one label, one target. Plain values only. */
export interface RuleQuestion {
  readonly key: string
  readonly team: string | null
  readonly use: string
  readonly tier: string
  readonly level: string
  readonly kinds: readonly string[]
  readonly model: string
  readonly target: Target
}

/** Customer rules, compiled. Any error inside is a deny. */
export interface RuleSet {
  /** Number of rules; 0 means the built-in permit-all. */
  readonly size: number
  /** Ids of the determining policies, or why not. Never throws. */
  ask(
    question: RuleQuestion,
  ):
    | { readonly allow: true; readonly rule: string }
    | { readonly allow: false; readonly rule: string; readonly reason: string }
}

export interface Limits {
  /** Bytes. */
  readonly body: number
  readonly depth: number
  readonly messages: number
  /** Milliseconds for the whole request body to arrive. */
  readonly receive: number
  /** Milliseconds for the whole request. */
  readonly total: number
  /** Requests in work at once. */
  readonly inFlight: number
}

/**
 * The whole configuration: parsed, checked, compiled, deep-frozen, swapped by one assignment. Each request
 * uses exactly one. `hash` is SHA-256 (hex) of `source`, which compiles to the same snapshot again.
 */
export interface Snapshot {
  readonly hash: string
  /** Canonical JSON of the checked configuration and rule files; holds no secret. */
  readonly source: string
  readonly listen: { readonly gateway: Address; readonly control: Address }
  readonly targets: ReadonlyMap<string, Target>
  readonly routes: ReadonlyMap<string, Route>
  readonly uses: ReadonlyMap<string, Use>
  readonly principals: readonly Principal[]
  readonly profile: Profile
  readonly floors: FloorRules
  readonly audit: { readonly intent: 'all' | 'labelled' | 'none'; readonly outcome: 'durable' | 'relaxed' }
  readonly rules: RuleSet
  readonly limits: Limits
}

export interface Address {
  readonly host: string
  readonly port: number
}

import type { Needs } from './call.ts'
import type { Permit } from './permit.ts'
import type { FloorRules } from './principal.ts'
import type { Condition, Kind, Level, Replaced, Side } from './side.ts'
import type { Price, Target } from './target.ts'

/**
 * Everything `decide` looks at besides the snapshot, as plain JSON, so that the decision can be made again
 * from the record. The candidates are names; their facts are in the snapshot under its hash.
 */
export interface DecideInput {
  readonly principal: { readonly key: string; readonly team: string | null }
  readonly use: {
    readonly name: string
    readonly carries: readonly Kind[]
    readonly tier: 'minimal' | 'limited' | 'high'
    readonly floors: FloorRules
  }
  readonly label: {
    readonly level: Level
    readonly kinds: readonly Kind[]
    readonly conditions: readonly Condition[]
    readonly raised: Level | null
    readonly replaced?: Replaced
  }
  /** Sides the client confines itself to (`x-causeway-side`), or null. */
  readonly sides: readonly Side[] | null
  /** The name asked for. */
  readonly model: string
  /** Target names the asked model stands for, in the route's order. */
  readonly candidates: readonly string[]
}

/** Why one target was not permitted. */
export interface Refusal {
  readonly target: string
  /** `floor:payment`, `use-floor:support-chat:health`, `level:restricted`, `client:x-causeway-side`, `rule:<policy id>`, `rule-error` … */
  readonly rule: string
  /** For people: what was found and what forbids it. */
  readonly reason: string
  /** For people: what would make it pass. */
  readonly remedy: string
}

/** A permit as data, for the record and for `rank`. */
export interface Permitted {
  readonly target: string
  readonly rule: string
}

/** What `decide` answers: permits in the order of the candidates, and a refusal for every other candidate. */
export interface Decision {
  readonly input: DecideInput
  readonly permits: readonly Permit[]
  readonly refusals: readonly Refusal[]
}

/** The same without the proof: what the pure core answers and the record keeps. */
export interface Verdict {
  readonly permitted: readonly Permitted[]
  readonly refusals: readonly Refusal[]
}

/** How one target is doing, as `rank` sees it. */
export interface Health {
  readonly state: 'up' | 'probing' | 'down'
  /** For people, where not up: "3 failures in a row, next try in 4 s". */
  readonly why: string | null
  /** Milliseconds to the first byte, smoothed; null before the first answer. */
  readonly firstByte: number | null
  readonly inFlight: number
}

export type Objective = 'ordered' | 'cheapest' | 'fastest' | 'best' | 'weighted'

/** Everything `rank` looks at, as plain JSON. */
export interface RankInput {
  readonly objective: Objective
  readonly needs: Needs
  readonly permitted: readonly string[]
  /** Targets that issued state which this request brings back and which nobody else can read; tried first. */
  readonly prefer?: readonly string[]
  /** Facts per permitted target, copied so that the order can be made again. */
  readonly facts: Readonly<
    Record<
      string,
      Pick<Target, 'context' | 'fit' | 'tools' | 'images' | 'audio' | 'files' | 'structured' | 'quality'> & {
        readonly price: Price | null
        readonly weight: number
        readonly sameDialect: boolean
      }
    >
  >
  readonly health: Readonly<Record<string, Health>>
}

/** Targets to try, in order, and why the others are not among them. */
export interface Ranking {
  readonly order: readonly string[]
  /** Why this order, one line for people. */
  readonly why: string
  readonly unable: readonly { readonly target: string; readonly lacks: string }[]
  readonly down: readonly { readonly target: string; readonly why: string }[]
}

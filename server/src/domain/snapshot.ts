import type { Objective } from './decision.ts'
import type { FloorRules, Principal, Use } from './principal.ts'
import type { Kind, Profile } from './side.ts'
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

/** From which confidence a kind counts; one that is not named counts from any. */
export type Thresholds = Readonly<Partial<Record<Kind, number>>>

/** The organisation's own words, found as whole words. */
export interface OwnWords {
  readonly name: string
  readonly kind: Kind
  readonly type: string
  readonly words: readonly string[]
  readonly exactCase: boolean
}

/** The organisation's own form, in RE2 syntax. */
export interface OwnPattern {
  readonly name: string
  readonly kind: Kind
  readonly type: string
  readonly pattern: string
  readonly confidence: number
  readonly ignoreCase: boolean
}

/** Texts of a sort that should be recognised again. */
export interface OwnExamples {
  readonly name: string
  readonly kind: Kind
  readonly texts: readonly string[]
  /** 0 to 1: how alike a text must be. */
  readonly threshold: number
}

/** A further reader, asked after the built-in ones, always on the own side. `timeout` in milliseconds. */
export type StageRule =
  | {
      readonly type: 'presidio'
      readonly name: string
      readonly url: string
      readonly addresses: readonly string[]
      readonly language: string
      readonly threshold: number
      readonly timeout: number
    }
  | {
      readonly type: 'tokens'
      readonly name: string
      readonly model: string
      readonly threshold: number
      readonly timeout: number
    }
  | { readonly type: 'judge'; readonly name: string; readonly target: string; readonly timeout: number }

/** What counts as sensitive here, beyond what is built in. */
export interface SensitivityRules {
  readonly confidence: Thresholds
  readonly words: readonly OwnWords[]
  readonly patterns: readonly OwnPattern[]
  readonly examples: readonly OwnExamples[]
  readonly stages: readonly StageRule[]
  /** `timeout` in milliseconds, `text` in bytes. */
  readonly attachments: { readonly timeout: number; readonly text: number }
}

export type GuardAction = 'mark' | 'mask' | 'stop'

/** What is watched for in answers. */
export interface GuardRules {
  /** Which answers are watched: those to requests in which anything was found, or all. */
  readonly watch: 'labelled' | 'all'
  readonly answers: Readonly<Partial<Record<Kind, GuardAction>>>
  /** Null leaves links alone. */
  readonly links: { readonly action: GuardAction; readonly hosts: readonly string[] } | null
}

/** What is kept of a conversation between its calls. `keep` in milliseconds. */
export interface ConversationRules {
  readonly sticky: boolean
  readonly keep: number
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
  readonly sensitivity: SensitivityRules
  readonly conversations: ConversationRules
  readonly guard: GuardRules
}

export interface Address {
  readonly host: string
  readonly port: number
}

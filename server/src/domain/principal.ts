import type { Agreement, Kind, Side } from './side.ts'

/** How a kind may cross to sides outside the floor's own. */
export type Cross = 'never' | 'pseudonyms' | 'masked' | 'freely'

/** A floor as configured: the whole set of sides allowed. Only tightens unless `loosen` is said, which is recorded. */
export interface FloorRule {
  readonly sides?: readonly Side[]
  readonly regions?: readonly string[]
  /** Every one must be in force with the target. */
  readonly agreements?: readonly Agreement[]
  readonly cross?: Cross
  readonly loosen?: boolean
}

/** Keyed by kind, by `pii` (identity + payment + contact), by condition, or by level. Already expanded: no `pii` left. */
export type FloorRules = Readonly<Record<string, FloorRule>>

/** The unit of governance: what a key is for. The built-in use `general` carries nothing. */
export interface Use {
  readonly name: string
  readonly owner: string | null
  readonly purpose: string | null
  readonly carries: readonly Kind[]
  readonly tier: 'minimal' | 'limited' | 'high'
  readonly floors: FloorRules
  /** From which confidence a kind counts; goes before the key's and the general one. */
  readonly confidence?: Readonly<Partial<Record<Kind, number>>>
}

export interface Rate {
  readonly requests: number
  /** Seconds. */
  readonly per: number
}

/** Who is asking: a virtual key with its team and uses. */
export interface Principal {
  readonly key: string
  readonly team: string | null
  /** Names of uses the key is bound to; the first is the default. Never empty. */
  readonly uses: readonly string[]
  readonly rates: readonly Rate[]
  /** From which confidence a kind counts; goes before the general one. */
  readonly confidence?: Readonly<Partial<Record<Kind, number>>>
}

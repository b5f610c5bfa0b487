/**
 * Tokens of one answer. `input` includes what was read from and written to a prompt cache;
 * `output` includes reasoning. Null is "not reported".
 */
export interface Usage {
  readonly input: number | null
  readonly output: number | null
  readonly cacheRead: number | null
  readonly cacheWrite: number | null
  readonly reasoning: number | null
  /** True where we counted because the upstream did not say. */
  readonly estimated: boolean
}

export const NO_USAGE: Usage = Object.freeze({
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  estimated: false,
})

/** Integer nano-dollars (1e-9 USD). `null` nanos is "unknown", which is never zero. */
export interface Cost {
  readonly nanos: number | null
  readonly estimated: boolean
}

import type { Settings } from '../../domain/index.ts'

/** The least that the dialect takes as a thinking budget. Tokens. */
export const LEAST_BUDGET = 1024

/** How many tokens of thinking an effort stands for. The steps are ours: no vendor publishes any. */
const BUDGETS = { low: 1024, medium: 4096, high: 16_384 } as const

/** Null where the effort asks for no thinking worth a budget. */
export const budgetOf = (effort: Settings['reasoningEffort']): number | null =>
  effort === null || effort === 'minimal' ? null : BUDGETS[effort]

export const effortOfBudget = (tokens: number): 'low' | 'medium' | 'high' => {
  if (tokens < 2 * BUDGETS.low) return 'low'
  return tokens < 2 * BUDGETS.medium ? 'medium' : 'high'
}

import type { Effort, ReasoningWish } from '../../domain/index.ts'

/** How many tokens of thinking an effort stands for. The steps are ours: no vendor publishes any. */
const BUDGETS = { low: 1024, medium: 4096, high: 16_384, xhigh: 24_576, max: 32_768 } as const

/** Tokens of thinking that a wish stands for; null where it asks for none worth a budget. */
export const budgetOf = (wish: ReasoningWish | null): number | null => {
  if (wish === null) return null
  if (wish.budget !== null) return wish.budget > 0 ? wish.budget : null
  const { effort } = wish
  return effort === null || effort === 'none' || effort === 'minimal' ? null : BUDGETS[effort]
}

const effortOfBudget = (tokens: number): Effort => {
  if (tokens <= 0) return 'none'
  if (tokens < 2 * BUDGETS.low) return 'low'
  return tokens < 2 * BUDGETS.medium ? 'medium' : 'high'
}

/** The effort that a wish stands for, or null where it says nothing of it. */
export const effortOf = (wish: ReasoningWish | null): Effort | null => {
  if (wish === null) return null
  return wish.effort ?? (wish.budget === null ? null : effortOfBudget(wish.budget))
}

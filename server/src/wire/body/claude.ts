import type { Effort, ReasoningWish, Settings } from '../../domain/index.ts'
import { budgetOf, effortOf } from './effort.ts'

/**
 * How a Claude model is asked to think, whoever serves it: by a budget of tokens, by an effort with which it thinks
 * where it sees fit, or either way. Source: Amazon Bedrock user guide, Adaptive thinking: from 4.6 on an effort is
 * taken, from 4.7 on nothing else is.
 */
export type ClaudeThinking = 'budget' | 'either' | 'adaptive'

const VERSION = /claude-[a-z]+-(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/i

/** By a model's id, whatever stands before the maker's own name in it; what is no Claude is told budgets. */
export const claudeThinking = (model: string): ClaudeThinking => {
  if (/claude-mythos-preview/i.test(model)) return 'adaptive'
  const [, major = '0', minor = '0'] = VERSION.exec(model) ?? []
  const [generation, step] = [Number(major), Number(minor)]
  if (generation > 4 || (generation === 4 && step > 6)) return 'adaptive'
  return generation === 4 && step === 6 ? 'either' : 'budget'
}

/** From 4.7 on sampling is the model's own affair: any value but the usual one is refused. */
export const takesSampling = (model: string): boolean => claudeThinking(model) !== 'adaptive'

/** The efforts that all models know which take one. */
const EFFORTS: Readonly<Partial<Record<Effort, 'low' | 'medium' | 'high'>>> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
}

export interface ClaudeEffort {
  readonly effort: 'low' | 'medium' | 'high'
  /** False where something else was asked for, of which this is the nearest. */
  readonly exact: boolean
}

/** The effort that a wish is told as; null where there is none, or where this model is to be told a budget. */
export const claudeEffort = (model: string, wish: ReasoningWish | null): ClaudeEffort | null => {
  const taken = claudeThinking(model)
  if (wish === null || taken === 'budget' || (taken === 'either' && wish.budget !== null)) return null
  const asked = effortOf(wish)
  const effort = asked === null ? undefined : EFFORTS[asked]
  return effort === undefined ? null : { effort, exact: effort === asked && wish.budget === null }
}

/** Whether an answer must be a call of a tool, which goes with no thinking. */
export const forcesTool = ({ toolChoice }: Settings): boolean =>
  toolChoice?.type === 'required' || toolChoice?.type === 'tool'

/** The least that is taken as a budget. Tokens. */
const LEAST_BUDGET = 1024

/** Tokens of thinking within half of the answer's limit; null where so few are not taken, or none can be. */
export const claudeBudget = (settings: Settings): number | null => {
  const wanted = budgetOf(settings.reasoning)
  if (wanted === null || forcesTool(settings)) return null
  const budget = settings.maxTokens === null ? wanted : Math.min(wanted, Math.floor(settings.maxTokens / 2))
  return budget < LEAST_BUDGET ? null : budget
}

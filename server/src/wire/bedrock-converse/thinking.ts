import type { Conversation, Effort, JsonObject, WriteOptions } from '../../domain/index.ts'
import { claudeBudget, claudeEffort, forcesTool } from '../body/claude.ts'
import { effortOf } from '../body/effort.ts'
import type { Signals } from '../body/signals.ts'
import { type Family, isNova2 } from './family.ts'

/** How a model is asked to think. */
export interface Thinking {
  readonly thinks: boolean
  /** False where something else was asked for, of which this is the nearest. */
  readonly exact: boolean
  /** Tokens; null leaves the limit to the model. */
  readonly maxTokens: number | null
  readonly additional: JsonObject
}

type Messages = readonly { readonly role: string; readonly content: readonly JsonObject[] }[]

/** A turn that goes on after a tool's result must begin with the thinking that led to the call, where thinking is on. */
const lacksThinking = (messages: Messages): boolean => {
  const last = messages.findLast((message) => message.role === 'assistant')
  if (last === undefined) return false
  const called = last.content.some((block) => block['toolUse'] !== undefined)
  return called && last.content[0]?.['reasoningContent'] === undefined
}

const claude = (conversation: Conversation, messages: Messages, options: WriteOptions): Thinking | null => {
  const { settings } = conversation
  const adaptive = claudeEffort(options.model, settings.reasoning)
  if (adaptive !== null) {
    if (forcesTool(settings)) return null
    const additional = { thinking: { type: 'adaptive' }, output_config: { effort: adaptive.effort } }
    return { thinks: true, exact: adaptive.exact, maxTokens: settings.maxTokens, additional }
  }
  const budget = claudeBudget(settings)
  if (budget === null || lacksThinking(messages)) return null
  return {
    thinks: true,
    exact: true,
    maxTokens: settings.maxTokens ?? options.maxTokens + budget,
    additional: { thinking: { type: 'enabled', budget_tokens: budget } },
  }
}

/** The three efforts that most models know. */
const STEPS: Readonly<Partial<Record<Effort, 'low' | 'medium' | 'high'>>> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
}

/** In the maker's own words; null where the model is not known to think on demand. */
const fieldsOf = (
  effort: 'low' | 'medium' | 'high',
  conversation: Conversation,
  options: WriteOptions,
  family: Family,
): { readonly additional: JsonObject; readonly as: Effort } | null => {
  const { maxTokens, temperature, topP } = conversation.settings
  if (family === 'gpt-oss') return { additional: { reasoning_effort: effort }, as: effort }
  if (family === 'qwen') {
    const as = effort === 'low' ? 'low' : 'high'
    return { additional: { reasoning_config: as }, as }
  }
  if (family !== 'nova' || !isNova2(options.model)) return null
  // At its highest effort Nova takes no limits of the client's.
  const bound = maxTokens !== null || temperature !== null || topP !== null
  const as = effort === 'high' && bound ? 'medium' : effort
  return { additional: { reasoningConfig: { type: 'enabled', maxReasoningEffort: as } }, as }
}

/** What of the wish to think this model takes; a wish that is not met, or not exactly, is signalled. */
export const thinkingOf = (
  conversation: Conversation,
  messages: Messages,
  options: WriteOptions,
  family: Family,
  signals: Signals,
): Thinking => {
  const { reasoning, maxTokens } = conversation.settings
  const quiet: Thinking = { thinks: false, exact: true, maxTokens, additional: {} }
  const effort = effortOf(reasoning)
  // Not to think is what the service does by itself.
  if (reasoning === null || effort === 'none') return quiet
  const name = conversation.names.reasoning ?? 'reasoning_effort'
  if (effort === null) {
    // Who is not asked to think has no thoughts to show.
    if (reasoning.show === true) signals.add(name)
    return quiet
  }
  if (family === 'claude') {
    const thinking = claude(conversation, messages, options)
    if (thinking?.exact !== true) signals.add(name)
    return thinking ?? quiet
  }
  const step = STEPS[effort]
  const fields = step === undefined ? null : fieldsOf(step, conversation, options, family)
  const exact = fields?.as === effort && reasoning.budget === null
  if (!exact) signals.add(name)
  return fields === null ? quiet : { thinks: true, exact, maxTokens, additional: fields.additional }
}

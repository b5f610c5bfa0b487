import type { Conversation, JsonObject, WriteOptions } from '../../domain/index.ts'
import { claudeBudget, claudeEffort, claudeThinking, forcesTool } from '../body/claude.ts'
import { budgetOf } from '../body/effort.ts'
import type { Signals } from '../body/signals.ts'

export interface Thinking {
  /** The field `thinking`; null where nothing is said. */
  readonly field: JsonObject | null
  /** The effort that goes with it in `output_config`; null where none is told. */
  readonly effort: string | null
  /** Whether the model thinks, which forbids other settings. */
  readonly on: boolean
  readonly maxTokens: number
}

/** A turn that goes on after a tool's result must begin with the thinking that led to the call, where thinking is on. */
const lacksThinking = (messages: readonly JsonObject[]): boolean => {
  const last = messages.findLast((message) => message['role'] === 'assistant')
  const content = last?.['content']
  if (!Array.isArray(content)) return false
  const called = content.some((block) => block['type'] === 'tool_use')
  const first = content[0]?.['type']
  return called && first !== 'thinking' && first !== 'redacted_thinking'
}

/** How the wish to think is told: an effort or a budget, as the model takes it, or that there is to be none. */
export const thinkingOf = (
  conversation: Conversation,
  messages: readonly JsonObject[],
  options: WriteOptions,
  signals: Signals,
): Thinking => {
  const { settings, names } = conversation
  const { reasoning: wish } = settings
  const maxTokens = settings.maxTokens ?? options.maxTokens
  const quiet: Thinking = { field: null, effort: null, on: false, maxTokens }
  const lost = (): Thinking => {
    signals.add(names.reasoning ?? 'reasoning')
    return quiet
  }
  const display = wish?.show === false ? { display: 'omitted' } : {}
  const adaptive = claudeEffort(options.model, wish)
  if (adaptive !== null) {
    if (forcesTool(settings)) return lost()
    if (!adaptive.exact) lost()
    const field = { type: 'adaptive', ...display }
    return { field, effort: adaptive.effort, on: true, maxTokens: roomFor(conversation, options) }
  }
  const wanted = budgetOf(wish)
  if (wanted === null) {
    // Without a wish to think there are no thoughts that could be shown.
    const unsaid = wish === null || (wish.effort === null && wish.budget === null && wish.show === false)
    if (unsaid) return quiet
    const off = wish.budget === 0 || (wish.budget === null && wish.effort === 'none')
    // Who thinks where it sees fit cannot be told not to.
    if (!off || claudeThinking(options.model) === 'adaptive') return lost()
    return { ...quiet, field: { type: 'disabled' } }
  }
  const budget = claudeBudget(settings)
  if (budget === null || lacksThinking(messages)) return lost()
  if (wish?.budget !== null && budget < wanted) lost()
  return {
    field: { type: 'enabled', budget_tokens: budget, ...display },
    effort: null,
    on: true,
    maxTokens: settings.maxTokens ?? options.maxTokens + budget,
  }
}

/** The answer's limit, in which what is thought counts. */
const roomFor = ({ settings }: Conversation, options: WriteOptions): number =>
  settings.maxTokens ?? options.maxTokens + (budgetOf(settings.reasoning) ?? 0)

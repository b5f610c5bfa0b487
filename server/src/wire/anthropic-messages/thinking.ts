import type { Conversation, JsonObject, WriteOptions } from '../../domain/index.ts'
import { budgetOf } from '../body/effort.ts'
import type { Signals } from '../body/signals.ts'

/** The least that the dialect takes as a thinking budget. Tokens. */
const LEAST_BUDGET = 1024

export interface Thinking {
  /** The field `thinking`; null where nothing is said. */
  readonly field: JsonObject | null
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

/** How the wish to think is told: a budget within the answer's limit, or that there is to be none. */
export const thinkingOf = (
  conversation: Conversation,
  messages: readonly JsonObject[],
  options: WriteOptions,
  signals: Signals,
): Thinking => {
  const { settings, names } = conversation
  const { reasoning: wish } = settings
  const name = names.reasoning ?? 'reasoning'
  const maxTokens = settings.maxTokens ?? options.maxTokens
  const wanted = budgetOf(wish)
  if (wanted === null) {
    // Without a wish to think there are no thoughts that could be shown.
    const unsaid = wish === null || (wish.effort === null && wish.budget === null && wish.show === false)
    const off = wish !== null && (wish.budget === 0 || (wish.budget === null && wish.effort === 'none'))
    if (!unsaid && !off) signals.add(name)
    return { field: off ? { type: 'disabled' } : null, on: false, maxTokens }
  }
  const forced = settings.toolChoice?.type === 'required' || settings.toolChoice?.type === 'tool'
  const budget = settings.maxTokens === null ? wanted : Math.min(wanted, Math.floor(settings.maxTokens / 2))
  if (forced || budget < LEAST_BUDGET || lacksThinking(messages)) {
    signals.add(name)
    return { field: null, on: false, maxTokens }
  }
  if (wish?.budget !== null && budget < wanted) signals.add(name)
  const display = wish?.show === false ? { display: 'omitted' } : {}
  return {
    field: { type: 'enabled', budget_tokens: budget, ...display },
    on: true,
    maxTokens: settings.maxTokens ?? options.maxTokens + budget,
  }
}

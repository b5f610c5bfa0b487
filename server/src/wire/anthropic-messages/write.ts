import type { Conversation, JsonObject, Settings, WriteOptions, Written } from '../../domain/index.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { budgetOf, LEAST_BUDGET } from './effort.ts'
import { writeMessages } from './messages.ts'

/** Ids that the dialect takes for tool calls. */
const TOOL_ID = /^[a-zA-Z0-9_-]{1,64}$/

const JSON_ONLY =
  'Answer with one valid JSON object and nothing else: no code fence, no text before or after it.'

/** A conversation of another dialect as a Messages body. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  settleRest(whole, 'anthropic-messages', signals)
  const conversation = fitConversation(whole, options.fit, signals)
  const { settings } = conversation
  const turns = resolveTools(conversation.turns, (id) => TOOL_ID.test(id))
  const { system, messages } = writeMessages(turns, signals)
  if (settings.format?.type === 'json') {
    system.push({ type: 'text', text: JSON_ONLY })
    signals.add('response_format')
  }
  const thinking = thinkingOf(conversation, messages, options, signals)
  const body: JsonObject = {
    model: options.model,
    max_tokens: thinking.maxTokens,
    ...systemField(system),
    messages,
    ...toolFields(conversation),
    ...samplingFields(settings, thinking.budget !== null, signals),
    ...(thinking.budget === null ? {} : { thinking: { type: 'enabled', budget_tokens: thinking.budget } }),
    ...(settings.format?.type === 'schema'
      ? { output_config: { format: { type: 'json_schema', schema: settings.format.schema } } }
      : {}),
    ...(settings.user === null ? {} : { metadata: { user_id: settings.user } }),
    ...(conversation.stream ? { stream: true } : {}),
  }
  return { body: JSON.stringify(withoutFields(body, options.without, signals)), dropped: signals.list() }
}

const systemField = (system: readonly JsonObject[]): JsonObject => {
  const only = system.length === 1 ? system[0] : undefined
  if (system.length === 0) return {}
  const plain = only !== undefined && Object.keys(only).length === 2
  return { system: plain && typeof only['text'] === 'string' ? only['text'] : system }
}

const toolFields = (conversation: Conversation): JsonObject => {
  const { tools, settings } = conversation
  if (tools.length === 0) return {}
  const choice = settings.toolChoice
  const single = settings.parallelTools === false ? { disable_parallel_tool_use: true } : {}
  const toolChoice = (): JsonObject | null => {
    if (choice === null) return settings.parallelTools === false ? { type: 'auto', ...single } : null
    if (choice.type === 'none') return { type: 'none' }
    if (choice.type === 'tool') return { type: 'tool', name: choice.name, ...single }
    return { type: choice.type === 'required' ? 'any' : 'auto', ...single }
  }
  const written = toolChoice()
  return {
    tools: tools.map((tool) => ({
      name: tool.name,
      ...(tool.description === null ? {} : { description: tool.description }),
      input_schema: tool.schema['type'] === undefined ? { type: 'object', ...tool.schema } : tool.schema,
      ...(tool.strict === true ? { strict: true } : {}),
    })),
    ...(written === null ? {} : { tool_choice: written }),
  }
}

/** With thinking the dialect allows no temperature, no top_k and a top_p from 0.95 only. */
const samplingFields = (settings: Settings, thinks: boolean, signals: Signals): JsonObject => {
  const fields: Record<string, number | readonly string[]> = {}
  const { temperature, topP, topK } = settings
  if (temperature !== null && temperature !== 1) {
    if (thinks || temperature > 1) signals.add('temperature')
    if (!thinks) fields['temperature'] = Math.min(1, temperature)
  }
  if (topP !== null && topP !== 1) {
    if (thinks && topP < 0.95) signals.add('top_p')
    else fields['top_p'] = topP
  }
  if (topK !== null) {
    if (thinks) signals.add('top_k')
    else fields['top_k'] = topK
  }
  const stop = settings.stop.filter((sequence) => sequence.trim() !== '')
  if (stop.length < settings.stop.length) signals.add('stop')
  if (stop.length > 0) fields['stop_sequences'] = stop
  return fields
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

const thinkingOf = (
  conversation: Conversation,
  messages: readonly JsonObject[],
  options: WriteOptions,
  signals: Signals,
): { readonly budget: number | null; readonly maxTokens: number } => {
  const { settings } = conversation
  const wanted = budgetOf(settings.reasoningEffort)
  const maxTokens = settings.maxTokens ?? options.maxTokens
  if (wanted === null) {
    if (settings.reasoningEffort !== null) signals.add('reasoning_effort')
    return { budget: null, maxTokens }
  }
  const forced = settings.toolChoice?.type === 'required' || settings.toolChoice?.type === 'tool'
  const budget = settings.maxTokens === null ? wanted : Math.min(wanted, Math.floor(settings.maxTokens / 2))
  if (forced || budget < LEAST_BUDGET || lacksThinking(messages)) {
    signals.add('reasoning_effort')
    return { budget: null, maxTokens }
  }
  return { budget, maxTokens: settings.maxTokens ?? options.maxTokens + budget }
}

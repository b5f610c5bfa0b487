import type { Conversation, JsonObject, Quirks, Settings, WriteOptions, Written } from '../../domain/index.ts'
import { takesSampling } from '../body/claude.ts'
import { closedSchema } from '../body/closedSchema.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { markField, signalMark, signalMarks } from './marks.ts'
import { writeMessages } from './messages.ts'
import { thinkingOf } from './thinking.ts'
import { TOOL_ID } from './toolIds.ts'

const CARRIED: readonly (keyof Settings)[] = [
  'maxTokens',
  'temperature',
  'topP',
  'topK',
  'stop',
  'toolChoice',
  'parallelTools',
  'reasoning',
  'format',
  'user',
  'serviceTier',
  'cache',
]

const JSON_ONLY =
  'Answer with one valid JSON object and nothing else: no code fence, no text before or after it.'

/** A conversation of another dialect as a Messages body. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  settleRest(whole, 'anthropic-messages', CARRIED, signals)
  const conversation = fitConversation(whole, options.fit, signals)
  const { settings } = conversation
  const { cacheMarks } = options.quirks
  signalMarks(conversation.turns, cacheMarks, signals)
  signalMark(settings.cache, nameOf(conversation, 'cache'), cacheMarks, signals)
  const turns = resolveTools(conversation.turns, (id) => TOOL_ID.test(id))
  const thought = conversation.dialect === 'openai-chat' ? 'reasoning_content' : 'reasoning'
  const { system, messages } = writeMessages(turns, { signals, cacheMarks, thought })
  if (settings.format?.type === 'json') {
    system.push({ type: 'text', text: JSON_ONLY })
    signals.add(conversation.names.format ?? 'format')
  }
  const thinking = thinkingOf(conversation, messages, options, signals)
  const tools = toolsField(conversation, cacheMarks, signals)
  const choice = choiceField(conversation, signals)
  const body: JsonObject = {
    model: options.model,
    max_tokens: thinking.maxTokens,
    ...systemField(system),
    messages,
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice === null ? {} : { tool_choice: choice }),
    ...samplingFields(conversation, thinking.on, takesSampling(options.model), signals),
    ...(thinking.field === null ? {} : { thinking: thinking.field }),
    ...outputField(conversation, thinking.effort, signals),
    ...(settings.user === null ? {} : { metadata: { user_id: settings.user } }),
    ...tierField(conversation, signals),
    ...markField(settings.cache, cacheMarks),
    ...(conversation.stream ? { stream: true } : {}),
  }
  return {
    body: JSON.stringify(withoutFields(body, options.quirks.unsupported, signals)),
    dropped: signals.list(),
  }
}

const nameOf = ({ names }: Conversation, setting: keyof Settings): string => names[setting] ?? setting

const outputField = (conversation: Conversation, effort: string | null, signals: Signals): JsonObject => {
  const { format } = conversation.settings
  const lost = (): void => signals.add(nameOf(conversation, 'format'))
  const output = {
    ...(effort === null ? {} : { effort }),
    ...(format?.type === 'schema'
      ? { format: { type: 'json_schema', schema: closedSchema(format.schema, lost) } }
      : {}),
  }
  return Object.keys(output).length === 0 ? {} : { output_config: output }
}

/** The dialect has two tiers; what others are called elsewhere is not the same. */
const tierField = (conversation: Conversation, signals: Signals): JsonObject => {
  switch (conversation.settings.serviceTier) {
    case null:
      return {}
    case 'auto':
      return { service_tier: 'auto' }
    case 'default':
    case 'standard':
    case 'standard_only':
      return { service_tier: 'standard_only' }
    default:
      signals.add(nameOf(conversation, 'serviceTier'))
      return {}
  }
}

const systemField = (system: readonly JsonObject[]): JsonObject => {
  const only = system.length === 1 ? system[0] : undefined
  if (system.length === 0) return {}
  const plain = only !== undefined && Object.keys(only).length === 2
  return { system: plain && typeof only['text'] === 'string' ? only['text'] : system }
}

/** Tools whose input is free text become functions with one text, signalled. */
const toolsField = (
  { tools }: Conversation,
  cacheMarks: Quirks['cacheMarks'],
  signals: Signals,
): readonly JsonObject[] =>
  tools.map((tool, index) => {
    const at = `tools[${index}]`
    if (tool.custom !== undefined) signals.add(at)
    signalMark(tool.cache, `${at}.cache_control`, cacheMarks, signals)
    return {
      name: tool.name,
      ...(tool.description === null ? {} : { description: tool.description }),
      input_schema: tool.schema['type'] === undefined ? { type: 'object', ...tool.schema } : tool.schema,
      ...(tool.strict === true ? { strict: true } : {}),
      ...markField(tool.cache, cacheMarks),
    }
  })

const choiceField = (conversation: Conversation, signals: Signals): JsonObject | null => {
  const { tools, settings } = conversation
  const { toolChoice: choice, parallelTools } = settings
  if (tools.length === 0) {
    if (choice?.type === 'required' || choice?.type === 'tool')
      signals.add(nameOf(conversation, 'toolChoice'))
    return null
  }
  const single = parallelTools === false ? { disable_parallel_tool_use: true } : {}
  if (choice === null) return parallelTools === false ? { type: 'auto', ...single } : null
  if (choice.type === 'none') return { type: 'none' }
  if (choice.type === 'tool') return { type: 'tool', name: choice.name, ...single }
  return { type: choice.type === 'required' ? 'any' : 'auto', ...single }
}

/** With thinking the dialect allows no temperature, no top_k and a top_p from 0.95 only; some models take none ever. */
const samplingFields = (
  conversation: Conversation,
  thinks: boolean,
  taken: boolean,
  signals: Signals,
): JsonObject => {
  const strict = thinks || !taken
  const fields: Record<string, number | readonly string[]> = {}
  const { settings } = conversation
  const { temperature, topP, topK } = settings
  if (temperature !== null && temperature !== 1) {
    if (strict || temperature > 1) signals.add(nameOf(conversation, 'temperature'))
    if (!strict) fields['temperature'] = Math.min(1, temperature)
  }
  if (topP !== null && topP !== 1) {
    if (!taken || (thinks && topP < 0.95)) signals.add(nameOf(conversation, 'topP'))
    else fields['top_p'] = topP
  }
  if (topK !== null) {
    if (strict) signals.add(nameOf(conversation, 'topK'))
    else fields['top_k'] = topK
  }
  const stop = settings.stop.filter((sequence) => sequence.trim() !== '')
  if (stop.length < settings.stop.length) signals.add(nameOf(conversation, 'stop'))
  if (stop.length > 0) fields['stop_sequences'] = stop
  return fields
}

import type {
  Conversation,
  Dialect,
  JsonObject,
  Quirks,
  Settings,
  ToolDefinition,
  WriteOptions,
} from '../../domain/index.ts'
import { effortOf } from '../body/effort.ts'
import type { Signals } from '../body/signals.ts'
import { writeMark } from './cache.ts'

/** The dialect's own limit on stop strings. */
const MOST_STOPS = 4

/** Tools, the choice among them, and whether several may be called. */
export const toolFields = (conversation: Conversation, quirks: Quirks, signals: Signals): JsonObject => {
  const { tools, settings } = conversation
  if (tools.length === 0) return {}
  const choice = settings.toolChoice
  const chosen = choice?.type === 'tool' ? tools.find((tool) => tool.name === choice.name) : undefined
  return {
    tools: tools.map((tool, index) => toolField(tool, `tools[${index}]`, quirks, signals)),
    ...(choice === null
      ? {}
      : {
          tool_choice:
            choice.type === 'tool' ? choiceField(choice.name, isCustom(chosen, quirks)) : choice.type,
        }),
    ...(settings.parallelTools === null ? {} : { parallel_tool_calls: settings.parallelTools }),
  }
}

const isCustom = (tool: ToolDefinition | undefined, quirks: Quirks): boolean =>
  tool?.custom !== undefined && quirks.customTools === true

const choiceField = (name: string, custom: boolean): JsonObject =>
  custom ? { type: 'custom', custom: { name } } : { type: 'function', function: { name } }

const toolField = (tool: ToolDefinition, path: string, quirks: Quirks, signals: Signals): JsonObject => {
  const described = tool.description === null ? {} : { description: tool.description }
  const mark = writeMark(tool.cache, quirks, `${path}.cache_control`, signals)
  if (tool.custom !== undefined && isCustom(tool, quirks)) {
    const { format } = tool.custom
    const custom = { name: tool.name, ...described, ...(format === null ? {} : { format }) }
    return { type: 'custom', custom, ...mark }
  }
  // A function stands in for it: the model is told to give one string, and held to no grammar.
  if (tool.custom !== undefined) signals.add(`${path}.type`)
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...described,
      parameters: tool.schema,
      ...(tool.strict === null ? {} : { strict: tool.strict }),
    },
    ...mark,
  }
}

const formatField = (format: Settings['format']): JsonObject => {
  if (format === null) return {}
  if (format.type === 'json') return { response_format: { type: 'json_object' } }
  return {
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: format.name,
        ...(format.description === null ? {} : { description: format.description }),
        schema: format.schema,
        ...(format.strict === null ? {} : { strict: format.strict }),
      },
    },
  }
}

const said = (fields: Readonly<Record<string, JsonObject[string] | null>>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

/** Everything that is asked of the answer but for its tools. */
export const settingFields = (
  conversation: Conversation,
  options: WriteOptions,
  signals: Signals,
): JsonObject => {
  const { settings, names } = conversation
  if (settings.stop.length > MOST_STOPS) signals.add(names.stop ?? 'stop')
  return {
    ...said({
      [options.quirks.maxTokensField]: settings.maxTokens,
      temperature: settings.temperature,
      top_p: settings.topP,
      top_k: settings.topK,
      min_p: settings.minP,
      frequency_penalty: settings.frequencyPenalty,
      presence_penalty: settings.presencePenalty,
      seed: settings.seed,
      n: settings.count,
      logprobs: settings.logprobs === null ? null : true,
      top_logprobs: settings.logprobs === 0 ? null : settings.logprobs,
      logit_bias: settings.logitBias,
      stop: settings.stop.length === 0 ? null : settings.stop.slice(0, MOST_STOPS),
    }),
    ...reasoningFields(conversation, options.quirks, signals),
    ...formatField(settings.format),
    ...said({
      verbosity: settings.verbosity,
      service_tier: settings.serviceTier,
      user: settings.user,
      safety_identifier: settings.safetyId,
      metadata: settings.metadata,
      store: settings.store,
      prompt_cache_key: settings.cacheKey,
      prompt_cache_retention: settings.cacheRetention,
    }),
    ...writeMark(settings.cache, options.quirks, names.cache ?? 'cache_control', signals),
  }
}

/** How each dialect says whether thoughts are shown, which this one mostly cannot. */
const SHOWN: Readonly<Partial<Record<Dialect, string>>> = {
  'openai-responses': 'summary',
  'anthropic-messages': 'display',
  gemini: 'includeThoughts',
}

/** The wish as this upstream takes it. Servers with a mere switch are told on or off. */
const reasoningFields = (
  { dialect, names, settings: { reasoning: wish } }: Conversation,
  quirks: Quirks,
  signals: Signals,
): JsonObject => {
  const name = names.reasoning ?? 'reasoning'
  const effort = effortOf(wish)
  const hidden = wish?.show === false
  if (hidden && quirks.thinkingSwitch !== 'reasoning') signals.add(`${name}.${SHOWN[dialect] ?? 'exclude'}`)
  if (wish === null || (effort === null && !hidden)) return {}
  const on = effort !== 'none'
  const budget = wish.budget !== null && wish.budget > 0 ? wish.budget : null
  switch (quirks.thinkingSwitch) {
    case 'reasoning_effort':
      return effort === null ? {} : { reasoning_effort: effort }
    case 'enable_thinking':
      return effort === null
        ? {}
        : { enable_thinking: on, ...(budget === null ? {} : { thinking_budget: budget }) }
    case 'chat_template_kwargs':
      return effort === null ? {} : { chat_template_kwargs: { enable_thinking: on } }
    case 'thinking':
      return effort === null ? {} : { thinking: { type: on ? 'enabled' : 'disabled' } }
    case 'reasoning':
      return {
        reasoning: {
          ...(budget !== null ? { max_tokens: budget } : effort === null ? {} : { effort }),
          ...(hidden ? { exclude: true } : {}),
        },
      }
    case null:
      signals.add(name)
      return {}
  }
}

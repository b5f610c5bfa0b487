import type { Conversation, Json, JsonObject, Settings, WriteOptions, Written } from '../../domain/index.ts'
import { effortOf } from '../body/effort.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { inputItems } from './input.ts'

const CARRIED: readonly (keyof Settings)[] = [
  'maxTokens',
  'temperature',
  'topP',
  'logprobs',
  'toolChoice',
  'parallelTools',
  'reasoning',
  'format',
  'verbosity',
  'user',
  'safetyId',
  'metadata',
  'cacheKey',
  'cacheRetention',
]

/** Fields that mean the same only where both dialects are of one vendor. */
const CARRIED_AT_HOME: readonly (keyof Settings)[] = ['serviceTier']

/** The dialect's own bounds of a call's id. Characters. */
const LONGEST_ID = 64

/** The least that the dialect takes as the limit of an answer. Tokens. */
const LEAST_TOKENS = 16

/** A conversation of another dialect as a Responses body. Nothing is kept upstream. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  const kin = whole.dialect === 'openai-chat' ? CARRIED_AT_HOME : []
  settleRest(whole, 'openai-responses', [...CARRIED, ...kin], signals)
  const conversation = fitConversation(whole, options.fit, signals)
  const turns = resolveTools(conversation.turns, (id) => id.length > 0 && id.length <= LONGEST_ID)
  const { instructions, input } = inputItems(turns, options, signals)
  if (input.length === 0) throw untranslatable('messages', 'openai-responses', 'nothing in them has content')
  const body: JsonObject = {
    model: options.model,
    ...(instructions === null ? {} : { instructions }),
    input,
    ...toolFields(conversation, signals),
    ...samplingFields(conversation, signals),
    ...reasoningFields(conversation.settings, options),
    ...textField(conversation.settings),
    ...vendorFields(conversation),
    store: false,
    ...(conversation.stream ? { stream: true } : {}),
  }
  return {
    body: JSON.stringify(withoutFields(body, options.quirks.unsupported, signals)),
    dropped: signals.list(),
  }
}

const toolFields = (conversation: Conversation, signals: Signals): JsonObject => {
  const { tools, settings } = conversation
  if (tools.length === 0) return {}
  const choice = settings.toolChoice
  const named = choice?.type === 'tool' ? tools.find((tool) => tool.name === choice.name) : undefined
  return {
    tools: tools.map((tool, index): JsonObject => {
      if (tool.cache !== undefined) signals.add(`tools[${index}].cache_control`)
      const said = tool.description === null ? {} : { description: tool.description }
      if (tool.custom !== undefined) {
        const { format } = tool.custom
        return { type: 'custom', name: tool.name, ...said, ...(format === null ? {} : { format }) }
      }
      // Left out it would be taken as true, which no other dialect means by saying nothing.
      const strict = tool.strict ?? false
      return { type: 'function', name: tool.name, ...said, parameters: tool.schema, strict }
    }),
    ...(choice === null
      ? {}
      : {
          tool_choice:
            choice.type === 'tool'
              ? { type: named?.custom === undefined ? 'function' : 'custom', name: choice.name }
              : choice.type,
        }),
    ...(settings.parallelTools === null ? {} : { parallel_tool_calls: settings.parallelTools }),
  }
}

const samplingFields = ({ settings, names }: Conversation, signals: Signals): JsonObject => {
  const { maxTokens, temperature, topP } = settings
  if (maxTokens !== null && maxTokens < LEAST_TOKENS) signals.add(names.maxTokens ?? 'max_tokens')
  return {
    ...(maxTokens === null ? {} : { max_output_tokens: Math.max(maxTokens, LEAST_TOKENS) }),
    ...(temperature === null ? {} : { temperature }),
    ...(topP === null ? {} : { top_p: topP }),
  }
}

/** What is thought comes as a summary where thoughts are to be shown, and sealed for the next turn where the upstream can. */
const reasoningFields = (settings: Settings, options: WriteOptions): JsonObject => {
  const effort = effortOf(settings.reasoning)
  const shown = settings.reasoning?.show === true && effort !== 'none'
  const include: string[] = []
  const reasons = (effort !== null && effort !== 'none') || shown
  if (reasons && options.quirks.encryptedReasoning) include.push('reasoning.encrypted_content')
  if (settings.logprobs !== null) include.push('message.output_text.logprobs')
  return {
    ...(effort === null && !shown
      ? {}
      : {
          reasoning: {
            ...(effort === null ? {} : { effort }),
            ...(shown ? { summary: 'auto' } : {}),
          },
        }),
    ...(include.length === 0 ? {} : { include }),
    ...(settings.logprobs === null || settings.logprobs === 0 ? {} : { top_logprobs: settings.logprobs }),
  }
}

const formatOf = (format: Settings['format']): Json | null => {
  if (format === null) return null
  if (format.type === 'json') return { type: 'json_object' }
  return {
    type: 'json_schema',
    name: format.name,
    ...(format.description === null ? {} : { description: format.description }),
    schema: format.schema,
    ...(format.strict === null ? {} : { strict: format.strict }),
  }
}

const textField = ({ format, verbosity }: Settings): JsonObject => {
  const shape = formatOf(format)
  if (shape === null && verbosity === null) return {}
  return {
    text: { ...(shape === null ? {} : { format: shape }), ...(verbosity === null ? {} : { verbosity }) },
  }
}

const vendorFields = ({ settings, dialect }: Conversation): JsonObject => {
  const { user, safetyId, metadata, cacheKey, cacheRetention, serviceTier } = settings
  return {
    ...(user === null ? {} : { user }),
    ...(safetyId === null ? {} : { safety_identifier: safetyId }),
    ...(metadata === null ? {} : { metadata }),
    ...(cacheKey === null ? {} : { prompt_cache_key: cacheKey }),
    ...(cacheRetention === null ? {} : { prompt_cache_retention: cacheRetention }),
    ...(serviceTier === null || dialect !== 'openai-chat' ? {} : { service_tier: serviceTier }),
  }
}

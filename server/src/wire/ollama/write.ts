import type {
  Conversation,
  Effort,
  Json,
  JsonObject,
  Settings,
  WriteOptions,
  Written,
} from '../../domain/index.ts'
import { effortOf } from '../body/effort.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { MessageWriter } from './messages.ts'

const CARRIED: readonly (keyof Settings)[] = [
  'maxTokens',
  'temperature',
  'topP',
  'topK',
  'minP',
  'frequencyPenalty',
  'presencePenalty',
  'seed',
  'stop',
  'logprobs',
  'toolChoice',
  'parallelTools',
  'reasoning',
  'format',
]

/** A conversation of another dialect as a body for `/api/chat`. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  settleRest(whole, 'ollama', CARRIED, signals)
  const conversation = fitConversation(whole, options.fit, signals)
  const { settings } = conversation
  const turns = resolveTools(conversation.turns, () => true)
  const body: JsonObject = {
    model: options.model,
    messages: new MessageWriter(signals).write(turns),
    ...toolFields(conversation, signals),
    ...formatField(settings.format),
    ...thinkField(conversation, options.model, signals),
    ...(settings.logprobs === null ? {} : probabilities(settings.logprobs)),
    ...optionsField(settings, options.context ?? options.fit),
    stream: conversation.stream,
  }
  return {
    body: JSON.stringify(withoutFields(body, options.quirks.unsupported, signals)),
    dropped: signals.list(),
  }
}

/** The dialect has no choice of tools: "none" leaves them out, and what else is chosen is signalled. */
const toolFields = ({ tools, settings, names }: Conversation, signals: Signals): JsonObject => {
  const choice = settings.toolChoice?.type
  if (tools.length === 0 || choice === 'none') return {}
  if (choice === 'required' || choice === 'tool') signals.add(names.toolChoice ?? 'tool_choice')
  if (settings.parallelTools === false) signals.add(names.parallelTools ?? 'parallel_tool_calls')
  return {
    tools: tools.map((tool, index) => {
      if (tool.custom !== undefined) signals.add(`tools[${index}]`)
      if (tool.strict === true) signals.add(`tools[${index}].strict`)
      if (tool.cache !== undefined) signals.add(`tools[${index}].cache_control`)
      return {
        type: 'function',
        function: {
          name: tool.name,
          ...(tool.description === null ? {} : { description: tool.description }),
          parameters: tool.schema['type'] === undefined ? { type: 'object', ...tool.schema } : tool.schema,
        },
      }
    }),
  }
}

const formatField = (format: Settings['format']): JsonObject => {
  if (format === null) return {}
  return { format: format.type === 'json' ? 'json' : format.schema }
}

const probabilities = (top: number): JsonObject => ({
  logprobs: true,
  ...(top > 0 ? { top_logprobs: top } : {}),
})

/** The levels that gpt-oss is asked by; other models think or do not. */
const LEVELS: Readonly<Record<Exclude<Effort, 'none'>, string>> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'max',
}

const thinkField = ({ settings, names }: Conversation, model: string, signals: Signals): JsonObject => {
  const effort = effortOf(settings.reasoning)
  if (effort === null) return settings.reasoning?.show === true ? { think: true } : {}
  if (effort === 'none') return { think: false }
  const levelled = /gpt-oss/i.test(model)
  const exact = levelled ? LEVELS[effort] === effort : effort === 'medium'
  if (!exact || settings.reasoning?.budget != null) signals.add(names.reasoning ?? 'reasoning_effort')
  return { think: levelled ? LEVELS[effort] : true }
}

/** `num_ctx` is said where the target's context is known, for the server's own is small and it cuts in silence. */
const optionsField = (settings: Settings, context: number | null): JsonObject => {
  const all: Readonly<Record<string, Json | null>> = {
    num_predict: settings.maxTokens,
    temperature: settings.temperature,
    top_p: settings.topP,
    top_k: settings.topK,
    min_p: settings.minP,
    seed: settings.seed,
    presence_penalty: settings.presencePenalty,
    frequency_penalty: settings.frequencyPenalty,
    stop: settings.stop.length === 0 ? null : settings.stop,
    num_ctx: context,
  }
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
  return Object.keys(said).length === 0 ? {} : { options: said }
}

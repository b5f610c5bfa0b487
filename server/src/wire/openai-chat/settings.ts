import { type Conversation, type JsonObject, NO_SETTINGS, type Settings } from '../../domain/index.ts'
import { flag, isObject, number, object, positiveInteger, text, texts } from '../body/fields.ts'
import type { Rest } from '../body/rest.ts'
import { readMark } from './cache.ts'
import { toolChoiceOf } from './definitions.ts'
import { wishOf } from './wish.ts'

const NAMES: Conversation['names'] = {
  maxTokens: 'max_completion_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  seed: 'seed',
  stop: 'stop',
  count: 'n',
  logprobs: 'logprobs',
  logitBias: 'logit_bias',
  toolChoice: 'tool_choice',
  parallelTools: 'parallel_tool_calls',
  reasoning: 'reasoning_effort',
  format: 'response_format',
  verbosity: 'verbosity',
  serviceTier: 'service_tier',
  user: 'user',
  safetyId: 'safety_identifier',
  metadata: 'metadata',
  store: 'store',
  cacheKey: 'prompt_cache_key',
  cacheRetention: 'prompt_cache_retention',
  cache: 'cache_control',
}

/** What a body asks of the answer, the client's names for it, and the fields that said so. */
export interface ReadSettings {
  readonly settings: Settings
  readonly names: Conversation['names']
  readonly fields: readonly string[]
}

export const settingsOf = (json: JsonObject, rest: Rest): ReadSettings => {
  const { wish, fields } = wishOf(json, rest)
  const older = positiveInteger(json, 'max_tokens')
  const limit = positiveInteger(json, 'max_completion_tokens')
  if (limit !== null && older !== null && older !== limit) rest.add('max_tokens', older)
  const streamOptions = json['stream_options']
  if (isObject(streamOptions)) {
    rest.others(streamOptions, ['include_usage', 'include_obfuscation'], 'stream_options')
  }
  const stop = json['stop']
  const settings: Settings = {
    ...NO_SETTINGS,
    ...sampling(json, rest),
    ...household(json),
    maxTokens: limit ?? older,
    stop: typeof stop === 'string' ? [stop] : texts(json, 'stop'),
    toolChoice: toolChoiceOf(json, rest),
    parallelTools: flag(json, 'parallel_tool_calls'),
    reasoning: wish,
    format: formatOf(json, rest),
    cache: readMark(json, '', rest),
  }
  const names = {
    ...NAMES,
    ...(limit === null ? { maxTokens: 'max_tokens' } : {}),
    ...(fields[0] === undefined ? {} : { reasoning: fields[0] }),
  }
  const read = ['max_tokens', 'top_logprobs', 'reasoning_effort', ...fields]
  return { settings, names, fields: [...Object.values(NAMES), ...read] }
}

const sampling = (json: JsonObject, rest: Rest): Partial<Settings> => {
  const wanted = flag(json, 'logprobs')
  const top = number(json, 'top_logprobs')
  // Alternatives without the tokens they are to: what the vendor itself refuses.
  if (wanted !== true && top !== null) rest.add('top_logprobs', top)
  return {
    temperature: number(json, 'temperature'),
    topP: number(json, 'top_p'),
    topK: number(json, 'top_k'),
    minP: number(json, 'min_p'),
    frequencyPenalty: number(json, 'frequency_penalty'),
    presencePenalty: number(json, 'presence_penalty'),
    seed: number(json, 'seed'),
    count: positiveInteger(json, 'n'),
    logprobs: wanted === true ? (top ?? 0) : null,
    logitBias: object(json, 'logit_bias'),
  }
}

const household = (json: JsonObject): Partial<Settings> => ({
  verbosity: text(json, 'verbosity'),
  serviceTier: text(json, 'service_tier'),
  user: text(json, 'user'),
  safetyId: text(json, 'safety_identifier'),
  metadata: object(json, 'metadata'),
  store: flag(json, 'store'),
  cacheKey: text(json, 'prompt_cache_key'),
  cacheRetention: text(json, 'prompt_cache_retention'),
})

const formatOf = (json: JsonObject, rest: Rest): Settings['format'] => {
  const format = json['response_format']
  if (!isObject(format) || format['type'] === 'text') return null
  if (format['type'] === 'json_object') return { type: 'json' }
  const wanted = format['json_schema']
  if (format['type'] !== 'json_schema' || !isObject(wanted) || !isObject(wanted['schema'])) {
    rest.add('response_format', format)
    return null
  }
  rest.others(wanted, ['name', 'schema', 'strict', 'description'], 'response_format.json_schema')
  return {
    type: 'schema',
    name: text(wanted, 'name', 'response_format.json_schema.name') ?? 'answer',
    schema: wanted['schema'],
    strict: flag(wanted, 'strict', 'response_format.json_schema.strict'),
    description: text(wanted, 'description', 'response_format.json_schema.description'),
  }
}

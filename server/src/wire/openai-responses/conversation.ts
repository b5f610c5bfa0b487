import {
  type Call,
  type Conversation,
  EFFORTS,
  type Json,
  type JsonObject,
  NO_SETTINGS,
  type ReasoningWish,
  type Settings,
} from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { flag, isList, isObject, number, object, objects, positiveInteger, text } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { Rest } from '../body/rest.ts'
import { turnsOf } from './items.ts'
import { clientTools } from './toolNames.ts'
import { choiceOf, definitionsOf } from './tools.ts'

const MAPPED = [
  'model',
  'input',
  'instructions',
  'stream',
  'stream_options',
  'store',
  // Read as false or not at all.
  'background',
  'include',
  'max_output_tokens',
  'temperature',
  'top_p',
  'top_logprobs',
  'frequency_penalty',
  'presence_penalty',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'reasoning',
  'text',
  'user',
  'safety_identifier',
  'metadata',
  'service_tier',
  'prompt_cache_key',
  'prompt_cache_retention',
] as const

const NAMES: Conversation['names'] = {
  maxTokens: 'max_output_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  logprobs: 'top_logprobs',
  toolChoice: 'tool_choice',
  parallelTools: 'parallel_tool_calls',
  reasoning: 'reasoning',
  format: 'text.format',
  verbosity: 'text.verbosity',
  serviceTier: 'service_tier',
  user: 'user',
  safetyId: 'safety_identifier',
  metadata: 'metadata',
  cacheKey: 'prompt_cache_key',
  cacheRetention: 'prompt_cache_retention',
}

/** A Responses call in no dialect: the instructions first, then its items, those of one answer in one turn. */
export const conversation = (call: Call): Conversation => {
  const rest = new Rest()
  const json = exactJson(call)
  rest.others(json, MAPPED, '')
  const tools = clientTools(json)
  const { choice, offered } = choiceOf(json, tools, rest)
  return {
    dialect: 'openai-responses',
    turns: turnsOf(json, tools, rest),
    tools: definitionsOf(json, offered, rest),
    settings: { ...settingsOf(json, rest), toolChoice: choice },
    names: NAMES,
    stream: call.stream,
    rest: rest.fields(),
  }
}

const wishOf = (json: JsonObject, rest: Rest): ReasoningWish | null => {
  const reasoning = object(json, 'reasoning')
  if (reasoning === null) return null
  rest.others(reasoning, ['effort', 'summary', 'generate_summary', 'max_tokens'], 'reasoning')
  const said = text(reasoning, 'effort', 'reasoning.effort')
  const effort = EFFORTS.find((one) => one === said) ?? null
  if (effort === null && said !== null) rest.add('reasoning.effort', said)
  const summary = stringAt(reasoning, 'summary') ?? stringAt(reasoning, 'generate_summary')
  const budget = number(reasoning, 'max_tokens', 'reasoning.max_tokens')
  if (effort === null && budget === null && summary === null) return null
  return { effort, budget, show: summary === null ? null : summary !== 'none' }
}

const formatOf = (said: JsonObject, rest: Rest): Settings['format'] => {
  const format = object(said, 'format', 'text.format')
  if (format === null || format['type'] === 'text') return null
  if (format['type'] === 'json_object') return { type: 'json' }
  const schema = format['schema']
  if (format['type'] !== 'json_schema' || !isObject(schema)) {
    rest.add('text.format', format)
    return null
  }
  rest.others(format, ['type', 'name', 'schema', 'strict', 'description'], 'text.format')
  return {
    type: 'schema',
    name: text(format, 'name', 'text.format.name') ?? 'answer',
    schema,
    strict: flag(format, 'strict', 'text.format.strict'),
    description: text(format, 'description', 'text.format.description'),
  }
}

/** Includes that ask for what is given in any case, or for what no other dialect's answer could hold anyway. */
const logprobsOf = (json: JsonObject, rest: Rest): number | null => {
  const include: readonly Json[] = isList(json['include']) ? json['include'] : []
  const wanted = include.includes('message.output_text.logprobs')
  const others = include.filter(
    (one) => one !== 'message.output_text.logprobs' && one !== 'reasoning.encrypted_content',
  )
  if (others.length > 0) rest.add('include', others)
  const top = number(json, 'top_logprobs')
  if (wanted) return top ?? 0
  if (top !== 0) rest.add('top_logprobs', top)
  return null
}

const settingsOf = (json: JsonObject, rest: Rest): Settings => {
  const said = object(json, 'text') ?? {}
  rest.others(said, ['format', 'verbosity'], 'text')
  const options = object(json, 'stream_options')
  if (options !== null) rest.others(options, ['include_obfuscation'], 'stream_options')
  return {
    ...NO_SETTINGS,
    maxTokens: positiveInteger(json, 'max_output_tokens'),
    temperature: number(json, 'temperature'),
    topP: number(json, 'top_p'),
    frequencyPenalty: number(json, 'frequency_penalty'),
    presencePenalty: number(json, 'presence_penalty'),
    logprobs: logprobsOf(json, rest),
    parallelTools: objects(json, 'tools').length === 0 ? null : flag(json, 'parallel_tool_calls'),
    reasoning: wishOf(json, rest),
    format: formatOf(said, rest),
    verbosity: text(said, 'verbosity', 'text.verbosity'),
    serviceTier: text(json, 'service_tier'),
    user: text(json, 'user'),
    safetyId: text(json, 'safety_identifier'),
    metadata: object(json, 'metadata'),
    cacheKey: text(json, 'prompt_cache_key'),
    cacheRetention: text(json, 'prompt_cache_retention'),
  }
}

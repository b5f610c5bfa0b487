import {
  type Conversation,
  EFFORTS,
  type Json,
  type JsonObject,
  NO_SETTINGS,
  type ReasoningWish,
  type Settings,
  type ToolChoice,
  type ToolDefinition,
} from '../../domain/index.ts'
import { flag, isObject, number, positiveInteger, texts } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'
import { jsonSchema } from './schema.ts'
import { camel, many, message, type Placed } from './spelling.ts'
import { CLIENT_TOOLS, VENDOR_TOOLS } from './vendorTools.ts'

const CONFIG = 'generationConfig'
const CALLING = 'toolConfig.functionCallingConfig'

/** Where each setting stands in this dialect. */
export const NAMES: Conversation['names'] = {
  maxTokens: `${CONFIG}.maxOutputTokens`,
  temperature: `${CONFIG}.temperature`,
  topP: `${CONFIG}.topP`,
  topK: `${CONFIG}.topK`,
  frequencyPenalty: `${CONFIG}.frequencyPenalty`,
  presencePenalty: `${CONFIG}.presencePenalty`,
  seed: `${CONFIG}.seed`,
  stop: `${CONFIG}.stopSequences`,
  logprobs: `${CONFIG}.responseLogprobs`,
  toolChoice: CALLING,
  reasoning: `${CONFIG}.thinkingConfig`,
  format: `${CONFIG}.responseJsonSchema`,
  metadata: 'labels',
}

const MAPPED = [
  'maxOutputTokens',
  'temperature',
  'topP',
  'topK',
  'frequencyPenalty',
  'presencePenalty',
  'seed',
  'stopSequences',
  'responseLogprobs',
  'logprobs',
  'thinkingConfig',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
] as const

const declaration = ({ json, at }: Placed, rest: Rest): ToolDefinition => {
  const declared = camel(json, at)
  rest.others(declared, ['name', 'description', 'parameters', 'parametersJsonSchema'], at)
  const { parameters: own, parametersJsonSchema: plain } = declared
  const schema = isObject(plain) ? plain : isObject(own) ? jsonSchema(own) : null
  return {
    name: stringAt(declared, 'name') ?? '',
    description: stringAt(declared, 'description'),
    schema: schema ?? { type: 'object', properties: {} },
    strict: null,
  }
}

/** Functions as tools; a tool that the vendor runs is left to the table. */
export const toolsOf = (json: JsonObject, rest: Rest): readonly ToolDefinition[] =>
  many(json['tools'], 'tools').flatMap(({ json: raw, at }) => {
    const tool = camel(raw, at)
    rest.others(tool, ['functionDeclarations'], at)
    // What a tool of another name reaches for is not known.
    const known = ['functionDeclarations', ...VENDOR_TOOLS, ...CLIENT_TOOLS]
    const strange = Object.keys(tool).some((name) => !known.includes(name))
    if (strange) rest.add(at, raw)
    return many(tool['functionDeclarations'], `${at}.functionDeclarations`).map((one) =>
      declaration(one, rest),
    )
  })

const choiceOf = (json: JsonObject, tools: readonly ToolDefinition[], rest: Rest): ToolChoice | null => {
  const config = message(json, 'toolConfig', 'toolConfig') ?? {}
  rest.others(config, ['functionCallingConfig'], 'toolConfig')
  const calling = message(config, 'functionCallingConfig', CALLING)
  if (calling === null) return null
  rest.others(calling, ['mode', 'allowedFunctionNames'], CALLING)
  const allowed = texts(calling, 'allowedFunctionNames', `${CALLING}.allowedFunctionNames`)
  switch (calling['mode']) {
    case undefined:
    case null:
    case 'MODE_UNSPECIFIED':
      return null
    case 'AUTO':
      rest.add(`${CALLING}.allowedFunctionNames`, allowed.length === 0 ? null : allowed)
      return { type: 'auto' }
    case 'NONE':
      return { type: 'none' }
    case 'ANY': {
      const [only] = allowed
      if (allowed.length === 1 && only !== undefined) return { type: 'tool', name: only }
      if (allowed.length > 0 && tools.some((tool) => !allowed.includes(tool.name))) {
        rest.add(`${CALLING}.allowedFunctionNames`, allowed)
      }
      return { type: 'required' }
    }
    default:
      rest.add(`${CALLING}.mode`, calling['mode'])
      rest.add(`${CALLING}.allowedFunctionNames`, allowed.length === 0 ? null : allowed)
      return { type: 'auto' }
  }
}

const wishOf = (config: JsonObject, rest: Rest): ReasoningWish | null => {
  const at = `${CONFIG}.thinkingConfig`
  const thinking = message(config, 'thinkingConfig', at)
  if (thinking === null) return null
  rest.others(thinking, ['thinkingBudget', 'thinkingLevel', 'includeThoughts'], at)
  const show = flag(thinking, 'includeThoughts', `${at}.includeThoughts`)
  const tokens = number(thinking, 'thinkingBudget', `${at}.thinkingBudget`)
  const level = stringAt(thinking, 'thinkingLevel')?.toLowerCase() ?? null
  const effort = EFFORTS.find((one) => one === level) ?? null
  if (level !== null && effort === null && level !== 'thinking_level_unspecified') {
    rest.add(`${at}.thinkingLevel`, level)
  }
  // -1 leaves it to the model, which is what saying nothing does elsewhere.
  const budget = tokens !== null && tokens >= 0 ? tokens : null
  if (effort === null && budget === null && show === null) return null
  return budget === 0 ? { effort: effort ?? 'none', budget: null, show } : { effort, budget, show }
}

const formatOf = (config: JsonObject, rest: Rest): Settings['format'] => {
  const mime = config['responseMimeType']
  const { responseJsonSchema: plain, responseSchema: own } = config
  if (mime !== undefined && mime !== null && mime !== 'application/json' && mime !== 'text/plain') {
    rest.add(`${CONFIG}.responseMimeType`, mime)
    rest.add(`${CONFIG}.responseSchema`, own)
    return null
  }
  const schema = isObject(plain) ? plain : isObject(own) ? jsonSchema(own) : null
  // Strictness elsewhere is a demand on the schema itself, which this dialect does not make.
  if (schema !== null) return { type: 'schema', name: 'answer', schema, strict: null, description: null }
  return mime === 'application/json' ? { type: 'json' } : null
}

const logprobsOf = (config: JsonObject): number | null =>
  config['responseLogprobs'] === true ? (number(config, 'logprobs', `${CONFIG}.logprobs`) ?? 0) : null

/** What the dialect's own words for it became; `labels` of a call are its metadata. */
export const settingsOf = (json: JsonObject, tools: readonly ToolDefinition[], rest: Rest): Settings => {
  const config = message(json, CONFIG, CONFIG) ?? {}
  rest.others(config, MAPPED, CONFIG)
  const named = (name: string): number | null => number(config, name, `${CONFIG}.${name}`)
  const labels: Json | undefined = json['labels']
  return {
    ...NO_SETTINGS,
    maxTokens: positiveInteger(config, 'maxOutputTokens', `${CONFIG}.maxOutputTokens`),
    temperature: named('temperature'),
    topP: named('topP'),
    topK: named('topK'),
    frequencyPenalty: named('frequencyPenalty'),
    presencePenalty: named('presencePenalty'),
    seed: named('seed'),
    stop: texts(config, 'stopSequences', `${CONFIG}.stopSequences`),
    logprobs: logprobsOf(config),
    toolChoice: choiceOf(json, tools, rest),
    reasoning: wishOf(config, rest),
    format: formatOf(config, rest),
    metadata: isObject(labels) && Object.keys(labels).length > 0 ? labels : null,
  }
}

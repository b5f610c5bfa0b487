import type {
  Conversation,
  Effort,
  JsonObject,
  Settings,
  ToolDefinition,
  WriteOptions,
  Written,
} from '../../domain/index.ts'
import { budgetOf } from '../body/effort.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { writeContents } from './contents.ts'
import { openApiSchema } from './schema.ts'
import { demandsSignatures } from './signatures.ts'

const CARRIED: readonly (keyof Settings)[] = [
  'maxTokens',
  'temperature',
  'topP',
  'topK',
  'frequencyPenalty',
  'presencePenalty',
  'seed',
  'stop',
  'logprobs',
  'toolChoice',
  'reasoning',
  'format',
]

/** The dialect's own limit on stop strings. */
const MOST_STOPS = 5

/** The largest budget that every thinking model of the second generation takes. Tokens. */
const MOST_BUDGET = 24_576

/** A conversation of another dialect as a generateContent body; the model and whether to stream stand in the path. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  settleRest(whole, 'gemini', carriedOf(whole.settings), signals)
  const conversation = fitConversation(whole, options.fit, signals)
  const turns = resolveTools(conversation.turns, () => true)
  const signed = demandsSignatures(options.model)
  const { system, contents } = writeContents(turns, { signed, signals })
  if (contents.length === 0) {
    throw untranslatable('messages', 'gemini', 'nothing in them but system turns has content')
  }
  const config = withoutFields(configOf(conversation, options, signals), options.quirks.unsupported, signals)
  const body: JsonObject = {
    contents,
    ...(system.length === 0 ? {} : { systemInstruction: { parts: system } }),
    ...toolFields(conversation, options, signals),
    ...(Object.keys(config).length === 0 ? {} : { generationConfig: config }),
  }
  return {
    body: JSON.stringify(withoutFields(body, options.quirks.unsupported, signals)),
    dropped: signals.list(),
  }
}

/** Several calls in one turn are what the dialect does; only the wish for one at a time is not carried. */
const carriedOf = ({ parallelTools, count }: Settings): readonly (keyof Settings)[] => [
  ...CARRIED,
  ...(parallelTools === true ? (['parallelTools'] as const) : []),
  ...(count === 1 ? (['count'] as const) : []),
]

const declarationOf = (
  tool: ToolDefinition,
  at: string,
  options: WriteOptions,
  signals: Signals,
): JsonObject => {
  if (tool.cache !== undefined) signals.add(`${at}.cache_control`)
  if (tool.strict === true) signals.add(`${at}.strict`)
  if (tool.custom !== undefined) signals.add(`${at}.custom`)
  const plain = options.quirks.unsupported.includes('parametersJsonSchema')
  const schema = plain
    ? openApiSchema(tool.schema, (keyword) => signals.add(`${at}.parameters.${keyword}`))
    : tool.schema
  const empty = plain && Object.keys(asObject(schema['properties'])).length === 0
  return {
    name: tool.name,
    ...(tool.description === null ? {} : { description: tool.description }),
    ...(empty ? {} : { [plain ? 'parameters' : 'parametersJsonSchema']: schema }),
  }
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

const callingOf = (choice: Settings['toolChoice']): JsonObject | null => {
  switch (choice?.type) {
    case undefined:
      return null
    case 'auto':
      return { mode: 'AUTO' }
    case 'none':
      return { mode: 'NONE' }
    case 'required':
      return { mode: 'ANY' }
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] }
  }
}

const toolFields = (conversation: Conversation, options: WriteOptions, signals: Signals): JsonObject => {
  const { tools, settings } = conversation
  if (tools.length === 0) return {}
  const calling = callingOf(settings.toolChoice)
  return {
    tools: [
      {
        functionDeclarations: tools.map((tool, index) =>
          declarationOf(tool, `tools[${index}]`, options, signals),
        ),
      },
    ],
    ...(calling === null ? {} : { toolConfig: { functionCallingConfig: calling } }),
  }
}

const formatFields = (
  format: Settings['format'],
  at: string,
  options: WriteOptions,
  signals: Signals,
): JsonObject => {
  if (format === null) return {}
  const responseMimeType = 'application/json'
  if (format.type === 'json') return { responseMimeType }
  if (format.description !== null) signals.add(`${at}.description`)
  return options.quirks.unsupported.includes('responseJsonSchema')
    ? {
        responseMimeType,
        responseSchema: openApiSchema(format.schema, (keyword) => signals.add(`${at}.${keyword}`)),
      }
    : { responseMimeType, responseJsonSchema: format.schema }
}

const configOf = (conversation: Conversation, options: WriteOptions, signals: Signals): JsonObject => {
  const { settings, names } = conversation
  if (settings.stop.length > MOST_STOPS) signals.add(names.stop ?? 'stop')
  const said: Readonly<Record<string, number | null>> = {
    maxOutputTokens: settings.maxTokens,
    temperature: settings.temperature,
    topP: settings.topP,
    topK: settings.topK,
    frequencyPenalty: settings.frequencyPenalty,
    presencePenalty: settings.presencePenalty,
    seed: settings.seed,
  }
  const thinking = thinkingOf(conversation, options, signals)
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
    ...(settings.stop.length === 0 ? {} : { stopSequences: settings.stop.slice(0, MOST_STOPS) }),
    ...(settings.logprobs === null ? {} : { responseLogprobs: true }),
    ...(settings.logprobs === null || settings.logprobs === 0 ? {} : { logprobs: settings.logprobs }),
    ...formatFields(settings.format, names.format ?? 'format', options, signals),
    ...(thinking === null ? {} : { thinkingConfig: thinking }),
  }
}

const LEVELS: Readonly<Record<Effort, string>> = {
  none: 'MINIMAL',
  minimal: 'MINIMAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'HIGH',
  max: 'HIGH',
}

/** The third generation takes levels, the second a number of tokens, where 0 is none at all. */
const thinkingOf = (
  conversation: Conversation,
  options: WriteOptions,
  signals: Signals,
): JsonObject | null => {
  const { settings, names } = conversation
  const wish = settings.reasoning
  if (wish === null) return null
  const { effort, budget, show } = wish
  const silent = effort === 'none' || (effort === null && budget === null)
  const shown = show ?? !silent
  const thoughts = show === null && silent ? {} : { includeThoughts: shown }
  if (budget !== null && effort === null) return { thinkingBudget: budget, ...thoughts }
  if (effort === null) return Object.keys(thoughts).length === 0 ? null : thoughts
  const name = names.reasoning ?? 'reasoning'
  if (demandsSignatures(options.model)) {
    if (effort !== LEVELS[effort].toLowerCase()) signals.add(name)
    return { thinkingLevel: LEVELS[effort], ...thoughts }
  }
  if (effort === 'none') return { thinkingBudget: 0, ...thoughts }
  const tokens = budget ?? budgetOf({ ...wish, budget: null }) ?? 512
  if (tokens > MOST_BUDGET && budget === null) signals.add(name)
  return { thinkingBudget: budget ?? Math.min(tokens, MOST_BUDGET), ...thoughts }
}

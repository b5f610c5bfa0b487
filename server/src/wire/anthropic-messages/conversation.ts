import {
  type Call,
  type Conversation,
  EFFORTS,
  type Json,
  type JsonObject,
  NO_SETTINGS,
  type ReasoningWish,
  type Settings,
  type ToolChoice,
  type ToolDefinition,
  type Turn,
} from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { flag, invalid, isObject, number, objects, positiveInteger, text, texts } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { Rest } from '../body/rest.ts'
import { contentBlocks } from './blocks.ts'
import { cacheOf } from './documents.ts'

const MAPPED = [
  'model',
  'messages',
  'system',
  'stream',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'service_tier',
  'cache_control',
] as const

const NAMES: Conversation['names'] = {
  maxTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stop: 'stop_sequences',
  toolChoice: 'tool_choice',
  parallelTools: 'tool_choice.disable_parallel_tool_use',
  reasoning: 'thinking',
  format: 'output_config.format',
  user: 'metadata.user_id',
  serviceTier: 'service_tier',
  cache: 'cache_control',
}

/** Where this client said what the dialect lets it say in more than one place. */
const namesOf = (json: JsonObject): Conversation['names'] => ({
  ...NAMES,
  ...(isSaid(json['thinking']) ? {} : { reasoning: 'output_config.effort' }),
  ...(isSaid(json['output_format']) ? { format: 'output_format' } : {}),
})

const isSaid = (value: Json | undefined): boolean => value !== undefined && value !== null

/** A Messages call in no dialect: the system prompt first, then one turn for each message. */
export const conversation = (call: Call): Conversation => {
  const rest = new Rest()
  const json = exactJson(call)
  rest.others(json, MAPPED, '')
  const system = contentBlocks(json['system'], 'system', rest)
  const turns = inOneTurn(
    objects(json, 'messages').map((message, index) => turnOf(message, `messages[${index}]`, rest)),
  )
  return {
    dialect: 'anthropic-messages',
    turns: system.length === 0 ? turns : [{ role: 'system', at: 'system', blocks: system }, ...turns],
    tools: toolsOf(json, rest),
    settings: settingsOf(json, rest),
    names: namesOf(json),
    stream: call.stream,
    rest: rest.fields(),
  }
}

/** The vendor takes messages of one role in a row as one; calls in both are one turn’s, for their results come after both. */
const inOneTurn = (turns: readonly Turn[]): readonly Turn[] => {
  const out: Turn[] = []
  for (const turn of turns) {
    const last = out.at(-1)
    const calls = last?.role === 'assistant' && last.blocks.some((block) => block.type === 'tool-call')
    if (last === undefined || !calls || turn.role !== 'assistant') out.push(turn)
    else out[out.length - 1] = { ...last, blocks: [...last.blocks, ...turn.blocks] }
  }
  return out
}

const turnOf = (message: JsonObject, at: string, rest: Rest): Turn => {
  const role = message['role']
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    throw invalid(`${at}.role`, 'must be user, assistant or system')
  }
  rest.others(message, ['role', 'content'], at)
  return { role, at, blocks: contentBlocks(message['content'], `${at}.content`, rest) }
}

const toolsOf = (json: JsonObject, rest: Rest): readonly ToolDefinition[] =>
  objects(json, 'tools').flatMap((tool, index) => {
    const name = stringAt(tool, 'name')
    const type = tool['type']
    const custom = type === undefined || type === null || type === 'custom'
    const schema = tool['input_schema']
    if (!custom || name === null || !isObject(schema)) {
      rest.add(`tools[${index}]`, tool)
      return []
    }
    const at = `tools[${index}]`
    rest.others(tool, ['type', 'name', 'description', 'input_schema', 'strict', 'cache_control'], at)
    return [
      {
        name,
        description: text(tool, 'description', `${at}.description`),
        schema,
        strict: flag(tool, 'strict', `${at}.strict`),
        ...cacheOf(tool, at, rest),
      },
    ]
  })

const toolChoiceOf = (json: JsonObject, rest: Rest): ToolChoice | null => {
  const choice = json['tool_choice']
  if (!isObject(choice)) return null
  rest.others(choice, ['type', 'name', 'disable_parallel_tool_use'], 'tool_choice')
  switch (choice['type']) {
    case 'auto':
    case 'none':
      return { type: choice['type'] }
    case 'any':
      return { type: 'required' }
    case 'tool': {
      const name = stringAt(choice, 'name')
      if (name !== null) return { type: 'tool', name }
      break
    }
    default:
  }
  rest.add('tool_choice', choice)
  return null
}

/** Whether thoughts are to be shown, where the client says so. */
const showOf = (thinking: JsonObject, rest: Rest): boolean | null => {
  const { display } = thinking
  if (display === 'summarized' || display === 'updates') return true
  if (display === 'omitted') return false
  rest.add('thinking.display', display)
  return null
}

const wishOf = (json: JsonObject, rest: Rest): ReasoningWish | null => {
  const config = isObject(json['output_config']) ? json['output_config'] : {}
  const thinking = isObject(json['thinking']) ? json['thinking'] : {}
  rest.others(thinking, ['type', 'budget_tokens', 'display'], 'thinking')
  const budget = number(thinking, 'budget_tokens', 'thinking.budget_tokens')
  const show = showOf(thinking, rest)
  const said = config['effort']
  const effort = EFFORTS.find((one) => one === said) ?? null
  if (effort === null && said !== undefined) rest.add('output_config.effort', said)
  switch (thinking['type']) {
    case 'enabled':
      return { effort, budget, show: show ?? true }
    case 'disabled':
      return { effort: effort ?? 'none', budget: null, show: null }
    // Thinking where the model sees fit is what leaving it out says elsewhere.
    case 'adaptive':
    case undefined:
      break
    default:
      rest.add('thinking.type', thinking['type'])
  }
  return effort === null && show === null ? null : { effort, budget: null, show }
}

/** In the words that the other dialects have for it. */
const tierOf = (json: JsonObject, rest: Rest): string | null => {
  const tier = json['service_tier']
  if (tier === 'auto') return 'auto'
  if (tier === 'standard_only') return 'default'
  rest.add('service_tier', tier)
  return null
}

const formatOf = (json: JsonObject, rest: Rest): Settings['format'] => {
  const config = isObject(json['output_config']) ? json['output_config'] : {}
  rest.others(config, ['effort', 'format'], 'output_config')
  const newer = config['format']
  const format = newer ?? json['output_format']
  if (!isObject(format)) return null
  const name = isSaid(newer) ? 'output_config.format' : 'output_format'
  if (format['type'] !== 'json_schema' || !isObject(format['schema'])) {
    rest.add(name, format)
    return null
  }
  rest.others(format, ['type', 'schema'], name)
  return { type: 'schema', name: 'answer', schema: format['schema'], strict: true, description: null }
}

const settingsOf = (json: JsonObject, rest: Rest): Settings => {
  const choice = json['tool_choice']
  const single = isObject(choice)
    ? flag(choice, 'disable_parallel_tool_use', 'tool_choice.disable_parallel_tool_use')
    : null
  const metadata = isObject(json['metadata']) ? json['metadata'] : {}
  rest.others(metadata, ['user_id'], 'metadata')
  return {
    ...NO_SETTINGS,
    maxTokens: positiveInteger(json, 'max_tokens'),
    temperature: number(json, 'temperature'),
    topP: number(json, 'top_p'),
    topK: number(json, 'top_k'),
    stop: texts(json, 'stop_sequences'),
    toolChoice: toolChoiceOf(json, rest),
    parallelTools: single === null ? null : !single,
    reasoning: wishOf(json, rest),
    format: formatOf(json, rest),
    user: text(metadata, 'user_id', 'metadata.user_id'),
    serviceTier: tierOf(json, rest),
    cache: cacheOf(json, '', rest).cache ?? null,
  }
}

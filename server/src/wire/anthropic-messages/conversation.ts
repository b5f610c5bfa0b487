import type {
  Call,
  Conversation,
  JsonObject,
  Settings,
  ToolChoice,
  ToolDefinition,
  Turn,
} from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { flag, isObject, number, objects, positiveInteger, text, texts } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { Rest } from '../body/rest.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { contentBlocks } from './blocks.ts'
import { effortOfBudget } from './effort.ts'

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
] as const

/** A Messages call in no dialect: the system prompt first, then one turn for each message. */
export const conversation = (call: Call): Conversation => {
  const rest = new Rest()
  const json = exactJson(call)
  rest.others(json, MAPPED, '')
  const system = contentBlocks(json['system'], 'system', rest)
  const turns = objects(json, 'messages').map((message, index) => turnOf(message, `messages[${index}]`, rest))
  return {
    dialect: 'anthropic-messages',
    turns: system.length === 0 ? turns : [{ role: 'system', at: 'system', blocks: system }, ...turns],
    tools: toolsOf(json, rest),
    settings: settingsOf(json, rest),
    stream: call.stream,
    rest: rest.fields(),
  }
}

const turnOf = (message: JsonObject, at: string, rest: Rest): Turn => {
  const role = message['role']
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    throw untranslatable(`${at}.role`, 'openai-chat', 'the role is not one of user, assistant and system')
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
    rest.others(tool, ['type', 'name', 'description', 'input_schema', 'strict'], `tools[${index}]`)
    return [
      {
        name,
        description: text(tool, 'description', `tools[${index}].description`),
        schema,
        strict: flag(tool, 'strict', `tools[${index}].strict`),
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

const effortOf = (json: JsonObject, rest: Rest): Settings['reasoningEffort'] => {
  const config = isObject(json['output_config']) ? json['output_config'] : {}
  const thinking = isObject(json['thinking']) ? json['thinking'] : {}
  rest.others(thinking, ['type', 'budget_tokens'], 'thinking')
  const effort = config['effort']
  switch (effort) {
    case 'low':
    case 'medium':
    case 'high':
      return effort
    case undefined:
    case null:
      break
    default:
      rest.add('output_config.effort', effort)
      if (effort === 'xhigh' || effort === 'max') return 'high'
  }
  switch (thinking['type']) {
    case 'enabled':
      return effortOfBudget(number(thinking, 'budget_tokens', 'thinking.budget_tokens') ?? 0)
    // Thinking where the model sees fit, and none at all, are what leaving the effort out says elsewhere.
    case 'adaptive':
    case 'disabled':
    case undefined:
      return null
    default:
      rest.add('thinking', json['thinking'])
      return null
  }
}

const formatOf = (json: JsonObject, rest: Rest): Settings['format'] => {
  const config = isObject(json['output_config']) ? json['output_config'] : {}
  rest.others(config, ['effort', 'format'], 'output_config')
  const format = config['format'] ?? json['output_format']
  if (!isObject(format)) return null
  if (format['type'] !== 'json_schema' || !isObject(format['schema'])) {
    rest.add('output_config.format', format)
    return null
  }
  return { type: 'schema', name: 'answer', schema: format['schema'], strict: true }
}

const settingsOf = (json: JsonObject, rest: Rest): Settings => {
  const choice = json['tool_choice']
  const single = isObject(choice)
    ? flag(choice, 'disable_parallel_tool_use', 'tool_choice.disable_parallel_tool_use')
    : null
  const metadata = isObject(json['metadata']) ? json['metadata'] : {}
  rest.others(metadata, ['user_id'], 'metadata')
  return {
    maxTokens: positiveInteger(json, 'max_tokens'),
    temperature: number(json, 'temperature'),
    topP: number(json, 'top_p'),
    topK: number(json, 'top_k'),
    stop: texts(json, 'stop_sequences'),
    toolChoice: toolChoiceOf(json, rest),
    parallelTools: single === null ? null : !single,
    reasoningEffort: effortOf(json, rest),
    format: formatOf(json, rest),
    user: text(metadata, 'user_id', 'metadata.user_id'),
  }
}

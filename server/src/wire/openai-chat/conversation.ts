import type {
  Block,
  Call,
  Conversation,
  Json,
  JsonObject,
  Settings,
  ToolChoice,
  ToolDefinition,
  Turn,
} from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { flag, isList, isObject, number, objects, positiveInteger, text, texts } from '../body/fields.ts'
import { Rest } from '../body/rest.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { partBlock } from './parts.ts'
import { reasoningBlocks } from './reasoning.ts'

const MAPPED = [
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'reasoning_effort',
  'response_format',
  'user',
] as const

/** A Chat Completions call in no dialect: one turn for each message, in place. */
export const conversation = (call: Call): Conversation => {
  const rest = new Rest()
  const json = exactJson(call)
  rest.others(json, MAPPED, '')
  const turns = objects(json, 'messages').map((message, index) => turnOf(message, `messages[${index}]`, rest))
  const tools = toolsOf(json, rest)
  const settings = settingsOf(json, rest)
  return { dialect: 'openai-chat', turns, tools, settings, stream: call.stream, rest: rest.fields() }
}

const native = (raw: Json): { readonly dialect: 'openai-chat'; readonly raw: Json } => ({
  dialect: 'openai-chat',
  raw,
})

const contentBlocks = (message: JsonObject, at: string, rest: Rest): Block[] => {
  const content = message['content']
  if (typeof content === 'string') {
    return content === ''
      ? []
      : [{ type: 'text', text: content, native: native({ type: 'text', text: content }) }]
  }
  if (!isList(content)) return []
  return content.flatMap((part, index) =>
    isObject(part) ? [partBlock(part, `${at}.content[${index}]`, rest)] : [],
  )
}

const turnOf = (message: JsonObject, at: string, rest: Rest): Turn => {
  const role = message['role']
  switch (role) {
    case 'system':
    case 'developer':
      rest.others(message, ['role', 'content'], at)
      return { role: 'system', at, blocks: contentBlocks(message, at, rest) }
    case 'user':
      rest.others(message, ['role', 'content'], at)
      return { role: 'user', at, blocks: contentBlocks(message, at, rest) }
    case 'assistant':
      return { role: 'assistant', at, blocks: assistantBlocks(message, at, rest) }
    case 'tool': {
      rest.others(message, ['role', 'content', 'tool_call_id'], at)
      const content = contentBlocks(message, at, rest)
      const id = text(message, 'tool_call_id', `${at}.tool_call_id`) ?? ''
      return {
        role: 'user',
        at,
        blocks: [{ type: 'tool-result', id, content, failed: false, native: native(message) }],
      }
    }
    default:
      throw untranslatable(
        `${at}.role`,
        'anthropic-messages',
        'the role is not one of system, developer, user, assistant and tool',
      )
  }
}

const ASSISTANT = [
  'role',
  'content',
  'tool_calls',
  'refusal',
  'reasoning_content',
  'reasoning',
  'reasoning_details',
]

const assistantBlocks = (message: JsonObject, at: string, rest: Rest): readonly Block[] => {
  rest.others(message, ASSISTANT, at)
  const blocks: Block[] = [...reasoningBlocks(message), ...contentBlocks(message, at, rest)]
  const refusal = text(message, 'refusal', `${at}.refusal`)
  if (refusal !== null && refusal !== '') {
    blocks.push({ type: 'refusal', text: refusal, native: native({ type: 'refusal', refusal }) })
  }
  objects(message, 'tool_calls', `${at}.tool_calls`).forEach((call, index) => {
    const place = `${at}.tool_calls[${index}]`
    const called = call['function']
    if (!isObject(called)) {
      blocks.push({ type: 'opaque', label: 'a call of a custom tool', native: native(call) })
      return
    }
    rest.others(call, ['id', 'type', 'function', 'index'], place)
    blocks.push({
      type: 'tool-call',
      id: text(call, 'id', `${place}.id`) ?? '',
      name: text(called, 'name', `${place}.function.name`) ?? '',
      input: text(called, 'arguments', `${place}.function.arguments`) ?? '',
      native: native(call),
    })
  })
  return blocks
}

const toolsOf = (json: JsonObject, rest: Rest): readonly ToolDefinition[] =>
  objects(json, 'tools').flatMap((tool, index) => {
    const definition = tool['function']
    const name = isObject(definition) ? definition['name'] : undefined
    if (!isObject(definition) || typeof name !== 'string') {
      rest.add(`tools[${index}]`, tool)
      return []
    }
    rest.others(tool, ['type', 'function'], `tools[${index}]`)
    rest.others(definition, ['name', 'description', 'parameters', 'strict'], `tools[${index}].function`)
    const schema = definition['parameters']
    return [
      {
        name,
        description: text(definition, 'description', `tools[${index}].function.description`),
        schema: isObject(schema) ? schema : { type: 'object', properties: {} },
        strict: flag(definition, 'strict', `tools[${index}].function.strict`),
      },
    ]
  })

const toolChoiceOf = (json: JsonObject, rest: Rest): ToolChoice | null => {
  const choice = json['tool_choice']
  if (choice === undefined || choice === null) return null
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice }
  const named = isObject(choice) && choice['type'] === 'function' ? choice['function'] : undefined
  if (isObject(named) && typeof named['name'] === 'string') return { type: 'tool', name: named['name'] }
  rest.add('tool_choice', choice)
  return null
}

const formatOf = (json: JsonObject, rest: Rest): Settings['format'] => {
  const format = json['response_format']
  if (!isObject(format) || format['type'] === 'text') return null
  if (format['type'] === 'json_object') return { type: 'json' }
  const wanted = format['json_schema']
  if (format['type'] !== 'json_schema' || !isObject(wanted) || !isObject(wanted['schema'])) {
    rest.add('response_format', format)
    return null
  }
  rest.others(wanted, ['name', 'schema', 'strict'], 'response_format.json_schema')
  return {
    type: 'schema',
    name: text(wanted, 'name', 'response_format.json_schema.name') ?? 'answer',
    schema: wanted['schema'],
    strict: flag(wanted, 'strict', 'response_format.json_schema.strict'),
  }
}

const effortOf = (json: JsonObject, rest: Rest): Settings['reasoningEffort'] => {
  const effort = json['reasoning_effort']
  switch (effort) {
    case undefined:
    case null:
    case 'none':
      return null
    case 'minimal':
    case 'low':
    case 'medium':
    case 'high':
      return effort
    default:
      rest.add('reasoning_effort', effort)
      return effort === 'xhigh' || effort === 'max' ? 'high' : null
  }
}

const settingsOf = (json: JsonObject, rest: Rest): Settings => {
  const stop = json['stop']
  const older = positiveInteger(json, 'max_tokens')
  const limit = positiveInteger(json, 'max_completion_tokens')
  if (limit !== null && older !== null && older !== limit) rest.add('max_tokens', older)
  const streamOptions = json['stream_options']
  if (isObject(streamOptions)) {
    rest.others(streamOptions, ['include_usage', 'include_obfuscation'], 'stream_options')
  }
  return {
    maxTokens: limit ?? older,
    temperature: number(json, 'temperature'),
    topP: number(json, 'top_p'),
    topK: number(json, 'top_k'),
    stop: typeof stop === 'string' ? [stop] : texts(json, 'stop'),
    toolChoice: toolChoiceOf(json, rest),
    parallelTools: flag(json, 'parallel_tool_calls'),
    reasoningEffort: effortOf(json, rest),
    format: formatOf(json, rest),
    user: text(json, 'user'),
  }
}

import {
  type Block,
  type Call,
  type Conversation,
  EFFORTS,
  type Json,
  type JsonObject,
  NO_SETTINGS,
  type ReasoningWish,
  type Settings,
  type ToolDefinition,
  type Turn,
} from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { flag, isObject, number, objects, text, texts } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { Rest } from '../body/rest.ts'
import { imageMime } from './images.ts'
import { ToolPairs } from './pairs.ts'
import { isGenerate } from './shape.ts'

const SHARED = ['model', 'stream', 'options', 'format', 'think', 'logprobs', 'top_logprobs'] as const
const OF_CHAT = [...SHARED, 'messages', 'tools']
const OF_GENERATE = [...SHARED, 'prompt', 'system', 'images']

const NAMES: Conversation['names'] = {
  maxTokens: 'options.num_predict',
  temperature: 'options.temperature',
  topP: 'options.top_p',
  topK: 'options.top_k',
  minP: 'options.min_p',
  seed: 'options.seed',
  stop: 'options.stop',
  presencePenalty: 'options.presence_penalty',
  frequencyPenalty: 'options.frequency_penalty',
  reasoning: 'think',
  format: 'format',
  logprobs: 'logprobs',
}

/** A chat, or a generation as a chat of one prompt, in no dialect. */
export const conversation = (call: Call): Conversation => {
  const rest = new Rest()
  const json = exactJson(call)
  const single = isGenerate(json)
  rest.others(json, single ? OF_GENERATE : OF_CHAT, '')
  const pairs = new ToolPairs()
  return {
    dialect: 'ollama',
    turns: single
      ? promptTurns(json)
      : objects(json, 'messages').map((message, index) => turnOf(message, index, pairs, rest)),
    tools: single ? [] : toolsOf(json, rest),
    settings: settingsOf(json, rest),
    names: NAMES,
    stream: call.stream,
    rest: rest.fields(),
  }
}

const native = (raw: Json): { readonly dialect: 'ollama'; readonly raw: Json } => ({ dialect: 'ollama', raw })

const textBlocks = (said: string | null): readonly Block[] =>
  said === null || said === '' ? [] : [{ type: 'text', text: said, native: native({ content: said }) }]

const imageBlocks = (json: JsonObject, path: string): readonly Block[] =>
  texts(json, 'images', path).map((data) => ({
    type: 'media',
    media: 'image',
    mime: imageMime(data),
    data,
    url: null,
    name: null,
    native: native({ images: [data] }),
  }))

const promptTurns = (json: JsonObject): readonly Turn[] => {
  const system = textBlocks(text(json, 'system'))
  const blocks = [...textBlocks(text(json, 'prompt')), ...imageBlocks(json, 'images')]
  return [
    ...(system.length === 0 ? [] : [{ role: 'system' as const, at: 'system', blocks: system }]),
    { role: 'user', at: 'prompt', blocks },
  ]
}

const turnOf = (message: JsonObject, index: number, pairs: ToolPairs, rest: Rest): Turn => {
  const at = `messages[${index}]`
  const content = [...textBlocks(stringAt(message, 'content')), ...imageBlocks(message, `${at}.images`)]
  switch (message['role']) {
    case 'system':
      rest.others(message, ['role', 'content', 'images'], at)
      return { role: 'system', at, blocks: content }
    case 'assistant':
      pairs.turn()
      rest.others(message, ['role', 'content', 'images', 'thinking', 'tool_calls'], at)
      return {
        role: 'assistant',
        at,
        blocks: [...thoughtOf(message), ...content, ...callsOf(message, at, index, pairs, rest)],
      }
    case 'tool': {
      rest.others(message, ['role', 'content', 'images', 'tool_name', 'tool_call_id'], at)
      const name = stringAt(message, 'tool_name')
      const id = pairs.answered(stringAt(message, 'tool_call_id'), name, index)
      const named = name === null || name === '' ? {} : { name }
      const block: Block = {
        type: 'tool-result',
        id,
        ...named,
        content,
        failed: false,
        native: native(message),
      }
      return { role: 'user', at, blocks: [block] }
    }
    default:
      rest.others(message, ['role', 'content', 'images'], at)
      return { role: 'user', at, blocks: content }
  }
}

const thoughtOf = (message: JsonObject): readonly Block[] => {
  const thinking = stringAt(message, 'thinking')
  if (thinking === null || thinking === '') return []
  return [{ type: 'reasoning', text: thinking, signature: null, native: native({ thinking }) }]
}

const callsOf = (
  message: JsonObject,
  at: string,
  turn: number,
  pairs: ToolPairs,
  rest: Rest,
): readonly Block[] =>
  objects(message, 'tool_calls', `${at}.tool_calls`).map((call, index) => {
    const place = `${at}.tool_calls[${index}]`
    const called = isObject(call['function']) ? call['function'] : {}
    rest.others(call, ['id', 'type', 'function'], place)
    rest.others(called, ['index', 'name', 'arguments'], `${place}.function`)
    const name = stringAt(called, 'name') ?? ''
    return {
      type: 'tool-call',
      id: pairs.called(stringAt(call, 'id'), name, turn, index),
      name,
      input: JSON.stringify(called['arguments'] ?? {}),
      native: native(call),
    }
  })

const toolsOf = (json: JsonObject, rest: Rest): readonly ToolDefinition[] =>
  objects(json, 'tools').flatMap((tool, index) => {
    const definition = tool['function']
    const name = isObject(definition) ? definition['name'] : undefined
    if (!isObject(definition) || typeof name !== 'string') {
      rest.add(`tools[${index}]`, tool)
      return []
    }
    rest.others(tool, ['type', 'function'], `tools[${index}]`)
    rest.others(definition, ['name', 'description', 'parameters'], `tools[${index}].function`)
    const schema = definition['parameters']
    return [
      {
        name,
        description: text(definition, 'description', `tools[${index}].function.description`),
        schema: isObject(schema) ? schema : { type: 'object', properties: {} },
        strict: null,
      },
    ]
  })

/** True asks for thinking as such, which the others name by a level. */
const wishOf = (json: JsonObject, rest: Rest): ReasoningWish | null => {
  const think = json['think']
  if (think === undefined || think === null || think === '') return null
  if (think === true) return { effort: 'medium', budget: null, show: true }
  if (think === false) return { effort: 'none', budget: null, show: false }
  const effort = EFFORTS.find((one) => one === think)
  if (effort !== undefined) return { effort, budget: null, show: true }
  rest.add('think', think)
  return null
}

const formatOf = (json: JsonObject): Settings['format'] => {
  const { format } = json
  if (format === 'json') return { type: 'json' }
  if (!isObject(format)) return null
  return { type: 'schema', name: 'answer', schema: format, strict: null, description: null }
}

const OPTIONS = [
  'num_predict',
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'seed',
  'stop',
  'presence_penalty',
  'frequency_penalty',
]

/** A limit below zero is none; zero is no limit that another dialect has. */
const limitOf = (options: JsonObject, rest: Rest): number | null => {
  const limit = number(options, 'num_predict', 'options.num_predict')
  if (limit === null || limit < 0) return null
  if (limit > 0) return Math.ceil(limit)
  rest.add('options.num_predict', limit)
  return null
}

const settingsOf = (json: JsonObject, rest: Rest): Settings => {
  const options = isObject(json['options']) ? json['options'] : {}
  rest.others(options, OPTIONS, 'options')
  const stop = options['stop']
  const probable = flag(json, 'logprobs')
  const top = number(json, 'top_logprobs')
  if (probable !== true && top !== null) rest.add('top_logprobs', top)
  return {
    ...NO_SETTINGS,
    maxTokens: limitOf(options, rest),
    temperature: number(options, 'temperature', 'options.temperature'),
    topP: number(options, 'top_p', 'options.top_p'),
    topK: number(options, 'top_k', 'options.top_k'),
    minP: number(options, 'min_p', 'options.min_p'),
    seed: number(options, 'seed', 'options.seed'),
    presencePenalty: number(options, 'presence_penalty', 'options.presence_penalty'),
    frequencyPenalty: number(options, 'frequency_penalty', 'options.frequency_penalty'),
    stop: typeof stop === 'string' ? [stop] : texts(options, 'stop', 'options.stop'),
    logprobs: probable === true ? (top ?? 0) : null,
    reasoning: wishOf(json, rest),
    format: formatOf(json),
  }
}

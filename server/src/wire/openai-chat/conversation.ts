import type { Block, Call, Conversation, JsonObject, Turn } from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { isList, isObject, objects, text } from '../body/fields.ts'
import { Rest } from '../body/rest.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { readMark } from './cache.ts'
import { toolDefinitions } from './definitions.ts'
import { native, partBlock } from './parts.ts'
import { callSignature, reasoningBlocks } from './reasoning.ts'
import { settingsOf } from './settings.ts'

const MAPPED = ['model', 'messages', 'stream', 'stream_options', 'tools'] as const

/** A Chat Completions call in no dialect: one turn for each message, in place. */
export const conversation = (call: Call): Conversation => {
  const rest = new Rest()
  const json = exactJson(call)
  const { settings, names, fields } = settingsOf(json, rest)
  rest.others(json, [...MAPPED, ...fields], '')
  return {
    dialect: 'openai-chat',
    turns: objects(json, 'messages').map((message, index) => turnOf(message, `messages[${index}]`, rest)),
    tools: toolDefinitions(json, rest),
    settings,
    names,
    stream: call.stream,
    rest: rest.fields(),
  }
}

const contentBlocks = (message: JsonObject, at: string, rest: Rest): readonly Block[] => {
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

/** A mark on a message stands behind its last block. */
const marked = (blocks: readonly Block[], message: JsonObject, at: string, rest: Rest): readonly Block[] => {
  const cache = readMark(message, at, rest)
  const last = blocks.at(-1)
  if (cache === null) return blocks
  if (last !== undefined) return [...blocks.slice(0, -1), { ...last, cache }]
  rest.add(`${at}.cache_control`, message['cache_control'])
  return blocks
}

const PLAIN = ['role', 'content', 'cache_control']

const turnOf = (message: JsonObject, at: string, rest: Rest): Turn => {
  const role = message['role']
  switch (role) {
    case 'system':
    case 'developer':
    case 'user': {
      rest.others(message, PLAIN, at)
      const blocks = marked(contentBlocks(message, at, rest), message, at, rest)
      return { role: role === 'user' ? 'user' : 'system', at, blocks }
    }
    case 'assistant':
      return { role, at, blocks: marked(assistantBlocks(message, at, rest), message, at, rest) }
    case 'tool':
      rest.others(message, [...PLAIN, 'tool_call_id', 'name'], at)
      return { role: 'user', at, blocks: marked([resultBlock(message, at, rest)], message, at, rest) }
    default:
      throw untranslatable(
        `${at}.role`,
        'anthropic-messages',
        'the role is not one of system, developer, user, assistant and tool',
      )
  }
}

/** A mark behind the last part of a result stands behind the result. */
const resultBlock = (message: JsonObject, at: string, rest: Rest): Block => {
  const parts = contentBlocks(message, at, rest)
  const last = parts.at(-1)
  const content = last?.cache === undefined ? parts : [...parts.slice(0, -1), withoutMark(last)]
  const name = text(message, 'name', `${at}.name`)
  return {
    type: 'tool-result',
    id: text(message, 'tool_call_id', `${at}.tool_call_id`) ?? '',
    ...(name === null || name === '' ? {} : { name }),
    content,
    failed: false,
    ...(last?.cache === undefined ? {} : { cache: last.cache }),
    native: native(message),
  }
}

const withoutMark = (block: Block): Block => {
  const { cache: _, ...bare } = block
  return bare
}

const ASSISTANT = [
  ...PLAIN,
  'tool_calls',
  'refusal',
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'extra_content',
]

const assistantBlocks = (message: JsonObject, at: string, rest: Rest): readonly Block[] => {
  rest.others(message, ASSISTANT, at)
  const blocks: Block[] = [...reasoningBlocks(message)]
  const signature = callSignature(message)
  if (signature === null) rest.add(`${at}.extra_content`, message['extra_content'])
  else {
    const raw = { text: '', thoughtSignature: signature }
    blocks.push({ type: 'reasoning', text: '', signature, native: { dialect: 'gemini', raw } })
  }
  blocks.push(...contentBlocks(message, at, rest))
  const refusal = text(message, 'refusal', `${at}.refusal`)
  if (refusal !== null && refusal !== '') {
    blocks.push({ type: 'refusal', text: refusal, native: native({ type: 'refusal', refusal }) })
  }
  objects(message, 'tool_calls', `${at}.tool_calls`).forEach((call, index) => {
    blocks.push(callBlock(call, `${at}.tool_calls[${index}]`, rest))
  })
  return blocks
}

const CALL = ['id', 'type', 'function', 'custom', 'index', 'cache_control', 'extra_content']

const callBlock = (call: JsonObject, place: string, rest: Rest): Block => {
  const { function: called, custom } = call
  const known = isObject(called) ? called : isObject(custom) ? custom : null
  if (known === null) {
    return { type: 'opaque', label: 'a call of a tool of an unknown type', native: native(call) }
  }
  rest.others(call, CALL, place)
  const signature = callSignature(call)
  if (signature === null) rest.add(`${place}.extra_content`, call['extra_content'])
  const cache = readMark(call, place, rest)
  const member = known === called ? 'function' : 'custom'
  const input = member === 'function' ? 'arguments' : 'input'
  rest.others(known, ['name', input], `${place}.${member}`)
  return {
    type: 'tool-call',
    id: text(call, 'id', `${place}.id`) ?? '',
    name: text(known, 'name', `${place}.${member}.name`) ?? '',
    input: text(known, input, `${place}.${member}.${input}`) ?? '',
    ...(member === 'custom' ? { custom: true } : {}),
    ...(signature === null ? {} : { signature }),
    ...(cache === null ? {} : { cache }),
    native: native(call),
  }
}

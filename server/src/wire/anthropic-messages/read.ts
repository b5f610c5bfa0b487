import {
  type Arrival,
  type Call,
  CausewayError,
  type Json,
  type JsonObject,
  type ReadLimits,
} from '../../domain/index.ts'
import { callOf } from '../body/call.ts'
import {
  flag,
  invalid,
  isList,
  isObject,
  list,
  number,
  object,
  objects,
  positiveInteger,
  requiredText,
  text,
  texts,
} from '../body/fields.ts'
import { MediaFinder, stringAt } from '../body/media.ts'
import { openBody } from '../body/open.ts'

/** Bytes of a Messages or count_tokens request to a Call. Field names: the vendor's published SDK types. */
export const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { json } = opened
  const model = requiredText(json, 'model')
  const maxTokens = positiveInteger(json, 'max_tokens')
  if (maxTokens === null && arrival.operation !== 'count') throw invalid('max_tokens', 'is missing')
  checkSettings(json)
  const media = new MediaFinder()
  checkContent(json, 'system', 'system', media)
  messagesOf(json, limits).forEach((message, index) => {
    requiredText(message, 'role', `messages[${index}].role`)
    checkContent(message, 'content', `messages[${index}].content`, media)
  })
  const config = object(json, 'output_config')
  return callOf(
    arrival,
    opened,
    {
      dialect: 'anthropic-messages',
      model,
      stream: flag(json, 'stream') ?? false,
      wantsUsage: true,
      tools: objects(json, 'tools').length > 0,
      structured: isObject(config?.['format']) || isObject(json['output_format']),
      outputTokens: maxTokens ?? 0,
      headers: ['anthropic-version', 'anthropic-beta'],
    },
    media,
  )
}

const messagesOf = (json: JsonObject, limits: ReadLimits): readonly JsonObject[] => {
  const items = list(json, 'messages')
  if (items === null) throw invalid('messages', 'is missing')
  if (items.length === 0) throw invalid('messages', 'must not be empty')
  if (items.length > limits.messages) {
    throw new CausewayError(
      'too_many_messages',
      `There are ${items.length} messages; at most ${limits.messages} are taken.`,
      { field: 'messages' },
    )
  }
  return objects(json, 'messages')
}

const checkSettings = (json: JsonObject): void => {
  for (const name of ['temperature', 'top_p']) number(json, name)
  positiveInteger(json, 'top_k')
  texts(json, 'stop_sequences')
  const choice = object(json, 'tool_choice')
  if (choice !== null) {
    requiredText(choice, 'type', 'tool_choice.type')
    flag(choice, 'disable_parallel_tool_use', 'tool_choice.disable_parallel_tool_use')
  }
  const thinking = object(json, 'thinking')
  if (thinking !== null) positiveInteger(thinking, 'budget_tokens', 'thinking.budget_tokens')
  const metadata = object(json, 'metadata')
  if (metadata !== null) text(metadata, 'user_id', 'metadata.user_id')
  objects(json, 'tools').forEach((tool, index) => {
    text(tool, 'name', `tools[${index}].name`)
    object(tool, 'input_schema', `tools[${index}].input_schema`)
  })
}

const checkContent = (holder: JsonObject, name: string, path: string, media: MediaFinder): void => {
  const content = holder[name]
  if (content === undefined && name === 'system') return
  if (content === undefined || content === null || typeof content === 'string') return
  if (!isList(content)) throw invalid(path, 'must be a string or an array')
  content.forEach((block, index) => {
    checkBlock(block, `${path}[${index}]`, media)
  })
}

const checkBlock = (block: Json, path: string, media: MediaFinder): void => {
  if (!isObject(block)) throw invalid(path, 'must be an object')
  switch (requiredText(block, 'type', `${path}.type`)) {
    case 'text':
      text(block, 'text', `${path}.text`)
      return
    case 'tool_use':
      requiredText(block, 'id', `${path}.id`)
      requiredText(block, 'name', `${path}.name`)
      object(block, 'input', `${path}.input`)
      return
    case 'tool_result':
      requiredText(block, 'tool_use_id', `${path}.tool_use_id`)
      flag(block, 'is_error', `${path}.is_error`)
      checkContent(block, 'content', `${path}.content`, media)
      return
    case 'image':
      findSource(block, path, 'image', media)
      return
    case 'document':
      findSource(block, path, 'file', media)
      return
    case 'container_upload':
      media.stored(`${path}.file_id`, 'file')
      return
    default:
      findInside(block['content'], `${path}.content`, media)
  }
}

/** Results of tools that the vendor runs nest documents; what is found there is media all the same. */
const findInside = (content: Json | undefined, path: string, media: MediaFinder): void => {
  if (isList(content)) {
    content.forEach((item, index) => {
      findInside(item, `${path}[${index}]`, media)
    })
    return
  }
  if (!isObject(content)) return
  if (content['type'] === 'image') findSource(content, path, 'image', media)
  else if (content['type'] === 'document') findSource(content, path, 'file', media)
  else findInside(content['content'], `${path}.content`, media)
}

const findSource = (block: JsonObject, path: string, type: 'image' | 'file', media: MediaFinder): void => {
  const source = object(block, 'source', `${path}.source`)
  if (source === null) throw invalid(`${path}.source`, 'is missing')
  const at = `${path}.source`
  switch (requiredText(source, 'type', `${at}.type`)) {
    case 'base64':
      media.inline(
        `${at}.data`,
        type,
        requiredText(source, 'data', `${at}.data`),
        stringAt(source, 'media_type'),
      )
      return
    case 'url':
      media.url(`${at}.url`, type, requiredText(source, 'url', `${at}.url`))
      return
    case 'text':
      text(source, 'data', `${at}.data`)
      return
    case 'content':
      checkContent(source, 'content', `${at}.content`, media)
      return
    default:
      media.stored(stringAt(source, 'file_id') === null ? at : `${at}.file_id`, type)
  }
}

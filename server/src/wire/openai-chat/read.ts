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

/** Bytes of a Chat Completions request to a Call. Field names: the vendor's published OpenAPI description. */
export const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { json } = opened
  const model = requiredText(json, 'model')
  checkSettings(json)
  const media = new MediaFinder()
  messagesOf(json, limits).forEach((message, index) => {
    checkMessage(message, `messages[${index}]`, media)
  })
  const stream = flag(json, 'stream') ?? false
  const streamOptions = object(json, 'stream_options')
  const includeUsage =
    streamOptions === null ? null : flag(streamOptions, 'include_usage', 'stream_options.include_usage')
  const format = object(json, 'response_format')
  return callOf(
    arrival,
    opened,
    {
      dialect: 'openai-chat',
      model,
      stream,
      wantsUsage: !stream || includeUsage === true,
      tools: objects(json, 'tools').length > 0 || objects(json, 'functions').length > 0,
      structured: format !== null && format['type'] !== 'text',
      outputTokens:
        positiveInteger(json, 'max_completion_tokens') ?? positiveInteger(json, 'max_tokens') ?? 0,
      headers: [],
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
  for (const name of ['max_tokens', 'max_completion_tokens', 'n']) positiveInteger(json, name)
  for (const name of [
    'temperature',
    'top_p',
    'frequency_penalty',
    'presence_penalty',
    'top_logprobs',
    'seed',
  ])
    number(json, name)
  for (const name of ['logprobs', 'parallel_tool_calls', 'store']) flag(json, name)
  for (const name of ['reasoning_effort', 'user']) text(json, name)
  const stop = json['stop']
  if (stop !== undefined && stop !== null && typeof stop !== 'string') texts(json, 'stop')
  objects(json, 'tools').forEach((tool, index) => {
    const definition = object(tool, 'function', `tools[${index}].function`)
    if (definition !== null) {
      requiredText(definition, 'name', `tools[${index}].function.name`)
      object(definition, 'parameters', `tools[${index}].function.parameters`)
    }
    const custom = object(tool, 'custom', `tools[${index}].custom`)
    if (custom !== null) requiredText(custom, 'name', `tools[${index}].custom.name`)
  })
}

const checkMessage = (message: JsonObject, path: string, media: MediaFinder): void => {
  requiredText(message, 'role', `${path}.role`)
  const content = message['content']
  if (isList(content)) {
    content.forEach((part, index) => {
      checkPart(part, `${path}.content[${index}]`, media)
    })
  } else if (content !== undefined && content !== null && typeof content !== 'string') {
    throw invalid(`${path}.content`, 'must be a string or an array')
  }
  text(message, 'tool_call_id', `${path}.tool_call_id`)
  objects(message, 'tool_calls', `${path}.tool_calls`).forEach((call, index) => {
    const at = `${path}.tool_calls[${index}]`
    text(call, 'id', `${at}.id`)
    const called = object(call, 'function', `${at}.function`)
    if (called !== null) {
      requiredText(called, 'name', `${at}.function.name`)
      text(called, 'arguments', `${at}.function.arguments`)
    }
    const custom = object(call, 'custom', `${at}.custom`)
    if (custom === null) return
    requiredText(custom, 'name', `${at}.custom.name`)
    text(custom, 'input', `${at}.custom.input`)
  })
}

const checkPart = (part: Json, path: string, media: MediaFinder): void => {
  if (!isObject(part)) throw invalid(path, 'must be an object')
  switch (requiredText(part, 'type', `${path}.type`)) {
    case 'text':
      text(part, 'text', `${path}.text`)
      return
    case 'image_url':
      findUrl(part, 'image_url', path, 'image', media)
      return
    case 'video_url':
      findUrl(part, 'video_url', path, 'file', media)
      return
    case 'audio_url':
      findUrl(part, 'audio_url', path, 'audio', media)
      return
    case 'input_audio': {
      const audio = object(part, 'input_audio', `${path}.input_audio`)
      if (audio === null) throw invalid(`${path}.input_audio`, 'is missing')
      const data = requiredText(audio, 'data', `${path}.input_audio.data`)
      const format = text(audio, 'format', `${path}.input_audio.format`)
      media.inline(`${path}.input_audio.data`, 'audio', data, format === null ? null : `audio/${format}`)
      return
    }
    case 'file':
      findFile(part, path, media)
      return
    default:
  }
}

const findUrl = (
  part: JsonObject,
  name: 'image_url' | 'video_url' | 'audio_url',
  path: string,
  type: 'image' | 'audio' | 'file',
  media: MediaFinder,
): void => {
  const direct = stringAt(part, name)
  if (direct !== null) {
    media.url(`${path}.${name}`, type, direct)
    return
  }
  const holder = object(part, name, `${path}.${name}`)
  if (holder === null) throw invalid(`${path}.${name}`, 'is missing')
  media.url(`${path}.${name}.url`, type, requiredText(holder, 'url', `${path}.${name}.url`))
}

const findFile = (part: JsonObject, path: string, media: MediaFinder): void => {
  const file = object(part, 'file', `${path}.file`)
  if (file === null) throw invalid(`${path}.file`, 'is missing')
  const data = text(file, 'file_data', `${path}.file.file_data`)
  const id = text(file, 'file_id', `${path}.file.file_id`)
  text(file, 'filename', `${path}.file.filename`)
  if (data === null && id === null) throw invalid(`${path}.file`, 'has neither file_data nor file_id')
  if (data !== null) {
    if (data.startsWith('data:')) media.url(`${path}.file.file_data`, 'file', data)
    else media.inline(`${path}.file.file_data`, 'file', data, null)
  }
  if (id !== null) media.stored(`${path}.file.file_id`, 'file')
}

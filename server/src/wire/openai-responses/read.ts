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

/**
 * Bytes of a Responses request to a Call. What the gateway keeps itself is gone from it: the items of earlier
 * answers stand in `input`. Field names: the vendor's published OpenAPI description and that of Open Responses.
 */
export const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { json } = opened
  const model = requiredText(json, 'model')
  checkSettings(json)
  checkTools(json)
  const media = new MediaFinder()
  checkInput(json, limits, media)
  const format = object(object(json, 'text') ?? {}, 'format', 'text.format')
  return callOf(
    arrival,
    opened,
    {
      dialect: 'openai-responses',
      model,
      stream: flag(json, 'stream') ?? false,
      // The dialect always reports usage.
      wantsUsage: true,
      tools: objects(json, 'tools').length > 0,
      structured: format !== null && format['type'] !== 'text',
      outputTokens: positiveInteger(json, 'max_output_tokens') ?? 0,
      headers: [],
    },
    media,
  )
}

const checkSettings = (json: JsonObject): void => {
  positiveInteger(json, 'max_output_tokens')
  positiveInteger(json, 'max_tool_calls')
  for (const name of ['temperature', 'top_p', 'top_logprobs', 'frequency_penalty', 'presence_penalty'])
    number(json, name)
  for (const name of ['parallel_tool_calls', 'store', 'stream']) flag(json, name)
  for (const name of ['instructions', 'user', 'safety_identifier', 'prompt_cache_key', 'truncation'])
    text(json, name)
  text(json, 'service_tier')
  texts(json, 'include')
  for (const name of ['metadata', 'stream_options', 'prompt']) object(json, name)
  const reasoning = object(json, 'reasoning')
  if (reasoning !== null) {
    text(reasoning, 'effort', 'reasoning.effort')
    text(reasoning, 'summary', 'reasoning.summary')
  }
  if (flag(json, 'background') === true) {
    throw invalid('background', 'cannot be true: answers are given while the client waits')
  }
  if (text(json, 'previous_response_id') !== null) {
    throw invalid('previous_response_id', 'names an answer that is not kept here')
  }
  const choice = json['tool_choice']
  if (choice !== undefined && choice !== null && typeof choice !== 'string' && !isObject(choice)) {
    throw invalid('tool_choice', 'must be a string or an object')
  }
}

const checkTools = (json: JsonObject, path = 'tools'): void => {
  objects(json, 'tools', path).forEach((tool, index) => {
    const at = `${path}[${index}]`
    const type = requiredText(tool, 'type', `${at}.type`)
    if (type === 'function' || type === 'custom') requiredText(tool, 'name', `${at}.name`)
    if (type === 'function') {
      object(tool, 'parameters', `${at}.parameters`)
      flag(tool, 'strict', `${at}.strict`)
    }
    if (type !== 'namespace') return
    requiredText(tool, 'name', `${at}.name`)
    checkTools(tool, `${at}.tools`)
  })
}

const checkInput = (json: JsonObject, limits: ReadLimits, media: MediaFinder): void => {
  const input = json['input']
  if (input === undefined || input === null) {
    // A stored prompt or a conversation of the vendor's may hold all that is to be said.
    if (isSaid(json['prompt']) || isSaid(json['conversation'])) return
    throw invalid('input', 'is missing')
  }
  if (typeof input === 'string') {
    if (input === '') throw invalid('input', 'must not be empty')
    return
  }
  if (!isList(input)) throw invalid('input', 'must be a string or an array')
  if (input.length === 0) throw invalid('input', 'must not be empty')
  if (input.length > limits.messages) {
    throw new CausewayError(
      'too_many_messages',
      `There are ${input.length} items; at most ${limits.messages} are taken.`,
      { field: 'input' },
    )
  }
  objects(json, 'input').forEach((item, index) => {
    checkItem(item, `input[${index}]`, media)
  })
}

const isSaid = (value: Json | undefined): boolean => value !== undefined && value !== null

const checkItem = (item: JsonObject, path: string, media: MediaFinder): void => {
  const type = text(item, 'type', `${path}.type`) ?? (item['role'] === undefined ? null : 'message')
  switch (type) {
    case null:
      // The vendor takes a bare id for a reference.
      requiredText(item, 'id', `${path}.id`)
      return
    case 'message':
      requiredText(item, 'role', `${path}.role`)
      checkContent(item, 'content', path, media)
      return
    case 'function_call':
    case 'custom_tool_call':
      requiredText(item, 'call_id', `${path}.call_id`)
      requiredText(item, 'name', `${path}.name`)
      text(item, type === 'function_call' ? 'arguments' : 'input', `${path}.arguments`)
      return
    case 'function_call_output':
    case 'custom_tool_call_output':
      requiredText(item, 'call_id', `${path}.call_id`)
      checkContent(item, 'output', path, media)
      return
    case 'reasoning':
      list(item, 'summary', `${path}.summary`)
      list(item, 'content', `${path}.content`)
      text(item, 'encrypted_content', `${path}.encrypted_content`)
      return
    default:
      findOthers(item, type, path, media)
  }
}

const checkContent = (
  item: JsonObject,
  name: 'content' | 'output',
  path: string,
  media: MediaFinder,
): void => {
  const content = item[name]
  const at = `${path}.${name}`
  if (content === undefined || content === null || typeof content === 'string') return
  if (!isList(content)) throw invalid(at, 'must be a string or an array')
  content.forEach((part, index) => {
    checkPart(part, `${at}[${index}]`, media)
  })
}

const checkPart = (part: Json, path: string, media: MediaFinder): void => {
  if (!isObject(part)) throw invalid(path, 'must be an object')
  switch (requiredText(part, 'type', `${path}.type`)) {
    case 'input_text':
    case 'output_text':
    case 'text':
      text(part, 'text', `${path}.text`)
      return
    case 'refusal':
      text(part, 'refusal', `${path}.refusal`)
      return
    case 'input_image':
    case 'computer_screenshot':
      checkImage(part, path, media)
      return
    case 'input_file':
      checkFile(part, path, media)
      return
    case 'input_video': {
      const url = text(part, 'video_url', `${path}.video_url`)
      if (url !== null) media.url(`${path}.video_url`, 'file', url)
      return
    }
    case 'input_audio': {
      const audio = object(part, 'input_audio', `${path}.input_audio`)
      if (audio === null) throw invalid(`${path}.input_audio`, 'is missing')
      const data = requiredText(audio, 'data', `${path}.input_audio.data`)
      const format = text(audio, 'format', `${path}.input_audio.format`)
      media.inline(`${path}.input_audio.data`, 'audio', data, format === null ? null : `audio/${format}`)
      return
    }
    default:
  }
}

const checkImage = (part: JsonObject, path: string, media: MediaFinder): void => {
  // Some clients spell it as Chat Completions does.
  const holder = isObject(part['image_url']) ? part['image_url'] : null
  const url =
    holder === null
      ? text(part, 'image_url', `${path}.image_url`)
      : text(holder, 'url', `${path}.image_url.url`)
  const id = text(part, 'file_id', `${path}.file_id`)
  if (url === null && id === null) throw invalid(path, 'has neither image_url nor file_id')
  if (url !== null) media.url(holder === null ? `${path}.image_url` : `${path}.image_url.url`, 'image', url)
  if (id !== null) media.stored(`${path}.file_id`, 'image')
}

const checkFile = (part: JsonObject, path: string, media: MediaFinder): void => {
  const data = text(part, 'file_data', `${path}.file_data`)
  const url = text(part, 'file_url', `${path}.file_url`)
  const id = text(part, 'file_id', `${path}.file_id`)
  text(part, 'filename', `${path}.filename`)
  if (data === null && url === null && id === null) {
    throw invalid(path, 'has none of file_data, file_url and file_id')
  }
  if (data !== null) {
    if (data.startsWith('data:')) media.url(`${path}.file_data`, 'file', data)
    else media.inline(`${path}.file_data`, 'file', data, null)
  }
  if (url !== null) media.url(`${path}.file_url`, 'file', url)
  if (id !== null) media.stored(`${path}.file_id`, 'file')
}

/** Media in what the vendor's own tools gave; all else in such items is text and read as such. */
const findOthers = (item: JsonObject, type: string, path: string, media: MediaFinder): void => {
  if (type === 'image_generation_call') {
    const data = text(item, 'result', `${path}.result`)
    const format = stringAt(item, 'output_format')
    if (data !== null && data !== '') {
      media.inline(`${path}.result`, 'image', data, format === null ? null : `image/${format}`)
    }
  }
  const output = item['output']
  if (type === 'computer_call_output' && isObject(output)) {
    checkPart({ type: 'computer_screenshot', ...output }, `${path}.output`, media)
  }
  if (type !== 'code_interpreter_call') return
  objects(item, 'outputs', `${path}.outputs`).forEach((entry, index) => {
    const url = entry['type'] === 'image' ? stringAt(entry, 'url') : null
    if (url !== null) media.url(`${path}.outputs[${index}].url`, 'image', url)
  })
}

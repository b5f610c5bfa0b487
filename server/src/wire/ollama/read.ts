import {
  type Arrival,
  type Call,
  CausewayError,
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
import { MediaFinder } from '../body/media.ts'
import { openBody } from '../body/open.ts'
import type { Shape } from './shape.ts'

const ACTIONS: readonly Shape[] = ['chat', 'generate', 'embed', 'embeddings']

/** By the path, and where that is not told by the body. */
const shapeOf = (arrival: Arrival, json: JsonObject): Shape => {
  const action = arrival.path?.action.split('/').at(-1)
  const named = ACTIONS.find((one) => one === action)
  if (named !== undefined) return named
  if (arrival.operation === 'embed') return json['input'] === undefined ? 'embeddings' : 'embed'
  return json['messages'] === undefined && json['prompt'] !== undefined ? 'generate' : 'chat'
}

/** Bytes of a request to a Call. Field names: the vendor's published OpenAPI description and its API's document. */
export const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { json } = opened
  const model = requiredText(json, 'model')
  const shape = shapeOf(arrival, json)
  const media = new MediaFinder()
  const options = checkOptions(json)
  checkBody(shape, json, media, limits)
  const embeds = shape === 'embed' || shape === 'embeddings'
  const limit = options === null ? null : options['num_predict']
  const tools = objects(json, 'tools').length > 0
  return callOf(
    arrival,
    opened,
    {
      dialect: 'ollama',
      model,
      // A stream is what the dialect answers where nothing is said.
      stream: !embeds && (flag(json, 'stream') ?? true),
      framing: 'lines',
      wantsUsage: true,
      tools: tools && !embeds,
      structured: json['format'] !== undefined && json['format'] !== null && json['format'] !== '',
      outputTokens: typeof limit === 'number' && limit > 0 ? Math.ceil(limit) : 0,
      headers: [],
    },
    media,
  )
}

const checkBody = (shape: Shape, json: JsonObject, media: MediaFinder, limits: ReadLimits): void => {
  switch (shape) {
    case 'chat':
      if (json['prompt'] !== undefined) throw invalid('prompt', 'belongs to /api/generate; send messages')
      checkAnswer(json)
      messagesOf(json, limits).forEach((message, index) => {
        checkMessage(message, `messages[${index}]`, media)
      })
      checkTools(json)
      return
    case 'generate':
      if (json['messages'] !== undefined) throw invalid('messages', 'belong to /api/chat; send prompt')
      checkAnswer(json)
      for (const name of ['prompt', 'suffix', 'system', 'template']) text(json, name)
      flag(json, 'raw')
      checkImages(json, '', media)
      tokens(json, media)
      return
    case 'embed':
      checkInput(json)
      return
    case 'embeddings':
      requiredText(json, 'prompt')
  }
}

const messagesOf = (json: JsonObject, limits: ReadLimits): readonly JsonObject[] => {
  const items = list(json, 'messages')
  if (items === null) throw invalid('messages', 'is missing')
  if (items.length > limits.messages) {
    throw new CausewayError(
      'too_many_messages',
      `There are ${items.length} messages; at most ${limits.messages} are taken.`,
      { field: 'messages' },
    )
  }
  return objects(json, 'messages')
}

const ROLES = ['system', 'user', 'assistant', 'tool']

const checkMessage = (message: JsonObject, path: string, media: MediaFinder): void => {
  if (!ROLES.includes(requiredText(message, 'role', `${path}.role`)))
    throw invalid(`${path}.role`, 'must be system, user, assistant or tool')
  for (const name of ['content', 'thinking', 'tool_name', 'tool_call_id'])
    text(message, name, `${path}.${name}`)
  checkImages(message, path, media)
  objects(message, 'tool_calls', `${path}.tool_calls`).forEach((call, index) => {
    const at = `${path}.tool_calls[${index}]`
    const called = object(call, 'function', `${at}.function`)
    if (called === null) throw invalid(`${at}.function`, 'is missing')
    text(call, 'id', `${at}.id`)
    requiredText(called, 'name', `${at}.function.name`)
    object(called, 'arguments', `${at}.function.arguments`)
  })
}

const checkImages = (json: JsonObject, path: string, media: MediaFinder): void => {
  const field = path === '' ? 'images' : `${path}.images`
  texts(json, 'images', field).forEach((image, index) => {
    media.inline(`${field}[${index}]`, 'image', image, null)
  })
}

/** Token ids of an earlier answer are text that nobody but the model's server can read. They count as unread. */
const tokens = (json: JsonObject, media: MediaFinder): void => {
  const context = list(json, 'context')
  if (context === null || context.length === 0) return
  if (!context.every((token) => typeof token === 'number'))
    throw invalid('context', 'must be an array of numbers')
  media.found.push({ path: 'context', type: 'file', mime: 'application/x-token-ids', remote: false })
}

const checkTools = (json: JsonObject): void => {
  objects(json, 'tools').forEach((tool, index) => {
    const definition = object(tool, 'function', `tools[${index}].function`)
    if (definition === null) return
    requiredText(definition, 'name', `tools[${index}].function.name`)
    object(definition, 'parameters', `tools[${index}].function.parameters`)
  })
}

/** What is asked of the answer, in whichever shape. */
const checkAnswer = (json: JsonObject): void => {
  const { format, think, keep_alive: keep } = json
  if (format !== undefined && format !== null && typeof format !== 'string' && !isObject(format))
    throw invalid('format', 'must be "json" or a JSON schema')
  if (typeof format === 'string' && format !== '' && format !== 'json')
    throw invalid('format', 'must be "json" or a JSON schema')
  if (think !== undefined && think !== null && typeof think !== 'boolean' && typeof think !== 'string')
    throw invalid('think', 'must be true, false or a level')
  if (keep !== undefined && keep !== null && typeof keep !== 'number' && typeof keep !== 'string')
    throw invalid('keep_alive', 'must be a number or a duration')
  flag(json, 'logprobs')
  number(json, 'top_logprobs')
}

const NUMBERS = [
  'num_predict',
  'num_ctx',
  'temperature',
  'top_k',
  'top_p',
  'min_p',
  'seed',
  'repeat_penalty',
  'presence_penalty',
  'frequency_penalty',
]

const checkOptions = (json: JsonObject): JsonObject | null => {
  const options = object(json, 'options')
  if (options === null) return null
  for (const name of NUMBERS) number(options, name, `options.${name}`)
  const { stop } = options
  if (stop !== undefined && stop !== null && typeof stop !== 'string') texts(options, 'stop', 'options.stop')
  return options
}

const checkInput = (json: JsonObject): void => {
  const { input } = json
  positiveInteger(json, 'dimensions')
  flag(json, 'truncate')
  if (input === undefined || input === null) throw invalid('input', 'is missing')
  if (typeof input === 'string') return
  if (!isList(input) || !input.every((one) => typeof one === 'string'))
    throw invalid('input', 'must be a string or an array of strings')
}

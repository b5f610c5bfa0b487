import {
  type Arrival,
  type Call,
  CausewayError,
  type JsonObject,
  type Media,
  type ReadLimits,
} from '../../domain/index.ts'
import { callOf } from '../body/call.ts'
import {
  flag,
  invalid,
  isObject,
  list,
  number,
  positiveInteger,
  requiredText,
  text,
  texts,
} from '../body/fields.ts'
import { MediaFinder, stringAt } from '../body/media.ts'
import { openBody } from '../body/open.ts'
import { camel, many, message, spelled } from './spelling.ts'

/** Bytes of a request to a Call; model and action stand in its path. Field names: the vendor's SDK types, as of 2026. */
export const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { path } = arrival
  const model = path?.model ?? null
  if (path === undefined || model === null || model === '') throw invalid('model', 'is missing in the path')
  const media = new MediaFinder()
  const asked = checkBody(opened.json, arrival, limits, media)
  const stream = path.action === 'streamGenerateContent'
  const framed = new URLSearchParams(path.query).get('alt') === 'sse'
  return callOf(
    arrival,
    opened,
    {
      dialect: 'gemini',
      model,
      named: true,
      stream,
      framing: !stream || framed ? 'sse' : 'array',
      wantsUsage: true,
      ...asked,
      headers: [],
    },
    media,
  )
}

interface Asked {
  readonly tools: boolean
  readonly structured: boolean
  readonly outputTokens: number
}

const NOTHING: Asked = { tools: false, structured: false, outputTokens: 0 }

const checkBody = (raw: JsonObject, arrival: Arrival, limits: ReadLimits, media: MediaFinder): Asked => {
  const json = camel(raw, '')
  switch (arrival.operation) {
    case 'embed':
      checkEmbedding(raw, media)
      return NOTHING
    case 'count': {
      const inner = message(json, 'generateContentRequest', 'generateContentRequest')
      if (inner === null) return checkRequest(raw, '', limits, media)
      const name = spelled(raw, 'generateContentRequest')
      const held = raw[name]
      return isObject(held) ? checkRequest(held, `${name}.`, limits, media) : NOTHING
    }
    default:
      return checkRequest(raw, '', limits, media)
  }
}

const checkEmbedding = (raw: JsonObject, media: MediaFinder): void => {
  const requests = list(raw, 'requests')
  if (requests === null) {
    if (!isObject(raw['content'])) throw invalid('content', 'is missing')
    checkContent(raw['content'], 'content', media)
    return
  }
  if (requests.length === 0) throw invalid('requests', 'must not be empty')
  for (const { json, at } of many(requests, 'requests')) {
    if (!isObject(json['content'])) throw invalid(`${at}.content`, 'is missing')
    text(json, 'model', `${at}.model`)
    checkContent(json['content'], `${at}.content`, media)
  }
}

const checkRequest = (raw: JsonObject, prefix: string, limits: ReadLimits, media: MediaFinder): Asked => {
  const json = camel(raw, prefix.replace(/\.$/, ''))
  text(json, 'model', `${prefix}model`)
  text(json, 'cachedContent', `${prefix}cachedContent`)
  const system = spelled(raw, 'systemInstruction')
  const instruction = raw[system]
  if (instruction !== undefined && instruction !== null) {
    if (!isObject(instruction)) throw invalid(`${prefix}${system}`, 'must be an object')
    checkContent(instruction, `${prefix}${system}`, media)
  }
  const contents = many(json['contents'], `${prefix}contents`)
  if (contents.length === 0) {
    throw invalid(`${prefix}contents`, json['contents'] == null ? 'is missing' : 'must not be empty')
  }
  if (contents.length > limits.messages) {
    throw new CausewayError(
      'too_many_messages',
      `There are ${contents.length} contents; at most ${limits.messages} are taken.`,
      { field: `${prefix}contents` },
    )
  }
  for (const { json: content, at } of contents) checkContent(content, at, media)
  const tools = checkTools(json, prefix)
  const config = checkConfig(json, `${prefix}generationConfig`)
  many(json['safetySettings'], `${prefix}safetySettings`)
  return { tools, ...config }
}

const checkContent = (content: JsonObject, at: string, media: MediaFinder): void => {
  text(content, 'role', `${at}.role`)
  for (const part of many(content['parts'], `${at}.parts`)) checkPart(part.json, part.at, media)
}

/** Data that a part may hold; of one part, one. */
const DATA = ['text', 'inlineData', 'fileData', 'functionCall', 'functionResponse']

const checkPart = (raw: JsonObject, at: string, media: MediaFinder): void => {
  const part = camel(raw, at)
  if (DATA.filter((name) => part[name] !== undefined && part[name] !== null).length > 1) {
    throw invalid(at, 'holds more than one kind of data')
  }
  text(part, 'text', `${at}.text`)
  flag(part, 'thought', `${at}.thought`)
  text(part, 'thoughtSignature', `${at}.thoughtSignature`)
  checkData(raw, part, at, media)
  const call = message(part, 'functionCall', `${at}.functionCall`)
  if (call !== null) checkCall(call, `${at}.functionCall`)
  const name = spelled(raw, 'functionResponse')
  const answer = message(part, 'functionResponse', `${at}.functionResponse`)
  if (answer === null) return
  checkAnswer(answer, `${at}.${name}`, media)
}

const checkCall = (call: JsonObject, at: string): void => {
  requiredText(call, 'name', `${at}.name`)
  text(call, 'id', `${at}.id`)
  if (call['args'] !== undefined && call['args'] !== null && !isObject(call['args'])) {
    throw invalid(`${at}.args`, 'must be an object')
  }
}

const checkAnswer = (answer: JsonObject, at: string, media: MediaFinder): void => {
  requiredText(answer, 'name', `${at}.name`)
  text(answer, 'id', `${at}.id`)
  if (answer['response'] !== undefined && answer['response'] !== null && !isObject(answer['response'])) {
    throw invalid(`${at}.response`, 'must be an object')
  }
  for (const inner of many(answer['parts'], `${at}.parts`)) {
    checkData(inner.json, camel(inner.json, inner.at), inner.at, media)
  }
}

export const mediaOf = (mime: string | null): Media['type'] => {
  if (mime?.startsWith('image/') === true) return 'image'
  return mime?.startsWith('audio/') === true ? 'audio' : 'file'
}

const checkData = (raw: JsonObject, part: JsonObject, at: string, media: MediaFinder): void => {
  const inline = message(part, 'inlineData', `${at}.inlineData`)
  if (inline !== null) {
    const path = `${at}.${spelled(raw, 'inlineData')}`
    const mime = text(inline, 'mimeType', `${path}.mimeType`)
    media.inline(`${path}.data`, mediaOf(mime), requiredText(inline, 'data', `${path}.data`), mime)
  }
  const file = message(part, 'fileData', `${at}.fileData`)
  if (file === null) return
  const path = `${at}.${spelled(raw, 'fileData')}`
  const held = isObject(part['fileData']) ? spelled(part['fileData'], 'fileUri') : 'fileUri'
  const uri = requiredText(file, 'fileUri', `${path}.${held}`)
  media.url(`${path}.${held}`, mediaOf(stringAt(file, 'mimeType')), uri)
}

const checkTools = (json: JsonObject, prefix: string): boolean => {
  const tools = many(json['tools'], `${prefix}tools`)
  for (const { json: raw, at } of tools) {
    const tool = camel(raw, at)
    for (const one of many(tool['functionDeclarations'], `${at}.functionDeclarations`)) {
      const declared = camel(one.json, one.at)
      requiredText(declared, 'name', `${one.at}.name`)
      text(declared, 'description', `${one.at}.description`)
      for (const name of ['parameters', 'parametersJsonSchema']) {
        const schema = declared[name]
        if (schema !== undefined && schema !== null && !isObject(schema)) {
          throw invalid(`${one.at}.${name}`, 'must be an object')
        }
      }
    }
  }
  const config = message(json, 'toolConfig', `${prefix}toolConfig`)
  const calling =
    config === null
      ? null
      : message(config, 'functionCallingConfig', `${prefix}toolConfig.functionCallingConfig`)
  if (calling !== null) {
    const at = `${prefix}toolConfig.functionCallingConfig`
    text(calling, 'mode', `${at}.mode`)
    texts(calling, 'allowedFunctionNames', `${at}.allowedFunctionNames`)
  }
  return tools.length > 0
}

const checkConfig = (json: JsonObject, at: string): Omit<Asked, 'tools'> => {
  const config = message(json, 'generationConfig', at) ?? {}
  for (const name of [
    'temperature',
    'topP',
    'topK',
    'seed',
    'presencePenalty',
    'frequencyPenalty',
    'logprobs',
  ])
    number(config, name, `${at}.${name}`)
  positiveInteger(config, 'candidateCount', `${at}.candidateCount`)
  texts(config, 'stopSequences', `${at}.stopSequences`)
  texts(config, 'responseModalities', `${at}.responseModalities`)
  flag(config, 'responseLogprobs', `${at}.responseLogprobs`)
  const mime = text(config, 'responseMimeType', `${at}.responseMimeType`)
  const thinking = message(config, 'thinkingConfig', `${at}.thinkingConfig`)
  if (thinking !== null) {
    number(thinking, 'thinkingBudget', `${at}.thinkingConfig.thinkingBudget`)
    text(thinking, 'thinkingLevel', `${at}.thinkingConfig.thinkingLevel`)
    flag(thinking, 'includeThoughts', `${at}.thinkingConfig.includeThoughts`)
  }
  const schema = config['responseJsonSchema'] ?? config['responseSchema']
  return {
    structured: (mime !== null && mime !== 'text/plain') || isObject(schema),
    outputTokens: positiveInteger(config, 'maxOutputTokens', `${at}.maxOutputTokens`) ?? 0,
  }
}

import {
  type Answer,
  type Asked,
  bytesOf,
  canonical,
  type Fields,
  fieldsOf,
  type Heard,
  type HeardPart,
  type HeardTurn,
  isFields,
  listOf,
  pieces,
  refuse,
  roundStart,
  type Seal,
  type Speaker,
  textOf,
  USAGE,
} from './heard.ts'
import { checkedTools } from './tools.ts'

/* Gemini generateContent as its vendor speaks it. Calls have no ids; the first of a step is sealed. */

const TOP = 'contents systemInstruction tools toolConfig safetySettings generationConfig cachedContent labels'
const GENERATION =
  'temperature topP topK candidateCount maxOutputTokens stopSequences responseMimeType responseSchema responseJsonSchema presencePenalty frequencyPenalty seed responseLogprobs logprobs responseModalities speechConfig thinkingConfig mediaResolution'
/** What stands where a seal was issued by another model; the vendor takes it and thinks the worse for it. */
const SKIP = 'skip_thought_signature_validator'
const SCHEMA =
  'type format title description nullable enum maxItems minItems properties required minProperties maxProperties minLength maxLength pattern example anyOf propertyOrdering default items minimum maximum'

/** The subset of OpenAPI that `parameters` and `responseSchema` are. */
const checkSchema = (value: unknown, at: string): void => {
  const schema = fieldsOf(value, at)
  for (const name of Object.keys(schema))
    if (!SCHEMA.split(' ').includes(name))
      refuse(`Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`)
  if (Array.isArray(schema['type'])) refuse(`Proto field is not repeating, cannot start list. (${at}.type)`)
  for (const [name, inner] of Object.entries(isFields(schema['properties']) ? schema['properties'] : {}))
    checkSchema(inner, `${at}.properties.${name}`)
  if (schema['items'] !== undefined) checkSchema(schema['items'], `${at}.items`)
}

const known = (fields: Fields, names: string, at: string): void => {
  for (const name of Object.keys(fields))
    if (!names.split(' ').includes(name))
      refuse(`Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`)
}

/** What the client names itself. */
const FREE = new Set([
  'args',
  'response',
  'parametersJsonSchema',
  'responseJsonSchema',
  'labels',
  'default',
  'example',
])

/** The API takes its own fields in two spellings, `inlineData` and `inline_data`. */
const inOneSpelling = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOneSpelling)
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const plain = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      if (FREE.has(plain)) return [plain, member]
      if (plain !== 'properties' || !isFields(member)) return [plain, inOneSpelling(member)]
      const each = Object.entries(member).map(([key, schema]) => [key, inOneSpelling(schema)])
      return [plain, Object.fromEntries(each)]
    }),
  )
}

/** And bytes in either alphabet of base64. */
const inOneAlphabet = (bytes: unknown): unknown =>
  typeof bytes === 'string' ? bytes.replaceAll('-', '+').replaceAll('_', '/') : bytes

const sealedCall = (call: Fields): string => `call ${String(call['name'])} ${canonical(call['args'] ?? {})}`

const mediaOf = (value: unknown, at: string): { readonly mime: string; readonly bytes: Buffer } => {
  const data = fieldsOf(value, at)
  known(data, 'mimeType data displayName', at)
  const mime = textOf(data['mimeType'], `${at}.mimeType`)
  return { mime, bytes: bytesOf(inOneAlphabet(data['data']), mime, `${at}.data`) }
}

const responsePart = (value: unknown, at: string): HeardPart => {
  const response = fieldsOf(value, at)
  known(response, 'id name response parts', at)
  const said = fieldsOf(response['response'], `${at}.response`)
  const text = said['output'] ?? said['result'] ?? said['error'] ?? said
  const media = listOf(response['parts'] ?? [], `${at}.parts`).map((part, index) =>
    mediaOf(fieldsOf(part, `${at}.parts[${index}]`)['inlineData'], `${at}.parts[${index}].inlineData`),
  )
  return {
    type: 'result',
    name: textOf(response['name'], `${at}.name`),
    text: typeof text === 'string' ? text : JSON.stringify(text),
    failed: said['error'] !== undefined,
    media,
  }
}

const partOf = (value: unknown, role: string, at: string): HeardPart => {
  const part = fieldsOf(value, at)
  known(part, 'text thought thoughtSignature inlineData fileData functionCall functionResponse', at)
  const data = ['text', 'inlineData', 'fileData', 'functionCall', 'functionResponse'].filter(
    (name) => part[name] !== undefined,
  )
  if (data.length !== 1)
    refuse(`* GenerateContentRequest.${at}.data: required oneof field 'data' must have one initialized field`)
  if (part['text'] !== undefined) {
    const text = textOf(part['text'], `${at}.text`)
    if (text === '' && part['thoughtSignature'] === undefined)
      refuse(
        `* GenerateContentRequest.${at}.data: required oneof field 'data' must have one initialized field`,
      )
    return { type: part['thought'] === true ? 'thought' : 'text', text }
  }
  if (part['inlineData'] !== undefined)
    return { type: 'media', ...mediaOf(part['inlineData'], `${at}.inlineData`) }
  if (role === 'user' && part['functionResponse'] !== undefined)
    return responsePart(part['functionResponse'], `${at}.functionResponse`)
  if (role === 'model' && part['functionCall'] !== undefined) {
    const call = fieldsOf(part['functionCall'], `${at}.functionCall`)
    known(call, 'id name args', `${at}.functionCall`)
    const input = fieldsOf(call['args'] ?? {}, `${at}.functionCall.args`)
    return { type: 'call', id: '', name: textOf(call['name'], `${at}.functionCall.name`), input }
  }
  return refuse(`${at}: a ${role} turn holds no ${data[0] ?? 'nothing'}`)
}

const named = (turn: HeardTurn | undefined, type: 'call' | 'result'): readonly string[] =>
  turn?.parts.flatMap((part) => (part.type === type ? [part.name] : [])) ?? []

const checkPairs = (turns: readonly HeardTurn[]): void => {
  turns.forEach((turn, index) => {
    const calls = named(turn, 'call')
    if (calls.length > 0) {
      const before = turns[index - 1]
      if (before === undefined || before.role !== 'user')
        refuse(
          'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
        )
      if (named(turns[index + 1], 'result').length === 0)
        refuse('Please ensure that function response turn comes immediately after a function call turn.')
    }
    const results = named(turn, 'result')
    if (results.length === 0) return
    const asked = named(turns[index - 1], 'call')
    if (asked.length !== results.length)
      refuse(
        'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
      )
    if (asked.join() !== results.join())
      refuse(`functionResponse names ${results.join()} do not match the calls ${asked.join()}`)
  })
}

/** Every step of the round that is going on begins with a sealed call, and every seal fits what it stands on. */
const checkSeals = (contents: readonly unknown[], turns: readonly HeardTurn[], seal: Seal): void => {
  const start = roundStart(turns)
  contents.forEach((value, index) => {
    const content = fieldsOf(value, 'contents')
    let first = true
    for (const part of listOf(content['parts'], 'parts')) {
      if (!isFields(part)) continue
      const mark = inOneAlphabet(part['thoughtSignature'])
      const call = part['functionCall']
      if (isFields(call)) {
        if (mark === undefined && first && index >= start)
          refuse(
            `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. (function call \`${String(call['name'])}\`, position ${index})`,
          )
        if (mark !== undefined && mark !== inOneAlphabet(SKIP) && !seal.fits(sealedCall(call), mark))
          refuse('Thought signature is not valid')
        first = false
      } else if (mark !== undefined && mark !== inOneAlphabet(SKIP) && !seal.fits('text', mark))
        refuse('Thought signature is not valid')
    }
  })
}

const turnsOf = (json: Fields, seal: Seal): readonly HeardTurn[] => {
  const contents = listOf(json['contents'], 'contents')
  if (contents.length === 0) refuse('* GenerateContentRequest.contents: contents is not specified')
  const turns = contents.map((value, index): HeardTurn => {
    const content = fieldsOf(value, `contents[${index}]`)
    known(content, 'role parts', `contents[${index}]`)
    const role = content['role'] ?? 'user'
    if (role !== 'user' && role !== 'model') return refuse('Please use a valid role: user, model.')
    const parts = listOf(content['parts'], `contents[${index}].parts`)
    if (parts.length === 0)
      refuse(`* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.`)
    return {
      role: role === 'user' ? 'user' : 'assistant',
      parts: parts.map((part, place) => partOf(part, role, `contents[${index}].parts[${place}]`)),
    }
  })
  checkPairs(turns)
  checkSeals(contents, turns, seal)
  return turns
}

const toolsOf = (json: Fields): Heard['tools'] => {
  const tools = listOf(json['tools'] ?? [], 'tools').flatMap((value, index) => {
    const tool = fieldsOf(value, `tools[${index}]`)
    known(tool, 'functionDeclarations', `tools[${index}]`)
    return listOf(tool['functionDeclarations'], `tools[${index}].functionDeclarations`).map((one, place) => {
      const at = `tools[${index}].function_declarations[${place}]`
      const made = fieldsOf(one, at)
      known(made, 'name description parameters parametersJsonSchema response responseJsonSchema behavior', at)
      if (made['parameters'] !== undefined) checkSchema(made['parameters'], `${at}.parameters`)
      return {
        name: textOf(made['name'], `${at}.name`),
        schema: made['parametersJsonSchema'] ?? made['parameters'],
      }
    })
  })
  checkedTools(tools)
  if (json['toolConfig'] !== undefined) {
    const config = fieldsOf(
      fieldsOf(json['toolConfig'], 'toolConfig')['functionCallingConfig'],
      'functionCallingConfig',
    )
    known(config, 'mode allowedFunctionNames', 'tool_config.function_calling_config')
    if (!['AUTO', 'ANY', 'NONE', 'VALIDATED'].includes(String(config['mode'])))
      refuse('functionCallingConfig.mode: Invalid value')
  }
  return tools
}

const hear = ({ json: asked, headers, path, seal }: Asked): Heard => {
  const json = fieldsOf(inOneSpelling(asked), '')
  known(json, TOP, '')
  if (headers['x-goog-api-key'] === undefined) refuse('API key not valid. Please pass a valid API key.', 401)
  const config = fieldsOf(json['generationConfig'] ?? {}, 'generationConfig')
  known(config, GENERATION, 'generation_config')
  if (config['responseSchema'] !== undefined)
    checkSchema(config['responseSchema'], 'generation_config.response_schema')
  const thinking = fieldsOf(config['thinkingConfig'] ?? {}, 'thinkingConfig')
  known(thinking, 'thinkingBudget thinkingLevel includeThoughts', 'generation_config.thinking_config')
  if (thinking['thinkingBudget'] !== undefined && thinking['thinkingLevel'] !== undefined)
    refuse('You can only set only one of thinking budget and thinking level.')
  const schema = config['responseJsonSchema'] ?? config['responseSchema']
  if (schema !== undefined && config['responseMimeType'] !== 'application/json')
    refuse("'response_schema' is only supported for response mime types: 'application/json'")
  const turns = turnsOf(json, seal)
  const before: HeardTurn[] = []
  if (json['systemInstruction'] !== undefined) {
    const parts = listOf(
      fieldsOf(json['systemInstruction'], 'systemInstruction')['parts'],
      'systemInstruction.parts',
    )
    before.push({
      role: 'system',
      parts: parts.map((part, index) => partOf(part, 'user', `system_instruction.parts[${index}]`)),
    })
  }
  return {
    dialect: 'gemini',
    turns: [...before, ...turns],
    tools: toolsOf(json),
    format: schema ?? (config['responseMimeType'] === 'application/json' ? true : null),
    thinks: thinking['thinkingBudget'] !== 0,
    stream: path.includes(':streamGenerateContent'),
    model: /models\/([^:]+):/.exec(path)?.[1] ?? '',
    json,
  }
}

const reasonOf = ({ said }: Answer): string => {
  if (said.finish === 'length') return 'MAX_TOKENS'
  return said.finish === 'refusal' ? 'SAFETY' : 'STOP'
}

/** Thoughts are shown only where they were asked for; seals come whether or not. */
const shows = ({ json }: Heard): boolean => {
  const config = json['generationConfig']
  const thinking = isFields(config) ? config['thinkingConfig'] : undefined
  return isFields(thinking) && thinking['includeThoughts'] === true
}

const callParts = ({ calls, seal }: Answer): readonly Fields[] =>
  calls.map(({ name, input }, index) => {
    const functionCall = { name, args: input }
    return index === 0
      ? { functionCall, thoughtSignature: seal.of(sealedCall(functionCall)) }
      : { functionCall }
  })

const usageMetadata = {
  promptTokenCount: USAGE.input,
  cachedContentTokenCount: USAGE.cached,
  candidatesTokenCount: USAGE.output - USAGE.thought,
  thoughtsTokenCount: USAGE.thought,
  totalTokenCount: USAGE.input + USAGE.output,
}

const chunkOf = ({ heard, number }: Answer, parts: readonly Fields[], finish: string | null): Fields => ({
  candidates: [
    { content: { parts, role: 'model' }, index: 0, ...(finish === null ? {} : { finishReason: finish }) },
  ],
  usageMetadata,
  modelVersion: heard.model,
  responseId: `simulated${number}`,
})

const whole = (answer: Answer): object => {
  const { said, heard, calls, seal } = answer
  const words =
    said.text === undefined
      ? []
      : [
          {
            text: said.text,
            ...(calls.length === 0 && said.think !== undefined ? { thoughtSignature: seal.of('text') } : {}),
          },
        ]
  const thought = said.think !== undefined && shows(heard) ? [{ text: said.think, thought: true }] : []
  return chunkOf(answer, [...thought, ...words, ...callParts(answer)], reasonOf(answer))
}

const stream = (answer: Answer): readonly string[] => {
  const { said, heard, calls, seal } = answer
  const event = (parts: readonly Fields[], finish: string | null = null): string =>
    `data: ${JSON.stringify(chunkOf(answer, parts, finish))}\r\n\r\n`
  const sealed =
    said.think !== undefined && calls.length === 0
      ? [{ text: '', thoughtSignature: seal.of('text') }]
      : [{ text: '' }]
  return [
    ...(shows(heard) ? pieces(said.think ?? '').map((text) => event([{ text, thought: true }])) : []),
    ...pieces(said.text ?? '').map((text) => event([{ text }])),
    ...callParts(answer).map((part) => event([part])),
    event(sealed, reasonOf(answer)),
  ]
}

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

const errorOf = (code: number, message: string): Fields => ({
  error: {
    code,
    message,
    status: STATUS[code] ?? 'UNKNOWN',
    ...(code === 429
      ? { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' }] }
      : {}),
  },
})

export const gemini: Speaker = {
  dialect: 'gemini',
  streamType: 'text/event-stream',
  hear,
  callId: () => '',
  whole,
  stream,
  troubled: (message) => `data: ${JSON.stringify(errorOf(503, message))}\r\n\r\n`,
  refused: (status, message) => ({ body: errorOf(status, message), headers: {} }),
}

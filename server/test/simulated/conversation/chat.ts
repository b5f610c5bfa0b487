import {
  type Answer,
  type Asked,
  dataUrl,
  type Fields,
  fieldsOf,
  type Heard,
  type HeardPart,
  type HeardTurn,
  isFields,
  listOf,
  only,
  pieces,
  refuse,
  type Speaker,
  textOf,
  USAGE,
} from './heard.ts'
import { argumentsOf, checkedTools, checkStrict } from './tools.ts'

/* OpenAI Chat Completions as an open model's server speaks it: strict like the vendor, and it thinks aloud. */

const TOP =
  'model messages stream stream_options tools tool_choice parallel_tool_calls max_tokens max_completion_tokens temperature top_p n stop seed frequency_penalty presence_penalty logit_bias logprobs top_logprobs response_format reasoning_effort user safety_identifier metadata store prompt_cache_key prompt_cache_retention service_tier verbosity modalities audio prediction web_search_options top_k min_p repetition_penalty chat_template_kwargs'
const MOST_ID = 40

const userPart = (value: unknown, at: string): HeardPart => {
  const part = fieldsOf(value, at)
  switch (part['type']) {
    case 'text':
      only(part, 'type text', at)
      return { type: 'text', text: textOf(part['text'], `${at}.text`) }
    case 'image_url': {
      only(part, 'type image_url', at)
      const image = fieldsOf(part['image_url'], `${at}.image_url`)
      only(image, 'url detail', `${at}.image_url`)
      const media = dataUrl(image['url'], `${at}.image_url.url`)
      if (!media.mime.startsWith('image/')) refuse(`${at}.image_url: ${media.mime} is no image`)
      return { type: 'media', ...media }
    }
    case 'file': {
      const file = fieldsOf(part['file'], `${at}.file`)
      only(file, 'file_data filename', `${at}.file`)
      textOf(file['filename'], `${at}.file.filename`)
      return { type: 'media', ...dataUrl(file['file_data'], `${at}.file.file_data`) }
    }
    default:
      return refuse(`${at}.type: Invalid value: '${String(part['type'])}'`)
  }
}

const wordsOf = (value: unknown, at: string): readonly HeardPart[] => {
  if (typeof value === 'string') return value === '' ? [] : [{ type: 'text', text: value }]
  const parts = listOf(value, at)
  if (parts.length === 0) refuse(`${at}: must not be empty`)
  return parts.map((part, index) => {
    const heard = fieldsOf(part, `${at}[${index}]`)
    if (heard['type'] !== 'text' && heard['type'] !== 'refusal')
      refuse(`${at}[${index}].type: Invalid value: '${String(heard['type'])}'. Supported values are: 'text'.`)
    return { type: 'text', text: textOf(heard['text'] ?? heard['refusal'], `${at}[${index}].text`) }
  })
}

const callsOf = (value: unknown, at: string): readonly Extract<HeardPart, { type: 'call' }>[] =>
  listOf(value, at).map((one, index) => {
    const call = fieldsOf(one, `${at}[${index}]`)
    only(call, 'id type function', `${at}[${index}]`)
    if (call['type'] !== 'function') refuse(`${at}[${index}].type: Invalid value`)
    const id = textOf(call['id'], `${at}[${index}].id`)
    if (id === '' || id.length > MOST_ID)
      refuse(`Invalid '${at}[${index}].id': expected a string of 1 to ${MOST_ID} characters`)
    const made = fieldsOf(call['function'], `${at}[${index}].function`)
    only(made, 'name arguments', `${at}[${index}].function`)
    return {
      type: 'call',
      id,
      name: textOf(made['name'], `${at}[${index}].function.name`),
      input: argumentsOf(made['arguments'], `${at}[${index}].function.arguments`),
    }
  })

const assistantParts = (message: Fields, at: string): readonly HeardPart[] => {
  only(message, 'role content tool_calls name refusal reasoning_content annotations', at)
  const words = message['content'] == null ? [] : wordsOf(message['content'], `${at}.content`)
  const calls = message['tool_calls'] === undefined ? [] : callsOf(message['tool_calls'], `${at}.tool_calls`)
  if (message['tool_calls'] !== undefined && calls.length === 0) refuse(`${at}.tool_calls: [] is too short`)
  if (message['content'] == null && calls.length === 0 && message['refusal'] == null)
    refuse(`Invalid value for 'content': expected a string, got null. (${at})`)
  const thought = message['reasoning_content']
  return [
    ...(typeof thought === 'string' && thought !== '' ? [{ type: 'thought' as const, text: thought }] : []),
    ...words,
    ...calls,
  ]
}

/** Turns; the results of tools stand right behind their calls, each once. */
const turnsOf = (messages: readonly unknown[]): readonly HeardTurn[] => {
  let open = new Map<string, string>()
  const settled = (at: string): void => {
    if (open.size > 0)
      refuse(
        `${at}: An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following did not have response messages: ${[...open.keys()].join()}`,
      )
  }
  const turns = messages.map((value, index): HeardTurn => {
    const at = `messages[${index}]`
    const message = fieldsOf(value, at)
    const { role } = message
    if (role === 'tool') {
      only(message, 'role content tool_call_id', at)
      const id = textOf(message['tool_call_id'], `${at}.tool_call_id`)
      const name =
        open.get(id) ??
        refuse(
          `${at}: messages with role 'tool' must be a response to a preceding message with 'tool_calls' (${id})`,
        )
      open.delete(id)
      const text = wordsOf(message['content'], `${at}.content`).map((part) =>
        part.type === 'text' ? part.text : '',
      )
      return {
        role: 'user',
        parts: [{ type: 'result', name, text: text.join(''), failed: false, media: [] }],
      }
    }
    settled(at)
    if (role === 'assistant') {
      const parts = assistantParts(message, at)
      open = new Map(parts.flatMap((part) => (part.type === 'call' ? [[part.id, part.name]] : [])))
      return { role: 'assistant', parts }
    }
    only(message, 'role content name', at)
    if (role === 'system' || role === 'developer')
      return { role: 'system', parts: wordsOf(message['content'], `${at}.content`) }
    if (role !== 'user') return refuse(`Invalid value: '${String(role)}'. (${at}.role)`)
    const { content } = message
    if (typeof content === 'string') return { role: 'user', parts: [{ type: 'text', text: content }] }
    const parts = listOf(content, `${at}.content`).map((part, place) =>
      userPart(part, `${at}.content[${place}]`),
    )
    return parts.length === 0 ? refuse(`${at}.content: must not be empty`) : { role: 'user', parts }
  })
  settled(`messages[${messages.length}]`)
  return turns
}

const toolsOf = (json: Fields): Heard['tools'] => {
  const tools = listOf(json['tools'] ?? [], 'tools').map((value, index) => {
    const tool = fieldsOf(value, `tools[${index}]`)
    only(tool, 'type function', `tools[${index}]`)
    if (tool['type'] !== 'function') refuse(`tools[${index}].type: Invalid value`)
    const made = fieldsOf(tool['function'], `tools[${index}].function`)
    only(made, 'name description parameters strict', `tools[${index}].function`)
    const name = textOf(made['name'], `tools[${index}].function.name`)
    if (made['strict'] === true) checkStrict(made['parameters'], `function '${name}'`)
    return { name, schema: made['parameters'] }
  })
  checkedTools(tools)
  if (json['tools'] !== undefined && tools.length === 0) refuse("Invalid 'tools': empty array.")
  for (const name of ['tool_choice', 'parallel_tool_calls'])
    if (tools.length === 0 && json[name] !== undefined && json[name] !== 'none')
      refuse(`'${name}' is only allowed when 'tools' are specified.`)
  const choice = json['tool_choice']
  if (isFields(choice)) {
    const named = fieldsOf(choice['function'], 'tool_choice.function')['name']
    if (!tools.some(({ name }) => name === named)) refuse(`tool_choice: there is no tool ${String(named)}`)
  } else if (choice !== undefined && !['auto', 'none', 'required'].includes(String(choice)))
    refuse('tool_choice: Invalid value')
  return tools
}

const formatOf = (json: Fields): unknown => {
  if (json['response_format'] === undefined) return null
  const format = fieldsOf(json['response_format'], 'response_format')
  if (format['type'] === 'text') return null
  if (format['type'] === 'json_object') return true
  if (format['type'] !== 'json_schema') refuse('response_format.type: Invalid value')
  const described = fieldsOf(format['json_schema'], 'response_format.json_schema')
  only(described, 'name schema strict description', 'response_format.json_schema')
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(textOf(described['name'], 'response_format.json_schema.name')))
    refuse('response_format.json_schema.name: is not allowed')
  if (described['strict'] === true) checkStrict(described['schema'], 'response_format')
  return described['schema']
}

const hear = ({ json, headers }: Asked): Heard => {
  only(json, TOP, '')
  if (!/^Bearer \S+/.test(headers.authorization ?? '')) refuse('You did not provide an API key.', 401)
  if (json['max_tokens'] !== undefined && json['max_completion_tokens'] !== undefined)
    refuse("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.")
  if (json['stream_options'] !== undefined && json['stream'] !== true)
    refuse("The 'stream_options' parameter is only allowed when 'stream' is enabled.")
  const messages = listOf(json['messages'], 'messages')
  if (messages.length === 0) refuse("Invalid 'messages': empty array.")
  return {
    dialect: 'openai-chat',
    turns: turnsOf(messages),
    tools: toolsOf(json),
    format: formatOf(json),
    thinks: json['reasoning_effort'] !== 'none',
    stream: json['stream'] === true,
    model: textOf(json['model'], 'model'),
    json,
  }
}

const usage = {
  prompt_tokens: USAGE.input,
  completion_tokens: USAGE.output,
  total_tokens: USAGE.input + USAGE.output,
  prompt_tokens_details: { cached_tokens: USAGE.cached },
  completion_tokens_details: { reasoning_tokens: USAGE.thought },
}

const reasonOf = ({ said, calls }: Answer): string => {
  if (said.finish === 'length') return 'length'
  return calls.length > 0 ? 'tool_calls' : 'stop'
}

const whole = (answer: Answer): object => {
  const { said, calls, heard, number } = answer
  return {
    id: `chatcmpl-simulated${number}`,
    object: 'chat.completion',
    created: 1,
    model: heard.model,
    choices: [
      {
        index: 0,
        finish_reason: reasonOf(answer),
        message: {
          role: 'assistant',
          content: said.finish === 'refusal' ? null : (said.text ?? null),
          ...(said.finish === 'refusal' ? { refusal: said.text ?? 'No.' } : {}),
          ...(said.think === undefined ? {} : { reasoning_content: said.think }),
          ...(calls.length === 0
            ? {}
            : {
                tool_calls: calls.map(({ id, name, input }) => ({
                  id,
                  type: 'function',
                  function: { name, arguments: JSON.stringify(input) },
                })),
              }),
        },
      },
    ],
    usage,
  }
}

/** Arguments of several calls come in turns, as they may. */
const callDeltas = ({ calls }: Answer): readonly object[] => {
  const opened = calls.map(({ id, name }, index) => ({
    tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
  }))
  const split = calls.map(({ input }) => pieces(JSON.stringify(input)))
  const longest = Math.max(0, ...split.map(({ length }) => length))
  const deltas = Array.from({ length: longest }, (_, place) =>
    split.flatMap((mine, index) => {
      const piece = mine[place]
      return piece === undefined ? [] : [{ tool_calls: [{ index, function: { arguments: piece } }] }]
    }),
  )
  return [...opened, ...deltas.flat()]
}

const stream = (answer: Answer): readonly string[] => {
  const { said, heard, number } = answer
  const chunk = (choices: readonly object[], more: object = {}): string =>
    `data: ${JSON.stringify({ id: `chatcmpl-simulated${number}`, object: 'chat.completion.chunk', created: 1, model: heard.model, choices, ...more })}\n\n`
  const delta = (value: object, finish: string | null = null): string =>
    chunk([{ index: 0, delta: value, finish_reason: finish }])
  const options = heard.json['stream_options']
  const word = said.finish === 'refusal' ? 'refusal' : 'content'
  return [
    delta({ role: 'assistant', content: '' }),
    ...pieces(said.think ?? '').map((piece) => delta({ reasoning_content: piece })),
    ...pieces(said.text ?? '').map((piece) => delta({ [word]: piece })),
    ...callDeltas(answer).map((value) => delta(value)),
    delta({}, reasonOf(answer)),
    ...(isFields(options) && options['include_usage'] === true ? [chunk([], { usage })] : []),
    'data: [DONE]\n\n',
  ]
}

const CODES: Readonly<Record<number, readonly [type: string, code: string | null]>> = {
  401: ['invalid_request_error', 'invalid_api_key'],
  429: ['requests', 'rate_limit_exceeded'],
  500: ['server_error', null],
}

export const openAiError = (status: number, message: string): object => {
  const [type, code] = CODES[status] ?? ['invalid_request_error', null]
  return { error: { message, type, param: null, code } }
}

export const chat: Speaker = {
  dialect: 'openai-chat',
  streamType: 'text/event-stream',
  hear,
  callId: (number, index) => `call_simulated${number}x${index}`,
  whole,
  stream,
  troubled: (message) => `data: ${JSON.stringify(openAiError(500, message))}\n\n`,
  refused: (status, message) => ({
    body: openAiError(status, message),
    headers: { 'x-request-id': 'req_simulated', ...(status === 429 ? { 'retry-after': '7' } : {}) },
  }),
}

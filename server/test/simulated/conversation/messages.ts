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
  only,
  pieces,
  refuse,
  roundStart,
  type Seal,
  type Speaker,
  textOf,
  USAGE,
} from './heard.ts'
import { checkedTools } from './tools.ts'

/* Anthropic Messages as its vendor speaks it. */

const TOP =
  'model messages system max_tokens metadata stop_sequences stream temperature top_p top_k tools tool_choice thinking service_tier container context_management mcp_servers output_config cache_control inference_geo'
const ID = /^[a-zA-Z0-9_-]{1,64}$/

const mediaOf = (block: Fields, at: string): { readonly mime: string; readonly bytes: Buffer } => {
  only(block, 'type source cache_control title context citations', at)
  const source = fieldsOf(block['source'], `${at}.source`)
  if (source['type'] !== 'base64') return refuse(`${at}.source.type: the simulated model takes base64 only`)
  only(source, 'type media_type data', `${at}.source`)
  const mime = textOf(source['media_type'], `${at}.source.media_type`)
  const images = ['image/png', 'image/jpeg']
  const fits = block['type'] === 'image' ? images.includes(mime) : mime === 'application/pdf'
  if (!fits) return refuse(`${at}.source.media_type: ${mime} does not fit a block of type ${block['type']}`)
  return { mime, bytes: bytesOf(source['data'], mime, `${at}.source.data`) }
}

const spokenText = (block: Fields, at: string): string => {
  only(block, 'type text cache_control citations', at)
  const text = textOf(block['text'], `${at}.text`)
  if (text === '') return refuse(`${at}: text content blocks must be non-empty`)
  if (text.trim() === '') return refuse(`${at}: text content blocks must contain non-whitespace text`)
  return text
}

const resultOf = (block: Fields, at: string, names: ReadonlyMap<string, string>): HeardPart => {
  only(block, 'type tool_use_id content is_error cache_control', at)
  const id = textOf(block['tool_use_id'], `${at}.tool_use_id`)
  const { content } = block
  const media: { mime: string; bytes: Buffer }[] = []
  const texts: string[] = []
  if (typeof content === 'string') texts.push(content)
  else
    listOf(content ?? [], `${at}.content`).forEach((value, index) => {
      const where = `${at}.content.${index}`
      const inner = fieldsOf(value, where)
      if (inner['type'] === 'text') texts.push(spokenText(inner, where))
      else if (inner['type'] === 'image' || inner['type'] === 'document') media.push(mediaOf(inner, where))
      else refuse(`${where}.type: unexpected value`)
    })
  return {
    type: 'result',
    name: names.get(id) ?? '',
    text: texts.join(''),
    failed: block['is_error'] === true,
    media,
  }
}

const thoughtOf = (block: Fields, at: string, seal: Seal): HeardPart => {
  if (block['type'] === 'redacted_thinking') {
    only(block, 'type data', at)
    const [text = '', mark] = textOf(block['data'], `${at}.data`).split('.')
    if (!seal.fits(`redacted ${text}`, mark)) refuse(`${at}: Invalid \`data\` in \`redacted_thinking\` block`)
    return { type: 'thought', text: '' }
  }
  only(block, 'type thinking signature', at)
  const text = textOf(block['thinking'], `${at}.thinking`)
  if (!seal.fits(`thinking ${text}`, block['signature']))
    refuse(`${at}: Invalid \`signature\` in \`thinking\` block`)
  return { type: 'thought', text }
}

const callOf = (block: Fields, at: string): Extract<HeardPart, { type: 'call' }> => {
  only(block, 'type id name input cache_control caller', at)
  const id = textOf(block['id'], `${at}.id`)
  if (!ID.test(id)) refuse(`${at}.id: String should match pattern '^[a-zA-Z0-9_-]+$'`)
  const input = fieldsOf(block['input'], `${at}.input`)
  return { type: 'call', id, name: textOf(block['name'], `${at}.name`), input }
}

const blockOf = (
  block: Fields,
  role: string,
  at: string,
  names: Map<string, string>,
  seal: Seal,
): HeardPart => {
  const { type } = block
  if (type === 'text') return { type: 'text', text: spokenText(block, at) }
  if (role === 'user' && (type === 'image' || type === 'document'))
    return { type: 'media', ...mediaOf(block, at) }
  if (role === 'user' && type === 'tool_result') return resultOf(block, at, names)
  if (role === 'assistant' && (type === 'thinking' || type === 'redacted_thinking'))
    return thoughtOf(block, at, seal)
  if (role === 'assistant' && type === 'tool_use') {
    const call = callOf(block, at)
    if (names.has(call.id)) refuse(`${at}.id: \`tool_use\` ids must be unique`)
    names.set(call.id, call.name)
    return call
  }
  return refuse(`${at}.type: a ${role} message holds no ${String(type)}`)
}

/** Results stand right behind their calls, in one message, before anything else. */
const checkPairs = (at: number, before: readonly unknown[], content: readonly unknown[]): void => {
  const asked = before.flatMap((block) =>
    isFields(block) && block['type'] === 'tool_use' ? [block['id']] : [],
  )
  const answered = content.flatMap((block) =>
    isFields(block) && block['type'] === 'tool_result' ? [block['tool_use_id']] : [],
  )
  const missing = asked.filter((id) => !answered.includes(id))
  if (missing.length > 0)
    refuse(
      `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join()}`,
    )
  const orphans = answered.filter((id) => !asked.includes(id))
  if (orphans.length > 0)
    refuse(`messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${orphans.join()}`)
  if (new Set(answered).size !== answered.length)
    refuse(`messages.${at}: each \`tool_use\` must have a single result`)
  if (content.slice(0, answered.length).some((block) => isFields(block) && block['type'] !== 'tool_result'))
    refuse(`messages.${at}: \`tool_result\` blocks must come first`)
}

const contentOf = (value: unknown, at: string): readonly unknown[] => {
  if (typeof value === 'string') return [{ type: 'text', text: value }]
  const blocks = listOf(value, at)
  return blocks.length === 0 ? refuse(`${at}: all messages must have non-empty content`) : blocks
}

/** In the round that is going on, every thought comes back before its calls as it was. */
const checkThoughts = (
  turns: readonly HeardTurn[],
  contents: readonly (readonly unknown[])[],
  seal: Seal,
  adapts: boolean,
): void => {
  contents.forEach((content, index) => {
    if (index < roundStart(turns) || turns[index]?.role !== 'assistant') return
    const call = content.find((block) => isFields(block) && block['type'] === 'tool_use')
    const issued = isFields(call) ? seal.thoughts.get(String(call['id'])) : undefined
    if (issued === undefined) return
    const got = content.filter((block) => isFields(block) && /thinking/.test(String(block['type'])))
    if (got.length === 0 && adapts) return
    if (got.length === 0)
      refuse(
        `messages.${index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`tool_use\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block`,
      )
    if (canonical(content.slice(0, issued.raw.length)) !== canonical(issued.raw))
      refuse(
        `messages.${index}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified`,
      )
  })
}

const thinksIn = (json: Fields): boolean => {
  if (json['thinking'] === undefined) return false
  const thinking = fieldsOf(json['thinking'], 'thinking')
  if (thinking['type'] === 'disabled') return false
  if (thinking['type'] === 'enabled') {
    const budget = thinking['budget_tokens']
    if (typeof budget !== 'number' || budget < 1024)
      refuse('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024')
    if (typeof budget === 'number' && budget >= Number(json['max_tokens']))
      refuse('`max_tokens` must be greater than `thinking.budget_tokens`')
  } else if (thinking['type'] !== 'adaptive') refuse('thinking.type: unexpected value')
  if (json['temperature'] !== undefined && json['temperature'] !== 1)
    refuse('`temperature` may only be set to 1 when thinking is enabled')
  if (json['top_k'] !== undefined) refuse('`top_k` must be unset when thinking is enabled')
  const choice = json['tool_choice']
  if (isFields(choice) && (choice['type'] === 'any' || choice['type'] === 'tool'))
    refuse('Thinking may not be enabled when tool_choice forces tool use')
  return true
}

const checkSchema = (schema: unknown, at: string): void => {
  if (!isFields(schema)) return
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false)
    refuse(`${at}: For 'object' type, 'additionalProperties' must be explicitly set to false`)
}

const formatOf = (json: Fields): unknown => {
  const config = json['output_config']
  if (!isFields(config)) return null
  only(config, 'format effort task_budget', 'output_config')
  if (config['format'] === undefined) return null
  const format = fieldsOf(config['format'], 'output_config.format')
  only(format, 'type schema', 'output_config.format')
  if (format['type'] !== 'json_schema') refuse('output_config.format.type: unexpected value')
  checkSchema(format['schema'], 'output_config.format.schema')
  return format['schema']
}

const checkTop = (json: Fields, headers: Asked['headers']): void => {
  only(json, TOP, '')
  if (headers['x-api-key'] === undefined) refuse('x-api-key header is required', 401)
  if (headers['anthropic-version'] === undefined) refuse('anthropic-version: header is required')
  const most = json['max_tokens']
  if (typeof most !== 'number' || most < 1) refuse('max_tokens: Field required')
  const { temperature } = json
  if (typeof temperature === 'number' && (temperature < 0 || temperature > 1))
    refuse('temperature: range: 0..1')
  const system = json['system']
  if (Array.isArray(system))
    for (const [index, block] of system.entries()) spokenText(fieldsOf(block, 'system'), `system.${index}`)
  const marks = JSON.stringify(json).match(/"cache_control":/g) ?? []
  if (marks.length > 4) refuse('A maximum of 4 blocks with cache_control may be provided')
}

/** Words of the system between the turns, which the vendor takes with a beta. */
const systemTurn = (value: unknown, at: string): HeardTurn => {
  const texts =
    typeof value === 'string'
      ? [value]
      : listOf(value, at).map((block) => spokenText(fieldsOf(block, at), at))
  return { role: 'system', parts: texts.map((text) => ({ type: 'text', text })) }
}

const hear = ({ json, headers, seal }: Asked): Heard => {
  checkTop(json, headers)
  const names = new Map<string, string>()
  const messages = listOf(json['messages'], 'messages')
  if (messages.length === 0) refuse('messages: at least one message is required')
  const contents: (readonly unknown[])[] = []
  const midSystem = String(headers['anthropic-beta'] ?? '').includes('mid-conversation-system-')
  const turns = messages.map((value, index): HeardTurn => {
    const message = fieldsOf(value, `messages.${index}`)
    only(message, 'role content', `messages.${index}`)
    const { role } = message
    if (role === 'system' && index > 0 && midSystem) {
      contents.push([])
      return systemTurn(message['content'], `messages.${index}.content`)
    }
    if (role !== 'user' && role !== 'assistant')
      return refuse(`messages.${index}.role: Input should be 'user' or 'assistant'`)
    if (index === 0 && role !== 'user') refuse('messages: first message must use the user role')
    const content = contentOf(message['content'], `messages.${index}.content`)
    const before = contents[index - 1] ?? []
    contents.push(content)
    if (role === 'user') checkPairs(index, before, content)
    else checkPairs(index, before, [])
    const parts = content.map((block, place) => {
      const at = `messages.${index}.content.${place}`
      return blockOf(fieldsOf(block, at), role, at, names, seal)
    })
    return { role, parts }
  })
  if (turns.at(-1)?.parts.some(({ type }) => type === 'call'))
    refuse('messages: the last message calls a tool that is not answered')
  const thinks = thinksIn(json)
  // Who lets the model decide may leave thoughts out; who demands them must bring them back.
  const adapts = isFields(json['thinking']) && json['thinking']['type'] === 'adaptive'
  if (thinks) checkThoughts(turns, contents, seal, adapts)
  const tools = listOf(json['tools'] ?? [], 'tools').map((value, index) => {
    const tool = fieldsOf(value, `tools.${index}`)
    only(
      tool,
      'type name description input_schema cache_control strict eager_input_streaming type',
      `tools.${index}`,
    )
    const schema = fieldsOf(tool['input_schema'], `tools.${index}.input_schema`)
    if (schema['type'] !== 'object') refuse(`tools.${index}.custom.input_schema.type: Field required`)
    return { name: textOf(tool['name'], `tools.${index}.name`), schema }
  })
  if (tools.length === 0 && json['tool_choice'] !== undefined)
    refuse('tool_choice may only be specified while providing tools')
  if (names.size > 0 && tools.length === 0)
    refuse('Requests which include `tool_use` or `tool_result` blocks must define tools')
  checkedTools(tools)
  const { system } = json
  const words = Array.isArray(system)
    ? system.map((block) => String(fieldsOf(block, 'system')['text'])).join('\n')
    : system
  return {
    dialect: 'anthropic-messages',
    turns:
      typeof words === 'string'
        ? [{ role: 'system', parts: [{ type: 'text', text: words }] }, ...turns]
        : turns,
    tools,
    format: formatOf(json),
    thinks,
    stream: json['stream'] === true,
    model: textOf(json['model'], 'model'),
    json,
  }
}

const usage = {
  input_tokens: USAGE.input - USAGE.cached,
  cache_read_input_tokens: USAGE.cached,
  cache_creation_input_tokens: 0,
  output_tokens: USAGE.output,
}

/** Whether thoughts come as their seal alone. */
const omits = ({ json }: Heard): boolean =>
  isFields(json['thinking']) && json['thinking']['display'] === 'omitted'

/** Blocks of an answer; thoughts are sealed and, before calls, remembered. */
const blocksOf = ({ said, calls, heard, seal }: Answer): readonly Fields[] => {
  const thoughts: Fields[] = []
  if (heard.thinks && said.think !== undefined) {
    const thinking = omits(heard) ? '' : said.think
    thoughts.push({ type: 'thinking', thinking, signature: seal.of(`thinking ${thinking}`) })
  }
  if (heard.thinks && said.redacted !== undefined) {
    const text = Buffer.from(said.redacted).toString('base64url')
    thoughts.push({ type: 'redacted_thinking', data: `${text}.${seal.of(`redacted ${text}`)}` })
  }
  if (thoughts.length > 0) for (const { id } of calls) seal.thoughts.set(id, { raw: thoughts })
  return [
    ...thoughts,
    ...(said.text === undefined ? [] : [{ type: 'text', text: said.text }]),
    ...calls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input })),
  ]
}

const reasonOf = ({ said, calls }: Answer): string => {
  if (said.finish === 'length') return 'max_tokens'
  if (said.finish === 'refusal') return 'refusal'
  return calls.length > 0 ? 'tool_use' : 'end_turn'
}

const messageOf = (answer: Answer, content: readonly Fields[], done: boolean): Fields => ({
  id: `msg_simulated${answer.number}`,
  type: 'message',
  role: 'assistant',
  model: answer.heard.model,
  content,
  stop_reason: done ? reasonOf(answer) : null,
  stop_sequence: null,
  usage: done ? usage : { ...usage, output_tokens: 1 },
})

const event = (type: string, more: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`

const deltasOf = (block: Fields): { readonly start: Fields; readonly deltas: readonly Fields[] } => {
  switch (block['type']) {
    case 'thinking':
      return {
        start: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          ...pieces(String(block['thinking'])).map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: block['signature'] },
        ],
      }
    case 'text':
      return {
        start: { type: 'text', text: '' },
        deltas: pieces(String(block['text'])).map((text) => ({ type: 'text_delta', text })),
      }
    case 'tool_use':
      return {
        start: { ...block, input: {} },
        deltas: pieces(JSON.stringify(block['input'])).map((partial_json) => ({
          type: 'input_json_delta',
          partial_json,
        })),
      }
    default:
      return { start: block, deltas: [] }
  }
}

const stream = (answer: Answer): readonly string[] => [
  event('message_start', { message: messageOf(answer, [], false) }),
  event('ping', {}),
  ...blocksOf(answer).flatMap((block, index) => {
    const { start, deltas } = deltasOf(block)
    return [
      event('content_block_start', { index, content_block: start }),
      ...deltas.map((delta) => event('content_block_delta', { index, delta })),
      event('content_block_stop', { index }),
    ]
  }),
  event('message_delta', { delta: { stop_reason: reasonOf(answer), stop_sequence: null }, usage }),
  event('message_stop', {}),
]

const KINDS: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
}

const errorOf = (status: number, message: string): Fields => ({
  type: 'error',
  error: { type: KINDS[status] ?? 'invalid_request_error', message },
  request_id: 'req_simulated',
})

export const messages: Speaker = {
  dialect: 'anthropic-messages',
  streamType: 'text/event-stream; charset=utf-8',
  hear,
  callId: (number, index) => `toolu_simulated${number}x${index}`,
  whole: (answer) => messageOf(answer, blocksOf(answer), true),
  stream,
  troubled: (message) => event('error', errorOf(529, message)),
  refused: (status, message) => ({
    body: errorOf(status, message),
    headers: { 'request-id': 'req_simulated', ...(status === 429 ? { 'retry-after': '7' } : {}) },
  }),
}

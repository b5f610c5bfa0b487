import { encodeEvent } from '../../../src/wire/bedrock-converse/eventStream.ts'
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

/* Bedrock's Converse as its vendor speaks it, with a Claude behind it: turns alternate, thoughts are sealed. */

const TOP =
  'messages system inferenceConfig toolConfig guardrailConfig additionalModelRequestFields additionalModelResponseFieldPaths promptVariables requestMetadata performanceConfig serviceTier outputConfig'
const ID = /^[a-zA-Z0-9_-]{1,64}$/

const known = (fields: Fields, names: string, at: string): void => {
  for (const name of Object.keys(fields))
    if (!names.split(' ').includes(name))
      refuse(
        `Malformed input request: #${at}: extraneous key [${name}] is not permitted, please reformat your input and try again.`,
      )
}

const words = (value: unknown, at: string): string => {
  const text = textOf(value, at)
  return text.trim() === ''
    ? refuse(
        `The text field in the ContentBlock object at ${at} is blank. Add text to the text field, and try again.`,
      )
    : text
}

const mediaOf = (
  value: unknown,
  type: 'image' | 'document',
  at: string,
): { readonly mime: string; readonly bytes: Buffer } => {
  const media = fieldsOf(value, at)
  known(media, type === 'image' ? 'format source' : 'format name source context citations', at)
  const format = textOf(media['format'], `${at}.format`)
  const mimes: Readonly<Record<string, string>> = {
    png: 'image/png',
    jpeg: 'image/jpeg',
    pdf: 'application/pdf',
  }
  const mime = mimes[format] ?? refuse(`${at}.format: ${format} is not supported by the simulated model`)
  if (type === 'document') {
    const name = textOf(media['name'], `${at}.name`)
    if (!/^[A-Za-z0-9 ()[\]-]{1,200}$/.test(name) || / {2}/.test(name))
      refuse(
        'The provided document name is not valid: only alphanumeric characters, whitespace, hyphens, parentheses and square brackets, no consecutive whitespace.',
      )
  }
  const source = fieldsOf(media['source'], `${at}.source`)
  return { mime, bytes: bytesOf(source['bytes'], mime, `${at}.source.bytes`) }
}

const thoughtOf = (value: unknown, at: string, seal: Seal): HeardPart => {
  const thought = fieldsOf(value, at)
  known(thought, 'reasoningText redactedContent', at)
  if (thought['redactedContent'] !== undefined) {
    const [text = '', mark] = Buffer.from(textOf(thought['redactedContent'], at), 'base64')
      .toString('utf8')
      .split('.')
    if (!seal.fits(`redacted ${text}`, mark)) refuse(`${at}: Invalid \`data\` in \`redacted_thinking\` block`)
    return { type: 'thought', text: '' }
  }
  const said = fieldsOf(thought['reasoningText'], `${at}.reasoningText`)
  const text = textOf(said['text'], `${at}.reasoningText.text`)
  if (!seal.fits(`thinking ${text}`, said['signature']))
    refuse(`${at}: Invalid \`signature\` in \`thinking\` block`)
  return { type: 'thought', text }
}

const resultOf = (value: unknown, at: string, names: ReadonlyMap<string, string>): HeardPart => {
  const result = fieldsOf(value, at)
  known(result, 'toolUseId content status type', at)
  const id = textOf(result['toolUseId'], `${at}.toolUseId`)
  const media: { mime: string; bytes: Buffer }[] = []
  const texts = listOf(result['content'], `${at}.content`).map((one, index) => {
    const where = `${at}.content.${index}`
    const inner = fieldsOf(one, where)
    known(inner, 'text json image document', where)
    if (inner['text'] !== undefined) return words(inner['text'], where)
    if (inner['json'] !== undefined) return JSON.stringify(inner['json'])
    if (inner['image'] !== undefined) media.push(mediaOf(inner['image'], 'image', where))
    else media.push(mediaOf(inner['document'], 'document', where))
    return ''
  })
  return {
    type: 'result',
    name: names.get(id) ?? '',
    text: texts.join(''),
    failed: result['status'] === 'error',
    media,
  }
}

const blockOf = (
  block: Fields,
  role: string,
  at: string,
  names: Map<string, string>,
  seal: Seal,
): readonly HeardPart[] => {
  known(block, 'text image document toolUse toolResult reasoningContent cachePoint', at)
  if (Object.keys(block).length !== 1) refuse(`${at}: a content block has one member`)
  if (block['text'] !== undefined) return [{ type: 'text', text: words(block['text'], at) }]
  if (block['cachePoint'] !== undefined) return []
  if (role === 'user' && block['image'] !== undefined)
    return [{ type: 'media', ...mediaOf(block['image'], 'image', at) }]
  if (role === 'user' && block['document'] !== undefined)
    return [{ type: 'media', ...mediaOf(block['document'], 'document', at) }]
  if (role === 'user' && block['toolResult'] !== undefined) return [resultOf(block['toolResult'], at, names)]
  if (role === 'assistant' && block['reasoningContent'] !== undefined)
    return [thoughtOf(block['reasoningContent'], at, seal)]
  if (role === 'assistant' && block['toolUse'] !== undefined) {
    const use = fieldsOf(block['toolUse'], at)
    known(use, 'toolUseId name input type', at)
    const id = textOf(use['toolUseId'], `${at}.toolUseId`)
    if (!ID.test(id))
      refuse(
        `${at}.toolUseId: failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+`,
      )
    if (names.has(id)) refuse(`${at}: \`tool_use\` ids must be unique`)
    const name = textOf(use['name'], `${at}.name`)
    names.set(id, name)
    return [{ type: 'call', id, name, input: fieldsOf(use['input'], `${at}.input`) }]
  }
  return refuse(`${at}: a ${role} message holds no ${Object.keys(block)[0] ?? 'such block'}`)
}

const idsOf = (content: readonly unknown[], type: 'toolUse' | 'toolResult'): readonly string[] =>
  content.flatMap((block) => {
    const inner = isFields(block) ? block[type] : undefined
    return isFields(inner) ? [String(inner['toolUseId'])] : []
  })

const checkMessage = (
  index: number,
  role: unknown,
  before: Fields | undefined,
  content: readonly unknown[],
): void => {
  if (index === 0 && role !== 'user')
    refuse(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    )
  if (before !== undefined && before['role'] === role)
    refuse(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    )
  const asked = before === undefined ? [] : idsOf(listOf(before['content'], 'content'), 'toolUse')
  const answered = idsOf(content, 'toolResult')
  const missing = asked.filter((id) => !answered.includes(id))
  if (missing.length > 0)
    refuse(`Expected toolResult blocks at messages.${index}.content for the following Ids: ${missing.join()}`)
  if (answered.length > asked.length || answered.some((id) => !asked.includes(id)))
    refuse(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    )
  const document = content.some((block) => isFields(block) && block['document'] !== undefined)
  if (document && !content.some((block) => isFields(block) && block['text'] !== undefined))
    refuse('The model returned the following errors: A text block is required when a document is given.')
}

const checkThoughts = (messages: readonly unknown[], turns: readonly HeardTurn[], seal: Seal): void => {
  messages.forEach((value, index) => {
    if (index < roundStart(turns) || turns[index]?.role !== 'assistant') return
    const content = listOf(fieldsOf(value, 'message')['content'], 'content')
    const issued = seal.thoughts.get(idsOf(content, 'toolUse')[0] ?? '')
    if (issued === undefined) return
    const got = content.slice(0, issued.raw.length)
    if (!got.every((block) => isFields(block) && block['reasoningContent'] !== undefined))
      refuse(
        `messages.${index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`tool_use\`.`,
      )
    if (canonical(got) !== canonical(issued.raw))
      refuse(`messages.${index}: \`thinking\` blocks in the latest assistant message cannot be modified`)
  })
}

const toolsOf = (json: Fields, used: boolean): Heard['tools'] => {
  if (json['toolConfig'] === undefined)
    return used
      ? refuse('The toolConfig field must be defined when using toolUse and toolResult content blocks.')
      : []
  const config = fieldsOf(json['toolConfig'], 'toolConfig')
  known(config, 'tools toolChoice', '/toolConfig')
  const tools = listOf(config['tools'], 'toolConfig.tools').flatMap((value, index) => {
    const tool = fieldsOf(value, `toolConfig.tools.${index}`)
    if (tool['cachePoint'] !== undefined) return []
    const made = fieldsOf(tool['toolSpec'], `toolConfig.tools.${index}.toolSpec`)
    known(made, 'name description inputSchema strict', `/toolConfig/tools/${index}/toolSpec`)
    const schema = fieldsOf(fieldsOf(made['inputSchema'], 'inputSchema')['json'], 'inputSchema.json')
    if (schema['type'] !== 'object')
      refuse(
        'The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.',
      )
    return [{ name: textOf(made['name'], 'toolSpec.name'), schema }]
  })
  if (tools.length === 0) refuse('toolConfig.tools: must have at least 1 item')
  checkedTools(tools)
  return tools
}

const thinksIn = (json: Fields): boolean => {
  const more = fieldsOf(json['additionalModelRequestFields'] ?? {}, 'additionalModelRequestFields')
  const thinking = more['thinking']
  if (!isFields(thinking) || thinking['type'] === 'disabled') return false
  const { maxTokens, temperature } = fieldsOf(json['inferenceConfig'] ?? {}, 'inferenceConfig')
  if (thinking['type'] === 'enabled' && Number(thinking['budget_tokens']) >= Number(maxTokens))
    refuse('`max_tokens` must be greater than `thinking.budget_tokens`')
  if (temperature !== undefined && temperature !== 1)
    refuse('`temperature` may only be set to 1 when thinking is enabled')
  return true
}

const formatOf = (json: Fields): unknown => {
  const config = json['outputConfig']
  if (!isFields(config) || config['textFormat'] === undefined) return null
  const structure = fieldsOf(
    fieldsOf(config['textFormat'], 'textFormat')['structure'],
    'textFormat.structure',
  )
  const schema = fieldsOf(structure['jsonSchema'], 'jsonSchema')['schema']
  return JSON.parse(textOf(schema, 'jsonSchema.schema'))
}

const hear = ({ json, headers, path, seal }: Asked): Heard => {
  known(json, TOP, '')
  if (headers.authorization === undefined)
    refuse('The security token included in the request is invalid.', 403)
  known(
    fieldsOf(json['inferenceConfig'] ?? {}, 'inferenceConfig'),
    'maxTokens temperature topP stopSequences',
    '/inferenceConfig',
  )
  const names = new Map<string, string>()
  const messages = listOf(json['messages'], 'messages')
  const turns = messages.map((value, index): HeardTurn => {
    const message = fieldsOf(value, `messages.${index}`)
    known(message, 'role content', `/messages/${index}`)
    const { role } = message
    if (role !== 'user' && role !== 'assistant')
      return refuse(
        `messages.${index}.role: failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]`,
      )
    const content = listOf(message['content'], `messages.${index}.content`)
    if (content.length === 0) refuse(`The content field in the Message object at messages.${index} is empty.`)
    const before = messages[index - 1]
    checkMessage(index, role, isFields(before) ? before : undefined, content)
    return {
      role,
      parts: content.flatMap((block, place) =>
        blockOf(fieldsOf(block, 'block'), role, `messages.${index}.content.${place}`, names, seal),
      ),
    }
  })
  if (turns.at(-1)?.role !== 'user') refuse('The conversation must end with a user message.')
  const thinks = thinksIn(json)
  if (thinks) checkThoughts(messages, turns, seal)
  const system = listOf(json['system'] ?? [], 'system').flatMap((block, index) => {
    const { text } = fieldsOf(block, 'system')
    return text === undefined ? [] : [words(text, `system.${index}`)]
  })
  return {
    dialect: 'bedrock-converse',
    turns:
      system.length === 0
        ? turns
        : [{ role: 'system', parts: [{ type: 'text', text: system.join('\n') }] }, ...turns],
    tools: toolsOf(json, names.size > 0),
    format: formatOf(json),
    thinks,
    stream: path.endsWith('/converse-stream'),
    model: decodeURIComponent(/\/model\/([^/]+)\//.exec(path)?.[1] ?? ''),
    json,
  }
}

const usage = {
  inputTokens: USAGE.input - USAGE.cached,
  cacheReadInputTokens: USAGE.cached,
  cacheWriteInputTokens: 0,
  outputTokens: USAGE.output,
  totalTokens: USAGE.input + USAGE.output,
}

const blocksOf = ({ said, calls, heard, seal }: Answer): readonly Fields[] => {
  const thoughts: Fields[] = []
  if (heard.thinks && said.think !== undefined)
    thoughts.push({
      reasoningContent: { reasoningText: { text: said.think, signature: seal.of(`thinking ${said.think}`) } },
    })
  if (heard.thinks && said.redacted !== undefined) {
    const text = Buffer.from(said.redacted).toString('base64url')
    const data = Buffer.from(`${text}.${seal.of(`redacted ${text}`)}`).toString('base64')
    thoughts.push({ reasoningContent: { redactedContent: data } })
  }
  const [first] = calls
  if (thoughts.length > 0 && first !== undefined) seal.thoughts.set(first.id, { raw: thoughts })
  return [
    ...thoughts,
    ...(said.text === undefined ? [] : [{ text: said.text }]),
    ...calls.map(({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input } })),
  ]
}

const reasonOf = ({ said, calls }: Answer): string => {
  if (said.finish === 'length') return 'max_tokens'
  if (said.finish === 'refusal') return 'content_filtered'
  return calls.length > 0 ? 'tool_use' : 'end_turn'
}

type JsonFields = Parameters<typeof encodeEvent>[1]
const event = (name: string, payload: Fields): Buffer => {
  const plain: JsonFields = JSON.parse(JSON.stringify(payload))
  return encodeEvent(name, plain)
}

/** Text has no start of its own; calls have. */
const blockEvents = (block: Fields, contentBlockIndex: number): readonly Buffer[] => {
  const delta = (value: Fields): Buffer => event('contentBlockDelta', { contentBlockIndex, delta: value })
  const stop = event('contentBlockStop', { contentBlockIndex })
  const use = block['toolUse']
  const thought = block['reasoningContent']
  if (isFields(use)) {
    const { input, ...start } = use
    return [
      event('contentBlockStart', { contentBlockIndex, start: { toolUse: start } }),
      ...pieces(JSON.stringify(input)).map((piece) => delta({ toolUse: { input: piece } })),
      stop,
    ]
  }
  if (!isFields(thought)) return [...pieces(String(block['text'])).map((text) => delta({ text })), stop]
  const said = thought['reasoningText']
  if (!isFields(said)) return [delta({ reasoningContent: thought }), stop]
  return [
    ...pieces(String(said['text'])).map((text) => delta({ reasoningContent: { text } })),
    delta({ reasoningContent: { signature: said['signature'] } }),
    stop,
  ]
}

const stream = (answer: Answer): readonly Buffer[] => [
  event('messageStart', { role: 'assistant' }),
  ...blocksOf(answer).flatMap(blockEvents),
  event('messageStop', { stopReason: reasonOf(answer) }),
  event('metadata', { usage, metrics: { latencyMs: 1 } }),
]

const KINDS: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
}

export const converse: Speaker = {
  dialect: 'bedrock-converse',
  streamType: 'application/vnd.amazon.eventstream',
  hear,
  callId: (number, index) => `tooluse_simulated${number}x${index}`,
  whole: (answer) => ({
    output: { message: { role: 'assistant', content: blocksOf(answer) } },
    stopReason: reasonOf(answer),
    usage,
    metrics: { latencyMs: 1 },
  }),
  stream,
  troubled: (message) => encodeEvent('modelStreamErrorException', { message }, 'exception'),
  refused: (status, message) => ({
    body: { message },
    headers: {
      'x-amzn-errortype': `${KINDS[status] ?? 'ValidationException'}:http://internal.amazon.com/`,
      'x-amzn-requestid': 'req-simulated',
      ...(status === 429 ? { 'retry-after': '7' } : {}),
    },
  }),
}

import {
  type Answer,
  type Asked,
  bytesOf,
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
import { checkedTools } from './tools.ts'

/* Ollama's own dialect as its server speaks it: one string of content, pictures beside it, calls by name. */

const TOP = 'model messages tools format options stream keep_alive think logprobs top_logprobs truncate shift'

/** Its server reads into fields of one type and says so in Go's words. */
const stringOf = (value: unknown, at: string): string =>
  typeof value === 'string'
    ? value
    : refuse(
        `json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go struct field ChatRequest.${at} of type string`,
      )

const pngOf = (value: unknown, at: string): HeardPart => {
  const text = textOf(value, at)
  const mime = Buffer.from(text, 'base64').toString('hex').startsWith('89504e47') ? 'image/png' : 'image/jpeg'
  return { type: 'media', mime, bytes: bytesOf(text, mime, at) }
}

const callsOf = (message: Fields, at: string): readonly HeardPart[] =>
  listOf(message['tool_calls'] ?? [], `${at}.tool_calls`).map((value, index) => {
    const where = `${at}.tool_calls[${index}]`
    const call = fieldsOf(value, where)
    only(call, 'id type function', where)
    const made = fieldsOf(call['function'], `${where}.function`)
    only(made, 'index name arguments description', `${where}.function`)
    if (!isFields(made['arguments']))
      refuse(
        'json: cannot unmarshal string into Go struct field .tool_calls.function.arguments of type api.ToolCallFunctionArguments',
      )
    return {
      type: 'call',
      id: String(call['id'] ?? ''),
      name: textOf(made['name'], `${where}.name`),
      input: made['arguments'],
    }
  })

const turnsOf = (messages: readonly unknown[]): readonly HeardTurn[] => {
  let open: string[] = []
  const turns = messages.map((value, index): HeardTurn => {
    const at = `messages[${index}]`
    const message = fieldsOf(value, at)
    only(message, 'role content images tool_calls tool_name tool_call_id thinking', at)
    const text = message['content'] === undefined ? '' : stringOf(message['content'], 'messages.content')
    const words: readonly HeardPart[] = text === '' ? [] : [{ type: 'text', text }]
    const images = listOf(message['images'] ?? [], `${at}.images`).map((image, place) =>
      pngOf(image, `${at}.images[${place}]`),
    )
    if (message['role'] === 'tool') {
      const name = textOf(message['tool_name'], `${at}.tool_name`)
      const place = open.indexOf(name)
      if (place !== 0) refuse(`${at}: a result of ${name} stands where one of ${open[0] ?? 'none'} is due`)
      open = open.slice(1)
      const media = images.flatMap((image) => (image.type === 'media' ? [image] : []))
      return { role: 'user', parts: [{ type: 'result', name, text, failed: false, media }] }
    }
    if (open.length > 0) refuse(`${at}: the calls of ${open.join()} have no result`)
    if (message['role'] === 'assistant') {
      const calls = callsOf(message, at)
      open = calls.flatMap((call) => (call.type === 'call' ? [call.name] : []))
      const { thinking } = message
      return {
        role: 'assistant',
        parts: [
          ...(typeof thinking === 'string' && thinking !== ''
            ? [{ type: 'thought' as const, text: thinking }]
            : []),
          ...words,
          ...calls,
        ],
      }
    }
    if (message['role'] === 'system') return { role: 'system', parts: words }
    return message['role'] === 'user'
      ? { role: 'user', parts: [...words, ...images] }
      : refuse(`invalid role: ${String(message['role'])}, must be one of [system, user, assistant, tool]`)
  })
  if (open.length > 0) refuse(`messages: the calls of ${open.join()} have no result`)
  return turns
}

const hear = ({ json }: Asked): Heard => {
  only(json, TOP, '')
  if (json['options'] !== undefined) fieldsOf(json['options'], 'options')
  const tools = listOf(json['tools'] ?? [], 'tools').map((value, index) => {
    const made = fieldsOf(fieldsOf(value, `tools[${index}]`)['function'], `tools[${index}].function`)
    return { name: textOf(made['name'], `tools[${index}].function.name`), schema: made['parameters'] }
  })
  checkedTools(tools)
  const { format } = json
  if (format !== undefined && format !== 'json' && !isFields(format)) refuse('invalid format')
  return {
    dialect: 'ollama',
    turns: turnsOf(listOf(json['messages'], 'messages')),
    tools,
    format: format === 'json' ? true : (format ?? null),
    thinks: json['think'] !== undefined && json['think'] !== false,
    stream: json['stream'] !== false,
    model: textOf(json['model'], 'model'),
    json,
  }
}

const line = ({ heard }: Answer, message: Fields, more: Fields): Fields => ({
  model: heard.model,
  created_at: '2026-01-01T00:00:00.000000Z',
  message: { role: 'assistant', content: '', ...message },
  ...more,
})

const doneOf = ({ said }: Answer): Fields => ({
  done: true,
  done_reason: said.finish === 'length' ? 'length' : 'stop',
  total_duration: 5,
  load_duration: 1,
  prompt_eval_count: USAGE.input,
  prompt_eval_duration: 2,
  eval_count: USAGE.output,
  eval_duration: 2,
})

const callsSaid = ({ calls }: Answer): Fields =>
  calls.length === 0
    ? {}
    : { tool_calls: calls.map(({ name, input }, index) => ({ function: { index, name, arguments: input } })) }

const whole = (answer: Answer): object => {
  const { said, heard } = answer
  const thinking = heard.thinks && said.think !== undefined ? { thinking: said.think } : {}
  return line(answer, { content: said.text ?? '', ...thinking, ...callsSaid(answer) }, doneOf(answer))
}

const stream = (answer: Answer): readonly string[] => {
  const { said, heard } = answer
  const told = (message: Fields, more: Fields = { done: false }): string =>
    `${JSON.stringify(line(answer, message, more))}\n`
  return [
    ...(heard.thinks ? pieces(said.think ?? '').map((thinking) => told({ thinking })) : []),
    ...pieces(said.text ?? '').map((content) => told({ content })),
    ...(answer.calls.length === 0 ? [] : [told(callsSaid(answer))]),
    told({}, doneOf(answer)),
  ]
}

export const ollama: Speaker = {
  dialect: 'ollama',
  streamType: 'application/x-ndjson',
  hear,
  callId: () => '',
  whole,
  stream,
  troubled: (message) => `${JSON.stringify({ error: message })}\n`,
  refused: (status, message) => ({
    body: { error: message },
    headers: status === 429 ? { 'retry-after': '7' } : {},
  }),
}

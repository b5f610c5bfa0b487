import { openAiError } from './chat.ts'
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
  roundStart,
  type Seal,
  type Speaker,
  textOf,
  USAGE,
} from './heard.ts'
import { argumentsOf, checkedTools, checkStrict } from './tools.ts'

/* OpenAI Responses as its vendor speaks it, keeping nothing: thoughts come back sealed, with what they led to. */

const TOP =
  'model input instructions stream stream_options tools tool_choice parallel_tool_calls max_output_tokens max_tool_calls temperature top_p top_logprobs text reasoning include store metadata previous_response_id conversation truncation user safety_identifier prompt_cache_key prompt_cache_retention service_tier background prompt client_metadata'

/** Sealed thought: its text, unreadable by convention, and the seal. */
const sealedOf = (text: string, seal: Seal): string =>
  `${Buffer.from(text).toString('base64url')}${seal.of(`encrypted ${text}`)}`

const unsealed = (value: unknown, at: string, seal: Seal): string => {
  const sealed = textOf(value, at)
  const mark = sealed.slice(-seal.of('').length)
  const text = Buffer.from(sealed.slice(0, -mark.length), 'base64url').toString('utf8')
  if (!seal.fits(`encrypted ${text}`, mark))
    refuse(
      'The encrypted content could not be verified. Reason: Encrypted content could not be decrypted or parsed. (invalid_encrypted_content)',
    )
  return text
}

const partOf = (value: unknown, role: string, at: string): HeardPart => {
  const part = fieldsOf(value, at)
  const spoken =
    role === 'assistant' ? ['output_text', 'refusal'] : ['input_text', 'input_image', 'input_file']
  const type = String(part['type'])
  if (!spoken.includes(type))
    return refuse(
      `Invalid value: '${type}'. Supported values are: ${spoken.map((name) => `'${name}'`).join()}. (${at})`,
    )
  switch (type) {
    case 'input_image':
      only(part, 'type image_url detail', at)
      return { type: 'media', ...dataUrl(part['image_url'], `${at}.image_url`) }
    case 'input_file':
      only(part, 'type file_data filename', at)
      textOf(part['filename'], `${at}.filename`)
      return { type: 'media', ...dataUrl(part['file_data'], `${at}.file_data`) }
    default:
      only(part, 'type text refusal annotations logprobs', at)
      return { type: 'text', text: textOf(part['text'] ?? part['refusal'], `${at}.text`) }
  }
}

const contentOf = (value: unknown, role: string, at: string): readonly HeardPart[] =>
  typeof value === 'string'
    ? [{ type: 'text', text: value }]
    : listOf(value, at).map((part, index) => partOf(part, role, `${at}[${index}]`))

const idOf = (item: Fields, prefix: string, at: string): string | null => {
  if (item['id'] === undefined) return null
  const id = textOf(item['id'], `${at}.id`)
  if (!id.startsWith(prefix) || id.length > 64)
    refuse(`Invalid '${at}.id': '${id}'. Expected an ID that begins with '${prefix}'.`)
  return id
}

const callIdOf = (item: Fields, at: string): string => {
  const id = textOf(item['call_id'], `${at}.call_id`)
  return id === '' || id.length > 64
    ? refuse(`Invalid '${at}.call_id': string too long. Expected a string with maximum length 64`)
    : id
}

/** Reads items in order, and what belongs together. */
class Items {
  readonly turns: HeardTurn[] = []
  readonly #names = new Map<string, string>()
  readonly #open = new Map<string, string>()
  readonly #seal: Seal
  #waiting: string[] = []
  /** Thought that nothing has followed yet. */
  #dangling = false

  constructor(seal: Seal) {
    this.#seal = seal
  }

  /** Calls with the encrypted thoughts right before them, by call. */
  readonly thoughts = new Map<string, readonly string[]>()

  read(value: unknown, at: string): void {
    const item = fieldsOf(value, at)
    const type = item['type'] ?? 'message'
    if (type === 'reasoning') this.#reasoning(item, at)
    else if (type === 'function_call_output') this.#output(item, at)
    else if (type === 'function_call') this.#call(item, at)
    else if (type === 'message') this.#message(item, at)
    else refuse(`Invalid value: '${String(type)}'. (${at}.type)`)
  }

  end(): void {
    if (this.#dangling) refuse("Item of type 'reasoning' was provided without its required following item.")
    const [open] = this.#open.keys()
    if (open !== undefined) refuse(`No tool output found for function call ${open}.`)
  }

  #say(role: HeardTurn['role'], parts: readonly HeardPart[]): void {
    const last = this.turns.at(-1)
    if (role === 'assistant' && last?.role === 'assistant')
      this.turns[this.turns.length - 1] = { role, parts: [...last.parts, ...parts] }
    else this.turns.push({ role, parts })
  }

  #reasoning(item: Fields, at: string): void {
    only(item, 'type id summary content encrypted_content status', at)
    if (idOf(item, 'rs_', at) === null) refuse(`Missing required parameter: '${at}.id'.`)
    listOf(item['summary'], `${at}.summary`)
    if (typeof item['encrypted_content'] !== 'string')
      refuse(
        `Item with id '${String(item['id'])}' not found. Items are not persisted when \`store\` is set to false.`,
      )
    const text = unsealed(item['encrypted_content'], at, this.#seal)
    this.#waiting.push(String(item['encrypted_content']))
    this.#dangling = true
    this.#say('assistant', [{ type: 'thought', text }])
  }

  #call(item: Fields, at: string): void {
    only(item, 'type id call_id name arguments status', at)
    idOf(item, 'fc_', at)
    const id = callIdOf(item, at)
    if (this.#names.has(id)) refuse(`Duplicate call_id ${id}`)
    const name = textOf(item['name'], `${at}.name`)
    this.#names.set(id, name)
    this.#open.set(id, name)
    this.thoughts.set(id, this.#waiting)
    this.#waiting = []
    this.#dangling = false
    this.#say('assistant', [
      { type: 'call', id, name, input: argumentsOf(item['arguments'], `${at}.arguments`) },
    ])
  }

  #output(item: Fields, at: string): void {
    only(item, 'type id call_id output status', at)
    const id = callIdOf(item, at)
    const name =
      this.#open.get(id) ?? refuse(`No tool call found for function call output with call_id ${id}.`)
    this.#open.delete(id)
    const parts = contentOf(item['output'], 'user', `${at}.output`)
    this.turns.push({
      role: 'user',
      parts: [
        {
          type: 'result',
          name,
          text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
          failed: false,
          media: parts.flatMap((part) => (part.type === 'media' ? [part] : [])),
        },
      ],
    })
  }

  #message(item: Fields, at: string): void {
    only(item, 'type id role content status phase', at)
    idOf(item, 'msg_', at)
    const role = String(item['role'])
    if (!['system', 'developer', 'user', 'assistant'].includes(role))
      refuse(`Invalid value: '${role}'. (${at}.role)`)
    const parts = contentOf(item['content'], role, `${at}.content`)
    if (role === 'assistant') this.#dangling = false
    else if (this.#dangling)
      refuse("Item of type 'reasoning' was provided without its required following item.")
    if (role === 'assistant') this.#say('assistant', parts)
    else this.turns.push({ role: role === 'user' ? 'user' : 'system', parts })
  }
}

/** A thought that was given sealed comes back before the call that it led to, in the round that is going on. */
const checkThoughts = (items: Items, seal: Seal): void => {
  const calls = items.turns
    .slice(roundStart(items.turns))
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'call' ? [part.id] : [])))
  for (const id of calls) {
    const issued = seal.thoughts.get(id)
    if (issued !== undefined && items.thoughts.get(id)?.at(-1) !== issued.raw[0])
      refuse(`Item of type 'function_call' (${id}) was provided without its required 'reasoning' item.`)
  }
}

const toolsOf = (json: Fields): Heard['tools'] => {
  const given = listOf(json['tools'] ?? [], 'tools').flatMap((value, index) => {
    const tool = fieldsOf(value, `tools[${index}]`)
    if (tool['type'] !== 'namespace') return [value]
    only(tool, 'type name description tools', `tools[${index}]`)
    return listOf(tool['tools'], `tools[${index}].tools`)
  })
  const tools = given.map((value, index) => {
    const tool = fieldsOf(value, `tools[${index}]`)
    only(tool, 'type name description parameters strict', `tools[${index}]`)
    if (tool['type'] !== 'function') refuse(`tools[${index}].type: Invalid value`)
    const name = textOf(tool['name'], `tools[${index}].name`)
    fieldsOf(tool['parameters'], `tools[${index}].parameters`)
    if (tool['strict'] === true) checkStrict(tool['parameters'], `function '${name}'`)
    return { name, schema: tool['parameters'] }
  })
  checkedTools(tools)
  const choice = json['tool_choice']
  if (isFields(choice)) only(choice, 'type name mode tools', 'tool_choice')
  return tools
}

const formatOf = (json: Fields): unknown => {
  const { text } = json
  if (!isFields(text)) return null
  only(text, 'format verbosity', 'text')
  if (text['format'] === undefined) return null
  const format = fieldsOf(text['format'], 'text.format')
  if (format['type'] === 'text') return null
  if (format['type'] === 'json_object') return true
  only(format, 'type name schema strict description', 'text.format')
  textOf(format['name'], 'text.format.name')
  if (format['strict'] === true) checkStrict(format['schema'], 'text.format')
  return format['schema']
}

const asksSealed = (json: Fields): boolean =>
  Array.isArray(json['include']) && json['include'].includes('reasoning.encrypted_content')

const hear = ({ json, headers, seal }: Asked): Heard => {
  only(json, TOP, '')
  if (!/^Bearer \S+/.test(headers.authorization ?? '')) refuse('You did not provide an API key.', 401)
  if (json['previous_response_id'] != null) refuse('Previous response not found. (previous_response_id)')
  const most = json['max_output_tokens']
  if (typeof most === 'number' && most < 16)
    refuse("Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16.")
  const items = new Items(seal)
  if (typeof json['instructions'] === 'string')
    items.turns.push({ role: 'system', parts: [{ type: 'text', text: json['instructions'] }] })
  const { input } = json
  if (typeof input === 'string') items.turns.push({ role: 'user', parts: [{ type: 'text', text: input }] })
  else
    listOf(input, 'input').forEach((item, index) => {
      items.read(item, `input[${index}]`)
    })
  items.end()
  const reasoning = json['reasoning']
  const thinks = !(isFields(reasoning) && reasoning['effort'] === 'none')
  if (thinks) checkThoughts(items, seal)
  return {
    dialect: 'openai-responses',
    turns: items.turns,
    tools: toolsOf(json),
    format: formatOf(json),
    thinks,
    stream: json['stream'] === true,
    model: textOf(json['model'], 'model'),
    json,
  }
}

/** Items of an answer; sealed thought is remembered where it was asked for. */
const itemsOf = ({ said, calls, heard, number, seal }: Answer): readonly Fields[] => {
  const items: Fields[] = []
  if (heard.thinks && said.think !== undefined) {
    const encrypted_content = sealedOf(said.think, seal)
    const asked = asksSealed(heard.json)
    items.push({
      id: `rs_simulated${number}`,
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: said.think }],
      ...(asked ? { encrypted_content } : {}),
    })
    const [first] = calls
    if (asked && first !== undefined) seal.thoughts.set(first.id, { raw: [encrypted_content] })
  }
  if (said.text !== undefined) {
    const part =
      said.finish === 'refusal'
        ? { type: 'refusal', refusal: said.text }
        : { type: 'output_text', text: said.text, annotations: [], logprobs: [] }
    items.push({
      id: `msg_simulated${number}`,
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [part],
    })
  }
  calls.forEach(({ id, name, input }, index) => {
    items.push({
      id: `fc_simulated${number}x${index}`,
      type: 'function_call',
      status: 'completed',
      call_id: id,
      name,
      arguments: JSON.stringify(input),
    })
  })
  return items
}

const responseOf = ({ heard, number, said }: Answer, output: readonly Fields[], done: boolean): Fields => {
  const short = said.finish === 'length'
  return {
    id: `resp_simulated${number}`,
    object: 'response',
    created_at: 1,
    completed_at: done && !short ? 2 : null,
    status: done ? (short ? 'incomplete' : 'completed') : 'in_progress',
    incomplete_details: done && short ? { reason: 'max_output_tokens' } : null,
    error: null,
    model: heard.model,
    output,
    instructions: heard.json['instructions'] ?? null,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: false,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: heard.json['tools'] ?? [],
    top_p: 1,
    truncation: 'disabled',
    metadata: {},
    usage: done
      ? {
          input_tokens: USAGE.input,
          input_tokens_details: { cached_tokens: USAGE.cached },
          output_tokens: USAGE.output,
          output_tokens_details: { reasoning_tokens: USAGE.thought },
          total_tokens: USAGE.input + USAGE.output,
        }
      : null,
  }
}

type Emit = (type: string, more: object) => void

const emitItem = (emit: Emit, item: Fields, output_index: number): void => {
  const item_id = item['id']
  const open = { ...item, ...(item['status'] === undefined ? {} : { status: 'in_progress' }) }
  if (item['type'] === 'function_call') {
    emit('response.output_item.added', { output_index, item: { ...open, arguments: '' } })
    const text = String(item['arguments'])
    for (const delta of pieces(text))
      emit('response.function_call_arguments.delta', { item_id, output_index, delta })
    emit('response.function_call_arguments.done', {
      item_id,
      output_index,
      arguments: text,
      name: item['name'],
    })
  } else if (item['type'] === 'reasoning') {
    const at = { item_id, output_index, summary_index: 0 }
    const [part] = listOf(item['summary'], 'summary')
    const text = isFields(part) ? String(part['text']) : ''
    emit('response.output_item.added', { output_index, item: { ...item, summary: [] } })
    emit('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } })
    for (const delta of pieces(text)) emit('response.reasoning_summary_text.delta', { ...at, delta })
    emit('response.reasoning_summary_text.done', { ...at, text })
    emit('response.reasoning_summary_part.done', { ...at, part })
  } else {
    const at = { item_id, output_index, content_index: 0 }
    const part = fieldsOf(listOf(item['content'], 'content')[0], 'part')
    const refusal = part['type'] === 'refusal'
    const text = String(part['text'] ?? part['refusal'])
    const word = refusal ? 'refusal' : 'output_text'
    emit('response.output_item.added', { output_index, item: { ...open, content: [] } })
    emit('response.content_part.added', {
      ...at,
      part: refusal ? { type: 'refusal', refusal: '' } : { ...part, text: '' },
    })
    for (const delta of pieces(text))
      emit(`response.${word}.delta`, { ...at, delta, ...(refusal ? {} : { logprobs: [] }) })
    emit(`response.${word}.done`, { ...at, ...(refusal ? { refusal: text } : { text, logprobs: [] }) })
    emit('response.content_part.done', { ...at, part })
  }
  emit('response.output_item.done', { output_index, item })
}

const stream = (answer: Answer): readonly string[] => {
  const out: string[] = []
  const emit: Emit = (type, more) => {
    out.push(`event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: out.length, ...more })}\n\n`)
  }
  const items = itemsOf(answer)
  const begun = responseOf(answer, [], false)
  emit('response.created', { response: begun })
  emit('response.in_progress', { response: begun })
  items.forEach((item, index) => {
    emitItem(emit, item, index)
  })
  const ended = answer.said.finish === 'length' ? 'incomplete' : 'completed'
  emit(`response.${ended}`, { response: responseOf(answer, items, true) })
  return out
}

export const responses: Speaker = {
  dialect: 'openai-responses',
  streamType: 'text/event-stream',
  hear,
  callId: (number, index) => `call_simulated${number}x${index}`,
  whole: (answer) => responseOf(answer, itemsOf(answer), true),
  stream,
  troubled: (message) =>
    `event: error\ndata: ${JSON.stringify({ type: 'error', sequence_number: 99, code: 'server_error', message, param: null })}\n\n`,
  refused: (status, message) => ({
    body: openAiError(status, message),
    headers: { 'x-request-id': 'req_simulated', ...(status === 429 ? { 'retry-after': '7' } : {}) },
  }),
}

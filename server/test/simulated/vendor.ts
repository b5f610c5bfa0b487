import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createGate, echo, flood, type Gate } from './extremes.ts'

/*
 * A SIMULATED vendor's cloud: the only thing that is simulated here. It says so in its name, in its model id
 * and in every answer. It speaks OpenAI Chat Completions and Anthropic Messages, and can be told to misbehave.
 */

/** What the simulated vendor does with a request. */
export type Behaviour =
  | 'answer'
  | 'tool-call'
  | 'refuse-400'
  | 'refuse-401'
  | 'limit-429'
  | 'fail-500'
  | 'overload-503'
  | 'hang'
  | 'rubbish'
  | 'html'
  | 'cut-before'
  | 'cut-middle'
  | 'error-event'
  | 'no-end'
  | 'slow'
  | 'silent'
  | 'linger'
  /** Begins to answer, and goes on when the test says `release`. */
  | 'held'
  /** Sends `FLOOD` bytes of a stream as fast as the gateway takes them. */
  | 'flood'
  /** Refuses and repeats the credential it got, as some vendors do. */
  | 'echo-401'
  /** Fails and repeats what it was asked, as some vendors do. */
  | 'echo-400'
  | 'echo-500'

/** One request as it arrived, for tests to look at what really left the gateway. */
export interface Seen {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Set when the gateway closed the connection before the answer was complete. */
  aborted: boolean
  readonly order: number
}

export interface SimulatedVendor {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string
  readonly port: number
  readonly seen: Seen[]
  behave(behaviour: Behaviour): void
  /** Lets requests that are `held` go on to their end. */
  release(): void
  /** Bytes that `flood` has handed over to its socket. */
  flooded(): number
  /** Resolves when a request with this number (from 0) was aborted by the gateway. */
  aborted(index: number): Promise<void>
  close(): Promise<void>
}

const SIMULATED_MODEL = 'simulated-vendor-model'
const words = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? '[simulated vendor] ' : `word${index} `))

interface Asked {
  readonly stream: boolean
  readonly anthropic: boolean
  readonly usage: boolean
  readonly tools: boolean
}

const askedOf = (path: string, body: string): Asked => {
  const json: unknown = body === '' ? {} : JSON.parse(body)
  const fields: Record<string, unknown> = typeof json === 'object' && json !== null ? { ...json } : {}
  const options = fields['stream_options']
  return {
    stream: fields['stream'] === true,
    anthropic: path.includes('/messages'),
    usage:
      typeof options === 'object' &&
      options !== null &&
      'include_usage' in options &&
      options.include_usage === true,
    tools: Array.isArray(fields['tools']),
  }
}

const USAGE = { input: 21, output: 12 } as const

const openAiFrames = (asked: Asked, tool: boolean, count: number): string[] => {
  const frame = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-simulated', object: 'chat.completion.chunk', created: 1, model: SIMULATED_MODEL, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  const frames = [frame({ role: 'assistant', content: '' }, null)]
  if (tool) {
    frames.push(
      frame(
        {
          tool_calls: [
            { index: 0, id: 'call_simulated', type: 'function', function: { name: 'lookup', arguments: '' } },
          ],
        },
        null,
      ),
    )
    for (const piece of ['{"query":', '"simulated"}'])
      frames.push(frame({ tool_calls: [{ index: 0, function: { arguments: piece } }] }, null))
  } else for (const word of words(count)) frames.push(frame({ content: word }, null))
  frames.push(frame({}, tool ? 'tool_calls' : 'stop'))
  if (asked.usage) {
    const usage = {
      prompt_tokens: USAGE.input,
      completion_tokens: USAGE.output,
      total_tokens: USAGE.input + USAGE.output,
    }
    frames.push(
      `data: ${JSON.stringify({ id: 'chatcmpl-simulated', object: 'chat.completion.chunk', created: 1, model: SIMULATED_MODEL, choices: [], usage })}\n\n`,
    )
  }
  frames.push('data: [DONE]\n\n')
  return frames
}

const anthropicFrames = (tool: boolean, count: number): string[] => {
  const frame = (value: { type: string } & Record<string, unknown>): string =>
    `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`
  const message = {
    id: 'msg_simulated',
    type: 'message',
    role: 'assistant',
    model: SIMULATED_MODEL,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: USAGE.input, output_tokens: 1 },
  }
  const frames = [frame({ type: 'message_start', message })]
  const block = tool
    ? { type: 'tool_use', id: 'toolu_simulated', name: 'lookup', input: {} }
    : { type: 'text', text: '' }
  frames.push(frame({ type: 'content_block_start', index: 0, content_block: block }))
  const deltas = tool
    ? ['{"query":', '"simulated"}'].map((piece) => ({ type: 'input_json_delta', partial_json: piece }))
    : words(count).map((text) => ({ type: 'text_delta', text }))
  for (const delta of deltas) frames.push(frame({ type: 'content_block_delta', index: 0, delta }))
  frames.push(frame({ type: 'content_block_stop', index: 0 }))
  frames.push(
    frame({
      type: 'message_delta',
      delta: { stop_reason: tool ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: USAGE.output },
    }),
  )
  frames.push(frame({ type: 'message_stop' }))
  return frames
}

const wholeAnswer = (asked: Asked, tool: boolean): object => {
  const text = words(6).join('')
  if (asked.anthropic) {
    const content = tool
      ? [{ type: 'tool_use', id: 'toolu_simulated', name: 'lookup', input: { query: 'simulated' } }]
      : [{ type: 'text', text }]
    return {
      id: 'msg_simulated',
      type: 'message',
      role: 'assistant',
      model: SIMULATED_MODEL,
      content,
      stop_reason: tool ? 'tool_use' : 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: USAGE.input, output_tokens: USAGE.output },
    }
  }
  const call = {
    id: 'call_simulated',
    type: 'function',
    function: { name: 'lookup', arguments: '{"query":"simulated"}' },
  }
  const message = tool
    ? { role: 'assistant', content: null, tool_calls: [call] }
    : { role: 'assistant', content: text }
  return {
    id: 'chatcmpl-simulated',
    object: 'chat.completion',
    created: 1,
    model: SIMULATED_MODEL,
    choices: [{ index: 0, message, finish_reason: tool ? 'tool_calls' : 'stop' }],
    usage: {
      prompt_tokens: USAGE.input,
      completion_tokens: USAGE.output,
      total_tokens: USAGE.input + USAGE.output,
    },
    simulated_vendor: true,
  }
}

const send = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-request-id': 'req_simulated',
    ...headers,
  })
  response.end(typeof value === 'string' ? value : JSON.stringify(value))
}

const refused = (asked: Asked, type: string, message: string): object =>
  asked.anthropic
    ? { type: 'error', error: { type, message } }
    : { error: { message, type, param: null, code: null } }

const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

const stream = async (
  response: ServerResponse,
  asked: Asked,
  behaviour: Behaviour,
  gate: Gate,
): Promise<void> => {
  const tool = behaviour === 'tool-call' && asked.tools
  const count = behaviour === 'slow' ? 200 : 6
  const frames = asked.anthropic ? anthropicFrames(tool, count) : openAiFrames(asked, tool, count)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_simulated' })
  if (behaviour === 'cut-before') {
    response.flushHeaders()
    await later(5)
    response.destroy()
    return
  }
  if (behaviour === 'error-event') {
    response.end(
      asked.anthropic
        ? `event: error\ndata: ${JSON.stringify(refused(asked, 'overloaded_error', 'simulated overload'))}\n\n`
        : `data: ${JSON.stringify(refused(asked, 'server_error', 'simulated failure'))}\n\n`,
    )
    return
  }
  const shown =
    behaviour === 'no-end'
      ? frames.slice(0, -1)
      : behaviour === 'cut-middle' || behaviour === 'silent'
        ? frames.slice(0, 4)
        : frames
  for (const [index, frame] of shown.entries()) {
    if (behaviour === 'held' && index === 3) await gate.opened()
    if (response.destroyed) return
    response.write(frame)
    await later(behaviour === 'slow' ? 20 : 0)
  }
  if (behaviour === 'silent' || behaviour === 'linger') return
  if (behaviour === 'cut-middle') {
    await later(10)
    response.destroy()
  } else response.end()
}

const act = async (
  response: ServerResponse,
  asked: Asked,
  behaviour: Behaviour,
  gate: Gate,
): Promise<void> => {
  switch (behaviour) {
    case 'refuse-400':
      return send(response, 400, refused(asked, 'invalid_request_error', 'simulated refusal'))
    case 'refuse-401':
      return send(
        response,
        401,
        refused(asked, 'authentication_error', 'simulated: wrong key sk-simulated-000000000000'),
      )
    case 'limit-429':
      return send(response, 429, refused(asked, 'rate_limit_error', 'simulated limit'), {
        'retry-after': '7',
      })
    case 'fail-500':
      return send(response, 500, refused(asked, 'server_error', 'simulated failure'))
    case 'overload-503':
      return send(response, 503, refused(asked, 'overloaded_error', 'simulated overload'))
    case 'html':
      return send(response, 502, '<html><body>simulated gateway error</body></html>', {
        'content-type': 'text/html',
      })
    case 'rubbish':
      return send(response, 200, '\u0000\u0001 simulated rubbish {{{', { 'content-type': 'application/json' })
    case 'hang':
      return
    default:
      break
  }
  if (asked.stream) return stream(response, asked, behaviour, gate)
  if (behaviour === 'held') await gate.opened()
  const body = JSON.stringify(wholeAnswer(asked, behaviour === 'tool-call' && asked.tools))
  if (behaviour === 'cut-before' || behaviour === 'cut-middle' || behaviour === 'no-end') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.write(body.slice(0, 20))
    await later(5)
    response.destroy()
    return
  }
  if (behaviour === 'error-event')
    return send(response, 200, refused(asked, 'server_error', 'simulated failure'))
  if (behaviour === 'silent') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(body.slice(0, 20))
    return
  }
  return send(response, 200, body)
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

/** Starts a simulated vendor on a loopback port. */
export const startSimulatedVendor = async (port = 0): Promise<SimulatedVendor> => {
  const seen: Seen[] = []
  const waiting = new Map<number, () => void>()
  let behaviour: Behaviour = 'answer'
  let order = 0
  let flooded = 0
  const gate = createGate()
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const body = await bodyOf(request).catch(() => '')
    const index = seen.length
    const entry: Seen = { path, headers: request.headers, body, aborted: false, order: order++ }
    seen.push(entry)
    response.on('close', () => {
      if (response.writableFinished) return
      entry.aborted = true
      waiting.get(index)?.()
    })
    if (!path.startsWith('/v1/'))
      return send(response, 404, {
        error: { message: `the simulated vendor has no ${path}`, type: 'not_found' },
      })
    if (path.endsWith('/count_tokens')) return send(response, 200, { input_tokens: 33 })
    if (path.endsWith('/embeddings')) {
      return send(response, 200, {
        object: 'list',
        data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
        model: SIMULATED_MODEL,
        usage: { prompt_tokens: 5, total_tokens: 5 },
      })
    }
    if (behaviour === 'flood') {
      return flood(response, (bytes) => {
        flooded += bytes
      })
    }
    if (behaviour === 'echo-400' || behaviour === 'echo-401' || behaviour === 'echo-500') {
      const key = request.headers.authorization?.split(' ').at(-1) ?? ''
      const said = behaviour === 'echo-401' ? `the wrong key ${key}, sent as Bearer ${key}` : body
      return echo(response, Number(behaviour.slice(-3)), said)
    }
    await act(response, askedOf(path, body), behaviour, gate)
  })
  const bound = await listen(server, port)
  return {
    url: `http://127.0.0.1:${bound}/v1`,
    port: bound,
    seen,
    behave(next) {
      behaviour = next
    },
    release: () => gate.open(),
    flooded: () => flooded,
    aborted: (index) =>
      seen[index]?.aborted === true
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.set(index, resolve)
          }),
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

import { createServer, type IncomingHttpHeaders } from 'node:http'

/*
 * A SIMULATED upstream that answers byte by byte as a test says, in whatever dialect: for what no well-behaved
 * model would send.
 */

export interface Scripted {
  readonly status?: number
  readonly type?: string
  /** Sent one after the other. */
  readonly pieces: readonly (string | Uint8Array)[]
  readonly headers?: Readonly<Record<string, string>>
  /** The connection is cut behind the last piece. */
  readonly cut?: boolean
}

/** One request as it arrived. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface ScriptedModel {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string
  /** Bodies as they arrived. */
  readonly seen: string[]
  /** The same with what came before them. */
  readonly asked: Asked[]
  says(answer: (body: string, path: string) => Scripted): void
  close(): Promise<void>
}

/** A whole answer. */
export const whole = (body: object, status = 200): Scripted => ({ status, pieces: [JSON.stringify(body)] })

/** A stream of Chat Completions chunks with these deltas of one choice; ends as it should. */
export const chatStream = (deltas: readonly object[], more: object = {}, reason = 'stop'): Scripted => ({
  type: 'text/event-stream',
  pieces: [
    ...deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null, ...more }])),
    chunk([{ index: 0, delta: {}, finish_reason: reason }]),
    'data: [DONE]\n\n',
  ],
})

const chunk = (choices: readonly object[], more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'simulated', object: 'chat.completion.chunk', created: 1, model: 'simulated', choices, ...more })}\n\n`

/** A whole chat completion of one choice. */
export const chatWhole = (message: object, choice: object = {}, more: object = {}): Scripted =>
  whole({
    id: 'simulated',
    object: 'chat.completion',
    created: 1,
    model: 'simulated',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message }, ...choice }],
    usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
    ...more,
  })

/** A text, or the arguments of one call of a tool. */
export type Said = { readonly text: string } | { readonly tool: unknown }

/** In pieces of three letters. */
const pieces = (text: string): readonly string[] => text.match(/[\s\S]{1,3}/gu) ?? ['']

/** Says in Chat Completions what is to be said to a body: streaming in small pieces, or whole, as it was asked. */
export const chatting =
  (answer: (body: string) => Said) =>
  (body: string): Scripted => {
    const { stream = false }: { stream?: boolean } = JSON.parse(body)
    const said = answer(body)
    if ('text' in said) {
      return stream
        ? chatStream(pieces(said.text).map((content) => ({ content })))
        : chatWhole({ content: said.text })
    }
    const args = JSON.stringify(said.tool)
    const call = (whole: string): object => ({
      index: 0,
      id: 'call_1',
      type: 'function',
      function: { name: 'note', arguments: whole },
    })
    const reason = 'tool_calls'
    if (!stream) return chatWhole({ content: null, tool_calls: [call(args)] }, { finish_reason: reason })
    const rest = pieces(args).map((piece) => ({ index: 0, function: { arguments: piece } }))
    return chatStream(
      [call(''), ...rest].map((one) => ({ tool_calls: [one] })),
      {},
      reason,
    )
  }

/** Says the last message again. */
export const repeating = chatting((body) => ({ text: JSON.parse(body).messages.at(-1).content }))

/** A whole message of these blocks. */
export const messageWhole = (content: readonly object[], more: object = {}): Scripted =>
  whole({
    id: 'simulated',
    type: 'message',
    role: 'assistant',
    model: 'simulated',
    content,
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 9 },
    ...more,
  })

/** Events of a stream of messages between `message_start` and `message_stop`. */
export const messageStream = (events: readonly (readonly [type: string, more: object])[]): Scripted => {
  const event = (type: string, more: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
  const message = {
    id: 'simulated',
    type: 'message',
    role: 'assistant',
    model: 'simulated',
    content: [],
    usage: { input_tokens: 9, output_tokens: 1 },
  }
  return {
    type: 'text/event-stream',
    pieces: [
      event('message_start', { message }),
      ...events.map(([type, more]) => event(type, more)),
      event('message_delta', {
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 9 },
      }),
      event('message_stop', {}),
    ],
  }
}

export const startScriptedModel = async (): Promise<ScriptedModel> => {
  const seen: string[] = []
  const asked: Asked[] = []
  let says: (body: string, path: string) => Scripted = () => chatWhole({ content: 'Hello.' })
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString('utf8')
    seen.push(body)
    const { method = '', url: path = '', headers: came } = request
    asked.push({ method, path, headers: came, body })
    const { status = 200, type = 'application/json', pieces, headers = {}, cut = false } = says(body, path)
    response.writeHead(status, { 'content-type': type, ...headers })
    for (const piece of pieces) response.write(piece)
    if (cut) setTimeout(() => response.destroy(), 50)
    else response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    seen,
    asked,
    says(answer) {
      says = answer
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

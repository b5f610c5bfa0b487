import { createServer } from 'node:http'

/*
 * A SIMULATED model that says what a test tells it to say about what it was asked, in either dialect, streaming
 * in small pieces. For tests that look at what an answer becomes on its way home.
 */

export interface Said {
  readonly text?: string
  /** Arguments of one tool call. */
  readonly tool?: unknown
}

export interface RepeatingModel {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string
  /** Bodies as they arrived. */
  readonly seen: string[]
  /** What it says to a body; the text of the last message unless said. */
  says(answer: (body: string) => Said): void
  close(): Promise<void>
}

interface Message {
  readonly content?: unknown
}

const lastText = (body: string): Said => {
  const { messages = [] }: { messages?: readonly Message[] } = JSON.parse(body)
  const content = messages.at(-1)?.content
  return { text: typeof content === 'string' ? content : JSON.stringify(content) }
}

const PIECE = 3

const pieces = (text: string): readonly string[] =>
  text.match(new RegExp(`[\\s\\S]{1,${PIECE}}`, 'gu')) ?? ['']

const chatStream = ({ text, tool }: Said): string[] => {
  const chunk = (delta: object, reason: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'simulated', object: 'chat.completion.chunk', created: 1, model: 'simulated', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`
  const out = [chunk({ role: 'assistant', content: '' })]
  for (const piece of text === undefined ? [] : pieces(text)) out.push(chunk({ content: piece }))
  if (tool !== undefined) {
    out.push(
      chunk({
        tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'note', arguments: '' } }],
      }),
    )
    for (const piece of pieces(JSON.stringify(tool)))
      out.push(chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] }))
  }
  return [...out, chunk({}, tool === undefined ? 'stop' : 'tool_calls'), 'data: [DONE]\n\n']
}

const chatBody = ({ text, tool }: Said): object => ({
  id: 'simulated',
  object: 'chat.completion',
  created: 1,
  model: 'simulated',
  choices: [
    {
      index: 0,
      finish_reason: tool === undefined ? 'stop' : 'tool_calls',
      message: {
        role: 'assistant',
        content: text ?? null,
        ...(tool === undefined
          ? {}
          : {
              tool_calls: [
                {
                  id: 'call_1',
                  type: 'function',
                  function: { name: 'note', arguments: JSON.stringify(tool) },
                },
              ],
            }),
      },
    },
  ],
  usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
})

const messagesStream = ({ text, tool }: Said): string[] => {
  const event = (type: string, more: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
  const out = [
    event('message_start', {
      message: {
        id: 'simulated',
        type: 'message',
        role: 'assistant',
        model: 'simulated',
        content: [],
        usage: { input_tokens: 9, output_tokens: 1 },
      },
    }),
  ]
  let index = 0
  const block = (start: object, deltas: readonly object[]): void => {
    out.push(event('content_block_start', { index, content_block: start }))
    for (const delta of deltas) out.push(event('content_block_delta', { index, delta }))
    out.push(event('content_block_stop', { index }))
    index += 1
  }
  if (text !== undefined) {
    block(
      { type: 'text', text: '' },
      pieces(text).map((piece) => ({ type: 'text_delta', text: piece })),
    )
  }
  if (tool !== undefined) {
    block(
      { type: 'tool_use', id: 'tool_1', name: 'note', input: {} },
      pieces(JSON.stringify(tool)).map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
    )
  }
  const reason = tool === undefined ? 'end_turn' : 'tool_use'
  return [
    ...out,
    event('message_delta', {
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: 9 },
    }),
    event('message_stop', {}),
  ]
}

const messagesBody = ({ text, tool }: Said): object => ({
  id: 'simulated',
  type: 'message',
  role: 'assistant',
  model: 'simulated',
  content: [
    ...(text === undefined ? [] : [{ type: 'text', text }]),
    ...(tool === undefined ? [] : [{ type: 'tool_use', id: 'tool_1', name: 'note', input: tool }]),
  ],
  stop_reason: tool === undefined ? 'end_turn' : 'tool_use',
  stop_sequence: null,
  usage: { input_tokens: 9, output_tokens: 9 },
})

export const startRepeatingModel = async (): Promise<RepeatingModel> => {
  const seen: string[] = []
  let says: (body: string) => Said = lastText
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString('utf8')
    seen.push(body)
    const { stream = false }: { stream?: boolean } = JSON.parse(body)
    const said = says(body)
    const messages = request.url?.includes('/messages') === true
    if (!stream) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(messages ? messagesBody(said) : chatBody(said)))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of messages ? messagesStream(said) : chatStream(said)) response.write(event)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    seen,
    says(answer) {
      says = answer
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

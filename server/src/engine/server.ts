import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerChat } from './completion.ts'
import { EngineError, reasonOf } from './errors.ts'
import type { Generator } from './generator.ts'
import { Queue } from './queue.ts'

export interface ServerOptions {
  readonly generator: Generator
  /** Bytes; 8 MB unless said. */
  readonly bodyLimit?: number
  /** Requests that may wait; 32 unless said. */
  readonly waiting?: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A listening engine. */
export interface Listening {
  readonly port: number
  /** Stops listening, aborts what runs and waits until it ended. */
  close(): Promise<void>
}

const BODY_LIMIT = 8 * 1024 * 1024
const WAITING_LIMIT = 32
const RETRY_SECONDS = 5

interface Serving {
  readonly options: ServerOptions
  readonly queue: Queue
  readonly closing: AbortController
}

/** Serves a generator on 127.0.0.1 in OpenAI's dialect. Port 0 takes any. Throws `port_in_use`. */
export const serveEngine = async (options: ServerOptions, port: number): Promise<Listening> => {
  const queue = new Queue(options.waiting ?? WAITING_LIMIT)
  const serving: Serving = { options, queue, closing: new AbortController() }
  const running = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const work = respond(serving, request, response)
    running.add(work)
    void work.finally(() => running.delete(work))
  })
  const bound = await listen(server, port)
  return {
    port: bound,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      serving.closing.abort(new EngineError('overloaded', 'The engine is stopping.'))
      server.closeIdleConnections()
      await Promise.allSettled(running)
      server.closeAllConnections()
      await closed
    },
  }
}

const listen = async (server: Server, port: number): Promise<number> => {
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (thrown) {
    const taken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'
    const message = taken ? `Port ${port} is taken by another program.` : `Port ${port}: ${reasonOf(thrown)}`
    throw new EngineError('port_in_use', message, { cause: thrown })
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

const ROUTES: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/v1/chat/completions': 'POST',
  '/v1/models': 'GET',
  '/health': 'GET',
  '/props': 'GET',
}

const respond = async (
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const left = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) left.abort(new Error('the client left'))
  })
  const signal = AbortSignal.any([left.signal, serving.closing.signal])
  try {
    refuseForeign(request)
    await route(serving, request, response, signal)
  } catch (thrown) {
    if (!left.signal.aborted) sendError(response, thrown)
  }
}

const route = async (
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> => {
  const { options, queue } = serving
  const { generator } = options
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  const method = ROUTES[path]
  if (method === undefined) {
    throw new EngineError(
      'unknown_route',
      `${path} is not served; there are ${Object.keys(ROUTES).join(', ')}.`,
    )
  }
  if (request.method !== method) {
    response.setHeader('allow', method)
    throw new EngineError('method_not_allowed', `${path} takes ${method}.`)
  }
  switch (path) {
    case '/v1/models':
      return sendJson(response, 200, modelList(generator))
    case '/health':
      return sendJson(response, 200, { status: 'ok', queue: queue.depth })
    case '/props':
      return sendJson(response, 200, properties(generator))
    default: {
      const body = parseBody(await readBody(request, options.bodyLimit ?? BODY_LIMIT))
      const id = `chatcmpl-${randomUUID()}`
      const created = Math.floor(options.now() / 1000)
      return answerChat({ generator, queue, body, response, signal, id, created })
    }
  }
}

const modelList = (generator: Generator): unknown => ({
  object: 'list',
  data: [
    {
      id: generator.model,
      object: 'model',
      created: 0,
      owned_by: 'causeway-engine',
      context_window: generator.context,
      max_model_len: generator.context,
      for_work: generator.forWork,
    },
  ],
})

/** What tells this server from any other on the port. */
const properties = (generator: Generator): unknown => ({
  server: 'causeway-engine',
  model: generator.model,
  title: generator.title,
  for_work: generator.forWork,
  context: generator.context,
  threads: generator.threads,
  default_generation_settings: { n_ctx: generator.context },
  total_slots: 1,
})

// A page in a browser on this machine could otherwise post here, or reach us under a name of its own.
const refuseForeign = (request: IncomingMessage): void => {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (!LOOPBACK_HOSTS.has(host))
    throw new EngineError('forbidden', 'The Host header names no loopback address.')
  const { origin } = request.headers
  if (origin === undefined) return
  const page = URL.parse(origin)
  if (page === null || !LOOPBACK_HOSTS.has(page.hostname)) {
    throw new EngineError('forbidden', 'Pages of other origins may not call the engine.')
  }
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit) throw new EngineError('body_too_large', `The body is larger than ${limit} bytes.`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

const parseBody = (body: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (thrown) {
    throw new EngineError('invalid_json', 'The body is not JSON in UTF-8.', { cause: thrown })
  }
}

const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  const text = JSON.stringify(value)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

const sendError = (response: ServerResponse, thrown: unknown): void => {
  const error =
    thrown instanceof EngineError
      ? thrown
      : new EngineError('generation_failed', 'The model failed while answering.', { cause: thrown })
  const body = {
    error: { message: error.message, type: errorType(error), param: error.field, code: error.code },
  }
  if (response.headersSent) {
    // Too late for a status: the stream says it and ends without its closing event.
    response.end(`data: ${JSON.stringify(body)}\n\n`)
    return
  }
  if (error.code === 'overloaded') response.setHeader('retry-after', String(RETRY_SECONDS))
  if (error.code === 'body_too_large') response.setHeader('connection', 'close')
  sendJson(response, error.status, body)
}

const errorType = (error: EngineError): string =>
  error.status < 500 ? 'invalid_request_error' : 'server_error'

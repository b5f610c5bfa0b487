import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Address, CausewayError, type RequestRecord, type Snapshot } from '../domain/index.ts'
import { timeId } from '../lib/index.ts'
import { answerPresidio } from './analyze.ts'
import type { Client } from './client.ts'
import { dialectIn } from './identify.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { answerModels } from './models.ts'
import { answerOllama } from './ollama.ts'
import { conduct, type PipelineParts, turnAway } from './pipeline.ts'
import { destinationOf, PATHS } from './routes.ts'
import { answerStored } from './stored.ts'
import { Trace } from './trace.ts'

export interface GatewayOptions extends Omit<PipelineParts, 'settled' | 'enter'> {
  readonly snapshot: () => Snapshot
  readonly settled: (record: RequestRecord) => void
  /** Why requests cannot be served, or an empty list. */
  readonly troubles: () => readonly string[]
  readonly version: string
}

export interface Gateway {
  readonly address: Address
  readonly metrics: Metrics
  /** Calls in work: those whose key was good. */
  inFlight(): number
  /** Refuses new requests, lets those in work finish for `grace` milliseconds, then closes. */
  close(grace: number): Promise<void>
}

interface State {
  readonly options: GatewayOptions
  readonly parts: PipelineParts
  readonly metrics: Metrics
  inFlight: number
  draining: boolean
}

const plain = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(body)
}

const json = (response: ServerResponse, status: number, value: unknown): void =>
  plain(response, status, 'application/json', JSON.stringify(value))

const ready = (state: State, response: ServerResponse): void => {
  const troubles = [...state.options.troubles(), ...(state.draining ? ['shutting down'] : [])]
  json(response, troubles.length === 0 ? 200 : 503, { ready: troubles.length === 0, troubles })
}

const traceOf = (state: State, request: IncomingMessage, path: string): Trace => {
  const { clock } = state.options
  const now = clock.now()
  return new Trace(
    timeId('cw_', now),
    now,
    clock.ticks(),
    request.method ?? 'GET',
    path,
    state.options.snapshot(),
  )
}

const noRoom = (state: State): CausewayError | null => {
  if (state.draining) return new CausewayError('draining', 'This gateway is shutting down.', { after: 1000 })
  const { inFlight } = state.options.snapshot().limits
  return state.inFlight >= inFlight
    ? new CausewayError('overloaded', `${inFlight} requests are in work already.`, { after: 1000 })
    : null
}

const accept = async (state: State, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = request.url ?? ''
  const path = url.split('?', 1)[0] ?? ''
  const trace = traceOf(state, request, path)
  if (!path.startsWith('/')) {
    return turnAway(
      state.parts,
      trace,
      response,
      'openai-chat',
      new CausewayError('unknown_route', 'The request target must be a path.'),
    )
  }
  const query = url.slice(path.length + 1)
  const to = destinationOf(request.method ?? 'GET', path, query)
  switch (to.type) {
    case 'greeting':
      return plain(
        response,
        200,
        'text/plain; charset=utf-8',
        `Causeway ${state.options.version}: the gateway is up. Send model calls to ${PATHS.slice(0, 4).join(', ')}.\n`,
      )
    case 'health':
      return json(response, 200, { alive: true })
    case 'ready':
      return ready(state, response)
    case 'metrics':
      return plain(
        response,
        200,
        'text/plain; version=0.0.4; charset=utf-8',
        state.metrics.text(state.inFlight),
      )
    case 'models':
      return answerModels(state.parts, trace, request, response, to.id, to.dialect)
    case 'ollama':
      return answerOllama(state.parts, trace, request, response, to.act)
    case 'stored':
      return answerStored(state.parts, trace, request, response, to, query)
    case 'presidio':
      return answerPresidio(state.parts, trace, request, response, to.act)
    case 'unknown':
      return turnAway(
        state.parts,
        trace,
        response,
        to.dialect ?? dialectIn(request.headers),
        new CausewayError(
          'unknown_route',
          `There is nothing at ${request.method} ${path.slice(0, 100)}. Paths are ${PATHS.join(', ')}.`,
        ),
      )
    case 'wrong-method':
      response.setHeader('allow', to.allow)
      return turnAway(
        state.parts,
        trace,
        response,
        to.dialect,
        new CausewayError('method_not_allowed', `${path} takes ${to.allow}, not ${request.method}.`),
      )
    case 'call':
    case 'passthrough':
      return conduct(state.parts, trace, request, response, to, query)
  }
}

const listening = (server: Server, { host, port }: Address): Promise<Address> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message =
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is in use by another program.`
          : `Cannot listen on ${host}:${port} (${error.code ?? error.name}).`
      reject(new CausewayError('port_in_use', message, { field: 'listen.gateway', cause: error }))
    })
    server.listen(port, host, () => {
      const bound = server.address()
      resolve({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port })
    })
  })

const drained = (state: State, grace: number): Promise<void> =>
  new Promise((resolve) => {
    const started = state.options.clock.ticks()
    const look = (): void => {
      if (state.inFlight === 0 || state.options.clock.ticks() - started >= grace) resolve()
      else setTimeout(look, 20)
    }
    look()
  })

/** Starts the data plane. Rejects with CausewayError `port_in_use`. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const metrics = createMetrics()
  const settled = (record: RequestRecord): void => {
    metrics.count(record)
    options.settled(record)
  }
  const enter = (client: Client): void => {
    const full = noRoom(state)
    if (full !== null) throw full
    state.inFlight += 1
    client.whenOver(() => {
      state.inFlight -= 1
    })
  }
  const state: State = {
    options,
    metrics,
    parts: { ...options, settled, enter },
    inFlight: 0,
    draining: false,
  }
  const server = createServer(
    { keepAliveTimeout: 65_000, headersTimeout: 30_000, requestTimeout: 0, maxHeaderSize: 32 * 1024 },
    (request, response) => {
      accept(state, request, response).catch(() => {
        // conduct never rejects; this is the net under a fault in accept itself.
        if (!response.headersSent)
          json(response, 500, {
            error: {
              message: 'Something went wrong inside the gateway.',
              type: 'server_error',
              param: null,
              code: 'internal',
            },
          })
        else response.destroy()
      })
    },
  )
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  const address = await listening(server, options.snapshot().listen.gateway)
  return {
    address,
    metrics,
    inFlight: () => state.inFlight,
    async close(grace) {
      state.draining = true
      await drained(state, grace)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await options.egress.close()
    },
  }
}

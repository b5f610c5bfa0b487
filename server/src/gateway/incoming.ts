import type { IncomingMessage } from 'node:http'
import {
  type Arrival,
  type Call,
  CausewayError,
  type Payload,
  type Responses,
  type StoredResponse,
} from '../domain/index.ts'
import { expandInput, outputItems, previousResponse, wireOf } from '../wire/index.ts'
import { readBody } from './body.ts'
import { readForm } from './form.ts'
import type { CallRoute, PassthroughRoute } from './routes.ts'
import type { Trace } from './trace.ts'
import { verbatimOf } from './verbatim.ts'

/** A request as a call, and how a changed copy of its text becomes one. */
export interface Incoming {
  readonly call: Call
  /** Null where its body is no JSON text, of which no copy is made. */
  readonly again: ((source: string) => Call) | null
}

interface Body {
  readonly bytes: Uint8Array
  readonly payload?: Payload
}

const arrivalOf = (
  trace: Trace,
  request: IncomingMessage,
  route: CallRoute | PassthroughRoute,
  query: string,
): Arrival => {
  const headers: Record<string, string | undefined> = {}
  for (const name in request.headers) {
    const value = request.headers[name]
    headers[name] = typeof value === 'object' ? value.join(', ') : value
  }
  if (route.type === 'call') {
    const { operation, path } = route
    return { id: trace.id, operation, headers, ...(path === undefined ? {} : { path }) }
  }
  const verbatim = verbatimOf(request.method ?? 'GET', route, query, request.headers)
  const path = { model: route.target, action: route.rest, query }
  return { id: trace.id, operation: 'passthrough', headers, path, verbatim }
}

const isJson = (type: string | undefined): boolean =>
  type === undefined || /^\s*(?:application\/(?:[\w.+-]+\+)?json|text\/json)\s*(?:;|$)/i.test(type)

/** What a client says in forms, or to a target in its own words, may be anything; elsewhere it is JSON, whatever its header says. */
const bodyOf = async (
  request: IncomingMessage,
  route: CallRoute | PassthroughRoute,
  trace: Trace,
): Promise<Body> => {
  const { body: limit, receive } = trace.snapshot.limits
  const type = request.headers['content-type']
  if (route.type === 'call' && route.operation === 'transcribe') {
    return readForm(request, type ?? '', { limit, receive })
  }
  const bytes = await readBody(request, limit, receive)
  if (route.type === 'call' || bytes.length === 0 || isJson(type)) return { bytes }
  return { bytes: EMPTY, payload: { type: type ?? 'application/octet-stream', bytes, rest: null } }
}

const EMPTY = new Uint8Array(0)

const earlierOf = (responses: Responses, trace: Trace, id: string): StoredResponse => {
  const stored = responses.get(trace.principal?.key ?? '', id)
  if (stored !== null) return stored
  throw new CausewayError('unknown_response', `There is no stored answer ${id.slice(0, 80)} of this key.`, {
    field: 'previous_response_id',
  })
}

/** Step 3. Everything that will be sent is in the call from here on, the history that it refers to included. */
export const incoming = async (
  responses: Responses,
  trace: Trace,
  request: IncomingMessage,
  route: CallRoute | PassthroughRoute,
  query: string,
): Promise<Incoming> => {
  const { limits } = trace.snapshot
  const arrival = arrivalOf(trace, request, route, query)
  const { bytes, payload } = await bodyOf(request, route, trace)
  trace.bytesIn = bytes.length + (payload?.bytes.length ?? 0)
  const dialect = route.type === 'call' ? route.dialect : 'passthrough'
  const read = (body: Uint8Array): Call =>
    wireOf(dialect).read(body, payload === undefined ? arrival : { ...arrival, payload }, {
      bodyBytes: limits.body,
      depth: limits.depth,
      messages: limits.messages,
    })
  const again = payload === undefined ? (source: string): Call => read(Buffer.from(source)) : null
  if (dialect === 'openai-responses') {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    const { id } = previousResponse(source)
    if (id !== null) {
      const stored = earlierOf(responses, trace, id)
      trace.previous = id
      const earlier = [...stored.input, ...outputItems(stored.response)]
      return { call: read(Buffer.from(expandInput(source, earlier))), again }
    }
  }
  return { call: read(bytes), again }
}

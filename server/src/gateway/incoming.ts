import type { IncomingMessage } from 'node:http'
import {
  type Arrival,
  type Call,
  CausewayError,
  type ChainLimits,
  type Json,
  type Kept,
  type Payload,
  type Responses,
  type StoredChain,
} from '../domain/index.ts'
import { expandInput, outputItems, previousResponse, wireOf } from '../wire/index.ts'
import { readBody } from './body.ts'
import { readForm } from './form.ts'
import type { CallRoute, PassthroughRoute } from './routes.ts'
import type { Trace } from './trace.ts'
import { verbatimOf } from './verbatim.ts'

/** The kept answer that a request goes on from. */
export interface Earlier {
  /** Its last turn, for the store. */
  readonly end: number
  /** How many items of the call's input are its. */
  readonly items: number
  /** What its conversation carried, whatever that was found by. */
  readonly carried: Kept | null
}

/** A request as a call, and how a changed copy of its text becomes one. */
export interface Incoming {
  readonly call: Call
  readonly earlier: Earlier | null
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
  // What is not sent on, a key of ours, is not read either.
  const path = { model: route.target, action: route.rest, query: verbatim.path.slice(route.rest.length + 1) }
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
    const hear = (came: number): void => {
      trace.bytesIn += came
    }
    return readForm(request, type ?? '', { limit, receive, hear })
  }
  const bytes = await readBody(request, limit, receive)
  if (route.type === 'call' || bytes.length === 0 || isJson(type)) return { bytes }
  return { bytes: EMPTY, payload: { type: type ?? 'application/octet-stream', bytes, rest: null } }
}

const EMPTY = new Uint8Array(0)

/** What a conversation may have to be gone on from: more could not be read as a request either. */
export const chainLimits = ({ snapshot: { limits } }: Trace): ChainLimits => ({
  turns: limits.messages,
  bytes: limits.body,
})

const chainOf = (responses: Responses, trace: Trace, id: string): StoredChain => {
  const chain = responses.chain(trace.principal?.key ?? '', id, chainLimits(trace))
  if (chain !== null) return chain
  throw new CausewayError('unknown_response', `There is no stored answer ${id.slice(0, 80)} of this key.`, {
    field: 'previous_response_id',
  })
}

/** What goes to a target in the client's own words is read to its last header, and its path step by step. */
const withAddress = (call: Call, route: CallRoute | PassthroughRoute): Call => {
  if (route.type === 'call' || call.verbatim === null) return call
  const steps = route.rest.split('/').filter((step) => step !== '')
  const path = Object.fromEntries(steps.map((step, index) => [`path[${index}]`, decoded(step)]))
  return Object.freeze({ ...call, dialectHeaders: Object.freeze({ ...call.verbatim.headers, ...path }) })
}

const decoded = (step: string): string => {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

const isReference = (item: Json): boolean =>
  typeof item === 'object' &&
  item !== null &&
  !Array.isArray(item) &&
  ('type' in item ? item['type'] === 'item_reference' : !('role' in item) && 'id' in item)

/**
 * A request that goes on from what its vendor keeps would carry what nobody here has read, and what the vendor's
 * account holds is not one key's own. Throws CausewayError `invalid_request`.
 */
const complete = (call: Call): Call => {
  if (call.dialect !== 'openai-responses') return call
  const { conversation, input } = call.json
  if (conversation !== undefined && conversation !== null) {
    throw new CausewayError(
      'invalid_request',
      'conversation is state that only its vendor has; send previous_response_id or the whole conversation in input.',
      { field: 'conversation' },
    )
  }
  const at = Array.isArray(input) ? input.findIndex(isReference) : -1
  if (at === -1) return call
  throw new CausewayError(
    'invalid_request',
    `input[${at}] refers to an item that only its vendor has; send the item itself.`,
    { field: `input[${at}]` },
  )
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
  trace.bytesIn += bytes.length + (payload?.bytes.length ?? 0)
  const dialect = route.type === 'call' ? route.dialect : 'passthrough'
  const read = (body: Uint8Array): Call =>
    withAddress(
      wireOf(dialect).read(body, payload === undefined ? arrival : { ...arrival, payload }, {
        bodyBytes: limits.body,
        depth: limits.depth,
        messages: limits.messages,
      }),
      route,
    )
  const again = payload === undefined ? (source: string): Call => read(Buffer.from(source)) : null
  if (dialect === 'openai-responses') {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    const id = previousResponse(source, limits.depth)
    if (id !== null) {
      const { end, turns, carried } = chainOf(responses, trace, id)
      trace.previous = id
      const items = turns.flatMap(({ input, output }) => [...input, ...outputItems({ output })])
      const call = complete(read(Buffer.from(expandInput(source, items))))
      const kept = carried === null ? null : { ...carried, sealed: null }
      return { call, again, earlier: { end, items: items.length, carried: kept } }
    }
  }
  return { call: complete(read(bytes)), again, earlier: null }
}

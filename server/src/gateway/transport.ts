import { Readable } from 'node:stream'
import { type Dispatcher, errors, Pool } from 'undici'
import { CausewayError, type Target, type UpstreamRequest } from '../domain/index.ts'
import { guardedConnector } from './connector.ts'

/** Hears one upstream answer. Exactly one of `end` and `failed` is called, last. */
export interface Receiver {
  head(status: number, headers: Readonly<Record<string, string | undefined>>): void
  data(chunk: Uint8Array): void
  end(): void
  /** `reached`: whether any byte of the request may have left. */
  failed(error: CausewayError, reached: boolean): void
}

/** A request on its way. */
export interface Flight {
  pause(): void
  resume(): void
  /** Closes the upstream connection; the receiver hears nothing more. */
  abort(): void
}

/** The upstream client as egress sees it; nothing else of the HTTP library is visible to the house. */
export interface Transport {
  send(target: Target, request: UpstreamRequest, receiver: Receiver): Flight
  close(): Promise<void>
}

const flatten = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> => {
  const flat: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}

const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** Connection errors that arise before any byte of the request is written. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

const translate = (target: Target, error: unknown, answered: boolean): CausewayError => {
  if (error instanceof CausewayError) return error
  const cause = causeOf(error)
  if (error instanceof errors.HeadersTimeoutError) {
    return new CausewayError(
      'upstream_timeout',
      `Target ${target.name} did not begin to answer within ${target.timeouts.firstByte} ms.`,
      { cause: error },
    )
  }
  if (error instanceof errors.BodyTimeoutError) {
    return new CausewayError(
      'upstream_timeout',
      `Target ${target.name} fell silent for ${target.timeouts.idle} ms in the middle of its answer.`,
      { cause: error },
    )
  }
  if (error instanceof errors.ConnectTimeoutError || cause === 'ETIMEDOUT') {
    return new CausewayError(
      'upstream_unreachable',
      `Target ${target.name} could not be connected to within ${target.timeouts.connect} ms.`,
      { cause: error },
    )
  }
  if (cause.startsWith('HPE_') || error instanceof errors.HTTPParserError) {
    return new CausewayError(
      'upstream_garbled',
      `Target ${target.name} answered with something that is not HTTP (${cause}).`,
      { cause: error },
    )
  }
  if (answered)
    return new CausewayError(
      'upstream_cut',
      `Target ${target.name} cut its answer before the end (${cause}).`,
      { cause: error },
    )
  return new CausewayError('upstream_unreachable', `Target ${target.name} could not be reached (${cause}).`, {
    cause: error,
  })
}

class Exchange implements Dispatcher.DispatchHandler, Flight {
  readonly #target: Target
  readonly #receiver: Receiver
  #controller: Dispatcher.DispatchController | null = null
  #answered = false
  #done = false

  constructor(target: Target, receiver: Receiver) {
    this.#target = target
    this.#receiver = receiver
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#done) controller.abort(new Error('aborted'))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#done || status < 200) return
    this.#answered = true
    this.#receiver.head(status, flatten(headers))
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#done) this.#receiver.data(chunk)
  }

  onResponseEnd(): void {
    if (this.#done) return
    this.#done = true
    this.#receiver.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#done) return
    this.#done = true
    const fault = translate(this.#target, error, this.#answered)
    const before = fault.fault.code === 'address_forbidden' || BEFORE_SENDING.has(causeOf(error))
    this.#receiver.failed(fault, !before)
  }

  pause(): void {
    this.#controller?.pause()
  }

  resume(): void {
    this.#controller?.resume()
  }

  abort(): void {
    if (this.#done) return
    this.#done = true
    this.#controller?.abort(new Error('aborted'))
  }
}

/** Bytes as they came, then what is still on its way. */
async function* bytesOf(bytes: Uint8Array, rest: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  yield bytes
  yield* rest
}

const bodyOf = ({ body }: UpstreamRequest): string | Uint8Array | Readable | null => {
  if (typeof body === 'string') return body === '' ? null : body
  return body.rest === null ? body.bytes : Readable.from(bytesOf(body.bytes, body.rest))
}

/**
 * Connections to upstreams, kept alive in one pool per origin and address rule. A connection made under one target's address
 * rule is never used for another's.
 */
export const createTransport = (): Transport => {
  const pools = new Map<string, Pool>()
  const routes = new WeakMap<Target, { readonly pool: Pool; readonly base: string }>()
  const poolOf = (target: Target, origin: string): Pool => {
    const key = `${origin} ${target.side} ${target.addresses.join(',')} ${target.timeouts.connect}`
    const known = pools.get(key)
    if (known !== undefined) return known
    const pool = new Pool(origin, {
      connections: 256,
      pipelining: 1,
      allowH2: false,
      connect: guardedConnector(target),
      keepAliveTimeout: 30_000,
    })
    pools.set(key, pool)
    return pool
  }
  const routeOf = (target: Target): { readonly pool: Pool; readonly base: string } => {
    const known = routes.get(target)
    if (known !== undefined) return known
    const { origin, pathname } = new URL(target.url)
    const route = { pool: poolOf(target, origin), base: pathname.replace(/\/+$/, '') }
    routes.set(target, route)
    return route
  }
  return {
    send(target, request, receiver) {
      const exchange = new Exchange(target, receiver)
      const { pool, base } = routeOf(target)
      pool.dispatch(
        {
          method: request.method,
          path: base + request.path,
          headers: request.headers,
          body: bodyOf(request),
          headersTimeout: target.timeouts.firstByte,
          bodyTimeout: target.timeouts.idle,
        },
        exchange,
      )
      return exchange
    },
    async close() {
      const all = [...pools.values()]
      pools.clear()
      await Promise.all(all.map((pool) => pool.destroy()))
    },
  }
}

import type { ServerResponse } from 'node:http'
import { formatCost } from '../accounts/index.ts'
import { CausewayError, type Dialect, type Fault } from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'
import { accounted } from './record.ts'
import type { Trace } from './trace.ts'

/** What the client gets last, decided before the record is made and written after it is durable. */
export type Ending =
  | {
      readonly type: 'whole'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string | Uint8Array
      readonly fault: Fault | null
    }
  /** The stream has begun; `rest` is its final event, or the error event that takes its place. */
  | { readonly type: 'rest'; readonly rest: readonly (string | Uint8Array)[]; readonly fault: Fault | null }
  | { readonly type: 'gone'; readonly fault: Fault }

const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 1024)

const labelHeader = (trace: Trace): string | null => {
  const label = trace.label
  if (label === null) return null
  const parts = [...label.kinds, ...label.conditions]
  return parts.length === 0 ? label.level : `${label.level}; ${parts.join(',')}`
}

/** `contact=pseudonyms`: what was taken out of the request before it went, and how. */
const crossedBy = (trace: Trace): string =>
  Object.entries(trace.crossing?.input.label.replaced ?? {})
    .map(([kind, way]) => `${kind}=${way}`)
    .join(',')

/** The headers that every answer carries. `whole`: the answer is complete, so its cost is known; `tries`: attempts made, this one included. */
export const ourHeaders = (trace: Trace, whole: boolean, tries: number): Record<string, string> => {
  const headers: Record<string, string> = { 'x-causeway-request': trace.id }
  headers[wireOf(trace.dialect ?? 'openai-chat').requestIdHeader] = trace.id
  const label = labelHeader(trace)
  if (label !== null) headers['x-causeway-label'] = label
  if (trace.answered !== null) {
    headers['x-causeway-target'] = ascii(trace.answered.target.name)
    headers['x-causeway-side'] = trace.answered.target.side
    if (trace.crossed) headers['x-causeway-crossed'] = crossedBy(trace)
    if (whole) headers['x-causeway-cost'] = formatCost(accounted(trace).cost)
  }
  if (trace.dropped.length > 0) headers['x-causeway-dropped'] = ascii(trace.dropped.join(','))
  if (tries > 1) headers['x-causeway-attempts'] = String(tries)
  return headers
}

/** A refusal or failure in the client's own dialect. */
export const refusal = (trace: Trace, fault: Fault): Ending => {
  const wire = wireOf(trace.dialect ?? 'openai-chat')
  const headers: Record<string, string> = {
    ...ourHeaders(trace, true, trace.attempts.length),
    'content-type': 'application/json',
    'x-causeway-code': fault.code,
  }
  if (fault.rule !== null) headers['x-causeway-rule'] = ascii(fault.rule)
  if (!fault.retry) headers['x-should-retry'] = 'false'
  if (fault.after !== null) {
    headers['retry-after'] = String(Math.max(1, Math.ceil(fault.after / 1000)))
    headers['retry-after-ms'] = String(Math.ceil(fault.after))
  }
  return {
    type: 'whole',
    status: fault.status,
    headers,
    body: JSON.stringify(wire.errorBody(fault, trace.id)),
    fault,
  }
}

/** The error event that ends a stream which had begun. */
export const brokenStream = (dialect: Dialect, fault: Fault, request: string): Ending => ({
  type: 'rest',
  rest: [wireOf(dialect).errorEvent(fault, request)],
  fault,
})

export const clientLeft = (): CausewayError =>
  new CausewayError('client_closed', 'The client left before the answer was complete.')

export const gone = (error: CausewayError): Ending => ({ type: 'gone', fault: error.fault })

/** Bytes of what is still to be said. */
export const sizeOf = (ending: Ending): number => {
  if (ending.type === 'gone') return 0
  const pieces = ending.type === 'whole' ? [ending.body] : ending.rest
  return pieces.reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length),
    0,
  )
}

/** Text in the dialect's own frames to the same events set apart in another way. */
export interface Reframing {
  push(text: string | Uint8Array): string
  /** After the last frame. */
  end(): string
}

/** The client's side of one exchange. */
export class Client {
  readonly #response: ServerResponse
  readonly #trace: Trace
  #left = false
  #onLeft: (() => void) | null = null
  #onDrain: (() => void) | null = null
  #framing: Reframing | null = null

  constructor(response: ServerResponse, trace: Trace) {
    this.#response = response
    this.#trace = trace
    // `close` on the request fires as soon as its body was read; only the response's tells that the client left.
    response.on('close', () => {
      if (response.writableFinished || response.writableEnded) return
      this.#left = true
      this.#onLeft?.()
    })
    response.on('drain', () => this.#onDrain?.())
    response.on('error', () => undefined)
  }

  get left(): boolean {
    return this.#left
  }

  /** Whether all of its request has come. */
  get heard(): boolean {
    return this.#response.req.complete
  }

  get begun(): boolean {
    return this.#response.headersSent
  }

  /** Calls back once when the client leaves before its answer is complete; null takes the callback away. */
  whenLeft(act: (() => void) | null): void {
    this.#onLeft = act
    if (act !== null && this.#left) act()
  }

  /** Fires when the client leaves before its answer is complete. */
  leaving(): AbortSignal {
    const controller = new AbortController()
    if (this.#left) controller.abort()
    else this.#response.once('close', () => controller.abort())
    return controller.signal
  }

  /** Calls back when the exchange is over, however it ended. */
  whenOver(act: () => void): void {
    this.#response.once('close', act)
  }

  whenDrained(act: (() => void) | null): void {
    this.#onDrain = act
  }

  /** `framing`: sets the events of a stream apart in another way than they are written. */
  begin(status: number, headers: Readonly<Record<string, string>>, framing: Reframing | null = null): void {
    this.#framing = framing
    this.#response.writeHead(status, headers)
  }

  /** False when the client reads slower than we write: pause until drained. */
  write(chunk: string | Uint8Array): boolean {
    this.#trace.bytesOut += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
    if (this.#framing === null) return this.#response.write(chunk)
    const framed = this.#framing.push(chunk)
    return framed === '' ? true : this.#response.write(framed)
  }

  /** Says the last of it; its bytes were counted when it was decided. */
  finish(ending: Ending): void {
    if (this.#left) return
    if (ending.type === 'whole') {
      const body =
        typeof ending.body === 'string'
          ? Buffer.from(ending.body)
          : Buffer.from(ending.body.buffer, ending.body.byteOffset, ending.body.length)
      const headers: Record<string, string | number> = { ...ending.headers, 'content-length': body.length }
      if (!this.heard) headers['connection'] = 'close'
      this.#response.writeHead(ending.status, headers)
      // As a one-byte string it leaves in one write with the head; as a buffer it would take two.
      this.#response.end(body.toString('latin1'), 'latin1')
      return
    }
    const framing = this.#framing
    if (ending.type === 'rest' && ending.fault !== null && ending.rest.every((piece) => piece.length === 0)) {
      // The dialect has no words for it; an end as if all were well would be a lie.
      this.#response.destroy()
      return
    }
    if (ending.type === 'rest') {
      for (const piece of ending.rest) this.#response.write(framing === null ? piece : framing.push(piece))
    }
    this.#response.end(framing?.end())
  }
}

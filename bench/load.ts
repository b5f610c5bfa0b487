import { fileURLToPath } from 'node:url'
import { type Dispatcher, Pool } from 'undici'
import { type BodyKind, bodyMaker } from './bodies.ts'

/*
 * The load generator, a process of its own: a closed loop over kept-alive connections, told by messages from
 * its parent what to send. It counts an answer only when it is whole and of status 200.
 */

/** Where a candidate answers, and what it wants to be told. */
export interface Address {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly model: string
}

export interface Order {
  readonly type: 'load' | 'latency' | 'leave'
  readonly to: Address
  /** The upstream itself, for `latency` and `leave`. */
  readonly direct: string
  readonly body: BodyKind
  readonly count: number
  readonly concurrency: number
  /** Stops sending after this time, however few were sent. */
  readonly seconds: number
}

export interface Outcome {
  readonly done: number
  readonly failed: number
  readonly firstFailure: string | null
  /** `latency`: milliseconds through the candidate and directly. `leave`: from leaving to the upstream's notice. */
  readonly times: readonly number[]
  readonly direct: readonly number[]
}

interface Lane {
  readonly pool: Pool
  readonly path: string
  readonly headers: Record<string, string>
  readonly next: () => string
  readonly stream: boolean
}

const laneOf = (to: Address, body: BodyKind, connections: number): Lane => {
  const { origin, pathname } = new URL(to.url)
  return {
    pool: new Pool(origin, { connections, pipelining: 1, headersTimeout: 20_000, bodyTimeout: 20_000 }),
    path: pathname,
    headers: { 'content-type': 'application/json', ...to.headers },
    next: bodyMaker(body, to.model),
    stream: body.stream,
  }
}

const DONE = Buffer.from('data: [DONE]')

/** One answer. Calls back with null where it was whole, else with what was wrong. */
class Reading implements Dispatcher.DispatchHandler {
  readonly #stream: boolean
  readonly #back: (wrong: string | null) => void
  /** Called with the first bytes of the body; true leaves. */
  readonly #first: (() => boolean) | null
  #status = 0
  #begun = false
  #tail: Buffer = Buffer.alloc(0)

  constructor(stream: boolean, back: (wrong: string | null) => void, first: (() => boolean) | null) {
    this.#stream = stream
    this.#back = back
    this.#first = first
  }

  /** Without it undici takes the handler for one of its older kind and never calls back. */
  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#tail = chunk.length >= 64 ? chunk : Buffer.concat([this.#tail, chunk]).subarray(-2000)
    if (this.#begun) return
    this.#begun = true
    if (this.#first?.()) controller.abort(new Error('left'))
  }

  onResponseEnd(): void {
    const whole = this.#status === 200 && (!this.#stream || this.#tail.includes(DONE))
    this.#back(whole ? null : `status ${this.#status}: ${this.#tail.toString().slice(0, 400)}`)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#back(error.message)
  }
}

const send = (lane: Lane, first: (() => boolean) | null = null): Promise<string | null> =>
  new Promise((resolve) => {
    lane.pool.dispatch(
      { method: 'POST', path: lane.path, headers: lane.headers, body: lane.next() },
      new Reading(lane.stream, resolve, first),
    )
  })

class Tally {
  done = 0
  failed = 0
  firstFailure: string | null = null
  readonly times: number[] = []
  readonly direct: number[] = []

  add(wrong: string | null): void {
    if (wrong === null) this.done++
    else {
      this.failed++
      this.firstFailure ??= wrong
    }
  }
}

const underLoad = async (order: Order, lane: Lane, tally: Tally): Promise<void> => {
  const until = performance.now() + order.seconds * 1000
  let begun = 0
  const worker = async (): Promise<void> => {
    while (begun < order.count && performance.now() < until && tally.failed < 100) {
      begun++
      tally.add(await send(lane))
    }
  }
  await Promise.all(Array.from({ length: order.concurrency }, worker))
}

/** Alternates between the candidate and the upstream itself, so that both see the same weather. */
const oneByOne = async (order: Order, lane: Lane, tally: Tally): Promise<void> => {
  const straight = laneOf({ ...order.to, url: order.direct }, order.body, 1)
  const until = performance.now() + order.seconds * 1000
  for (let index = 0; index < order.count && performance.now() < until; index++) {
    const started = performance.now()
    await send(straight)
    const middle = performance.now()
    tally.add(await send(lane))
    tally.times.push(performance.now() - middle)
    tally.direct.push(middle - started)
  }
  await straight.pool.destroy()
}

const textAt = async (pool: Pool, path: string): Promise<string> => {
  const { body } = await pool.request({ method: 'GET', path, headersTimeout: 2000 })
  return body.text()
}

const leaving = async (order: Order, lane: Lane, tally: Tally): Promise<void> => {
  const upstream = new Pool(new URL(order.direct).origin, { connections: 1 })
  let seen = Number(await textAt(upstream, '/left'))
  for (let index = 0; index < order.count; index++) {
    let left = 0n
    await send(lane, () => {
      left = process.hrtime.bigint()
      return true
    })
    const noticed = await textAt(upstream, `/left?after=${seen}`).catch(() => null)
    tally.add(noticed === null ? 'the upstream was not told' : null)
    if (noticed === null) break
    tally.times.push(Number(BigInt(noticed) - left) / 1e6)
    seen++
  }
  await upstream.destroy()
}

const WAYS = { load: underLoad, latency: oneByOne, leave: leaving } satisfies Record<Order['type'], unknown>

/** Carries an order out. */
export const carryOut = async (order: Order): Promise<Outcome> => {
  const lane = laneOf(order.to, order.body, order.concurrency)
  const tally = new Tally()
  await WAYS[order.type](order, lane, tally)
  await lane.pool.destroy()
  return tally
}

const isOrder = (value: unknown): value is Order & { readonly order: number } =>
  typeof value === 'object' && value !== null && 'type' in value && 'order' in value

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.on('message', (message) => {
    if (isOrder(message))
      void carryOut(message).then((outcome) => process.send?.({ ...outcome, order: message.order }))
  })
  process.on('disconnect', () => process.exit(0))
}

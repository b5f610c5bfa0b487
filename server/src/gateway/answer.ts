import {
  type Attempt,
  type Call,
  CausewayError,
  type Clock,
  NO_USAGE,
  type Reviser,
  type UpstreamFault,
} from '../domain/index.ts'
import { providerOf } from '../providers/index.ts'
import { arrayFraming, wireOf } from '../wire/index.ts'
import { brokenStream, type Client, type Ending, gone, ourHeaders } from './client.ts'
import type { Composed } from './egress.ts'
import { passedOn, requestIdIn, streamTypeOf, wholeTypeOf } from './headers.ts'
import { type Through, throughOf } from './through.ts'
import type { Trace } from './trace.ts'
import type { Flight, Receiver } from './transport.ts'
import { SecretFilter } from './unsaid.ts'

/** How one attempt went: an ending for the client, or a fault before anything was said to it, so that another target may be tried. */
export type Result =
  | { readonly type: 'ending'; readonly ending: Ending }
  | {
      readonly type: 'failed'
      readonly error: CausewayError
      readonly retry: boolean
      readonly after: number | null
      readonly blame: boolean
      readonly reply: Ending | null
    }

/** The most of an answer that is kept in memory: whole bodies, error bodies, and what is held before a stream begins. Bytes. */
const LIMITS = { whole: 64 * 1024 * 1024, error: 64 * 1024, held: 256 * 1024 } as const
const KEEP_ALIVE_MS = 15_000
/** How long an upstream that said its last word may take to close; what it says after that is nobody's answer. */
const CLOSE_MS = 200

/** Answers that say of a target that it cannot answer anybody. */
const DOWN: ReadonlySet<number> = new Set([502, 503, 504])

const isEncoded = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  !/^(?:identity)?$/i.test(headers['content-encoding']?.trim() ?? '')

const codeFault = (fault: UpstreamFault, target: string, status: number): CausewayError =>
  new CausewayError(fault.code, `Target ${target} answered ${status}.`, {
    ...(fault.message === '' ? {} : { quoted: fault.message }),
    ...(fault.after === null ? {} : { after: fault.after }),
    ...(fault.code === 'upstream_rejected' && status >= 400 && status < 500 ? { status } : {}),
  })

export interface AnswerOptions {
  readonly call: Call
  readonly composed: Composed
  /** Fields that do not reach the target, or of its answer not the client. */
  readonly dropped: readonly string[]
  /** What the answer's texts pass through, or null. */
  readonly reviser: Reviser | null
  /** Whether that changes no text, only hears it. */
  readonly verbatim: boolean
  readonly client: Client
  readonly trace: Trace
  readonly clock: Clock
  /** Takes the credential that was sent out of what an upstream says in refusing, and puts values back into it. */
  readonly unsaid: (text: string) => string
  /** That credential, by its parts. */
  readonly secrets: () => readonly string[]
  readonly done: (result: Result) => void
}

/** Hears one attempt's answer and relays it. Says exactly once, by `done`, how it went. */
export class Answer implements Receiver {
  readonly #o: AnswerOptions
  readonly #through: Through
  readonly #whole: () => string | null
  readonly #target: string
  readonly #started: number
  #flight: Flight | null = null
  #status: number | null = null
  #headers: Readonly<Record<string, string | undefined>> = {}
  #refused: Uint8Array[] | null = null
  #filter: SecretFilter | null = null
  #size = 0
  #held: (string | Uint8Array)[] = []
  #firstByte: number | null = null
  #silent = false
  #keepAlive: NodeJS.Timeout | null = null
  #closing: NodeJS.Timeout | null = null
  #settled = false

  constructor(options: AnswerOptions) {
    this.#o = options
    this.#target = options.composed.permit.target.name
    this.#started = this.#now()
    const { call, composed, trace, clock } = options
    const { through, whole } = throughOf(call, composed.dialect, this.#target, {
      request: trace.id,
      created: Math.floor(clock.now() / 1000),
      previous: trace.previous,
      reviser: options.reviser,
      verbatim: options.verbatim,
    })
    this.#through = through
    this.#whole = whole
  }

  /** Ties the answer to its request on the way, for back-pressure and for a client that leaves. */
  bind(flight: Flight): void {
    this.#flight = flight
    if (this.#settled) {
      flight.abort()
      return
    }
    const { client } = this.#o
    client.whenDrained(() => flight.resume())
    client.whenLeft(() =>
      this.#stop(new CausewayError('client_closed', 'The client left before the answer was complete.')),
    )
  }

  /** Gives up from our side: a deadline, a shutdown. */
  giveUp(error: CausewayError): void {
    this.#stop(error)
  }

  head(status: number, headers: Readonly<Record<string, string | undefined>>): void {
    this.#status = status
    this.#headers = headers
    const { call, reviser } = this.#o
    const isVerbatim = call.verbatim !== null
    // What was asked in a target's own words may be answered by a redirect, which is the client's to look at.
    if (status < 200 || status >= (isVerbatim ? 400 : 300)) this.#refused = []
    else if (isEncoded(headers) && (!isVerbatim || reviser !== null)) {
      this.#stop(
        new CausewayError(
          'upstream_garbled',
          `Target ${this.#target} sent its answer compressed, without being asked to.`,
        ),
      )
      return
    }
    if (isVerbatim) this.#filter = new SecretFilter(this.#o.secrets())
    if (this.#refused === null && call.stream)
      this.#keepAlive = setInterval(() => this.#breathe(), KEEP_ALIVE_MS)
  }

  data(chunk: Uint8Array): void {
    if (this.#settled) return
    this.#firstByte ??= this.#now()
    this.#size += chunk.length
    if (this.#refused !== null) {
      if (this.#size <= LIMITS.error) this.#refused.push(chunk)
      else {
        this.#flight?.abort()
        this.#guarded(() => this.#rejected())
      }
      return
    }
    if (!this.#o.call.stream && this.#size > LIMITS.whole) {
      this.#stop(
        new CausewayError(
          'upstream_garbled',
          `Target ${this.#target} sent an answer larger than ${LIMITS.whole} bytes.`,
        ),
      )
      return
    }
    this.#guarded(() => this.#through.push(this.#filter === null ? chunk : this.#filter.push(chunk)))
    if (!this.#o.call.stream || this.#settled) return
    this.#flow()
    if (this.#through.finished()) this.#closing ??= setTimeout(() => this.#close(), CLOSE_MS)
  }

  /** Some upstreams leave the connection open behind their last event. */
  #close(): void {
    this.#flight?.abort()
    this.end()
  }

  end(): void {
    if (this.#settled) return
    if (this.#refused !== null) {
      this.#guarded(() => this.#rejected())
      return
    }
    let ended: ReturnType<Through['end']> | null = null
    this.#guarded(() => {
      if (this.#filter !== null) this.#through.push(this.#filter.end())
      ended = this.#through.end()
    })
    const over = ended
    if (over !== null && !this.#settled) this.#guarded(() => this.#conclude(over))
  }

  failed(error: CausewayError, reached: boolean): void {
    if (!this.#settled) this.#fail(error, reached)
  }

  #now(): number {
    return Math.round((this.#o.clock.ticks() - this.#o.trace.arrived) * 10) / 10
  }

  #guarded(act: () => void): void {
    try {
      act()
    } catch (thrown) {
      const error =
        thrown instanceof CausewayError
          ? thrown
          : new CausewayError(
              'upstream_garbled',
              `Target ${this.#target} sent an answer that could not be read.`,
              { cause: thrown },
            )
      this.#stop(error)
    }
  }

  #flow(): void {
    const ready = this.#through.take()
    if (!this.#o.client.begun) {
      this.#held.push(...ready)
      if (!this.#through.started() && this.#size < LIMITS.held) return
      this.#begin()
      return
    }
    this.#write(ready)
  }

  #begin(): void {
    const { client, trace, composed } = this.#o
    trace.answered = composed.permit
    trace.firstByte = this.#now()
    this.#noteDropped()
    const { call } = this.#o
    client.begin(
      this.#successStatus(),
      {
        ...this.#passedOn(),
        ...ourHeaders(trace, false, trace.attempts.length + 1),
        'content-type': streamTypeOf(call, this.#headers),
        'cache-control': 'no-cache',
        'x-accel-buffering': 'no',
      },
      call.framing === 'array' ? arrayFraming() : null,
    )
    const held = this.#held
    this.#held = []
    this.#write(held)
  }

  #write(pieces: readonly (string | Uint8Array)[]): void {
    let flowing = true
    for (const piece of pieces) if (piece.length > 0) flowing = this.#o.client.write(piece)
    this.#silent = false
    if (!flowing) this.#flight?.pause()
  }

  /** Keeps an idle stream open: a sign of life in every span in which nothing was written. */
  #breathe(): void {
    if (!this.#o.client.begun) this.#begin()
    else if (this.#silent) this.#o.client.write(wireOf(this.#o.call.dialect).keepAlive)
    this.#silent = true
  }

  #conclude(ended: ReturnType<Through['end']>): void {
    const { client, call, trace, composed } = this.#o
    if (ended.fault !== null && !client.begun) {
      this.#fail(ended.fault, true)
      return
    }
    this.#measure()
    const attempt = this.#attempt(ended.fault, true)
    if (call.stream) {
      if (!client.begun) this.#begin()
      this.#write(this.#through.take())
      const fault = ended.fault
      const ending: Ending =
        fault !== null && !ended.told
          ? brokenStream(call.dialect, fault.fault, trace.id)
          : { type: 'rest', rest: ended.rest, fault: fault?.fault ?? null }
      this.#settle({ type: 'ending', ending }, attempt)
      return
    }
    trace.answered = composed.permit
    trace.firstByte = this.#firstByte
    this.#noteDropped()
    this.#settle({ type: 'ending', ending: this.#wholeEnding(ended.rest) }, attempt)
  }

  #wholeEnding(rest: readonly (string | Uint8Array)[]): Ending {
    const { trace } = this.#o
    const headers = {
      ...this.#passedOn(),
      ...ourHeaders(trace, true, trace.attempts.length + 1),
      'content-type': wholeTypeOf(this.#o.call, this.#headers),
    }
    const pieces = [...this.#through.take(), ...rest]
    const body =
      this.#whole() ??
      (pieces.length === 1 && pieces[0] !== undefined
        ? pieces[0]
        : Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))))
    return { type: 'whole', status: this.#successStatus(), headers, body, fault: null }
  }

  #passedOn(): Record<string, string> {
    const { call } = this.#o
    const secrets = call.verbatim === null ? [] : this.#o.secrets()
    return passedOn(call, { status: this.#status ?? 200, headers: this.#headers }, secrets)
  }

  /** What was asked of a target in its own words is answered in its own status. */
  #successStatus(): number {
    return this.#o.call.verbatim === null ? 200 : (this.#status ?? 200)
  }

  #noteDropped(): void {
    const { trace, dropped } = this.#o
    trace.dropped = [...dropped, ...this.#through.unmapped()]
  }

  #measure(): void {
    const { trace, call, composed } = this.#o
    trace.issued = { here: this.#through.issued(), dialect: composed.dialect, target: composed.permit.target }
    const usage = this.#through.usage()
    if (usage !== null && (usage.input !== null || usage.output !== null)) trace.usage = usage
    else
      trace.usage = {
        ...NO_USAGE,
        input: call.needs.inputTokens,
        output: Math.ceil(this.#through.textLength() / 4),
        estimated: true,
      }
    const unmapped = this.#through.unmapped()
    if (unmapped.length > 0) trace.dropped = [...new Set([...trace.dropped, ...unmapped])]
  }

  #rejected(): void {
    const { composed, call, trace } = this.#o
    const body = this.#o.unsaid(Buffer.concat(this.#refused ?? []).toString('utf8'))
    const status = this.#status ?? 502
    const fault = providerOf(composed.permit.target.provider).fault({ status, headers: this.#headers }, body)
    const error = codeFault(fault, this.#target, status)
    let reply: Ending | null = null
    if (
      (call.verbatim !== null && !isEncoded(this.#headers)) ||
      (composed.raw && fault.whose === 'client' && body.startsWith('{'))
    ) {
      const headers = {
        ...this.#passedOn(),
        ...ourHeaders(trace, false, trace.attempts.length + 1),
        'content-type': wholeTypeOf(call, this.#headers),
        'x-causeway-code': fault.code,
        'x-should-retry': 'false',
      }
      reply = { type: 'whole', status, headers, body, fault: error.fault }
    }
    // A client may ask for what its target has not, or may not be asked; that says nothing of the target's health.
    const blame = call.verbatim === null ? fault.whose !== 'client' : DOWN.has(status)
    this.#settle(
      {
        type: 'failed',
        error,
        // Another permitted target may have more room than this one.
        retry: fault.retry || fault.code === 'context_too_long' || call.operation === 'count',
        after: fault.after,
        blame,
        reply,
      },
      this.#attempt(error, true),
    )
  }

  #fail(error: CausewayError, reached: boolean): void {
    const { client, call, trace } = this.#o
    const attempt = this.#attempt(error, reached)
    if (client.begun) {
      this.#measure()
      this.#settle({ type: 'ending', ending: brokenStream(call.dialect, error.fault, trace.id) }, attempt)
      return
    }
    // What a guard of ours stopped is nobody's failure, and a client that leaves its own request half said is not the target's.
    const blame = error.fault.whose !== 'policy' && error.fault.whose !== 'client'
    this.#settle(
      { type: 'failed', error, retry: error.fault.retry, after: null, blame, reply: null },
      attempt,
    )
  }

  #stop(error: CausewayError): void {
    if (this.#settled) return
    this.#flight?.abort()
    if (error.fault.code !== 'client_closed') {
      this.#fail(error, true)
      return
    }
    if (this.#status !== null && this.#refused === null) {
      this.#o.trace.answered = this.#o.composed.permit
      this.#measure()
    }
    this.#settle({ type: 'ending', ending: gone(error) }, this.#attempt(error, true))
  }

  #attempt(error: CausewayError | null, sent: boolean): Attempt {
    const { composed } = this.#o
    const { target } = composed.permit
    return {
      target: target.name,
      side: target.side,
      simulated: target.simulated,
      dialect: composed.dialect,
      status: this.#status,
      code: error?.fault.code ?? null,
      message: error?.fault.message.slice(0, 300) ?? null,
      started: this.#started,
      firstByte: this.#firstByte,
      ended: this.#now(),
      sent,
      upstreamRequest: requestIdIn(this.#headers),
    }
  }

  #settle(result: Result, attempt: Attempt): void {
    if (this.#settled) return
    this.#settled = true
    if (this.#keepAlive !== null) clearInterval(this.#keepAlive)
    if (this.#closing !== null) clearTimeout(this.#closing)
    this.#o.client.whenDrained(null)
    this.#o.client.whenLeft(null)
    this.#o.trace.attempts.push(attempt)
    this.#o.done(result)
  }
}

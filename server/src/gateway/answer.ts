import type { Attempt, Call, CausewayError, Clock, ReplyHead, Reviser } from '../domain/index.ts'
import { arrayFraming, wireOf } from '../wire/index.ts'
import { garbled, unreadable } from './answer-faults.ts'
import { attemptOf, mayRetry, noteAnswer, noteDropped, type Result } from './attempt.ts'
import { brokenStream, type Client, clientLeft, type Ending, gone, ourHeaders } from './client.ts'
import { Delivery } from './delivery.ts'
import type { Composed } from './egress.ts'
import { isEncoded, passedOn, streamTypeOf, wholeTypeOf } from './headers.ts'
import { refused } from './refused.ts'
import { Relayed } from './relayed.ts'
import type { Ended, Through } from './through.ts'
import { elapsed, type Trace } from './trace.ts'
import { Translated } from './translated.ts'
import type { Flight, Receiver } from './transport.ts'
import { SecretFilter } from './unsaid.ts'

/** The most of an answer that is kept in memory: whole bodies, error bodies, and what is held before a stream begins. Bytes. */
const LIMITS = { whole: 64 * 1024 * 1024, error: 64 * 1024, held: 256 * 1024 } as const
/** How long an upstream that said its last word may take to close; what it says after that is nobody's answer. */
const CLOSE_MS = 200

/** Stands for the head of an answer until it comes. */
const UNHEARD: ReplyHead = { status: 0, headers: {} }

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

const throughOf = ({ call, composed, trace, clock, reviser, verbatim }: AnswerOptions): Through => {
  const { target } = composed.permit
  if (composed.raw) return new Relayed(call, target, reviser, verbatim, trace.previous)
  return new Translated({
    call,
    target: target.name,
    dialect: composed.dialect,
    request: trace.id,
    created: Math.floor(clock.now() / 1000),
    previous: trace.previous,
    reviser,
  })
}

/** Hears one attempt's answer and passes it on. Says exactly once, by `done`, how it went. */
export class Answer implements Receiver {
  readonly #o: AnswerOptions
  readonly #target: string
  readonly #through: Through
  /** Null for an answer in one piece. */
  readonly #delivery: Delivery | null
  readonly #started: number
  #flight: Flight | null = null
  #head = UNHEARD
  /** What a target that refuses says; null where it does not refuse. */
  #refused: Uint8Array[] | null = null
  #filter: SecretFilter | null = null
  #size = 0
  #firstByte: number | null = null
  #closing: NodeJS.Timeout | null = null
  #settled = false

  constructor(options: AnswerOptions) {
    const { call, composed, client } = options
    this.#o = options
    this.#target = composed.permit.target.name
    this.#started = this.#now()
    this.#through = throughOf(options)
    this.#delivery = call.stream
      ? new Delivery({
          client,
          keepAlive: wireOf(call.dialect).keepAlive,
          begin: () => this.#begin(),
          pause: () => this.#flight?.pause(),
        })
      : null
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
    client.whenLeft(() => this.#leave())
  }

  head(status: number, headers: ReplyHead['headers']): void {
    this.#head = { status, headers }
    const { call, reviser, secrets } = this.#o
    const isVerbatim = call.verbatim !== null
    // What was asked in a target's own words may be answered by a redirect, which is the client's to look at.
    if (status < 200 || status >= (isVerbatim ? 400 : 300)) this.#refused = []
    else if (isEncoded(headers) && (!isVerbatim || reviser !== null)) {
      this.giveUp(garbled(this.#target, 'its answer compressed, without being asked to'))
      return
    }
    if (isVerbatim) this.#filter = new SecretFilter(secrets())
    if (this.#refused === null) this.#delivery?.keepOpen()
  }

  data(chunk: Uint8Array): void {
    if (this.#settled) return
    this.#firstByte ??= this.#now()
    this.#size += chunk.length
    if (this.#refused !== null) {
      if (this.#size <= LIMITS.error) this.#refused.push(chunk)
      else this.#close()
      return
    }
    const delivery = this.#delivery
    if (delivery === null && this.#size > LIMITS.whole) {
      this.giveUp(garbled(this.#target, `an answer larger than ${LIMITS.whole} bytes`))
      return
    }
    try {
      this.#through.push(this.#filter === null ? chunk : this.#filter.push(chunk))
    } catch (thrown) {
      this.giveUp(unreadable(this.#target, thrown))
      return
    }
    if (delivery === null) return
    delivery.push(this.#through.take(), this.#through.started() || this.#size >= LIMITS.held)
    if (this.#through.finished()) this.#closing ??= setTimeout(() => this.#close(), CLOSE_MS)
  }

  end(): void {
    if (this.#settled) return
    try {
      if (this.#refused !== null) {
        this.#refuse(this.#refused)
        return
      }
      if (this.#filter !== null) this.#through.push(this.#filter.end())
      this.#conclude(this.#through.end())
    } catch (thrown) {
      this.giveUp(unreadable(this.#target, thrown))
    }
  }

  failed(error: CausewayError, reached: boolean): void {
    if (!this.#settled) this.#fail(error, reached)
  }

  /** Ends it from our side: a deadline, a shutdown, an answer that cannot be passed on. */
  giveUp(error: CausewayError): void {
    if (this.#settled) return
    this.#flight?.abort()
    this.#fail(error, true)
  }

  #leave(): void {
    if (this.#settled) return
    this.#flight?.abort()
    const error = clientLeft()
    const { trace, call, composed } = this.#o
    if (this.#head !== UNHEARD && this.#refused === null) {
      trace.answered = composed.permit
      noteAnswer(trace, call, composed, this.#through)
    }
    this.#settle({ type: 'ending', ending: gone(error) }, this.#attempt(error, true))
  }

  /** Has heard enough: some upstreams leave the connection open behind their last event, or say no end of a refusal. */
  #close(): void {
    this.#flight?.abort()
    this.end()
  }

  #refuse(said: readonly Uint8Array[]): void {
    const { call, composed, unsaid } = this.#o
    const body = unsaid(Buffer.concat(said).toString('utf8'))
    const result = refused(call, composed, this.#head, body, () => this.#headers(false))
    this.#settle(result, this.#attempt(result.error, true))
  }

  /** Sends the client the head of a stream. */
  #begin(): void {
    const { client, trace, call, composed, dropped } = this.#o
    trace.answered = composed.permit
    trace.firstByte = this.#now()
    noteDropped(trace, dropped, this.#through)
    client.begin(
      this.#status(),
      {
        ...this.#headers(false),
        'content-type': streamTypeOf(call, this.#head.headers),
        'cache-control': 'no-cache',
        'x-accel-buffering': 'no',
      },
      call.framing === 'array' ? arrayFraming() : null,
    )
  }

  #conclude({ rest, fault, told }: Ended): void {
    const { client, call, trace, composed, dropped } = this.#o
    if (fault !== null && !client.begun) {
      this.#fail(fault, true)
      return
    }
    noteAnswer(trace, call, composed, this.#through)
    const attempt = this.#attempt(fault, true)
    if (this.#delivery !== null) {
      this.#delivery.push(this.#through.take(), true)
      const ending: Ending =
        fault !== null && !told
          ? brokenStream(call.dialect, fault.fault, trace.id)
          : { type: 'rest', rest, fault: fault?.fault ?? null }
      this.#settle({ type: 'ending', ending }, attempt)
      return
    }
    trace.answered = composed.permit
    trace.firstByte = this.#firstByte
    noteDropped(trace, dropped, this.#through)
    this.#settle({ type: 'ending', ending: this.#whole([...this.#through.take(), ...rest]) }, attempt)
  }

  #whole(pieces: readonly (string | Uint8Array)[]): Ending {
    const [first] = pieces
    return {
      type: 'whole',
      status: this.#status(),
      headers: { ...this.#headers(true), 'content-type': wholeTypeOf(this.#o.call, this.#head.headers) },
      body:
        pieces.length === 1 && first !== undefined
          ? first
          : Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
      fault: null,
    }
  }

  /** `whole`: the answer is complete. */
  #headers(whole: boolean): Record<string, string> {
    const { call, trace, secrets } = this.#o
    return {
      ...passedOn(call, this.#head, call.verbatim === null ? [] : secrets()),
      ...ourHeaders(trace, whole, trace.attempts.length + 1),
    }
  }

  /** What was asked of a target in its own words is answered in its own status. */
  #status(): number {
    return this.#o.call.verbatim === null ? 200 : this.#head.status
  }

  #fail(error: CausewayError, reached: boolean): void {
    const { client, call, trace, composed } = this.#o
    const attempt = this.#attempt(error, reached)
    if (client.begun) {
      noteAnswer(trace, call, composed, this.#through)
      this.#settle({ type: 'ending', ending: brokenStream(call.dialect, error.fault, trace.id) }, attempt)
      return
    }
    // What a guard of ours stopped is nobody's failure, and a client that leaves its own request half said is not the target's.
    const blame = error.fault.whose !== 'policy' && error.fault.whose !== 'client'
    this.#settle(
      { type: 'failed', error, retry: mayRetry(error.fault), after: null, blame, reply: null },
      attempt,
    )
  }

  #now(): number {
    return elapsed(this.#o.trace, this.#o.clock)
  }

  #attempt(error: CausewayError | null, sent: boolean): Attempt {
    const times = { started: this.#started, firstByte: this.#firstByte, ended: this.#now() }
    return attemptOf(this.#o.composed, this.#head === UNHEARD ? null : this.#head, times, error, sent)
  }

  #settle(result: Result, attempt: Attempt): void {
    if (this.#settled) return
    this.#settled = true
    this.#delivery?.stop()
    if (this.#closing !== null) clearTimeout(this.#closing)
    this.#o.client.whenDrained(null)
    this.#o.client.whenLeft(null)
    this.#o.trace.attempts.push(attempt)
    this.#o.done(result)
  }
}

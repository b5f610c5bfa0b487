import {
  type Call,
  CausewayError,
  type Dialect,
  type DialectWire,
  type Relay,
  type ReplyEvent,
  type ReplyReader,
  type ReplyWriter,
  type Usage,
} from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'

/** Turns upstream bytes into client bytes, raw or translated, and watches what they say. */
export interface Through {
  push(chunk: Uint8Array): void
  /** True once something that counts as an answer was seen. */
  started(): boolean
  /** True once the answer is complete or has failed, whatever its upstream still sends. */
  finished(): boolean
  take(): readonly (string | Uint8Array)[]
  /** After the last byte. `rest` is the final event, still to be sent. */
  end(): {
    readonly rest: readonly (string | Uint8Array)[]
    readonly fault: CausewayError | null
    readonly told: boolean
  }
  usage(): Usage | null
  textLength(): number
  unmapped(): readonly string[]
}

const cut = (target: string): CausewayError =>
  new CausewayError('upstream_cut', `Target ${target} ended its answer without saying that it was complete.`)

const garbled = (target: string): CausewayError =>
  new CausewayError(
    'upstream_garbled',
    `Target ${target} sent an answer that is not whole or not in its dialect.`,
  )

const inStream = (target: string, message: string): CausewayError =>
  new CausewayError('upstream_error', `Target ${target} reported an error in its answer.`, {
    quoted: message.slice(0, 300),
  })

/** Same dialect: the bytes go on as they are. */
class Raw implements Through {
  readonly #relay: Relay
  readonly #target: string
  readonly #stream: boolean
  #ready: (string | Uint8Array)[] = []

  constructor(relay: Relay, target: string, stream: boolean) {
    this.#relay = relay
    this.#target = target
    this.#stream = stream
  }

  push(chunk: Uint8Array): void {
    const out = this.#relay.push(chunk)
    if (out instanceof Uint8Array) this.#ready.push(out)
    else this.#ready.push(...out)
  }

  started(): boolean {
    return this.#relay.started()
  }

  finished(): boolean {
    return this.#relay.finished()
  }

  take(): readonly (string | Uint8Array)[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  end(): {
    readonly rest: readonly (string | Uint8Array)[]
    readonly fault: CausewayError | null
    readonly told: boolean
  } {
    const { rest, complete } = this.#relay.end()
    const fault = this.#relay.fault()
    if (fault !== null) return { rest, fault: inStream(this.#target, fault.message), told: true }
    if (complete) return { rest, fault: null, told: false }
    return { rest, fault: this.#stream ? cut(this.#target) : garbled(this.#target), told: false }
  }

  usage(): Usage | null {
    return this.#relay.usage()
  }

  textLength(): number {
    return this.#relay.textLength()
  }

  unmapped(): readonly string[] {
    return []
  }
}

/** Another dialect: upstream bytes → events → the client's dialect. */
class Translated implements Through {
  readonly #reader: ReplyReader
  readonly #write: (event: ReplyEvent) => string
  readonly #target: string
  #ready: string[] = []
  #rest: string[] = []
  #started = false
  #ended = false
  #fault: CausewayError | null = null
  #usage: Usage | null = null
  #length = 0
  readonly #unmapped = new Set<string>()

  constructor(wire: DialectWire, stream: boolean, write: (event: ReplyEvent) => string, target: string) {
    this.#write = write
    this.#target = target
    this.#reader = wire.reader({ stream }, (event) => this.#hear(event))
  }

  #hear(event: ReplyEvent): void {
    if (this.#ended) return
    switch (event.type) {
      case 'error':
        this.#ended = true
        this.#fault = this.#faultOf(event)
        return
      case 'end':
        this.#ended = true
        this.#started = true
        this.#rest.push(this.#write(event))
        return
      case 'unmapped':
        this.#unmapped.add(`reply.${event.field}`)
        break
      case 'usage':
        this.#usage = event.usage
        break
      case 'text':
      case 'reasoning':
      case 'refusal':
      case 'tool':
        this.#started = true
        this.#length += event.delta.length
        break
      case 'start':
      case 'signature':
        break
    }
    const text = this.#write(event)
    if (text !== '') this.#ready.push(text)
  }

  /** A reader's error is the upstream's own words where it has native ones, else what we missed. */
  #faultOf(event: Extract<ReplyEvent, { type: 'error' }>): CausewayError {
    if (event.native === null) return cut(this.#target)
    return event.native === 'garbled body' ? garbled(this.#target) : inStream(this.#target, event.message)
  }

  push(chunk: Uint8Array): void {
    this.#reader.push(chunk)
  }

  started(): boolean {
    return this.#started
  }

  finished(): boolean {
    return this.#ended
  }

  take(): readonly string[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  end(): { readonly rest: readonly string[]; readonly fault: CausewayError | null; readonly told: boolean } {
    this.#reader.end()
    if (!this.#ended) this.#fault = cut(this.#target)
    return { rest: this.#rest, fault: this.#fault, told: false }
  }

  usage(): Usage | null {
    return this.#usage
  }

  textLength(): number {
    return this.#length
  }

  unmapped(): readonly string[] {
    return [...this.#unmapped]
  }
}

/**
 * The way through for one attempt: raw where client and target speak one dialect, else through events.
 * `whole` gives the body of a translated answer that is no stream.
 */
export const throughOf = (
  call: Call,
  dialect: Dialect,
  target: string,
  request: string,
  created: number,
): { through: Through; whole: () => string | null } => {
  const own = wireOf(call.dialect)
  if (dialect === call.dialect) {
    return {
      through: new Raw(own.relay({ stream: call.stream, hideUsage: !call.wantsUsage }), target, call.stream),
      whole: () => null,
    }
  }
  const options = { model: call.model, id: request, created }
  if (call.stream) {
    const writer: ReplyWriter = own.streamWriter({ ...options, wantsUsage: call.wantsUsage })
    return {
      through: new Translated(wireOf(dialect), true, (event) => writer.write(event), target),
      whole: () => null,
    }
  }
  const events: ReplyEvent[] = []
  const through = new Translated(
    wireOf(dialect),
    false,
    (event) => {
      events.push(event)
      return ''
    },
    target,
  )
  return { through, whole: () => JSON.stringify(own.wholeBody(events, options)) }
}

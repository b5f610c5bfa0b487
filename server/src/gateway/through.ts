import {
  type AnswerOptions,
  type Call,
  CausewayError,
  type Channel,
  type Dialect,
  type Json,
  type Relay,
  type ReplyEvent,
  type ReplyReader,
  type ReplyWriter,
  type Reviser,
  type Revision,
  type UpstreamWire,
  type Usage,
} from '../domain/index.ts'
import { upstreamWireOf, wireOf } from '../wire/index.ts'

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
  /** What the upstream issued that only it can read. */
  issued(): IssuedHere
}

/** Opaque values of one answer, and for answers that were carried over what came with which call of a tool. */
export interface IssuedHere {
  readonly values: readonly string[]
  readonly groups: readonly { readonly parts: readonly Json[]; readonly calls: readonly string[] }[]
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

  issued(): IssuedHere {
    return { values: this.#relay.sealed?.() ?? [], groups: [] }
  }
}

/** Same dialect, with texts revised on the way: values put back, or kept from going out. */
class Revised implements Through {
  readonly #raw: Through
  readonly #revision: Revision
  #ready: Uint8Array[] = []

  constructor(raw: Through, revision: Revision) {
    this.#raw = raw
    this.#revision = revision
  }

  push(chunk: Uint8Array): void {
    this.#raw.push(chunk)
    this.#revise(this.#raw.take())
  }

  started(): boolean {
    return this.#raw.started()
  }

  finished(): boolean {
    return this.#raw.finished()
  }

  take(): readonly Uint8Array[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  end(): ReturnType<Through['end']> {
    const ended = this.#raw.end()
    this.#revise(this.#raw.take())
    this.#revise(ended.rest)
    return { ...ended, rest: [...this.take(), ...this.#revision.end()] }
  }

  usage(): Usage | null {
    return this.#raw.usage()
  }

  textLength(): number {
    return this.#raw.textLength()
  }

  unmapped(): readonly string[] {
    return this.#raw.unmapped()
  }

  issued(): IssuedHere {
    return this.#raw.issued()
  }

  #revise(pieces: readonly (string | Uint8Array)[]): void {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      for (const out of this.#revision.push(bytes)) this.#ready.push(out)
    }
  }
}

/** The channel that an event's text belongs to; null for an event without text. */
const channelOf = (event: ReplyEvent): Channel | null => {
  switch (event.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return { key: event.type, form: 'text' }
    case 'tool':
      return { key: `tool:${event.index}`, form: 'json' }
    default:
      return null
  }
}

const ERROR: Channel = { key: 'error', form: 'text' }

type Spoken = Extract<ReplyEvent, { readonly delta: string }>

/** Events with their texts revised. What a channel holds goes out before another one speaks, and before the end. */
const revisedEvents = (
  reviser: Reviser,
  emit: (event: ReplyEvent) => void,
): ((event: ReplyEvent) => void) => {
  let open: { readonly channel: Channel; readonly event: Spoken } | null = null
  const close = (): void => {
    if (open === null) return
    const rest = reviser.end(open.channel)
    const { event } = open
    open = null
    if (rest === '') return
    emit(event.type === 'tool' ? { ...event, id: null, name: null, delta: rest } : { ...event, delta: rest })
  }
  const revised = (channel: Channel, text: string): string =>
    reviser.push(channel, text) + reviser.end(channel)
  return (event) => {
    const channel = channelOf(event)
    if (channel === null || !('delta' in event)) {
      if (event.type === 'end' || event.type === 'error' || event.type === 'signature') close()
      emit(event.type === 'error' ? { ...event, message: revised(ERROR, event.message) } : event)
      return
    }
    if (open !== null && open.channel.key !== channel.key) close()
    open = { channel, event }
    emit({ ...event, delta: reviser.push(channel, event.delta) })
  }
}

/** A wrapping of sealed state, plain, or in base64 where the dialect's slot holds bytes. */
const WRAPPED = /(?:causeway-[a-z-]+:|Y2F1c2V3YXkt)[\w+/=-]{8,}/g

/** Sorts what an upstream issued by the calls of tools that it came with. */
class IssuedSorter {
  readonly #values: string[] = []
  readonly #wrapped = new Set<string>()
  readonly #calls = new Map<number, string>()
  readonly #byCall = new Map<number, Json[]>()
  #waiting: Json[] = []

  hear(event: ReplyEvent): void {
    if (event.type === 'signature') {
      this.#values.push(event.value)
      if (event.tool === null) this.#waiting.push(event.raw)
      else this.#byCall.set(event.tool, [...(this.#byCall.get(event.tool) ?? []), event.raw])
    } else if (event.type === 'tool' && event.id !== null && !this.#calls.has(event.index)) {
      this.#calls.set(event.index, event.id)
      if (this.#waiting.length === 0) return
      this.#byCall.set(event.index, [...this.#waiting, ...(this.#byCall.get(event.index) ?? [])])
      this.#waiting = []
    }
  }

  /** What the client is told: state of another dialect stands in its slot in a wrapping of ours. */
  told(text: string): void {
    if (this.#values.length === 0 || text === '') return
    for (const [wrapped] of text.matchAll(WRAPPED)) {
      // A model can be made to say the like of it, but not with what was sealed in this very answer in it.
      const inner = Buffer.from(wrapped.slice(wrapped.indexOf(':') + 1), 'base64').toString('utf8')
      if (this.#values.some((value) => inner.includes(value))) this.#wrapped.add(wrapped)
    }
  }

  sorted(): IssuedHere {
    const groups = [...this.#byCall].flatMap(([index, parts]) => {
      const id = this.#calls.get(index)
      return id === undefined ? [] : [{ parts, calls: [id] }]
    })
    return { values: [...this.#values, ...this.#wrapped], groups }
  }
}

/** Another dialect: upstream bytes → events → the client's dialect. */
class Translated implements Through {
  readonly #reader: ReplyReader
  readonly #writer: ReplyWriter
  readonly #sorter = new IssuedSorter()
  /** The whole body, where it is written in one piece. */
  readonly #body: (() => string) | null
  readonly #target: string
  #ready: string[] = []
  #rest: string[] = []
  #started = false
  #ended = false
  #fault: CausewayError | null = null
  #usage: Usage | null = null
  #length = 0
  readonly #unmapped = new Set<string>()

  constructor(
    wire: UpstreamWire,
    stream: boolean,
    writer: ReplyWriter,
    target: string,
    reviser: Reviser | null,
    body: (() => string) | null = null,
  ) {
    this.#writer = writer
    this.#body = body
    this.#target = target
    const hear = (event: ReplyEvent): void => this.#hear(event)
    this.#reader = wire.reader({ stream }, reviser === null ? hear : revisedEvents(reviser, hear))
  }

  #hear(event: ReplyEvent): void {
    if (this.#ended) return
    this.#sorter.hear(event)
    switch (event.type) {
      case 'error':
        this.#ended = true
        this.#fault = this.#faultOf(event)
        return
      case 'end':
        this.#ended = true
        this.#started = true
        this.#rest.push(this.#last(event))
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
      case 'media':
        this.#started = true
        break
      case 'start':
      case 'signature':
      case 'citation':
      case 'logprobs':
        break
    }
    const text = this.#writer.write(event)
    this.#sorter.told(text)
    if (text !== '') this.#ready.push(text)
  }

  #last(event: ReplyEvent): string {
    const text = this.#writer.write(event)
    this.#sorter.told(text)
    return text
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
    const dropped = this.#writer.dropped?.() ?? []
    return [...new Set([...this.#unmapped, ...dropped.map((field) => `reply.${field}`)])]
  }

  issued(): IssuedHere {
    if (this.#body !== null && this.#ended && this.#fault === null) this.#sorter.told(this.#body())
    return this.#sorter.sorted()
  }
}

const MAY_BE_DROPPED: readonly ReplyEvent['type'][] = ['citation', 'logprobs', 'media', 'signature']

/** A body says nothing of what it has no place for; the stream's writer of the same dialect does. */
const droppedBy = (writer: ReplyWriter, events: readonly ReplyEvent[]): readonly string[] => {
  if (!events.some(({ type }) => MAY_BE_DROPPED.includes(type))) return []
  for (const event of events) writer.write(event)
  return writer.dropped?.() ?? []
}

export interface ThroughOptions {
  /** The request's id. */
  readonly request: string
  /** Seconds since 1970. */
  readonly created: number
  /** Id of the kept answer that the request goes on from. */
  readonly previous: string | null
  readonly reviser: Reviser | null
  readonly verbatim: boolean
}

/**
 * The way through for one attempt: raw where client and target speak one dialect, else through events.
 * `whole` gives the body of a translated answer that is no stream.
 */
export const throughOf = (
  call: Call,
  dialect: Dialect,
  target: string,
  { request, created, previous, reviser, verbatim }: ThroughOptions,
): { through: Through; whole: () => string | null } => {
  const own = wireOf(call.dialect)
  const { stream, operation } = call
  if (dialect === call.dialect) {
    const raw = new Raw(own.relay({ stream, hideUsage: !call.wantsUsage, operation }), target, stream)
    const through = reviser === null ? raw : new Revised(raw, own.revise({ stream, verbatim }, reviser))
    return { through, whole: () => null }
  }
  const options: AnswerOptions = {
    model: call.model,
    id: request.replace(/^cw_/, ''),
    created,
    call,
    ...(previous === null ? {} : { previous }),
  }
  const upstream = upstreamWireOf(dialect)
  if (stream) {
    const through = new Translated(upstream, true, own.streamWriter(options), target, reviser)
    return { through, whole: () => null }
  }
  const events: ReplyEvent[] = []
  const writer: ReplyWriter = {
    write: (event) => {
      events.push(event)
      return ''
    },
    dropped: () => droppedBy(own.streamWriter(options), events),
  }
  let body: string | null = null
  const whole = (): string => {
    body ??= JSON.stringify(own.wholeBody(events, options))
    return body
  }
  return { through: new Translated(upstream, false, writer, target, reviser, whole), whole }
}

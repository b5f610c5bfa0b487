import type {
  AnswerOptions,
  Call,
  CausewayError,
  Dialect,
  DialectWire,
  ReplyEvent,
  ReplyReader,
  ReplyWriter,
  Reviser,
  Usage,
} from '../domain/index.ts'
import { upstreamWireOf, wireOf } from '../wire/index.ts'
import { cut, garbled, reported } from './answer-faults.ts'
import { type IssuedHere, IssuedSorter } from './issued.ts'
import { revisedEvents } from './revised-events.ts'
import type { Ended, Through } from './through.ts'

export interface TranslatedOptions {
  readonly call: Call
  readonly target: string
  /** The target's. */
  readonly dialect: Dialect
  /** The request's id. */
  readonly request: string
  /** Seconds since 1970. */
  readonly created: number
  /** Id of the kept answer that the request goes on from. */
  readonly previous: string | null
  readonly reviser: Reviser | null
}

/** Another dialect: upstream bytes → events → the client's dialect. */
export class Translated implements Through {
  readonly #target: string
  readonly #writer: ReplyWriter
  readonly #reader: ReplyReader
  readonly #issued = new IssuedSorter()
  readonly #unmapped = new Set<string>()
  #ready: string[] = []
  #rest: readonly string[] = []
  #started = false
  #ended = false
  #fault: CausewayError | null = null
  #usage: Usage | null = null
  #length = 0

  constructor(options: TranslatedOptions) {
    const { call, target, dialect, reviser } = options
    this.#target = target
    this.#writer = writerOf(options)
    const hear = (event: ReplyEvent): void => this.#hear(event)
    const { stream } = call
    this.#reader = upstreamWireOf(dialect).reader(
      { stream },
      reviser === null ? hear : revisedEvents(reviser, hear),
    )
  }

  #hear(event: ReplyEvent): void {
    if (this.#ended) return
    this.#issued.hear(event)
    switch (event.type) {
      case 'error':
        this.#ended = true
        this.#fault = this.#faultOf(event)
        return
      case 'end':
        this.#ended = true
        this.#started = true
        break
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
    this.#issued.told(text)
    if (event.type === 'end') this.#rest = [text]
    else if (text !== '') this.#ready.push(text)
  }

  /** A reader's error is the upstream's own words where it has native ones, else what we missed. */
  #faultOf(event: Extract<ReplyEvent, { type: 'error' }>): CausewayError {
    if (event.native === null) return cut(this.#target)
    return event.native === 'garbled body' ? garbled(this.#target) : reported(this.#target, event.message)
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

  end(): Ended {
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
    return this.#issued.sorted()
  }
}

const writerOf = ({ call, request, created, previous }: TranslatedOptions): ReplyWriter => {
  const wire = wireOf(call.dialect)
  const options: AnswerOptions = {
    model: call.model,
    id: request.replace(/^cw_/, ''),
    created,
    call,
    ...(previous === null ? {} : { previous }),
  }
  return call.stream ? wire.streamWriter(options) : bodyWriter(wire, options)
}

/** Writes nothing until the end, and then the whole body. */
const bodyWriter = (wire: DialectWire, options: AnswerOptions): ReplyWriter => {
  const events: ReplyEvent[] = []
  return {
    write(event) {
      events.push(event)
      return event.type === 'end' ? JSON.stringify(wire.wholeBody(events, options)) : ''
    },
    dropped: () => droppedBy(wire.streamWriter(options), events),
  }
}

const MAY_BE_DROPPED: readonly ReplyEvent['type'][] = ['citation', 'logprobs', 'media', 'signature']

/** A body says nothing of what it has no place for; the stream's writer of the same dialect does. */
const droppedBy = (writer: ReplyWriter, events: readonly ReplyEvent[]): readonly string[] => {
  if (!events.some(({ type }) => MAY_BE_DROPPED.includes(type))) return []
  for (const event of events) writer.write(event)
  return writer.dropped?.() ?? []
}

import type {
  AnswerOptions,
  Citation,
  Json,
  JsonObject,
  ReplyEvent,
  ReplyWriter,
  Usage,
} from '../../domain/index.ts'
import { type AnswerItem, ImageItem, ReasoningItem, type Tell } from './answerItems.ts'
import { CallItem } from './callItem.ts'
import { failedEvent } from './errors.ts'
import { writeFinish } from './finish.ts'
import { MessageItem } from './messageItem.ts'
import { resourceOf } from './resource.ts'
import { type ClientTool, clientTools } from './toolNames.ts'
import { writeUsage } from './usage.ts'

type End = Extract<ReplyEvent, { type: 'end' }>
type ToolEvent = Extract<ReplyEvent, { type: 'tool' }>

/**
 * Writes events as a response: as its stream, and when it ended as the whole resource too. A call is closed when
 * another item begins and its arguments are complete. Items could be open side by side, for each event names its
 * item, but clients take the pieces of a call for the last one's: a call that begins within another waits for it.
 */
export class ResponseWriter implements ReplyWriter {
  readonly #options: AnswerOptions
  readonly #base: JsonObject
  readonly #tools: readonly ClientTool[]
  readonly #items: AnswerItem[] = []
  readonly #calls = new Map<number, CallItem>()
  /** Pieces of calls that began within the last one. */
  #waiting: ToolEvent[] = []
  readonly #dropped = new Set<string>()
  #sequence = 0
  #started = false
  #ended = false
  #text = 0
  #refused = false
  #usage: Usage | null = null
  #resource: JsonObject | null = null

  constructor(options: AnswerOptions) {
    this.#options = options
    this.#base = resourceOf(options)
    this.#tools = clientTools(options.call.json)
  }

  /** The finished response; null before its end. */
  get resource(): JsonObject | null {
    return this.#resource
  }

  dropped(): readonly string[] {
    return [...this.#dropped]
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    if (event.type === 'unmapped') return ''
    if (event.type === 'usage') {
      this.#usage = event.usage
      return ''
    }
    const opening = this.#start() + (event.type === 'tool' ? '' : this.#callAll())
    switch (event.type) {
      case 'start':
        return opening
      case 'text':
        return event.delta === '' ? opening : opening + this.#say(event.delta)
      case 'refusal':
        this.#refused = true
        return opening + this.#in(this.#message(), (message) => message.refusal(event.delta))
      case 'citation':
        return opening + this.#cite(event.citation)
      case 'logprobs':
        return opening + this.#in(this.#message(), (message) => message.text('', this.#text, event.tokens))
      case 'reasoning':
        return event.delta === ''
          ? opening
          : opening + this.#in(this.#reasoning(), (item) => item.text(event.delta))
      case 'signature':
        return opening + this.#seal(event)
      case 'tool':
        return opening + this.#tool(event)
      case 'media':
        return opening + this.#media(event.mime, event.data)
      case 'end':
        return opening + this.#end(event)
      case 'error':
        return opening + this.#fail(event.message)
    }
  }

  readonly #tell: Tell = (type, json) => {
    const sequence_number = this.#sequence
    this.#sequence += 1
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...json })}\n\n`
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    const response = this.#base
    return this.#tell('response.created', { response }) + this.#tell('response.in_progress', { response })
  }

  #id(prefix: string): string {
    return `${prefix}_${this.#options.id}_${this.#items.length}`
  }

  /** Before a new item: what came before is done, but for calls whose pieces may still come. */
  #closeOpen(): string {
    let out = ''
    for (const item of this.#items) {
      if (item.open && (!(item instanceof CallItem) || item.complete)) out += item.close('completed')
    }
    return out
  }

  #add<T extends AnswerItem & { start(): string }>(item: T): readonly [string, T] {
    const closed = this.#closeOpen()
    this.#items.push(item)
    return [closed + item.start(), item]
  }

  #in<T>([opening, item]: readonly [string, T], act: (item: T) => string): string {
    return opening + act(item)
  }

  #message(): readonly [string, MessageItem] {
    const last = this.#items.at(-1)
    if (last instanceof MessageItem && last.open) return ['', last]
    return this.#add(new MessageItem(this.#id('msg'), this.#items.length, this.#tell))
  }

  #reasoning(): readonly [string, ReasoningItem] {
    const last = this.#items.at(-1)
    if (last instanceof ReasoningItem && last.open) return ['', last]
    return this.#add(new ReasoningItem(this.#id('rs'), this.#items.length, this.#tell))
  }

  #say(delta: string): string {
    const out = this.#in(this.#message(), (message) => message.text(delta, this.#text))
    this.#text += delta.length
    return out
  }

  #cite(citation: Citation): string {
    const message = this.#items.findLast((item) => item instanceof MessageItem)
    const said = message instanceof MessageItem ? message.cite(citation) : null
    if (said === null) this.#dropped.add('citations')
    return said ?? ''
  }

  #seal(event: Extract<ReplyEvent, { type: 'signature' }>): string {
    const call = event.tool === null ? undefined : this.#calls.get(event.tool)
    const last = this.#items.at(-1)
    const thought = call === undefined && !event.redacted && last instanceof ReasoningItem && last.open
    const place: readonly [string, ReasoningItem] = thought
      ? ['', last]
      : this.#add(new ReasoningItem(this.#id('rs'), this.#items.length, this.#tell))
    return this.#in(place, (item) => item.seal(event, call?.callId ?? null))
  }

  #tool(event: ToolEvent): string {
    const last = this.#lastCall()
    if (last !== null && this.#calls.get(event.index) !== last && !last.complete) {
      this.#waiting.push(event)
      return ''
    }
    let out = this.#call(event)
    while (this.#waiting.length > 0 && this.#lastCall()?.complete === true) out += this.#callNext()
    return out
  }

  #lastCall(): CallItem | null {
    const last = this.#items.at(-1)
    return last instanceof CallItem ? last : null
  }

  /** Of the calls that wait the first, as far as it came. */
  #callNext(): string {
    const waiting = this.#waiting
    const index = waiting[0]?.index
    this.#waiting = waiting.filter((event) => event.index !== index)
    return waiting.map((event) => (event.index === index ? this.#call(event) : '')).join('')
  }

  #callAll(): string {
    let out = ''
    while (this.#waiting.length > 0) out += this.#callNext()
    return out
  }

  #call(event: ToolEvent): string {
    const known = this.#calls.get(event.index)
    if (known !== undefined) return known.add(event.delta)
    const tool = this.#tools.find((one) => one.flat === event.name)
    const called = {
      call_id: event.id ?? `call_${this.#options.id}_${event.index}`,
      name: tool?.name ?? event.name ?? '',
      namespace: tool?.namespace ?? null,
      custom: tool?.custom ?? false,
    }
    const id = this.#id(called.custom ? 'ctc' : 'fc')
    const [opening, item] = this.#add(new CallItem(called, id, this.#items.length, this.#tell))
    this.#calls.set(event.index, item)
    return opening + item.add(event.delta)
  }

  #media(mime: string, data: string): string {
    if (!mime.startsWith('image/')) {
      this.#dropped.add(mime.startsWith('audio/') ? 'audio' : 'media')
      return ''
    }
    const closed = this.#closeOpen()
    const item = new ImageItem(this.#id('ig'), mime, data)
    const place = { output_index: this.#items.length, item: item.json() }
    this.#items.push(item)
    return (
      closed +
      this.#tell('response.output_item.added', place) +
      this.#tell('response.output_item.done', place)
    )
  }

  #closeAll(incomplete: boolean): string {
    let out = ''
    const last = this.#items.at(-1)
    for (const item of this.#items) {
      out += item.close(incomplete && item === last ? 'incomplete' : 'completed')
    }
    return out
  }

  #finished(more: JsonObject): JsonObject {
    return {
      ...this.#base,
      ...more,
      output: this.#items.map((item) => item.json()),
      usage: this.#usage === null ? null : writeUsage(this.#usage),
    }
  }

  #end(event: End): string {
    const { status, incomplete } = writeFinish(event.reason, this.#refused)
    if (status === 'failed') return this.#fail('The model wrote a tool call that is none.', event)
    this.#ended = true
    const closed = this.#closeAll(incomplete !== null)
    const response = this.#finished({
      status,
      completed_at: status === 'completed' ? this.#options.created : null,
      incomplete_details: incomplete === null ? null : { reason: incomplete },
      ...nativeFinish(event, incomplete),
    })
    this.#resource = response
    return closed + this.#tell(`response.${status}`, { response })
  }

  #fail(message: string, end: End | null = null): string {
    this.#ended = true
    const response = this.#finished({
      status: 'failed',
      error: { code: 'server_error', message },
      ...(end === null ? {} : nativeFinish(end, null)),
    })
    const error: Json = { type: 'server_error', code: 'upstream_error', message, param: null }
    if (end !== null) this.#resource = response
    return failedEvent(response, error, this.#sequence)
  }
}

/** What the dialect's status does not tell apart: the upstream's own word, and the stop string that fired. */
const nativeFinish = (event: End, incomplete: string | null): JsonObject => ({
  ...(event.native === null || event.native === 'completed' || event.native === incomplete
    ? {}
    : { native_finish_reason: event.native }),
  ...(event.stopSequence === null ? {} : { stop_sequence: event.stopSequence }),
})

export const streamWriter = (options: AnswerOptions): ReplyWriter => new ResponseWriter(options)

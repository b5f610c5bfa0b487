import type {
  AnswerOptions,
  Citation,
  Json,
  JsonObject,
  ReplyEvent,
  ReplyWriter,
  Sealed,
  Usage,
} from '../../domain/index.ts'
import { carry } from '../body/sealed.ts'
import { writeCitation } from './citations.ts'
import { typeOf } from './errors.ts'
import { MALFORMED, stopFields } from './finish.ts'
import { UNSIGNED } from './sealed.ts'
import { idFor } from './toolIds.ts'
import { writeUsage } from './usage.ts'

type ToolEvent = Extract<ReplyEvent, { type: 'tool' }>
type EndEvent = Extract<ReplyEvent, { type: 'end' }>

/** A block of the answer. The dialect has one open at a time; the others wait with what they have so far. */
interface Block {
  readonly type: 'text' | 'thinking' | 'redacted' | 'tool'
  /** The call's place in the reply; -1 where it is none. */
  readonly tool: number
  readonly opening: JsonObject
  /** What was not written yet. */
  waiting: string
  /** All of a call's input, to know when it is complete. */
  input: string
  signature: string
  /** Not written yet either. */
  citations: JsonObject[]
  /** Nothing more can come for it. */
  done: boolean
}

const framed = (type: string, json: JsonObject): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...json })}\n\n`

const isComplete = (input: string): boolean => {
  if (!input.trimEnd().endsWith('}')) return false
  try {
    JSON.parse(input)
    return true
  } catch {
    return false
  }
}

const blockOf = (type: Block['type'], opening: JsonObject, tool = -1): Block => ({
  type,
  tool,
  opening,
  waiting: '',
  input: '',
  signature: '',
  citations: [],
  done: false,
})

/** Writes events as a Messages stream. Calls whose pieces come mixed are written one after another. */
class MessagesStreamWriter implements ReplyWriter {
  readonly #options: AnswerOptions
  readonly #blocks: Block[] = []
  readonly #dropped = new Set<string>()
  readonly #ids: string[] = []
  /** State of calls that were not heard of yet, by their place. */
  readonly #early = new Map<number, Sealed>()
  /** Another dialect's state behind a text. It is a block only where something follows it. */
  #behind: readonly Block[] = []
  /** The block being written, and whether its start went out. */
  #current = 0
  #opened = false
  #started = false
  #ended = false
  #refused = false
  #usage: Usage | null = null

  constructor(options: AnswerOptions) {
    this.#options = options
  }

  dropped(): readonly string[] {
    return [...this.#dropped]
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    switch (event.type) {
      case 'start':
        return this.#start()
      case 'refusal':
        this.#refused ||= event.delta !== ''
        return this.#start() + this.#append('text', { type: 'text', text: '' }, event.delta)
      case 'text':
        return this.#start() + this.#append('text', { type: 'text', text: '' }, event.delta)
      case 'reasoning':
        return (
          this.#start() +
          this.#append('thinking', { type: 'thinking', thinking: '', signature: '' }, event.delta)
        )
      case 'signature':
        return this.#start() + this.#sign(event)
      case 'tool':
        return this.#start() + this.#tool(event)
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'citation':
        return this.#cite(event.citation)
      case 'end':
        if (event.reason === 'malformed') return this.#fail(MALFORMED, null)
        return this.#start() + this.#finish() + this.#end(event)
      case 'error':
        return this.#fail(event.message, event.status)
      case 'logprobs':
      case 'media':
        this.#dropped.add(event.type)
        return ''
      case 'unmapped':
        return ''
    }
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    const message: Json = {
      id: `msg_${this.#options.id}`,
      type: 'message',
      role: 'assistant',
      model: this.#options.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: writeUsage(null),
    }
    return framed('message_start', { message })
  }

  /** Text and thinking go on in the last block where it is of their kind, else in a new one. */
  #append(type: 'text' | 'thinking', opening: JsonObject, delta: string): string {
    if (delta === '') return ''
    this.#place()
    let last = this.#blocks.at(-1)
    if (last === undefined || last.type !== type || last.signature !== '') {
      last = this.#push(blockOf(type, opening))
    }
    last.waiting += delta
    return this.#flow()
  }

  #sign(sealed: Sealed): string {
    if (sealed.dialect === 'anthropic-messages') return this.#seal(sealed.value, sealed.redacted)
    if (sealed.tool === null) return this.#carried(sealed)
    const at = this.#blocks.findIndex((block) => block.tool === sealed.tool)
    const call = this.#blocks[at]
    if (call === undefined) {
      this.#early.set(sealed.tool, sealed)
      return ''
    }
    const block = signedBlock(carry(sealed, { call: String(call.opening['id']) }), sealed.redacted)
    const begun = at < this.#current || (at === this.#current && this.#opened)
    if (begun) this.#push(block)
    else this.#blocks.splice(at, 0, block)
    return this.#flow()
  }

  /** Behind the last text no block may stand: clients take the answer from the last one. */
  #carried(sealed: Sealed): string {
    if (this.#blocks.at(-1)?.type !== 'text') return this.#seal(carry(sealed), sealed.redacted)
    this.#behind = [...this.#behind, signedBlock(carry(sealed), sealed.redacted)]
    return ''
  }

  #place(): void {
    const blocks = this.#behind
    this.#behind = []
    for (const block of blocks) this.#push(block)
  }

  #seal(value: string, redacted: boolean): string {
    const last = this.#blocks.at(-1)
    if (!redacted && last?.type === 'thinking' && last.signature === '') {
      last.signature = value
      last.done = true
    } else this.#push(signedBlock(value, redacted))
    return this.#flow()
  }

  /** Citations stand in the block of text that they belong to, as long as it is open. */
  #cite(citation: Citation): string {
    const last = this.#blocks.at(-1)
    const written = writeCitation(citation)
    if (last?.type !== 'text' || last.done || written === null) {
      this.#dropped.add('citations')
      return ''
    }
    last.citations.push(written)
    return this.#flow()
  }

  #tool(event: ToolEvent): string {
    const block = this.#blocks.find((one) => one.tool === event.index) ?? this.#openCall(event)
    block.waiting += event.delta
    block.input += event.delta
    return this.#flow()
  }

  #openCall(event: ToolEvent): Block {
    const id = idFor(event.id, event.index, this.#options, this.#ids)
    this.#ids.push(id)
    const early = this.#early.get(event.index)
    this.#early.delete(event.index)
    if (early !== undefined) this.#push(signedBlock(carry(early, { call: id }), early.redacted))
    return this.#push(
      blockOf('tool', { type: 'tool_use', id, name: event.name ?? '', input: {} }, event.index),
    )
  }

  /** What came before a new block is done, but for a call, whose pieces may still come. */
  #push(block: Block): Block {
    this.#place()
    for (const before of this.#blocks) if (before.type !== 'tool') before.done = true
    this.#blocks.push(block)
    return block
  }

  /** Writes as far as the order of blocks allows. */
  #flow(): string {
    let out = ''
    for (;;) {
      const block = this.#blocks[this.#current]
      if (block === undefined) return out
      out += this.#pour(block)
      const waits = this.#current < this.#blocks.length - 1
      if (block.type === 'tool' && waits && isComplete(block.input)) block.done = true
      if (!block.done) return out
      out += this.#close(block)
    }
  }

  #pour(block: Block): string {
    let out = ''
    if (!this.#opened) {
      this.#opened = true
      out = framed('content_block_start', { index: this.#current, content_block: block.opening })
    }
    if (block.waiting !== '') out += this.#delta(deltaOf(block))
    for (const citation of block.citations) out += this.#delta({ type: 'citations_delta', citation })
    block.waiting = ''
    block.citations = []
    return out
  }

  #delta(delta: JsonObject): string {
    return framed('content_block_delta', { index: this.#current, delta })
  }

  #close(block: Block): string {
    const signature = block.signature === '' ? UNSIGNED : block.signature
    const signed = block.type === 'thinking' ? this.#delta({ type: 'signature_delta', signature }) : ''
    const out = signed + framed('content_block_stop', { index: this.#current })
    this.#current += 1
    this.#opened = false
    return out
  }

  #finish(): string {
    if (this.#behind.length > 0) this.#dropped.add('signature')
    this.#behind = []
    for (const sealed of this.#early.values()) {
      this.#push(signedBlock(carry(sealed), sealed.redacted))
    }
    for (const block of this.#blocks) block.done = true
    return this.#flow()
  }

  #end(event: EndEvent): string {
    this.#ended = true
    const delta = stopFields(event, this.#refused)
    return framed('message_delta', { delta, usage: writeUsage(this.#usage) }) + framed('message_stop', {})
  }

  #fail(message: string, status: number | null): string {
    this.#ended = true
    const error = { type: typeOf(status ?? 500), message }
    return framed('error', { error, request_id: this.#options.call.id })
  }
}

const signedBlock = (value: string, redacted: boolean): Block => {
  const block = redacted
    ? blockOf('redacted', { type: 'redacted_thinking', data: value })
    : blockOf('thinking', { type: 'thinking', thinking: '', signature: '' })
  if (!redacted) block.signature = value
  block.done = true
  return block
}

const deltaOf = (block: Block): JsonObject => {
  switch (block.type) {
    case 'text':
      return { type: 'text_delta', text: block.waiting }
    case 'thinking':
      return { type: 'thinking_delta', thinking: block.waiting }
    case 'redacted':
    case 'tool':
      return { type: 'input_json_delta', partial_json: block.waiting }
  }
}

export const streamWriter = (options: AnswerOptions): ReplyWriter => new MessagesStreamWriter(options)

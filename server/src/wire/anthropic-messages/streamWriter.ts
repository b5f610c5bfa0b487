import type { Json, JsonObject, ReplyEvent, ReplyWriter, Usage } from '../../domain/index.ts'
import { writeFinish } from './finish.ts'
import { UNSIGNED } from './unsigned.ts'
import { writeUsage } from './usage.ts'

type ToolEvent = Extract<ReplyEvent, { type: 'tool' }>

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
  done: false,
})

/** Writes events as a Messages stream. Calls whose pieces come mixed are written one after another. */
class MessagesStreamWriter implements ReplyWriter {
  readonly #model: string
  readonly #id: string
  readonly #blocks: Block[] = []
  /** The block being written, and whether its start went out. */
  #current = 0
  #opened = false
  #started = false
  #ended = false
  #usage: Usage | null = null

  constructor(options: { readonly model: string; readonly id: string }) {
    this.#model = options.model
    this.#id = options.id
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    switch (event.type) {
      case 'start':
        return this.#start()
      case 'text':
      case 'refusal':
        return this.#start() + this.#append('text', { type: 'text', text: '' }, event.delta)
      case 'reasoning':
        return (
          this.#start() +
          this.#append('thinking', { type: 'thinking', thinking: '', signature: '' }, event.delta)
        )
      case 'signature':
        return this.#start() + this.#sign(event.value, event.redacted)
      case 'tool':
        return this.#start() + this.#tool(event)
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'end':
        return this.#start() + this.#finish() + this.#end(event)
      case 'error':
        this.#ended = true
        return framed('error', { error: { type: 'api_error', message: event.message } })
      case 'unmapped':
        return ''
    }
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    const message: Json = {
      id: `msg_${this.#id}`,
      type: 'message',
      role: 'assistant',
      model: this.#model,
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
    let last = this.#blocks.at(-1)
    if (last === undefined || last.type !== type || last.signature !== '') {
      last = this.#push(blockOf(type, opening))
    }
    last.waiting += delta
    return this.#flow()
  }

  #sign(value: string, redacted: boolean): string {
    if (redacted) {
      this.#push(blockOf('redacted', { type: 'redacted_thinking', data: value })).done = true
      return this.#flow()
    }
    const last = this.#blocks.at(-1)
    const block =
      last?.type === 'thinking' && last.signature === ''
        ? last
        : this.#push(blockOf('thinking', { type: 'thinking', thinking: '', signature: '' }))
    block.signature = value
    block.done = true
    return this.#flow()
  }

  #tool(event: ToolEvent): string {
    const known = this.#blocks.find((block) => block.tool === event.index)
    const block =
      known ??
      this.#push(
        blockOf(
          'tool',
          { type: 'tool_use', id: event.id ?? `toolu_${event.index}`, name: event.name ?? '', input: {} },
          event.index,
        ),
      )
    block.waiting += event.delta
    block.input += event.delta
    return this.#flow()
  }

  /** What came before a new block is done, but for a call, whose pieces may still come. */
  #push(block: Block): Block {
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
    if (block.waiting === '') return out
    out += this.#delta(deltaOf(block))
    block.waiting = ''
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
    for (const block of this.#blocks) block.done = true
    return this.#flow()
  }

  #end(event: Extract<ReplyEvent, { type: 'end' }>): string {
    this.#ended = true
    const delta = { stop_reason: writeFinish(event.reason), stop_sequence: event.stopSequence }
    return framed('message_delta', { delta, usage: writeUsage(this.#usage) }) + framed('message_stop', {})
  }
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

export const streamWriter = (options: { readonly model: string; readonly id: string }): ReplyWriter =>
  new MessagesStreamWriter(options)

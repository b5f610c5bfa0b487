import type { Json, JsonObject, ReplyEvent, ReplyReader } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { ReplySource, StreamReader, WholeReader } from '../stream/reader.ts'
import { readFinish } from './finish.ts'
import { faultIn } from './relay.ts'
import { NOTHING_REPORTED, type Reported, reported, usageOf } from './usage.ts'

const QUIET_MESSAGE = [
  'id',
  'type',
  'role',
  'model',
  'content',
  'stop_reason',
  'stop_sequence',
  'usage',
  'container',
  'context_management',
  'diagnostics',
  'stop_details',
]
const TEXT_BLOCK = ['type', 'text']

interface OpenBlock {
  readonly type: string
  /** Place among the tool calls; -1 for other blocks. */
  readonly tool: number
  /** Input that came with the block itself, sent at its end where no piece followed. */
  readonly input: string
  pieces: boolean
  signature: string
}

/** Reads a message, whole or as a stream of its parts, into events. */
class MessagesSource extends ReplySource {
  #reported: Reported = NOTHING_REPORTED
  #open = new Map<number, OpenBlock>()
  #tools = 0
  #stop: string | null = null
  #sequence: string | null = null

  event(data: string): void {
    const json = parseObject(data)
    if (json === null) {
      this.noise(data)
      return
    }
    switch (json['type']) {
      case 'message_start':
        this.#start(json['message'])
        return
      case 'content_block_start':
        if (isObject(json['content_block'])) this.#openBlock(indexOf(json), json['content_block'])
        return
      case 'content_block_delta':
        if (isObject(json['delta'])) this.#delta(indexOf(json), json['delta'])
        return
      case 'content_block_stop':
        this.#closeBlock(indexOf(json))
        return
      case 'message_delta':
        this.#messageDelta(json)
        return
      case 'message_stop':
        this.#complete()
        return
      case 'ping':
        return
      default: {
        const fault = faultIn(json)
        if (fault !== null) this.fail(fault.message, fault.status, data.slice(0, 2000))
        else this.unmapped(`event.${stringAt(json, 'type') ?? 'unknown'}`)
      }
    }
  }

  whole(json: JsonObject): void {
    const fault = faultIn(json)
    if (fault !== null) {
      this.fail(fault.message, fault.status, JSON.stringify(json).slice(0, 2000))
      return
    }
    const content = json['content']
    if (!isList(content)) {
      this.fail('the answer has no content', null, 'no content')
      return
    }
    this.#start(json)
    content.forEach((block, index) => {
      if (!isObject(block)) return
      this.#openBlock(index, block)
      this.#closeBlock(index)
    })
    this.#stop = stringAt(json, 'stop_reason')
    this.#sequence = stringAt(json, 'stop_sequence')
    this.#explain(json['stop_details'])
    this.#complete()
  }

  /** A second start is let go where the first had led to nothing that cannot be undone. */
  #start(message: Json | undefined): void {
    if (!isObject(message)) return
    if ([...this.#open.values()].some((block) => block.tool !== -1 && block.pieces)) {
      this.fail('the upstream began its answer anew within a tool call', null, 'second message_start')
      return
    }
    this.#open = new Map()
    this.strange(message, QUIET_MESSAGE, 'message')
    this.#reported = reported(message['usage'], this.#reported)
    this.start(stringAt(message, 'id'), stringAt(message, 'model'))
  }

  #openBlock(index: number, block: JsonObject): void {
    const type = stringAt(block, 'type') ?? 'unknown'
    const open: OpenBlock = {
      type,
      tool: type === 'tool_use' ? this.#tools : -1,
      input: inputOf(block),
      pieces: false,
      signature: '',
    }
    this.#open.set(index, open)
    switch (type) {
      case 'text':
        this.strange(block, TEXT_BLOCK, 'content[]')
        this.#text(stringAt(block, 'text') ?? '')
        return
      case 'thinking':
        this.#thought(stringAt(block, 'thinking') ?? '')
        open.signature = stringAt(block, 'signature') ?? ''
        return
      case 'redacted_thinking':
        this.emit({ type: 'signature', value: stringAt(block, 'data') ?? '', redacted: true })
        return
      case 'tool_use':
        this.#tools += 1
        this.emit({
          type: 'tool',
          index: open.tool,
          id: stringAt(block, 'id'),
          name: stringAt(block, 'name'),
          delta: '',
        })
        return
      default:
        this.unmapped(`content.${type}`)
    }
  }

  #delta(index: number, delta: JsonObject): void {
    const open = this.#open.get(index)
    switch (delta['type']) {
      case 'text_delta':
        this.#text(stringAt(delta, 'text') ?? '')
        return
      case 'thinking_delta':
        this.#thought(stringAt(delta, 'thinking') ?? '')
        return
      case 'signature_delta':
        if (open !== undefined) open.signature += stringAt(delta, 'signature') ?? ''
        return
      case 'input_json_delta': {
        const piece = stringAt(delta, 'partial_json') ?? ''
        if (open === undefined || open.tool === -1 || piece === '') return
        open.pieces = true
        this.emit({ type: 'tool', index: open.tool, id: null, name: null, delta: piece })
        return
      }
      default:
        this.unmapped(`content.${(stringAt(delta, 'type') ?? 'unknown').replace('_delta', '')}`)
    }
  }

  #text(delta: string): void {
    if (delta !== '') this.emit({ type: 'text', delta })
  }

  #thought(delta: string): void {
    if (delta !== '') this.emit({ type: 'reasoning', delta })
  }

  #closeBlock(index: number): void {
    const open = this.#open.get(index)
    if (open === undefined) return
    this.#open.delete(index)
    if (open.signature !== '') this.emit({ type: 'signature', value: open.signature, redacted: false })
    if (open.tool !== -1 && !open.pieces && open.input !== '') {
      this.emit({ type: 'tool', index: open.tool, id: null, name: null, delta: open.input })
    }
  }

  #messageDelta(json: JsonObject): void {
    this.#reported = reported(json['usage'], this.#reported)
    const delta = isObject(json['delta']) ? json['delta'] : {}
    this.#stop = stringAt(delta, 'stop_reason') ?? this.#stop
    this.#sequence = stringAt(delta, 'stop_sequence') ?? this.#sequence
    this.#explain(delta['stop_details'])
  }

  /** Why the model refused, where it says so. */
  #explain(details: Json | undefined): void {
    const explanation = isObject(details) ? stringAt(details, 'explanation') : null
    if (explanation !== null && explanation !== '') this.emit({ type: 'refusal', delta: explanation })
  }

  #complete(): void {
    for (const index of [...this.#open.keys()]) this.#closeBlock(index)
    const native = this.#stop
    const reason = native === null ? 'other' : readFinish(native)
    this.finish({ type: 'end', reason, native, stopSequence: this.#sequence })
  }

  override finish(end: Extract<ReplyEvent, { type: 'end' }>): void {
    this.usage = usageOf(this.#reported)
    super.finish(end)
  }

  override fail(message: string, status: number | null, native: string | null): void {
    this.usage = usageOf(this.#reported)
    super.fail(message, status, native)
  }
}

const indexOf = (json: JsonObject): number => (typeof json['index'] === 'number' ? json['index'] : 0)

const inputOf = (block: JsonObject): string => {
  const input = block['input']
  return isObject(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : ''
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => {
  const source = new MessagesSource(emit)
  return options.stream ? new StreamReader(source) : new WholeReader(source)
}

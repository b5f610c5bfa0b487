import type { Citation, Json, JsonObject, ReplyEvent, ReplyReader } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { ReplySource, StreamReader, WholeReader } from '../stream/reader.ts'
import { readCitation } from './citations.ts'
import { readFinish } from './finish.ts'
import { faultIn } from './relay.ts'
import { NOTHING_REPORTED, type Reported, reported, uncounted, usageOf } from './usage.ts'

const MESSAGE = [
  'id',
  'type',
  'role',
  'model',
  'content',
  'stop_reason',
  'stop_sequence',
  'usage',
  'stop_details',
]
const DELTA = ['stop_reason', 'stop_sequence', 'stop_details']
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  text: ['type', 'text', 'citations'],
  thinking: ['type', 'thinking', 'signature'],
  redacted_thinking: ['type', 'data'],
  tool_use: ['type', 'id', 'name', 'input', 'caller'],
}

interface OpenBlock {
  readonly type: string
  readonly raw: JsonObject
  /** Place among the tool calls; -1 for other blocks. */
  readonly tool: number
  /** Length of the answer's text before the block. UTF-16 units. */
  readonly from: number
  pieces: boolean
  thought: string
  signature: string
  /** Said at the block's end, when it is known what of the text they belong to. */
  citations: JsonObject[]
}

/** Reads a message, whole or as a stream of its parts, into events. */
class MessagesSource extends ReplySource {
  #reported: Reported = NOTHING_REPORTED
  #open = new Map<number, OpenBlock>()
  #tools = 0
  #stop: string | null = null
  #sequence: string | null = null
  #length = 0

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
        this.#closeBlock(indexOf(json), true)
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
      this.#closeBlock(index, true)
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
    this.strange(message, MESSAGE, 'message')
    this.#count(message['usage'])
    this.start(stringAt(message, 'id'), stringAt(message, 'model'))
  }

  #openBlock(index: number, block: JsonObject): void {
    const type = stringAt(block, 'type') ?? 'unknown'
    const open: OpenBlock = {
      type,
      raw: block,
      tool: type === 'tool_use' ? this.#tools : -1,
      from: this.#length,
      pieces: false,
      thought: '',
      signature: '',
      citations: [],
    }
    this.#open.set(index, open)
    const known = BLOCKS[type]
    if (known === undefined) {
      this.unmapped(`content.${type}`)
      return
    }
    this.strange(block, known, `content.${type}`)
    if (type === 'text') {
      this.#text(stringAt(block, 'text') ?? '')
      const { citations } = block
      if (isList(citations)) open.citations.push(...citations.filter(isObject))
    } else if (type === 'thinking') {
      this.#thought(open, stringAt(block, 'thinking') ?? '')
      open.signature = stringAt(block, 'signature') ?? ''
    } else if (type === 'redacted_thinking') this.#sealed(stringAt(block, 'data') ?? '', true, block)
    else this.#call(open.tool, block)
  }

  #call(index: number, block: JsonObject): void {
    const { caller } = block
    if (isObject(caller) && caller['type'] !== 'direct') this.unmapped('content.tool_use.caller')
    this.#tools += 1
    this.emit({ type: 'tool', index, id: stringAt(block, 'id'), name: stringAt(block, 'name'), delta: '' })
  }

  #delta(index: number, delta: JsonObject): void {
    const open = this.#open.get(index)
    switch (delta['type']) {
      case 'text_delta':
        this.#text(stringAt(delta, 'text') ?? '')
        return
      case 'thinking_delta':
        this.#thought(open, stringAt(delta, 'thinking') ?? '')
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
      case 'citations_delta':
        if (isObject(delta['citation'])) open?.citations.push(delta['citation'])
        return
      default:
        this.unmapped(`content.${(stringAt(delta, 'type') ?? 'unknown').replace('_delta', '')}`)
    }
  }

  #text(delta: string): void {
    this.#length += delta.length
    if (delta !== '') this.emit({ type: 'text', delta })
  }

  #thought(open: OpenBlock | undefined, delta: string): void {
    if (open !== undefined) open.thought += delta
    if (delta !== '') this.emit({ type: 'reasoning', delta })
  }

  /** `over` is false for a block that was cut: a call without a piece of input is then no call without input. */
  #closeBlock(index: number, over: boolean): void {
    const open = this.#open.get(index)
    if (open === undefined) return
    this.#open.delete(index)
    if (open.signature !== '') {
      this.#sealed(open.signature, false, { ...open.raw, thinking: open.thought, signature: open.signature })
    }
    for (const raw of open.citations) this.#cite(readCitation(raw, [open.from, this.#length]))
    if (open.tool === -1 || open.pieces) return
    const delta = inputOf(open.raw)
    if (over || delta !== '{}') {
      this.emit({ type: 'tool', index: open.tool, id: null, name: null, delta })
    }
  }

  #cite(citation: Citation): void {
    this.emit({ type: 'citation', citation })
  }

  #sealed(value: string, redacted: boolean, raw: Json): void {
    if (value === '') return
    this.emit({ type: 'signature', value, redacted, dialect: 'anthropic-messages', tool: null, raw })
  }

  #count(usage: Json | undefined): void {
    this.#reported = reported(usage, this.#reported)
    this.strange(uncounted(usage), [], 'usage')
  }

  #messageDelta(json: JsonObject): void {
    this.#count(json['usage'])
    this.strange(json, ['type', 'delta', 'usage'], 'message')
    const delta = isObject(json['delta']) ? json['delta'] : {}
    this.strange(delta, DELTA, 'message')
    this.#stop = stringAt(delta, 'stop_reason') ?? this.#stop
    this.#sequence = stringAt(delta, 'stop_sequence') ?? this.#sequence
    this.#explain(delta['stop_details'])
  }

  /** Why the model refused, where it says so. */
  #explain(details: Json | undefined): void {
    if (!isObject(details)) return
    this.strange(details, ['type', 'explanation'], 'stop_details')
    const explanation = stringAt(details, 'explanation')
    if (explanation !== null && explanation !== '') this.emit({ type: 'refusal', delta: explanation })
  }

  #complete(): void {
    for (const index of [...this.#open.keys()]) this.#closeBlock(index, false)
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
  return isObject(input) ? JSON.stringify(input) : '{}'
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => {
  const source = new MessagesSource(emit)
  return options.stream ? new StreamReader(source) : new WholeReader(source)
}

import type { Citation, Json, JsonObject, ReplyEvent, Usage } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { ReplySource } from '../stream/reader.ts'
import { messageOf, statusOfException } from './errors.ts'
import type { EventFrame } from './eventStream.ts'
import { readFinish } from './finish.ts'
import { readUsage } from './usage.ts'

/** Members of a reply that say nothing of the answer itself, or were read elsewhere. */
const QUIET = ['output', 'stopReason', 'usage', 'metrics', 'additionalModelResponseFields', 'p']
/** The tier that needs no telling. */
const USUAL_TIER = 'default'

/** A block of the answer on its way. */
interface OpenBlock {
  /** Place among the tool calls; -1 for other blocks. */
  readonly tool: number
  /** Format of an image. */
  readonly format: string | null
  thought: string
  signature: string
  image: string
}

/** Reads an answer, whole or as events, into events of ours. */
export class ConverseSource extends ReplySource {
  readonly #open = new Map<number, OpenBlock>()
  #tools = 0
  /** Characters of text so far, in UTF-16 units. */
  #said = 0
  #stop: { readonly native: string; readonly sequence: string | null } | null = null

  /** An event as JSON with its name as the only member, as SDKs show it. */
  event(data: string): void {
    const json = parseObject(data)
    if (json === null) this.noise(data)
    else for (const [name, value] of Object.entries(json)) if (isObject(value)) this.#event(name, value)
  }

  frame({ headers, payload }: EventFrame): void {
    const said = (name: string): string | null => {
      const header = headers.get(name)
      return header?.type === 'string' ? header.value : null
    }
    const json = parseObject(payload.toString('utf8'))
    const kind = said(':message-type')
    if (kind === 'error') {
      const code = said(':error-code') ?? 'error'
      this.fail(said(':error-message') ?? 'an error without a message', statusOfException(code), code)
    } else if (kind === 'exception') this.#exception(said(':exception-type') ?? 'exception', json ?? {})
    else if (json === null) this.fail('the upstream sent an event that is no JSON', null, 'garbled event')
    else this.#event(said(':event-type') ?? 'unknown', json)
  }

  whole(json: JsonObject): void {
    const output = isObject(json['output']) ? json['output'] : {}
    const message = output['message']
    if (!isObject(message) || !isList(message['content'])) {
      this.#noAnswer(json)
      return
    }
    this.strange(json, [...QUIET, 'trace', 'serviceTier', 'performanceConfig'], 'reply')
    this.start(null, null)
    message['content'].forEach((block, index) => {
      if (isObject(block)) this.#block(index, block)
    })
    this.#about(json)
    this.#messageStop(json)
    this.#complete()
  }

  /** The stream is over: an answer whose end was announced is complete, whether or not its usage came. */
  close(): void {
    if (!this.ended && this.#stop !== null) this.#complete()
  }

  override finish(end: Extract<ReplyEvent, { type: 'end' }>): void {
    for (const index of [...this.#open.keys()]) this.#closeBlock(index)
    super.finish(end)
  }

  #noAnswer(json: JsonObject): void {
    const nested = isObject(json['Output']) ? json['Output'] : {}
    const type = stringAt(json, '__type') ?? stringAt(nested, '__type')
    const message = messageOf(json)
    if (type !== null || message !== null) this.#exception(type ?? 'exception', json)
    else this.fail('the answer holds no message', null, 'no message')
  }

  #exception(name: string, json: JsonObject): void {
    const original = json['originalStatusCode']
    const known = statusOfException(name)
    // A model behind the service failed: its own status says more than the service’s word for it.
    const status = typeof original === 'number' && original >= 400 && original <= 599 ? original : known
    this.fail(messageOf(json) ?? name, status, `${name} ${JSON.stringify(json)}`.slice(0, 2000))
  }

  #event(name: string, json: JsonObject): void {
    if (this.ended) return
    switch (name) {
      case 'messageStart':
        this.start(null, null)
        return
      case 'contentBlockStart':
        this.#blockStart(indexOf(json), isObject(json['start']) ? json['start'] : {})
        return
      case 'contentBlockDelta':
        if (isObject(json['delta'])) this.#delta(indexOf(json), json['delta'])
        return
      case 'contentBlockStop':
        this.#closeBlock(indexOf(json))
        return
      case 'messageStop':
        this.#messageStop(json)
        if (this.usage !== null) this.#complete()
        return
      case 'metadata':
        this.#about(json)
        if (this.#stop !== null) this.#complete()
        return
      default:
        if (/exception$/i.test(name)) this.#exception(name, json)
        else this.unmapped(`event.${name}`)
    }
  }

  #about(json: JsonObject): void {
    const usage: Usage | null = readUsage(json['usage'])
    if (usage !== null) this.usage = usage
    const tier = isObject(json['serviceTier']) ? json['serviceTier']['type'] : null
    if (typeof tier === 'string' && tier !== USUAL_TIER) this.unmapped('serviceTier')
    if (isObject(json['trace']) && Object.keys(json['trace']).length > 0) this.unmapped('trace')
  }

  #at(index: number): OpenBlock {
    const open = this.#open.get(index)
    if (open !== undefined) return open
    const block = { tool: -1, format: null, thought: '', signature: '', image: '' }
    this.#open.set(index, block)
    return block
  }

  #blockStart(index: number, start: JsonObject): void {
    const call = start['toolUse']
    const image = start['image']
    if (isObject(call)) this.#openCall(index, call)
    else if (isObject(image)) {
      const format = stringAt(image, 'format') ?? 'png'
      this.#open.set(index, { tool: -1, format, thought: '', signature: '', image: '' })
    } else for (const name of Object.keys(start)) this.unmapped(`content.${name}`)
  }

  #openCall(index: number, call: JsonObject): void {
    if (call['type'] === 'server_tool_use') {
      this.unmapped('content.toolUse.type')
      return
    }
    this.start(null, null)
    this.#open.set(index, { tool: this.#tools, format: null, thought: '', signature: '', image: '' })
    this.emit({
      type: 'tool',
      index: this.#tools,
      id: stringAt(call, 'toolUseId'),
      name: stringAt(call, 'name'),
      delta: '',
    })
    this.#tools += 1
  }

  #delta(index: number, delta: JsonObject): void {
    this.start(null, null)
    for (const [name, value] of Object.entries(delta)) {
      if (name === 'text' && typeof value === 'string') this.#text(value)
      else if (name === 'toolUse' && isObject(value)) this.#argument(index, stringAt(value, 'input') ?? '')
      else if (name === 'reasoningContent' && isObject(value)) this.#reasoning(index, value)
      else if (name === 'citation' && isObject(value)) this.#cite(value, null)
      else if (name === 'image' && isObject(value)) this.#image(index, value)
      else if (value !== null) this.unmapped(`content.${name}`)
    }
  }

  #text(text: string): void {
    this.#said += text.length
    if (text !== '') this.emit({ type: 'text', delta: text })
  }

  #argument(index: number, piece: string): void {
    const tool = this.#open.get(index)?.tool ?? -1
    if (tool !== -1 && piece !== '')
      this.emit({ type: 'tool', index: tool, id: null, name: null, delta: piece })
  }

  /** In a stream its members come one by one; whole, text and signature are one level deeper. */
  #reasoning(index: number, content: JsonObject): void {
    const inner = isObject(content['reasoningText']) ? content['reasoningText'] : content
    const open = this.#at(index)
    const text = stringAt(inner, 'text') ?? ''
    if (text !== '') {
      open.thought += text
      this.emit({ type: 'reasoning', delta: text })
    }
    open.signature += stringAt(inner, 'signature') ?? ''
    const redacted = stringAt(content, 'redactedContent') ?? ''
    if (redacted !== '') this.#sealed(redacted, true, { redactedContent: redacted })
  }

  #sealed(value: string, redacted: boolean, reasoningContent: JsonObject): void {
    const raw = { reasoningContent }
    this.emit({ type: 'signature', value, redacted, dialect: 'bedrock-converse', tool: null, raw })
  }

  #image(index: number, image: JsonObject): void {
    const source = isObject(image['source']) ? image['source'] : {}
    this.#at(index).image += stringAt(source, 'bytes') ?? ''
    if (image['error'] !== undefined || source['s3Location'] !== undefined) this.unmapped('content.image')
  }

  #closeBlock(index: number): void {
    const open = this.#open.get(index)
    if (open === undefined) return
    this.#open.delete(index)
    const { thought: text, signature } = open
    if (signature !== '') this.#sealed(signature, false, { reasoningText: { text, signature } })
    if (open.image !== '')
      this.emit({ type: 'media', mime: `image/${open.format ?? 'png'}`, data: open.image })
  }

  #cite(raw: JsonObject, span: Citation['span']): void {
    const location = isObject(raw['location']) ? raw['location'] : {}
    const web = isObject(location['web']) ? location['web'] : {}
    const content = isList(raw['sourceContent']) ? raw['sourceContent'] : []
    const cited = content.map((piece) => (isObject(piece) ? (stringAt(piece, 'text') ?? '') : '')).join('')
    this.emit({
      type: 'citation',
      citation: {
        url: stringAt(web, 'url'),
        title: stringAt(raw, 'title'),
        cited: cited === '' ? null : cited,
        span,
        native: { dialect: 'bedrock-converse', raw },
      },
    })
  }

  /** A block of a whole answer. */
  #block(index: number, block: JsonObject): void {
    for (const [name, value] of Object.entries(block)) {
      if (name === 'text' && typeof value === 'string') this.#text(value)
      else if (name === 'toolUse' && isObject(value)) {
        this.#openCall(index, value)
        const input = value['input']
        if (isObject(input) && Object.keys(input).length > 0) this.#argument(index, JSON.stringify(input))
      } else if (name === 'reasoningContent' && isObject(value)) this.#reasoning(index, value)
      else if (name === 'citationsContent' && isObject(value)) this.#citations(value)
      else if (name === 'image' && isObject(value)) {
        this.#open.set(index, { ...this.#at(index), format: stringAt(value, 'format') })
        this.#image(index, value)
      } else if (value !== null && name !== 'type') this.unmapped(`content.${name}`)
    }
    this.#closeBlock(index)
  }

  #citations(block: JsonObject): void {
    const from = this.#said
    const content: readonly Json[] = isList(block['content']) ? block['content'] : []
    for (const piece of content) if (isObject(piece)) this.#text(stringAt(piece, 'text') ?? '')
    const citations: readonly Json[] = isList(block['citations']) ? block['citations'] : []
    for (const raw of citations) if (isObject(raw)) this.#cite(raw, [from, this.#said])
  }

  #messageStop(json: JsonObject): void {
    const more = isObject(json['additionalModelResponseFields']) ? json['additionalModelResponseFields'] : {}
    const delta = isObject(more['delta']) ? more['delta'] : {}
    this.strange(more, ['stop_sequence', 'delta'], 'additionalModelResponseFields')
    this.strange(delta, ['stop_sequence'], 'additionalModelResponseFields.delta')
    this.#stop = {
      native: stringAt(json, 'stopReason') ?? '',
      sequence: stringAt(more, 'stop_sequence') ?? stringAt(delta, 'stop_sequence'),
    }
  }

  #complete(): void {
    const native = this.#stop?.native ?? ''
    this.finish({
      type: 'end',
      reason: readFinish(native, this.#tools > 0),
      native: native === '' ? null : native,
      stopSequence: this.#stop?.sequence ?? null,
    })
  }
}

const indexOf = (json: JsonObject): number => {
  const index = json['contentBlockIndex']
  return typeof index === 'number' ? index : 0
}

import {
  CUSTOM_INPUT,
  type Json,
  type JsonObject,
  type ReplyEvent,
  type ReplyReader,
} from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { ReplySource, StreamReader, WholeReader } from '../stream/reader.ts'
import { readFinish } from './finish.ts'
import { faultIn, isTerminal } from './relay.ts'
import {
  KNOWN_CALL,
  KNOWN_MESSAGE,
  KNOWN_REASONING,
  KNOWN_REPLY,
  KNOWN_REPLY_AND_BILLING,
  KNOWN_TEXT,
} from './replyFields.ts'
import { Said } from './said.ts'
import { Telling } from './telling.ts'
import { readUsage } from './usage.ts'

interface Item {
  /** Position in the output; stays the same where ids change within a stream. */
  readonly index: number
  readonly type: string
  /** Position among the calls; null where it is none. */
  readonly call: number | null
  closed: boolean
}

const numberAt = (json: JsonObject, name: string): number | null => {
  const value = json[name]
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

/** Whoever asks pays. */
const isUsual = (billing: Json | undefined): boolean =>
  isObject(billing) && Object.keys(billing).length === 1 && billing['payer'] === 'developer'

const isDirect = (caller: Json | undefined): boolean => isObject(caller) && caller['type'] === 'direct'

/** A piece of a custom tool's free text as a piece of a JSON string. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

/** Reads a response, whole or in events, into events of ours. */
class ResponsesSource extends ReplySource {
  readonly #items = new Map<number, Item>()
  readonly #ids = new Map<string, number>()
  readonly #said = new Said()
  readonly #telling = new Telling((event) => this.emit(event), this.#said)
  #calls = 0

  event(data: string): void {
    if (data.trim() === '[DONE]') return
    const json = parseObject(data)
    if (json === null) this.noise(data)
    else this.#event(json)
  }

  whole(json: JsonObject): void {
    if (this.#faulty(json)) return
    if (!isList(json['output'])) this.fail('the answer holds no output', null, 'no output')
    else this.#response(json, stringAt(json, 'status') ?? 'completed')
  }

  #faulty(json: JsonObject): boolean {
    const fault = faultIn(json)
    if (fault === null) return false
    const response = isObject(json['response']) ? json['response'] : json
    this.usage = readUsage(response['usage']) ?? this.usage
    this.fail(
      fault.message,
      fault.status,
      JSON.stringify(json['error'] ?? response['error'] ?? json).slice(0, 2000),
    )
    return true
  }

  #event(json: JsonObject): void {
    if (this.#faulty(json)) return
    const type = stringAt(json, 'type') ?? ''
    const response = json['response']
    if (isTerminal(type) && isObject(response)) {
      this.strange(json, ['type', 'sequence_number', 'event_id', 'response'], 'response')
      this.#response(response, type.slice('response.'.length))
      return
    }
    if (isObject(response)) this.start(stringAt(response, 'id'), stringAt(response, 'model'))
    const [, subject = '', verb = ''] = /^response\.(.+)\.([a-z_]+)$/.exec(type) ?? []
    if (subject === 'output_item') {
      const item = json['item']
      if (isObject(item)) this.#item(item, numberAt(json, 'output_index'), verb === 'done')
    } else if (subject === 'content_part' || subject === 'reasoning_summary_part') {
      const part = json['part']
      if (verb === 'done' && isObject(part)) this.#part(part, json)
    } else if (verb === 'delta' || verb === 'done' || verb === 'added') this.#piece(subject, verb, json)
  }

  /** An event that says a piece of something, or at its end the whole of it. */
  #piece(subject: string, verb: string, json: JsonObject): void {
    const delta = stringAt(json, 'delta')
    const key = this.#key(json)
    switch (subject) {
      case 'output_text':
        if (verb === 'delta') this.#telling.text(key, delta ?? '')
        else this.#telling.rest(key, stringAt(json, 'text') ?? '')
        this.#telling.logprobs(key, json['logprobs'], verb === 'done')
        return
      case 'output_text.annotation':
        this.#telling.cite(
          key,
          [json['annotation'] ?? null],
          numberAt(json, 'annotation_index') ?? this.#telling.cited(key),
        )
        return
      case 'refusal':
        this.#telling.refusal(
          key,
          delta ?? this.#said.missing(key, stringAt(json, 'refusal') ?? ''),
          delta !== null,
        )
        return
      case 'reasoning_summary_text':
        this.#telling.think(this.#key(json, 'summary'), delta, stringAt(json, 'text'))
        return
      case 'reasoning_text':
      case 'reasoning':
        this.#telling.think(this.#key(json, 'thought'), delta, stringAt(json, 'text'))
        return
      case 'function_call_arguments':
      case 'custom_tool_call_input':
        this.#arguments(json, delta)
        return
      default:
        // What belongs to an item is told by the item's name.
        if (json['item_id'] === undefined && json['output_index'] === undefined) {
          this.unmapped(`response.${subject}`)
        }
    }
  }

  #response(response: JsonObject, status: string): void {
    this.start(stringAt(response, 'id'), stringAt(response, 'model'))
    this.usage = readUsage(response['usage']) ?? this.usage
    const output = response['output']
    for (const [index, item] of (isList(output) ? output : []).entries()) {
      if (isObject(item)) this.#item(item, this.#place(item, index), true)
    }
    for (const item of this.#items.values()) this.#close(item)
    this.strange(response, isUsual(response['billing']) ? KNOWN_REPLY_AND_BILLING : KNOWN_REPLY, 'response')
    if (this.ended) return
    if (status === 'in_progress' || status === 'queued') {
      this.fail('the answer is not complete', null, status)
      return
    }
    const details = response['incomplete_details']
    const incomplete = isObject(details) ? stringAt(details, 'reason') : null
    const seen = { tools: this.#calls > 0, refusal: this.#telling.refused }
    this.finish({
      type: 'end',
      reason: readFinish(status, incomplete, seen),
      native: stringAt(response, 'native_finish_reason') ?? incomplete ?? status,
      stopSequence: stringAt(response, 'stop_sequence'),
    })
  }

  /** Which item of the stream one of the finished output is: by its id, else by its place where it is of that sort. */
  #place(item: JsonObject, index: number): number {
    for (const name of ['call_id', 'id']) {
      const id = stringAt(item, name)
      const known = id === null ? undefined : this.#ids.get(`${name}:${id}`)
      // A call and what came of it share the id of the call.
      if (known !== undefined && this.#items.get(known)?.type === item['type']) return known
    }
    const there = this.#items.get(index)
    if (there === undefined || there.type === item['type']) return index
    return Math.max(...this.#items.keys()) + 1
  }

  /** Names a text within the answer. Ids of items are not relied on: some servers change them from event to event. */
  #key(json: JsonObject, sort: 'text' | 'summary' | 'thought' = 'text'): string {
    const inner = numberAt(json, sort === 'summary' ? 'summary_index' : 'content_index') ?? 0
    return `${this.#indexOf(json)}/${sort}/${inner}`
  }

  #indexOf(json: JsonObject): number {
    const id = stringAt(json, 'item_id')
    return numberAt(json, 'output_index') ?? (id === null ? undefined : this.#ids.get(`id:${id}`)) ?? 0
  }

  #open(json: JsonObject, index: number, type: string): Item {
    const known = this.#items.get(index)
    if (known !== undefined) return known
    const called = type === 'function_call' || type === 'custom_tool_call'
    const item: Item = { index, type, call: called ? this.#calls : null, closed: false }
    this.#items.set(index, item)
    for (const name of ['call_id', 'id']) {
      const id = stringAt(json, name)
      if (id !== null && !this.#ids.has(`${name}:${id}`)) this.#ids.set(`${name}:${id}`, index)
    }
    if (item.call === null) return item
    this.#calls += 1
    this.emit({
      type: 'tool',
      index: item.call,
      id: stringAt(json, 'call_id') ?? stringAt(json, 'id') ?? `call_${index}`,
      name: stringAt(json, 'name') ?? '',
      delta: '',
    })
    return item
  }

  /** An item that begins or is whole. What it holds and was not told yet is told. */
  #item(json: JsonObject, index: number | null, done: boolean): void {
    const type = stringAt(json, 'type') ?? ''
    const at = index ?? this.#items.size
    const known = this.#items.has(at)
    const item = this.#open(json, at, type)
    switch (type) {
      case 'message':
        this.strange(json, KNOWN_MESSAGE, 'message')
        // An answer is the final one unless it says otherwise.
        if (json['phase'] === 'commentary') this.unmapped('message.phase')
        this.#contents(json['content'], at, 'text')
        return
      case 'reasoning':
        this.strange(json, KNOWN_REASONING, 'reasoning')
        this.#contents(json['summary'], at, 'summary')
        this.#contents(json['content'], at, 'thought')
        if (done) this.#seal(json, item)
        return
      case 'function_call':
      case 'custom_tool_call':
        this.strange(json, isDirect(json['caller']) ? [...KNOWN_CALL, 'caller'] : KNOWN_CALL, type)
        this.#argue(item, null, stringAt(json, type === 'function_call' ? 'arguments' : 'input') ?? '')
        if (done) this.#close(item)
        return
      case 'image_generation_call':
        if (done) this.#image(json, item)
        return
      default:
        // Told by its name alone; what the vendor's own tools did has no place in another dialect.
        if (!known || index === null) this.unmapped(`output.${type === '' ? 'item' : type}`)
    }
  }

  #contents(parts: Json | undefined, index: number, sort: 'text' | 'summary' | 'thought'): void {
    if (!isList(parts)) return
    parts.forEach((part, inner) => {
      if (!isObject(part)) return
      const place = sort === 'summary' ? { summary_index: inner } : { content_index: inner }
      this.#part(part, { output_index: index, ...place })
    })
  }

  #part(part: JsonObject, place: JsonObject): void {
    const type = stringAt(part, 'type')
    const text = stringAt(part, 'text') ?? ''
    switch (type) {
      case 'output_text':
      case 'text': {
        const key = this.#key(place)
        this.strange(part, KNOWN_TEXT, 'message.content')
        this.#telling.rest(key, text)
        this.#telling.logprobs(key, part['logprobs'], true)
        const annotations = part['annotations']
        if (isList(annotations)) this.#telling.cite(key, annotations, 0)
        return
      }
      case 'refusal': {
        const key = this.#key(place)
        this.#telling.refusal(key, this.#said.missing(key, stringAt(part, 'refusal') ?? ''), false)
        return
      }
      case 'summary_text':
        this.#telling.think(this.#key(place, 'summary'), null, text)
        return
      case 'reasoning_text':
        this.#telling.think(this.#key(place, 'thought'), null, text)
        return
      default:
        this.unmapped(`message.content.${type ?? 'part'}`)
    }
  }

  #seal(json: JsonObject, item: Item): void {
    const value = stringAt(json, 'encrypted_content')
    if (value === null || value === '' || item.closed) return
    item.closed = true
    const redacted = !this.#telling.thoughtIn(item.index)
    this.emit({ type: 'signature', value, redacted, dialect: 'openai-responses', tool: null, raw: json })
  }

  #arguments(json: JsonObject, delta: string | null): void {
    const item = this.#items.get(this.#indexOf(json))
    if (item === undefined || item.call === null) {
      this.fail('a piece of a tool call belongs to no call', null, 'stray arguments')
      return
    }
    this.#argue(item, delta, stringAt(json, 'arguments') ?? stringAt(json, 'input') ?? '')
  }

  /** A custom tool's text is told as the one member of an object, as it is asked for in dialects without such tools. */
  #argue(item: Item, delta: string | null, whole: string): void {
    if (item.call === null || item.closed) return
    const key = `${item.index}/input`
    const custom = item.type === 'custom_tool_call'
    const first = !this.#said.has(key)
    if (delta !== null) this.#said.add(key, delta)
    const said = delta ?? this.#said.missing(key, whole)
    if (said === '') return
    const opening = custom && first ? `{${JSON.stringify(CUSTOM_INPUT)}:"` : ''
    this.#call(item.call, custom ? opening + escaped(said) : said)
  }

  #close(item: Item): void {
    if (item.call === null || item.closed) return
    item.closed = true
    if (item.type !== 'custom_tool_call') return
    const empty = !this.#said.has(`${item.index}/input`)
    this.#call(item.call, empty ? JSON.stringify({ [CUSTOM_INPUT]: '' }) : '"}')
  }

  #call(index: number, delta: string): void {
    this.emit({ type: 'tool', index, id: null, name: null, delta })
  }

  #image(json: JsonObject, item: Item): void {
    const data = stringAt(json, 'result')
    if (data === null || data === '' || item.closed) return
    item.closed = true
    this.emit({ type: 'media', mime: `image/${stringAt(json, 'output_format') ?? 'png'}`, data })
  }
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => {
  const source = new ResponsesSource(emit)
  return options.stream ? new StreamReader(source) : new WholeReader(source)
}

import type { Json, JsonObject, ReplyEvent, ReplyReader } from '../../domain/index.ts'
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
import { numberAt, type ReplyItem, ReplyItems } from './replyItems.ts'
import { Telling } from './telling.ts'
import { TellingCalls } from './tellingCalls.ts'
import { readUsage } from './usage.ts'

/** Whoever asks pays. */
const isUsual = (billing: Json | undefined): boolean =>
  isObject(billing) && Object.keys(billing).length === 1 && billing['payer'] === 'developer'

const isDirect = (caller: Json | undefined): boolean => isObject(caller) && caller['type'] === 'direct'

/** Reads a response, whole or in events, into events of ours. */
class ResponsesSource extends ReplySource {
  readonly #items = new ReplyItems()
  readonly #telling = new Telling((event) => this.emit(event))
  readonly #calls = new TellingCalls((event) => this.emit(event))

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
    switch (subject) {
      case 'output_text': {
        const key = this.#items.keyOf(json, 'text')
        if (verb === 'delta') this.#telling.text(key, delta ?? '')
        else this.#telling.rest(key, stringAt(json, 'text') ?? '')
        this.#telling.logprobs(key, json['logprobs'], verb === 'done')
        return
      }
      case 'output_text.annotation': {
        const key = this.#items.keyOf(json, 'text')
        const from = numberAt(json, 'annotation_index') ?? this.#telling.cited(key)
        this.#telling.cite(key, [json['annotation'] ?? null], from)
        return
      }
      case 'refusal':
        this.#telling.refusal(this.#items.keyOf(json, 'text'), delta, stringAt(json, 'refusal'))
        return
      case 'reasoning_summary_text':
        this.#telling.think(this.#items.keyOf(json, 'summary'), delta, stringAt(json, 'text'))
        return
      case 'reasoning_text':
      case 'reasoning':
        this.#telling.think(this.#items.keyOf(json, 'thought'), delta, stringAt(json, 'text'))
        return
      case 'function_call_arguments':
      case 'custom_tool_call_input': {
        const item = this.#items.at(this.#items.indexOf(json))
        if (item === undefined || item.call === null)
          this.fail('a piece of a tool call belongs to no call', null, 'stray arguments')
        else this.#calls.argue(item, delta, stringAt(json, 'arguments') ?? stringAt(json, 'input') ?? '')
        return
      }
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
      if (isObject(item)) this.#item(item, this.#items.placeOf(item, index), true)
    }
    for (const item of this.#items.all()) this.#calls.close(item)
    this.strange(response, isUsual(response['billing']) ? KNOWN_REPLY_AND_BILLING : KNOWN_REPLY, 'response')
    if (this.ended) return
    if (status === 'in_progress' || status === 'queued') {
      this.fail('the answer is not complete', null, status)
      return
    }
    const details = response['incomplete_details']
    const incomplete = isObject(details) ? stringAt(details, 'reason') : null
    const seen = { tools: this.#items.calls > 0, refusal: this.#telling.refused }
    this.finish({
      type: 'end',
      reason: readFinish(status, incomplete, seen),
      native: stringAt(response, 'native_finish_reason') ?? incomplete ?? status,
      stopSequence: stringAt(response, 'stop_sequence'),
    })
  }

  /** An item that begins or is whole. What it holds and was not told yet is told. */
  #item(json: JsonObject, index: number | null, done: boolean): void {
    const type = stringAt(json, 'type') ?? ''
    const at = index ?? this.#items.next
    const known = this.#items.at(at)
    const item = known ?? this.#items.add(json, at, type)
    if (known === undefined) this.#calls.begin(item, json)
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
        this.#calls.argue(item, null, stringAt(json, type === 'function_call' ? 'arguments' : 'input') ?? '')
        if (done) this.#calls.close(item)
        return
      case 'image_generation_call':
        if (done) this.#image(json, item)
        return
      default:
        // Told by its name alone; what the vendor's own tools did has no place in another dialect.
        if (known === undefined || index === null) this.unmapped(`output.${type === '' ? 'item' : type}`)
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
        const key = this.#items.keyOf(place, 'text')
        this.strange(part, KNOWN_TEXT, 'message.content')
        this.#telling.rest(key, text)
        this.#telling.logprobs(key, part['logprobs'], true)
        const annotations = part['annotations']
        if (isList(annotations)) this.#telling.cite(key, annotations, 0)
        return
      }
      case 'refusal':
        this.#telling.refusal(this.#items.keyOf(place, 'text'), null, stringAt(part, 'refusal'))
        return
      case 'summary_text':
        this.#telling.think(this.#items.keyOf(place, 'summary'), null, text)
        return
      case 'reasoning_text':
        this.#telling.think(this.#items.keyOf(place, 'thought'), null, text)
        return
      default:
        this.unmapped(`message.content.${type ?? 'part'}`)
    }
  }

  #seal(json: JsonObject, item: ReplyItem): void {
    const value = stringAt(json, 'encrypted_content')
    if (value === null || value === '' || item.closed) return
    item.closed = true
    const redacted = !this.#telling.thoughtIn(item.index)
    this.emit({ type: 'signature', value, redacted, dialect: 'openai-responses', tool: null, raw: json })
  }

  #image(json: JsonObject, item: ReplyItem): void {
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

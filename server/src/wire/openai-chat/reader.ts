import type { Json, JsonObject, ReplyEvent, ReplyReader } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { ReplySource, StreamReader, WholeReader } from '../stream/reader.ts'
import { readFinish } from './finish.ts'
import { SIGNED_FORMAT } from './reasoning.ts'
import { faultIn, usageIn } from './relay.ts'
import { ToolIndexes } from './toolIndexes.ts'

/** Fields of a reply that say nothing of the answer itself. */
const QUIET_CHOICE = [
  'index',
  'delta',
  'message',
  'finish_reason',
  'native_finish_reason',
  'stop_reason',
  'matched_stop',
  'content_filter_results',
  'content_filter_offsets',
  'token_ids',
  'text',
  'seed',
]
const QUIET_MESSAGE = [
  'role',
  'content',
  'refusal',
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'tool_calls',
  'function_call',
  'channel',
  'phase',
]

/** Reads a completion, whole or in chunks, into events. */
class ChatSource extends ReplySource {
  readonly #tools = new ToolIndexes()
  #id: string | null = null
  #refused = false
  #finish: string | null = null
  #stop: string | null = null

  event(data: string): void {
    if (data.trim() === '[DONE]') {
      this.#complete(this.#finish)
      return
    }
    const json = parseObject(data)
    if (json === null) this.noise(data)
    else this.#chunk(json, 'delta')
  }

  whole(json: JsonObject): void {
    this.#chunk(json, 'message')
    if (this.ended) return
    if (this.#id === null) this.fail('the answer holds no choices', null, 'no choices')
    else this.#complete(this.#finish)
  }

  #chunk(json: JsonObject, member: 'delta' | 'message'): void {
    const usage = usageIn(json)
    if (usage !== null) this.usage = usage
    const fault = faultIn(json)
    if (fault !== null) {
      this.fail(fault.message, fault.status, JSON.stringify(json).slice(0, 2000))
      return
    }
    const choices = json['choices']
    if (!isList(choices) || choices.length === 0) return
    if (this.#id === null) {
      this.#id = stringAt(json, 'id') ?? ''
      this.start(this.#id === '' ? null : this.#id, stringAt(json, 'model'))
    }
    for (const choice of choices) if (isObject(choice)) this.#choice(choice, member)
  }

  #choice(choice: JsonObject, member: 'delta' | 'message'): void {
    const index = choice['index']
    if (typeof index === 'number' && index !== 0) {
      this.unmapped(`choices[${index}]`)
      return
    }
    this.strange(choice, QUIET_CHOICE, 'choices[0]')
    const message = choice[member] ?? choice['message'] ?? choice['delta']
    if (isObject(message)) this.#message(message)
    const finish = choice['finish_reason']
    if (typeof finish !== 'string' || finish === '') return
    this.#finish = finish
    const stop = choice['stop_reason'] ?? choice['matched_stop']
    this.#stop = typeof stop === 'string' ? stop : null
  }

  #message(message: JsonObject): void {
    this.strange(message, QUIET_MESSAGE, 'message')
    const reasoning = stringAt(message, 'reasoning_content') ?? stringAt(message, 'reasoning') ?? ''
    if (reasoning !== '') this.emit({ type: 'reasoning', delta: reasoning })
    this.#details(message['reasoning_details'])
    this.#content(message['content'])
    const refusal = stringAt(message, 'refusal') ?? ''
    if (refusal !== '') {
      this.#refused = true
      this.emit({ type: 'refusal', delta: refusal })
    }
    const calls = message['tool_calls']
    if (isList(calls)) for (const call of calls) if (isObject(call)) this.#call(call)
    const older = message['function_call']
    if (isObject(older)) this.#call({ index: 0, function: older })
  }

  /** What only the issuer can read again; formats of other issuers have no event and are named. */
  #details(details: Json | undefined): void {
    if (!isList(details)) return
    for (const detail of details) {
      if (!isObject(detail)) continue
      const redacted = detail['type'] === 'reasoning.encrypted'
      const value = stringAt(detail, redacted ? 'data' : 'signature')
      if (value === null || value === '') continue
      if (detail['format'] === SIGNED_FORMAT) this.emit({ type: 'signature', value, redacted })
      else this.unmapped('message.reasoning_details')
    }
  }

  /** A string, or parts as some servers answer them. */
  #content(content: Json | undefined): void {
    if (typeof content === 'string') {
      if (content !== '') this.emit({ type: 'text', delta: content })
      return
    }
    if (!isList(content)) return
    for (const part of content) {
      if (!isObject(part)) continue
      const text = stringAt(part, 'text')
      if (part['type'] === 'text' && text !== null) {
        if (text !== '') this.emit({ type: 'text', delta: text })
      } else if (part['type'] === 'thinking') this.#thinking(part['thinking'])
      else this.unmapped(`message.content.${stringAt(part, 'type') ?? 'part'}`)
    }
  }

  #thinking(thinking: Json | undefined): void {
    if (typeof thinking === 'string') {
      if (thinking !== '') this.emit({ type: 'reasoning', delta: thinking })
      return
    }
    if (!isList(thinking)) return
    for (const part of thinking) {
      const text = isObject(part) ? stringAt(part, 'text') : null
      if (text !== null && text !== '') this.emit({ type: 'reasoning', delta: text })
    }
  }

  #call(call: JsonObject): void {
    const called = isObject(call['function']) ? call['function'] : {}
    const args = called['arguments']
    const piece = {
      index: typeof call['index'] === 'number' ? call['index'] : null,
      id: stringAt(call, 'id') ?? '',
      name: stringAt(called, 'name') ?? '',
      // Some servers answer arguments as an object.
      delta: isObject(args) ? JSON.stringify(args) : (stringAt(called, 'arguments') ?? ''),
    }
    // Some servers fill every field they know with empty values.
    if (piece.id === '' && piece.name === '' && piece.delta === '') return
    const place = this.#tools.place(piece, this.#id ?? '')
    if (place === null) this.fail('a piece of a tool call belongs to no call', null, 'stray tool_calls delta')
    else this.emit({ type: 'tool', ...place })
  }

  /** The end was announced, so an answer without a finish reason is complete all the same. */
  #complete(native: string | null): void {
    if (native === 'error') {
      this.fail('the upstream gave up its answer', null, 'finish_reason error')
      return
    }
    const seen = { tools: this.#tools.size > 0, refusal: this.#refused }
    const reason = native === null ? 'other' : readFinish(native, seen)
    const stopped = reason === 'stop' && this.#stop !== null
    this.finish({ type: 'end', reason: stopped ? 'stop-sequence' : reason, native, stopSequence: this.#stop })
  }
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => {
  const source = new ChatSource(emit)
  return options.stream ? new StreamReader(source) : new WholeReader(source)
}

import type { Json, JsonObject, ReplyEvent, ReplyReader, TokenProbability } from '../../domain/index.ts'
import { sha256Hex } from '../../lib/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { LineReader } from '../stream/lines.ts'
import { ReplySource, WholeReader } from '../stream/reader.ts'
import { readFinish } from './finish.ts'
import { imageMime } from './images.ts'
import { faultIn } from './relay.ts'
import { readUsage } from './usage.ts'

/** Members of a line that say nothing of the answer itself, or were read elsewhere. */
const QUIET = [
  'model',
  'created_at',
  'message',
  'response',
  'thinking',
  'done',
  'done_reason',
  'logprobs',
  'total_duration',
  'load_duration',
  'prompt_eval_count',
  'prompt_eval_duration',
  'eval_count',
  'eval_duration',
]
const QUIET_MESSAGE = ['role', 'content', 'thinking', 'tool_calls', 'images']

/** Reads lines of a chat or a generation, or one whole reply, which is a line like the last. */
class OllamaSource extends ReplySource {
  #tools = 0

  event(data: string): void {
    const json = parseObject(data)
    if (json === null) this.noise(data)
    else this.#line(json)
  }

  whole(json: JsonObject): void {
    if (isList(json['embeddings']) || isList(json['embedding'])) this.#vectors(json)
    else this.#line(json)
  }

  #vectors(json: JsonObject): void {
    this.start(null, stringAt(json, 'model'))
    this.usage = readUsage(json)
    this.unmapped('embeddings')
    this.finish({ type: 'end', reason: 'stop', native: null, stopSequence: null })
  }

  #line(json: JsonObject): void {
    const fault = faultIn(json)
    if (fault !== null) {
      this.fail(fault.message, fault.status, JSON.stringify(json).slice(0, 2000))
      return
    }
    this.start(null, stringAt(json, 'model'))
    this.strange(json, QUIET, '')
    const message = json['message']
    this.#thought(stringAt(json, 'thinking') ?? '')
    this.#text(stringAt(json, 'response') ?? '')
    if (isObject(message)) this.#message(message, stringAt(json, 'created_at') ?? '')
    this.#probabilities(json['logprobs'])
    if (json['done'] !== true) return
    this.usage = readUsage(json)
    const native = stringAt(json, 'done_reason')
    const said = native === '' ? null : native
    this.finish({ type: 'end', reason: readFinish(said, this.#tools > 0), native: said, stopSequence: null })
  }

  #message(message: JsonObject, made: string): void {
    this.strange(message, QUIET_MESSAGE, 'message')
    this.#thought(stringAt(message, 'thinking') ?? '')
    this.#text(stringAt(message, 'content') ?? '')
    const images = message['images']
    for (const data of isList(images) ? images : [])
      if (typeof data === 'string') this.emit({ type: 'media', mime: imageMime(data) ?? 'image/png', data })
    const calls = message['tool_calls']
    for (const call of isList(calls) ? calls : []) if (isObject(call)) this.#call(call, made)
  }

  #text(delta: string): void {
    if (delta !== '') this.emit({ type: 'text', delta })
  }

  #thought(delta: string): void {
    if (delta !== '') this.emit({ type: 'reasoning', delta })
  }

  /** A call comes whole. An id that is missing is made from what came, the same for the same bytes. */
  #call(call: JsonObject, made: string): void {
    const called = isObject(call['function']) ? call['function'] : {}
    const args = called['arguments']
    const delta = typeof args === 'string' ? args : JSON.stringify(args ?? {})
    const name = stringAt(called, 'name') ?? ''
    const index = this.#tools
    this.#tools += 1
    const id = stringAt(call, 'id') ?? ''
    const own = id === '' ? `call_${sha256Hex(`${made}:${index}:${name}:${delta}`).slice(0, 24)}` : id
    this.emit({ type: 'tool', index, id: own, name, delta: delta === '{}' ? '' : delta })
  }

  #probabilities(value: Json | undefined): void {
    if (!isList(value) || value.length === 0) return
    this.emit({
      type: 'logprobs',
      tokens: value.flatMap((token) => (isObject(token) ? [probabilityOf(token)] : [])),
    })
  }
}

const oneOf = (token: JsonObject): Omit<TokenProbability, 'top'> => {
  const { bytes, logprob } = token
  return {
    token: stringAt(token, 'token') ?? '',
    logprob: typeof logprob === 'number' ? logprob : 0,
    bytes: isList(bytes) ? bytes.flatMap((byte) => (typeof byte === 'number' ? [byte] : [])) : null,
  }
}

const probabilityOf = (token: JsonObject): TokenProbability => {
  const top = token['top_logprobs']
  return {
    ...oneOf(token),
    top: isList(top) ? top.flatMap((other) => (isObject(other) ? [oneOf(other)] : [])) : [],
  }
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => {
  const source = new OllamaSource(emit)
  return options.stream ? new LineReader(source) : new WholeReader(source)
}

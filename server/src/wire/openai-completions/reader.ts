import type { JsonObject, ReplyEvent, ReplyReader } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { faultIn, usageIn } from '../openai-chat/relay.ts'
import { parseObject } from '../stream/json.ts'
import { ReplySource, StreamReader, WholeReader } from '../stream/reader.ts'
import { readFinish } from './finish.ts'

const KNOWN_REPLY = ['id', 'object', 'created', 'model', 'choices', 'usage', 'x_groq', 'error']
const KNOWN_CHOICE = ['index', 'text', 'finish_reason', 'stop_reason', 'matched_stop']

/** Reads a completion, whole or in chunks, into events. */
class CompletionSource extends ReplySource {
  #finish: string | null = null
  #seen = false

  event(data: string): void {
    if (data.trim() === '[DONE]') {
      this.#complete()
      return
    }
    const json = parseObject(data)
    if (json === null) this.noise(data)
    else this.#chunk(json)
  }

  whole(json: JsonObject): void {
    this.#chunk(json)
    if (this.ended) return
    if (this.#seen) this.#complete()
    else this.fail('the answer holds no choices', null, 'no choices')
  }

  #chunk(json: JsonObject): void {
    this.usage = usageIn(json) ?? this.usage
    const fault = faultIn(json)
    if (fault !== null) {
      this.fail(fault.message, fault.status, JSON.stringify(json).slice(0, 2000))
      return
    }
    const choices = json['choices']
    if (!isList(choices) || choices.length === 0) return
    this.#seen = true
    this.start(stringAt(json, 'id'), stringAt(json, 'model'))
    this.strange(json, KNOWN_REPLY, 'reply')
    for (const choice of choices) if (isObject(choice)) this.#choice(choice)
  }

  #choice(choice: JsonObject): void {
    const index = choice['index']
    if (typeof index === 'number' && index !== 0) {
      this.unmapped(`choices[${index}]`)
      return
    }
    this.strange(choice, KNOWN_CHOICE, 'choices[0]')
    const delta = stringAt(choice, 'text') ?? ''
    if (delta !== '') this.emit({ type: 'text', delta })
    const finish = stringAt(choice, 'finish_reason')
    if (finish !== null && finish !== '') this.#finish = finish
  }

  #complete(): void {
    const native = this.#finish
    this.finish({
      type: 'end',
      reason: native === null ? 'other' : readFinish(native),
      native,
      stopSequence: null,
    })
  }
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => {
  const source = new CompletionSource(emit)
  return options.stream ? new StreamReader(source) : new WholeReader(source)
}

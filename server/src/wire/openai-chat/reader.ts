import type { Citation, Json, JsonObject, ReplyEvent, ReplyReader } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { splitDataUrl, stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { ReplySource, StreamReader, WholeReader } from '../stream/reader.ts'
import { annotationCitation, listedCitations } from './annotations.ts'
import { Calls } from './calls.ts'
import { isGivenUp, type NativeFinish, readFinish } from './finish.ts'
import { readProbabilities } from './probabilities.ts'
import { callSignature } from './reasoning.ts'
import { faultIn, usageIn } from './relay.ts'
import {
  KNOWN_CHOICE,
  KNOWN_COMPLETION_DETAILS,
  KNOWN_MESSAGE,
  KNOWN_PROMPT_DETAILS,
  KNOWN_REPLY,
  KNOWN_USAGE,
} from './replyFields.ts'
import { joinedBase64, soundMime } from './sounds.ts'
import { Thoughts } from './thoughts.ts'

/** Reads a completion, whole or in chunks, into events. */
class ChatSource extends ReplySource {
  readonly #calls = new Calls((event) => this.emit(event))
  readonly #thoughts = new Thoughts((event) => this.emit(event))
  readonly #sound: string[] = []
  #listed: readonly Citation[] = []
  #cited = false
  #id: string | null = null
  #refused = false
  #finish: NativeFinish | null = null
  #stop: string | null = null

  event(data: string): void {
    if (data.trim() === '[DONE]') {
      this.#complete()
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
    else this.#complete()
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
    if (isList(choices) && choices.length > 0) {
      if (this.#id === null) {
        this.#id = stringAt(json, 'id') ?? ''
        this.start(this.#id === '' ? null : this.#id, stringAt(json, 'model'))
      }
      for (const choice of choices) if (isObject(choice)) this.#choice(choice, member)
    }
    this.#beside(json)
  }

  /** What stands beside the choices: sources, and what nothing is made of. */
  #beside(json: JsonObject): void {
    const listed = listedCitations(json)
    if (listed.length > 0) this.#listed = listed
    else {
      this.strange({ citations: json['citations'], search_results: json['search_results'] }, [], '')
    }
    const quiet = json['service_tier'] === 'default' ? [...KNOWN_REPLY, 'service_tier'] : KNOWN_REPLY
    this.strange(json, quiet, '')
    this.#strangeUsage(json['usage'], 'usage')
    const vendor = json['x_groq']
    if (!isObject(vendor)) return
    this.strange(vendor, ['id', 'usage'], 'x_groq')
    this.#strangeUsage(vendor['usage'], 'x_groq.usage')
  }

  #strangeUsage(usage: Json | undefined, path: string): void {
    if (!isObject(usage)) return
    this.strange(usage, KNOWN_USAGE, path)
    const { prompt_tokens_details: prompt, completion_tokens_details: completion } = usage
    if (isObject(prompt)) this.strange(prompt, KNOWN_PROMPT_DETAILS, `${path}.prompt_tokens_details`)
    if (isObject(completion))
      this.strange(completion, KNOWN_COMPLETION_DETAILS, `${path}.completion_tokens_details`)
  }

  #choice(choice: JsonObject, member: 'delta' | 'message'): void {
    const index = choice['index']
    if (typeof index === 'number' && index !== 0) {
      this.unmapped(`choices[${index}]`)
      return
    }
    this.strange(choice, KNOWN_CHOICE, 'choices[0]')
    this.#probabilities(choice['logprobs'])
    const message = choice[member] ?? choice['message'] ?? choice['delta']
    if (isObject(message)) this.#message(message)
    const finish = choice['finish_reason']
    if (typeof finish !== 'string' || finish === '') return
    this.#finish = { finish, native: stringAt(choice, 'native_finish_reason') }
    const stop = choice['stop_reason'] ?? choice['matched_stop']
    this.#stop = typeof stop === 'string' ? stop : null
  }

  #probabilities(logprobs: Json | undefined): void {
    if (!isObject(logprobs)) return
    const tokens = readProbabilities(logprobs)
    const content = logprobs['content']
    if (tokens.length > 0) this.emit({ type: 'logprobs', tokens })
    if (isList(content) && content.length > tokens.length) this.unmapped('choices[0].logprobs')
    this.strange(logprobs, ['content'], 'choices[0].logprobs')
  }

  #message(message: JsonObject): void {
    this.strange(message, KNOWN_MESSAGE, 'message')
    this.#thoughts.read(message)
    this.#signature(message)
    this.#content(message['content'])
    const refusal = stringAt(message, 'refusal') ?? ''
    if (refusal !== '') {
      this.#refused = true
      this.emit({ type: 'refusal', delta: refusal })
    }
    this.#annotations(message['annotations'])
    this.#media(message)
    const calls = message['tool_calls']
    if (isList(calls)) for (const call of calls) if (isObject(call)) this.#call(call)
    const older = message['function_call']
    if (isObject(older)) this.#call({ index: 0, function: older })
  }

  /** Gemini's signature of the answer itself, as its vendor's own form of the dialect has it. */
  #signature(message: JsonObject): void {
    const value = callSignature(message) ?? stringAt(message, 'thought_signature')
    const extra = message['extra_content']
    const google = isObject(extra) ? extra['google'] : null
    if (isObject(extra)) this.strange(extra, ['google'], 'message.extra_content')
    if (isObject(google)) this.strange(google, ['thought_signature'], 'message.extra_content.google')
    if (value === null || value === '') return
    const raw = { text: '', thoughtSignature: value }
    this.emit({ type: 'signature', value, redacted: false, dialect: 'gemini', tool: null, raw })
  }

  /** A string, or parts as some servers answer them. */
  #content(content: Json | undefined): void {
    if (typeof content === 'string') this.#text(content)
    if (!isList(content)) return
    for (const part of content) if (isObject(part)) this.#part(part)
  }

  #part(part: JsonObject): void {
    const text = stringAt(part, 'text')
    if (part['type'] === 'text' && text !== null) {
      this.strange(part, ['type', 'text', 'annotations'], 'message.content')
      this.#text(text)
      this.#annotations(part['annotations'])
    } else if (part['type'] === 'thinking') {
      this.strange(part, ['type', 'thinking', 'closed'], 'message.content')
      this.#thoughts.part(part['thinking'])
    } else if (part['type'] === 'image_url') this.#image(part)
    else this.unmapped(`message.content.${stringAt(part, 'type') ?? 'part'}`)
  }

  #text(text: string): void {
    if (text !== '') this.emit({ type: 'text', delta: text })
  }

  #annotations(annotations: Json | undefined): void {
    if (!isList(annotations)) return
    for (const annotation of annotations) {
      const citation = isObject(annotation) ? annotationCitation(annotation) : null
      if (citation === null) this.unmapped('message.annotations')
      else {
        this.#cited = true
        this.emit({ type: 'citation', citation })
      }
    }
  }

  #media(message: JsonObject): void {
    const images = message['images']
    if (isList(images)) for (const image of images) if (isObject(image)) this.#image(image)
    const sound = message['audio']
    if (!isObject(sound)) return
    this.strange(sound, ['id', 'data', 'expires_at', 'transcript'], 'message.audio')
    const data = stringAt(sound, 'data') ?? ''
    if (data !== '') this.#sound.push(data)
    // What was said, for whoever cannot hear it.
    this.#text(stringAt(sound, 'transcript') ?? '')
  }

  #image(part: JsonObject): void {
    const holder = part['image_url']
    const url = isObject(holder) ? stringAt(holder, 'url') : stringAt(part, 'image_url')
    const inline = url === null ? null : splitDataUrl(url)
    if (inline === null) this.unmapped('message.images')
    else this.emit({ type: 'media', mime: inline.mime, data: inline.data })
  }

  #call(call: JsonObject): void {
    if (this.#calls.read(call, this.#id ?? '')) return
    this.fail('a piece of a tool call belongs to no call', null, 'stray tool_calls delta')
  }

  /** What comes only once everything else was said. */
  #last(): void {
    this.#calls.close()
    if (this.#sound.length > 0) {
      const data = joinedBase64(this.#sound)
      this.emit({ type: 'media', mime: soundMime(data), data })
    }
    if (this.#cited) return
    for (const citation of this.#listed) this.emit({ type: 'citation', citation })
  }

  /** The end was announced, so an answer without a finish reason is complete all the same. */
  #complete(): void {
    const said = this.#finish
    if (said !== null && isGivenUp(said)) {
      this.fail('the upstream gave up its answer', null, `finish_reason ${said.finish}`)
      return
    }
    this.#last()
    const seen = { tools: this.#calls.any, refusal: this.#refused }
    const reason = said === null ? 'other' : readFinish(said, seen)
    const stopped = reason === 'stop' && this.#stop !== null
    const native = said === null ? null : (said.native ?? said.finish)
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

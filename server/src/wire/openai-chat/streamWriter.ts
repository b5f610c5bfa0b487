import type {
  AnswerOptions,
  Json,
  JsonObject,
  ReplyEvent,
  ReplyWriter,
  TokenProbability,
  Usage,
} from '../../domain/index.ts'
import { raised } from '../body/custom.ts'
import { writeAnnotation } from './annotations.ts'
import { customNames } from './definitions.ts'
import { MALFORMED, writeFinish } from './finish.ts'
import { answeredImage } from './mediaPart.ts'
import { writeProbabilities } from './probabilities.ts'
import { sealedDetail, signatureField } from './reasoning.ts'
import { writeUsage } from './usage.ts'

const framed = (json: Json): string => `data: ${JSON.stringify(json)}\n\n`

type Of<T extends ReplyEvent['type']> = Extract<ReplyEvent, { type: T }>

interface OpenCall {
  argued: boolean
  /** What a custom call was said with so far; null for a function's, which is sent as it comes. */
  input: string | null
  /** A signature that came before its call. */
  signature: string | null
  opened: boolean
}

/** Writes events as `chat.completion.chunk` frames, ended by `[DONE]`. */
class ChatStreamWriter implements ReplyWriter {
  readonly #options: AnswerOptions
  readonly #custom: ReadonlySet<string>
  readonly #calls = new Map<number, OpenCall>()
  readonly #dropped = new Set<string>()
  #opened = false
  #ended = false
  #usage: Usage | null = null
  #refused = false
  #thought = ''
  #details = 0
  #length = 0
  #tokens: TokenProbability[] = []

  constructor(options: AnswerOptions) {
    this.#options = options
    this.#custom = customNamesOf(options)
  }

  dropped(): readonly string[] {
    return [...this.#dropped]
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    switch (event.type) {
      case 'start':
        return this.#open()
      case 'text':
        this.#length += event.delta.length
        return this.#open() + this.#delta({ content: event.delta }, this.#probabilities())
      case 'reasoning':
        this.#thought += event.delta
        return this.#open() + this.#delta({ reasoning_content: event.delta })
      case 'signature':
        return this.#open() + this.#signature(event)
      case 'refusal':
        this.#refused = true
        return this.#open() + this.#delta({ refusal: event.delta })
      case 'tool':
        return this.#open() + this.#tool(event)
      case 'citation':
        return this.#citation(event)
      case 'media':
        return this.#media(event)
      case 'logprobs':
        this.#tokens.push(...event.tokens)
        return ''
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'end':
        return this.#open() + this.#end(event)
      case 'error':
        return this.#error(event.message)
      case 'unmapped':
        return ''
    }
  }

  #chunk(choices: readonly Json[], more: JsonObject = {}): string {
    const { id, created, model } = this.#options
    return framed({ id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created, model, choices, ...more })
  }

  #delta(delta: JsonObject, more: JsonObject = {}): string {
    return this.#chunk([{ index: 0, delta, ...more, finish_reason: null }])
  }

  #open(): string {
    if (this.#opened) return ''
    this.#opened = true
    return this.#delta({ role: 'assistant', content: '' })
  }

  /** The probabilities of the tokens that are said next. */
  #probabilities(): JsonObject {
    if (this.#tokens.length === 0) return {}
    const logprobs = writeProbabilities(this.#tokens)
    this.#tokens = []
    return { logprobs }
  }

  #citation({ citation }: Of<'citation'>): string {
    const annotation = writeAnnotation(citation, this.#length)
    if (annotation !== null) return this.#open() + this.#delta({ annotations: [annotation] })
    this.#dropped.add('citations')
    return ''
  }

  #media({ mime, data }: Of<'media'>): string {
    const image = answeredImage(mime, data)
    if (image !== null) return this.#open() + this.#delta({ images: [image] })
    this.#dropped.add('media')
    return ''
  }

  /** The text that a signature signs goes with it, so that the client can send back the whole block. */
  #signature(event: Of<'signature'>): string {
    const { type: _, ...sealed } = event
    if (sealed.tool !== null && sealed.dialect === 'gemini') return this.#signCall(sealed.tool, sealed.value)
    const detail = sealedDetail(this.#thought, sealed, this.#details)
    this.#details += 1
    this.#thought = ''
    return this.#delta({ reasoning_details: [detail] })
  }

  #callAt(index: number): OpenCall {
    const known = this.#calls.get(index)
    if (known !== undefined) return known
    const call = { argued: false, input: null, signature: null, opened: false }
    this.#calls.set(index, call)
    return call
  }

  #signCall(index: number, signature: string): string {
    const call = this.#callAt(index)
    // Some clients refuse a piece of a call in which its function does not stand.
    if (call.opened)
      return this.#delta({
        tool_calls: [{ index, function: { arguments: '' }, ...signatureField(signature) }],
      })
    call.signature = signature
    return ''
  }

  #tool(event: Of<'tool'>): string {
    const call = this.#callAt(event.index)
    call.argued ||= event.delta !== ''
    if (event.id === null && event.name === null) {
      if (call.input === null)
        return this.#delta({ tool_calls: [{ index: event.index, function: { arguments: event.delta } }] })
      call.input += event.delta
      return ''
    }
    const before = this.#raise()
    call.opened = true
    const signed = call.signature === null ? {} : signatureField(call.signature)
    if (event.name !== null && this.#custom.has(event.name)) {
      call.input = event.delta
      const custom = { name: event.name, input: '' }
      return (
        before +
        this.#delta({ tool_calls: [{ index: event.index, id: event.id, type: 'custom', custom, ...signed }] })
      )
    }
    const called = { name: event.name, arguments: event.delta }
    const opening = { index: event.index, id: event.id, type: 'function', function: called, ...signed }
    return before + this.#delta({ tool_calls: [opening] })
  }

  /** Says the input of custom calls, which is known once it is whole. */
  #raise(): string {
    let out = ''
    for (const [index, call] of this.#calls) {
      if (call.input === null || call.input === '') continue
      out += this.#delta({ tool_calls: [{ index, custom: { input: raised(call.input) } }] })
      call.input = ''
    }
    return out
  }

  #end(event: Of<'end'>): string {
    if (event.reason === 'malformed') return this.#error(MALFORMED)
    this.#ended = true
    let out = this.#raise()
    for (const [index, { argued, input, opened }] of this.#calls) {
      if (!argued && input === null && opened)
        out += this.#delta({ tool_calls: [{ index, function: { arguments: '{}' } }] })
    }
    if (this.#tokens.length > 0) out += this.#delta({}, this.#probabilities())
    const finish = writeFinish(event.reason, this.#refused)
    out += this.#chunk([{ index: 0, delta: {}, finish_reason: finish, ...nativeFinish(event, finish) }])
    if (this.#options.call.wantsUsage && this.#usage !== null)
      out += this.#chunk([], { usage: writeUsage(this.#usage) })
    return `${out}data: [DONE]\n\n`
  }

  #error(message: string): string {
    this.#ended = true
    return framed({ error: { message, type: 'server_error', param: null, code: 'upstream_error' } })
  }
}

/** The custom tools that the client defined. */
export const customNamesOf = ({ call }: AnswerOptions): ReadonlySet<string> =>
  call.dialect === 'openai-chat' ? customNames(call.json) : new Set()

/** What the dialect's finish reason does not tell apart: the upstream's own word, and the stop string that fired. */
export const nativeFinish = (event: Of<'end'>, finish: string): JsonObject => ({
  ...(event.native === null || event.native === finish ? {} : { native_finish_reason: event.native }),
  ...(event.stopSequence === null ? {} : { stop_reason: event.stopSequence }),
})

export const streamWriter = (options: AnswerOptions): ReplyWriter => new ChatStreamWriter(options)

import type { Json, JsonObject, ReplyEvent, ReplyWriter, Usage } from '../../domain/index.ts'
import { writeFinish } from './finish.ts'
import { signedDetail } from './reasoning.ts'
import { writeUsage } from './usage.ts'

export interface StreamOptions {
  readonly model: string
  readonly id: string
  readonly created: number
  readonly wantsUsage: boolean
}

const framed = (json: Json): string => `data: ${JSON.stringify(json)}\n\n`

/** Writes events as `chat.completion.chunk` frames, ended by `[DONE]`. */
class ChatStreamWriter implements ReplyWriter {
  readonly #options: StreamOptions
  readonly #argued = new Map<number, boolean>()
  #opened = false
  #ended = false
  #usage: Usage | null = null
  #refused = false
  #thought = ''
  #details = 0

  constructor(options: StreamOptions) {
    this.#options = options
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    switch (event.type) {
      case 'start':
        return this.#open()
      case 'text':
        return this.#open() + this.#delta({ content: event.delta })
      case 'reasoning':
        this.#thought += event.delta
        return this.#open() + this.#delta({ reasoning_content: event.delta })
      case 'signature':
        return this.#open() + this.#signature(event.value, event.redacted)
      case 'refusal':
        this.#refused = true
        return this.#open() + this.#delta({ refusal: event.delta })
      case 'tool':
        return this.#open() + this.#tool(event)
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'end':
        return this.#open() + this.#end(event)
      case 'error':
        this.#ended = true
        return framed({
          error: { message: event.message, type: 'server_error', param: null, code: 'upstream_error' },
        })
      case 'unmapped':
        return ''
    }
  }

  #chunk(choices: readonly Json[], more: JsonObject = {}): string {
    const { id, created, model } = this.#options
    return framed({ id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created, model, choices, ...more })
  }

  #delta(delta: JsonObject): string {
    return this.#chunk([{ index: 0, delta, finish_reason: null }])
  }

  #open(): string {
    if (this.#opened) return ''
    this.#opened = true
    return this.#delta({ role: 'assistant', content: '' })
  }

  /** The text that a signature signs goes with it, so that the client can send back the whole block. */
  #signature(value: string, redacted: boolean): string {
    const detail = signedDetail(this.#thought, value, redacted, this.#details)
    this.#details += 1
    if (!redacted) this.#thought = ''
    return this.#delta({ reasoning_details: [detail] })
  }

  #tool(event: Extract<ReplyEvent, { type: 'tool' }>): string {
    const argued = (this.#argued.get(event.index) ?? false) || event.delta !== ''
    this.#argued.set(event.index, argued)
    const opening =
      event.id === null && event.name === null
        ? { function: { arguments: event.delta } }
        : { id: event.id, type: 'function', function: { name: event.name, arguments: event.delta } }
    return this.#delta({ tool_calls: [{ index: event.index, ...opening }] })
  }

  #end(event: Extract<ReplyEvent, { type: 'end' }>): string {
    this.#ended = true
    let out = ''
    for (const [index, argued] of this.#argued) {
      if (!argued) out += this.#delta({ tool_calls: [{ index, function: { arguments: '{}' } }] })
    }
    const finish = writeFinish(event.reason, this.#refused)
    out += this.#chunk([{ index: 0, delta: {}, finish_reason: finish, ...nativeFinish(event, finish) }])
    if (this.#options.wantsUsage && this.#usage !== null)
      out += this.#chunk([], { usage: writeUsage(this.#usage) })
    return `${out}data: [DONE]\n\n`
  }
}

/** What the dialect's finish reason does not tell apart: the upstream's own word, and the stop string that fired. */
export const nativeFinish = (event: Extract<ReplyEvent, { type: 'end' }>, finish: string): JsonObject => ({
  ...(event.native === null || event.native === finish ? {} : { native_finish_reason: event.native }),
  ...(event.stopSequence === null ? {} : { stop_reason: event.stopSequence }),
})

export const streamWriter = (options: StreamOptions): ReplyWriter => new ChatStreamWriter(options)

import {
  type AnswerOptions,
  CausewayError,
  type Json,
  type JsonObject,
  type ReplyEvent,
  type ReplyWriter,
  type Usage,
} from '../../domain/index.ts'
import { writeUsage } from '../openai-chat/usage.ts'
import { gather } from '../stream/gather.ts'
import { writeFinish } from './finish.ts'

/** A completion or one chunk of it: they differ in nothing but the usage. */
const completion = (
  { id, created, model }: AnswerOptions,
  choices: readonly Json[],
  more: JsonObject = {},
): JsonObject => ({ id: `cmpl-${id}`, object: 'text_completion', created, model, choices, ...more })

const choice = (text: string, finish: string | null): JsonObject => ({
  text,
  index: 0,
  logprobs: null,
  finish_reason: finish,
})

const framed = (json: Json): string => `data: ${JSON.stringify(json)}\n\n`

/** Writes events as completion chunks, ended by `[DONE]`. */
class CompletionWriter implements ReplyWriter {
  readonly #options: AnswerOptions
  readonly #dropped = new Set<string>()
  #usage: Usage | null = null
  #ended = false

  constructor(options: AnswerOptions) {
    this.#options = options
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    switch (event.type) {
      case 'text':
      case 'refusal':
        return framed(completion(this.#options, [choice(event.delta, null)]))
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'end':
        return this.#end(event)
      case 'error':
        this.#ended = true
        return framed({
          error: { message: event.message, type: 'server_error', param: null, code: 'upstream_error' },
        })
      case 'reasoning':
      case 'signature':
      case 'citation':
      case 'logprobs':
      case 'media':
      case 'tool':
        this.#dropped.add(event.type)
        return ''
      case 'start':
      case 'unmapped':
        return ''
    }
  }

  dropped(): readonly string[] {
    return [...this.#dropped]
  }

  #end(event: Extract<ReplyEvent, { type: 'end' }>): string {
    this.#ended = true
    const last = framed(completion(this.#options, [choice('', writeFinish(event.reason))]))
    const usage =
      this.#options.call.wantsUsage && this.#usage !== null
        ? framed(completion(this.#options, [], { usage: writeUsage(this.#usage) }))
        : ''
    return `${last}${usage}data: [DONE]\n\n`
  }
}

export const streamWriter = (options: AnswerOptions): ReplyWriter => new CompletionWriter(options)

/** Events as one completion. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (events: readonly ReplyEvent[], options: AnswerOptions): Json => {
  const reply = gather(events)
  if (reply.end === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  const text = reply.blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
  return completion(
    options,
    [choice(text + reply.refusal, writeFinish(reply.end.reason))],
    reply.usage === null ? {} : { usage: writeUsage(reply.usage) },
  )
}

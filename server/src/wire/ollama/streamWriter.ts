import type { AnswerOptions, JsonObject, ReplyEvent, ReplyWriter, Usage } from '../../domain/index.ts'
import { callOf, Lines, MALFORMED, probabilitiesOf, type Said } from './lineWriter.ts'

interface Call {
  readonly id: string
  readonly name: string
  input: string
}

/** Writes events as lines. Calls of tools come whole in this dialect, so they wait for the end, where none of them can grow. */
class LineStreamWriter implements ReplyWriter {
  readonly #lines: Lines
  readonly #calls = new Map<number, Call>()
  readonly #dropped = new Set<string>()
  #usage: Usage | null = null
  #ended = false

  constructor(options: AnswerOptions) {
    this.#lines = new Lines(options)
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    switch (event.type) {
      case 'text':
        return event.delta === '' ? '' : this.#line({ text: event.delta })
      case 'reasoning':
        return event.delta === '' ? '' : this.#line({ thinking: event.delta })
      case 'refusal':
        this.#dropped.add('refusal')
        return event.delta === '' ? '' : this.#line({ text: event.delta })
      case 'logprobs':
        return this.#line({}, { logprobs: probabilitiesOf(event.tokens) })
      case 'media':
        return this.#media(event.mime, event.data)
      case 'tool':
        this.#tool(event)
        return ''
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'signature':
      case 'citation':
        this.#dropped.add(event.type)
        return ''
      case 'end':
        return this.#end(event)
      case 'error':
        return this.#error(event.message)
      case 'start':
      case 'unmapped':
        return ''
    }
  }

  dropped(): readonly string[] {
    return [...this.#dropped]
  }

  #line(said: Said, more: JsonObject = {}): string {
    return `${JSON.stringify(this.#lines.body(said, more))}\n`
  }

  #error(message: string): string {
    this.#ended = true
    return `${JSON.stringify({ error: message })}\n`
  }

  #media(mime: string, data: string): string {
    if (this.#lines.holdsAll && mime.startsWith('image/')) return this.#line({ images: [data] })
    this.#dropped.add('media')
    return ''
  }

  #tool(event: Extract<ReplyEvent, { type: 'tool' }>): void {
    const open = this.#calls.get(event.index)
    if (open === undefined)
      this.#calls.set(event.index, { id: event.id ?? '', name: event.name ?? '', input: event.delta })
    else open.input += event.delta
  }

  #end(event: Extract<ReplyEvent, { type: 'end' }>): string {
    if (event.reason === 'malformed') return this.#error(MALFORMED)
    const calls = [...this.#calls].sort(([a], [b]) => a - b)
    const written = calls.map(([index, call]) => callOf(index, call.id, call.name, call.input))
    const before = this.#lines.holdsAll ? written.map((call) => this.#line({ calls: [call] })).join('') : ''
    if (!this.#lines.holdsAll && written.length > 0) this.#dropped.add('tool_calls')
    const last = this.#line({}, this.#lines.end(event.reason, event.native, this.#usage))
    this.#ended = true
    return before + last
  }
}

export const streamWriter = (options: AnswerOptions): ReplyWriter => new LineStreamWriter(options)

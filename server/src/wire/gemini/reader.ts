import type { ReplyEvent, ReplyReader } from '../../domain/index.ts'
import { SseParser } from '../../lib/index.ts'
import { GeminiSource } from './source.ts'

/** Bytes that an answer without events may have. */
const WHOLE_LIMIT = 64 * 1024 * 1024

/** Reads events, or one JSON text: an answer, or an array of pieces of one as the dialect streams where nobody asks for events. */
class GeminiReader implements ReplyReader {
  readonly #source: GeminiSource
  readonly #whole: boolean
  readonly #parser: SseParser
  #body: Uint8Array[] | null
  #bytes = 0
  #first: boolean

  constructor(source: GeminiSource, stream: boolean) {
    this.#source = source
    this.#whole = !stream
    this.#body = stream ? null : []
    this.#first = stream
    this.#parser = new SseParser((event) => {
      if (!source.ended) source.event(event.data)
    })
  }

  push(chunk: Uint8Array): void {
    if (this.#source.ended || chunk.length === 0) return
    if (this.#first) this.#lookFirst(chunk)
    if (this.#body === null) {
      this.#guarded(() => this.#parser.push(chunk))
      return
    }
    this.#bytes += chunk.length
    if (this.#bytes > WHOLE_LIMIT) this.#source.fail('the answer is too large', null, 'oversized answer')
    else this.#body.push(Buffer.from(chunk))
  }

  end(): void {
    if (this.#source.ended) return
    this.#source.last = true
    if (this.#body === null) this.#guarded(() => this.#parser.end())
    else {
      const text = Buffer.concat(this.#body).toString('utf8')
      this.#source.body(text.replace(/^\ufeff/, '').trim(), this.#whole)
    }
    this.#source.close()
  }

  /** No line of an event stream begins with a brace or a bracket. */
  #lookFirst(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
      this.#first = false
      if (byte === 0x7b || byte === 0x5b) this.#body = []
      return
    }
  }

  #guarded(read: () => void): void {
    try {
      read()
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown
      this.#source.fail(thrown.message, null, 'oversized event')
    }
  }
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => new GeminiReader(new GeminiSource(emit), options.stream)

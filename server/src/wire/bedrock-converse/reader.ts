import type { ReplyEvent, ReplyReader } from '../../domain/index.ts'
import { parseObject } from '../stream/json.ts'
import { WholeReader } from '../stream/reader.ts'
import { EventStreamDecoder } from './eventStream.ts'
import { ConverseSource } from './source.ts'

/** Bytes of an answer that is no event stream that are kept to find out what it is. */
const BARE_LIMIT = 4 * 1024 * 1024
const BRACE = 0x7b
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d

/** Reads the binary event stream. One that turns out to be a bare JSON object, an error or a whole answer, is read as that. */
class EventStreamReader implements ReplyReader {
  readonly #source: ConverseSource
  readonly #decoder: EventStreamDecoder
  #bare: Buffer[] | null = null
  #bareBytes = 0
  #first = true

  constructor(source: ConverseSource) {
    this.#source = source
    this.#decoder = new EventStreamDecoder((frame) => {
      if (!source.ended) source.frame(frame)
    })
  }

  push(chunk: Uint8Array): void {
    if (this.#source.ended || chunk.length === 0) return
    const bytes = this.#first ? this.#lookFirst(chunk) : chunk
    if (bytes.length === 0) return
    if (this.#bare === null) {
      const problem = this.#decoder.push(bytes)
      if (problem !== null && !this.#source.ended) this.#source.fail(problem, null, 'garbled frame')
      return
    }
    this.#bareBytes += bytes.length
    if (this.#bareBytes <= BARE_LIMIT) this.#bare.push(Buffer.from(bytes))
  }

  end(): void {
    if (this.#source.ended) return
    if (this.#bare !== null && this.#bareBytes <= BARE_LIMIT) {
      const json = parseObject(Buffer.concat(this.#bare).toString('utf8'))
      if (json !== null) this.#source.whole(json)
    }
    this.#source.close()
    if (!this.#source.ended) this.#source.fail('the answer ended before its end was announced', null, null)
  }

  /** A frame begins with its length, whose first byte is zero or one: a brace or a blank is never one's. */
  #lookFirst(chunk: Uint8Array): Uint8Array {
    const at = chunk.findIndex((byte) => !isBlank(byte))
    if (at === -1) return chunk.subarray(chunk.length)
    this.#first = false
    if (chunk[at] === BRACE) this.#bare = []
    return chunk.subarray(at)
  }
}

export const reader = (
  options: { readonly stream: boolean },
  emit: (event: ReplyEvent) => void,
): ReplyReader => {
  const source = new ConverseSource(emit)
  return options.stream ? new EventStreamReader(source) : new WholeReader(source)
}

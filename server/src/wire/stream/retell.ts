import type { Relay, Usage } from '../../domain/index.ts'
import { type Edit, scanJson, splice } from '../../lib/index.ts'
import { splitFrames } from './frames.ts'
import type { ReplyFault } from './relay.ts'

/*
 * An answer repeats what was asked, and its upstream was asked otherwise than the client said. What it says of that
 * is put right on the way, as single values in the bytes as they came. All of it is done on Latin-1 text: one
 * character for each byte, so that nothing else changes.
 */

/** What of a relayed answer is told anew. */
export interface Retelling {
  /** JSON by the name of the answer's own member. Members that are missing stay missing. */
  readonly truth: ReadonlyMap<string, string | boolean | null>
  /** The member of a stream's event that holds the answer; a whole body is the answer itself. */
  readonly holder: string
  /** Only the first such event of a stream says it; what follows is not looked at any more. */
  readonly once: boolean
}

/** JSON text by name. */
type Truth = ReadonlyMap<string, string>

const latin = (value: string | boolean | null): string =>
  Buffer.from(JSON.stringify(value)).toString('latin1')

const NO_LIMIT = { depth: Number.POSITIVE_INFINITY }
const isScalar = (text: string): boolean => text !== '' && !/^[{[]|[\r\n]/.test(text)

/** Edits of an object's own members; `at`: where the object begins in a longer text. */
const editsIn = (object: string, truth: Truth, at: number): Edit[] =>
  scanJson(object, NO_LIMIT).members.flatMap(({ key, valueStart, valueEnd }) => {
    const text = key === null ? undefined : truth.get(key)
    const said = object.slice(valueStart, valueEnd)
    if (text === undefined || text === said || !isScalar(said)) return []
    return [{ start: at + valueStart, end: at + valueEnd, text }]
  })

const DATA = /^(?:\xef\xbb\xbf)?data: ?(.*)$/gm

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const changed = (bytes: Buffer, change: (text: string) => string): Buffer => {
  const text = bytes.toString('latin1')
  const now = change(text)
  return now === text ? bytes : Buffer.from(now, 'latin1')
}

class Retold implements Relay {
  readonly #inner: Relay
  protected readonly truth: Truth

  constructor(inner: Relay, { truth }: Retelling) {
    this.#inner = inner
    this.truth = new Map([...truth].map(([name, value]) => [name, latin(value)]))
  }

  push(chunk: Uint8Array): Uint8Array | readonly Uint8Array[] {
    return this.#inner.push(chunk)
  }

  end(): { readonly rest: readonly Uint8Array[]; readonly complete: boolean } {
    return this.#inner.end()
  }

  usage(): Usage | null {
    return this.#inner.usage()
  }

  fault(): ReplyFault | null {
    return this.#inner.fault()
  }

  textLength(): number {
    return this.#inner.textLength()
  }

  sealed(): readonly string[] {
    return this.#inner.sealed?.() ?? []
  }

  started(): boolean {
    return this.#inner.started()
  }

  finished(): boolean {
    return this.#inner.finished()
  }
}

/** What a relay lets go on are whole events, however the network split them. */
class RetoldStream extends Retold {
  readonly #holder: string
  /** A piece of text that names it has its quote escaped. */
  readonly #word: string
  readonly #once: boolean
  #done = false

  constructor(inner: Relay, retelling: Retelling) {
    super(inner, retelling)
    this.#holder = retelling.holder
    this.#word = `${retelling.holder}"`
    this.#once = retelling.once
  }

  override push(chunk: Uint8Array): Uint8Array | readonly Uint8Array[] {
    const out = super.push(chunk)
    if (this.#done) return out
    return out instanceof Uint8Array ? this.#retold(out) : out.map((piece) => this.#retold(piece))
  }

  override end(): { readonly rest: readonly Uint8Array[]; readonly complete: boolean } {
    const { rest, complete } = super.end()
    return { rest: rest.map((piece) => this.#retold(piece)), complete }
  }

  #retold(piece: Uint8Array): Uint8Array {
    if (this.#done) return piece
    const bytes = bufferOf(piece)
    if (!bytes.toString('latin1').includes(this.#word)) return piece
    const frames = splitFrames(bytes)
    const told = frames.map((frame) =>
      this.#done ? frame : changed(frame, (text) => this.#eventRetold(text)),
    )
    return told.every((frame, index) => frame === frames[index]) ? piece : Buffer.concat(told)
  }

  /** One event with the truth in its data, which may stand in several lines. */
  #eventRetold(frame: string): string {
    const lines = [...frame.matchAll(DATA)].map((line) => {
      const text = line[1] ?? ''
      return { text, at: line.index + line[0].length - text.length }
    })
    const edits = this.#editsInEvent(lines.map(({ text }) => text).join('\n'))
    const placed: Edit[] = []
    let start = 0
    let next = 0
    for (const { text, at } of lines) {
      const from = start
      start += text.length + 1
      for (let edit = edits[next]; edit !== undefined && edit.start < start; edit = edits[next]) {
        placed.push({ ...edit, start: edit.start - from + at, end: edit.end - from + at })
        next += 1
      }
    }
    return placed.length === 0 ? frame : splice(frame, placed)
  }

  /** Edits of the answer that an event's data holds. */
  #editsInEvent(data: string): Edit[] {
    return scanJson(data, NO_LIMIT).members.flatMap(({ key, valueStart, valueEnd }) => {
      if (key !== this.#holder || data[valueStart] !== '{') return []
      this.#done = this.#once
      return editsIn(data.slice(valueStart, valueEnd), this.truth, valueStart)
    })
  }
}

/** A whole body goes on when it is whole; its client has nothing of it before. */
class RetoldBody extends Retold {
  readonly #chunks: Uint8Array[] = []

  override push(chunk: Uint8Array): readonly Uint8Array[] {
    super.push(chunk)
    this.#chunks.push(chunk)
    return []
  }

  override end(): { readonly rest: readonly Uint8Array[]; readonly complete: boolean } {
    const { complete } = super.end()
    if (this.#chunks.length === 0) return { rest: [], complete }
    const body = changed(Buffer.concat(this.#chunks), (text) => splice(text, editsIn(text, this.truth, 0)))
    return { rest: [body], complete }
  }
}

/** A relay whose answers say what is true for the client, where their upstream was told otherwise. */
export const retelling = (inner: Relay, stream: boolean, what: Retelling): Relay =>
  stream ? new RetoldStream(inner, what) : new RetoldBody(inner, what)

import { CausewayError } from '../domain/index.ts'
import type { Limits } from './outcome.ts'

/** Null where a file's text was taken, else why it could not be. */
export type Verdict = string | null

/** One file, or one inside another. */
export interface File {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What the request or the container says it is, or ''. */
  readonly mime: string
}

/** Reads one format into a sink. Throws where the file is broken. */
export type Reader = (file: File, sink: Sink) => Verdict | Promise<Verdict>

/** Containers in containers: a workbook in a document in an archive in a message is the most that people send. */
const DEEPEST = 4

/** Where the texts of one attachment are gathered, and what they may use up is counted. */
export class Sink {
  readonly texts: string[] = []
  /** Whether something inside was passed over. */
  isPartial = false
  /** Whether something inside is broken. */
  isBroken = false
  readonly #limits: Limits
  readonly #open: Reader
  #text = 0
  #unpacked = 0
  #members = 0
  #depth = 0

  constructor(limits: Limits, open: Reader) {
    this.#limits = limits
    this.#open = open
  }

  add(text: string): void {
    if (text.trim() === '') return
    const room = this.#limits.maxText - this.#text
    this.#text += text.length
    this.texts.push(text.length > room ? text.slice(0, room) : text)
    if (text.length > room) throw limit(`it holds more than ${this.#limits.maxText} characters`)
  }

  /** How much may still be unpacked. */
  get room(): number {
    return this.#limits.maxUnpacked - this.#unpacked
  }

  unpacked(bytes: number): void {
    this.#unpacked += bytes
    if (this.#unpacked > this.#limits.maxUnpacked) {
      throw limit(`it unpacks to more than ${this.#limits.maxUnpacked} bytes`)
    }
  }

  member(): void {
    this.#members += 1
    if (this.#members > this.#limits.maxMembers) {
      throw limit(`it has more than ${this.#limits.maxMembers} members`)
    }
  }

  /** Reads a file inside the file. What is wrong with it is noted and does not keep the rest from being read. */
  async inside(bytes: Uint8Array<ArrayBuffer>, mime = ''): Promise<Verdict> {
    if (this.#depth === DEEPEST) throw limit(`it nests deeper than ${DEEPEST} levels`)
    this.#depth += 1
    try {
      const verdict = await this.#open({ bytes, mime }, this)
      if (verdict !== null) this.isPartial = true
      return verdict
    } catch (thrown) {
      this.broken(thrown)
      return 'it is broken'
    } finally {
      this.#depth -= 1
    }
  }

  /** A part is broken. What broke a limit is the whole file's affair and thrown on. */
  broken(thrown: unknown): void {
    if (thrown instanceof CausewayError) throw thrown
    this.isBroken = true
  }
}

/** A limit was met: the whole attachment has failed. */
export const limit = (what: string): CausewayError => new CausewayError('body_too_large', what)

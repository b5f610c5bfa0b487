import type { Json, ReplyEvent } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { citationOf, probabilitiesOf } from './details.ts'
import { Said } from './said.ts'

/** Tells the texts of an answer, each by the key of its place, once however often a server says it. */
export class Telling {
  readonly #emit: (event: ReplyEvent) => void
  readonly #said = new Said()
  readonly #cited = new Map<string, number>()
  readonly #measured = new Set<string>()
  /** Where each text part begins in all the text of the answer, in UTF-16 units. */
  readonly #begins = new Map<string, number>()
  #length = 0
  #refused = false
  /** The part of a thought that spoke last; another one begins a paragraph of its own. */
  #thought = ''

  constructor(emit: (event: ReplyEvent) => void) {
    this.#emit = emit
  }

  get refused(): boolean {
    return this.#refused
  }

  /** How many annotations of a text were told. */
  cited(key: string): number {
    return this.#cited.get(key) ?? 0
  }

  /** Whether the last thought was of this item. */
  thoughtIn(index: number): boolean {
    return this.#thought.startsWith(`${index}/`)
  }

  text(key: string, delta: string): void {
    if (!this.#begins.has(key)) this.#begins.set(key, this.#length)
    if (delta === '') return
    this.#said.add(key, delta)
    this.#length += delta.length
    this.#emit({ type: 'text', delta })
  }

  rest(key: string, whole: string): void {
    const rest = this.#said.missing(key, whole)
    if (!this.#begins.has(key)) this.#begins.set(key, this.#length)
    if (rest === '') return
    this.#length += rest.length
    this.#emit({ type: 'text', delta: rest })
  }

  logprobs(key: string, value: Json | undefined, whole: boolean): void {
    if (whole && this.#measured.has(key)) return
    const tokens = probabilitiesOf(value)
    if (tokens.length === 0) return
    this.#measured.add(key)
    this.#emit({ type: 'logprobs', tokens })
  }

  /** `from`: how many of the part's annotations stand before these. */
  cite(key: string, annotations: readonly Json[], from: number): void {
    const told = this.#cited.get(key) ?? 0
    annotations.forEach((annotation, position) => {
      if (from + position < told || !isObject(annotation)) return
      this.#emit({ type: 'citation', citation: citationOf(annotation, this.#begins.get(key) ?? 0) })
    })
    this.#cited.set(key, Math.max(told, from + annotations.length))
  }

  refusal(key: string, delta: string | null, whole: string | null): void {
    const said = this.#new(key, delta, whole)
    if (said === '') return
    this.#refused = true
    this.#emit({ type: 'refusal', delta: said })
  }

  think(key: string, delta: string | null, whole: string | null): void {
    const said = this.#new(key, delta, whole)
    if (said === '') return
    const [index] = key.split('/')
    const other = this.#thought !== '' && this.#thought !== key && this.#thought.startsWith(`${index}/`)
    this.#thought = key
    this.#emit({ type: 'reasoning', delta: other ? `\n\n${said}` : said })
  }

  /** A piece, or what of the whole was not told yet. */
  #new(key: string, delta: string | null, whole: string | null): string {
    if (delta === null) return this.#said.missing(key, whole ?? '')
    this.#said.add(key, delta)
    return delta
  }
}

import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import { Lowering } from '../body/custom.ts'
import { isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { callSignature } from './reasoning.ts'
import { ToolIndexes } from './toolIndexes.ts'

type Emit = (event: ReplyEvent) => void

/** Reads the calls of tools in a reply, whole or in pieces. Custom calls are told in the form of functions. */
export class Calls {
  readonly #emit: Emit
  readonly #indexes = new ToolIndexes()
  readonly #custom = new Map<number, Lowering>()
  readonly #signed = new Set<number>()

  constructor(emit: Emit) {
    this.#emit = emit
  }

  get any(): boolean {
    return this.#indexes.size > 0
  }

  /** False for a piece that belongs to no call. `reply`: the reply's own id. */
  read(call: JsonObject, reply: string): boolean {
    const custom = isObject(call['custom']) ? call['custom'] : null
    const called = custom ?? (isObject(call['function']) ? call['function'] : {})
    const piece = {
      index: typeof call['index'] === 'number' ? call['index'] : null,
      id: stringAt(call, 'id') ?? '',
      name: stringAt(called, 'name') ?? '',
      delta: custom === null ? argumentsOf(called) : (stringAt(custom, 'input') ?? ''),
    }
    const signature = callSignature(call)
    // Some servers fill every field they know with empty values.
    if (piece.id === '' && piece.name === '' && piece.delta === '' && signature === null) return true
    const place = this.#indexes.place(piece, reply)
    if (place === null) return false
    this.#tell(place, custom !== null)
    if (signature !== null) this.#sign(place.index, signature)
    return true
  }

  #tell(
    place: { index: number; id: string | null; name: string | null; delta: string },
    custom: boolean,
  ): void {
    if (place.id !== null) this.close()
    const opening = place.id !== null && custom
    const lowering = opening ? new Lowering() : this.#custom.get(place.index)
    if (lowering === undefined) {
      this.#emit({ type: 'tool', ...place })
      return
    }
    if (opening) this.#custom.set(place.index, lowering)
    this.#emit({ type: 'tool', ...place, delta: place.delta === '' ? '' : lowering.push(place.delta) })
  }

  #sign(index: number, value: string): void {
    if (this.#signed.has(index)) return
    this.#signed.add(index)
    const raw = { thoughtSignature: value }
    this.#emit({ type: 'signature', value, redacted: false, dialect: 'gemini', tool: index, raw })
  }

  /** Ends what is open of custom calls. */
  close(): void {
    for (const [index, lowering] of this.#custom)
      this.#emit({ type: 'tool', index, id: null, name: null, delta: lowering.end() })
    this.#custom.clear()
  }
}

/** Some servers answer arguments as an object. */
const argumentsOf = (called: JsonObject): string => {
  const args = called['arguments']
  return isObject(args) ? JSON.stringify(args) : (stringAt(called, 'arguments') ?? '')
}

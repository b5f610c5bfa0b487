import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import { stringAt } from '../body/media.ts'
import type { ReplyItem } from './replyItems.ts'
import { Said } from './said.ts'

/** Tells the calls of an answer, their arguments once however often a server says them. */
export class TellingCalls {
  readonly #emit: (event: ReplyEvent) => void
  readonly #said = new Said()

  constructor(emit: (event: ReplyEvent) => void) {
    this.#emit = emit
  }

  begin(item: ReplyItem, json: JsonObject): void {
    if (item.call === null) return
    const id = stringAt(json, 'call_id') ?? stringAt(json, 'id') ?? `call_${item.index}`
    this.#emit({ type: 'tool', index: item.call, id, name: stringAt(json, 'name') ?? '', delta: '' })
  }

  /** A piece of a call's arguments, or where `delta` is null the whole of them. */
  argue(item: ReplyItem, delta: string | null, whole: string): void {
    if (item.call === null || item.closed) return
    const key = `${item.index}`
    if (delta !== null) this.#said.add(key, delta)
    const said = delta ?? this.#said.missing(key, whole)
    if (said !== '') this.#tell(item.call, item.lowering?.push(said) ?? said)
  }

  close(item: ReplyItem): void {
    if (item.call === null || item.closed) return
    item.closed = true
    if (item.lowering !== null) this.#tell(item.call, item.lowering.end())
  }

  #tell(index: number, delta: string): void {
    this.#emit({ type: 'tool', index, id: null, name: null, delta })
  }
}

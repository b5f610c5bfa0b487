import type { JsonObject } from '../../domain/index.ts'
import { Lowering } from '../body/custom.ts'
import { stringAt } from '../body/media.ts'

/** One item of an answer's output. */
export interface ReplyItem {
  /** Position in the output; stays the same where ids change within a stream. */
  readonly index: number
  readonly type: string
  /** Position among the calls; null where it is none. */
  readonly call: number | null
  /** For a call whose input is free text. */
  readonly lowering: Lowering | null
  /** Whether all of it was told that is told at its end. */
  closed: boolean
}

export const numberAt = (json: JsonObject, name: string): number | null => {
  const value = json[name]
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

const IDS = ['call_id', 'id'] as const

/** The items of an answer, and of which of them an event or an item of the finished output speaks. */
export class ReplyItems {
  readonly #items = new Map<number, ReplyItem>()
  readonly #ids = new Map<string, number>()
  #calls = 0

  get calls(): number {
    return this.#calls
  }

  /** Where an item belongs whose event names no place. */
  get next(): number {
    return this.#items.size
  }

  at(index: number): ReplyItem | undefined {
    return this.#items.get(index)
  }

  all(): Iterable<ReplyItem> {
    return this.#items.values()
  }

  add(json: JsonObject, index: number, type: string): ReplyItem {
    const custom = type === 'custom_tool_call'
    const isCall = custom || type === 'function_call'
    const item: ReplyItem = {
      index,
      type,
      call: isCall ? this.#calls : null,
      lowering: custom ? new Lowering() : null,
      closed: false,
    }
    if (isCall) this.#calls += 1
    this.#items.set(index, item)
    for (const name of IDS) {
      const id = stringAt(json, name)
      if (id !== null && !this.#ids.has(`${name}:${id}`)) this.#ids.set(`${name}:${id}`, index)
    }
    return item
  }

  /** Where one of the finished output stands in the stream: by its id, else by its place where it is of that sort. */
  placeOf(json: JsonObject, index: number): number {
    for (const name of IDS) {
      const id = stringAt(json, name)
      const known = id === null ? undefined : this.#ids.get(`${name}:${id}`)
      // A call and what came of it share the id of the call.
      if (known !== undefined && this.#items.get(known)?.type === json['type']) return known
    }
    const there = this.#items.get(index)
    if (there === undefined || there.type === json['type']) return index
    return Math.max(...this.#items.keys()) + 1
  }

  /** The place of the item that an event is about. */
  indexOf(json: JsonObject): number {
    const id = stringAt(json, 'item_id')
    return numberAt(json, 'output_index') ?? (id === null ? undefined : this.#ids.get(`id:${id}`)) ?? 0
  }

  /** Names a text within the answer. Ids of items are not relied on: some servers change them from event to event. */
  keyOf(json: JsonObject, sort: 'text' | 'summary' | 'thought'): string {
    const inner = numberAt(json, sort === 'summary' ? 'summary_index' : 'content_index') ?? 0
    return `${this.indexOf(json)}/${sort}/${inner}`
  }
}

import type { Condition, EventLeaf, IntentLeaf, Kind, Leaf, Level, OutcomeLeaf } from '../domain/index.ts'

/** What the leaves say, besides being unchanged. */
export interface Requests {
  readonly leaves: { readonly intent: number; readonly outcome: number; readonly event: number }
  /** Intents that no outcome followed although the process was started again: a crash came between. */
  readonly interrupted: { readonly count: number; readonly first: readonly string[] }
  /** Intents since the last start without an outcome: in flight, or cut off by a crash just now. */
  readonly open: { readonly count: number; readonly first: readonly string[] }
  /** Outcomes of labelled requests that were sent somewhere without an intent before; none where `audit.intent` asks for them. */
  readonly unannounced: { readonly count: number; readonly first: readonly string[] }
  readonly repairs: readonly {
    readonly entry: number
    readonly time: string
    readonly detail: EventLeaf['detail']
  }[]
  /** Conversations whose label somebody cleared, the first of them whole. */
  readonly forgotten: {
    readonly count: number
    readonly first: readonly {
      readonly entry: number
      readonly time: string
      readonly detail: EventLeaf['detail']
    }[]
  }
}

const SHOWN = 20

class Sample<T = string> {
  #count = 0
  readonly #first: T[] = []

  add(one: T): void {
    this.#count += 1
    if (this.#first.length < SHOWN) this.#first.push(one)
  }

  result(): { readonly count: number; readonly first: readonly T[] } {
    return { count: this.#count, first: this.#first }
  }
}

const isLabelled = (leaf: {
  level: Level | null
  kinds: readonly Kind[]
  conditions: readonly Condition[]
}) => (leaf.level !== null && leaf.level !== 'public') || leaf.kinds.length > 0 || leaf.conditions.length > 0

/**
 * Holds leaves against what the log promises: a request has at most one intent, exactly one outcome, and the
 * intent stands before it. Remembers every request id (about 100 bytes each).
 */
export class Promises {
  readonly #intents = new Set<string>()
  readonly #settled = new Set<string>()
  readonly #interrupted = new Sample()
  readonly #unannounced = new Sample()
  readonly #repairs: { entry: number; time: string; detail: EventLeaf['detail'] }[] = []
  readonly #forgotten = new Sample<{ entry: number; time: string; detail: EventLeaf['detail'] }>()
  readonly #counts = { intent: 0, outcome: 0, event: 0 }

  /** Takes the next leaf; answers what it breaks, or null. */
  take(entry: number, leaf: Leaf): string | null {
    this.#counts[leaf.type] += 1
    switch (leaf.type) {
      case 'intent':
        return this.#intent(leaf)
      case 'outcome':
        return this.#outcome(leaf)
      case 'event':
        this.#event(entry, leaf)
        return null
    }
  }

  #intent(leaf: IntentLeaf): string | null {
    if (this.#settled.has(leaf.request)) return `the intent of ${leaf.request} stands after its outcome`
    if (this.#intents.has(leaf.request)) return `${leaf.request} has two intents`
    this.#intents.add(leaf.request)
    return null
  }

  #outcome(leaf: OutcomeLeaf): string | null {
    if (this.#settled.has(leaf.request)) return `${leaf.request} has two outcomes`
    this.#settled.add(leaf.request)
    const announced = this.#intents.delete(leaf.request)
    if (!announced && leaf.sent.length > 0 && isLabelled(leaf)) this.#unannounced.add(leaf.request)
    return null
  }

  #event(entry: number, leaf: EventLeaf): void {
    if (leaf.event === 'repaired') this.#repairs.push({ entry, time: leaf.time, detail: leaf.detail })
    if (leaf.event === 'forgotten') this.#forgotten.add({ entry, time: leaf.time, detail: leaf.detail })
    if (leaf.event !== 'started') return
    for (const request of this.#intents) {
      this.#interrupted.add(request)
      this.#settled.add(request)
    }
    this.#intents.clear()
  }

  result(): Requests {
    const open = new Sample()
    for (const request of this.#intents) open.add(request)
    return {
      leaves: { ...this.#counts },
      interrupted: this.#interrupted.result(),
      open: open.result(),
      unannounced: this.#unannounced.result(),
      repairs: this.#repairs,
      forgotten: this.#forgotten.result(),
    }
  }
}

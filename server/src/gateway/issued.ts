import type { Json, ReplyEvent } from '../domain/index.ts'

/** Opaque values of one answer, and for answers that were carried over what came with which call of a tool. */
export interface IssuedHere {
  readonly values: readonly string[]
  readonly groups: readonly { readonly parts: readonly Json[]; readonly call: string }[]
}

/** A wrapping of sealed state, plain, or in base64 where the dialect's slot holds bytes. */
const WRAPPED = /(?:causeway-[a-z-]+:|Y2F1c2V3YXkt)[\w+/=-]{8,}/g

/** Sorts what an upstream issued by the calls of tools that it came with. */
export class IssuedSorter {
  readonly #values: string[] = []
  readonly #wrapped = new Set<string>()
  readonly #calls = new Map<number, string>()
  readonly #byCall = new Map<number, Json[]>()
  #waiting: Json[] = []

  hear(event: ReplyEvent): void {
    if (event.type === 'signature') {
      this.#values.push(event.value)
      if (event.tool === null) this.#waiting.push(event.raw)
      else this.#byCall.set(event.tool, [...(this.#byCall.get(event.tool) ?? []), event.raw])
    } else if (event.type === 'tool' && event.id !== null && !this.#calls.has(event.index)) {
      this.#calls.set(event.index, event.id)
      if (this.#waiting.length === 0) return
      this.#byCall.set(event.index, [...this.#waiting, ...(this.#byCall.get(event.index) ?? [])])
      this.#waiting = []
    }
  }

  /** What the client is told: state of another dialect stands in its slot in a wrapping of ours. */
  told(text: string): void {
    if (this.#values.length === 0 || text === '') return
    for (const [wrapped] of text.matchAll(WRAPPED)) {
      // A model can be made to say the like of it, but not with what was sealed in this very answer in it.
      const inner = Buffer.from(wrapped.slice(wrapped.indexOf(':') + 1), 'base64').toString('utf8')
      if (this.#values.some((value) => inner.includes(value))) this.#wrapped.add(wrapped)
    }
  }

  sorted(): IssuedHere {
    const groups = [...this.#byCall].flatMap(([index, parts]) => {
      const call = this.#calls.get(index)
      return call === undefined ? [] : [{ parts, call }]
    })
    return { values: [...this.#values, ...this.#wrapped], groups }
  }
}

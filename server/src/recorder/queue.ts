import { CausewayError } from '../domain/index.ts'

const BATCH_FACTS = 500
const BATCH_CHARACTERS = 4 << 20
/** Facts that may wait. More come faster than the disk takes them, and memory is no place for a record. */
const MOST_WAITING = 20_000

/** A fact as text, and whoever waits for it. */
export interface Fact {
  readonly text: string
  readonly resolve: () => void
  readonly reject: (reason: CausewayError) => void
}

export const unavailable = (problem: string): CausewayError =>
  new CausewayError('record_unavailable', problem)

const ignore = (): void => {}

/** A promise that rejects; nobody has to look at it. */
export const refused = (problem: string): Promise<void> => {
  const promise = Promise.reject(unavailable(problem))
  promise.catch(ignore)
  return promise
}

/** A fact and its promise. Whoever asked for a relaxed outcome does not wait, and must not bring the process down. */
export const factOf = (text: string): { readonly fact: Fact; readonly promise: Promise<void> } => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  promise.catch(ignore)
  return { fact: { text, resolve, reject }, promise }
}

/** Facts in the order they came. */
export class FactQueue {
  #facts: Fact[] = []

  get length(): number {
    return this.#facts.length
  }

  get isFull(): boolean {
    return this.#facts.length >= MOST_WAITING
  }

  add(fact: Fact): void {
    this.#facts.push(fact)
  }

  /** The next batch: at most 500 facts and 4 Mi characters, at least one where there is one. */
  takeBatch(): readonly Fact[] {
    let characters = 0
    let count = 0
    for (const fact of this.#facts) {
      characters += fact.text.length
      if (count === BATCH_FACTS || (count > 0 && characters > BATCH_CHARACTERS)) break
      count += 1
    }
    return this.#facts.splice(0, count)
  }

  takeAll(): readonly Fact[] {
    return this.#facts.splice(0)
  }
}

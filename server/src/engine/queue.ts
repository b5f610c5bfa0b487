import { EngineError } from './errors.ts'

/** One at a time, so many waiting, the rest refused. A waiter that leaves gives its place up at once. */
export class Queue {
  readonly #limit: number
  readonly #waiting: (() => void)[] = []
  #busy = false

  /** `limit`: how many may wait beside the one that runs. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Waiting and running. */
  get depth(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0)
  }

  /** Resolves when it is the caller's turn, with the call that ends the turn. Throws `overloaded`, or the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (!this.#busy) {
      this.#busy = true
      return this.#once()
    }
    if (this.#waiting.length >= this.#limit) {
      throw new EngineError('overloaded', `${this.#limit} requests are waiting for the engine already.`)
    }
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(turn)
    })
    return this.#once()
  }

  // The turn goes to the next waiter without the queue ever being free in between.
  #once(): () => void {
    let ended = false
    return () => {
      if (ended) return
      ended = true
      const next = this.#waiting.shift()
      if (next === undefined) this.#busy = false
      else next()
    }
  }
}

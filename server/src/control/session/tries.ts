import { Lru } from '../../lib/index.ts'

const FAILURES = 10
const MINUTE = 60_000
const ADDRESSES = 1000

interface Tries {
  readonly since: number
  readonly failures: number
}

/** Counts wrong tokens by address, in fixed windows of a minute. `now` in milliseconds. */
export class FailedTries {
  readonly #byAddress = new Lru<string, Tries>(ADDRESSES)
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Milliseconds until this address may try again; 0 where it may now. */
  wait(address: string): number {
    const tries = this.#current(address)
    return tries.failures < FAILURES ? 0 : tries.since + MINUTE - this.#now()
  }

  failed(address: string): void {
    const tries = this.#current(address)
    this.#byAddress.set(address, { since: tries.since, failures: tries.failures + 1 })
  }

  #current(address: string): Tries {
    const now = this.#now()
    const tries = this.#byAddress.get(address)
    return tries === undefined || now - tries.since >= MINUTE ? { since: now, failures: 0 } : tries
  }
}

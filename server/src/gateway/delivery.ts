import type { Client } from './client.ts'

const KEEP_ALIVE_MS = 15_000

export interface DeliveryOptions {
  readonly client: Pick<Client, 'begun' | 'write'>
  /** What the dialect says to keep a silent stream open. */
  readonly keepAlive: string
  /** Sends the client the head of its answer. */
  readonly begin: () => void
  /** Called where the client reads slower than is written. */
  readonly pause: () => void
}

/** A stream on its way to the client: held until it is an answer, then written as it comes, kept open in silence. */
export class Delivery {
  readonly #o: DeliveryOptions
  #held: (string | Uint8Array)[] = []
  #silent = false
  #timer: NodeJS.Timeout | null = null

  constructor(options: DeliveryOptions) {
    this.#o = options
  }

  /** From now on a sign of life goes out in every span in which nothing was written; the first one begins the answer. */
  keepOpen(): void {
    this.#timer = setInterval(() => this.#breathe(), KEEP_ALIVE_MS)
  }

  /** `isAnswer`: whether what came so far is to reach the client, after which no other target can be tried. */
  push(pieces: readonly (string | Uint8Array)[], isAnswer: boolean): void {
    if (this.#o.client.begun) {
      this.#write(pieces)
      return
    }
    this.#held.push(...pieces)
    if (isAnswer) this.#begin()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  #breathe(): void {
    const { client, keepAlive } = this.#o
    if (!client.begun) this.#begin()
    else if (this.#silent) client.write(keepAlive)
    this.#silent = true
  }

  #begin(): void {
    this.#o.begin()
    const held = this.#held
    this.#held = []
    this.#write(held)
  }

  #write(pieces: readonly (string | Uint8Array)[]): void {
    let flowing = true
    for (const piece of pieces) if (piece.length > 0) flowing = this.#o.client.write(piece)
    this.#silent = false
    if (!flowing) this.#o.pause()
  }
}

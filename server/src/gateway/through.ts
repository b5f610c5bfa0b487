import type { CausewayError, Usage } from '../domain/index.ts'
import type { IssuedHere } from './issued.ts'

/** Turns upstream bytes into client bytes, relayed or translated, and watches what they say. */
export interface Through {
  push(chunk: Uint8Array): void
  /** True once something that counts as an answer was seen. */
  started(): boolean
  /** True once the answer is complete or has failed, whatever its upstream still sends. */
  finished(): boolean
  take(): readonly (string | Uint8Array)[]
  /** After the last byte. */
  end(): Ended
  usage(): Usage | null
  textLength(): number
  unmapped(): readonly string[]
  /** What the upstream issued that only it can read. */
  issued(): IssuedHere
}

export interface Ended {
  /** The final event, or the whole body; still to be sent. */
  readonly rest: readonly (string | Uint8Array)[]
  readonly fault: CausewayError | null
  /** Whether `rest` tells the client of the fault. */
  readonly told: boolean
}

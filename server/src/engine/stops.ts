/**
 * Passes generated text on up to the first stop sequence. Text that may be the beginning of one is held back until it
 * is clear.
 */
export class StopGate {
  readonly #stops: readonly string[]
  #held = ''
  #stopped = false

  constructor(stops: readonly string[]) {
    this.#stops = stops
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** What of the text so far may be sent now. */
  push(text: string): string {
    if (this.#stopped) return ''
    const all = this.#held + text
    const found = this.#stops.map((stop) => all.indexOf(stop)).filter((at) => at >= 0)
    if (found.length > 0) {
      this.#stopped = true
      this.#held = ''
      return all.slice(0, Math.min(...found))
    }
    const keep = Math.max(0, ...this.#stops.map((stop) => overlap(all, stop)))
    this.#held = all.slice(all.length - keep)
    return all.slice(0, all.length - keep)
  }

  /** What was held back and is no stop sequence after all, at the end. */
  end(): string {
    const rest = this.#held
    this.#held = ''
    return rest
  }
}

// Length of the longest end of `text` that begins `stop`.
const overlap = (text: string, stop: string): number => {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length -= 1) {
    if (text.endsWith(stop.slice(0, length))) return length
  }
  return 0
}

/** A text rewritten for reading, with the way back to the original's offsets. */
export interface Rewritten {
  readonly text: string
  /** The span of the original that a span of the rewritten text came from. */
  origin(start: number, end: number): readonly [start: number, end: number]
}

/** Writes a text out of stretches of another: some as they stand, some in other words. */
export class Rewriter {
  readonly #original: string
  readonly #pieces: string[] = []
  /** Per stretch: where it begins in the new text, its span in the original, and 1 where each unit stands for one. */
  readonly #froms: number[] = []
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  readonly #same: number[] = []
  #length = 0

  constructor(original: string) {
    this.#original = original
  }

  /** Units written so far. */
  get length(): number {
    return this.#length
  }

  /** Takes over [start, end) of the original. */
  copy(start: number, end: number): void {
    if (end > start) this.#add(this.#original.slice(start, end), start, end, 1)
  }

  /** Writes `text` for [start, end) of the original; '' leaves that out. */
  put(text: string, start: number, end: number): void {
    if (text !== '') this.#add(text, start, end, text.length === 1 && end - start === 1 ? 1 : 0)
  }

  done(): Rewritten {
    const place = (index: number, past: 0 | 1): number => {
      const at = this.#stretchAt(index)
      const [start = 0, end = 0] = [this.#starts[at], this.#ends[at]]
      if (this.#same[at] === 1) return start + index - (this.#froms[at] ?? 0) + past
      return past === 0 ? start : end
    }
    return {
      text: this.#pieces.join(''),
      origin: (start, end) => [place(start, 0), place(Math.max(start, end - 1), 1)],
    }
  }

  #add(piece: string, start: number, end: number, same: number): void {
    const last = this.#froms.length - 1
    // Unit for unit behind the same: one stretch, so that a text of such changes has few.
    if (same === 1 && this.#same[last] === 1 && this.#ends[last] === start) this.#ends[last] = end
    else {
      this.#froms.push(this.#length)
      this.#starts.push(start)
      this.#ends.push(end)
      this.#same.push(same)
    }
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  #stretchAt(index: number): number {
    let low = 0
    let high = this.#froms.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#froms[middle] ?? 0) <= index) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }
}

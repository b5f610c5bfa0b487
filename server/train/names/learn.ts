import { LABELS, mayFollow } from '../../src/sensitivity/tagger/decode.ts'
import { FEATURES, ROWS } from '../../src/sensitivity/tagger/features.ts'

/** One stretch of active tokens: the rows that speak of each, and what each is. */
export interface Stretch {
  readonly rows: Int32Array
  readonly gold: Uint8Array
}

/**
 * A linear-chain conditional random field, learned by stochastic gradient with a rate of its own for each
 * weight (AdaGrad). Everything is in order and in single or double precision of plain arithmetic, so that the
 * same corpus makes the same weights.
 */
export class Learner {
  readonly emit = new Float32Array(ROWS * LABELS)
  readonly move = new Float32Array(LABELS * LABELS)
  readonly #emitSquares = new Float32Array(ROWS * LABELS).fill(1e-2)
  readonly #moveSquares = new Float32Array(LABELS * LABELS).fill(1e-2)
  readonly #rate: number
  readonly #decay: number
  #potential = new Float64Array(0)
  #alpha = new Float64Array(0)
  #beta = new Float64Array(0)
  #scale = new Float64Array(0)
  readonly #jump = new Float64Array(LABELS * LABELS)

  constructor(rate: number, decay: number) {
    this.#rate = rate
    this.#decay = decay
  }

  #room(count: number): void {
    if (this.#scale.length >= count) return
    this.#potential = new Float64Array(count * LABELS)
    this.#alpha = new Float64Array(count * LABELS)
    this.#beta = new Float64Array(count * LABELS)
    this.#scale = new Float64Array(count)
  }

  #score(stretch: Stretch, count: number): void {
    const potential = this.#potential
    for (let i = 0; i < count; i += 1) {
      let top = -Infinity
      for (let y = 0; y < LABELS; y += 1) {
        let sum = 0
        for (let f = 0; f < FEATURES; f += 1)
          sum += this.emit[(stretch.rows[i * FEATURES + f] ?? 0) * LABELS + y] ?? 0
        potential[i * LABELS + y] = sum
        if (sum > top) top = sum
      }
      for (let y = 0; y < LABELS; y += 1)
        potential[i * LABELS + y] = Math.exp((potential[i * LABELS + y] ?? 0) - top)
    }
    for (let a = 0; a < LABELS; a += 1) {
      for (let b = 0; b < LABELS; b += 1) {
        this.#jump[a * LABELS + b] = mayFollow(a, b) ? Math.exp(this.move[a * LABELS + b] ?? 0) : 0
      }
    }
  }

  #forward(count: number): void {
    const alpha = this.#alpha
    for (let i = 0; i < count; i += 1) {
      let total = 0
      for (let y = 0; y < LABELS; y += 1) {
        let sum = 0
        if (i === 0) sum = this.#jump[y] ?? 0
        else
          for (let x = 0; x < LABELS; x += 1)
            sum += (alpha[(i - 1) * LABELS + x] ?? 0) * (this.#jump[x * LABELS + y] ?? 0)
        sum *= this.#potential[i * LABELS + y] ?? 0
        alpha[i * LABELS + y] = sum
        total += sum
      }
      this.#scale[i] = total
      for (let y = 0; y < LABELS; y += 1) alpha[i * LABELS + y] = (alpha[i * LABELS + y] ?? 0) / total
    }
  }

  #backward(count: number): void {
    const beta = this.#beta
    beta.fill(1, (count - 1) * LABELS, count * LABELS)
    for (let i = count - 2; i >= 0; i -= 1) {
      for (let x = 0; x < LABELS; x += 1) {
        let sum = 0
        for (let y = 0; y < LABELS; y += 1) {
          sum +=
            (this.#jump[x * LABELS + y] ?? 0) *
            (this.#potential[(i + 1) * LABELS + y] ?? 0) *
            (beta[(i + 1) * LABELS + y] ?? 0)
        }
        beta[i * LABELS + x] = sum / (this.#scale[i + 1] ?? 1)
      }
    }
  }

  #stepEmit(at: number, gradient: number): void {
    const g = gradient - this.#decay * (this.emit[at] ?? 0)
    const squares = (this.#emitSquares[at] ?? 0) + g * g
    this.#emitSquares[at] = squares
    this.emit[at] = (this.emit[at] ?? 0) + (this.#rate * g) / Math.sqrt(squares)
  }

  #stepMove(at: number, g: number): void {
    const squares = (this.#moveSquares[at] ?? 0) + g * g
    this.#moveSquares[at] = squares
    this.move[at] = (this.move[at] ?? 0) + (this.#rate * g) / Math.sqrt(squares)
  }

  /** Learns from one stretch; the cost of getting it wrong is `weight`. */
  learn(stretch: Stretch, weight = 1): void {
    const count = stretch.gold.length
    this.#room(count)
    this.#score(stretch, count)
    this.#forward(count)
    this.#backward(count)
    for (let i = 0; i < count; i += 1) {
      const gold = stretch.gold[i] ?? 0
      for (let y = 0; y < LABELS; y += 1) {
        const p = (this.#alpha[i * LABELS + y] ?? 0) * (this.#beta[i * LABELS + y] ?? 0)
        const gradient = ((y === gold ? 1 : 0) - p) * weight
        if (Math.abs(gradient) < 1e-3) continue
        for (let f = 0; f < FEATURES; f += 1)
          this.#stepEmit((stretch.rows[i * FEATURES + f] ?? 0) * LABELS + y, gradient)
      }
      this.#learnMove(stretch, i, weight)
    }
  }

  #learnMove(stretch: Stretch, i: number, weight: number): void {
    const gold = stretch.gold[i] ?? 0
    const before = i === 0 ? 0 : (stretch.gold[i - 1] ?? 0)
    for (let x = 0; x < LABELS; x += 1) {
      const ahead = i === 0 ? (x === 0 ? 1 : 0) : (this.#alpha[(i - 1) * LABELS + x] ?? 0)
      if (ahead === 0) continue
      for (let y = 0; y < LABELS; y += 1) {
        if (!mayFollow(x, y)) continue
        const p =
          (ahead *
            (this.#jump[x * LABELS + y] ?? 0) *
            (this.#potential[i * LABELS + y] ?? 0) *
            (this.#beta[i * LABELS + y] ?? 0)) /
          (this.#scale[i] ?? 1)
        const g = ((x === before && y === gold ? 1 : 0) - p) * weight
        if (Math.abs(g) > 1e-3) this.#stepMove(x * LABELS + y, g)
      }
    }
  }
}

/** A map of bounded weight that forgets what was used longest ago. Relies on Map keeping insertion order. */
export class Lru<K, V> {
  readonly #entries = new Map<K, { value: V; weight: number }>()
  readonly #limit: number
  #weight = 0

  /** `limit`: the sum of weights to keep; an entry weighs 1 unless `set` says otherwise. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  set(key: K, value: V, weight = 1): void {
    const old = this.#entries.get(key)
    if (old !== undefined) {
      this.#weight -= old.weight
      this.#entries.delete(key)
    }
    if (weight > this.#limit) return
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#limit) break
      this.#weight -= entry.weight
      this.#entries.delete(oldest)
    }
  }

  get size(): number {
    return this.#entries.size
  }
}

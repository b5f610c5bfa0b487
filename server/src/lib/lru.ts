/** An entry and its neighbours in order of use. */
interface Entry<K, V> {
  readonly key: K
  value: V
  weight: number
  newer: Entry<K, V> | null
  older: Entry<K, V> | null
}

/**
 * A map of bounded weight that forgets what was used longest ago. The order is a list through the entries:
 * taking it from a Map's own order means to delete and insert at each use, and a Map steps over all it has
 * deleted to find its first entry (1 ms for 37 insertions at 60,000 entries).
 */
export class Lru<K, V> {
  readonly #entries = new Map<K, Entry<K, V>>()
  readonly #limit: number
  #weight = 0
  #newest: Entry<K, V> | null = null
  #oldest: Entry<K, V> | null = null

  /** `limit`: the sum of weights to keep; an entry weighs 1 unless `set` says otherwise. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#use(entry)
    return entry.value
  }

  set(key: K, value: V, weight = 1): void {
    const old = this.#entries.get(key)
    if (weight > this.#limit) {
      if (old !== undefined) this.#remove(old)
      return
    }
    if (old === undefined) {
      const entry: Entry<K, V> = { key, value, weight, newer: null, older: null }
      this.#entries.set(key, entry)
      this.#append(entry)
      this.#weight += weight
    } else {
      this.#weight += weight - old.weight
      old.value = value
      old.weight = weight
      this.#use(old)
    }
    while (this.#weight > this.#limit && this.#oldest !== null) this.#remove(this.#oldest)
  }

  /** Whether there was an entry. */
  delete(key: K): boolean {
    const entry = this.#entries.get(key)
    if (entry !== undefined) this.#remove(entry)
    return entry !== undefined
  }

  get size(): number {
    return this.#entries.size
  }

  #use(entry: Entry<K, V>): void {
    if (entry === this.#newest) return
    this.#unlink(entry)
    this.#append(entry)
  }

  #append(entry: Entry<K, V>): void {
    entry.older = this.#newest
    entry.newer = null
    if (this.#newest === null) this.#oldest = entry
    else this.#newest.newer = entry
    this.#newest = entry
  }

  #unlink({ newer, older }: Entry<K, V>): void {
    if (older === null) this.#oldest = newer
    else older.newer = newer
    if (newer === null) this.#newest = older
    else newer.older = older
  }

  #remove(entry: Entry<K, V>): void {
    this.#unlink(entry)
    this.#entries.delete(entry.key)
    this.#weight -= entry.weight
  }
}

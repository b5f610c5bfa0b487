/** A map that nobody can change: it has no way to. Iterates in the order of its entries. */
export class FrozenMap<K, V> implements ReadonlyMap<K, V> {
  readonly #entries: Map<K, V>

  constructor(entries: Iterable<readonly [K, V]>) {
    this.#entries = new Map(entries)
    Object.freeze(this)
  }

  get size(): number {
    return this.#entries.size
  }
  get(key: K): V | undefined {
    return this.#entries.get(key)
  }
  has(key: K): boolean {
    return this.#entries.has(key)
  }
  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.#entries) visit(value, key, this)
  }
  entries(): MapIterator<[K, V]> {
    return this.#entries.entries()
  }
  keys(): MapIterator<K> {
    return this.#entries.keys()
  }
  values(): MapIterator<V> {
    return this.#entries.values()
  }
  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#entries[Symbol.iterator]()
  }
}
Object.freeze(FrozenMap.prototype)

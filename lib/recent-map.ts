/**
 * A map of at most `most` entries that forgets what was not used for longest, roughly: entries live in two generations,
 * and when the younger is full, the older goes. A hit costs one look-up and moves nothing.
 */
export class RecentMap<K, V> {
  readonly #mostInGeneration: number
  #young = new Map<K, V>()
  #old = new Map<K, V>()

  constructor(most: number) {
    this.#mostInGeneration = Math.max(1, Math.floor(most / 2))
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  get(key: K): V | undefined {
    const known = this.#young.get(key)
    if (known !== undefined) return known
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: K, value: V): void {
    this.#old.delete(key)
    this.#young.set(key, value)
    if (this.#young.size <= this.#mostInGeneration) return
    this.#young.delete(key)
    this.#old = this.#young
    this.#young = new Map([[key, value]])
  }

  delete(key: K): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }
}

/** What of each text was told already, so that a server that says it again at its end is heard once. */
export class Said {
  readonly #texts = new Map<string, string>()

  add(key: string, delta: string): void {
    this.#texts.set(key, (this.#texts.get(key) ?? '') + delta)
  }

  /** What of the whole text was not told yet, which counts as told from now on. A text that contradicts what was told adds nothing. */
  missing(key: string, whole: string): string {
    const told = this.#texts.get(key) ?? ''
    if (!whole.startsWith(told)) return ''
    this.#texts.set(key, whole)
    return whole.slice(told.length)
  }
}

/** Collects the names of fields that could not be carried, each once, in the order they were met. */
export class Signals {
  readonly #names = new Set<string>()

  add(name: string): void {
    this.#names.add(signalName(name))
  }

  list(): readonly string[] {
    return [...this.#names]
  }
}

/** A field's name as it may stand in a header's list: printable ASCII without commas, 100 characters at most. */
export const signalName = (name: string): string => name.slice(0, 100).replace(/[^!-+\--~]/g, '?')

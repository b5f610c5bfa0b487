import type { JsonObject } from '../../domain/index.ts'

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

/** The body less the fields that the upstream rejects, each signalled. */
export const withoutFields = (body: JsonObject, names: readonly string[], signals: Signals): JsonObject => {
  const unwanted = names.filter((name) => Object.hasOwn(body, name))
  if (unwanted.length === 0) return body
  for (const name of unwanted) signals.add(name)
  return Object.fromEntries(Object.entries(body).filter(([name]) => !unwanted.includes(name)))
}

import type { JsonObject } from '../../domain/index.ts'

/** Names told one by one; a record is kept of every request, and a request may have a million fields. */
const MOST = 100

/** Collects the names of fields that could not be carried, each once, in the order they were met. */
export class Signals {
  readonly #names = new Set<string>()
  #more = 0

  add(name: string): void {
    const told = signalName(name)
    if (this.#names.has(told)) return
    if (this.#names.size < MOST) this.#names.add(told)
    else this.#more += 1
  }

  list(): readonly string[] {
    return this.#more === 0 ? [...this.#names] : [...this.#names, `and-${this.#more}-more`]
  }
}

/** As much of a path as reads like names of fields and places in lists. */
const FIELDS = /^(?:[A-Za-z_][\w-]{0,39}(?:\[\d{1,9}(?:\.\.\d{1,9})?\]){0,8}(?:\.|$)){0,16}/

/**
 * A field's name as it may stand in a header's list and in the record, about 100 characters at most. Where a key
 * does not read like a field's name it may be content, and the path ends there with a question mark.
 */
export const signalName = (name: string): string => {
  const told = FIELDS.exec(name.slice(0, 100))?.[0] ?? ''
  return told !== '' && told.length === name.length && !told.endsWith('.') ? told : `${told}?`
}

/** The body less the fields that the upstream rejects, each signalled. */
export const withoutFields = (body: JsonObject, names: readonly string[], signals: Signals): JsonObject => {
  const unwanted = names.filter((name) => Object.hasOwn(body, name))
  if (unwanted.length === 0) return body
  for (const name of unwanted) signals.add(name)
  return Object.fromEntries(Object.entries(body).filter(([name]) => !unwanted.includes(name)))
}

import type { Sighting } from './finder.ts'
import { plain } from './fold.ts'
import type { Entry, MappingData } from './mapping.ts'
import type { Match } from './matcher.ts'
import type { Direction, Term } from './terms.ts'

const BEFORE = /(?<![\p{L}\p{N}])(?:\p{L}[._-]|\p{Lu}\.?[ \u00a0]|\p{Lu}\. ?(?=\p{Lu}))+$/u
const BEHIND = /^,[ \u00a0]\p{Lu}\.|^ \p{Lu}\.(?![\p{L}\p{N}])/u
const OPEN = /(?<![\p{L}\p{N}])(?:\p{L}[._ \u00a0-]{1,2}){0,3}(?:\p{L}|\p{L}[._ \u00a0-]{1,2})$/u
const REACH = 12

/** Letters that stand for given names beside a family name: `M. Schneider`, `Schneider, M.`, `m.schneider`. */
export class Initials {
  readonly #letters = new Map<string, Map<string, Set<string>>>()
  readonly #all = new Set<string>()
  readonly #entries: ReadonlyMap<string, Entry>

  constructor(data: MappingData, direction: Direction) {
    this.#entries = new Map(data.entries.map((entry) => [entry.key, entry]))
    for (const one of data.initials) {
      const [from, to] = direction === 'cover' ? [one.from, one.to] : [one.to, one.from]
      const family = this.#letters.get(one.family) ?? new Map<string, Set<string>>()
      const letter = plain(from).charAt(0)
      family.set(letter, (family.get(letter) ?? new Set()).add(to))
      this.#letters.set(one.family, family)
      this.#all.add(letter)
    }
    if (direction === 'restore') return
    // One original letter may stand for two given names; on the way out the first will do.
    for (const family of this.#letters.values()) {
      for (const [from, letters] of family) family.set(from, new Set([...letters].slice(0, 1)))
    }
  }

  /** One person's second given name may be another's family name: what has letters before it is one. */
  #familyOf({ terms }: Sighting): Term | undefined {
    return (
      terms.find((term) => term.part && this.#letters.has(term.entry.key)) ??
      terms.find((term) => term.part && term.entry.role === 'family')
    )
  }

  #one(sighting: Sighting, start: number, letter: string): Match[] {
    const family = this.#familyOf(sighting)
    if (family === undefined) return []
    const entry = this.#entries.get(family.entry.key)
    const letters = this.#letters.get(family.entry.key)?.get(plain(letter).charAt(0).toUpperCase())
    if (entry === undefined || letters === undefined) return []
    const [to = null] = letters
    const cased = letter === letter.toLowerCase() ? to?.toLowerCase() : to
    const { type, kind } = entry
    const key = `${entry.key} ${letter}`
    return [
      {
        start,
        end: start + letter.length,
        type,
        kind,
        key,
        text: letters.size === 1 ? (cased ?? null) : null,
      },
    ]
  }

  matches(text: string, sightings: readonly Sighting[]): readonly Match[] {
    if (this.#letters.size === 0) return []
    return sightings.flatMap((sighting) => {
      if (!sighting.terms.some((term) => this.#letters.has(term.entry.key))) return []
      const from = Math.max(0, sighting.start - REACH)
      const before = BEFORE.exec(text.slice(from, sighting.start))
      const behind = BEHIND.exec(text.slice(sighting.end, sighting.end + 6))
      const found: Match[] = []
      if (before !== null) {
        for (const letter of before[0].matchAll(/\p{L}/gu)) {
          found.push(...this.#one(sighting, from + before.index + letter.index, letter[0]))
        }
      }
      for (const letter of behind?.[0].matchAll(/\p{L}/gu) ?? []) {
        found.push(...this.#one(sighting, sighting.end + letter.index, letter[0]))
      }
      return found
    })
  }

  /** Letters that stand before or behind a family name of ours, and for which nothing is known. */
  unknownIn(
    text: string,
    sightings: readonly Sighting[],
  ): readonly { readonly family: string; readonly letter: string }[] {
    return sightings.flatMap((sighting) => {
      const family = this.#familyOf(sighting)
      if (family === undefined) return []
      const before = BEFORE.exec(text.slice(Math.max(0, sighting.start - REACH), sighting.start))?.[0] ?? ''
      const behind = BEHIND.exec(text.slice(sighting.end, sighting.end + 6))?.[0] ?? ''
      const { key } = family.entry
      return [...(before + behind).matchAll(/\p{L}/gu)]
        .map(([letter]) => ({ family: key, letter: plain(letter).charAt(0).toUpperCase() }))
        .filter(({ letter }) => this.#letters.get(key)?.has(letter) !== true)
    })
  }

  /** Where a letter at the end of a text may belong to a family name that is still to come. */
  openFrom(text: string): number {
    if (this.#all.size === 0) return text.length
    const from = Math.max(0, text.length - REACH)
    const open = OPEN.exec(text.slice(from))
    if (open === null) return text.length
    const letters = [...open[0].matchAll(/\p{L}/gu)].map(([letter]) => plain(letter).charAt(0).toUpperCase())
    return letters.some((letter) => this.#all.has(letter)) ? from + open.index : text.length
  }
}

import type { Entry } from './mapping.ts'
import type { Match } from './matcher.ts'
import type { Direction } from './terms.ts'

/*
 * "The card ending in 1234": four digits say which number is meant where words or a row of marks before them
 * say that they are the last ones.
 */
const TOLD =
  /(?:\bend(?:s|ing|et|en)?\b(?: in| with| on| auf| mit)?|\blast (?:four|4)(?: digits)?(?: are| is|:)?|letzten? (?:vier|4)(?: \p{L}+)?(?: sind| lauten| ist|:)?|endziffern:?|\btermin\p{L}*(?: en| par| con| em| in)?|\bfiniss\p{L}*(?: par)?|kończ\p{L}*(?: się)?(?: na)?|eindig\p{L}*(?: op)?|slutar på|尾号(?:是|为)?|末尾|[*•xX·…]{2,4}[ -]?)\s{0,2}[(“"'„*…•·.xX]{0,5}(\d{4})(?!\d)/giu

const LEAST = 8

const lastOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').slice(-4)

/** The last four digits of numbers, told by themselves. */
export class LastFour {
  readonly #known = new Map<string, { readonly entry: Entry; readonly to: Set<string> }>()

  constructor(entries: readonly Entry[], direction: Direction) {
    for (const entry of entries) {
      if (entry.form !== 'number' || entry.original.replace(/\D/g, '').length < LEAST) continue
      const [from, to] =
        direction === 'cover' ? [entry.original, entry.standIn] : [entry.standIn, entry.original]
      const four = lastOf(from)
      if (!/^\d{4}$/.test(four) || !/^\d{4}$/.test(lastOf(to))) continue
      const known = this.#known.get(four) ?? { entry, to: new Set<string>() }
      if (direction === 'restore' || known.to.size === 0) known.to.add(lastOf(to))
      this.#known.set(four, known)
    }
  }

  matches(text: string): readonly Match[] {
    if (this.#known.size === 0) return []
    const found: Match[] = []
    TOLD.lastIndex = 0
    for (let match = TOLD.exec(text); match !== null; match = TOLD.exec(text)) {
      const known = this.#known.get(match[1] ?? '')
      if (known === undefined) continue
      const end = match.index + match[0].length
      const { type, kind, key } = known.entry
      const [to = null] = known.to
      found.push({ start: end - 4, end, type, kind, key, text: known.to.size === 1 ? to : null })
    }
    return found
  }

  openFrom(text: string): number {
    if (this.#known.size === 0) return text.length
    const digits = /(?<!\d)\d{1,4}$/.exec(text)
    if (digits === null) return text.length
    return [...this.#known.keys()].some((four) => four.startsWith(digits[0])) ? digits.index : text.length
  }
}

import type { Sighting } from './finder.ts'
import { inStyle, plain, styleOf } from './fold.ts'
import { withEnding } from './inflection.ts'
import type { Match } from './matcher.ts'
import type { Direction, Term } from './terms.ts'
import { grouped } from './values/shape.ts'

const GROUPS = /[\s.\-–—‑/()·\u00a0*_`]/g
const ESCAPED = /%[0-9A-Fa-f]{2}/

const compact = (text: string): string => text.replace(GROUPS, '')
const count = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length

/** A number or code in the grouping that the other was met in. */
const numberLike = (raw: string, { from, to }: Term): string => {
  if (raw === from) return to
  const lower = raw === raw.toLowerCase() && from !== from.toLowerCase()
  const cased = lower ? to.toLowerCase() : to
  if (compact(raw) === raw) return compact(cased)
  if (raw.replace(/\s+/g, ' ') === from) return cased
  return count(raw) === count(cased) ? grouped(compact(cased).replace(/\+/g, ''), raw) : cased
}

/** Inside a link, an address or a file name a name has no marks. */
const isJoined = (text: string, start: number, end: number): boolean =>
  /[\p{L}\p{N}][._@/\\]$/u.test(text.slice(Math.max(0, start - 2), start)) ||
  /^[._@/\\][\p{L}\p{N}]/u.test(text.slice(end, end + 2))

const wordLike = (text: string, { start, end, ending }: Sighting, term: Term): string => {
  const raw = text.slice(start, end - ending.length)
  const style = styleOf(raw)
  const own = styleOf(term.from)
  const base =
    style === own || style === 'mixed' ? term.to : inStyle(term.to, [...raw].length === 1 ? own : style)
  const said = withEnding(base, term.entry.inflection, ending)
  if (ESCAPED.test(text.slice(start - 3, start)) || ESCAPED.test(text.slice(end, end + 3).slice(0, 3))) {
    return encodeURIComponent(said)
  }
  return isJoined(text, start, end) ? plain(said) : said
}

const sayOne = (text: string, sighting: Sighting, term: Term): string => {
  const raw = text.slice(sighting.start, sighting.end)
  if (term.part) return wordLike(text, sighting, term)
  if (term.joined) return inStyle(term.to, styleOf(raw))
  switch (term.entry.form) {
    case 'number':
      return numberLike(raw, term)
    case 'text':
      return raw !== term.from && raw === raw.toUpperCase() && term.entry.type === 'EMAIL'
        ? term.to.toUpperCase()
        : term.to
    case 'term':
      return raw !== term.from && raw === raw.toUpperCase() && /\p{Ll}/u.test(term.from) && raw.includes(' ')
        ? term.to.toUpperCase()
        : term.to
    case 'part':
    case 'date':
      return term.to
    default:
      return term.entry.form satisfies never
  }
}

/** Telephone numbers begin before their first digit. */
const startOf = (text: string, start: number, terms: readonly Term[]): number => {
  if (!terms.some((term) => /^[+(]/.test(term.from) || term.entry.type === 'PHONE')) return start
  const lead = /[+(]+$/.exec(text.slice(Math.max(0, start - 2), start))?.[0] ?? ''
  const opened = terms.some((term) => term.from.startsWith(lead))
  return lead === '' || !(opened || lead === '+') ? start : start - lead.length
}

/** What is said for a sighting; null where none of its terms is meant. */
export const say = (
  text: string,
  sighting: Sighting,
  terms: readonly Term[],
  direction: Direction,
): Match | null => {
  const [first] = terms
  if (first === undefined) return null
  const start = startOf(text, sighting.start, terms)
  const whole = { ...sighting, start }
  const raw = text.slice(start, sighting.end)
  const stem = raw.slice(0, raw.length - sighting.ending.length).toLowerCase()
  const verbatim = terms.filter((term) => term.from === raw || term.from.toLowerCase().startsWith(stem))
  const chosen = verbatim.length > 0 ? verbatim : terms
  const spellings = new Set(chosen.map((term) => sayOne(text, whole, term)))
  const { type, kind, key } = chosen[0]?.entry ?? first.entry
  const sure = spellings.size === 1 || direction === 'cover'
  const [said = null] = spellings
  return { start, end: sighting.end, text: sure ? said : null, type, kind, key }
}

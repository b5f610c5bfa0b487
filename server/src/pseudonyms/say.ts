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

/** A number of another length in as many groups: with what stands between the other's. */
const withGaps = (number: string, like: string): string => {
  const groups = number.match(/[\p{L}\p{N}]+/gu) ?? []
  const gaps = like.split(/[\p{L}\p{N}]+/u)
  if (gaps.length !== groups.length + 1) return number
  return groups.map((group, index) => (gaps[index] ?? '') + group).join('') + (gaps.at(-1) ?? '')
}

/** A number or code in the grouping that the other was met in. */
const numberLike = (raw: string, { from, to }: Term): string => {
  if (raw === from) return to
  const lower = raw === raw.toLowerCase() && from !== from.toLowerCase()
  const cased = lower ? to.toLowerCase() : to
  if (compact(raw) === raw) return compact(cased)
  if (raw.replace(/\s+/g, ' ') === from) return cased
  if (count(raw) === count(cased)) return grouped(compact(cased).replace(/\+/g, ''), raw)
  return withGaps(cased, raw)
}

/** Capitals and dots before a word are words cut short: `K.maraş`, `F.V.Veselého`. */
const CUT_SHORT = /(?<![\p{L}\p{N}._@/\\-])(?:\p{Lu}\.){1,3}$/u

/** Inside a link, an address or a file name a name has no marks. */
const isJoined = (text: string, start: number, end: number): boolean => {
  if (/^[._@/\\][\p{L}\p{N}]/u.test(text.slice(end, end + 2))) return true
  const lead = text.slice(Math.max(0, start - 8), start)
  return /[\p{L}\p{N}][._@/\\]$/u.test(lead) && !CUT_SHORT.test(lead)
}

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
  // Capitals at a dot are words cut short or run together; links and addresses are in small letters.
  const abbreviated =
    raw === term.from && style === 'title' && !/[_@/\\]/.test(text.charAt(start - 1) + text.charAt(end))
  return isJoined(text, start, end) && !abbreviated ? plain(said) : said
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

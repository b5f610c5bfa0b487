import type { Sighting } from './finder.ts'
import { fold, isWide, styleOf, tokensOf } from './fold.ts'
import { isFormIn } from './inflection.ts'
import { NOBLE, OPENING, ORDINARY, TITLES, WIDE_TITLES } from './names/lexicon.ts'
import type { Direction, Term } from './terms.ts'

/** Where somebody found a name or an address: inside, a word that could mean something else does not. */
export interface Region {
  readonly start: number
  readonly end: number
}

interface Question {
  readonly text: string
  readonly sightings: readonly Sighting[]
  readonly index: number
  readonly term: Term
  readonly direction: Direction
  readonly regions: readonly Region[]
  /** What the request is written in; '' where nothing tells. */
  readonly language: string
}

const BESIDE = /^[\s.,_@'’‘*·・\u00a0-]{0,4}$/
const LONGEST_GAP = 24
const NEAR = 40
const LONG_ENOUGH = 5

/** Regions are in order and do not overlap. */
const isWithin = (regions: readonly Region[], { start, end }: Sighting): boolean => {
  let low = 0
  let high = regions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((regions[middle]?.end ?? 0) < end) low = middle + 1
    else high = middle
  }
  const region = regions[low]
  return region !== undefined && region.start <= start && end <= region.end
}

const isPart = (sighting: Sighting | undefined, place: boolean): sighting is Sighting =>
  sighting?.terms.some((term) => term.part && (term.entry.role === 'place') === place) === true

/** Whether nothing stands there but what a name has between its words: blanks, particles, the O of O'Brien. */
const isInside = (gap: string): boolean => {
  if (BESIDE.test(gap)) return true
  if (gap.length > LONGEST_GAP) return false
  const words = tokensOf(gap)
  const rest = words.reduceRight((all, { start, end }) => all.slice(0, start) + all.slice(end), gap)
  if (!/^[\s'’‘`-]*$/.test(rest) || words.length > 3) return false
  return words.every(
    ({ fold: word, end }) => NOBLE.has(word) || (/^[dol]$/.test(word) && /['’‘`]/.test(gap.charAt(end))),
  )
}

/**
 * Whether the word beside one that may be a word of the language makes a name with it. In `Weiß Anna davon?` and
 * `Anna Will will come` somebody found the name, and the word is not in it.
 */
const joins = ({ text, regions, term }: Question, own: Sighting, other: Sighting): boolean => {
  const folded = fold(term.from)
  if (!OPENING.has(folded) && !ORDINARY.has(folded)) return true
  const lower = (one: Sighting): boolean => styleOf(text.slice(one.start, one.end)) === 'lower'
  if (lower(own) && styleOf(term.from) !== 'lower' && !lower(other)) return false
  if (!OPENING.has(folded) || !isWithin(regions, other)) return true
  const given = term.entry.role === 'given'
  return other.start < own.start || given || text.slice(own.end, other.start).includes(',')
}

/** Another word of a name right before or behind. */
const besideName = (question: Question, own: Sighting): boolean => {
  const { text, sightings, index } = question
  const before = sightings[index - 1]
  const after = sightings[index + 1]
  if (isPart(before, false) && isInside(text.slice(before.end, own.start)) && joins(question, own, before))
    return true
  return isPart(after, false) && isInside(text.slice(own.end, after.start)) && joins(question, own, after)
}

/** A title or a given name's letter right before. */
const introduced = (text: string, start: number): boolean => {
  const lead = text.slice(Math.max(0, start - 16), start)
  const last = tokensOf(lead).at(-1)
  if (last === undefined || !/^[\s.]{1,3}$/.test(lead.slice(last.end))) return false
  return (
    TITLES.has(last.fold) ||
    (/^\p{Lu}$/u.test(lead.slice(last.start, last.end)) && lead.charAt(last.end) === '.')
  )
}

/** A particle of a name right before: `Da silva`. */
const behindParticle = (text: string, start: number): boolean => {
  const lead = text.slice(Math.max(0, start - 8), start)
  const last = tokensOf(lead).at(-1)
  return last !== undefined && NOBLE.has(last.fold) && /^\s{1,2}$/.test(lead.slice(last.end))
}

const SENTENCE_END = /[.!?:\n"“”„»«>(*[\]#|]\s*$/

const midSentence = (text: string, start: number): boolean => {
  const lead = text.slice(Math.max(0, start - 6), start)
  return lead.trim() !== '' && !SENTENCE_END.test(lead)
}

/** A word by itself, as in a list or before a genitive's s; not the first of a sentence. */
const standsAlone = (text: string, end: number): boolean =>
  !/^[*_`"'”’)\]]{0,3}[ \t\u00a0]?[\p{L}\p{N}]/u.test(text.slice(end, end + 6)) ||
  /^['’]s(?!\p{L})/u.test(text.slice(end, end + 4))

const wideMeant = ({ text, sightings, index, term }: Question, own: Sighting): boolean => {
  // A single character is a name only beside the other half of it, or before a form of address.
  if ([...term.from].length > 1) return true
  const other = term.entry.role === 'given' ? sightings[index - 1] : sightings[index + 1]
  const wanted = term.entry.role === 'given' ? 'family' : 'given'
  if (other?.terms.some((one) => one.entry.role === wanted) === true) {
    const gap = text.slice(Math.min(own.end, other.end), Math.max(own.start, other.start))
    if (/^[\s·・]{0,2}$/.test(gap)) return true
  }
  const behind = text.slice(own.end, own.end + 8).trimStart()
  return term.entry.role === 'family' && WIDE_TITLES.some((title) => behind.startsWith(title))
}

/** Another word of an address near by, with no more than two numbers of ours between. */
const nearPlace = ({ sightings, index }: Question, own: Sighting): boolean => {
  for (let away = 1; away <= 3; away += 1) {
    const before = sightings[index - away]
    const after = sightings[index + away]
    if (isPart(before, true) && own.start - before.end <= NEAR) return true
    if (isPart(after, true) && after.start - own.end <= NEAR) return true
  }
  return false
}

const styleMeant = (raw: string, term: Term): boolean => {
  const style = styleOf(raw)
  if (raw === term.from || style === 'title' || style === 'upper' || style === 'mixed') return true
  // What is covered without need comes back in the answer; what is not covered is gone.
  return styleOf(term.from) === 'lower' || term.from.length >= LONG_ENOUGH
}

/** Whether a word that is spelled like part of a name or an address means it. Stand-ins always do. */
export const isMeant = (question: Question): boolean => {
  const { text, sightings, index, term, direction, regions } = question
  const own = sightings[index]
  if (own === undefined) return false
  if (!term.part) return true
  if (isWithin(regions, own)) return true
  if (isWide(term.from)) return term.entry.role === 'place' || wideMeant(question, own)
  if (direction === 'restore') return true
  if (!isFormIn(question.language, fold(own.ending), term.entry.inflection)) return false
  const raw = text.slice(own.start, own.end - own.ending.length)
  if (term.entry.role === 'place') {
    if (nearPlace(question, own)) return true
    return !ORDINARY.has(fold(term.from)) && term.from.length >= LONG_ENOUGH && styleOf(raw) !== 'lower'
  }
  if (besideName(question, own)) return true
  if (styleOf(raw) === styleOf(term.from) && behindParticle(text, own.start)) return true
  if (OPENING.has(fold(term.from)) || term.from.length <= 2) {
    if (introduced(text, own.start)) return true
    if (styleOf(raw) === 'title' && midSentence(text, own.start)) return true
    return styleOf(raw) !== 'lower' && term.from.length > 2 && standsAlone(text, own.end)
  }
  if (ORDINARY.has(fold(term.from))) return styleOf(raw) !== 'lower' || introduced(text, own.start)
  return styleMeant(raw, term)
}

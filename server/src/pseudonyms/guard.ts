import type { Sighting } from './finder.ts'
import { fold, isWide, styleOf, tokensOf } from './fold.ts'
import { OPENING, ORDINARY, TITLES, WIDE_TITLES } from './names/lexicon.ts'
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
}

const BESIDE = /^[\s.,_@'’‘*·・\u00a0-]{0,4}$/
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

/** Another word of a name right before or behind. */
const besideName = ({ text, sightings, index }: Question, own: Sighting): boolean => {
  const before = sightings[index - 1]
  const after = sightings[index + 1]
  if (isPart(before, false) && BESIDE.test(text.slice(before.end, own.start))) return true
  return isPart(after, false) && BESIDE.test(text.slice(own.end, after.start))
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

const SENTENCE_END = /[.!?:\n"“”„»«>(*[\]#|]\s*$/

const midSentence = (text: string, start: number): boolean => {
  const lead = text.slice(Math.max(0, start - 6), start)
  return lead.trim() !== '' && !SENTENCE_END.test(lead)
}

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

const nearPlace = ({ sightings, index }: Question, own: Sighting): boolean => {
  const before = sightings[index - 1]
  const after = sightings[index + 1]
  if (isPart(before, true) && own.start - before.end <= NEAR) return true
  return isPart(after, true) && after.start - own.end <= NEAR
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
  const raw = text.slice(own.start, own.end - own.ending.length)
  if (term.entry.role === 'place') {
    if (nearPlace(question, own)) return true
    return !ORDINARY.has(fold(term.from)) && term.from.length >= LONG_ENOUGH && styleOf(raw) !== 'lower'
  }
  if (besideName(question, own)) return true
  if (OPENING.has(fold(term.from)) || term.from.length <= 2) {
    if (introduced(text, own.start)) return true
    return styleOf(raw) === 'title' && midSentence(text, own.start)
  }
  if (ORDINARY.has(fold(term.from))) return styleOf(raw) !== 'lower' || introduced(text, own.start)
  return styleMeant(raw, term)
}

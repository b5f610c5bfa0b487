import type { Kind } from '../domain/index.ts'
import { type Day, datesIn, dayKey, dayOfKey, openDate, writtenLike } from './dates.ts'
import { Finder, type Sighting } from './finder.ts'
import { isWide, type Token, tokensOf } from './fold.ts'
import { isMeant, type Region } from './guard.ts'
import { LONGEST_ENDING } from './inflection.ts'
import { Initials } from './initials.ts'
import { LastFour } from './last-four.ts'
import type { Entry, MappingData } from './mapping.ts'
import { isFixedPlaceWord } from './names/places.ts'
import { say } from './say.ts'
import { allTerms, type Direction, type Term } from './terms.ts'

/** A place to be rewritten; `text` null where it can't be said what stands for it. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly text: string | null
  readonly type: string
  readonly kind: Kind
  readonly key: string
}

/** House numbers are understood this near to a word of an address. */
const NEAR = 40
/** What tells that a character is a family name stands this near behind it. */
const BEHIND = 6

const isHouseNumber = (term: Term): boolean => term.entry.form === 'number' && term.entry.role === 'place'
const isCharacter = (term: Term): boolean => term.part && term.from.length === 1 && isWide(term.from)
const isPlaceTerm = ({ entry }: Term): boolean => entry.form === 'part' && entry.role === 'place'
const isPlace = (sighting: Sighting): boolean => sighting.terms.some(isPlaceTerm)

/** Whether only what belongs to an address stands between a number and a word of one. */
const belongs = (text: string, from: number, to: number): boolean => {
  if (to - from > NEAR) return false
  const gap = text.slice(from, to)
  if (/[;:()!?#<>="]/.test(gap)) return false
  return tokensOf(gap).every(
    ({ start, end, sort }) => sort === 'digits' || isFixedPlaceWord(gap.slice(start, end)) || sort === 'wide',
  )
}

const isDecimal = (text: string, { start, end }: Sighting): boolean =>
  /\d[.,]$/.test(text.slice(Math.max(0, start - 2), start)) || /^[.,]\d/.test(text.slice(end, end + 2))

/** Numbers that stand beside words of an address. */
const nearPlace = (text: string, sightings: readonly Sighting[]): ReadonlySet<Sighting> => {
  const near = new Set<Sighting>()
  let place: Sighting | null = null
  for (const one of sightings) {
    if (isPlace(one)) place = one
    else if (place !== null && belongs(text, place.end, one.start) && !isDecimal(text, one)) near.add(one)
  }
  place = null
  for (const one of [...sightings].reverse()) {
    if (isPlace(one)) place = one
    else if (place !== null && belongs(text, one.end, place.start) && !isDecimal(text, one)) near.add(one)
  }
  return near
}

const withoutOverlap = (matches: readonly Match[]): readonly Match[] => {
  const kept: Match[] = []
  for (const match of [...matches].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1)
    if (last === undefined || match.start >= last.end) kept.push(match)
    else if (match.end - match.start > last.end - last.start) kept.splice(-1, 1, match)
  }
  return kept
}

interface KnownDay {
  readonly entry: Entry
  /** As it was written when it was met, and what stands for that. */
  readonly from: string
  readonly surface: string
  readonly to: Day
  /** False where the original's own way of writing left open which number is the month. */
  readonly sure: boolean
}

const NO_REGIONS: readonly Region[] = []

/** Finds what is to be rewritten in one direction: every value of a mapping in every spelling that we know of. */
export class Matcher {
  readonly #direction: Direction
  readonly #language: string
  readonly #finder: Finder
  readonly #initials: Initials
  readonly #lastFour: LastFour
  readonly #days = new Map<string, KnownDay>()
  readonly #numbers = new Set<number>()
  readonly #months = new Set<number>()
  readonly #houses: boolean
  /** How far behind a house's number what tells of it may end. */
  readonly #reach: number
  readonly #phones: boolean
  /** Whether there are family names of one character. */
  readonly #characters: boolean

  /** `language`: of the texts, '' where nothing tells. */
  constructor(data: MappingData, direction: Direction, more: readonly Term[] = [], language = '') {
    this.#direction = direction
    this.#language = language
    const terms = [...more, ...allTerms(data, direction)]
    this.#finder = new Finder(terms)
    this.#houses = terms.some(isHouseNumber)
    this.#reach = NEAR + Math.max(0, ...terms.filter(isPlaceTerm).map(({ from }) => from.length))
    this.#characters = terms.some(isCharacter)
    this.#phones = terms.some((term) => term.entry.type === 'PHONE')
    this.#initials = new Initials(data, direction)
    this.#lastFour = new LastFour(data.entries, direction)
    for (const entry of data.entries) if (entry.form === 'date') this.#addDay(entry)
  }

  #addDay(entry: Entry): void {
    const cover = this.#direction === 'cover'
    const [from, surface] = cover ? [entry.original, entry.standIn] : [entry.standIn, entry.original]
    // The day of a stand-in is beyond the 12th, so that there is one reading; the original's was decided once.
    const own = datesIn(entry.standIn)[0]?.readings[0]?.day
    const { day: original, sure } = dayOfKey(entry.key)
    if (own === undefined) return
    const [day, to] = cover ? [original, own] : [own, original]
    this.#days.set(dayKey(day), { entry, from, surface, to, sure: sure || cover })
    for (const one of [day.day, day.month, day.year, day.year % 100]) this.#numbers.add(one)
    this.#months.add(day.month)
  }

  get isEmpty(): boolean {
    return this.#finder.size === 0 && this.#days.size === 0
  }

  /** What is to be rewritten in a whole text, in order and without overlap. In `regions` a name is meant in any case. */
  matches(text: string, regions: readonly Region[] = NO_REGIONS, tokens = tokensOf(text)): readonly Match[] {
    const sightings = this.#finder.find(text, tokens)
    const near = this.#houses ? nearPlace(text, sightings) : null
    const matches: Match[] = []
    const counted: Sighting[] = []
    sightings.forEach((sighting, index) => {
      const match = this.#match(text, sightings, index, near, regions)
      if (match === null) return
      matches.push(match)
      counted.push(sighting)
    })
    matches.push(
      ...this.#dates(text),
      ...this.#initials.matches(text, counted),
      ...this.#lastFour.matches(text),
    )
    return withoutOverlap(matches)
  }

  #match(
    text: string,
    sightings: readonly Sighting[],
    index: number,
    near: ReadonlySet<Sighting> | null,
    regions: readonly Region[],
  ): Match | null {
    const sighting = sightings[index]
    if (sighting === undefined) return null
    const terms = sighting.terms.filter(
      (term) =>
        (!isHouseNumber(term) || near?.has(sighting) === true) &&
        isMeant({
          text,
          sightings,
          index,
          term,
          regions,
          direction: this.#direction,
          language: this.#language,
        }),
    )
    return say(text, sighting, terms, this.#direction)
  }

  #dates(text: string): readonly Match[] {
    if (this.#days.size === 0) return []
    return datesIn(text).flatMap(({ start, end, readings }): Match[] => {
      const known = readings.flatMap((reading) => {
        const own = this.#days.get(dayKey(reading.day))
        return own === undefined ? [] : [{ ...own, pieces: reading.pieces }]
      })
      const [one] = known
      if (one === undefined) return []
      const { type, kind, key } = one.entry
      const raw = text.slice(start, end)
      const spellings = new Set(
        known.map(({ pieces, to, from, surface, sure }) =>
          raw === from ? surface : sure ? writtenLike(pieces, to) : null,
        ),
      )
      const alone = new Set(known.map(({ entry }) => entry.key)).size === 1
      const [said = null] = spellings
      return [{ start, end, type, kind, key, text: alone ? said : null }]
    })
  }

  /** Entries whose spelling stands somewhere in a text, whatever is meant by it. */
  keysIn(text: string): readonly string[] {
    const tokens = tokensOf(text)
    const sightings = this.#finder.find(text, tokens)
    const near = this.#houses ? nearPlace(text, sightings) : null
    const keys = sightings.flatMap((sighting) =>
      sighting.terms
        .filter((term) => !isHouseNumber(term) || near?.has(sighting) === true)
        .map((term) => term.entry.key),
    )
    return [...keys, ...this.#dates(text).map((match) => match.key)]
  }

  /** Offset from which what stands may still become or change a match, once more text comes; the length where nothing can. */
  openFrom(text: string, from: number, matches: readonly Match[], tokens: readonly Token[]): number {
    let cut = this.#finder.openFrom(text, tokens, from)
    if (this.#days.size > 0) cut = Math.min(cut, openDate(text, this.#numbers, this.#months))
    cut = Math.min(cut, this.#lastFour.openFrom(text))
    if (this.#houses || this.#characters) cut = Math.min(cut, this.#openAround(text, tokens, from))
    for (const match of matches) if (match.end > text.length - 3) cut = Math.min(cut, match.start)
    cut = Math.min(cut, this.#initials.openFrom(text.slice(0, cut)))
    while (this.#phones && cut > from && /[+(]/.test(text.charAt(cut - 1))) cut -= 1
    if (/[\ud800-\udbff]$/.test(text)) cut = Math.min(cut, text.length - 1)
    for (const match of [...matches].reverse()) if (match.start < cut && match.end > cut) cut = match.start
    return Math.max(cut, from)
  }

  /** A house's number before its road, a family name of one character before what tells that it is one. */
  #openAround(text: string, tokens: readonly Token[], from: number): number {
    const sightings = this.#finder.find(text, tokens)
    const near = this.#houses ? nearPlace(text, sightings) : null
    for (const one of sightings) {
      if (one.start < from) continue
      if (one.end > text.length - BEHIND && one.terms.some(isCharacter)) return one.start
      if (one.end < text.length - this.#reach - LONGEST_ENDING || near?.has(one) === true) continue
      if (one.terms.some(isHouseNumber)) return one.start
    }
    return text.length
  }
}

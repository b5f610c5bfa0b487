import { MOST_CLASSES, step } from './automaton.ts'
import { DIGIT, SORT } from './characters.ts'
import { isEscapeSign } from './decode.ts'
import { isNotable } from './normalise.ts'
import { unitsOf } from './units.ts'
import { AUTOMATON, type Group, groupIndex } from './vocabulary.ts'
import { beginHits, hasGroup, noteHits, takeHits, type WordHits } from './word-hits.ts'

/** One word of the vocabulary, found. */
export interface WordHit {
  readonly start: number
  readonly end: number
  /** The word as the vocabulary spells it. */
  readonly word: string
}

/**
 * A text read once. Everything a detector may ask for without going over the text again: where words of the
 * vocabulary stand, where runs of letters and digits with a digit in them stand, where each `@` is.
 */
export interface Reading {
  readonly text: string
  /** Flat pairs [start, end) of ASCII letter-digit runs that a number may start with. */
  readonly tokens: readonly number[]
  readonly ats: readonly number[]
  /** Flat pairs [start, end) of runs of 16 and more of what base64 is written with, in either alphabet. */
  readonly runs: readonly number[]
  /** Flat pairs [start, end) of stretches where letters and digits stand one or two at a time: spelled, not written. */
  readonly spelled: readonly number[]
  /** True where a unit above 0x7f occurs. */
  readonly wide: boolean
  /** True where something occurs that is not as plain as it could be: invisible, full-width, of another script. */
  readonly notable: boolean
  /** True where a sign occurs that escapes are made with. */
  readonly escaped: boolean
  has(group: Group): boolean
  words(group: Group): readonly WordHit[]
  /** Whether a word of the group ends at most `before` units ahead of `start` or begins at most `after` units behind `end`. */
  near(group: Group, start: number, end: number, before: number, after?: number): boolean
}

/** A shorter run hides nothing worth decoding. */
const SHORTEST_RUN = 16
const IN_TOKEN = 0x400
const IS_DIGIT = 0x800
const IN_RUN = 0x1000
const NOTABLE = 0x2000
const ESCAPE = 0x4000

/** All that is asked of a unit, in one look: its class in the automaton, what runs it belongs to, what it may hide. */
const UNITS = Uint16Array.from(AUTOMATON.classes, (letter, unit) => {
  const sort = SORT[unit] ?? 0
  const run = sort !== 0 || (unit < 0x80 && '_+/=-'.includes(String.fromCharCode(unit)))
  return (
    letter |
    (sort === 0 ? 0 : IN_TOKEN) |
    (sort === DIGIT ? IS_DIGIT : 0) |
    (run ? IN_RUN : 0) |
    (isNotable(unit) ? NOTABLE : 0) |
    (isEscapeSign(unit) ? ESCAPE : 0)
  )
})

/* Constants of this module alone are part of the compiled loop; what another one exports is fetched anew at each use. */
const CLASS = MOST_CLASSES
const SORTS = SORT

/** Letters or digits that stand alone, in a row: this many are no prose, ... */
const FEWEST_SPELLED = 6
/** ... and no more than these units stand between two of them. */
const WIDEST_GAP = 6
const LONGEST_SHORT = 2

/** Stretches of tokens so short that something may be spelled out in them. */
class Spelled {
  found: number[] = []
  #start = 0
  #end = -1
  count = 0

  add(start: number, end: number): void {
    if (start - this.#end > WIDEST_GAP) this.close()
    if (this.count === 0) this.#start = start
    this.count += 1
    this.#end = end
  }

  close(): void {
    if (this.count >= FEWEST_SPELLED) this.found.push(this.#start, this.#end)
    this.count = 0
  }

  /** The stretches of the text that is over; the next one begins. */
  take(): readonly number[] {
    this.close()
    const { found } = this
    if (found.length > 0) this.found = []
    this.#end = -1
    return found.length > 0 ? found : NO_PLACES
  }
}

const NO_PLACES: readonly number[] = []
const SPELLED = new Spelled()

const { next: NEXT, width: WIDTH, silent: SILENT, loud: LOUD } = AUTOMATON

/** Reads a text in one pass of constant work per character. */
export const read = (text: string): Reading => {
  const units = unitsOf(text)
  const { length } = text
  const tokens: number[] = []
  const ats: number[] = []
  const runs: number[] = []
  let state = 0
  let tokenStart = 0
  let runStart = 0
  let digits = 0
  let seen = 0
  let all = 0
  beginHits()
  for (let i = 0; i <= length; i += 1) {
    const unit = units[i] ?? 0
    const traits = UNITS[unit] ?? 0
    if ((traits & IN_TOKEN) === 0) {
      // Most states in which words end are inside other words, where none does.
      if (state >= SILENT && state < LOUD) noteHits(text, state, i)
      const size = i - tokenStart
      if (size > 0) {
        if (size <= LONGEST_SHORT) SPELLED.add(tokenStart, i)
        else if (SPELLED.count > 0) SPELLED.close()
        if ((digits & IS_DIGIT) !== 0 || (size <= LONGEST_LEAD && leadsNumber(units, unit, i))) {
          tokens.push(tokenStart, i)
        }
      }
      tokenStart = i + 1
      seen |= unit
      all |= digits | traits
      digits = 0
      if ((traits & IN_RUN) === 0) {
        if (i - runStart >= SHORTEST_RUN) runs.push(runStart, i)
        runStart = i + 1
        if (unit === 0x40) ats.push(i)
      }
    } else digits |= traits
    const letter = traits & CLASS
    state = letter < WIDTH ? (NEXT[state * WIDTH + letter] ?? 0) : step(AUTOMATON, state, letter)
    if (state >= LOUD) noteHits(text, state, i + 1)
  }
  const traits = { wide: seen > 0x7f, notable: (all & NOTABLE) !== 0, escaped: (all & ESCAPE) !== 0 }
  return new TextReading({ text, tokens, ats, runs, spelled: SPELLED.take(), ...traits }, takeHits())
}

/** "AB 12 34": letters alone that a formatted number may begin with. */
const LONGEST_LEAD = 4
const leadsNumber = (units: Uint16Array, unit: number, end: number): boolean =>
  (unit === 0x20 || (unit >= 0x2d && unit <= 0x2f)) && SORTS[units[end + 1] ?? 0] === DIGIT

const NONE: readonly WordHit[] = []

class TextReading implements Reading {
  readonly text: string
  readonly tokens: readonly number[]
  readonly ats: readonly number[]
  readonly runs: readonly number[]
  readonly spelled: readonly number[]
  readonly wide: boolean
  readonly notable: boolean
  readonly escaped: boolean
  readonly #hits: WordHits
  #words: Map<number, readonly WordHit[]> | null = null

  constructor(seen: Omit<Reading, 'has' | 'words' | 'near'>, hits: WordHits) {
    this.text = seen.text
    this.tokens = seen.tokens
    this.ats = seen.ats
    this.runs = seen.runs
    this.spelled = seen.spelled
    this.wide = seen.wide
    this.notable = seen.notable
    this.escaped = seen.escaped
    this.#hits = hits
  }

  has(group: Group): boolean {
    return hasGroup(this.#hits, groupIndex(group))
  }

  words(group: Group): readonly WordHit[] {
    const index = groupIndex(group)
    if (!hasGroup(this.#hits, index)) return NONE
    this.#words ??= new Map()
    const known = this.#words.get(index)
    if (known !== undefined) return known
    const words = this.#wordsOf(index)
    this.#words.set(index, words)
    return words
  }

  #wordsOf(index: number): readonly WordHit[] {
    const { groups, bounds, ends, words } = this.#hits
    const place = groups.indexOf(index)
    const found: WordHit[] = []
    for (let i = bounds[place] ?? 0; i < (bounds[place + 1] ?? 0); i += 1) {
      const word = AUTOMATON.entries[words[i] ?? 0]?.word ?? ''
      const end = ends[i] ?? 0
      found.push({ start: end - word.length, end, word })
    }
    return found
  }

  near(group: Group, start: number, end: number, before: number, after = 0): boolean {
    const index = groupIndex(group)
    if (!hasGroup(this.#hits, index)) return false
    const { groups, bounds, ends, words } = this.#hits
    const place = groups.indexOf(index)
    const first = bounds[place] ?? 0
    const last = bounds[place + 1] ?? 0
    let low = first
    let high = last
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) <= start) low = middle + 1
      else high = middle
    }
    if (low > first && start - (ends[low - 1] ?? 0) <= before) return true
    if (after === 0) return false
    // Words overlapping the number itself stand between; few, as words and numbers are short.
    for (let i = low; i < last && (ends[i] ?? 0) <= end + after + 40; i += 1) {
      const from = (ends[i] ?? 0) - (AUTOMATON.entries[words[i] ?? 0]?.word.length ?? 0)
      if (from >= end && from - end <= after) return true
    }
    return false
  }
}

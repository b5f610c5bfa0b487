import { MOST_CLASSES, step } from './automaton.ts'
import { DIGIT, isWordAt, SORT, sortAt } from './characters.ts'
import { isEscapeSign } from './decode.ts'
import { isNotable } from './normalise.ts'
import { AUTOMATON, GROUP_COUNT, type Group, groupIndex } from './vocabulary.ts'

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

class Hits {
  readonly starts: number[] = []
  readonly ends: number[] = []
  readonly words: number[] = []
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

/** Letters or digits that stand alone, in a row: this many are no prose, ... */
const FEWEST_SPELLED = 6
/** ... and no more than these units stand between two of them. */
const WIDEST_GAP = 6
const LONGEST_SHORT = 2

/** Stretches of tokens so short that something may be spelled out in them. */
class Spelled {
  readonly found: number[] = []
  #start = 0
  #end = -1
  #count = 0

  add(start: number, end: number): void {
    if (start - this.#end > WIDEST_GAP) this.close()
    if (this.#count === 0) this.#start = start
    this.#count += 1
    this.#end = end
  }

  close(): void {
    if (this.#count >= FEWEST_SPELLED) this.found.push(this.#start, this.#end)
    this.#count = 0
  }
}

const { next: NEXT, width: WIDTH, silent: SILENT } = AUTOMATON

/** 1 for states in which only words end that a letter behind them would make others: most are such, inside other words. */
const WHOLE = Uint8Array.from(AUTOMATON.outputs, (ends) =>
  ends?.every((index) => AUTOMATON.entries[index]?.right === true) === true ? 1 : 0,
)

/** Reads a text in one pass of constant work per character. */
export const read = (text: string): Reading => {
  const groups: (Hits | undefined)[] = new Array(GROUP_COUNT)
  const tokens: number[] = []
  const ats: number[] = []
  const runs: number[] = []
  const spelled = new Spelled()
  let state = 0
  let tokenStart = 0
  let runStart = 0
  let digits = 0
  let seen = 0
  let all = 0
  for (let i = 0; i <= text.length; i += 1) {
    const unit = i < text.length ? text.charCodeAt(i) : 0
    const traits = UNITS[unit] ?? 0
    seen |= unit
    digits |= traits
    if ((traits & IN_TOKEN) === 0) {
      const length = i - tokenStart
      if (length > 0) {
        if (length <= LONGEST_SHORT) spelled.add(tokenStart, i)
        else spelled.close()
        if ((digits & IS_DIGIT) !== 0 || leadsNumber(text, tokenStart, i)) tokens.push(tokenStart, i)
      }
      tokenStart = i + 1
      all |= digits
      digits = 0
      if ((traits & IN_RUN) === 0) {
        if (i - runStart >= SHORTEST_RUN) runs.push(runStart, i)
        runStart = i + 1
        if (unit === 0x40) ats.push(i)
      }
    }
    const letter = traits & MOST_CLASSES
    state = letter < WIDTH ? (NEXT[state * WIDTH + letter] ?? 0) : step(AUTOMATON, state, letter)
    if (state >= SILENT && !(WHOLE[state] === 1 && sortAt(text, i + 1) !== 0)) {
      record(groups, text, state, i + 1)
    }
  }
  spelled.close()
  const traits = { wide: seen > 0x7f, notable: (all & NOTABLE) !== 0, escaped: (all & ESCAPE) !== 0 }
  return new TextReading({ text, tokens, ats, runs, spelled: spelled.found, ...traits }, groups)
}

/** "AB 12 34": letters alone that a formatted number may begin with. */
const leadsNumber = (text: string, start: number, end: number): boolean =>
  end - start <= 4 && sortAt(text, end + 1) === DIGIT && SEPARATORS.includes(text.charAt(end))

const SEPARATORS = ' -./'

const record = (groups: (Hits | undefined)[], text: string, state: number, end: number): void => {
  const { outputs, entries } = AUTOMATON
  for (const index of outputs[state] ?? []) {
    const entry = entries[index]
    if (entry === undefined) continue
    const start = end - entry.word.length
    if ((entry.left && isWordAt(text, start - 1)) || (entry.right && isWordAt(text, end))) continue
    for (const group of entry.groups) {
      const hits = groups[group] ?? new Hits()
      groups[group] = hits
      hits.starts.push(start)
      hits.ends.push(end)
      hits.words.push(index)
    }
  }
}

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
  readonly #groups: readonly (Hits | undefined)[]
  readonly #words = new Map<number, readonly WordHit[]>()

  constructor(seen: Omit<Reading, 'has' | 'words' | 'near'>, groups: readonly (Hits | undefined)[]) {
    this.text = seen.text
    this.tokens = seen.tokens
    this.ats = seen.ats
    this.runs = seen.runs
    this.spelled = seen.spelled
    this.wide = seen.wide
    this.notable = seen.notable
    this.escaped = seen.escaped
    this.#groups = groups
  }

  has(group: Group): boolean {
    return this.#groups[groupIndex(group)] !== undefined
  }

  words(group: Group): readonly WordHit[] {
    const index = groupIndex(group)
    const hits = this.#groups[index]
    if (hits === undefined) return NONE
    const known = this.#words.get(index)
    if (known !== undefined) return known
    const words = hits.starts.map((start, i) => ({
      start,
      end: hits.ends[i] ?? start,
      word: AUTOMATON.entries[hits.words[i] ?? 0]?.word ?? '',
    }))
    this.#words.set(index, words)
    return words
  }

  near(group: Group, start: number, end: number, before: number, after = 0): boolean {
    const hits = this.#groups[groupIndex(group)]
    if (hits === undefined) return false
    const { starts, ends } = hits
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) <= start) low = middle + 1
      else high = middle
    }
    if (low > 0 && start - (ends[low - 1] ?? 0) <= before) return true
    if (after === 0) return false
    // Words overlapping the number itself stand between; few, as words and numbers are short.
    for (let i = low; i < ends.length && (ends[i] ?? 0) <= end + after + 40; i += 1) {
      const from = starts[i] ?? 0
      if (from >= end && from - end <= after) return true
    }
    return false
  }
}

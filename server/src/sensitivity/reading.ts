import { type Automaton, STATE, step } from './automaton.ts'
import { DIGIT, isWordAt, SORT, sortAt } from './characters.ts'
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
  /** True where a unit above 0x7f occurs. */
  readonly wide: boolean
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
const IN_TOKEN = 0x100
const IS_DIGIT = 0x200
const IN_RUN = 0x400

/** All that is asked of a unit, in one look: its class in the automaton, and what runs it belongs to. */
const UNITS = Uint16Array.from(AUTOMATON.classes, (letter, unit) => {
  const sort = SORT[unit] ?? 0
  const run = sort !== 0 || (unit < 0x80 && '_+/=-'.includes(String.fromCharCode(unit)))
  return letter | (sort === 0 ? 0 : IN_TOKEN) | (sort === DIGIT ? IS_DIGIT : 0) | (run ? IN_RUN : 0)
})

/** Reads a text in one pass of constant work per character. */
export const read = (text: string): Reading => {
  const groups: (Hits | undefined)[] = new Array(GROUP_COUNT)
  const tokens: number[] = []
  const ats: number[] = []
  const runs: number[] = []
  let state = 0
  let tokenStart = 0
  let runStart = 0
  let digits = 0
  let seen = 0
  for (let i = 0; i <= text.length; i += 1) {
    const unit = i < text.length ? text.charCodeAt(i) : 0
    const traits = UNITS[unit] ?? 0
    seen |= unit
    digits |= traits
    if ((traits & IN_TOKEN) === 0) {
      if (i > tokenStart && ((digits & IS_DIGIT) !== 0 || leadsNumber(text, tokenStart, i))) {
        tokens.push(tokenStart, i)
      }
      tokenStart = i + 1
      digits = 0
      if ((traits & IN_RUN) === 0) {
        if (i - runStart >= SHORTEST_RUN) runs.push(runStart, i)
        runStart = i + 1
        if (unit === 0x40) ats.push(i)
      }
    }
    const to = step(AUTOMATON, state, traits & 0xff)
    state = to & STATE
    if (to !== state) record(AUTOMATON, groups, text, state, i + 1)
  }
  return new TextReading({ text, tokens, ats, runs, wide: seen > 0x7f }, groups)
}

/** "AB 12 34": letters alone that a formatted number may begin with. */
const leadsNumber = (text: string, start: number, end: number): boolean =>
  end - start <= 4 && sortAt(text, end + 1) === DIGIT && SEPARATORS.includes(text.charAt(end))

const SEPARATORS = ' -./'

const record = (
  automaton: Automaton,
  groups: (Hits | undefined)[],
  text: string,
  state: number,
  end: number,
): void => {
  for (const index of automaton.outputs[state] ?? []) {
    const entry = automaton.entries[index]
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

class TextReading implements Reading {
  readonly text: string
  readonly tokens: readonly number[]
  readonly ats: readonly number[]
  readonly runs: readonly number[]
  readonly wide: boolean
  readonly #groups: readonly (Hits | undefined)[]

  constructor(
    seen: Pick<Reading, 'text' | 'tokens' | 'ats' | 'runs' | 'wide'>,
    groups: readonly (Hits | undefined)[],
  ) {
    this.text = seen.text
    this.tokens = seen.tokens
    this.ats = seen.ats
    this.runs = seen.runs
    this.wide = seen.wide
    this.#groups = groups
  }

  has(group: Group): boolean {
    return this.#groups[groupIndex(group)] !== undefined
  }

  words(group: Group): readonly WordHit[] {
    const hits = this.#groups[groupIndex(group)]
    if (hits === undefined) return []
    return hits.starts.map((start, i) => ({
      start,
      end: hits.ends[i] ?? start,
      word: AUTOMATON.entries[hits.words[i] ?? 0]?.word ?? '',
    }))
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

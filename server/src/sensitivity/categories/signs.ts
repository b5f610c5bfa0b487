import type { Reading } from '../reading.ts'
import type { Phrase } from './lexicon.ts'
import { weightedLists } from './lists.ts'
import { scan } from './scan.ts'

/** What the phrases of a weighted list add up to where they stand closest: each different phrase once. */
export interface Tally {
  readonly score: number
  /** Different phrases of weight 3 and more. */
  readonly strong: number
  readonly heaviest: Phrase | null
  /** Up to three of the heaviest, to say why. */
  readonly telling: readonly string[]
  /** Where what was added up stands. */
  readonly start: number
  readonly end: number
}

const NOTHING: Tally = { score: 0, strong: 0, heaviest: null, telling: [], start: 0, end: 0 }

/** Different phrases counted at most; more would not change what the text is. */
const MOST_PHRASES = 40
/** Signs further apart than two of these are of different passages. Units. */
export const PASSAGE = 2_000

interface Sign extends Phrase {
  readonly weight: number
}

const isWithin = (sign: Sign, counted: readonly Sign[]): boolean =>
  counted.some((other) => sign.start >= other.start && sign.end <= other.end)

const addUp = (signs: readonly Sign[]): Tally => {
  const counted: Sign[] = []
  const seen = new Set<string>()
  let score = 0
  let start = Number.POSITIVE_INFINITY
  let end = 0
  for (const sign of signs) {
    if (counted.length >= MOST_PHRASES) break
    // A phrase inside a heavier one ("the lessor", "lessor") is not counted again.
    if (seen.has(sign.word) || isWithin(sign, counted)) continue
    seen.add(sign.word)
    counted.push(sign)
    score += sign.weight
    start = Math.min(start, sign.start)
    end = Math.max(end, sign.end)
  }
  const telling = counted.slice(0, 3).map(({ word }) => word)
  const strong = counted.filter(({ weight }) => weight >= 3).length
  return { score, strong, heaviest: counted[0] ?? null, telling, start, end }
}

const passagesOf = (signs: readonly Sign[]): readonly (readonly Sign[])[] => {
  const passages: Sign[][] = []
  for (const sign of signs) {
    const at = Math.floor(sign.start / PASSAGE)
    for (const index of at === 0 ? [0] : [at - 1, at]) {
      passages[index] ??= []
      passages[index]?.push(sign)
    }
  }
  return passages.filter((passage) => passage !== undefined)
}

/** Adds up a weighted list; of a long text, in the passage that has most of it. Made once per list. */
export const tallyOf = (name: string): ((reading: Reading) => Tally) => {
  const lists = weightedLists(name)
  return (reading) => {
    const { phrases } = scan(reading)
    const signs: Sign[] = []
    for (const [list, weight] of lists) {
      const found = phrases[list]
      if (found === undefined) continue
      for (const { start, end, word } of found) signs.push({ start, end, word, weight })
    }
    if (signs.length === 0) return NOTHING
    if (reading.text.length <= 2 * PASSAGE) return addUp(signs)
    return passagesOf(signs)
      .map(addUp)
      .reduce((most, one) => (one.score > most.score ? one : most), NOTHING)
  }
}

/** How many different phrases there are, up to `most`. */
export const countDifferent = (phrases: readonly Phrase[], most: number): number => {
  const seen = new Set<string>()
  for (const { word } of phrases) {
    seen.add(word)
    if (seen.size >= most) break
  }
  return seen.size
}

const SYNTAX =
  /[;{}]\s*(?:\n|$)|^\s*(?:#include|import |from \w+ import|package |using |def |class |func |fn |\/\/|\/\*|--|# )|=>|->|\)\s*\{|::|==|!=|&&|\|\||\breturn\b/gm

/** How much of a text is written in the signs of programming languages; up to 40 of them are counted. */
export const countSyntax = (text: string): number => {
  const found = new Set<string>()
  let count = 0
  for (const match of text.slice(0, 20_000).matchAll(SYNTAX)) {
    found.add(match[0].trim().slice(0, 4))
    count += 1
    if (count >= 40) break
  }
  return Math.min(count, found.size * 3)
}

/** The words that decided, for people; nothing where no word of a list did. */
export const naming = (words: readonly string[]): string =>
  words.length === 0 ? '' : `: ${words.map((word) => `"${word}"`).join(', ')}`

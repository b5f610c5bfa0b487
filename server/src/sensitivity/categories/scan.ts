import type { Reading } from '../reading.ts'
import { type Judgement, judge } from './judge.ts'
import { type Found, findPhrases, type Phrase, type Place } from './lexicon.ts'
import { LEXICON, listIndex } from './lists.ts'
import { countAmounts, numbersIn } from './numbers.ts'

/** What the detectors for whole texts know of a text. */
export interface Scan extends Found {
  readonly judgement: Judgement
  /** The first sixty numbers. */
  readonly numbers: readonly Place[]
  /** Sums of money and percentages among them, up to ten. */
  readonly amounts: number
}

const SCANS = new WeakMap<Reading, Scan>()

const look = (text: string): Scan => {
  let judgement: Judgement | null = null
  let numbers: readonly Place[] = []
  const found = findPhrases(LEXICON, text, (words, phrases) => {
    numbers = numbersIn(text, words)
    judgement = judge({ text, words, phrases, numbers })
  })
  if (judgement === null) throw new RangeError('a text was not judged')
  return { ...found, judgement, numbers, amounts: countAmounts(text, numbers) }
}

/** All phrases of the lexicon in a text that was read, and what it is; looked for once, whoever asks first. */
export const scan = (reading: Reading): Scan => {
  const known = SCANS.get(reading)
  if (known !== undefined) return known
  const found = look(reading.text)
  SCANS.set(reading, found)
  return found
}

const NONE: readonly Phrase[] = []

/** Asks readings for a list's phrases. Throws for a list that does not exist, when it is made. */
export const phrasesOf = (list: string): ((reading: Reading) => readonly Phrase[]) => {
  const index = listIndex(list)
  return (reading) => scan(reading).phrases[index] ?? NONE
}

/** Where a text begins: what is pointed at where the whole decided and no word of a list did. */
export const firstWord = ({ text }: Reading): Place => {
  const start = Math.max(0, text.search(/\S/))
  const length = text.slice(start, start + 40).search(/\s/)
  return { start, end: Math.min(text.length, start + (length === -1 ? 40 : length)) }
}

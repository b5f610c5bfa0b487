import type { Phrase, Words } from './lexicon.ts'
import { listIndex, weightedLists } from './lists.ts'

/** What the model tells apart; code is told by its marks alone. */
export const CLASSES = ['contract', 'financial', 'health'] as const
export const CLASS_COUNT = 3 satisfies typeof CLASSES.length

/** Words and their first five letters are counted in this many places. */
export const BUCKETS = 2 ** 14
const SHIFT = 32 - 14

const NUMBER = 1

/** The place of a number among the weights. */
const bucketOf = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> SHIFT

const isNumber = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

/** Buckets of one passage; used again for the next. Three for a word at most. */
const scratch = { list: new Int32Array(3072) }

export interface Buckets {
  readonly list: Int32Array
  readonly count: number
}

/**
 * A bucket for each word from `first` up to `last`, for it with the one before, and for the beginning of long
 * ones. The list is good until the next call.
 */
export const bucketsOf = (text: string, words: Words, first: number, last: number): Buckets => {
  if (scratch.list.length < (last - first) * 3) scratch.list = new Int32Array((last - first) * 6)
  const { list } = scratch
  let count = 0
  let before = 0
  for (let i = first; i < last; i += 1) {
    const start = words.starts[i] ?? 0
    const number = isNumber(text.charCodeAt(start))
    const hash = number ? NUMBER : (words.hashes[i] ?? 0)
    list[count] = bucketOf(hash)
    count += 1
    if (before !== 0 && !(number && before === NUMBER)) {
      list[count] = bucketOf(Math.imul(before, 31) ^ hash)
      count += 1
    }
    before = hash
    const stem = number ? 0 : (words.stems[i] ?? 0)
    if (stem === 0) continue
    list[count] = bucketOf(stem ^ 0x2545f491)
    count += 1
  }
  return { list, count }
}

type Phrases = readonly (readonly Phrase[] | undefined)[]

const WEIGHTED = ['contract', 'financial', 'subject'].map(weightedLists)
const COUNTED = [
  'condition',
  'drug',
  'clinical',
  'aboutContracts',
  'publicFigures',
  'aboutMedicine',
  'payment',
  'code',
].map(listIndex)

/** What does not come from the words themselves: how much of each list, sums of money, how the text begins. */
export const DENSE_COUNT = WEIGHTED.length * 2 + COUNTED.length + 4

/** Longer passages are all alike. */
const MOST_WORDS = 60

/** Counted at most, of one list. */
const MOST = 12

/** The first phrase that does not begin before an offset. */
const firstFrom = (phrases: readonly Phrase[], from: number): number => {
  let low = 0
  let high = phrases.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((phrases[middle]?.start ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** The different ones so far; so few that going through them is quicker than a set. */
const seen: string[] = new Array(MOST).fill('')

const different = (phrases: readonly Phrase[] | undefined, from: number, to: number): number => {
  if (phrases === undefined) return 0
  let count = 0
  for (let i = firstFrom(phrases, from); i < phrases.length; i += 1) {
    const phrase = phrases[i]
    if (phrase === undefined || phrase.start >= to) break
    let known = 0
    while (known < count && seen[known] !== phrase.word) known += 1
    if (known < count) continue
    seen[count] = phrase.word
    count += 1
    if (count === MOST) break
  }
  return count
}

/** The dense features of the text between two offsets, each about 0 to 3, in `dense`: a new list unless one is given. */
export const denseOf = (
  phrases: Phrases,
  from: number,
  to: number,
  said: { readonly amounts: number; readonly general: boolean; readonly words: number },
  dense: Float64Array = new Float64Array(DENSE_COUNT),
): Float64Array => {
  let at = 0
  for (const lists of WEIGHTED) {
    let score = 0
    let strong = 0
    for (const [list, weight] of lists) {
      const count = different(phrases[list], from, to)
      score += weight * count
      if (weight >= 3) strong += count
    }
    dense[at] = Math.min(3, score / 6)
    dense[at + 1] = Math.min(3, strong / 2)
    at += 2
  }
  for (const list of COUNTED) {
    dense[at] = Math.min(3, different(phrases[list], from, to) / 2)
    at += 1
  }
  dense[at] = Math.min(3, said.amounts / 2)
  dense[at + 1] = said.general ? 1 : 0
  dense[at + 2] = Math.log2(1 + Math.min(MOST_WORDS, said.words)) / 3
  dense[at + 3] = 1
  return dense
}

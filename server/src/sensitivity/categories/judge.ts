import { bucketsOf, CLASS_COUNT, CLASSES, DENSE_COUNT, denseOf } from './features.ts'
import type { Phrase, Place, Words } from './lexicon.ts'
import { probabilities, readModel } from './model.ts'
import { countAmounts } from './numbers.ts'
import { isGeneral } from './questions.ts'
import { WEIGHTS } from './weights.ts'

const MODEL = readModel(WEIGHTS)

type Phrases = readonly (readonly Phrase[] | undefined)[]

/** How sure the classifier is, by class, in the passage that it is surest of. */
export interface Judgement {
  readonly contract: number
  readonly financial: number
  readonly health: number
}

/** Words of one step; a passage is two of them, so that what stands across a border is seen whole. */
const STEP = 64

/** What a passage is judged by, beside where it begins and ends. */
interface Judged {
  readonly text: string
  readonly words: Words
  readonly phrases: Phrases
  readonly numbers: readonly Place[]
}

interface Sums {
  readonly classes: readonly number[]
  readonly count: number
}

const NO_SUMS: Sums = { classes: [0, 0, 0], count: 0 }

/* Constants of this module alone are part of the compiled loop; what goes over a module's border is fetched anew. */
const BUCKETS = MODEL.buckets
const WIDTH = CLASS_COUNT

/** Used again for the next passage. */
const DENSE = new Float64Array(DENSE_COUNT)

const sumsOf = ({ text, words }: Judged, first: number, last: number): Sums => {
  const { list, count } = bucketsOf(text, words, first, last)
  // The three classes by hand: this is gone through for every word of every text.
  let contract = 0
  let financial = 0
  let health = 0
  for (let i = 0; i < count; i += 1) {
    const at = (list[i] ?? 0) * WIDTH
    contract += BUCKETS[at] ?? 0
    financial += BUCKETS[at + 1] ?? 0
    health += BUCKETS[at + 2] ?? 0
  }
  return { classes: [contract, financial, health], count }
}

const both = (a: Sums, b: Sums): Sums => ({
  classes: [
    (a.classes[0] ?? 0) + (b.classes[0] ?? 0),
    (a.classes[1] ?? 0) + (b.classes[1] ?? 0),
    (a.classes[2] ?? 0) + (b.classes[2] ?? 0),
  ],
  count: a.count + b.count,
})

const judgePassage = (judged: Judged, sums: Sums, first: number, last: number): Float64Array => {
  const { text, words, phrases, numbers } = judged
  const from = words.starts[first] ?? 0
  const to = last >= words.count ? text.length + 1 : (words.starts[last] ?? 0)
  const within = numbers.length === 0 ? numbers : numbers.filter(({ start }) => start >= from && start < to)
  const amounts = countAmounts(text, within)
  const said = { amounts, general: isGeneral(text), words: last - first }
  return probabilities(MODEL, sums.classes, sums.count, denseOf(phrases, from, to, said, DENSE))
}

const named = (list: Float64Array): Judgement => ({
  contract: list[CLASSES.indexOf('contract')] ?? 0,
  financial: list[CLASSES.indexOf('financial')] ?? 0,
  health: list[CLASSES.indexOf('health')] ?? 0,
})

/** What a text is, passage by passage, linear in its length. */
export const judge = (judged: Judged): Judgement => {
  const { count } = judged.words
  const most = new Float64Array(CLASS_COUNT)
  let before = NO_SUMS
  for (let first = 0; first < count; first += STEP) {
    const last = Math.min(count, first + STEP)
    const sums = sumsOf(judged, first, last)
    if (first > 0 || count <= STEP) {
      const found = judgePassage(judged, both(before, sums), Math.max(0, first - STEP), last)
      for (let k = 0; k < WIDTH; k += 1) most[k] = Math.max(most[k] ?? 0, found[k] ?? 0)
    }
    before = sums
  }
  return named(most)
}

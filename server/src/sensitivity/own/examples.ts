import type { OwnExamples } from '../../domain/index.ts'
import { fold } from '../automaton.ts'
import type { Detector, Hit } from '../detector.ts'

/*
 * Texts of a sort, recognised by the words and pairs of words that they share. A word counts for less the more
 * texts it stands in: those of the examples themselves, and a handful of words that every text has.
 */

const WORD = /[\p{L}\p{N}]{2,}/gu
/** Longer texts are compared piece by piece, so that one page among twenty is found. */
const PIECE = 4_000
/** Words compared of one piece at most. */
const MOST_WORDS = 1_500
/** A shorter text says too little to be like anything. */
const FEWEST_WORDS = 8

const COMMON: ReadonlySet<string> = new Set(
  (
    'the of and to in is for on that with as by it be are this from or an at was we you not have has will our your ' +
    'their its can if all may any which but they his her one two no new other more been were there when than into ' +
    'der die das und in zu den mit von fur auf ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach ' +
    'le la les de des et en un une du que pour dans est par sur au avec il ne pas plus ce qui sont se ' +
    'el los las y que se por con para una su al lo como mas pero sus del ' +
    'il di che e la per un non in una sono da con del della le si dei ' +
    'het een van de en dat niet met voor zijn op te aan er maar om'
  ).split(' '),
)

type Vector = ReadonlyMap<string, number>

const termsOf = (text: string): string[] => {
  const terms: string[] = []
  let last = ''
  let count = 0
  for (const match of text.matchAll(WORD)) {
    const word = fold(match[0].toLowerCase())
    terms.push(word)
    if (last !== '') terms.push(`${last} ${word}`)
    last = word
    count += 1
    if (count === MOST_WORDS) break
  }
  return terms
}

const weightOf = (term: string): number =>
  term.includes(' ') ? 1.5 : COMMON.has(term) || term.length < 3 ? 0.05 : 1

const vectorOf = (text: string): Vector => {
  const counts = new Map<string, number>()
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1)
  for (const [term, count] of counts) counts.set(term, (1 + Math.log(count)) * weightOf(term))
  let sum = 0
  for (const value of counts.values()) sum += value * value
  const length = Math.sqrt(sum) || 1
  for (const [term, value] of counts) counts.set(term, value / length)
  return counts
}

const alike = (a: Vector, b: Vector): number => {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, value] of small) sum += value * (large.get(term) ?? 0)
  return sum
}

interface Sort {
  readonly own: OwnExamples
  readonly examples: readonly Vector[]
  /** The examples' mean: what they have in common. */
  readonly centre: Vector
}

const centreOf = (examples: readonly Vector[]): Vector => {
  const sums = new Map<string, number>()
  for (const example of examples) {
    for (const [term, value] of example) sums.set(term, (sums.get(term) ?? 0) + value)
  }
  // What stands in one example alone says nothing of the sort.
  if (examples.length > 2) {
    for (const term of [...sums.keys()]) {
      if (examples.filter((example) => example.has(term)).length < 2) sums.delete(term)
    }
  }
  let sum = 0
  for (const value of sums.values()) sum += value * value
  const length = Math.sqrt(sum) || 1
  for (const [term, value] of sums) sums.set(term, value / length)
  return sums
}

const likeness = ({ examples, centre }: Sort, piece: Vector): number => {
  let most = examples.length > 1 ? alike(centre, piece) * 1.25 : 0
  for (const example of examples) most = Math.max(most, alike(example, piece))
  return Math.min(1, most)
}

const hitsIn = (sorts: readonly Sort[], text: string): Hit[] => {
  const hits: Hit[] = []
  for (let start = 0; start < text.length; start += PIECE) {
    const slice = text.slice(start, start + PIECE)
    const piece = vectorOf(slice)
    if (piece.size < FEWEST_WORDS) continue
    for (const sort of sorts) {
      const like = likeness(sort, piece)
      if (like < sort.own.threshold) continue
      hits.push({
        kind: sort.own.kind,
        type: 'EXAMPLE',
        sub: sort.own.name,
        start,
        end: start + slice.length,
        confidence: Math.min(0.95, 0.5 + like / 2),
        reason: `reads like the examples "${sort.own.name}" (${Math.round(like * 100)} %)`,
      })
    }
  }
  return hits
}

/** Texts like the organisation's examples, as one detector; null where there are none. Linear in the text. */
export const ownExamples = (lists: readonly OwnExamples[]): Detector | null => {
  const sorts = lists.map((own): Sort => {
    const examples = own.texts.map(vectorOf)
    return { own, examples, centre: centreOf(examples) }
  })
  return sorts.length === 0 ? null : { name: 'own examples', detect: ({ text }) => hitsIn(sorts, text) }
}

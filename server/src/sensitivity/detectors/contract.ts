import { barFor, isGeneral, isInstruction, isShorter, isTechnical } from '../categories/questions.ts'
import { firstWord, phrasesOf, scan } from '../categories/scan.ts'
import { countDifferent, naming, type Tally, tallyOf } from '../categories/signs.ts'
import type { Detector } from '../detector.ts'
import type { Reading } from '../reading.ts'

const ENOUGH = 7
/** What a question about contracts in general may mention without being one. */
const ENOUGH_FOR_QUESTION = 10
const MOST_AGAINST = 3

const signsOf = tallyOf('contract')
const generalitiesOf = phrasesOf('aboutContracts')

/** How sure the classifier must be beside a strong sign, a weak one, none, and of a question. */
const SURE = 0.3
const SURE_BESIDE_WEAK = 0.45
/** A single weak word, such as "as-is" or "executed", is hardly more than none. */
const SURE_BESIDE_ONE = 0.65
const SURE_ALONE = 0.75
const SURE_OF_QUESTION = 0.85
/** Nothing is as sure: only what is told counts. */
const NEVER = 2
/** A shorter text is a sentence, quoted as often as meant. Units. */
const SENTENCE = 80

/** Of a text that says one thing over and over the classifier knows a weight, multiplied. */
const TIMES = 4
const isRepeated = (text: string): boolean => {
  const words = text.slice(0, 1_000).trim().split(/\s+/)
  return words.length > new Set(words).size * TIMES
}

const barOf = (reading: Reading, signs: Tally, general: boolean): number => {
  if (isShorter(reading.text, SENTENCE)) return NEVER
  if (general) return SURE_OF_QUESTION
  if (signs.heaviest === null) return SURE_ALONE
  if (signs.strong > 0) return SURE
  return signs.score <= 2 ? SURE_BESIDE_ONE : SURE_BESIDE_WEAK
}

/**
 * Text of a contract or another legal instrument: enough different signs of it, some that only they use, or
 * fewer where the classifier recognises the whole.
 */
export const contract: Detector = {
  name: 'contract',
  detect: (reading) => {
    const signs = signsOf(reading)
    const instruction = isInstruction(reading.text)
    const general = instruction || isGeneral(reading.text)
    const { judgement, amounts } = scan(reading)
    const probability = judgement.contract
    const against = countDifferent(generalitiesOf(reading), MOST_AGAINST)
    const score = signs.score - against + (amounts > 0 ? 1 : 0)
    const told = signs.strong > 0 && score >= (general ? ENOUGH_FOR_QUESTION : ENOUGH)
    if (!told && probability < barFor(reading.text, barOf(reading, signs, general || against > 0))) return []
    if (signs.heaviest === null && isRepeated(reading.text)) return []
    // "Terminates the task `task_id`": what programs do is told in words of contracts, and by no clause of one.
    if (!told && signs.strong < 2 && (instruction || isTechnical(reading.text))) return []
    const { start, end } = signs.heaviest ?? firstWord(reading)
    return [
      {
        kind: 'contract',
        type: 'CONTRACT',
        start,
        end,
        confidence: Math.min(0.95, Math.max(told ? 0.4 + score / 25 : 0, 0.4 + probability / 2)),
        reason: `the language of a contract or legal paper${naming(signs.telling)}`,
      },
    ]
  },
}

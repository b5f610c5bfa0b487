import { barFor, isExercise, isGeneral, isInstruction, isLong, isTechnical } from '../categories/questions.ts'
import { firstWord, phrasesOf, scan } from '../categories/scan.ts'
import { countDifferent, naming, type Tally, tallyOf } from '../categories/signs.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'
import { PAYMENT_TALK } from '../words/financial.ts'

const ENOUGH = 7
const ENOUGH_FOR_QUESTION = 11
const MOST_AGAINST = 4
/** How sure the classifier must be beside a strong sign, a weak one, none, and of a question. */
const SURE = 0.35
const SURE_BESIDE_WEAK = 0.5
const SURE_ALONE = 0.65
const SURE_OF_QUESTION = 0.8
/** Nothing is as sure: only what is told counts. */
const NEVER = 2
/** Words of money without a sum are mostly talk. */
const CERTAIN = 0.95

const barOf = (signs: Tally, amounts: number, general: boolean): number => {
  if (general) return amounts === 0 ? NEVER : SURE_OF_QUESTION
  if (amounts === 0) return signs.strong > 1 ? SURE_ALONE : CERTAIN
  if (signs.heaviest === null) return SURE_ALONE
  return signs.strong > 0 ? SURE : SURE_BESIDE_WEAK
}

const signsOf = tallyOf('financial')
const publicOf = phrasesOf('publicFigures')
const paymentsOf = phrasesOf('payment')

/** Figures that are not public: deals, results before their day, plans, pay, balances. */
const figures = (reading: Reading): Hit | null => {
  const signs = signsOf(reading)
  const { judgement, amounts } = scan(reading)
  const general = isGeneral(reading.text) || isInstruction(reading.text)
  const probability = judgement.financial
  const against = countDifferent(publicOf(reading), MOST_AGAINST)
  const score = signs.score - against * 3 + Math.min(3, amounts)
  const asking = general || against > 0 || (signs.strong === 0 && isExercise(reading.text))
  const told = amounts > 0 && signs.strong > 0 && score >= (general ? ENOUGH_FOR_QUESTION : ENOUGH)
  if (!told && probability < barFor(reading.text, barOf(signs, amounts, asking))) return null
  if (!told && signs.strong === 0 && isLong(reading.text) && isTechnical(reading.text)) return null
  const { start, end } = signs.heaviest ?? firstWord(reading)
  return {
    kind: 'financial',
    type: 'FINANCIAL',
    start,
    end,
    confidence: Math.min(0.95, Math.max(told ? 0.4 + score / 25 : 0, 0.4 + probability / 2)),
    reason: `figures beside words for results, deals, pay or balances that are not public${naming(signs.telling)}`,
  }
}

/** An account number stands this close behind the word for it, a card or IBAN this long at least. */
const REACH = 40
const ACCOUNT = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3}|\b(?:\d{4}[ -]?){3}\d{3,4}\b/

const hasAccount = (reading: Reading, near: WordHit): boolean => {
  const { text } = reading
  const start = Math.max(0, near.start - 200)
  return (
    ACCOUNT.test(text.slice(start, near.end + 200)) ||
    reading.words('bank').some(({ end }) => /\d[\d -]{5}/.test(text.slice(end, end + REACH)))
  )
}

const TALK: ReadonlySet<string> = new Set(PAYMENT_TALK.split('|'))

/** An account or card beside words for moving money: of no kind by itself, and still a text about money. */
const payment = (reading: Reading): Hit | null => {
  if (reading.tokens.length === 0) return null
  const words = paymentsOf(reading)
  // "The last billed amount for my card": talk about a payment, unless it says how much.
  const word = words.find((one) => !TALK.has(one.word)) ?? words[0]
  if (word === undefined || (TALK.has(word.word) && scan(reading).amounts === 0)) return null
  if (!hasAccount(reading, word)) return null
  return {
    kind: null,
    type: 'FINANCIAL',
    start: word.start,
    end: word.end,
    confidence: 0.6,
    reason: `an account or card beside a word for payments${naming([word.word])}`,
  }
}

/** Money matters that are not public: an organisation's figures, a person's pay. Accounts and cards are a kind of their own. */
export const financial: Detector = {
  name: 'financial',
  detect: (reading) => {
    const hit = figures(reading) ?? payment(reading)
    return hit === null ? [] : [hit]
  },
}

import type { Phrase, Place } from '../categories/lexicon.ts'
import { someNumber } from '../categories/numbers.ts'
import { barFor, isGeneral, isShorter } from '../categories/questions.ts'
import { firstWord, phrasesOf, scan } from '../categories/scan.ts'
import { countDifferent, naming, PASSAGE, type Tally, tallyOf } from '../categories/signs.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'

const DOSE =
  /\b\d{1,4}(?:[.,]\d{1,2})? ?(?:mg|mcg|µg|ml|g|units|IE|IU|毫克|มก)\b|(?<![\d/.-])1?\d{2}\/\d{2,3}(?: ?mm ?Hg\b|(?![\d/.-]))|\b[01]-[01]-[01](?:-[01])?\b|\bICD-?10?:? ?[A-Z]\d{2}|\b[A-TV-Z]\d{2}\.\d{1,2}\b/

/** A person beside the illness: an age, in words or as notes abbreviate it. */
const PERSONAL =
  /\b\d{1,3}[- ]?(?:yo|y\/o|year[- ]old|jährig|jährige|ans|años|anni|anos|lat|år|jaar)\b|\b[MF]\d{2}\b/i

/** Ends that medicine forms the names of illnesses, operations and medicines with. */
const FORMED =
  /(?:itis|osis|[^i]oma|[^d]emia|aemia|ämie|[^m]pathy|pathie|algia|algie|plegia|plegie|uria|urie|ectomy|ektomie|ostomy|phobie|phobia|rrhea|[aeiou]mab|pril|sartan|statin|tinib|gliptin|gliflozin|cillin|floxacin|mycin|prazole?|conazole?|olol|dipin|triptan|xaban|azepam|oxetin|glutid)$/i
/** Words with such an end that are not of medicine. */
const OTHERWISE =
  /^(?:(?:dia|pro|hyp|paralin)gnosis|hypnosis|osmosis|mitosis|meiosis|symbiosis|metamorphosis|diploma|idioma|genoma|axioma|aroma|bohemia|academia|academy|sympathy|empathy|antipathy|telepathy|homeopath\w*|nostalgi\w*|oklahoma|april|statistin|centuria|curia|industria)$/i

const WEIGHED = ['condition', 'drug', 'clinical', 'aboutMedicine'] as const
type Weighed = (typeof WEIGHED)[number]
const LISTS: Readonly<Record<Weighed, (reading: Reading) => readonly Phrase[]>> = {
  condition: phrasesOf('condition'),
  drug: phrasesOf('drug'),
  clinical: phrasesOf('clinical'),
  aboutMedicine: phrasesOf('aboutMedicine'),
}
const subjectOf = tallyOf('subject')

const ENOUGH = 5
const ENOUGH_FOR_QUESTION = 7
/** How sure the classifier must be beside an illness, medicine or measurement, without, and of a question. */
const SURE = 0.35
const SURE_ALONE = 0.65
const SURE_OF_QUESTION = 0.9

/** Without any word of a clinic. */
const CERTAIN = 0.9
/** Nothing is as sure: only what is told counts. */
const NEVER = 2
/** Shorter texts without anything clinical say too little. Units. */
const SENTENCE = 45

const barOf = (
  reading: Reading,
  subject: Tally,
  clinical: { readonly words: number; readonly against: number },
  content: boolean,
): number => {
  const { words, against } = clinical
  const general = against > 0 || isGeneral(reading.text)
  if (general) return subject.score < 4 ? NEVER : SURE_OF_QUESTION
  if (content) return SURE
  return words === 0 ? CERTAIN : isShorter(reading.text, SENTENCE) ? NEVER : SURE_ALONE
}

const withoutOverlap = (words: readonly Phrase[]): readonly Phrase[] => {
  const kept: Phrase[] = []
  for (const word of [...words].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (word.start >= (kept.at(-1)?.end ?? 0)) kept.push(word)
  }
  return kept
}

/** Words that only their ends give away. */
const formed = (reading: Reading): readonly Phrase[] => {
  const { tails } = scan(reading)
  const words: Phrase[] = []
  for (let i = 0; i < tails.length; i += 2) {
    const start = tails[i] ?? 0
    const end = tails[i + 1] ?? start
    const word = reading.text.slice(start, end)
    if (FORMED.test(word) && !OTHERWISE.test(word)) words.push({ start, end, word })
  }
  return words
}

/** What is clinical in the passage that speaks of a person. */
const clinicalIn = (reading: Reading, { start, end }: Tally) => {
  const isNear = (phrase: Phrase): boolean => phrase.end >= start - PASSAGE && phrase.start <= end + PASSAGE
  const near = (list: Weighed): readonly Phrase[] => LISTS[list](reading).filter(isNear)
  const named = [...near('condition'), ...near('drug'), ...formed(reading).filter(isNear)]
  const illnesses = countDifferent(near('condition'), 3)
  const medicines = countDifferent(near('drug'), 2)
  const others = illnesses + medicines === 0 && named.length > 0 ? 1 : 0
  const words = countDifferent(near('clinical'), 3)
  const score =
    (illnesses + medicines + others) * 2 +
    words +
    (someNumber(reading.text, scan(reading).numbers, DOSE) ? 2 : 0)
  return { named: withoutOverlap(named), words, score, against: countDifferent(near('aboutMedicine'), 2) }
}

const said = ({ start, end }: Phrase): Hit => ({
  kind: 'health',
  type: 'MEDICAL',
  start,
  end,
  confidence: 0.8,
  reason: 'an illness, complaint or medicine in a text about a certain person',
})

const document = ({ start, end }: Place, signs: Tally): Hit => ({
  kind: 'health',
  type: 'HEALTH',
  start,
  end,
  confidence: 0.7,
  reason: `the health of a certain person${naming(signs.telling)}`,
})

/**
 * Health of a certain person: signs of a person under care, and clinical content beside them. Medicine in
 * general has the second without the first.
 */
export const medical: Detector = {
  name: 'medical',
  detect: (reading) => {
    const subject = subjectOf(reading)
    if (subject.heaviest === null && scan(reading).judgement.health < SURE) return []
    const general = isGeneral(reading.text)
    const clinical = clinicalIn(reading, subject)
    const personal =
      Math.min(6, subject.score) +
      (someNumber(reading.text, scan(reading).numbers, PERSONAL, 2) || reading.has('birth') ? 2 : 0)
    const identified = reading.has('healthId') ? 2 : 0
    const score = personal + clinical.score + identified - clinical.against * 2
    const content = clinical.named.length > 0 || clinical.words > 1
    const told =
      content && clinical.score >= 2 && personal >= 2 && score >= (general ? ENOUGH_FOR_QUESTION : ENOUGH)
    const bar = barOf(reading, subject, clinical, content)
    if (!told && scan(reading).judgement.health < barFor(reading.text, bar)) return []
    if (clinical.named.length > 0) return clinical.named.map(said)
    return [document(subject.heaviest ?? firstWord(reading), subject)]
  },
}

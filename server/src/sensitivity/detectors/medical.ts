import { isGeneral, tally, weightedGroups } from '../categories.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'

const DOSE =
  /\b\d{1,4}(?:[.,]\d{1,2})? ?(?:mg|mcg|µg|ml|g|units|IE|IU)\b|\b\d{2,3}\/\d{2,3} ?(?:mm ?Hg)?\b|\b[01]-[01]-[01](?:-[01])?\b|\bICD-?10?:? ?[A-Z]\d{2}|\b[A-TV-Z]\d{2}\.\d{1,2}\b/

/** A person beside the illness: their name introduced, their number, or "he", "she" with an age. */
const PERSONAL = /\b\d{1,3}[- ]?(?:yo|y\/o|year[- ]old|jährig|jährige|ans|años|anni)\b|\b[MF]\d{2}\b/i

const hitOf = (word: WordHit): Hit => ({
  kind: 'health',
  type: 'MEDICAL',
  start: word.start,
  end: word.end,
  confidence: 0.8,
  reason: 'an illness, complaint or medicine in a text about a certain person',
})

const withoutOverlap = (words: readonly WordHit[]): readonly WordHit[] => {
  const kept: WordHit[] = []
  for (const word of [...words].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (word.start >= (kept.at(-1)?.end ?? 0)) kept.push(word)
  }
  return kept
}

const clinicalScore = (reading: Reading, illnesses: number, medicines: number): number =>
  Math.min(3, illnesses) * 2 +
  Math.min(2, medicines) * 2 +
  Math.min(3, new Set(reading.words('clinical').map((word) => word.word)).size) +
  (DOSE.test(reading.text) ? 2 : 0)

const SUBJECT = weightedGroups('subject', [3, 2])

/**
 * Health of a certain person: signs of a person under care, and clinical content beside them. Medicine in
 * general has the second without the first.
 */
export const medical: Detector = {
  name: 'medical',
  detect: (reading) => {
    const subject = tally(reading, SUBJECT)
    if (subject.heaviest === null) return []
    const illnesses = reading.words('condition')
    const medicines = reading.words('drug')
    const clinical = clinicalScore(reading, illnesses.length, medicines.length)
    const personal =
      Math.min(6, subject.score) + (PERSONAL.test(reading.text) || reading.has('birth') ? 2 : 0)
    const identified = reading.near('healthId', reading.text.length, reading.text.length, reading.text.length)
    const enough = isGeneral(reading.text) ? 7 : 5
    if (clinical < 2 || personal < 2 || personal + clinical + (identified ? 2 : 0) < enough) return []
    const found = withoutOverlap([...illnesses, ...medicines])
    return (found.length > 0 ? found : [subject.heaviest]).map(hitOf)
  },
}

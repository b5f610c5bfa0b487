import type { Phrase } from '../categories/lexicon.ts'
import { isGeneral } from '../categories/questions.ts'
import { phrasesOf } from '../categories/scan.ts'
import { countSyntax } from '../categories/signs.ts'
import type { Detector, Hit } from '../detector.ts'

const marksOf = phrasesOf('marker')
const wordsOf = phrasesOf('markWord')

/** Marks looked at; more say no more. */
const MOST_MARKS = 20

/** What stands around a phrase that is spoken of and not used. */
const QUOTED = /["'“”„«»‘’「『]$/
const SPOKEN_OF =
  /\b(?:mean|means|meaning|term|phrase|word|label|bedeutet|begriff|signifie|significa|betekent|oznacza|betyder|anlam|called|levels?|classification scheme)\b/i

const isUsed = (text: string, { start, end }: Phrase): boolean => {
  if (QUOTED.test(text.slice(Math.max(0, start - 1), start))) return false
  return !SPOKEN_OF.test(text.slice(Math.max(0, start - 40), end + 40).replaceAll('\n', ' . '))
}

const isCapitals = (text: string): boolean => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)

/** One word by itself: on a line of its own, or in capitals between brackets, bars or dashes. */
const standsApart = (text: string, { start, end }: Phrase): boolean => {
  const before = /[^\n]{0,4}$/.exec(text.slice(Math.max(0, start - 4), start))?.[0] ?? ''
  const after = /^[^\n]{0,4}/.exec(text.slice(end, end + 4))?.[0] ?? ''
  const alone = (edge: string): boolean => /^[\s[\](){}|*=_#:.!-]*$/.test(edge)
  const capitals = isCapitals(text.slice(start, end)) && end - start > 4
  const ideographs = /^[\u0e00-\u0e7f\u4e00-\u9fff]/.test(text.slice(start, end))
  const bracketed = /[[(【]\s*$/.test(before) && /^\s*[\])】]/.test(after)
  return bracketed || (capitals && (alone(before) || alone(after)) && !ideographs)
}

const hitOf = ({ start, end, word }: Phrase, confidence: number): Hit => ({
  kind: 'internal',
  type: 'MARKER',
  start,
  end,
  confidence,
  reason: `the handling mark "${word}"`,
})

/** Handling marks on a paper: "internal use only", "streng vertraulich", "CONFIDENTIAL" by itself. */
export const marker: Detector = {
  name: 'marker',
  detect: (reading) => {
    const { text } = reading
    const phrases = marksOf(reading).slice(0, MOST_MARKS)
    const words = wordsOf(reading).slice(0, MOST_MARKS)
    if (phrases.length + words.length === 0) return []
    // In code the same words mark the code, which is a kind of its own.
    if (isGeneral(text) || countSyntax(text) >= 2) return []
    const hits = phrases.filter((phrase) => isUsed(text, phrase)).map((phrase) => hitOf(phrase, 0.7))
    if (hits.length > 0) return hits
    return words
      .filter((word) => standsApart(text, word) && isUsed(text, word))
      .map((word) => hitOf(word, 0.6))
  },
}

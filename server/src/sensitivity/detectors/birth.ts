import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'
import { type DateSpan, dateAt } from './calendar.ts'

/** How far behind the word a date of birth may stand: "born in Leeds on the 3rd of ...". */
const REACH = 40

/** The first pair in `tokens` that ends behind `place`. */
const firstBehind = (tokens: readonly number[], place: number): number => {
  let low = 0
  let high = tokens.length >> 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle * 2 + 1] ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return low * 2
}

const dateFrom = ({ text, tokens }: Reading, from: number): DateSpan | null => {
  const last = Math.min(text.length, from + REACH)
  const first = firstBehind(tokens, from)
  // A date is among the first numbers behind the word, or it is another's.
  for (let i = first; i < Math.min(tokens.length, first + 8); i += 2) {
    const start = tokens[i] ?? 0
    if (start >= last) return null
    const found = dateAt(text, Math.max(start, from), tokens[i + 1] ?? start)
    if (found?.whole !== true || found.start < from || found.start >= last) continue
    // A blank line or a new line of a form begins something else, but for the line right behind the word.
    const line = text.slice(from, found.start).lastIndexOf('\n')
    return line > 2 ? null : found
  }
  return null
}

const hitAfter = (reading: Reading, wordEnd: number): Hit | null => {
  const found = dateFrom(reading, wordEnd)
  if (found === null) return null
  return {
    kind: 'contact',
    type: 'DATE_OF_BIRTH',
    start: found.start,
    end: found.end,
    confidence: 0.85,
    reason: 'a whole date behind a word for birth',
  }
}

/** A date just before the word: "19.03.1984 geboren", "12.05.1990 doğumlu", "1990年5月1日生". */
const hitBefore = (reading: Reading, wordStart: number): Hit | null => {
  const { text, tokens } = reading
  for (let i = firstBehind(tokens, wordStart - 24); i < tokens.length; i += 2) {
    const start = tokens[i] ?? 0
    if (start >= wordStart) return null
    const found = dateAt(text, start, tokens[i + 1] ?? start)
    if (found?.whole !== true) continue
    if (wordStart < found.end || !/^ ?(?:in \p{L}{2,20} )?$/u.test(text.slice(found.end, wordStart))) continue
    return {
      kind: 'contact',
      type: 'DATE_OF_BIRTH',
      start: found.start,
      end: found.end,
      confidence: 0.85,
      reason: 'a whole date before a word for birth',
    }
  }
  return null
}

/** Words that stand behind a date as well as before one. */
const TRAILING: ReadonlySet<string> = new Set(['geboren', 'dogumlu', '出生', 'geb.', 'born'])

/** Dates of birth: a whole date shortly behind a word for birth, or right before one. A birth year alone is none. */
export const birth: Detector = {
  name: 'birth',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('birth')) {
      if (word.start < behind) continue
      const hit =
        (TRAILING.has(word.word) ? hitBefore(reading, word.start) : null) ?? hitAfter(reading, word.end)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}

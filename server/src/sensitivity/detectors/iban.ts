import { countrySpecs } from 'ibantools'
import { isWordAt, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'

const LENGTHS = new Map<string, number>()
const INSIDES = new Map<string, RegExp>()
for (const [country, spec] of Object.entries(countrySpecs)) {
  if (spec.IBANRegistry !== true || typeof spec.chars !== 'number') continue
  LENGTHS.set(country, spec.chars)
  if (spec.bban_regexp) INSIDES.set(country, new RegExp(spec.bban_regexp))
}

/** ISO 7064 modulo 97: the first four signs last, letters as 10 to 35, the rest must be 1. */
const isRight = (value: string, country: string): boolean => {
  let rest = 0
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt((i + 4) % value.length)
    rest = unit < 0x3a ? (rest * 10 + unit - 0x30) % 97 : (rest * 100 + unit - 0x37) % 97
  }
  return rest === 1 && INSIDES.get(country)?.test(value.slice(4)) === true
}

const SEPARATORS = ' -./_\u00a0\t\r\n'

/** Where the n-th letter or digit ends, crossing at most two separators at a time; -1 where the run is shorter. */
const endOfRun = (text: string, start: number, wanted: number): number => {
  let count = 0
  let gap = 0
  for (let i = start; i < text.length; i += 1) {
    if (sortAt(text, i) !== 0) {
      gap = 0
      count += 1
      if (count === wanted) return i + 1
      continue
    }
    gap += 1
    if (gap > 2 || !SEPARATORS.includes(text.charAt(i))) return -1
  }
  return -1
}

const hitAt = (reading: Reading, start: number): Hit | null => {
  const { text } = reading
  if (sortAt(text, start) !== 2 || sortAt(text, start + 1) !== 2) return null
  const country = text.slice(start, start + 2).toUpperCase()
  const length = LENGTHS.get(country)
  if (length === undefined) return null
  const end = endOfRun(text, start, length)
  if (end < 0 || isWordAt(text, end) || isWordAt(text, start - 1)) return null
  const value = text
    .slice(start, end)
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
  if (!/^[A-Z]{2}\d{2}/.test(value) || /0{12}/.test(value)) return null
  const right = isRight(value, country)
  // Mistyped it is still an account; without right check digits it needs the word.
  if (!right && !reading.near('ibanWord', start, end, 32)) return null
  return {
    kind: 'payment',
    type: 'IBAN',
    sub: country,
    country,
    start,
    end,
    confidence: right ? 0.99 : 0.84,
    reason: `an account number of ${country} in the form of ISO 13616, its check digits ${right ? 'right' : 'wrong'}`,
  }
}

/** International bank account numbers: length and form by country, check digits modulo 97. */
export const iban: Detector = {
  name: 'iban',
  detect: (reading) => {
    const { tokens } = reading
    const hits: Hit[] = []
    for (let i = 0; i < tokens.length; i += 2) {
      const hit = hitAt(reading, tokens[i] ?? 0)
      if (hit !== null) hits.push(hit)
    }
    return hits
  },
}

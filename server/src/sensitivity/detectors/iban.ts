import { countrySpecs } from 'ibantools'
import { isWordAt, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'

/** Where a country's two letters, in either case, stand in LENGTHS. */
const placeOf = (first: number, second: number): number => ((first & 31) << 5) | (second & 31)

/** Letters and digits of an account by its country; 0 where there is none. */
const LENGTHS = new Uint8Array(1 << 10)
const INSIDES = new Map<string, RegExp>()
for (const [country, spec] of Object.entries(countrySpecs)) {
  if (spec.IBANRegistry !== true || typeof spec.chars !== 'number') continue
  LENGTHS[placeOf(country.charCodeAt(0), country.charCodeAt(1))] = spec.chars
  if (spec.bban_regexp) INSIDES.set(country, new RegExp(spec.bban_regexp))
}

const LONGEST = 34
const SEPARATES = new Uint8Array(0x100)
for (const sign of ' -./_\u00a0\t\r\n') SEPARATES[sign.charCodeAt(0)] = 1

/** The letters, in capitals, and digits of the run that was looked at last. */
const SIGNS = Buffer.alloc(LONGEST)

/** Where the n-th letter or digit ends, crossing at most two separators at a time; -1 where the run is shorter. */
const endOfRun = (text: string, start: number, wanted: number): number => {
  let count = 0
  let gap = 0
  for (let i = start; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    const sort = sortAt(text, i)
    if (sort !== 0) {
      gap = 0
      SIGNS[count] = sort === 2 ? unit & 0x5f : unit
      count += 1
      if (count === wanted) return i + 1
      continue
    }
    gap += 1
    if (gap > 2 || SEPARATES[unit] !== 1) return -1
  }
  return -1
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

/** Twelve zeros and more are an example's. */
const isEmpty = (length: number): boolean => {
  let zeros = 0
  for (let i = 0; i < length && zeros < 12; i += 1) zeros = SIGNS[i] === 0x30 ? zeros + 1 : 0
  return zeros === 12
}

/** ISO 7064 modulo 97: the first four signs last, letters as 10 to 35, the rest must be 1. */
const passesModulo = (length: number): boolean => remainder(remainder(0, 4, length), 0, 4) === 1

const remainder = (ahead: number, from: number, to: number): number => {
  let rest = ahead
  for (let i = from; i < to; i += 1) {
    const unit = SIGNS[i] ?? 0
    rest = unit < 0x3a ? (rest * 10 + unit - 0x30) % 97 : (rest * 100 + unit - 0x37) % 97
  }
  return rest
}

const isRight = (country: string, length: number): boolean =>
  passesModulo(length) && INSIDES.get(country)?.test(SIGNS.toString('latin1', 4, length)) === true

const hitAt = (reading: Reading, start: number): Hit | null => {
  const { text } = reading
  if (sortAt(text, start) !== 2 || sortAt(text, start + 1) !== 2) return null
  const length = LENGTHS[placeOf(text.charCodeAt(start), text.charCodeAt(start + 1))] ?? 0
  if (length === 0) return null
  const end = endOfRun(text, start, length)
  if (end < 0 || isWordAt(text, end) || isWordAt(text, start - 1)) return null
  if (!isDigit(SIGNS[2] ?? 0) || !isDigit(SIGNS[3] ?? 0) || isEmpty(length)) return null
  const country = text.slice(start, start + 2).toUpperCase()
  const right = isRight(country, length)
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

import { DIGIT, digitsOf, isOfThing, sortAt, standsAlone } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'
import { buildShapes } from '../shapes.ts'

/** First digits and lengths by brand, as the networks publish them. */
const BRANDS: readonly (readonly [string, RegExp])[] = [
  ['visa', /^4(?:\d{12}|\d{15}|\d{18})$/],
  ['mastercard', /^(?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720)\d{12})$/],
  ['amex', /^3[47]\d{13}$/],
  ['discover', /^6(?:011|5\d{2}|4[4-9]\d)\d{12}$/],
  ['diners', /^3(?:0[0-5]|[689]\d)\d{11}(?:\d{2})?$/],
  ['jcb', /^(?:35(?:2[89]|[3-8]\d)\d{12}|(?:2131|1800)\d{11})$/],
  ['unionpay', /^62\d{14,17}$/],
  ['maestro', /^(?:50[0-9]{2}|5[6-8]\d{2}|6304|67\d{2})\d{8,15}$/],
]

const grouped = (sizes: readonly number[]): string[] =>
  [' ', '-', '.', '  ', '/', '_', '\t', '\n', '\r\n'].map((separator) =>
    sizes.map((size) => '0'.repeat(size)).join(separator),
  )

const WHOLE = [12, 13, 14, 15, 16, 17, 18, 19].map((length) => '0'.repeat(length))
const SPACED = [13, 14, 15, 16].map((length) => Array.from({ length }, () => '0').join(' '))
const FORMS = buildShapes<true>([
  [
    true,
    [
      ...WHOLE,
      ...SPACED,
      ...[
        [4, 4, 4, 4],
        [4, 6, 5],
        [4, 6, 4],
        [4, 4, 4, 4, 3],
        [4, 4, 4, 1],
        [4, 4, 5],
        [4, 4, 4, 3],
        [6, 13],
        [8, 8],
      ].flatMap(grouped),
    ],
  ],
])

/** A group of four or more that begins as cards do, or the first of digits that stand one by one. */
const mayBegin = (text: string, start: number, length: number): boolean => {
  const first = text.charCodeAt(start)
  if (first < 0x30 || first > 0x39) return false
  if (length === 1)
    return (
      text.charAt(start + 1) === ' ' && !(text.charAt(start - 1) === ' ' && sortAt(text, start - 2) === DIGIT)
    )
  return length >= 4 && length <= 19
}

const isGap = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index)
  return unit === 0x20 || unit === 0x2d
}

const isGroup = (text: string, start: number): boolean => {
  for (let i = start; i < start + 4; i += 1) if (sortAt(text, i) !== DIGIT) return false
  return true
}

/** Digits stand right before: a number that begins here is the rest of a longer one. */
const isBehindGroup = (text: string, start: number): boolean =>
  isGap(text, start - 1) && sortAt(text, start - 2) === DIGIT

/** More groups of digits stand right before or behind: the number is a longer one. */
const isAmongGroups = (text: string, start: number, end: number): boolean =>
  isBehindGroup(text, start) || (isGap(text, end) && isGroup(text, end + 1))

/** The Luhn check (ISO/IEC 7812-1 annex B) over the digits of a span: nine in ten spans go no further. */
const passesLuhn = (text: string, start: number, end: number): boolean => {
  let sum = 0
  let count = 0
  for (let i = end - 1; i >= start; i -= 1) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) continue
    const twice = count % 2 === 1 ? digit * 2 : digit
    sum += twice > 9 ? twice - 9 : twice
    count += 1
  }
  return sum % 10 === 0
}

const hitAt = (reading: Reading, start: number): Hit | null => {
  const { text } = reading
  const { count, ends } = FORMS.match(text, start)
  for (let i = count - 1; i >= 0; i -= 1) {
    const hit = hitTo(reading, start, ends[i] ?? 0)
    if (hit !== null) return hit
  }
  return null
}

const hitTo = (reading: Reading, start: number, end: number): Hit | null => {
  const { text } = reading
  if (!standsAlone(text, start, end) || !passesLuhn(text, start, end)) return null
  const announced = reading.near('card', start, end, 60, 30)
  if (!announced && isAmongGroups(text, start, end)) return null
  const digits = digitsOf(text.slice(start, end))
  const brand = BRANDS.find(([, range]) => range.test(digits))?.[0] ?? (announced ? 'payment' : undefined)
  if (brand === undefined || /^(\d)\1+$/.test(digits)) return null
  // 12 to 14 digits pass the check too often to stand without a word.
  if (digits.length < (announced ? 12 : 15)) return null
  if (!announced && isOfThing(text, start)) return null
  return {
    kind: 'payment',
    type: 'CREDIT_CARD',
    sub: brand,
    start,
    end,
    confidence: announced ? 0.99 : 0.8,
    reason: `${digits.length} digits of a ${brand} card that pass the Luhn check`,
  }
}

/** Payment card numbers: brand ranges, length by brand, Luhn, and nothing inside a longer number or UUID. */
export const card: Detector = {
  name: 'card',
  detect: (reading) => {
    const hits: Hit[] = []
    const { text, tokens } = reading
    const announced = reading.has('card')
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      const length = (tokens[i + 1] ?? 0) - start
      if (!mayBegin(text, start, length) || (!announced && isBehindGroup(text, start))) continue
      const hit = hitAt(reading, start)
      if (hit !== null) hits.push(hit)
    }
    return hits
  },
}

import type { Draw } from '../draw.ts'
import { grouped, sameShape } from './shape.ts'

const remainder97 = (text: string): number => {
  let rest = 0
  for (const char of text) {
    const value = Number.parseInt(char, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

/**
 * An IBAN of the same country and length with right check digits (ISO 13616) and a bank that does not exist:
 * a bank code of nines or, where banks have letters, `XTST`.
 */
export const ibanLike = (original: string, draw: Draw): string => {
  const compact = original.replace(/[^A-Za-z0-9]/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(compact)) return sameShape(original, draw)
  const country = compact.slice(0, 2)
  let letters = 0
  const account = [...compact.slice(4)]
    .map((char, index) => {
      if (/[A-Z]/.test(char)) {
        letters += 1
        return 'XTST'.charAt((letters - 1) % 4)
      }
      return index < 4 ? '9' : String(draw.number(10))
    })
    .join('')
  const check = String(98 - remainder97(`${account}${country}00`)).padStart(2, '0')
  const standIn = grouped(country + check + account, original)
  return original === original.toLowerCase() ? standIn.toLowerCase() : standIn
}

const luhnDigit = (digits: string): string => {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - index))
    sum += index % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit
  }
  return String((10 - (sum % 10)) % 10)
}

/** Ranges that processors publish for tests and no bank issues, by length. */
const TEST_RANGES: Readonly<Record<number, string>> = { 14: '360066', 15: '370000' }

/** A card number of the same length that passes the Luhn check, from a range for tests. */
export const cardLike = (original: string, draw: Draw): string => {
  const length = original.replace(/\D/g, '').length
  if (length < 12 || length > 19) return sameShape(original, draw)
  const range = TEST_RANGES[length] ?? '400000'
  const digits = range + draw.digits(length - range.length - 1)
  return grouped(digits + luhnDigit(digits), original)
}

/**
 * A number of a state or institution in the same form. US social security numbers take an area that is never
 * given out (666); of the others the check digits are not kept.
 */
export const identityLike = (original: string, sub: string | undefined, draw: Draw): string => {
  if (sub === 'US_SSN' && original.replace(/\D/g, '').length === 9) {
    return grouped(`666${draw.digits(6)}`, original)
  }
  return sameShape(original, draw)
}

import type { Reading } from '../reading.ts'

/** A piece of what a disguised value may mean, and the span of the text that says it. */
export type Piece = readonly [text: string, start: number, end: number]

/** A stretch of a text that may be a value in disguise, with the ways to read it. */
export interface Region {
  readonly start: number
  readonly end: number
  readonly readings: readonly (readonly Piece[])[]
  /**
   * How sure it is that somebody spelled a value out. `even`: its form alone says so. `odd`: digits are grouped
   * as no value is, so that a word has to announce it.
   */
  readonly sort: 'even' | 'odd'
}

/** Finds regions of one kind of disguise, in order of place. Linear in the text. */
export type Finder = (reading: Reading) => readonly Region[]

/** The Luhn check (ISO/IEC 7812-1 annex B) over the digits of a text. */
const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const twice = i % 2 === 1 ? digit * 2 : digit
    sum += twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

/** Whether digits may be a payment card's: the networks' first digits and lengths, and the Luhn check. */
export const mayBeCard = (digits: string): boolean =>
  digits.length >= 13 && digits.length <= 19 && /^[2-6]/.test(digits) && passesLuhn(digits)

/** Whether digits only count up, or are all the same. */
export const isCount = (digits: string): boolean =>
  '01234567890123456789'.includes(digits) ||
  '98765432109876543210'.includes(digits) ||
  /^(\d)\1+$/.test(digits) ||
  /^1?2345678910/.test(digits)

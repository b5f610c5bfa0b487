import { rolesOf } from './words.ts'

/** Sorts of tokens. */
export const WORD = 1
export const NUMBER = 2
export const COMMA = 3
export const LINE = 4
export const DOT = 5
export const DASH = 6
export const SLASH = 7
export const HASH = 8
export const OTHER = 9

/** Written large: first letter, all letters. */
export const CAPITAL = 1
export const UPPER = 2
/** A number with a decimal part or thousands, a sum, a share: none that a house has. */
export const MEASURE = 4
/** A word with a digit in it: no part of a name. */
export const MIXED = 8

/**
 * Words, numbers and signs of a part of a text as parallel lists, so that a long text makes no objects.
 * Numbers keep what hangs on them: "12b", "5/7", "221B", "90210-1234".
 */
export interface Tokens {
  readonly text: string
  readonly sorts: number[]
  readonly starts: number[]
  readonly ends: number[]
  readonly marks: number[]
  readonly roles: number[]
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

const hasLetter = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0xaa && unit < 0x2b0 && unit !== 0xb7 && unit !== 0xd7 && unit !== 0xab && unit !== 0xbb) ||
  (unit >= 0x300 && unit < 0x2000 && !(unit >= 0xe00 && unit < 0xe80)) ||
  (unit >= 0x2c00 && unit < 0x2e00)

const LETTER = 1
const DIGIT = 2
/** What a unit may be of a word: a letter, a digit, or nothing. */
const SORTS = new Uint8Array(0x10000)
for (let unit = 0; unit < SORTS.length; unit += 1) {
  SORTS[unit] = hasLetter(unit) ? LETTER : isDigit(unit) ? DIGIT : 0
}

const isLetter = (unit: number): boolean => SORTS[unit] === LETTER

const isJoin = (unit: number): boolean => unit === 0x2d || unit === 0x27 || unit === 0x2019

const wordEnd = (text: string, start: number, limit: number): number => {
  let end = start + 1
  while (end < limit) {
    const unit = text.charCodeAt(end)
    if (SORTS[unit] !== 0) end += 1
    else if (isJoin(unit) && isLetter(text.charCodeAt(end + 1))) end += 2
    else break
  }
  return end
}

const isAlphanumeric = (unit: number): boolean =>
  isDigit(unit) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a)

const numberEnd = (text: string, start: number, limit: number): number => {
  let end = start + 1
  while (end < limit) {
    const unit = text.charCodeAt(end)
    if (isAlphanumeric(unit)) end += 1
    else if ((unit === 0x2d || unit === 0x2f) && isAlphanumeric(text.charCodeAt(end + 1))) end += 2
    else break
  }
  return end
}

const SIGNS = new Uint8Array(0x10000).fill(OTHER)
for (const [signs, sort] of [
  [',;|\t·•、，', COMMA],
  ['\n', LINE],
  ['.', DOT],
  ['-–', DASH],
  ['/', SLASH],
  ['#№', HASH],
] as const) {
  for (const sign of signs) SIGNS[sign.charCodeAt(0)] = sort
}

/** Signs that make a measure or a sum of a number right before them, and right behind them. */
const BEHIND_MEASURE = new Uint8Array(0x10000)
for (const sign of '%°$€£¥=+*') BEHIND_MEASURE[sign.charCodeAt(0)] = 1
const BEFORE_MEASURE = new Uint8Array(0x10000)
for (const sign of '$€£¥=+*_@\\') BEFORE_MEASURE[sign.charCodeAt(0)] = 1

const measures = (text: string, start: number, end: number): number => {
  const before = text.charCodeAt(start - 1)
  const next = text.charCodeAt(end)
  const far = text.charCodeAt(end + 1)
  if ((next === 0x2e || next === 0x2c) && isDigit(far)) return MEASURE
  if ((before === 0x2e || before === 0x2c || before === 0x3a) && isDigit(text.charCodeAt(start - 2)))
    return MEASURE
  // "12:30" is a time, "Oak Road 12: …" a house.
  if (next === 0x3a && isDigit(far)) return MEASURE
  // % ° $ € £ ¥ = + * directly beside it.
  return BEHIND_MEASURE[next] === 1 || BEFORE_MEASURE[before] === 1 ? MEASURE : 0
}

const push = (
  tokens: Tokens,
  sort: number,
  start: number,
  end: number,
  marks: number,
  roles: number,
): void => {
  tokens.sorts.push(sort)
  tokens.starts.push(start)
  tokens.ends.push(end)
  tokens.marks.push(marks)
  tokens.roles.push(roles)
}

const isSmall = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a

/** "d'Arc", "l'Église": the capital stands behind the elision. */
const isElided = (text: string, start: number, end: number): boolean => {
  const sign = text.charCodeAt(start + 1)
  return (sign === 0x27 || sign === 0x2019) && end - start > 3 && isCapitalLetter(text, start + 2)
}

const isCapitalLetter = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index)
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a
  const letter = text.charAt(index)
  return letter !== letter.toLowerCase()
}

const hasDigit = (text: string, start: number, end: number): boolean => {
  for (let i = start + 1; i < end; i += 1) {
    if (isDigit(text.charCodeAt(i))) return true
  }
  return false
}

const pushWord = (tokens: Tokens, start: number, end: number): void => {
  const { text } = tokens
  const word = text.slice(start, end)
  const capital = isCapitalLetter(text, start)
  let marks = 0
  if (capital) marks = end - start > 1 && isSmall(text.charCodeAt(start + 1)) ? CAPITAL : capitalsOf(word)
  else if (isElided(text, start, end)) marks = CAPITAL
  if (hasDigit(text, start, end)) marks |= MIXED
  push(tokens, WORD, start, end, marks, rolesOf(capital ? word.toLowerCase() : word))
}

const capitalsOf = (word: string): number => (word === word.toUpperCase() ? CAPITAL | UPPER : CAPITAL)

const isNumberless = (text: string, start: number): boolean =>
  text.charAt(start + 1) === '/' &&
  (text.charCodeAt(start + 2) | 0x20) === 0x6e &&
  !isAlphanumeric(text.charCodeAt(start + 3)) &&
  !isAlphanumeric(text.charCodeAt(start - 1))

/** Splits a part of a text. Linear. */
export const lex = (text: string, from: number, to: number): Tokens => {
  const tokens: Tokens = { text, sorts: [], starts: [], ends: [], marks: [], roles: [] }
  for (let i = from; i < to; ) {
    const unit = text.charCodeAt(i)
    if (unit === 0x20 || unit === 0x0d || unit === 0xa0) {
      i += 1
    } else if (isDigit(unit)) {
      const end = numberEnd(text, i, to)
      push(tokens, NUMBER, i, end, measures(text, i, end), 0)
      i = end
    } else if (isLetter(unit)) {
      // "s/n", sin número: what stands where a house has no number.
      if ((unit | 0x20) === 0x73 && isNumberless(text, i)) {
        push(tokens, NUMBER, i, i + 3, 0, 0)
        i += 3
        continue
      }
      const end = wordEnd(text, i, to)
      pushWord(tokens, i, end)
      i = end
    } else {
      push(tokens, SIGNS[unit] ?? OTHER, i, i + 1, 0, 0)
      i += 1
    }
  }
  return tokens
}

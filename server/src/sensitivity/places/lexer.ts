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
  readonly sorts: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly marks: Int32Array
  /** To be asked by `rolesAt`. */
  readonly roles: Int32Array
}

const COLUMNS = ['sorts', 'starts', 'ends', 'marks', 'roles'] as const

/** Room for the tokens of one part of a text, used again for the next. */
class Room {
  sorts = new Int32Array(256)
  starts = new Int32Array(256)
  ends = new Int32Array(256)
  marks = new Int32Array(256)
  roles = new Int32Array(256)
  count = 0

  add(sort: number, start: number, end: number, marks: number, roles: number): void {
    const { count } = this
    if (count === this.sorts.length) this.#widen()
    this.sorts[count] = sort
    this.starts[count] = start
    this.ends[count] = end
    this.marks[count] = marks
    this.roles[count] = roles
    this.count = count + 1
  }

  #widen(): void {
    for (const column of COLUMNS) {
      const wider = new Int32Array(this.count * 2)
      wider.set(this[column])
      this[column] = wider
    }
  }

  tokens(text: string): Tokens {
    const { count, sorts, starts, ends, marks, roles } = this
    return {
      text,
      sorts: sorts.subarray(0, count),
      starts: starts.subarray(0, count),
      ends: ends.subarray(0, count),
      marks: marks.subarray(0, count),
      roles: roles.subarray(0, count),
    }
  }
}

const ROOM = new Room()

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

const addWord = (text: string, start: number, end: number): void => {
  let marks = 0
  if (isCapitalLetter(text, start)) {
    const plain = end - start > 1 && isSmall(text.charCodeAt(start + 1))
    marks = plain ? CAPITAL : capitalsOf(text.slice(start, end))
  } else if (isElided(text, start, end)) marks = CAPITAL
  if (hasDigit(text, start, end)) marks |= MIXED
  ROOM.add(WORD, start, end, marks, UNASKED)
}

const UNASKED = -1

/** What a token may be in an address. A word is looked up when that is first asked of it: of most it never is. */
export const rolesAt = ({ text, starts, ends, roles }: Tokens, i: number): number => {
  const known = roles[i] ?? 0
  if (known !== UNASKED) return known
  const start = starts[i] ?? 0
  const word = text.slice(start, ends[i])
  const found = rolesOf(isCapitalLetter(text, start) ? word.toLowerCase() : word)
  roles[i] = found
  return found
}

const capitalsOf = (word: string): number => (word === word.toUpperCase() ? CAPITAL | UPPER : CAPITAL)

const isNumberless = (text: string, start: number): boolean =>
  text.charAt(start + 1) === '/' &&
  (text.charCodeAt(start + 2) | 0x20) === 0x6e &&
  !isAlphanumeric(text.charCodeAt(start + 3)) &&
  !isAlphanumeric(text.charCodeAt(start - 1))

/** Splits a part of a text. Linear. The answer is good until the next part is split. */
export const lex = (text: string, from: number, to: number): Tokens => {
  ROOM.count = 0
  for (let i = from; i < to; ) {
    const unit = text.charCodeAt(i)
    if (unit === 0x20 || unit === 0x0d || unit === 0xa0) {
      i += 1
    } else if (isDigit(unit)) {
      const end = numberEnd(text, i, to)
      ROOM.add(NUMBER, i, end, measures(text, i, end), 0)
      i = end
    } else if (isLetter(unit)) {
      // "s/n", sin número: what stands where a house has no number.
      if ((unit | 0x20) === 0x73 && isNumberless(text, i)) {
        ROOM.add(NUMBER, i, i + 3, 0, 0)
        i += 3
        continue
      }
      const end = wordEnd(text, i, to)
      addWord(text, i, end)
      i = end
    } else {
      ROOM.add(SIGNS[unit] ?? OTHER, i, i + 1, 0, 0)
      i += 1
    }
  }
  return ROOM.tokens(text)
}

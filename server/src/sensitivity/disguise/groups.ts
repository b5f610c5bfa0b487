import { digitsOf, isWordAt, sortAt } from '../characters.ts'
import type { Reading } from '../reading.ts'
import { type Finder, isCount, mayBeCard, type Piece, type Region } from './region.ts'

/** What people put between groups of digits; at most this many at once. */
const SEPARATORS = ' \t\r\n\u00a0-./_,|;:*~+()[]{}<>\'"#'
const SEPARATES = new Uint8Array(0x100)
for (const sign of SEPARATORS) SEPARATES[sign.charCodeAt(0)] = 1
const WIDEST_GAP = 4
const LONGEST = 19
const FEWEST_DIGITS = 9

/** Letters taken for digits. */
const ALIKE: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  I: '1',
  l: '1',
  i: '1',
  '|': '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
}
const ALIKE_LETTERS = 'OoQIli|ZzSsB'
const ALIKES = /^[0-9OoQIli|ZzSsB]+$/
const ALIKE_GROUPS = /[0-9OoQIli|ZzSsB]{1,19}(?:[ .-][0-9OoQIli|ZzSsB]{1,19}){0,8}/y

/** Words of nothing but such letters: "the number is 1234". */
const LITTLE_WORD = /^(?:is|so|si|il|li|los|sol|siz|biz|bis|zo|oi|ii?)$/i

const IDENTITIES = ['ssn', 'nationalId', 'taxId', 'healthId'] as const
const REACH = 60

const isAnnounced = (reading: Reading, start: number, end: number): boolean =>
  IDENTITIES.some((group) => reading.near(group, start, end, REACH))

/** Tokens in a row, by the places of the first and the last in a reading's list, and how long they are together. */
interface Chain {
  readonly first: number
  readonly last: number
  readonly size: number
}

const isSeparated = (text: string, from: number, to: number): boolean => {
  if (to - from > WIDEST_GAP || to === from) return false
  for (let i = from; i < to; i += 1) if (SEPARATES[text.charCodeAt(i)] !== 1) return false
  return true
}

const isDigits = (text: string, start: number, end: number): boolean => {
  for (let i = start; i < end; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x30 || unit > 0x39) return false
  }
  return true
}

/** Groups of one size, but for the last. */
const isEven = (tokens: readonly number[], { first, last }: Chain): boolean => {
  const sizeOf = (i: number): number => (tokens[i + 1] ?? 0) - (tokens[i] ?? 0)
  for (let i = first; i < last; i += 2) if (sizeOf(i) !== sizeOf(first)) return false
  return sizeOf(last) <= sizeOf(first)
}

const regionOf = (reading: Reading, chain: Chain): Region | null => {
  const { text, tokens } = reading
  const { first, last, size } = chain
  if (first === last || size < FEWEST_DIGITS || size > LONGEST) return null
  const [start = 0, end = 0] = [tokens[first], tokens[last + 1]]
  if (isWordAt(text, start - 1) || isWordAt(text, end)) return null
  const regular = size >= 15 && isEven(tokens, chain)
  const carded = reading.near('card', start, end, REACH, REACH)
  const announced = isAnnounced(reading, start, end)
  if (!regular && !carded && !announced) return null
  const digits = digitsOf(text.slice(start, end))
  const even = regular && mayBeCard(digits)
  if (isCount(digits) || !(even || announced || (carded && mayBeCard(digits)))) return null
  return { start, end, readings: [piecesOf(text, tokens, first, last)], sort: even ? 'even' : 'odd' }
}

/** Numbers whose digits are grouped as no such number is printed: `4-111-1111`, `4111, 1111`, one group a line. */
export const groups: Finder = (reading) => {
  const { text, tokens } = reading
  const found: Region[] = []
  let first = 0
  let size = 0
  const close = (behind: number): void => {
    const region = size === 0 ? null : regionOf(reading, { first, last: behind - 2, size })
    if (region !== null) found.push(region)
    size = 0
  }
  for (let i = 0; i < tokens.length; i += 2) {
    const [start = 0, end = 0] = [tokens[i], tokens[i + 1]]
    if (size > 0 && !isSeparated(text, tokens[i - 1] ?? 0, start)) close(i)
    if (isDigits(text, start, end)) {
      if (size === 0) first = i
      size += end - start
    } else close(i)
  }
  close(tokens.length)
  return found
}

const LONGEST_ACCOUNT = 34
const SHORTEST_ACCOUNT = 15

/** The remainder modulo 97 of an account number one sign longer, letters counted from 10 (ISO 13616). */
const shifted = (rest: number, unit: number): number =>
  unit < 0x3a ? (rest * 10 + unit - 0x30) % 97 : (rest * 100 + (unit & 0x1f) + 9) % 97

const remainder = (text: string, ahead: number, start: number, end: number): number => {
  let rest = ahead
  for (let i = start; i < end; i += 1) rest = shifted(rest, text.charCodeAt(i))
  return rest
}

/** A country's letters and the check digits, which count last. */
const HEAD = 4

const piecesOf = (text: string, tokens: readonly number[], first: number, last: number): Piece[] => {
  const pieces: Piece[] = []
  for (let i = first; i <= last; i += 2) {
    const [start = 0, end = 0] = [tokens[i], tokens[i + 1]]
    pieces.push([text.slice(start, end), start, end])
  }
  return pieces
}

/** An account number that begins at a token, whatever separates its groups. */
const accountAt = (text: string, tokens: readonly number[], first: number): Region | null => {
  const begin = tokens[first] ?? 0
  let length = 0
  let rest = 0
  for (let i = first; i < tokens.length; i += 2) {
    const [start = 0, end = 0] = [tokens[i], tokens[i + 1]]
    if (i > first && !isSeparated(text, tokens[i - 1] ?? 0, start)) return null
    length += end - start
    if (length > LONGEST_ACCOUNT) return null
    rest = remainder(text, rest, i === first ? begin + HEAD : start, end)
    if (i === first || length < SHORTEST_ACCOUNT) continue
    if (remainder(text, rest, begin, begin + HEAD) !== 1) continue
    // Most accounts are seen as they stand, and never read in pieces.
    return {
      start: begin,
      end,
      sort: 'even',
      get readings() {
        return [piecesOf(text, tokens, first, i)]
      },
    }
  }
  return null
}

/** Account numbers (IBAN) with more between their groups than the usual blank. */
export const accounts: Finder = ({ text, tokens }) => {
  const found: Region[] = []
  for (let i = 0; i < tokens.length; i += 2) {
    const start = tokens[i] ?? 0
    if (sortAt(text, start) !== 2 || sortAt(text, start + 1) !== 2 || sortAt(text, start + 2) !== 1) continue
    if (sortAt(text, start + 3) !== 1) continue
    const region = accountAt(text, tokens, i)
    if (region !== null) found.push(region)
  }
  return found
}

const alikeAt = (reading: Reading, start: number): Region | null => {
  const { text } = reading
  ALIKE_GROUPS.lastIndex = start
  const written = ALIKE_GROUPS.exec(text)?.[0]
  if (written === undefined || isWordAt(text, start - 1) || isWordAt(text, start + written.length))
    return null
  const digits = written.replaceAll(/[ .-]/g, '').replaceAll(/[^0-9]/g, (letter) => ALIKE[letter] ?? letter)
  const own = written.replaceAll(/[^0-9]/g, '').length
  if (digits.length < FEWEST_DIGITS || digits.length > LONGEST || own * 6 < digits.length) return null
  const end = start + written.length
  const announced =
    (reading.near('card', start, end, REACH, REACH) && mayBeCard(digits)) || isAnnounced(reading, start, end)
  if (!announced) return null
  return { start, end, readings: [[[digits, start, end]]], sort: 'odd' }
}

/** Numbers with letters that look like digits: `4lll`, `O` for zero. Only behind a word that announces them. */
export const alike: Finder = (reading) => {
  const { text, tokens } = reading
  const found: Region[] = []
  if (!(reading.has('card') || IDENTITIES.some((group) => reading.has(group)))) return found
  let behind = 0
  let chain = 0
  let last = -2
  for (let i = 0; i < tokens.length; i += 2) {
    const [start = 0, end = 0] = [tokens[i], tokens[i + 1]]
    if (start < behind || end - start > LONGEST) continue
    if (start - last !== 1 && end - start <= 3 && LITTLE_WORD.test(text.slice(start, end))) continue
    // Groups in front of the first with a letter belong to the number.
    if (start - last !== 1 || start - chain > 2 * LONGEST) chain = start
    last = end
    if (isDigits(text, start, end) && !ALIKE_LETTERS.includes(text.charAt(end + 1))) continue
    if (!ALIKES.test(text.slice(start, end))) continue
    const region = alikeAt(reading, chain) ?? (chain === start ? null : alikeAt(reading, start))
    if (region === null) continue
    found.push(region)
    behind = region.end
  }
  return found
}

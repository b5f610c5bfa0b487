import { isWordAt, sortAt } from '../characters.ts'
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

interface Group {
  readonly start: number
  readonly end: number
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
const isEven = (chain: readonly Group[]): boolean => {
  const size = (chain[0]?.end ?? 0) - (chain[0]?.start ?? 0)
  return chain.every(({ start, end }, i) =>
    i === chain.length - 1 ? end - start <= size : end - start === size,
  )
}

const regionOf = (reading: Reading, chain: readonly Group[]): Region | null => {
  const { text } = reading
  const [first, last] = [chain[0], chain.at(-1)]
  if (first === undefined || last === undefined || chain.length < 2) return null
  if (isWordAt(text, first.start - 1) || isWordAt(text, last.end)) return null
  let digits = ''
  for (const { start, end } of chain) digits += text.slice(start, end)
  if (digits.length < FEWEST_DIGITS || digits.length > LONGEST || isCount(digits)) return null
  const even = digits.length >= 15 && isEven(chain) && mayBeCard(digits)
  const announced =
    (reading.near('card', first.start, last.end, REACH, REACH) && mayBeCard(digits)) ||
    isAnnounced(reading, first.start, last.end)
  if (!even && !announced) return null
  const pieces = chain.map(({ start, end }): Piece => [text.slice(start, end), start, end])
  return { start: first.start, end: last.end, readings: [pieces], sort: even ? 'even' : 'odd' }
}

/** Numbers whose digits are grouped as no such number is printed: `4-111-1111`, `4111, 1111`, one group a line. */
export const groups: Finder = (reading) => {
  const { text, tokens } = reading
  const found: Region[] = []
  let chain: Group[] = []
  let size = 0
  const close = (): void => {
    const region =
      chain.length < 2 || size < FEWEST_DIGITS || size > LONGEST ? null : regionOf(reading, chain)
    if (region !== null) found.push(region)
    chain = []
    size = 0
  }
  for (let i = 0; i < tokens.length; i += 2) {
    const [start = 0, end = 0] = [tokens[i], tokens[i + 1]]
    const last = chain.at(-1)
    if (last !== undefined && !isSeparated(text, last.end, start)) close()
    if (isDigits(text, start, end)) {
      // Of a long chain nothing is read: only so much of it is kept as tells that it is too long.
      size += end - start
      if (size <= LONGEST) chain.push({ start, end })
      else if (chain.length > 0) chain[chain.length - 1] = { start, end }
    } else close()
  }
  close()
  return found
}

const LONGEST_ACCOUNT = 34
const SHORTEST_ACCOUNT = 15

/** The remainder modulo 97 of a stretch of an account number, its letters counted from 10 (ISO 13616). */
const remainder = (said: string): number => {
  let rest = 0
  for (let i = 0; i < said.length; i += 1) {
    // The first four characters count last.
    const unit = said.charCodeAt((i + 4) % said.length)
    rest = unit < 0x3a ? (rest * 10 + unit - 0x30) % 97 : (rest * 100 + (unit & 0x1f) + 9) % 97
  }
  return rest
}

const passesModulo = (account: string): boolean => remainder(account) === 1

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
  let said = ''
  for (let i = first; i < tokens.length; i += 2) {
    const [start = 0, end = 0] = [tokens[i], tokens[i + 1]]
    if (i > first && !isSeparated(text, tokens[i - 1] ?? 0, start)) return null
    said += text.slice(start, end)
    if (said.length > LONGEST_ACCOUNT) return null
    if (i === first || said.length < SHORTEST_ACCOUNT || !passesModulo(said)) continue
    return { start: tokens[first] ?? 0, end, readings: [piecesOf(text, tokens, first, i)], sort: 'even' }
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

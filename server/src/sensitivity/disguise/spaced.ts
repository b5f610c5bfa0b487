import { sortAt } from '../characters.ts'
import type { Finder, Piece, Region } from './region.ts'

/** Letters or digits one at a time: fewer are an abbreviation or a list. */
const FEWEST = 7

/** Where letters and digits stand one at a time. */
type Row = readonly number[]

/** Tokens of one letter or digit in [from, to), cut where a longer one stands between. */
const rows = (text: string, from: number, to: number): Row[] => {
  const found: Row[] = []
  let row: number[] = []
  const close = (): void => {
    if (row.length >= FEWEST) found.push(row)
    row = []
  }
  for (let i = from; i < to; i += 1) {
    if (sortAt(text, i) === 0) continue
    const start = i
    while (i + 1 < to && sortAt(text, i + 1) !== 0) i += 1
    if (i === start) row.push(start)
    else close()
  }
  close()
  return found
}

/** What part of the gaps begins with the separator where something is spaced out. */
const SHARE = 0.6

/** The sign that stands between the letters everywhere: the most frequent first unit of the gaps; null where none does. */
const separatorOf = (text: string, row: Row): string | null => {
  const counts = new Map<string, number>()
  let best = ' '
  row.forEach((at, i) => {
    if (i + 1 === row.length) return
    const sign = text.charAt(at + 1)
    const count = (counts.get(sign) ?? 0) + 1
    counts.set(sign, count)
    if (count > (counts.get(best) ?? 0)) best = sign
  })
  return (counts.get(best) ?? 0) >= (row.length - 1) * SHARE ? best : null
}

/** The fewest blanks that stand between two letters. */
const blanksOf = (text: string, row: Row): number => {
  let least = 9
  row.forEach((at, i) => {
    const gap = text.slice(at + 1, row[i + 1] ?? at + 1)
    if (gap !== '' && gap.trim() === '') least = Math.min(least, gap.length)
  })
  return least
}

/** What a gap says beyond separating: a sign of the value itself, or a blank between words. */
const saidBy = (gap: string, separator: string, blanks: number): string => {
  if (gap.trim() === '') return gap.length > blanks ? ' ' : ''
  if (separator.trim() === '') return gap.replaceAll(/\s+/g, '')
  let rest = gap.trim()
  // Set apart, the separator itself is meant.
  if (rest === separator && /^\s.*\s$/.test(gap)) return separator
  if (rest.startsWith(separator)) rest = rest.slice(separator.length)
  if (rest.endsWith(separator)) rest = rest.slice(0, rest.length - separator.length)
  return rest.replaceAll(/\s+/g, '')
}

const DIGIT = 1

/** All in one; words and numbers apart; and a number's two letters in front left with it. */
const readingsOf = (text: string, row: Row): Piece[][] => {
  const separator = separatorOf(text, row)
  if (separator === null) return []
  const blanks = blanksOf(text, row)
  const whole: Piece[] = []
  const apart: Piece[] = []
  const headed: Piece[] = []
  const firstDigit = row.findIndex((at) => sortAt(text, at) === DIGIT)
  row.forEach((start, i) => {
    const before = row[i - 1]
    if (before !== undefined) {
      const said = saidBy(text.slice(before + 1, start), separator, blanks)
      const turns = sortAt(text, before) !== sortAt(text, start)
      whole.push([said, before + 1, start])
      apart.push([said === '' && turns ? ' ' : said, before + 1, start])
      headed.push([said === '' && i === firstDigit - 2 ? ' ' : said, before + 1, start])
    }
    const piece: Piece = [text.charAt(start), start, start + 1]
    whole.push(piece)
    apart.push(piece)
    headed.push(piece)
  })
  if (firstDigit < 0 || row.every((at) => sortAt(text, at) === DIGIT)) return [whole]
  return firstDigit > 2 ? [whole, apart, headed] : [whole, apart]
}

const FEWEST_DIGITS = 7
/** A longer row of nothing but digits is a table. */
const MOST_DIGITS = 64

/** Whether a row could be a value at all: an address has its sign, a number its digits. */
const mayHoldValue = (text: string, row: Row, from: number, to: number): boolean => {
  let digits = 0
  for (const at of row) if (sortAt(text, at) === DIGIT) digits += 1
  if (digits === row.length && digits > MOST_DIGITS) return false
  if (digits >= FEWEST_DIGITS) return true
  return text.slice(from, to).includes('@')
}

/** Values with something between every two characters: `4 1 1 1`, `j-o-h-n`. */
export const spaced: Finder = ({ text, spelled }) => {
  const found: Region[] = []
  for (let i = 0; i < spelled.length; i += 2) {
    for (const row of rows(text, spelled[i] ?? 0, spelled[i + 1] ?? 0)) {
      const [first, last] = [row[0], row.at(-1)]
      if (first === undefined || last === undefined) continue
      if (!mayHoldValue(text, row, first, last + 1)) continue
      found.push({ start: first, end: last + 1, readings: readingsOf(text, row), sort: 'even' })
    }
  }
  return found
}

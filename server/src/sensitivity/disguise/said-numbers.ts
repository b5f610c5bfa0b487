import { fold } from '../automaton.ts'
import type { Reading, WordHit } from '../reading.ts'
import { NUMBER_WORDS, REPEATS } from '../words/digits.ts'
import { type Finder, isCount, type Piece, type Region } from './region.ts'

const VALUES = new Map(NUMBER_WORDS.map(([word, value]) => [fold(word), value]))
const TIMES = new Map(REPEATS.map(([word, times]) => [fold(word), times]))

const FEWEST_WORDS = 5
const FEWEST_DIGITS = 7
const MOST_DIGITS = 40

/** What may stand between two number words of one number. */
const BETWEEN = /^[\s,.;:|/·…'"()\-–—]{0,4}$/
/** "and" between tens and units, and single digits or an `o` among the words. */
const JOINED = /^[\s,.\-–]{0,3}(?:(?:and|y|e|und|et|i|ve|en|och|og|[0-9oO]{1,4})[\s,.\-–]{1,3}){1,2}$/i

interface Said {
  readonly start: number
  readonly end: number
  readonly value: number
  /** How often the digit behind is said, for words such as "double"; else 0. */
  readonly times: number
}

/** The words without those inside longer ones, with what they say. */
const wordsOf = (hits: readonly WordHit[]): Said[] => {
  const sorted = [...hits].sort((a, b) => a.start - b.start || b.end - a.end)
  const said: Said[] = []
  let behind = 0
  for (const { start, end, word } of sorted) {
    if (start < behind) continue
    behind = end
    said.push({ start, end, value: VALUES.get(word) ?? 0, times: TIMES.get(word) ?? 0 })
  }
  return said
}

/** Digits among the words of a gap. */
const digitsIn = (gap: string): string =>
  /[0-9]/.test(gap) ? gap.replaceAll(/[^0-9]/g, '') : /(?<![a-z])o(?![a-z])/i.test(gap) ? '0' : ''

const isTens = (value: number): boolean => value >= 20 && value % 10 === 0

/** Whether two words are one number: "forty one", "soixante douze", "quatre-vingt dix". */
const addsUp = (tens: number, next: number): boolean =>
  isTens(tens) && ((next >= 1 && next <= 9) || ((tens === 60 || tens === 80) && next >= 10 && next <= 19))

/** The row as digits, tens and units taken together or one after the other. */
const piecesOf = (text: string, row: readonly Said[], together: boolean): Piece[] => {
  const pieces: Piece[] = []
  let times = 1
  for (let i = 0; i < row.length; i += 1) {
    const word = row[i]
    if (word === undefined) break
    const previous = row[i - 1]
    if (previous !== undefined)
      pieces.push([digitsIn(text.slice(previous.end, word.start)), previous.end, word.start])
    if (word.times > 0) {
      times = word.times
      continue
    }
    const next = row[i + 1]
    if (together && next !== undefined && next.times === 0 && addsUp(word.value, next.value)) {
      pieces.push([String(word.value + next.value).repeat(times), word.start, next.end])
      i += 1
    } else pieces.push([String(word.value).repeat(times), word.start, word.end])
    times = 1
  }
  return pieces.filter(([said]) => said !== '')
}

/** Digits written as digits that lead into a row or out of it, and an account's two letters before it. */
const LEAD = /(?<![\p{L}\p{N}])(?:\d{1,4}[\s,.-]{1,3}){1,3}$/u
const TAIL = /^(?:[\s,.-]{1,3}\d{1,4}(?![\p{L}\p{N}])){1,3}/u
const LETTERS = /(?<![\p{L}\p{N}])[A-Za-z][\s.,-]{0,3}[A-Za-z][\s.,-]{1,3}$/u
const AROUND = 24

const written = (text: string, start: number, end: number): Piece[] => {
  const said = text.slice(start, end).replaceAll(/[^0-9A-Za-z]/g, '')
  return said === '' ? [] : [[said, start, end]]
}

const before = (text: string, end: number, pattern: RegExp): number =>
  end - (pattern.exec(text.slice(Math.max(0, end - AROUND), end))?.[0].length ?? 0)

const readingsOf = (text: string, row: readonly Said[], start: number, end: number): Piece[][] => {
  const readings: Piece[][] = []
  for (const together of [true, false]) {
    if (readings.length > 0 && !row.some(({ value }) => isTens(value))) continue
    const pieces = [
      ...written(text, start, row[0]?.start ?? start),
      ...piecesOf(text, row, together),
      ...written(text, row.at(-1)?.end ?? end, end),
    ]
    const digits = pieces.map(([said]) => said).join('')
    if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS || isCount(digits)) continue
    readings.push(pieces)
  }
  return readings
}

const regionsOf = (text: string, row: readonly Said[]): Region[] => {
  const [first, last] = [row[0], row.at(-1)]
  if (first === undefined || last === undefined || row.length < FEWEST_WORDS) return []
  const start = before(text, first.start, LEAD)
  const end = last.end + (TAIL.exec(text.slice(last.end, last.end + AROUND))?.[0].length ?? 0)
  const readings = readingsOf(text, row, start, end)
  if (readings.length === 0) return []
  const regions: Region[] = [{ start, end, readings, sort: 'even' }]
  const letters = before(text, start, LETTERS)
  if (letters < start) {
    const headed = readings.map((pieces) => [...written(text, letters, start), ...pieces])
    regions.push({ start: letters, end, readings: headed, sort: 'even' })
  }
  return regions
}

/** Rows of number words: "four one one one", "double five", "vier eins eins". */
export const saidNumbers: Finder = (reading: Reading) => {
  const found: Region[] = []
  if (!reading.has('numberWord')) return found
  const hits = reading.words('numberWord')
  if (hits.length < FEWEST_WORDS) return found
  const { text } = reading
  let row: Said[] = []
  const close = (): void => {
    found.push(...regionsOf(text, row))
    row = []
  }
  for (const word of wordsOf(hits)) {
    const last = row.at(-1)
    if (last !== undefined) {
      const gap = word.start - last.end > 14 ? null : text.slice(last.end, word.start)
      if (gap === null || !(BETWEEN.test(gap) || JOINED.test(gap))) close()
    }
    row.push(word)
  }
  close()
  return found
}

import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'
import { ANNOUNCEMENTS, type Announcement } from './announcements.ts'
import { POSTCODE_COLUMN } from './postal.ts'

/*
 * Tables as text: comma-, semicolon- or tab-separated lines and Markdown. The first line names the columns; what
 * stands below a name is announced by it, however far down.
 */

const LONGEST_LINE = 1_000
const MOST_ROWS = 2_000
/** A heading may say a little more than the word: "Passport no. (current)". */
const MOST_BESIDE = 14
const DELIMITERS = ['\t', '|', ';', ',']
const RULED = /^[|\s:+=-]*-[|\s:+=-]*$/
const WRAPPING = /^[\s"'`*_]+|[\s"'`*_]+$/g

interface Line {
  readonly start: number
  readonly end: number
}

interface Column {
  readonly rule: Announcement
  readonly index: number
}

/** Where the line ends, -1 where it is longer than any row of a table. */
const lineEnd = (text: string, start: number): number => {
  const most = start + LONGEST_LINE
  const length = text.slice(start, most).indexOf('\n')
  if (length >= 0) return start + length
  return most > text.length ? text.length : -1
}

const lineAround = (text: string, index: number): Line | null => {
  const from = Math.max(0, index - LONGEST_LINE)
  const before = text.slice(from, index).lastIndexOf('\n')
  const end = lineEnd(text, index)
  if ((before < 0 && from > 0) || end < 0) return null
  return { start: from + before + 1, end }
}

/** Where each cell of a line begins, and one behind its end; a delimiter inside quotes is none. */
const cellsOf = (text: string, { start, end }: Line, delimiter: string): readonly number[] => {
  const edges = [start]
  let quoted = false
  for (let i = start; i < end; i += 1) {
    const letter = text.charAt(i)
    if (letter === '"') quoted = !quoted
    else if (letter === delimiter && !quoted) edges.push(i + 1)
  }
  edges.push(end + 1)
  return edges
}

const cellAt = (text: string, edges: readonly number[], index: number): Line => {
  let start = edges[index] ?? 0
  let end = (edges[index + 1] ?? start + 1) - 1
  const raw = text.slice(start, end)
  start += raw.length - raw.replace(/^[\s"'`*_]+/, '').length
  end = start + raw.replaceAll(WRAPPING, '').length
  return { start, end }
}

/** The cell of a heading line that a word stands in, where the cell says hardly more than the word. */
const headed = (text: string, edges: readonly number[], word: WordHit): number => {
  for (let index = 0; index < edges.length - 1; index += 1) {
    const cell = cellAt(text, edges, index)
    if (word.start < cell.start || word.end > cell.end) continue
    return cell.end - cell.start - (word.end - word.start) <= MOST_BESIDE ? index : -1
  }
  return -1
}

const hitsIn = (text: string, edges: readonly number[], columns: readonly Column[]): Hit[] => {
  const hits: Hit[] = []
  for (const { rule, index } of columns) {
    if (index >= edges.length - 1) continue
    const { start, end } = cellAt(text, edges, index)
    rule.form.lastIndex = start
    const value = rule.form.exec(text)?.[0]
    if (value === undefined || start + value.length !== end || !rule.fits(value)) continue
    const reason = `a number in a column headed by a word for a ${rule.what} number`
    hits.push({ kind: rule.kind, type: rule.type, start, end, confidence: rule.confidence, reason })
  }
  return hits
}

/** What stands below a heading line, and where the table ends. */
const below = (
  text: string,
  heading: Line,
  delimiter: string,
  columns: readonly Column[],
): [Hit[], number] => {
  const hits: Hit[] = []
  let end = heading.end
  for (let row = 0; row < MOST_ROWS && end < text.length; row += 1) {
    const line = { start: end + 1, end: lineEnd(text, end + 1) }
    if (line.end < 0) break
    const edges = cellsOf(text, line, delimiter)
    if (edges.length < 3) break
    if (!RULED.test(text.slice(line.start, line.end))) hits.push(...hitsIn(text, edges, columns))
    end = line.end
  }
  return [hits, end]
}

interface Heading {
  readonly word: WordHit
  readonly rule: Announcement
}

/** Words that announce only what has a form of its own, or stands right behind. */
const LOOSE: ReadonlySet<string> = new Set([
  'licenceWord',
  'vehicleWord',
  'care',
  'recordWord',
  'customerWord',
  'memberWord',
])

const RULES: readonly Announcement[] = [...ANNOUNCEMENTS, POSTCODE_COLUMN]

const headingsOf = (reading: Reading): Heading[] => {
  const headings: Heading[] = []
  for (const rule of RULES) {
    if (LOOSE.has(rule.group) || !reading.has(rule.group)) continue
    for (const word of reading.words(rule.group)) headings.push({ word, rule })
  }
  return headings.sort((a, b) => a.word.start - b.word.start)
}

/** A line of prose has commas as well: it goes on behind an end, or says too much between two of them. */
const SENTENCE = /\p{Ll}{3}[.!?] \p{Lu}/u
const LONGEST_HEADING = 60
const LONG_LINE = 80

const isProse = (text: string, { start, end }: Line, edges: readonly number[]): boolean =>
  edges.some((edge, index) => (edges[index + 1] ?? edge) - edge > LONGEST_HEADING) ||
  (end - start > LONG_LINE && /[.!?]\s*$/.test(text.slice(end - 4, end))) ||
  SENTENCE.test(text.slice(start, end))

/** Whether a line with bars stands below another, so that what it says is a value unless a ruled line follows. */
const isInside = (text: string, { start, end }: Line): boolean => {
  const last = start === 0 ? null : lineAround(text, start - 1)
  if (last === null || text.slice(last.start, last.end).split('|').length < 3) return false
  const next = lineEnd(text, end + 1)
  return end >= text.length || next < 0 || !RULED.test(text.slice(end + 1, next))
}

/** `ask_user`, `User-Agent`: a word that is a part of another name heads no column of people. */
const isPartOfName = (text: string, { start, end }: WordHit): boolean =>
  /[\w-]/.test(text.charAt(start - 1)) || /^[-_][A-Za-z]/.test(text.slice(end, end + 2))

/** The columns that a line names, by the delimiter that makes cells of its words. */
const columnsOf = (text: string, line: Line, headings: readonly Heading[]): [string, Column[]] | null => {
  for (const delimiter of DELIMITERS) {
    const edges = cellsOf(text, line, delimiter)
    if (edges.length < 3) continue
    if ((delimiter === ',' && isProse(text, line, edges)) || (delimiter === '|' && isInside(text, line)))
      continue
    const columns = new Map<number, Column>()
    for (const { word, rule } of headings) {
      if (rule.type === 'USERNAME' && isPartOfName(text, word)) continue
      const index = headed(text, edges, word)
      // Of two words for one cell the first rule's stays, as for numbers in prose the surer.
      if (index >= 0 && !columns.has(index)) columns.set(index, { rule, index })
    }
    if (columns.size > 0) return [delimiter, [...columns.values()]]
  }
  return null
}

/** Passport, account, patient and other numbers in the columns of tables that are headed so. */
export const column: Detector = {
  name: 'column',
  detect: (reading) => {
    const { text } = reading
    if (!text.includes('\n')) return []
    const headings = headingsOf(reading)
    const hits: Hit[] = []
    let behind = 0
    for (let i = 0; i < headings.length; ) {
      const first = headings[i]
      const line =
        first === undefined || first.word.start < behind ? null : lineAround(text, first.word.start)
      if (line === null) {
        i += 1
        continue
      }
      let next = i
      while (next < headings.length && (headings[next]?.word.start ?? 0) < line.end) next += 1
      const named = columnsOf(text, line, headings.slice(i, next))
      i = Math.max(next, i + 1)
      behind = line.end
      if (named === null) continue
      const [found, end] = below(text, line, named[0], named[1])
      hits.push(...found)
      behind = end
    }
    return hits
  },
}

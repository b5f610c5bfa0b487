import type { Reading } from './reading.ts'
import { Rewriter, type Rewritten } from './rewritten.ts'

/** A run of encoded text inside a text, decoded. Findings in it are shown on the whole run. */
export interface Decoded {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly encoding: string
}

/** Characters of one text that are decoded at most, over all runs; more is read encoded only. */
const MOST_DECODED = 262_144

const utf8 = new TextDecoder('utf-8', { fatal: true })
const utf16 = new TextDecoder('utf-16le', { fatal: true })

const decodedAs = (decoder: typeof utf8, bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** The bytes without the rest of a character at either end, where a long run was cut into pieces. */
const wholeCharacters = (bytes: Uint8Array): Uint8Array => {
  let start = 0
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1
  let end = bytes.length
  while (bytes.length - end < 3 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(start, (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : bytes.length)
}

/** Latin letters in two bytes each, low byte first. */
const isWide = (bytes: Uint8Array): boolean =>
  bytes.length % 2 === 0 && bytes[1] === 0 && bytes[3] === 0 && bytes[5] === 0

/** Decoded bytes that are text: UTF-8 with few control characters, as binary formats carry it, or UTF-16. */
const asText = (bytes: Uint8Array): string | null => {
  if (isWide(bytes)) return decodedAs(utf16, bytes)
  const text = decodedAs(utf8, bytes) ?? decodedAs(utf8, wholeCharacters(bytes))
  const controls = text?.match(/[\x00-\x08\x0e-\x1f]/g)?.length ?? 0
  return text === null || controls > text.length / 4 ? null : text
}

const decodeBase64 = (run: string): string | null => asText(Buffer.from(run, 'base64'))
const decodeHex = (run: string): string | null => asText(Buffer.from(run, 'hex'))

const decodePercent = (run: string): string | null => {
  if (run.charAt(1) === 'u') return String.fromCharCode(Number.parseInt(run.slice(2), 16))
  try {
    return decodeURIComponent(run.replaceAll('+', ' '))
  } catch {
    return null
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  lowbar: '_',
  hyphen: '-',
  dash: '-',
  plus: '+',
  colon: ':',
  sol: '/',
  num: '#',
  shy: '',
  zwnj: '',
  zwj: '',
}

const decodeEntities = (run: string): string =>
  run.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? all
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all
  })

const decodeEscapes = (run: string): string => {
  const point = Number.parseInt(run.replaceAll(/[\\ux{}]/g, ''), 16)
  return point <= 0x10ffff ? String.fromCodePoint(point) : run
}

const decodeQuoted = (run: string): string => String.fromCharCode(Number.parseInt(run.slice(1), 16))

/* Searched for inside one run at a time. A class repeated, or the whole run: none goes back over the text. */
const HEXADECIMAL = /(?<![0-9A-Za-z])(?:0x)?((?:[0-9a-fA-F]{2}){9,65536})(?![0-9A-Za-z])/g
const BASE32 = /^[A-Z2-7]{16,262144}={0,6}$/
const BASE64 = /^[\w+/-]{12,262144}={0,2}$/

const BASE32_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const decodeBase32 = (run: string): string | null => {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (let i = 0; i < run.length && run.charAt(i) !== '='; i += 1) {
    held = ((held << 5) | BASE32_LETTERS.indexOf(run.charAt(i))) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return asText(Uint8Array.from(bytes))
}

const worthDecoding = (run: string): boolean => {
  let upper = 0
  let lower = 0
  let digit = 0
  const look = Math.min(run.length, 512)
  for (let i = 0; i < look; i += 1) {
    const unit = run.charCodeAt(i)
    if (unit >= 0x30 && unit <= 0x39) digit += 1
    else if (unit >= 0x41 && unit <= 0x5a) upper += 1
    else if (unit >= 0x61 && unit <= 0x7a) lower += 1
  }
  // Words and identifiers have next to no capitals inside them; encoded text has, and encoded digits mostly.
  return upper > look / 8 && (digit > 0 || run.length > 40) && lower + digit > look / 16
}

/** What each run may say, with where it stands. */
interface Candidate {
  readonly start: number
  readonly end: number
  readonly run: string
  readonly encoding: string
  readonly decode: (run: string) => string | null
}

function* candidatesIn(start: number, run: string, isLine: boolean): Generator<Candidate> {
  for (const match of run.matchAll(HEXADECIMAL)) {
    const from = start + match.index
    const end = from + match[0].length
    yield { start: from, end, run: match[1] ?? '', encoding: 'hexadecimal', decode: decodeHex }
  }
  const whole = { start, end: start + run.length, run }
  if (BASE32.test(run)) yield { ...whole, encoding: 'base32', decode: decodeBase32 }
  if (!isLine && BASE64.test(run) && worthDecoding(run)) {
    yield { ...whole, encoding: 'base64', decode: decodeBase64 }
  }
}

/** Where a line ends that is followed by another run, as encoded mail is broken into lines. */
const LINE_BREAK = /^\r?\n[ \t>]{0,8}$/
const LAST_LINE = /^\r?\n[ \t>]{0,8}([\w+/-]{1,80}={0,2})(?![\w+/=-])/
const WIDEST_BREAK = 10
const SHORTEST_LINE = 32

/** How many runs from the one at `first` on are lines of one encoded text: of the same length, but for the last. */
const countLines = (text: string, runs: readonly number[], first: number): number => {
  const length = (runs[first + 1] ?? 0) - (runs[first] ?? 0)
  let count = 1
  for (let k = first + 2; length >= SHORTEST_LINE && k < runs.length; k += 2) {
    const [last = 0, from = 0, to = 0] = [runs[k - 1], runs[k], runs[k + 1]]
    if (from - last > WIDEST_BREAK || to - from > length || !LINE_BREAK.test(text.slice(last, from))) break
    count += 1
    if (to - from < length) break
  }
  return count
}

/** The lines as one run, with the rest of it on a line too short to be a run. */
const joinedLines = (
  text: string,
  runs: readonly number[],
  first: number,
  count: number,
): Candidate | null => {
  const [start = 0, end = 0] = [runs[first], runs[first + 1]]
  let last = end
  let run = ''
  for (let k = first; k < first + 2 * count; k += 2) {
    run += text.slice(runs[k], runs[k + 1])
    last = runs[k + 1] ?? last
  }
  const tail = end - start < SHORTEST_LINE ? null : LAST_LINE.exec(text.slice(last, last + 96))
  if (tail?.[1] !== undefined) {
    run += tail[1]
    last += tail[0].length
  }
  if (last === end || !BASE64.test(run) || !worthDecoding(run)) return null
  return { start, end: last, run, encoding: 'base64', decode: decodeBase64 }
}

function* candidates({ text, runs }: Pick<Reading, 'text' | 'runs'>): Generator<Candidate> {
  for (let i = 0; i < runs.length; ) {
    const count = countLines(text, runs, i)
    const joined = joinedLines(text, runs, i, count)
    if (joined !== null) yield joined
    for (const past = i + 2 * count; i < past; i += 2) {
      yield* candidatesIn(runs[i] ?? 0, text.slice(runs[i], runs[i + 1]), joined !== null && count > 1)
    }
  }
}

/** Every run of the text that decodes to readable text. Bounded; a run that decodes to bytes is left alone. */
export const decodeRuns = (reading: Pick<Reading, 'text' | 'runs'>): readonly Decoded[] => {
  const found: Decoded[] = []
  if (reading.runs.length === 0) return found
  let budget = MOST_DECODED
  for (const { start, end, run, encoding, decode } of candidates(reading)) {
    if (run.length > budget) continue
    budget -= run.length
    const text = decode(run)
    if (text !== null && text.length >= 6) found.push({ start, end, text, encoding })
  }
  return found
}

/* One pattern, alternatives told apart by their first character. */
const ESCAPES =
  /(?:%[0-9A-Fa-f]{2}){1,1024}|%u[0-9A-Fa-f]{4}|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{1,6}\}|\\x[0-9a-fA-F]{2}/g

/** The same with quoted-printable, which is too much like code to be read everywhere. */
const PRINTABLE = /=[0-9A-F]{2}|=\r?\n|[[({<] ?[@.] ?[\])}>]/g

const resolve = (run: string): string => {
  const first = run.charAt(0)
  if (first === '%') return decodePercent(run) ?? run
  if (first === '&') return decodeEntities(run)
  if (first === '\\') return decodeEscapes(run)
  if (first === '=') return run.length === 3 && run !== '=\r\n' ? decodeQuoted(run) : ''
  return run.includes('@') ? '@' : '.'
}

/** Whether the unit begins an escape of the usual kinds. */
export const isEscapeSign = (unit: number): boolean => unit === 0x25 || unit === 0x26 || unit === 0x5c

/** Signs that a text is quoted-printable, or has its `@` in brackets. */
const isQuoted = (text: string): boolean =>
  text.includes('=40') || text.includes('=3D') || text.includes('=2E') || /[[({<] ?@ ?[\])}>]/.test(text)

const resolveAll = (text: string, pattern: RegExp): Rewritten | null => {
  const rewriter = new Rewriter(text)
  let behind = 0
  for (const match of text.matchAll(pattern)) {
    const replaced = resolve(match[0])
    if (replaced === match[0]) continue
    rewriter.copy(behind, match.index)
    behind = match.index + match[0].length
    rewriter.put(replaced, match.index, behind)
  }
  if (behind === 0) return null
  rewriter.copy(behind, text.length)
  return rewriter.done()
}

/** The whole text with percent, entity and backslash escapes resolved; null where there are none. */
export const decodeEscaped = (text: string): Rewritten | null =>
  /[%&\\]/.test(text) ? resolveAll(text, ESCAPES) : null

/** The whole text with quoted-printable and signs in brackets resolved; null where there are none. */
export const decodeQuotedSigns = (text: string): Rewritten | null =>
  isQuoted(text) ? resolveAll(text, PRINTABLE) : null

import type { Rewritten } from './normalise.ts'
import type { Reading } from './reading.ts'

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
}

const decodeEntities = (run: string): string =>
  run.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? all
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all
  })

const decodeEscapes = (run: string): string =>
  run.replaceAll(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, wide, narrow) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow, 16)),
  )

/* Searched for inside one run at a time. A class repeated, or the whole run: none goes back over the text. */
const RUNS: readonly (readonly [string, RegExp, (run: string) => string | null])[] = [
  ['hexadecimal', /(?<![0-9A-Za-z])(?:[0-9a-fA-F]{2}){12,65536}(?![0-9A-Za-z])/g, decodeHex],
  ['base64', /^[\w+/-]{16,262144}={0,2}$/g, decodeBase64],
]

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
  // Words and identifiers have next to no capitals or digits inside them; encoded text has both.
  return upper > look / 8 && lower > look / 8 && (digit > 0 || run.length > 40)
}

/** Every run of the text that decodes to readable text. Bounded; a run that decodes to bytes is left alone. */
export const decodeRuns = ({ text, runs }: Pick<Reading, 'text' | 'runs'>): readonly Decoded[] => {
  const found: Decoded[] = []
  if (runs.length === 0) return found
  let budget = MOST_DECODED
  for (const [encoding, pattern, decode] of RUNS) {
    for (const { start, run } of matches(text, runs, pattern)) {
      if (encoding === 'base64' && !worthDecoding(run)) continue
      if (run.length > budget) break
      budget -= run.length
      const decoded = decode(run)
      if (decoded === null || decoded.length < 6) continue
      found.push({ start, end: start + run.length, text: decoded, encoding })
    }
  }
  return found
}

function* matches(
  text: string,
  runs: readonly number[],
  pattern: RegExp,
): Generator<{ readonly start: number; readonly run: string }> {
  for (let i = 0; i < runs.length; i += 2) {
    const start = runs[i] ?? 0
    for (const match of text.slice(start, runs[i + 1]).matchAll(pattern)) {
      yield { start: start + match.index, run: match[0] }
    }
  }
}

/* One pattern, alternatives told apart by their first character. */
const ESCAPES =
  /(?:%[0-9A-Fa-f]{2}){1,1024}|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[a-z]{2,8});|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|(?<=[\w.]) ?[[(] ?at ?[\])] ?(?=\w)|(?<=[\w-]) ?[[(] ?dot ?[\])] ?(?=\w)/gi

const resolve = (run: string): string => {
  const first = run.charAt(0)
  if (first === '%') return decodePercent(run) ?? run
  if (first === '&') return decodeEntities(run)
  if (first === '\\') return decodeEscapes(run)
  return /a/i.test(run) ? '@' : '.'
}

/** The whole text with percent, entity and backslash escapes and "[at]" resolved; null where there are none. */
export const decodeEscaped = (text: string): Rewritten | null => {
  if (!/[%&\\[(]/.test(text)) return null
  const segments: Segment[] = []
  let out = ''
  let behind = 0
  for (const match of text.matchAll(ESCAPES)) {
    const replaced = resolve(match[0])
    if (replaced === match[0]) continue
    out += text.slice(behind, match.index)
    behind = match.index + match[0].length
    segments.push({ from: out.length, to: out.length + replaced.length, start: match.index, end: behind })
    out += replaced
  }
  if (segments.length === 0) return null
  return {
    text: out + text.slice(behind),
    origin: (start, end) => [originOf(segments, start, 'start'), originOf(segments, end - 1, 'end')],
  }
}

/** A replaced stretch: [from, to) of the rewritten text stands for [start, end) of the original. */
interface Segment {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

const originOf = (segments: readonly Segment[], index: number, side: 'start' | 'end'): number => {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle]?.from ?? 0) <= index) low = middle + 1
    else high = middle
  }
  const step = side === 'end' ? 1 : 0
  const segment = segments[low - 1]
  if (segment === undefined) return index + step
  if (index < segment.to) return segment[side]
  return segment.end + (index - segment.to) + step
}

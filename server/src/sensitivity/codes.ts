import type { Decoded } from './decode.ts'
import type { Reading } from './reading.ts'

/** Characters written as numbers; fewer say nothing worth reading. */
const FEWEST = 8
const MOST_DECODED = 65_536

/** Pairs of hexadecimal digits, set apart. */
const PAIRS = /(?<![0-9A-Za-z])(?:(?:0x|\\x|%|#)?[0-9a-fA-F]{2}(?:[ :,;.|\t\n-]{1,2}|$)){8,4096}/g
const PREFIXED = /(?:0x[0-9a-fA-F]{2}[ ,;:|\t\n]{0,3}){8,4096}/g
const OCTETS = /(?<![01])(?:[01]{8}[ ,;|\t\n]{0,2}){8,4096}(?![01])/g
const DECIMALS = /(?<![0-9])(?:1?[0-9]{2}[ ,;:|\t\n]{1,3}){7,4096}1?[0-9]{2}(?![0-9])/g

const bytesOf = (run: string, base: number): Uint8Array => {
  const width = base === 2 ? 8 : base === 16 ? 2 : 3
  const units =
    base === 10
      ? run.match(/\d+/g)
      : run.replaceAll(/0x|\\x/g, ' ').match(base === 2 ? /[01]{8}/g : /[0-9a-fA-F]{2}/g)
  return Uint8Array.from(
    (units ?? []).filter((unit) => unit.length <= width).map((unit) => Number.parseInt(unit, base)),
  )
}

/** Bytes that spell something a value could be: plain characters, with an `@` or digits among them. */
const spelledBy = (bytes: Uint8Array): string | null => {
  if (bytes.length < FEWEST) return null
  let digits = 0
  let at = false
  for (const byte of bytes) {
    if (byte < 0x09 || byte > 0x7e || (byte > 0x0d && byte < 0x20)) return null
    if (byte >= 0x30 && byte <= 0x39) digits += 1
    if (byte === 0x40) at = true
  }
  return at || digits >= FEWEST ? Buffer.from(bytes).toString('latin1') : null
}

const within = (
  text: string,
  from: number,
  to: number,
  pattern: RegExp,
  base: number,
  encoding: string,
): Decoded[] => {
  const found: Decoded[] = []
  for (const match of text.slice(from, to).matchAll(pattern)) {
    const said = spelledBy(bytesOf(match[0], base))
    const start = from + match.index
    if (said !== null) found.push({ start, end: start + match[0].trimEnd().length, text: said, encoding })
  }
  return found
}

/** Whether a letter stands there that is no hexadecimal digit. */
const hasOtherLetter = (text: string, start: number, end: number): boolean => {
  for (let i = start; i < end; i += 1) {
    const small = text.charCodeAt(i) | 0x20
    if (small >= 0x67 && small <= 0x7a) return true
  }
  return false
}

/** Stretches of tokens of at most `most` units that hold a digit, with little between: [start, end). */
const stretches = ({ text, tokens }: Reading, most: number): [number, number][] => {
  const found: [number, number][] = []
  let start = -1
  let end = -1
  let count = 0
  const close = (): void => {
    if (count >= FEWEST) found.push([start, end])
    count = 0
  }
  for (let i = 0; i < tokens.length; i += 2) {
    const [from = 0, to = 0] = [tokens[i], tokens[i + 1]]
    if (to - from > most) {
      close()
      continue
    }
    // Pairs of hexadecimal letters stand between tokens, as they have no digit.
    if (count > 0 && (from - end > 12 || hasOtherLetter(text, end, from))) close()
    if (count === 0) start = from
    count += 1
    end = to
  }
  close()
  return found
}

const LONGEST = 8

/** Text written as the numbers of its characters: `6a 6f 68`, `0x6a,0x6f`, `01101010`, `106 111`. */
export const decodeCodes = (reading: Reading): readonly Decoded[] => {
  const { text, tokens, spelled } = reading
  const found: Decoded[] = []
  if (tokens.length < 2 * FEWEST && spelled.length === 0) return found
  let budget = MOST_DECODED
  for (const [start, end] of stretches(reading, LONGEST)) {
    if (end - start > budget) break
    budget -= end - start
    // A pair without a digit may stand at either end.
    const [from, to] = [Math.max(0, start - 9), Math.min(text.length, end + 9)]
    found.push(
      ...within(text, from, to, PREFIXED, 16, 'hexadecimal'),
      ...within(text, from, to, PAIRS, 16, 'hexadecimal'),
      ...within(text, from, to, OCTETS, 2, 'binary'),
      ...within(text, from, to, DECIMALS, 10, 'character codes'),
    )
  }
  return found
}

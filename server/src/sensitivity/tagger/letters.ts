import { fold } from '../automaton.ts'

/** What a UTF-16 unit is to the tagger. */
export const BLANK = 0
export const BREAK = 1
export const MARK = 2
export const SMALL = 3
export const CAPITAL = 4
/** A letter of a script without capitals, or a combining mark. */
export const CASELESS = 5
export const NUMERAL = 6
export const HAN = 7
export const THAI = 8

/** The sort of each unit. */
export const SORTS = new Uint8Array(0x10000).fill(MARK)

/** Blocks where letters have two cases, or stand among marks; elsewhere whole blocks are of one sort. */
const MIXED: readonly (readonly [number, number])[] = [
  [0x00, 0x600],
  [0x10a0, 0x1100],
  [0x1e00, 0x2000],
  [0x2c00, 0x2e00],
  [0xff00, 0xff66],
]

const sortOf = (letter: string): number => {
  if (/\p{L}|\p{M}/u.test(letter)) {
    if (letter !== letter.toLowerCase()) return CAPITAL
    return letter === letter.toUpperCase() && !/\p{Ll}/u.test(letter) ? CASELESS : SMALL
  }
  if (/\p{Nd}/u.test(letter)) return NUMERAL
  return /\s/u.test(letter) ? BLANK : MARK
}

SORTS.fill(CASELESS, 0x600, 0x2000)
SORTS.fill(CASELESS, 0x3041, 0x3100)
SORTS.fill(CASELESS, 0xa000, 0xd800)
for (const [from, to] of MIXED) {
  for (let unit = from; unit < to; unit += 1) SORTS[unit] = sortOf(String.fromCharCode(unit))
}
for (const mark of '\u060c\u061b\u061f\u06d4\u0964\u0965\u30fb') SORTS[mark.charCodeAt(0)] = MARK
for (const blank of '\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff') {
  SORTS[blank.charCodeAt(0)] = BLANK
}
SORTS.fill(NUMERAL, 0x0660, 0x066a)
SORTS.fill(NUMERAL, 0x0966, 0x0970)
SORTS.fill(THAI, 0x0e01, 0x0e4f)
SORTS.fill(HAN, 0x3400, 0x9fff)
SORTS[0x0a] = SORTS[0x0d] = SORTS[0x2028] = SORTS[0x2029] = BREAK

/** Each unit in its plain form: small, Latin and Greek without accents. Unit for unit. */
export const PLAIN = new Uint16Array(0x10000)
for (let unit = 0; unit < 0x10000; unit += 1) PLAIN[unit] = unit
const plainOf = (unit: number): number => {
  const letter = String.fromCharCode(unit)
  const folded = unit < 0x250 ? fold(letter).charCodeAt(0) : unit
  return folded < 0xc0 ? folded : letter.normalize('NFD').toLowerCase().charCodeAt(0)
}
for (let unit = 0; unit < 0x600; unit += 1) PLAIN[unit] = plainOf(unit)
for (let unit = 0x1e00; unit < 0x2000; unit += 1) PLAIN[unit] = plainOf(unit)

/** Sort and plain form of each unit in one look: the sort above 16 bits of the form. Apostrophes are one. */
export const SORTED = new Uint32Array(0x10000)
for (let unit = 0; unit < 0x10000; unit += 1) SORTED[unit] = ((SORTS[unit] ?? 0) << 16) | (PLAIN[unit] ?? 0)
SORTED[0x2019] = (MARK << 16) | 0x27
/** What the sort is above. */
export const SORT_SHIFT = 16
export const PLAIN_BITS = 0xffff

/** Mixes one more unit into a hash. */
export const mix = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193)

export const SEED = 0x811c9dc5 | 0

/** Spreads a hash over all its bits; never 0, which stands for nothing. */
export const spread = (hash: number): number => {
  let h = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) | 1
}

/** The hash of a word in its plain form. */
export const hashOf = (word: string): number => {
  let hash = SEED
  for (let i = 0; i < word.length; i += 1) hash = mix(hash, PLAIN[word.charCodeAt(i)] ?? 0)
  return spread(hash)
}

/** The hash of two words that follow each other, from theirs. */
export const pairOf = (first: number, second: number): number => spread(Math.imul(first, 31) + second)

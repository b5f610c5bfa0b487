import { fold } from '../automaton.ts'

/** What a unit is: 0 between words, 1 part of a word, 2 a word by itself, as in Chinese and Thai. */
const BETWEEN = 0
const INSIDE = 1
const ALONE = 2
/** Entries of UNITS from here on are parts of words, and from there on words by themselves. */
export const INSIDE_FROM = INSIDE << 16
export const ALONE_FROM = ALONE << 16

/** Folded unit in the lower 16 bits, what it is above them. */
export const UNITS = new Uint32Array(0x10000)

const sortOf = (unit: number, folded: string): number => {
  if (unit === 0xa7) return ALONE
  // Thai and the East Asian scripts are written without blanks.
  if ((unit >= 0xe00 && unit < 0xe80) || (unit >= 0x3040 && unit < 0xa000)) return ALONE
  if (unit >= 0xd800 && unit < 0xe000) return BETWEEN
  return /[\p{L}\p{M}\p{Nd}]/u.test(folded) ? INSIDE : BETWEEN
}

for (let unit = 0; unit < UNITS.length; unit += 1) {
  const folded = fold(String.fromCharCode(unit)).toLowerCase()
  UNITS[unit] = folded.charCodeAt(0) | (sortOf(unit, folded) << 16)
}

export const START = 0x811c9dc5 | 0

/** The number of a word grows by its letters, so that a word's beginnings are numbered on the way. */
export const mix = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193)

/** Tells the number of a beginning from that of a whole word with the same letters. */
export const stemOf = (hash: number): number => hash ^ 0x5bd1e995

/** Where a word's number falls in a set of this many bits. */
export const BITS = 17
export const bitOf = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - BITS)

export const isIn = (set: Uint32Array, bit: number): boolean =>
  (((set[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1

export const SHORTEST_STEM = 3
export const LONGEST_STEM = 14

/** One word as a list spells it: its number, or its beginning's where a star stands behind it. */
export const numbersOf = (phrase: string): readonly number[] => {
  const numbers: number[] = []
  let hash = START
  let length = 0
  for (let i = 0; i <= phrase.length; i += 1) {
    const traits = i < phrase.length ? (UNITS[phrase.charCodeAt(i)] ?? 0) : 0
    const sort = traits >>> 16
    // Of a long beginning the first letters do.
    if (sort === INSIDE && (length < LONGEST_STEM || !isStem(phrase, i))) {
      hash = mix(hash, traits & 0xffff)
      length += 1
    } else if (sort !== INSIDE) {
      if (length > 0) numbers.push(phrase[i] === '*' ? stemOf(hash) : hash)
      hash = START
      length = 0
      if (sort === ALONE) numbers.push(mix(START, traits & 0xffff))
    }
  }
  return numbers
}

const isStem = (phrase: string, index: number): boolean => /^[^\s-]*\*/.test(phrase.slice(index))

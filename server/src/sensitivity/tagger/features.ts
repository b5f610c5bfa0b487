import { FLAG } from './flags.ts'
import { PLAIN } from './letters.ts'
import { BREAK_BEFORE, nameClass, SHAPE, type Tokens } from './tokens.ts'

/** Rows of the table of weights; a power of two. */
export const ROWS = 1 << 16
/** Features of one token. */
export const FEATURES = 22

const EDGE = 0x5bd1e995

/** The row of a feature with two parts. */
const row = (template: number, a: number, b: number): number => {
  let h = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b, 0x27d4eb2f)
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35)
  return (h ^ (h >>> 14)) & (ROWS - 1)
}

const lex = (tokens: Tokens, i: number): number =>
  i < 0 || i >= tokens.count ? EDGE : (tokens.lexes[i] ?? 0)

/** All that the lists say, with what is the same for the tagger made one. */
const sortsOf = (tokens: Tokens, i: number): number => {
  if (i < 0 || i >= tokens.count) return EDGE
  const flags = tokens.flags[i] ?? 0
  const given = (flags & (FLAG.female | FLAG.male)) !== 0 ? 1 : 0
  return (flags & ~(FLAG.female | FLAG.male)) | given
}

const classAt = (tokens: Tokens, i: number): number =>
  i < 0 || i >= tokens.count
    ? 0xff
    : nameClass(tokens.flags[i] ?? 0) | (((tokens.flags[i] ?? 0) & FLAG.common) !== 0 ? 64 : 0)

const shapeAt = (tokens: Tokens, i: number): number =>
  i < 0 || i >= tokens.count ? 15 : (tokens.shapes[i] ?? 0)

const table = (units: string): Uint8Array => {
  const marks = new Uint8Array(0x10000)
  for (let i = 0; i < units.length; i += 1) marks[units.charCodeAt(i)] = 1
  return marks
}

const QUOTES = table('"\'“”„«»‘’*_`')
const STOPS = table('.!?:"')

/** Where in its line and sentence a token stands. */
const placeOf = (tokens: Tokens, i: number): number => {
  const { text, before, starts, ends, count } = tokens
  const start = starts[i] ?? 0
  const end = ends[i] ?? 0
  let place = 0
  if (before[i] === BREAK_BEFORE) place = 1
  else if (STOPS[text.charCodeAt((ends[i - 1] ?? 0) - 1)] === 1) place = 4
  if (i + 1 >= count || before[i + 1] === BREAK_BEFORE) place |= 2
  if (start > 0 && QUOTES[text.charCodeAt(start - 1)] === 1) place |= 8
  return end < text.length && QUOTES[text.charCodeAt(end)] === 1 ? place | 16 : place
}

/** The last `length` units of a token in plain form, as one number; 0 where it is no longer than that. */
const ending = (tokens: Tokens, i: number, length: number): number => {
  const start = tokens.starts[i] ?? 0
  const end = tokens.ends[i] ?? 0
  if (end - start <= length) return 0
  let value = 0
  for (let at = end - length; at < end; at += 1) {
    value = Math.imul(value, 131) + (PLAIN[tokens.text.charCodeAt(at)] ?? 0)
  }
  return value
}

const OPENING = 3

const opening = (tokens: Tokens, i: number): number => {
  const start = tokens.starts[i] ?? 0
  if ((tokens.ends[i] ?? 0) - start <= OPENING) return 0
  let value = 0
  for (let at = start; at < start + OPENING; at += 1) {
    value = Math.imul(value, 131) + (PLAIN[tokens.text.charCodeAt(at)] ?? 0)
  }
  return value
}

/** A mark glued to the token counts, a letter or blank is one of each. */
const glue = (tokens: Tokens, i: number): number => {
  const ahead = i > 0 && tokens.before[i] === 0 ? tokens.text.charCodeAt((tokens.starts[i] ?? 1) - 1) : 0
  const behind =
    i + 1 < tokens.count && tokens.before[i + 1] === 0 ? tokens.text.charCodeAt(tokens.ends[i] ?? 0) : 0
  return ahead * 0x10000 + behind
}

/** The last known word ahead on the same line with a colon, equals sign or bar behind it: what the line is about. */
const keyOf = (tokens: Tokens, i: number): number => {
  for (let k = i - 1; k > 0 && k >= i - 6; k -= 1) {
    if (tokens.before[k + 1] === BREAK_BEFORE) return 0
    const unit = tokens.text.charCodeAt(tokens.starts[k] ?? 0)
    if (unit !== 0x3a && unit !== 0x3d && unit !== 0xff1a) continue
    for (let w = k - 1; w >= 0 && w >= k - 3; w -= 1) {
      if ((tokens.shapes[w] ?? 0) < SHAPE.number) return lex(tokens, w)
    }
    return 1
  }
  return 0
}

/** How far the words around a name of several parts are looked for. */
const REACH = 4

const isCapital = (tokens: Tokens, i: number): boolean => {
  const shape = tokens.shapes[i] ?? 0
  return shape >= SHAPE.capital && shape <= SHAPE.initial
}

/** The word behind the run of capitals that `i` stands in. */
const behindName = (tokens: Tokens, i: number): number => {
  let k = i + 1
  while (k < tokens.count && k < i + REACH && isCapital(tokens, k) && tokens.before[k] !== BREAK_BEFORE)
    k += 1
  return k < tokens.count && tokens.before[k] === BREAK_BEFORE ? 1 : lex(tokens, k)
}

const aheadOfName = (tokens: Tokens, i: number): number => {
  let k = i - 1
  while (k >= 0 && k > i - REACH && isCapital(tokens, k) && tokens.before[k + 1] !== BREAK_BEFORE) k -= 1
  return k >= 0 && tokens.before[k + 1] === BREAK_BEFORE ? 1 : lex(tokens, k)
}

/** The rows of weights that speak about token `i`: fills `out` from `at`. */
export const features = (tokens: Tokens, i: number, out: Int32Array, at: number): void => {
  const here = lex(tokens, i)
  const one = lex(tokens, i - 1)
  const next = lex(tokens, i + 1)
  const shape = shapeAt(tokens, i)
  const kind = classAt(tokens, i)
  const written = shape * 256 + kind
  const place = placeOf(tokens, i)
  const shapes = shapeAt(tokens, i - 1) * 256 + shape * 16 + shapeAt(tokens, i + 1)
  const mood = (tokens.german > 1 ? 16 : 0) + Math.min(tokens.fictions, 3) * 4 + tokens.manner
  out[at] = row(0, here, 0)
  out[at + 1] = row(1, sortsOf(tokens, i), shape)
  out[at + 2] = row(2, written, place)
  out[at + 3] = row(3, one, shape)
  out[at + 4] = row(4, next, shape)
  out[at + 5] = row(5, one, written)
  out[at + 6] = row(6, next, written)
  out[at + 7] = row(7, Math.imul(one, 31) + next, kind)
  out[at + 8] = row(8, ending(tokens, i, 2), shape)
  out[at + 9] = row(9, ending(tokens, i, 3), shape)
  out[at + 10] = row(10, ending(tokens, i, 4), 0)
  out[at + 11] = row(11, opening(tokens, i), shape)
  out[at + 12] = row(12, lex(tokens, i - 2), written)
  out[at + 13] = row(13, lex(tokens, i + 2), written)
  out[at + 14] = row(14, lex(tokens, i - 3), written)
  out[at + 15] = row(15, mood, written)
  out[at + 16] = row(16, glue(tokens, i), kind)
  out[at + 17] = row(17, keyOf(tokens, i), written)
  out[at + 18] = row(18, aheadOfName(tokens, i), kind)
  out[at + 19] = row(19, behindName(tokens, i), kind)
  out[at + 21] = row(21, shapes, place & 3)
  out[at + 20] = row(20, classAt(tokens, i - 1) * 256 + classAt(tokens, i + 1), written)
}

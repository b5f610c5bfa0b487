import { unitsOf } from '../units.ts'
import { FLAG, KNOWN, NAME, NOTABLE } from './flags.ts'
import { flagsOf } from './gazetteer.ts'
import * as letters from './letters.ts'

/*
 * What another module exports is fetched anew at each use, even a number; a module's own constants are part of the
 * compiled loop. Here that is a third of the time.
 */
const { BLANK, BREAK, CAPITAL, CASELESS, HAN, MARK, NUMERAL, SMALL, THAI, SEED } = letters
const { PLAIN, PLAIN_BITS, SORT_SHIFT, SORTED, SORTS, mix, pairOf, spread } = letters

/** How a token is written. */
export const SHAPE = {
  small: 0,
  capital: 1,
  capitals: 2,
  mixed: 3,
  initial: 4,
  caseless: 5,
  number: 6,
  mark: 7,
  code: 8,
  han: 9,
  thai: 10,
} as const

/** What stands just before a token. */
const NOTHING_BEFORE = 0
export const BLANK_BEFORE = 1
export const BREAK_BEFORE = 2

/** How the letters of a whole text are written. */
const ORDINARY = 0
const ALL_SMALL = 1
const ALL_CAPITALS = 2

/**
 * The tokens of one text, in arrays that are used again for the next one: words with their inner hyphens and
 * apostrophes, numbers, single marks, single Han characters.
 */
export class Tokens {
  text = ''
  count = 0
  /** ORDINARY, ALL_SMALL or ALL_CAPITALS. */
  manner = ORDINARY
  /** How many words speak of imagined or public persons. */
  fictions = 0
  /** How many small words are German, where every noun has a capital. */
  german = 0
  hans = 0
  thais = 0
  starts = new Int32Array(1024)
  ends = new Int32Array(1024)
  /** Hash of the plain form. */
  words = new Int32Array(1024)
  /** What stands for the token as context: its own hash where it is known, else its sort. */
  lexes = new Int32Array(1024)
  shapes = new Uint8Array(1024)
  before = new Uint8Array(1024)
  flags = new Uint32Array(1024)
  /** 1 where a name may stand. */
  active = new Uint8Array(1024)

  widen(): void {
    const size = this.starts.length * 2
    const wider = <T extends Int32Array | Uint8Array | Uint32Array>(wide: T, narrow: T): T => {
      wide.set(narrow)
      return wide
    }
    this.starts = wider(new Int32Array(size), this.starts)
    this.ends = wider(new Int32Array(size), this.ends)
    this.words = wider(new Int32Array(size), this.words)
    this.lexes = wider(new Int32Array(size), this.lexes)
    this.shapes = wider(new Uint8Array(size), this.shapes)
    this.before = wider(new Uint8Array(size), this.before)
    this.flags = wider(new Uint32Array(size), this.flags)
    this.active = wider(new Uint8Array(size), this.active)
  }
}

const isLetter = (sort: number): boolean => sort >= SMALL && sort <= CASELESS
const isApostrophe = (unit: number): boolean => unit === 0x27 || unit === 0x2019 || unit === 0x2bc

/** Whether an apostrophe at `at` stands inside a name, as in O'Neill and D'Angelo; "l'amie" and "Tim's" are two. */
const joins = (text: string, start: number, at: number): boolean => {
  const first = SORTS[text.charCodeAt(start)]
  const next = SORTS[text.charCodeAt(at + 1)]
  if (first === CAPITAL && next === CAPITAL && at - start <= 3) return true
  if (at - start === 1 && (text.charCodeAt(start) | 0x20) === 0x6f && isLetter(next ?? 0)) return true
  // don't, isn't
  return text.charCodeAt(at + 1) === 0x74 && !isLetter(SORTS[text.charCodeAt(at + 2)] ?? 0)
}

/** What one pass over a word saw; used again for the next word. */
const SEEN = { end: 0, hash: 0, small: 0, capitals: 0, turns: 0, isCode: false, hyphens: 0 }

/** Goes over the word that starts at `start` once: where it ends, its hash, how it is written. */
const scanWord = (text: string, units: Uint16Array, start: number): void => {
  let hash = SEED
  let small = 0
  let capitals = 0
  let turns = 0
  let isCode = false
  let hyphens = 0
  let last = 0
  let i = start
  // What stands behind the last unit ends every word.
  for (; ; i += 1) {
    const unit = units[i] ?? 0
    const sorted = SORTED[unit] ?? 0
    const sort = sorted >>> SORT_SHIFT
    if (sort === SMALL) small += 1
    else if (sort === CAPITAL) {
      capitals += 1
      if (last === SMALL) turns += 1
    } else if (sort !== CASELESS) {
      if (sort === NUMERAL || unit === 0x5f) isCode = true
      else if (unit === 0x2d && isLetter(SORTS[units[i + 1] ?? 0] ?? 0)) hyphens += 1
      else if (!(isApostrophe(unit) && joins(text, start, i))) break
    }
    hash = mix(hash, sorted & PLAIN_BITS)
    last = sort
  }
  SEEN.end = i
  SEEN.hash = spread(hash)
  SEEN.small = small
  SEEN.capitals = capitals
  SEEN.turns = turns
  SEEN.isCode = isCode
  SEEN.hyphens = hyphens
}

const wordShape = (first: number): number => {
  const { small, capitals, turns, isCode, hyphens } = SEEN
  if (isCode) return SHAPE.code
  if (capitals === 0) return small > 0 ? SHAPE.small : SHAPE.caseless
  if (small === 0) return capitals === 1 ? SHAPE.initial : SHAPE.capitals
  if (first !== CAPITAL) return hyphens > 0 ? SHAPE.small : SHAPE.mixed
  return turns === 0 ? SHAPE.capital : SHAPE.mixed
}

const hashRange = (text: string, start: number, end: number): number => {
  let hash = SEED
  for (let i = start; i < end; i += 1) {
    const unit = text.charCodeAt(i)
    hash = mix(hash, unit === 0x2019 ? 0x27 : (PLAIN[unit] ?? 0))
  }
  return spread(hash)
}

/** What lists say of the parts of a hyphenated word, as far as they are parts of names or places. */
const flagsOfParts = (text: string, start: number, end: number): number => {
  let flags = 0
  let from = start
  for (let i = start; i <= end; i += 1) {
    if (i < end && text.charCodeAt(i) !== 0x2d) continue
    flags |= flagsOf(hashRange(text, from, i))
    from = i + 1
  }
  return flags & (NAME | FLAG.place | FLAG.common)
}

const COMMON_STEM = FLAG.common

/** "pedestrians", "booked", "quickly": an English ending behind a word that is known as an ordinary one. */
const flagsOfStem = (text: string, start: number, end: number): number => {
  for (let cut = 1; cut <= 3 && end - start - cut >= 3; cut += 1) {
    if (!STEM_ENDS.has(ending(text, end, cut))) continue
    if ((flagsOf(hashRange(text, start, end - cut)) & COMMON_STEM) !== 0) return COMMON_STEM
  }
  return 0
}

const ending = (text: string, end: number, length: number): number => {
  let value = 0
  for (let i = end - length; i < end; i += 1) value = value * 128 + (text.charCodeAt(i) | 0x20)
  return value
}

const STEM_ENDS: ReadonlySet<number> = new Set(
  ['s', 'd', 'r', 'n', 'es', 'ed', 'er', 'ly', 'en', 'em', 'ing', 'ers', 'ies'].map((word) =>
    ending(word, word.length, word.length),
  ),
)

/** Where the token that starts at `start`, no word, ends. */
const tokenEnd = (text: string, start: number, sort: number): number => {
  let i = start + 1
  if (sort === NUMERAL) while (SORTS[text.charCodeAt(i)] === NUMERAL) i += 1
  else if (sort === THAI) while (SORTS[text.charCodeAt(i)] === THAI) i += 1
  else if (sort === MARK && isApostrophe(text.charCodeAt(start)) && isPossessive(text, start)) i += 1
  return i
}

const isPossessive = (text: string, at: number): boolean =>
  (text.charCodeAt(at + 1) | 0x20) === 0x73 &&
  !isLetter(SORTS[text.charCodeAt(at + 2)] ?? 0) &&
  isLetter(SORTS[text.charCodeAt(at - 1)] ?? 0)

const shapeOf = (sort: number): number => {
  if (sort === NUMERAL) return SHAPE.number
  if (sort === HAN) return SHAPE.han
  return sort === THAI ? SHAPE.thai : SHAPE.mark
}

const lexOf = (shape: number, word: number, flags: number, length: number): number => {
  if (shape === SHAPE.number) return 0x1000 + Math.min(length, 8)
  if (shape === SHAPE.mark || shape === SHAPE.han) return word
  if ((flags & KNOWN) !== 0) return word
  return 0x2000 + shape * 64 + nameClass(flags)
}

/** What sort of name a word may be, in six bits. */
export const nameClass = (flags: number): number =>
  ((flags & (FLAG.female | FLAG.male)) !== 0 ? 1 : 0) |
  ((flags & FLAG.family) !== 0 ? 2 : 0) |
  ((flags & FLAG.place) !== 0 ? 4 : 0) |
  ((flags & FLAG.country) !== 0 ? 8 : 0) |
  ((flags & FLAG.nation) !== 0 ? 16 : 0) |
  ((flags & (FLAG.famous | FLAG.brand)) !== 0 ? 32 : 0)

const flagsOfWord = (text: string, start: number, end: number, shape: number): number => {
  let flags = flagsOf(SEEN.hash)
  if (flags === 0 && (shape === SHAPE.small || shape === SHAPE.capital) && end - start > 4) {
    flags = flagsOfStem(text, start, end)
  }
  return SEEN.hyphens > 0 && shape !== SHAPE.code ? flags | flagsOfParts(text, start, end) : flags
}

const push = (tokens: Tokens, units: Uint16Array, start: number, sort: number, before: number): number => {
  if (tokens.count === tokens.starts.length) tokens.widen()
  const { text, count } = tokens
  let end: number
  let shape: number
  let flags = 0
  if (isLetter(sort)) {
    scanWord(text, units, start)
    end = SEEN.end
    shape = wordShape(sort)
    flags = flagsOfWord(text, start, end, shape)
    tokens.words[count] = SEEN.hash
    if (start < MANNERED) countLetters(units, start, end)
    if ((flags & FLAG.fiction) !== 0) tokens.fictions += 1
    if ((flags & FLAG.german) !== 0 && shape === SHAPE.small) tokens.german += 1
    if (before === BLANK_BEFORE && shape <= SHAPE.caseless) flags = withPair(tokens, count, flags)
  } else {
    end = tokenEnd(text, start, sort)
    shape = shapeOf(sort)
    if (sort === HAN) tokens.hans += 1
    else if (sort === THAI) tokens.thais += 1
    tokens.words[count] = end - start === 1 ? MARKS + text.charCodeAt(start) : shape
  }
  tokens.starts[count] = start
  tokens.ends[count] = end
  tokens.shapes[count] = shape
  tokens.before[count] = before
  tokens.flags[count] = flags
  tokens.count = count + 1
  return end
}

/** What marks are numbered from, as words. */
const MARKS = 0x10000

/** What the lists say of token `at`, with what they say of it and the word ahead: "New York", "Albert Einstein". */
const withPair = ({ words, flags }: Tokens, at: number, own: number): number => {
  const ahead = flags[at - 1] ?? 0
  if ((ahead & FLAG.pair) === 0) return own
  const both = flagsOf(pairOf(words[at - 1] ?? 0, words[at] ?? 0))
  if (both === 0) return own
  flags[at - 1] = ahead | both
  return own | both | FLAG.pair
}

/** So many units of a text say in what manner it is written. */
const MANNERED = 2_000

/** The letters of those, counted word by word. */
const LETTERS = { small: 0, capitals: 0 }

const countLetters = (units: Uint16Array, start: number, end: number): void => {
  if (end <= MANNERED) {
    LETTERS.small += SEEN.small
    LETTERS.capitals += SEEN.capitals
    return
  }
  for (let i = start; i < MANNERED; i += 1) {
    const sort = SORTS[units[i] ?? 0]
    if (sort === SMALL) LETTERS.small += 1
    else if (sort === CAPITAL) LETTERS.capitals += 1
  }
}

const mannerOf = ({ small, capitals }: typeof LETTERS): number => {
  if (capitals === 0) return ALL_SMALL
  return capitals > small * 4 ? ALL_CAPITALS : ORDINARY
}

const isActive = (shape: number, flags: number, manner: number, length: number): boolean => {
  switch (shape) {
    case SHAPE.capital:
    case SHAPE.capitals:
    case SHAPE.mixed:
    case SHAPE.initial:
      return true
    case SHAPE.small:
    case SHAPE.caseless:
      if ((flags & FLAG.common) === 0) return (flags & NOTABLE) !== 0 || (manner === ALL_SMALL && length > 2)
      return (flags & (FLAG.nation | FLAG.occupation)) !== 0 || (manner === ALL_SMALL && (flags & NAME) !== 0)
    default:
      return false
  }
}

const CONNECTORS: ReadonlySet<number> = new Set(
  ['.', ',', '-', '&', '/', "'", 'and', 'of', 'the', 'for', '’', '(', ')'].map((word) =>
    hashRange(word, 0, word.length),
  ),
)
/** At most so many words without a capital stand inside a name: "van der", ", the". */
const WIDEST_GAP = 3

const connects = (tokens: Tokens, i: number): boolean =>
  tokens.before[i] !== BREAK_BEFORE &&
  (((tokens.flags[i] ?? 0) & (FLAG.particle | FLAG.suffix)) !== 0 || CONNECTORS.has(tokens.words[i] ?? 0))

/** "Network and computer systems administrator": what stands between a capital and an occupation. */
const isSmallWord = (tokens: Tokens, i: number): boolean =>
  tokens.shapes[i] === SHAPE.small && tokens.before[i] === BLANK_BEFORE

/** "The", "Later": an ordinary word that has its capital from the beginning of a sentence, with no capital behind. */
const isOpening = (tokens: Tokens, i: number): boolean => {
  const { flags, shapes, before, words } = tokens
  const own = flags[i] ?? 0
  if (shapes[i] !== SHAPE.capital || (own & FLAG.common) === 0 || (own & OPEN) !== 0) return false
  const next = shapes[i + 1] ?? 0
  if (next >= SHAPE.capital && next <= SHAPE.initial && i + 1 < tokens.count) return false
  if (before[i] === BREAK_BEFORE) return before[i + 1] === BLANK_BEFORE
  const mark = (words[i - 1] ?? 0) - MARKS
  return mark === 0x2e || mark === 0x21 || mark === 0x3f
}

const OPEN = NOTABLE | FLAG.famous | FLAG.brand | FLAG.business

/** Marks where names may stand, and the particles and marks between such places. */
const activate = (tokens: Tokens): void => {
  const { active, shapes, flags, starts, ends, count, manner, before } = tokens
  let last = -1
  for (let i = 0; i < count; i += 1) {
    const on =
      isActive(shapes[i] ?? 0, flags[i] ?? 0, manner, (ends[i] ?? 0) - (starts[i] ?? 0)) &&
      !isOpening(tokens, i)
    active[i] = on ? 1 : 0
    if (!on) continue
    const gap = i - last - 1
    if (last >= 0 && gap > 0 && gap <= WIDEST_GAP && before[i] !== BREAK_BEFORE) {
      const isJob = ((flags[i] ?? 0) & FLAG.occupation) !== 0
      let linked = true
      for (let k = last + 1; k < i; k += 1)
        linked &&= connects(tokens, k) || (isJob && isSmallWord(tokens, k))
      if (linked) active.fill(1, last + 1, i)
    }
    last = i
  }
}

/** Fills `tokens` with those of `text`. One pass, no allocation but for longer texts than before. */
export const tokenise = (tokens: Tokens, text: string): void => {
  const units = unitsOf(text)
  const { length } = text
  tokens.text = text
  tokens.count = 0
  tokens.fictions = 0
  tokens.german = 0
  tokens.hans = 0
  tokens.thais = 0
  LETTERS.small = 0
  LETTERS.capitals = 0
  let before = BREAK_BEFORE
  for (let i = 0; i < length; ) {
    const sort = SORTS[units[i] ?? 0] ?? MARK
    if (sort === BLANK || sort === BREAK) {
      if (sort === BREAK) before = BREAK_BEFORE
      else if (before === NOTHING_BEFORE) before = BLANK_BEFORE
      i += 1
      continue
    }
    i = push(tokens, units, i, sort, before)
    before = NOTHING_BEFORE
  }
  tokens.manner = mannerOf(LETTERS)
  settle(tokens)
}

/** What follows from shapes and flags: how a token counts as context, and where names may stand. */
export const settle = (tokens: Tokens): void => {
  const { count, lexes, shapes, words, flags, starts, ends } = tokens
  for (let i = 0; i < count; i += 1) {
    const shape = shapes[i] ?? 0
    const own = flags[i] ?? 0
    // What most words are is asked first.
    if (shape < SHAPE.number && (own & KNOWN) !== 0) lexes[i] = words[i] ?? 0
    else lexes[i] = lexOf(shape, words[i] ?? 0, own, (ends[i] ?? 0) - (starts[i] ?? 0))
  }
  activate(tokens)
}

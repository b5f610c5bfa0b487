import { fold, isWide, styleOf, type Token, tokensOf } from './fold.ts'
import { familyLength } from './names/east.ts'
import {
  MARKED_TITLES,
  MEN,
  NOBLE,
  PARTICLES,
  TITLES,
  TITLES_AND_NAMES,
  WIDE_PREFIXES,
  WIDE_TITLES,
  WOMEN,
} from './names/lexicon.ts'
import type { CultureName } from './names/makers.ts'

/** A word of a name with its offsets in the text that was given. */
export interface NameWord {
  readonly start: number
  readonly end: number
  readonly word: string
  readonly role: 'given' | 'family' | 'initial'
}

export interface Name {
  readonly words: readonly NameWord[]
  readonly gender: 'f' | 'm' | null
}

const MALE_TITLES = new Set(
  'mr sir herr herrn m monsieur sr senor don sig signor dott snr senhor dhr pan pana panu господин г bay bey'.split(
    ' ',
  ),
)
const FEMALE_TITLES = new Set(
  'mrs ms miss madam frau fraulein mme mlle madame mademoiselle sra srta senora senorita dona signora signorina dottssa dottoressa senhora dra mevrouw mevr pani panie fru froken госпожа г-жа пани hanim bayan'.split(
    ' ',
  ),
)
/** Men whose name ends like a woman's. */
const ENDS_LIKE_HERS = new Set(
  'luca andrea nikola joshua noah elia mika sascha ezra misha ilya nikita илья никита лука фома кузьма саша миша'.split(
    ' ',
  ),
)

const genderOf = (given: string, family: string): 'f' | 'm' | null => {
  const name = fold(given)
  if (MEN.has(name) && !WOMEN.has(name)) return 'm'
  if (WOMEN.has(name) && !MEN.has(name)) return 'f'
  if (/(?:ova|ska|cka|zka|ова|ева|ина|ская)$/.test(fold(family))) return 'f'
  if (ENDS_LIKE_HERS.has(name)) return 'm'
  return name.length > 2 && /[aая]$/.test(name) ? 'f' : null
}

const genderOfTitles = (titles: readonly string[]): 'f' | 'm' | null => {
  if (titles.some((title) => FEMALE_TITLES.has(title))) return 'f'
  return titles.some((title) => MALE_TITLES.has(title)) ? 'm' : null
}

interface Piece {
  readonly start: number
  readonly end: number
  readonly word: string
  readonly initial: boolean
}

const isKept = (
  text: string,
  start: number,
  end: number,
  only: boolean,
  lowered: boolean,
  /** A title with nothing but titles before it, and something behind. */
  led: boolean,
  /** See isNamed: `Le gall`, `D'angelo`, `Nguyen vanová`. */
  named: boolean,
): boolean => {
  const word = text.slice(start, end)
  const folded = fold(word)
  const after = text.charAt(end)
  const before = text.charAt(start - 1)
  // Of O'Brien the O stays, of Anna's the s.
  if (folded.length <= 2 && (/['’‘`]/.test(after) || /['’‘`]/.test(before))) return true
  if (only) return false
  if (led && folded.length > 1) return true
  if (styleOf(word) === 'lower' && (PARTICLES.has(folded) || !(lowered || named))) return true
  return NOBLE.has(folded) && isPlainly(word) && end < text.trimEnd().length
}

/** Whether a word's marks, if it has any, are its own and not another's that only folds alike. */
const isPlainly = (word: string): boolean => {
  const lower = word.normalize('NFC').toLowerCase()
  return lower === fold(lower) || MARKED_TITLES.has(lower) || !/\p{sc=Latn}/u.test(word)
}

const isTitle = (word: string, behind: string, language: CultureName): boolean => {
  const folded = fold(word)
  if (!TITLES.has(folded) || !isPlainly(word)) return false
  const languages = TITLES_AND_NAMES.get(folded)
  return languages === undefined || behind === '.' || languages.includes(language)
}

/** `D'`, `O'`, `dell'`; an apostrophe behind more letters is before an ending. */
const ELIDED = /^(?:\p{L}{1,2}|dell|dall|nell|sant)['’‘`]$/u

/** Whether a word in small letters is part of a name by what is before it: a particle, half a word, a capital. */
const isNamed = (text: string, before: Token | undefined, { start, end }: Token, last: boolean): boolean => {
  if (before === undefined) return false
  const lead = text.slice(before.start, start)
  if (ELIDED.test(fold(lead))) return true
  if (!last || !/^\p{L}[\p{L}\p{M}]*\s+$/u.test(lead)) return false
  return NOBLE.has(before.fold) || (end - start > 3 && styleOf(lead.trim()) !== 'lower')
}

const piecesOf = (
  text: string,
  language: CultureName,
): { readonly pieces: readonly Piece[]; readonly titles: readonly string[] } => {
  const tokens = tokensOf(text).filter((token) => token.sort === 'letters')
  const lowered = tokens.every((token) => styleOf(text.slice(token.start, token.end)) !== 'title')
  const titles = tokens.map((token) => token.fold).filter((one) => TITLES.has(one))
  const pieces: Piece[] = []
  let led = true
  for (const [index, token] of tokens.entries()) {
    const { start, end } = token
    led = led && index < tokens.length - 1 && isTitle(text.slice(start, end), text.charAt(end), language)
    const last = index === tokens.length - 1
    const named = isNamed(text, tokens[index - 1], token, last)
    if (isKept(text, start, end, tokens.length === 1, lowered, led, named)) continue
    const word = text.slice(start, end)
    pieces.push({ start, end, word, initial: [...word].length === 1 })
  }
  return { pieces, titles }
}

const familyFrom = (text: string, pieces: readonly Piece[], titled: boolean): number => {
  const words = pieces.filter((piece) => !piece.initial)
  const last = words.at(-1)
  if (last === undefined) return text.length
  if (words.length === 1) {
    const folded = fold(last.word)
    const isGiven = !titled && pieces.length === 1 && (WOMEN.has(folded) || MEN.has(folded))
    return isGiven ? text.length : last.start
  }
  // Hyphens make one family name of two words.
  const before = words.at(-2)
  const hyphen = before !== undefined && text.slice(before.end, last.start) === '-'
  return hyphen && words.length > 2 ? before.start : last.start
}

/** A name in letters with blanks: which words are given names, which the family's, and what stands for one. */
const spacedName = (text: string, language: CultureName): Name => {
  const { pieces, titles } = piecesOf(text, language)
  const comma = text.indexOf(',')
  const turned =
    comma > 0 && pieces.some((one) => one.start > comma) && pieces.some((one) => one.end <= comma)
  const from = familyFrom(text, pieces, titles.length > 0)
  const words = pieces.map(({ start, end, word, initial }): NameWord => {
    const family = turned ? end <= comma : start >= from
    return { start, end, word, role: initial ? 'initial' : family ? 'family' : 'given' }
  })
  const given = words.find((one) => one.role === 'given')?.word ?? ''
  const family = words.find((one) => one.role === 'family')?.word ?? ''
  return { words, gender: genderOfTitles(titles) ?? genderOf(given, family) }
}

const part = (text: string, start: number, end: number, role: 'given' | 'family'): NameWord => ({
  start,
  end,
  word: text.slice(start, end),
  role,
})

const thaiName = (text: string, start: number, end: number): readonly NameWord[] => {
  const words: NameWord[] = []
  for (const found of text.slice(start, end).matchAll(/[^\s,]+/g)) {
    const at = start + found.index
    words.push(part(text, at, at + found[0].length, words.length === 0 ? 'given' : 'family'))
  }
  return words
}

/** A name in a script without blanks; in those of East Asia the family comes first. */
const wideName = (text: string, japanese: boolean): Name => {
  let start = text.length - text.trimStart().length
  let end = text.trimEnd().length
  const prefix = WIDE_PREFIXES.find((one) => text.startsWith(one, start))
  if (prefix !== undefined) start += prefix.length
  const suffix = WIDE_TITLES.find(
    (one) => text.slice(start, end).length > one.length && text.slice(0, end).endsWith(one),
  )
  if (suffix !== undefined) end -= suffix.length
  const name = text.slice(start, end).trimEnd()
  end = start + name.length
  start += name.length - name.trimStart().length
  const gender = prefix === 'นาย' || prefix === 'ด.ช.' ? 'm' : prefix?.startsWith('นาง') === true ? 'f' : null
  if (/\p{sc=Thai}/u.test(name)) return { words: thaiName(text, start, end), gender }
  const blank = /[\s·・　]+/.exec(name)
  const length = blank === null ? familyLength(name, japanese) : blank.index
  const givenStart = start + length + (blank?.[0].length ?? 0)
  const words = [part(text, start, start + length, 'family')]
  if (givenStart < end) words.push(part(text, givenStart, end, 'given'))
  return { words, gender: genderOf(text.slice(givenStart, end), '') }
}

/** Takes a name apart. `before` is the text in front of it, for the title there. */
export const nameOf = (text: string, before: string, language: CultureName): Name => {
  if (isWide(text)) return wideName(text, language === 'ja' || /[\p{sc=Hira}\p{sc=Kana}々様]/u.test(text))
  const name = spacedName(text, language)
  const lead = tokensOf(before.slice(-24))
    .map((token) => token.fold)
    .slice(-2)
  const titled = lead.filter((one) => TITLES.has(one))
  return { words: name.words, gender: genderOfTitles(titled) ?? name.gender }
}

/** Letters that no decomposition takes apart. Source: Unicode names; the folded forms are the usual transcriptions. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
}
const UMLAUTS: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  å: 'aa',
  ø: 'oe',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  Å: 'Aa',
  Ø: 'Oe',
  æ: 'ae',
  Æ: 'Ae',
  ß: 'ss',
}
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const NOT_ASCII = /[^\x00-\x7f]/

/** Small letters without marks or invisible characters, full-width forms made narrow: what two spellings of one word share. */
export const fold = (text: string): string => {
  const lower = text.toLowerCase()
  if (!NOT_ASCII.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(INVISIBLE, '')
    .replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC')
}

/** The same with umlauts spelled out (`Müller` → `Mueller`), case kept; the text itself where there are none. */
export const spellOut = (text: string): string =>
  text.replace(/[äöüåøæßÄÖÜÅØÆ]/g, (one) => UMLAUTS[one] ?? one)

const SPELLED = [/[äöüÄÖÜß]/g, /[åÅ]/g, /[øæØÆ]/g] as const

/** The same with only some of them spelled out, as writers of one language do with the letters of another. */
export const spellOutSome = (text: string): readonly string[] =>
  SPELLED.map((letters) => text.replace(letters, (one) => UMLAUTS[one] ?? one))

/** Without marks, case kept: what a name becomes in an address or a file name. */
export const plain = (text: string): string =>
  NOT_ASCII.test(text)
    ? spellOut(text)
        .normalize('NFKD')
        .replace(/[\u0300-\u036f]/g, '')
        .replace(/[œŒøłŁđĐðþı]/g, (one) => LETTERS[one.toLowerCase()] ?? one)
    : text

/** A run of letters, a run of digits, or one character of a script that sets no blanks. */
export interface Token {
  readonly start: number
  readonly end: number
  readonly fold: string
  readonly sort: 'letters' | 'digits' | 'wide'
}

const WIDE_CLASS =
  '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}'
const TOKEN = new RegExp(
  `[${WIDE_CLASS}]\\p{M}*|\\p{Nd}+|(?:(?![${WIDE_CLASS}])\\p{L})(?:(?![${WIDE_CLASS}])[\\p{L}\\p{M}\\u00ad\\u200b-\\u200d\\u2060\\ufeff])*`,
  'gu',
)
const ASCII_TOKEN = /[A-Za-z]+|[0-9]+/g
const WIDE = new RegExp(`[${WIDE_CLASS}]`, 'u')

export const isWide = (text: string): boolean => NOT_ASCII.test(text) && WIDE.test(text)

const sortOf = (text: string): Token['sort'] => {
  const code = text.charCodeAt(0)
  if (code < 0x80) return code < 0x3a ? 'digits' : 'letters'
  if (/^\p{Nd}/u.test(text)) return 'digits'
  return WIDE.test(text) ? 'wide' : 'letters'
}

/** Tokens of a text from an offset on, in order. One linear pass. */
export const tokensOf = (text: string): readonly Token[] => {
  const pattern = NOT_ASCII.test(text) ? TOKEN : ASCII_TOKEN
  const tokens: Token[] = []
  pattern.lastIndex = 0
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [token] = found
    const start = found.index
    tokens.push({ start, end: start + token.length, fold: fold(token), sort: sortOf(token) })
  }
  return tokens
}

export type Style = 'upper' | 'lower' | 'title' | 'mixed'

export const styleOf = (word: string): Style => {
  const lower = word.toLowerCase()
  const upper = word.toUpperCase()
  if (lower === upper) return 'mixed'
  if (word === lower) return 'lower'
  const first = [...word][0] ?? ''
  if (word === upper && [...word].length > 1) return 'upper'
  return word.slice(first.length) === lower.slice(first.length) ? 'title' : 'mixed'
}

const titled = (word: string): string => {
  const first = [...word][0] ?? ''
  return first.toUpperCase() + word.slice(first.length)
}

/** A word in the case of another; `like` null leaves it as it is. */
export const inStyle = (word: string, style: Style): string => {
  switch (style) {
    case 'upper':
      return word.toUpperCase()
    case 'lower':
      return word.toLowerCase()
    case 'title':
      return titled(styleOf(word) === 'upper' ? word.toLowerCase() : word)
    case 'mixed':
      return word
    default:
      return style satisfies never
  }
}

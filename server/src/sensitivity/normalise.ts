import { Rewriter, type Rewritten } from './rewritten.ts'

/* Invisible units: soft hyphen, combining marks, zero-width ones, direction marks, variation selectors, BOM, fillers. */
const isInvisible = (unit: number): boolean =>
  unit === 0xad ||
  (unit >= 0x300 && unit <= 0x36f) ||
  unit === 0x61c ||
  unit === 0x115f ||
  unit === 0x1160 ||
  unit === 0x17b4 ||
  unit === 0x17b5 ||
  (unit >= 0x180b && unit <= 0x180e) ||
  (unit >= 0x200b && unit <= 0x200f) ||
  (unit >= 0x202a && unit <= 0x202e) ||
  (unit >= 0x2060 && unit <= 0x206f) ||
  (unit >= 0x20d0 && unit <= 0x20f0) ||
  unit === 0x3164 ||
  (unit >= 0xfe00 && unit <= 0xfe0f) ||
  (unit >= 0xfe20 && unit <= 0xfe2f) ||
  unit === 0xfeff ||
  unit === 0xffa0 ||
  (unit >= 0xfff9 && unit <= 0xfffb)

/** Letters and signs that look like ASCII ones (from Unicode's confusables, the usual few hundred). */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    'аa еe оo рp сc хx уy іi јj ѕs ԁd ԛq ԝw һh ѵv ӏl ҽe ԍg ԋn ӕa ԑe гr кk тt мm нh вb пn ո',
    'АA ВB ЕE КK МM НH ОO РP СC ТT ХX УY ІI ЈJ ЅS ԌG ԚQ ԜW ЬB ӀI ҮY ԁd',
    'αa οo νv ρp υu ιi κk τt χx γy εe ηn ωw σo βb',
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX',
    'օo ոn ս u սu հh յj ցg զq ոn ՕO ՍU ՏS',
    'ᎪA ᏴB ᏟC ᎠD ᎬE ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏒR ᏚS ᎢT ᏙV ᎳW ᏃZ',
    'ꓮA ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓲI ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ',
    'ɡg ɑa ɩi ɪi ʟl ɴn ʀr ʏy ɢg ʜh ʙb ℓl ƖI ƽs ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜱs ꜰf',
    '․. ‐- ‑- ‒- –- —- −- ⁃- ﹘- ∕/ ⁄/ ⧸/ ＠@ ﹫@ ։: ∶: ꞉: ．. 。. ｡. ·. •- ‚, ٫. ᐧ. ٠0 ۔.',
    '❶1 ❷2 ❸3 ❹4 ❺5 ❻6 ❼7 ❽8 ❾9 ➀1 ➁2 ➂3 ➃4 ➄5 ➅6 ➆7 ➇8 ➈9 ➊1 ➋2 ➌3 ➍4 ➎5 ➏6 ➐7 ➑8 ➒9 ⓿0 🄌0 ⓵1 ⓶2 ⓷3 ⓸4 ⓹5 ⓺6 ⓻7 ⓼8 ⓽9',
  ]
    .join(' ')
    .split(' ')
    .map((pair): [string, string] => [[...pair][0] ?? '', [...pair].slice(1).join('')])
    .filter(([, alike]) => alike !== ''),
)

/** Letters that stand in for a digit beside digits. */
const DIGITLIKE: ReadonlyMap<string, string> = new Map([
  ['З', '3'],
  ['з', '3'],
  ['Ч', '4'],
  ['б', '6'],
  ['О', '0'],
  ['о', '0'],
  ['Ο', '0'],
  ['ο', '0'],
  ['Օ', '0'],
  ['օ', '0'],
])

/** Braille cells of a to z; behind the sign for numbers the first ten are the digits. */
const BRAILLE = '⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵'
const BRAILLE_NUMBER = 0x283c

/** Letters of scripts whose look-alikes are folded only inside a word that also has Latin letters or digits. */
const isForeign = (unit: number): boolean =>
  (unit >= 0x370 && unit <= 0x58f) || (unit >= 0x13a0 && unit <= 0x13ff) || (unit >= 0xa4d0 && unit <= 0xa4ff)

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

/** Dashes, bullets, blanks and raised signs of ordinary print: they hide something only beside a digit. */
const isTypographic = (unit: number): boolean =>
  (unit >= 0xa0 && unit <= 0xbe && unit !== 0xad) ||
  (unit >= 0x2010 && unit <= 0x2027 && unit !== 0x2024) ||
  unit === 0x202f ||
  unit === 0x2122 ||
  unit === 0x2212

/** A digit, raised or not. */
const isNumeral = (unit: number): boolean =>
  isDigit(unit) || (unit >= 0x2070 && unit <= 0x2089) || unit === 0xb2 || unit === 0xb3 || unit === 0xb9

const isLatin = (unit: number): boolean =>
  isDigit(unit) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || unit === 0x40

/** The value of a decimal digit of any script: digits stand in runs of ten, from zero up. */
const digitOf = (symbol: string): string | null => {
  const point = symbol.codePointAt(0) ?? 0
  for (let value = 0; value < 10; value += 1) {
    if (!/^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) return String(value)
    // Blocks that touch (mathematical digits) are decomposed by NFKC instead.
  }
  return null
}

const MOST_PLAIN = 4_096
const PLAIN = new Map<number, string>()

/** The plain form of a symbol, by its code point, whatever stands around it. */
const plainOf = (point: number): string => {
  const known = PLAIN.get(point)
  if (known !== undefined) return known
  const symbol = String.fromCodePoint(point)
  const alike = LOOKALIKES.get(symbol)
  const digit = alike === undefined && /^\p{Nd}$/u.test(symbol) ? digitOf(symbol) : null
  const found = alike ?? digit ?? special(point) ?? symbol.normalize('NFKC')
  if (PLAIN.size < MOST_PLAIN) PLAIN.set(point, found)
  return found
}

/** Letters in squares and flags, and tags, which nobody sees. */
const special = (point: number): string | null => {
  if (point >= 0x1f1e6 && point <= 0x1f1ff) return String.fromCodePoint(point - 0x1f1e6 + 0x41)
  if (point >= 0x1f150 && point <= 0x1f169) return String.fromCodePoint(point - 0x1f150 + 0x41)
  if (point >= 0x1f170 && point <= 0x1f189) return String.fromCodePoint(point - 0x1f170 + 0x41)
  if (point >= 0xe0020 && point <= 0xe007e) return String.fromCodePoint(point - 0xe0000)
  return point >= 0xe0000 && point <= 0xe0fff ? '' : null
}

const isNotableUnit = (unit: number): boolean => {
  if (unit < 0x80) return false
  if (isInvisible(unit) || isForeign(unit)) return true
  // Halves of symbols: mathematical letters, enclosed ones, tags.
  if (unit === 0xd835 || unit === 0xd83c || unit === 0xdb40) return true
  if (unit >= 0xd800 && unit <= 0xdfff) return false
  if (unit >= 0x2800 && unit <= 0x28ff) return true
  const symbol = String.fromCharCode(unit)
  if (LOOKALIKES.has(symbol)) return true
  // Han, Hangul and kana stay as they are, and so do Latin letters with accents.
  if ((unit >= 0x3040 && unit <= 0xa4cf) || (unit >= 0xac00 && unit <= 0xd7ff)) return false
  // Private use: nobody knows what it shows.
  if (unit >= 0xe000 && unit <= 0xf8ff) return false
  if (/^\p{Nd}$/u.test(symbol)) return true
  const decomposed = symbol.normalize('NFKC')
  return decomposed !== symbol && /[ -~]/.test(decomposed)
}

const NOTABLE = Uint8Array.from({ length: 0x10000 }, (_, unit) => (isNotableUnit(unit) ? 1 : 0))

/** Whether a UTF-16 unit may be rewritten by `normalise`. */
export const isNotable = (unit: number): boolean => NOTABLE[unit] === 1

/** Braille from `start` on: what it says and where it ends. */
const braille = (text: string, start: number): [string, number] => {
  let out = ''
  let number = false
  let i = start
  for (; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x2800 || unit > 0x28ff) break
    const letter = BRAILLE.indexOf(text.charAt(i))
    if (unit === BRAILLE_NUMBER) number = true
    else if (letter < 0) {
      number = false
      out += ' '
    } else out += number && letter < 10 ? String((letter + 1) % 10) : String.fromCharCode(0x61 + letter)
  }
  return [out, i]
}

/** Whether the word that begins here mixes scripts, and where it ends; looked at for at most 64 units. */
const mixture = (text: string, start: number): [boolean, number] => {
  let end = start
  let latin = false
  for (; end < text.length && end - start < 64; end += 1) {
    const unit = text.charCodeAt(end)
    if (isLatin(unit)) latin = true
    else if (!isForeign(unit) && !isInvisible(unit) && unit !== 0x2e && unit !== 0x5f && unit !== 0x2d) break
  }
  return [latin, Math.max(end, start + 1)]
}

/** By unit, what those letters are made that stand in words of two scripts. */
const FOLDED = new Map([...LOOKALIKES].map(([letter, alike]) => [letter.charCodeAt(0), alike]))
const FOLDED_DIGITS = new Map([...DIGITLIKE].map(([letter, digit]) => [letter.charCodeAt(0), digit]))

class Normaliser {
  /** Where the symbol ends that was asked for last. */
  end = 0
  readonly #text: string
  #mixed = false
  #mixedUntil = 0

  constructor(text: string) {
    this.#text = text
  }

  /** What to write for the symbol at `i`; null where it stays as it is. Where it ends is in `end`. */
  plain(i: number): string | null {
    const text = this.#text
    const unit = text.charCodeAt(i)
    this.end = i + 1
    if (isInvisible(unit)) return ''
    if (isForeign(unit)) return this.#foreign(unit, i)
    if (unit >= 0x2800 && unit <= 0x28ff) {
      const [said, end] = braille(text, i)
      this.end = end
      return said
    }
    const beside = isNumeral(text.charCodeAt(i - 1)) || isNumeral(text.charCodeAt(i + 1))
    if (isTypographic(unit) && !beside) return null
    const point = text.codePointAt(i) ?? 0
    if (point > 0xffff) this.end = i + 2
    return plainOf(point)
  }

  #foreign(unit: number, i: number): string | null {
    const text = this.#text
    if (i >= this.#mixedUntil) [this.#mixed, this.#mixedUntil] = mixture(text, i)
    const before = text.charCodeAt(i - 1)
    if (!this.#mixed && !isLatin(before)) return null
    const digit = isDigit(before) || isDigit(text.charCodeAt(i + 1)) ? FOLDED_DIGITS.get(unit) : undefined
    return digit ?? FOLDED.get(unit) ?? null
  }
}

/**
 * The text with compatibility forms (full-width, circled, mathematical) made plain, digits of all scripts
 * made ASCII, invisible units and combining marks dropped and look-alike letters folded inside mixed words.
 * Null where that changes nothing.
 */
export const normalise = (text: string): Rewritten | null => {
  const rewriter = new Rewriter(text)
  const normaliser = new Normaliser(text)
  let copied = 0
  for (let i = 0; i < text.length; ) {
    if (NOTABLE[text.charCodeAt(i)] !== 1) {
      i += 1
      continue
    }
    const replaced = normaliser.plain(i)
    const { end } = normaliser
    if (replaced !== null && !(replaced.length === end - i && text.startsWith(replaced, i))) {
      rewriter.copy(copied, i)
      rewriter.put(replaced, i, end)
      copied = end
    }
    i = end
  }
  if (copied === 0) return null
  rewriter.copy(copied, text.length)
  return rewriter.done()
}

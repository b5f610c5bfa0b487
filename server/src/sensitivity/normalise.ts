/** A text rewritten for reading, with the way back to the original's offsets. */
export interface Rewritten {
  readonly text: string
  /** The span of the original that a span of the rewritten text came from. */
  origin(start: number, end: number): readonly [start: number, end: number]
}

/* Invisible units: soft hyphen, combining grapheme joiner, zero-width ones, direction marks, variation selectors, BOM. */
const isInvisible = (unit: number): boolean =>
  unit === 0xad ||
  unit === 0x34f ||
  unit === 0x61c ||
  unit === 0x180e ||
  (unit >= 0x200b && unit <= 0x200f) ||
  (unit >= 0x202a && unit <= 0x202e) ||
  (unit >= 0x2060 && unit <= 0x2069) ||
  (unit >= 0xfe00 && unit <= 0xfe0f) ||
  unit === 0xfeff

/** Letters of other scripts that look like Latin ones (from Unicode's confusables, the usual few dozen). */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    'аa еe оo рp сc хx уy іi јj ѕs ԁd ԛq ԝw һh ѵv ӏl',
    'АA ВB ЕE КK МM НH ОO РP СC ТT ХX УY ІI ЈJ ЅS',
    'αa οo νv ρp υu ιi κk τt χx',
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX',
    'ıi ɡg ɑa ℓl ․. ‐- ‑- ‒- –- —- −- ⁃- ∕/ ⁄/ ＠@ ﹫@ ։: ∶:',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
)

/** Letters of scripts whose look-alikes are folded only inside a word that also has Latin letters or digits. */
const isForeign = (unit: number): boolean => unit >= 0x370 && unit <= 0x52f

const isLatin = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0x61 && unit <= 0x7a) ||
  unit === 0x40

const plain = (symbol: string, mixed: boolean): string => {
  const unit = symbol.charCodeAt(0)
  if (unit < 0x80) return symbol
  if (isForeign(unit) && !mixed) return symbol
  const alike = LOOKALIKES.get(symbol)
  if (alike !== undefined) return alike
  if (unit < 0x250) return symbol
  const digit = /^\p{Nd}$/u.test(symbol) ? digitOf(symbol) : null
  return digit ?? symbol.normalize('NFKC')
}

/** The value of a decimal digit of any script: digits stand in runs of ten, from zero up. */
const digitOf = (symbol: string): string | null => {
  const point = symbol.codePointAt(0) ?? 0
  for (let value = 0; value < 10; value += 1) {
    if (!/^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) return String(value)
    // Blocks that touch (mathematical digits) are decomposed by NFKC instead.
  }
  return null
}

/** Whether anything in the text would be rewritten; most texts say no after one look. */
const NOTABLE =
  /[\u034f\u00a0\u00ad\u0370-\u052f\u061c\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\u180e\u2000-\u200f\u2010-\u2015\u2024\u2028-\u202f\u205f-\u2069\u2070-\u209c\u2100-\u214f\u2212\u2460-\u24ff\u3000\ufb00-\ufb06\ufe50-\ufe6b\ufeff\uff00-\uffef\ud835]|[\ufe00-\ufe0f]/

/**
 * The text with compatibility forms (full-width, circled, mathematical) made plain, digits of all scripts
 * made ASCII, invisible units dropped and look-alike letters folded inside mixed words. Null where that
 * changes nothing.
 */
export const normalise = (text: string): Rewritten | null => {
  if (!NOTABLE.test(text)) return null
  const out: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let changed = false
  let mixedUntil = 0
  let mixed = false
  for (let i = 0; i < text.length; ) {
    const symbol = String.fromCodePoint(text.codePointAt(i) ?? 0)
    const unit = symbol.charCodeAt(0)
    const end = i + symbol.length
    if (isInvisible(unit)) {
      changed = true
      i = end
      continue
    }
    if (isForeign(unit) && i >= mixedUntil) [mixed, mixedUntil] = mixture(text, i)
    const replaced = plain(symbol, mixed || (isForeign(unit) && isLatin(text.charCodeAt(i - 1))))
    if (replaced !== symbol) changed = true
    for (let k = 0; k < replaced.length; k += 1) {
      starts.push(i)
      ends.push(end)
    }
    out.push(replaced)
    i = end
  }
  if (!changed) return null
  return {
    text: out.join(''),
    origin: (start, end) => [starts[start] ?? 0, ends[end - 1] ?? text.length],
  }
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

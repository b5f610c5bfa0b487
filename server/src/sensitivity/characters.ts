export const DIGIT = 1
const LETTER = 2
/** What an ASCII unit is: 1 a digit, 2 a letter, else 0. */
export const SORT = new Uint8Array(0x10000)
for (let unit = 0x30; unit <= 0x39; unit += 1) SORT[unit] = DIGIT
for (let unit = 0x41; unit <= 0x5a; unit += 1) SORT[unit] = SORT[unit + 0x20] = LETTER

/** 1 for an ASCII digit, 2 for an ASCII letter, else 0. Out of the text: 0. */
export const sortAt = (text: string, index: number): number => SORT[text.charCodeAt(index)] ?? 0

/** Whether the unit there is a letter or digit in a script that separates words. */
export const isWordAt = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index)
  // Outside ASCII, Latin letters with accents continue a word; other scripts have no such boundary.
  return (SORT[unit] ?? 0) !== 0 || (unit >= 0xc0 && unit < 0x250)
}

/** The digits of a text, without anything else. */
export const digitsOf = (text: string): string => text.replaceAll(/[^0-9]/g, '')

/**
 * Whether a span stands alone: not the inside of a longer word, number, UUID, version, path or decimal.
 */
export const standsAlone = (text: string, start: number, end: number): boolean => {
  if (isWordAt(text, start - 1) || isWordAt(text, end)) return false
  if (JOINERS.includes(text.charAt(start - 1)) && start > 1 && isWordAt(text, start - 2)) return false
  return !(JOINERS.includes(text.charAt(end)) && end < text.length && isWordAt(text, end + 1))
}

const JOINERS = '-_./,:\\+'

export const DIGIT = 1
const LETTER = 2
/* The table as a constant of this module alone: an exported one is fetched anew at each use, and it is used most of all. */
const SORTS = new Uint8Array(0x10000)
for (let unit = 0x30; unit <= 0x39; unit += 1) SORTS[unit] = DIGIT
for (let unit = 0x41; unit <= 0x5a; unit += 1) SORTS[unit] = SORTS[unit + 0x20] = LETTER
/** What an ASCII unit is: 1 a digit, 2 a letter, else 0. */
export const SORT = SORTS

/** 1 for an ASCII digit, 2 for an ASCII letter, else 0. Out of the text: 0. */
export const sortAt = (text: string, index: number): number => SORTS[text.charCodeAt(index)] ?? 0

/** Whether the unit there is a letter or digit in a script that separates words. */
export const isWordAt = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index)
  // Latin with accents, Greek and Cyrillic have words with edges; the other scripts are written without
  // blanks or join their particles to the word.
  return (SORTS[unit] ?? 0) !== 0 || (unit >= 0xc0 && unit < 0x530)
}

/** The digits of a text, without anything else. */
export const digitsOf = (text: string): string => {
  let digits = ''
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x30 && unit <= 0x39) digits += text.charAt(i)
  }
  return digits
}

/** Whether a blank and then a digit stand on either side: in rows of groups of digits most places are such. */
export const isAmongDigits = (text: string, start: number, end: number): boolean =>
  text.charCodeAt(start - 1) === 0x20 &&
  text.charCodeAt(end) === 0x20 &&
  sortAt(text, start - 2) === DIGIT &&
  sortAt(text, end + 1) === DIGIT

/**
 * Whether a span stands alone: not the inside of a longer word, number, UUID, version, path or decimal.
 */
export const standsAlone = (text: string, start: number, end: number): boolean => {
  if (isWordAt(text, start - 1) || isWordAt(text, end)) return false
  if (JOINERS.includes(text.charAt(start - 1)) && start > 1 && isWordAt(text, start - 2)) return false
  return !(JOINERS.includes(text.charAt(end)) && end < text.length && isWordAt(text, end + 1))
}

const THING =
  /\b(?:part|sku|item|model|serial|tracking|order|invoice|parcel|ean|gtin|upc|isbn|article|artikel|ref|batch|lot)(?:[- ](?:number|no|nr|nummer|id|code))?[.:#]{0,2} ?#?$/i

/** Whether what stands right before says that a number is of some thing: a part, a parcel, an order. */
export const isOfThing = (text: string, start: number): boolean =>
  THING.test(text.slice(Math.max(0, start - 24), start))

const JOINERS = '-_./,:\\+'

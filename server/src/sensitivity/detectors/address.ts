import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'

const REACH = 64

/** "12 ", "12b, ", "221B-3 " with at most four capitalised words up to the word for the road. */
const NUMBER_BEFORE =
  /(?:^|[\s,:(])(\d{1,5}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?,? (?:(?:\p{Lu}[\p{L}.'’-]*|\d{1,3}(?:st|nd|rd|th)|[NSEW]\.?|de|la|du|des|van) ){0,4})$/u
/** The same behind it: "Hauptstraße 5a", "rue de la Paix 12", "Calle Mayor, 4". */
const NUMBER_AFTER =
  /^(?: (?:(?:\p{Lu}[\p{L}.'’-]*|de|la|del|du|des|della|dei|van|den|der|d['’]\p{L}+|l['’]\p{L}+) ?){1,5})?,? (?:n[°ºr]\.? ?|No[.:]? ?)?(\d{1,5} ?[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?)(?![\d\p{L}]|[.,]\d)/u
/** A postcode with or without its town, up to two lines on. */
const POSTCODE =
  /^[,\s]{0,4}(?:(?:Apt|Suite|Unit|Ste|Flat|Apartment)\.? ?#?\w{1,6}[,\s]{1,3})?(?:(?:[\p{Lu}][\p{L}.'’-]*[ ,\n]{1,3}){0,4}(?:[A-Z]{2}[ ,\n]{1,3})?\d{5}(?:-\d{4})?\b|(?:[A-Z]{1,2}-)?\d{4,6}(?: ?[A-Z]{2})?(?: \p{Lu}[\p{L}.'’-]*){0,3}|(?:[\p{Lu}][\p{L}.'’-]*[ ,\n]{1,3}){0,4}[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?:[\p{Lu}][\p{L}.'’-]*[ ,\n]{1,3}){0,3}\d{2}-\d{3}(?: \p{Lu}[\p{L}.'’-]*)?)/u
const TOWN = /^, ?\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)?(?:, [A-Z]{2}\b)?/u

/** Where the name of the road begins when the word for it is an ending: `Haupt|straße`. */
const nameStart = (text: string, start: number): number => {
  let first = start
  while (first > 0 && start - first < 40 && /[\p{L}-]/u.test(text.charAt(first - 1))) first -= 1
  return first
}

const spanOf = (text: string, word: WordHit): [number, number, number] | null => {
  const first = nameStart(text, word.start)
  const before = text.slice(Math.max(0, word.start - REACH), word.start)
  const lead = first === word.start ? NUMBER_BEFORE.exec(before)?.[1] : undefined
  const capital = /\p{Lu}/u.test(text.charAt(word.start))
  // "5 way", "10 close": a road's name or its word begins with a capital.
  if (lead !== undefined && (capital || /\p{Lu}/u.test(lead))) {
    const named = /\p{Lu}\p{Ll}|\d(?:st|nd|rd|th)/u.test(lead)
    return named ? [word.start - lead.length, word.end, 0.7] : null
  }
  if (!/\p{Lu}/u.test(text.charAt(first)) && word.word.charCodeAt(0) < 0x2ff) return null
  const tail = NUMBER_AFTER.exec(text.slice(word.end, word.end + REACH))
  if (tail === null) return null
  const named = first < word.start || /\p{Lu}\p{Ll}/u.test(tail[0])
  return named ? [first, word.end + tail[0].length, 0.65] : null
}

const hitAt = (reading: Reading, word: WordHit): Hit | null => {
  const { text } = reading
  const span = spanOf(text, word)
  if (span === null) return null
  const [start, end, base] = span
  const rest = text.slice(end, end + REACH * 2)
  const postcode = POSTCODE.exec(rest)
  const town = TOWN.exec(rest)
  const placed = reading.near('place', start, end, 40)
  // A road and a number alone may be a sight or a setting; a postcode or a word makes it somebody's.
  if (postcode === null && town === null && !placed) return null
  return {
    kind: 'contact',
    type: 'ADDRESS',
    start,
    end: end + (postcode?.[0].length ?? town?.[0].length ?? 0),
    confidence: base + (postcode === null ? 0 : 0.2),
    reason: `a street and number${postcode === null ? '' : ' with a postcode'}`,
  }
}

/** Postal addresses: a road with its number, beside a postcode, a town or a word for an address. */
export const address: Detector = {
  name: 'address',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('street')) {
      if (word.start < behind) continue
      const hit = hitAt(reading, word)
      if (hit === null || hit.start < behind) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}

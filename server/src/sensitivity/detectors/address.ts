import { sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'

const REACH = 64

/** "12 ", "12b, ", "221B-3 " with at most four words of a name up to the word for the road. */
const NUMBER_BEFORE =
  /(?:^|[\s,:(])(\d{1,5}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?,? (?:(?:\p{Lu}[\p{L}.'’-]*|\d{1,3}(?:st|nd|rd|th)|[NSEW]\.?|de|la|du|des|van) ){0,4})$/u
/** The same behind it: "Hauptstraße 5a", "rue de la Paix 12", "Calle Mayor, 4". */
const NUMBER_AFTER =
  /^(?: (?:(?:\p{Lu}[\p{L}.'’-]*|de|la|del|du|des|della|dei|van|den|der|d['’]\p{L}+|l['’]\p{L}+) ?){1,5})?,? (?:n[°ºr]\.? ?|No[.:]? ?)?(\d{1,5} ?[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?)(?![\d\p{L}]|[.,]\d)/u
const TOWN = /^, ?\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)?(?:, [A-Z]{2}\b)?/u
/** A capitalised word before the word for the road belongs to the name: "Grüner Weg". */
const ADJECTIVE = /(?:^|[^\p{L}])((?:(?:Am|An der|Im|In der|Zum|Zur) )?\p{Lu}[\p{L}.'’-]+ )$/u

const code = String.raw`(?:[A-Z]{1,2}-)?\d{4,6}|\d{3} ?\d{2}|\d{2}-\d{3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2},? \d{5}(?:-\d{4})?`
/** A postcode with or without its town, up to two lines and a flat's number on. */
const POSTCODE = new RegExp(
  String.raw`^[,\s]{0,4}(?:(?:Apt|Suite|Unit|Ste|Flat|Apartment|Apto|Piso|interno|int|app)\.? ?#?\w{1,6}[,\s]{1,3})?(?:\p{Lu}[\p{L}.'’-]*[ ,\n]{1,4}){0,4}(?:${code})(?!\d)(?: \p{Lu}[\p{L}.'’-]*(?:[ -]\p{Lu}[\p{L}.'’-]*){0,2})?`,
  'u',
)

/** Where the name of the road begins when the word for it is an ending: `Haupt|straße`. */
const nameStart = (text: string, start: number): number => {
  let first = start
  while (first > 0 && start - first < 40 && /[\p{L}-]/u.test(text.charAt(first - 1))) first -= 1
  return first
}

const isUpper = (text: string, index: number): boolean => /\p{Lu}/u.test(text.charAt(index))

/** The road with its number: where it stands, and how surely it is one. */
const roadAt = (text: string, word: WordHit): [number, number, number] | null => {
  const first = nameStart(text, word.start)
  const before = text.slice(Math.max(0, word.start - REACH), word.start)
  const lead = first === word.start ? NUMBER_BEFORE.exec(before)?.[1] : undefined
  if (lead !== undefined && /\p{Lu}\p{Ll}|\d(?:st|nd|rd|th)/u.test(lead)) {
    return [word.start - lead.length, word.end, 0.7]
  }
  // "5 way", "the street 12": a road's name or its word begins with a capital, but in scripts without any.
  if (!isUpper(text, first) && word.word.charCodeAt(0) < 0x2ff) return null
  const tail = NUMBER_AFTER.exec(text.slice(word.end, word.end + REACH))
  if (tail === null) return null
  if (first < word.start || /\p{Lu}\p{Ll}/u.test(tail[0])) return [first, word.end + tail[0].length, 0.65]
  const adjective = ADJECTIVE.exec(before)?.[1]
  return adjective === undefined ? null : [first - adjective.length, word.end + tail[0].length, 0.65]
}

const hitOf = (start: number, end: number, confidence: number, reason: string): Hit => ({
  kind: 'contact',
  type: 'ADDRESS',
  start,
  end,
  confidence,
  reason,
})

const byRoad = (reading: Reading, word: WordHit): Hit | null => {
  const { text } = reading
  const road = roadAt(text, word)
  if (road === null) return null
  const [start, end, base] = road
  const rest = text.slice(end, end + REACH * 2)
  const postcode = POSTCODE.exec(rest)
  const town = TOWN.exec(rest)
  // A road and a number alone may be a sight or a setting; a postcode or a word makes it somebody's.
  if (postcode === null && town === null && !reading.near('place', start, end, 40)) return null
  const length = postcode?.[0].length ?? town?.[0].length ?? 0
  const reason = `a street and number${postcode === null ? '' : ' with a postcode'}`
  return hitOf(start, end + length, base + (postcode === null ? 0 : 0.2), reason)
}

/** "Name 12, " or "12 Name, " just before a postcode: an address whatever its road is called. */
const BEFORE_CODE =
  /(?:^|[\s:>(])((?:\p{Lu}[\p{L}.'’-]+[ -]){1,4}\d{1,5}[a-zA-Z]?(?:[/-]\d{1,4}[a-zA-Z]?)?|\d{1,6}[A-Z]?,? (?:[\p{L}'’.]+[ -]){0,3}\p{Lu}[\p{L}.'’-]+(?: \d{1,4})?)(?:[ ,\n>]{1,4}(?:Apt|Suite|Unit|Ste|Flat|Apartment)\.? ?#?\w{1,6})?(?:[ ,]{0,2}[\n,][ \n>]{0,4}| {2,3})(?:\p{Lu}[\p{L}.'’-]*[ ,\n>]{1,4}){0,4}$/u
const AFTER_CODE = /^(?:-\d{4})?(?:,? \p{Lu}[\p{L}.'’-]+){0,3}/u

/** How far a postcode's address may reach back. */
const BACK = 110

const byPostcode = (text: string, start: number, end: number): Hit | null => {
  const length = end - start
  if (length < 4 || length > 6 || sortAt(text, start) !== 1 || /[\d:=#$€£.]/.test(text.charAt(start - 1)))
    return null
  if (/[%€$£:=]|[.,]\d/.test(text.slice(end, end + 2)) || !/^\d+$/.test(text.slice(start, end))) return null
  // A year behind a name and a number is a date far more often than a postcode.
  if (length === 4 && /^(?:19|20)/.test(text.slice(start, end))) return null
  const lead = BEFORE_CODE.exec(text.slice(Math.max(0, start - BACK), start))
  const road = lead?.[1]
  if (lead === null || road === undefined) return null
  const from = start - lead[0].length + lead[0].indexOf(road)
  const tail = AFTER_CODE.exec(text.slice(end, end + REACH))?.[0].length ?? 0
  return hitOf(from, end + tail, 0.7, 'a name with a number before a postcode')
}

/** "My address is 5 Elm Hill", "wohnhaft Am Anger 3": a number and a name behind a word for an address. */
const BEHIND_PLACE =
  /^(?: (?:is|at|in|:|ist|est|es|è|was|lautet))?[: ]{1,3}(?:at |in |to |am |in der )?(\d{1,6}[A-Z]? (?:[\p{L}'’.]+[ -]){0,3}\p{Lu}[\p{L}.'’-]+(?:,? \d{1,5})?(?:, ?\p{Lu}[\p{L}.'’-]+){0,3}|(?:\p{Lu}[\p{L}.'’-]+ ){1,4}\d{1,5}[a-z]?(?:, ?(?:\d{4,6} )?\p{Lu}[\p{L}.'’-]+){0,3})(?=[\s.,;)]|$)/u

const byPlace = (text: string, word: WordHit): Hit | null => {
  const found = BEHIND_PLACE.exec(text.slice(word.end, word.end + BACK))
  const value = found?.[1]
  if (found === null || value === undefined || /\b(?:19|20)\d\d$/.test(value)) return null
  const start = word.end + found[0].length - value.length
  return hitOf(start, start + value.length, 0.65, 'a number and a name behind a word for an address')
}

/** Military and rural boxes: "PSC 3117, Box 0609 APO AA 44332", "P.O. Box 15, ...". */
const BOX =
  /\b(?:(?:PSC|Unit|CMR) \d{1,5},? Box \d{1,6}[,\s]{1,3}(?:APO|DPO|FPO) A[AEP] \d{5}|P\.? ?O\.? Box \d{1,6}(?:, ?\p{Lu}[\p{L}.'’ -]{1,40}(?:, ?[A-Z]{2} \d{5})?)?|Postfach \d{1,3}(?: ?\d{2,3})*(?:, ?\d{5} \p{Lu}\p{L}+)?)/gu

const inBoxes = (text: string): Hit[] =>
  Array.from(text.matchAll(BOX), (match) =>
    hitOf(match.index, match.index + match[0].length, 0.7, 'a post box'),
  )

/**
 * Postal addresses: a road with its number beside a postcode, a town or a word for an address; a name with a
 * number before a postcode; a post box.
 */
export const address: Detector = {
  name: 'address',
  detect: (reading) => {
    const { text, tokens } = reading
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('street')) {
      if (word.start < behind) continue
      const hit = byRoad(reading, word)
      if (hit === null || hit.start < behind) continue
      hits.push(hit)
      behind = hit.end
    }
    for (let i = 0; i < tokens.length; i += 2) {
      const hit = byPostcode(text, tokens[i] ?? 0, tokens[i + 1] ?? 0)
      if (hit !== null) hits.push(hit)
    }
    for (const word of reading.words('place')) {
      const hit = byPlace(text, word)
      if (hit !== null) hits.push(hit)
    }
    return text.includes('ox') || text.includes('fach') ? [...hits, ...inBoxes(text)] : hits
  },
}

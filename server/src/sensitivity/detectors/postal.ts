import { DIGIT, isWordAt, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { isPlace } from '../tagger/index.ts'
import type { Announcement } from './announcements.ts'

/**
 * Between the word and the code: "ZIP: ", "postcode is ", "Postal Code (work) ", `"zip": "`, `<zip>`, "PLZ/Ort: ",
 * `name="zip" value="`.
 */
const GAP =
  /^(?:['’]s|s)?(?:\/(?:ort|town|city|stadt|ville|ciudad|città|cidade|plaats|miasto|zip|postcode|postal(?: code)?))?(?: ?\([^()\n\d]{2,20}\))?(?:["']?\s{0,2}(?:[:：=>-]|[-–—=]>|–|—)|["'] value|\)|\.|,)?(?:\s{0,3}(?:is|ist|lautet|est|es|è|é|to|är|was|be|jest|number|no\.?|nr\.?|n[°º]|#|area|of|der|le|el|il|de|du|del|in|for|code|now|new|actually|still|should|would|reads?|says?|changed|which|my|your|their|her|his|our|on file|von|unter|mein|neue|neu|nouveau|nuevo|nuovo|ahora|ora|maintenant|jetzt|は|が|是|为)){0,4}[:：\s"'(#=|*`>“„«]{0,4}/iu

/** Printed forms of postcodes; the longest that fits counts. Source: Universal Postal Union, addressing by country. */
const CODE = new RegExp(
  `^(?:${[
    '[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}',
    '[A-Z]\\d[A-Z] ?-?\\d[A-Z]\\d',
    '[A-Z]\\d[\\dW] ?[A-Z\\d]{4}',
    '(?:[A-Z]{1,3}[- ])?\\d{5}-\\d{3,5}',
    '(?:[A-Z]{1,3}[- ])?\\d{4}-\\d{3}',
    '\\d{3}-\\d{4}',
    '(?:[A-Z]{1,3}[- ])?\\d{2}-\\d{3}',
    '(?:[A-Z]{1,3}[- ])?\\d{3} \\d{2,3}',
    '\\d{4} ?[A-Z]{2}',
    '[A-Z]\\d{4}[A-Z]{3}',
    '(?:[A-Z]{1,3}[- ])?\\d{3,7}',
  ].join('|')})(?![\\p{L}\\d]|[-.,/:]\\d)`,
  'iu',
)

/** Letters that a British postcode begins with. Source: Royal Mail, postcode areas. */
const AREAS =
  /^(?:AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE)$/
const BRITISH = /([A-Z]{1,2})\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\d]|[-/]\d)/uy
const CANADIAN = /[ABCEGHJ-NPR-TVXY]\d[A-CEGHJ-NPR-TV-Z] \d[A-CEGHJ-NPR-TV-Z]\d(?![\p{L}\d]|[-/]\d)/uy

/** A country's letters before the code, as on envelopes. Source: Universal Postal Union. */
const PREFIXED =
  /(?:D|DE|A|AT|CH|F|FR|B|BE|L|LU|LT|LV|I|IT|E|ES|S|SE|N|NO|NL|P|PT|PL|DK|FI|FIN|SI|HR|RO|UA|RU|GR|EE|CZ|SK|HU|H|TR|MC|SM)-\d{2,6}(?:[- ]\d{2,3})?(?: [A-Z]{2})?(?=,? \p{Lu}\p{Ll})/uy
/** A town behind the code: "75011 Paris", "101000, Москва". */
const TOWN_BEHIND = /,? (\p{Lu}[\p{L}’'.-]{2,24})(?: (\p{Lu}[\p{L}’'.-]{2,24}))?/uy
const BEFORE_TOWN =
  /(?:\d{5}|\d{2}-\d{3}|\d{4}-\d{3}|\d{5}-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2}|\d{6}|\d{4})(?=,? \p{Lu})/uy
const ISLAND_STATE = /\b(?:NSW|VIC|QLD|TAS|ACT|SA|WA|NT),? $/
const AUSTRALIAN = /[0-9]\d{3}(?![\p{L}\d]|[-.,/:]\d)/uy
const YEAR = /^(?:1[5-9]|20)\d\d$/

/** Digits alone say nothing; words about a place in front of them or right behind do. */
const DIGITS =
  /\d{5}(?:-\d{4})?(?![\p{L}\d]|[-.,/:]\d|\s?[%€$£])|\d{2}-\d{3}(?![\p{L}\d-])|\d{4}-\d{3}(?![\p{L}\d-])|\d{4} ?[A-Z]{2}(?![\p{L}\d])|\d{3} \d{2}(?![\p{L}\d.,]|[- ]\d)/uy
const BEHIND =
  /^ (?:area|region|neighbou?rhood|zip|zipcode|postcode|post code|postal)\b|^[?.,]? ?\((?:zip|postcode|plz)\)/i
const PLACED =
  /(?:\b(?:live|lives|lived|living|moved?|moving|relocated?|ship(?:ping|ped|s)?|deliver(?:y|ies|ed|s)?|weather|located|based|schools?|restaurants?|address|resid(?:e|es|ing)|wohn\w{0,3}|woon|habite|vivo|viv[eo]|mieszkam|moro|bor|abito|county|nearest|closest|dans le|zone)\b[^.!?\n\d]{0,30}[ ,])$/i
/** A question about a place: "is there a dentist in 80014?". */
const ASKED = /\b(?:in|near|around|within|close to|nearest|near to) $/i
/** After a town: "near Springfield, 68121". */
const TOWN =
  /\b(?:in|to|from|near|around|at|à|en|w|em|te|i|nach|aus|bei)\s\p{Lu}[\p{Ll}’'-]{2,}(?:\s\p{Lu}[\p{Ll}’'-]{2,})?,? (?:[A-Z]{2},? )?$/u

/** Postcodes below a heading that says so. */
export const POSTCODE_COLUMN: Announcement = {
  group: 'postcodeWord',
  kind: 'contact',
  type: 'POSTAL_CODE',
  what: 'postcode',
  form: new RegExp(CODE.source.slice(1), 'iuy'),
  fits: (value) => /\d/.test(value) && value.length >= 4,
  confidence: 0.7,
}

const found = (start: number, end: number, confidence: number): Hit => ({
  kind: 'contact',
  type: 'POSTAL_CODE',
  start,
  end,
  confidence,
  reason: 'a postcode by its form and the words about it',
})

const ends = (form: RegExp, text: string, start: number): number => {
  form.lastIndex = start
  return form.test(text) ? form.lastIndex : -1
}

/** What counts so many of something, or comes to so much: "12500 Berlin residents", "since 1990 Paris". */
const COUNTING =
  /(?:[$€£¥#]|\b(?:over|about|around|than|of|for|nearly|some|über|rund|etwa|mehr als|plus de|más de)) ?$/iu

/** Where the known town ends that begins right behind `index`, -1 where none does. */
const townEnd = (text: string, index: number): number => {
  TOWN_BEHIND.lastIndex = index
  const [town, first = '', second] = TOWN_BEHIND.exec(text) ?? []
  if (town === undefined) return -1
  if (second !== undefined && isPlace(`${first} ${second}`)) return index + town.length
  return isPlace(first) ? index + town.length - (second === undefined ? 0 : second.length + 1) : -1
}

/** What a line of an address begins or ends with. */
const LINE_AHEAD = /(?:^|[\n,;|:>"(] ?)$|\b(?:in|à|a|en|i|w|te|em|di|nach|aus|code|postal) $/u
const LINE_END = /^ {0,3}(?:$|[\n.,;:)"'|<?!])/

/** Where a code ends that a known town stands behind, -1 where none does. */
const townBehind = (text: string, start: number, before: string): number => {
  const end = ends(BEFORE_TOWN, text, start)
  if (end < 0) return -1
  const code = text.slice(start, end)
  if (YEAR.test(code) || COUNTING.test(before)) return -1
  const town = townEnd(text, end)
  if (town < 0) return -1
  const [ahead, behind] = [LINE_AHEAD.test(before), LINE_END.test(text.slice(town, town + 4))]
  // Four digits or a round number may be a count: "1200 Berlin flats".
  return (code.length === 4 || code.endsWith('00') ? ahead && behind : ahead || behind) ? end : -1
}

/** A postcode without a word for one: by a form that is hardly anything else, or by the place spoken of. */
const loose = (text: string, start: number, tokenEnd: number): Hit | null => {
  const length = tokenEnd - start
  if (
    (length < 2 && text.charAt(tokenEnd) !== '-') ||
    length > 6 ||
    isWordAt(text, start - 1) ||
    '-./_:#'.includes(text.charAt(start - 1) || ' ')
  )
    return null
  const separator = text.charAt(tokenEnd)
  return sortAt(text, start) === DIGIT
    ? ofDigits(text, start, length, separator)
    : ofLetters(text, start, length, separator)
}

/** One that begins with letters. */
const ofLetters = (text: string, start: number, length: number, separator: string): Hit | null => {
  if (length > 4) return null
  const prefixed = separator === '-' ? ends(PREFIXED, text, start) : -1
  if (prefixed > 0) return townEnd(text, prefixed) > 0 ? found(start, prefixed, 0.66) : null
  if (separator !== ' ') return null
  const british = ends(BRITISH, text, start)
  if (british > 0 && AREAS.test(/^[A-Z]+/.exec(text.slice(start, start + 2))?.[0] ?? ''))
    return found(start, british, 0.62)
  const canadian = ends(CANADIAN, text, start)
  return canadian > 0 ? found(start, canadian, 0.66) : null
}

/** One that begins with digits, `length` letters and digits up to `separator`. */
const ofDigits = (text: string, start: number, length: number, separator: string): Hit | null => {
  const end = start + length
  const grouped = separator === ' ' && sortAt(text, end + 1) === DIGIT
  // No code begins with one digit, with two but as "00-000", or with three but as "000 00".
  if (length < 2 || (length === 2 && separator !== '-') || (length === 3 && !grouped)) return null
  // Between two groups four digits are one only behind a state of Australia, which ends in a capital or a comma.
  if (grouped && length === 4 && text.charCodeAt(start - 2) < 0x40 && text.charAt(start - 2) !== ',')
    return null
  const before = text.slice(Math.max(0, start - 48), start)
  const towned = grouped && length > 3 ? -1 : townBehind(text, start, before)
  if (towned > 0) return found(start, towned, 0.62)
  if (length === 4 && ISLAND_STATE.test(before)) {
    const australian = ends(AUSTRALIAN, text, start)
    if (australian > 0) return found(start, australian, 0.64)
  }
  if (length !== 5 && !(separator === '-' && (length === 2 || length === 4)) && separator !== ' ') return null
  return placed(text, start, before)
}

/** Digits that only the words around them make a postcode. */
const placed = (text: string, start: number, before: string): Hit | null => {
  const end = ends(DIGITS, text, start)
  if (end < 0) return null
  const isPlaced =
    BEHIND.test(text.slice(end, end + 14)) ||
    TOWN.test(before) ||
    PLACED.test(before) ||
    (ASKED.test(before) && /^ ?\?/.test(text.slice(end, end + 2))) ||
    /\b(?:close to|near(?: to)?) $/i.test(before)
  return isPlaced ? found(start, end, 0.6) : null
}

/** Postcodes that stand alone behind a word for one. Inside an address they are part of it. */
export const postal: Detector = {
  name: 'postal',
  detect: (reading) => {
    const { text } = reading
    const hits: Hit[] = []
    for (const word of reading.words('postcodeWord')) {
      // "cp" and "cap" are other words in small letters.
      if (/^ca?p$/.test(word.word) && text.charAt(word.start) !== 'C') continue
      const rest = text.slice(word.end, word.end + 56)
      const gap = GAP.exec(rest)?.[0].length ?? 0
      if (gap === 0 && word.word !== '〒') continue
      const code = CODE.exec(rest.slice(gap))?.[0]
      if (code === undefined || !/\d/.test(code) || /^[a-z]{1,3} /.test(code)) continue
      const start = word.end + gap
      if (start < (hits.at(-1)?.end ?? 0)) continue
      hits.push({
        kind: 'contact',
        type: 'POSTAL_CODE',
        start,
        end: start + code.length,
        confidence: 0.7,
        reason: 'a postcode behind a word for one',
      })
    }
    const { tokens } = reading
    const said = new Set(hits.map(({ start }) => start))
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      const hit = said.has(start) ? null : loose(text, start, tokens[i + 1] ?? 0)
      if (hit !== null) hits.push(hit)
    }
    return hits
  },
}

import { DIGIT, isWordAt, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'

/** Between the word and the code: "ZIP: ", "postcode is ", "Postal Code (work) ", `"zip": "`. */
const GAP =
  /^(?:['’]s|s)?(?:["']?\s{0,2}[:：=]|\)|\.)?(?:\s{0,3}(?:is|ist|lautet|est|es|è|é|to|är|was|number|no\.?|nr\.?|#|area|of|der|le|el|il|de|in|for|code)){0,3}[:：\s"'(#=|*]{0,4}/u

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

/** Digits alone say nothing; words about a place in front of them or right behind do. */
const DIGITS =
  /\d{5}(?:-\d{4})?(?![\p{L}\d]|[-.,/:]\d|\s?[%€$£])|\d{2}-\d{3}(?![\p{L}\d-])|\d{4}-\d{3}(?![\p{L}\d-])|\d{4} ?[A-Z]{2}(?![\p{L}\d])|\d{3} \d{2}(?![\p{L}\d.,]|[- ]\d)/uy
const BEHIND =
  /^ (?:area|region|neighbou?rhood|zip|zipcode|postcode|post code|postal)\b|^[?.,]? ?\((?:zip|postcode|plz)\)/i
const PLACED =
  /(?:\b(?:live|lives|lived|living|moved?|moving|relocated?|ship(?:ping|ped|s)?|deliver(?:y|ies|ed|s)?|weather|located|based|schools?|restaurants?|address|resid(?:e|es|ing)|wohn\w{0,3}|woon|habite|vivo|viv[eo]|mieszkam|moro|bor|abito)\b[^.!?\n\d]{0,30}[ ,])$/i
/** After a town: "near Springfield, 68121". */
const TOWN =
  /\b(?:in|to|from|near|around|at|à|en|w|em|te|i|nach|aus|bei)\s\p{Lu}[\p{Ll}’'-]{2,}(?:\s\p{Lu}[\p{Ll}’'-]{2,})?,? (?:[A-Z]{2},? )?$/u

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

/** A postcode without a word for one: by a form that is hardly anything else, or by the place spoken of. */
const loose = (text: string, start: number, tokenEnd: number): Hit | null => {
  const length = tokenEnd - start
  if (
    length < 2 ||
    length > 5 ||
    isWordAt(text, start - 1) ||
    '-./_:#'.includes(text.charAt(start - 1) || ' ')
  )
    return null
  const separator = text.charAt(tokenEnd)
  if (sortAt(text, start) !== DIGIT) {
    if (length > 4 || separator !== ' ') return null
    const british = ends(BRITISH, text, start)
    if (british > 0 && AREAS.test(/^[A-Z]+/.exec(text.slice(start, start + 2))?.[0] ?? ''))
      return found(start, british, 0.62)
    const canadian = ends(CANADIAN, text, start)
    return canadian > 0 ? found(start, canadian, 0.66) : null
  }
  if (length !== 5 && !(separator === '-' && (length === 2 || length === 4)) && separator !== ' ') return null
  const end = ends(DIGITS, text, start)
  if (end < 0) return null
  const before = text.slice(Math.max(0, start - 48), start)
  const placed = BEHIND.test(text.slice(end, end + 14)) || TOWN.test(before) || PLACED.test(before)
  return placed ? found(start, end, 0.6) : null
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
      const rest = text.slice(word.end, word.end + 40)
      const gap = GAP.exec(rest)?.[0].length ?? 0
      if (gap === 0) continue
      const code = CODE.exec(rest.slice(gap))?.[0]
      if (code === undefined || !/\d/.test(code)) continue
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

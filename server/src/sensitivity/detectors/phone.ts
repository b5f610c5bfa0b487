import { digitsOf, isOfThing, isWordAt, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'

const MOST_DIGITS = 15
const FEWEST_DIGITS = 7

/* A run of digits in groups, with the separators of telephone numbers; bounded, so each start costs the same. */
const RUN =
  /(?:\+ ?|\(\+?)?\d(?:[\d]|[ \u00a0./\-()](?=[\d(])|[) ][ \-./(](?=[\d(])){5,26}(?<=\d)(?: ?(?:x|ext\.?|#) ?\d{1,6})?/iy

/** Forms that are hardly anything else, even without a word beside them. */
const AMERICAN =
  /^(?:\+?1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-.])[2-9]\d{2}[-. ]\d{4}(?: ?(?:x|ext\.?|#) ?\d{1,6})?$/i

/** Things that digits with separators are more often than telephone numbers. */
const OTHER =
  /^(?:(?:19|20)\d{2}[-./ ](?:0?[1-9]|1[0-2])(?:[-./ ]\d{1,2})?|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d{2}|(?:\d{1,3}\.){3}\d{1,3}|\d+\.\d+|\d{1,3}(?: \d{3})+|(?:19|20)\d{2} ?- ?(?:19|20)\d{2})$/

/** Dates are no number to call whatever stands beside them. */
const DATE = /^(?:\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d{2}|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})$/

/** What a number in a signature is for, written behind it. */
const AFTER_NUMBER =
  /^ ?(?:office|fax|mobile|cell|tel|phone|home|work)\b|^,? (?:is|that['’]s) (?:my|her|his|their|our|the) (?:new )?(?:office|fax|mobile|cell|tel|phone|number|home)/i
const AFTER =
  /^[\d ()./-]{0,20},? ?(?:(?:is|that['’]s) (?:my|her|his|their|our|the) (?:new )?)?(?:office|fax|mobile|cell|tel|phone|number|home|work)\b/i

/** 1 for what may stand before a word of AFTER, 2 for what such a word and what leads to it begin with. */
const LEADS = new Uint8Array(0x80)
for (const sign of '0123456789 ()./-') LEADS[sign.charCodeAt(0)] = 1
for (const sign of ',itofmcpnhwITOFMCPNHW') LEADS[sign.charCodeAt(0)] = 2
const MOST_LEADS = 22

/** Looks for words of AFTER behind places that come in order, so that no unit before such a word is looked at twice. */
class Explanations {
  readonly #text: string
  /** Where what may stand before a word ends. */
  #until = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Whether a word for what a number is for stands behind it. */
  isBehind(end: number): boolean {
    const text = this.#text
    if (this.#until < end) this.#until = end
    while (LEADS[text.charCodeAt(this.#until)] === 1) this.#until += 1
    if (this.#until - end > MOST_LEADS || LEADS[text.charCodeAt(this.#until)] !== 2) return false
    return AFTER.test(text.slice(end, end + 40))
  }
}

/** Forms of other countries that are hardly anything else: Brazil; Chinese, Spanish, Indian and Korean mobiles. */
const DISTINCT =
  /^(?:\(\d{2}\) ?9?\d{4}[- ]\d{4}|1[3-9]\d([- ])\d{4}\1\d{4}|[67]\d{2} \d{2} \d{2} \d{2}|01[016-9]-\d{3,4}-\d{4}|8 ?\(\d{3,4}\) ?\d{2,3}[- ]\d{2}[- ]\d{2}|09\d{2}-\d{3}-\d{3})$/

/** Written in one run, in a text of the script whose country writes them so: Thai, Chinese, Japanese, Korean. */
const PLAIN: readonly (readonly [RegExp, RegExp])[] = [
  [/[\u0e01-\u0e5b]/, /^0[2-9]\d{7,8}$/],
  [/[\u4e00-\u9fff]/, /^(?:1[3-9]\d{9}|09\d{8}|0[5-9]0\d{8})$/],
  [/[\u3040-\u30ff]/, /^0[5-9]0\d{8}$/],
  [/[\uac00-\ud7a3]/, /^01[016-9]\d{7,8}$/],
]

const isPlainMobile = (text: string, start: number, end: number): boolean => {
  const around = text.slice(Math.max(0, start - 12), start) + text.slice(end, end + 12)
  const bare = text.slice(start, end)
  return PLAIN.some(([script, form]) => form.test(bare) && script.test(around))
}

/** Words beside which digits are more likely another number of somebody's. */
const OTHERS = ['nationalId', 'ssn', 'taxId', 'healthId', 'bank', 'card', 'passport', 'internalId'] as const

/** Country calling codes (ITU-T E.164): one to three digits, no code the beginning of another. */
const CALLING_CODE =
  /^\(?\+ ?\(?(?:1|7|2[07]|2[1-69]\d|3[0-469]|3[578]\d|4[013-9]|42\d|5[1-8]|5[09]\d|6[0-6]|6[7-9]\d|8[1246]|8[0578]\d|9[0-58]|9[679]\d)/

/**
 * Nearly any ten to twelve digits behind a 0 are somebody's in one of thirty countries, so it is the grouping
 * that tells; nine are fewer countries' and must be grouped more.
 */
const isNational = (bare: string): boolean => {
  if (!/^0[1-9]\d{0,4}[ /-]\d{2,}|^\(0[1-9]\d{0,4}\) ?\d|^00[1-9]\d?[ -]/.test(bare)) return false
  const count = digitsOf(bare).length
  return count >= (/[ /-]\d{2,}[ -]\d/.test(bare) ? 9 : 10) && count <= (bare.startsWith('00') ? 15 : 12)
}

const BLANK = 0x20
const OPEN = 0x28
const PLUS = 0x2b
const DASH = 0x2d
const ZERO = 0x30
const NINE = 0x39
const BRACKET = 0x5b

const startOf = (text: string, token: number): number => {
  let start = token
  while (start > 0 && token - start < 3 && opens(text.charCodeAt(start - 1))) start -= 1
  return text.charCodeAt(start) === BRACKET ? start + 1 : start
}

const opens = (unit: number): boolean => unit === PLUS || unit === OPEN || unit === BRACKET

const JOINED = '-_./#$€£'

/** Whether what stands right before makes this the rest of something longer. */
const isRest = (text: string, start: number): boolean =>
  start > 0 &&
  text.charCodeAt(start - 1) !== BLANK &&
  (isWordAt(text, start - 1) || (JOINED.includes(text.charAt(start - 1)) && text.charCodeAt(start) !== PLUS))

const isCut = (text: string, end: number): boolean => {
  if (isWordAt(text, end)) return true
  return /[-_/:%€$]/.test(text.charAt(end)) && (isWordAt(text, end + 1) || '%€$'.includes(text.charAt(end)))
}

/** The same right behind it. */
const isExplainedAt = (text: string, end: number): boolean => {
  const unit = text.charCodeAt(end)
  return (
    LEADS[unit === 0x20 ? text.charCodeAt(end + 1) : unit] === 2 &&
    AFTER_NUMBER.test(text.slice(end, end + 32))
  )
}

const isAnnounced = (reading: Reading, start: number, end: number): boolean =>
  reading.near('phone', start, end, 14) ||
  (reading.near('phone', start, end, 26) && !OTHERS.some((group) => reading.near(group, start, end, 14))) ||
  isExplainedAt(reading.text, end)

/** The middle of a longer number, such as an account's. */
const isMiddle = (text: string, start: number): boolean => {
  const before = text.charCodeAt(start - 1)
  return (before === BLANK || before === DASH) && sortAt(text, start - 2) === 1
}

const certainty = (reading: Reading, start: number, printed: string): [number, string] | null => {
  const end = start + printed.length
  const announced = isAnnounced(reading, start, end)
  // With a zero in front there is no form that such a middle could have.
  if (!announced && printed.charCodeAt(0) === ZERO && isMiddle(reading.text, start)) return null
  if (DATE.test(printed)) return null
  if (/^\d{5}-\d{3}$/.test(printed) && reading.near('postcodeWord', start, end, 10)) return null
  const bare = printed.replace(/(?:x|ext\.?|#).*$/i, '')
  if (/^\(?\+/.test(printed)) {
    return CALLING_CODE.test(printed) ? [0.95, 'a telephone number with its country code'] : null
  }
  // Two sorts of separator are a clause's number, as in "252.227-7013".
  const mixed = /^\d{3}(?:\.\d{3}-|-\d{3}\.)/.test(printed)
  if (AMERICAN.test(printed) && (announced || !mixed))
    return [announced ? 0.92 : 0.75, 'a telephone number in North American form']
  if (OTHER.test(bare))
    return announced && !/^(?:19|20)\d\d[-./]|\./.test(bare) && /^0|^\d{3} /.test(bare)
      ? [0.6, 'digits beside a word for telephone numbers']
      : null
  if (announced) return [0.75, 'digits beside a word for telephone numbers']
  if (isMiddle(reading.text, start)) return null
  if (OTHERS.some((group) => reading.near(group, start, end, 40)) || isOfThing(reading.text, start))
    return null
  if (DISTINCT.test(bare)) return [0.7, 'a telephone number in a national form']
  if (isPlainMobile(reading.text, start, end))
    return [0.65, "a telephone number as the script's country writes them"]
  return isNational(bare) ? [0.7, 'a national telephone number'] : null
}

/** Cheap signs that a telephone number could begin here; without one the run is not looked at. */
const mayBegin = (reading: Reading, start: number, tokenEnd: number, explained: Explanations): boolean => {
  const { text } = reading
  const first = text.charCodeAt(start)
  if (first === PLUS || first === OPEN || first === ZERO) return true
  const length = tokenEnd - start
  // Inside a row of single digits nothing begins.
  if (
    length === 1 &&
    text.charCodeAt(start - 1) === BLANK &&
    sortAt(text, start - 2) === 1 &&
    sortAt(text, start - 3) !== 1
  )
    return false
  if (length === 11 && first === 0x31 && reading.wide) return true
  if ((length === 3 || length === 1) && sortAt(text, tokenEnd + 1) === 1) return true
  return reading.near('phone', start, tokenEnd, 26) || explained.isBehind(tokenEnd)
}

/** What an extension begins with: "x", "ext.", "#". */
const EXTENDS = 'xXeE#'

/** The digits of a number without those of its extension. */
const countDigits = (printed: string): number => {
  let count = 0
  for (let i = 0; i < printed.length; i += 1) {
    const unit = printed.charCodeAt(i)
    if (unit >= ZERO && unit <= NINE) count += 1
    else if (EXTENDS.includes(printed.charAt(i))) break
  }
  return count
}

const hitAt = (reading: Reading, token: number, tokenEnd: number, explained: Explanations): Hit | null => {
  const { text } = reading
  if (sortAt(text, token) !== 1) return null
  const start = startOf(text, token)
  if (isRest(text, start) || !mayBegin(reading, start, tokenEnd, explained)) return null
  RUN.lastIndex = start
  const printed = RUN.exec(text)?.[0]
  if (printed === undefined) return null
  const count = countDigits(printed)
  const end = start + printed.length
  if (count < FEWEST_DIGITS || count > MOST_DIGITS || isCut(text, end)) return null
  const found = certainty(reading, start, printed)
  if (found === null) return null
  return { kind: 'contact', type: 'PHONE', start, end, confidence: found[0], reason: found[1] }
}

/** Telephone numbers: by country code, by a national form, or as digits beside a word that says so. */
export const phone: Detector = {
  name: 'phone',
  detect: (reading) => {
    const hits: Hit[] = []
    const { text, tokens } = reading
    const explained = new Explanations(text)
    let behind = 0
    for (let i = 0; i < tokens.length; i += 2) {
      const token = tokens[i] ?? 0
      if (token < behind) continue
      const hit = hitAt(reading, token, tokens[i + 1] ?? token, explained)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}

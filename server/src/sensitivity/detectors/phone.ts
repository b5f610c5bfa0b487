import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { digitsOf, isWordAt, sortAt } from '../characters.ts'
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
const AFTER_NUMBER = /^ ?(?:office|fax|mobile|cell|tel|phone|home|work)\b/i
const AFTER = /^[\d ()./-]{0,20} ?(?:office|fax|mobile|cell|tel|phone|home|work)\b/i

/** National numbers begin with 0 in most of these; the word beside them has said that it is a number to call. */
const COUNTRIES: readonly CountryCode[] = ['DE', 'GB', 'FR', 'IT', 'NL', 'TR', 'SE', 'TH', 'CN', 'AU']

/** Country calling codes (ITU-T E.164): one to three digits, no code the beginning of another. */
const CALLING_CODE =
  /^\(?\+ ?\(?(?:1|7|2[07]|2[1-69]\d|3[0-469]|3[578]\d|4[013-9]|42\d|5[1-8]|5[09]\d|6[0-6]|6[7-9]\d|8[1246]|8[0578]\d|9[0-58]|9[679]\d)/

const isValidSomewhere = (printed: string): boolean =>
  COUNTRIES.some((country) => parsePhoneNumberFromString(printed, country)?.isValid() === true)

const startOf = (text: string, token: number): number => {
  let start = token
  while (start > 0 && token - start < 3 && '+(['.includes(text.charAt(start - 1))) start -= 1
  return text.charAt(start) === '[' ? start + 1 : start
}

const isInside = (text: string, start: number, end: number): boolean => {
  if (isWordAt(text, start - 1) || isWordAt(text, end)) return true
  if (
    /[-_./=#$€£]/.test(text.charAt(start - 1)) &&
    text.charAt(start) !== '+' &&
    !/[=]/.test(text.charAt(start - 1))
  )
    return true
  return /[-_/:%€$]/.test(text.charAt(end)) && (isWordAt(text, end + 1) || '%€$'.includes(text.charAt(end)))
}

const certainty = (reading: Reading, start: number, printed: string): [number, string] | null => {
  const end = start + printed.length
  if (DATE.test(printed)) return null
  const announced =
    reading.near('phone', start, end, 22) || AFTER_NUMBER.test(reading.text.slice(end, end + 8))
  const bare = printed.replace(/(?:x|ext\.?|#).*$/i, '')
  if (/^\(?\+/.test(printed)) {
    return CALLING_CODE.test(printed) ? [0.95, 'a telephone number with its country code'] : null
  }
  if (AMERICAN.test(printed)) return [announced ? 0.92 : 0.75, 'a telephone number in North American form']
  if (OTHER.test(bare))
    return announced && !/^(?:19|20)\d\d[-./]|\./.test(bare) && /^0|^\d{3} /.test(bare)
      ? [0.6, 'digits beside a word for telephone numbers']
      : null
  if (announced) return [0.75, 'digits beside a word for telephone numbers']
  // The middle of a longer number, such as an account's, is none by itself.
  if (/[0-9][ -]$/.test(reading.text.slice(Math.max(0, start - 2), start))) return null
  const grouped = /^0\d{1,5}[ /-]\d{2,}|^\(0\d{1,5}\) ?\d|^00[1-9]\d?[ -]/.test(bare)
  return grouped && isValidSomewhere(bare) ? [0.7, 'a national telephone number'] : null
}

/** Cheap signs that a telephone number could begin here; without one the run is not looked at. */
const mayBegin = (reading: Reading, start: number, tokenEnd: number): boolean => {
  const { text } = reading
  const first = text.charCodeAt(start)
  // A plus, a bracket or a zero.
  if (first === 0x2b || first === 0x28 || first === 0x30) return true
  const length = tokenEnd - start
  if ((length === 3 || length === 1) && sortAt(text, tokenEnd + 1) === 1) return true
  return reading.has('phone') || AFTER.test(text.slice(tokenEnd, tokenEnd + 24))
}

const hitAt = (reading: Reading, token: number, tokenEnd: number): Hit | null => {
  const { text } = reading
  if (sortAt(text, token) !== 1) return null
  const start = startOf(text, token)
  if (!mayBegin(reading, start, tokenEnd)) return null
  RUN.lastIndex = start
  const printed = RUN.exec(text)?.[0]
  if (printed === undefined) return null
  const count = digitsOf(printed.replace(/(?:x|ext\.?|#).*$/i, '')).length
  const end = start + printed.length
  if (count < FEWEST_DIGITS || count > MOST_DIGITS || isInside(text, start, end)) return null
  const found = certainty(reading, start, printed)
  if (found === null) return null
  return { kind: 'contact', type: 'PHONE', start, end, confidence: found[0], reason: found[1] }
}

/** Telephone numbers: by country code, by a national form, or as digits beside a word that says so. */
export const phone: Detector = {
  name: 'phone',
  detect: (reading) => {
    const hits: Hit[] = []
    const { tokens } = reading
    let behind = 0
    for (let i = 0; i < tokens.length; i += 2) {
      const token = tokens[i] ?? 0
      if (token < behind) continue
      const hit = hitAt(reading, token, tokens[i + 1] ?? token)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}

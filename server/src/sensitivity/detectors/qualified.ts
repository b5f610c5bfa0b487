import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'
import type { Group } from '../vocabulary.ts'
import { afterBridge, backFrom, hitOf } from './announced.ts'
import { ANNOUNCEMENTS, type Announcement } from './announcements.ts'

/*
 * What a number is for, and a word for "number" beside it, in either order: "hospital reg. no.", "numéro de la
 * mutuelle", "Versichertennr.". Neither word announces anything by itself.
 */

/** Words for numbers, as the last word of a name or the first. */
const NOUN =
  'numbers?|num|nos?|nbr|nr|id|ids|identifier|ident|identification|ref|reference|card|certificate|registration|reg|nummer|nummern|nummeret|numret|kennung|kennnummer|zeichen|numéro|numero|número|nº|n°|n\\.º|núm|numer|numeru|karta|karty|číslo|čísla|szám|száma|azonosító|broj|številka|număr|numărul|numarası|numaram|numaramız|tunnus|номер|номера|код|№|#|号|号码|號|番号|번호|เลขที่|หมายเลข|رقم|מספר|nomor|mã|số'

/** The rest of a compound, up to two words more, and the word for a number: "patient('s file) number". */
const NOUN_BEHIND = new RegExp(
  `(?:['’]s)?[\\p{L}]{0,16}?(?:[-_ ./]{0,2}\\p{L}{2,14}\\.?){0,2}?[-_ ./]{0,2}(?:${NOUN})(?![\\p{L}])\\.?`,
  'iuy',
)

const LINK =
  "(?:of|for|to|on|the|my|her|his|our|your|their|de|la|el|los|las|del|du|des|le|les|d['’]|l['’]|do|da|dos|das|di|dell['’]|della|van|het|een|der|die|dem|ihrer|meiner|meines|til|för|mi|su|mon|ma|son|sa|mio|mia|meu|minha|o|a|za|om|op|для)"
const NOUN_AHEAD = new RegExp(
  `(?:^|[^\\p{L}])(?:${NOUN})\\.?[ :]{1,2}(?:${LINK} ?){0,3}(?:\\p{L}{3,14} (?:${LINK} ?){1,2})?$`,
  'iu',
)
const AHEAD = 44

/** Behind the word, where the one for a number stood ahead: "numer pacjenta: ", "number for tax purposes is ". */
const ENDS_OF_WORD = /[\p{L}]{0,12}(?: purposes)?/iuy

/** Whose or where, before it says what: "for my mother is", "at St Mary's: ". */
const WHOSE =
  /,? (?:in|for|from|of|on|at|with|aus|für|von|bei|pour|chez|para|en|per|presso|van|voor|bij|från|för|til|hos|dla|для) (?:[\p{L}'’.-]{1,16} ?){1,4}?(?=(?:is|was|ist|lautet|est|es|è|é|to|är|er|jest)(?!\p{L})|[:=(])/iuy

/** A year and the next, a clause, a size, few digits and nothing else: no number of anybody. */
const NO_NUMBER = /^(?:19|20)\d\d[-/]\d\d$|^\d{1,3}[./-]\d{1,3}$|^\d{1,5}$/

interface Qualified {
  readonly words: readonly Group[]
  readonly rule: Announcement
  readonly confidence: number
}

const ruleOf = (group: Group): Announcement => {
  const rule = ANNOUNCEMENTS.find((one) => one.group === group)
  if (rule === undefined) throw new RangeError(`nothing is announced by ${group}`)
  return rule
}

const QUALIFIED: readonly Qualified[] = [
  { words: ['care', 'careWord'], rule: ruleOf('healthId'), confidence: 0.68 },
  { words: ['taxWord'], rule: ruleOf('taxId'), confidence: 0.7 },
  { words: ['identityWord'], rule: ruleOf('nationalId'), confidence: 0.69 },
]

const endOf = (pattern: RegExp, text: string, start: number): number => {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : -1
}

const isNumber = (value: string, rule: Announcement, word: WordHit): boolean =>
  rule.fits(value, word.word) && !NO_NUMBER.test(value)

const announcedBy = (reading: Reading, { rule, confidence }: Qualified, word: WordHit): Hit | null => {
  const { text } = reading
  const behind = endOf(NOUN_BEHIND, text, word.end)
  const ends = [behind]
  if (behind < 0) {
    if (!NOUN_AHEAD.test(text.slice(Math.max(0, word.start - AHEAD), word.start))) return null
    ends.push(endOf(ENDS_OF_WORD, text, word.end))
  }
  for (const at of ends) {
    const further = at < 0 ? -1 : endOf(WHOSE, text, at)
    const value =
      (at < 0 ? null : afterBridge(text, rule, at)) ?? (further < 0 ? null : afterBridge(text, rule, further))
    if (value === null || !isNumber(value.text, rule, word)) continue
    return hitOf(rule, value.start, value.start + value.text.length, confidence)
  }
  return behind < 0 ? null : backFrom(reading, rule, word)
}

/** No number further from its word is announced by it: what stands between is a name of three words at most. */
const FAR_BEHIND = 160
const FAR_AHEAD = 40

/** Whether a token stands where a number might, given the place of the last that did not; words come in order. */
class Nearby {
  readonly #tokens: readonly number[]
  #at = 0

  constructor(tokens: readonly number[]) {
    this.#tokens = tokens
  }

  has({ start, end }: WordHit): boolean {
    while (this.#at < this.#tokens.length && (this.#tokens[this.#at + 1] ?? 0) < start - FAR_AHEAD) {
      this.#at += 2
    }
    const first = this.#tokens[this.#at]
    return first !== undefined && first < end + FAR_BEHIND
  }
}

/** Health, tax and identity numbers whose names no list has whole. */
export const qualified: Detector = {
  name: 'qualified',
  detect: (reading) => {
    if (reading.tokens.length === 0) return []
    const hits: Hit[] = []
    for (const one of QUALIFIED) {
      for (const group of one.words) {
        if (!reading.has(group)) continue
        const nearby = new Nearby(reading.tokens)
        for (const word of reading.words(group)) {
          if (!nearby.has(word)) continue
          const hit = announcedBy(reading, one, word)
          if (hit !== null) hits.push(hit)
        }
      }
    }
    return hits
  },
}

import { DIGIT, digitsOf, isOfThing, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import {
  isTelling,
  NUMBERINGS,
  type Numbering,
  type NumberType,
  printed,
  type Weight,
} from '../numbers/index.ts'
import type { Reading } from '../reading.ts'
import { buildShapes } from '../shapes.ts'
import type { Group } from '../vocabulary.ts'
import { standsFree } from './joint.ts'

export interface Form {
  readonly numbering: Numbering
  readonly weight: Weight
  /** The group of the number's own names. */
  readonly own: Group
  /** How seldom something else is printed so and passes: never, for its grouping, or not seldom at all. */
  readonly seldom: 'digits' | 'grouping' | null
}

/** Numbers that digits at random are less often than once in forty: measured in numbers/mailbag.test.ts. */
export const SELDOM: ReadonlySet<string> = new Set(
  'GB_NINO IN_PAN BE_NN BR_CPF BR_CNPJ CZ_RC SK_RC DE_STEUERID DE_RVNR ES_DNI ES_NIE ES_NIF FI_HETU FR_NIR GR_AMKA IS_KENNITALA LT_ASMENS LV_PK NO_FODSELSNUMMER PL_PESEL RO_CNP RS_JMBG SE_PERSONNUMMER SI_EMSO TR_KIMLIK TW_ID ZA_ID MX_RFC AT_SVNR CH_AHV SG_NRIC PT_CC FR_SPI AU_ABN AE_ID PE_RUC AR_CUIT EG_ID FR_TVA'.split(
    ' ',
  ),
)

/** Groupings that other things have as well, but seldom with these check digits. */
const GROUPED: Readonly<Record<string, readonly string[]>> = {
  IN_AADHAAR: ['0000 0000 0000', '0000-0000-0000'],
  CA_SIN: ['000 000 000', '000-000-000'],
}

const PERSONAL: ReadonlySet<NumberType> = new Set(['NATIONAL_ID', 'TAX_ID', 'HEALTH_ID'])

const seldomOf = ({ sub, type, checked }: Numbering, form: string): Form['seldom'] => {
  if (SELDOM.has(sub)) return 'digits'
  if (!checked || !PERSONAL.has(type)) return null
  return isTelling(form) || GROUPED[sub]?.includes(form) === true ? 'grouping' : null
}

const rowsOf = (numbering: Numbering, weight: Weight): (readonly [Form, readonly string[]])[] => {
  const own = `is:${numbering.sub}`
  const forms = printed(numbering, weight)
  return ([null, 'digits', 'grouping'] as const).map(
    (seldom) =>
      [
        { numbering, weight, own, seldom },
        forms.filter((form) => seldomOf(numbering, form) === seldom),
      ] as const,
  )
}

const ROWS = NUMBERINGS.flatMap((numbering) =>
  (['alone', 'any', 'own'] as const).flatMap((weight) => rowsOf(numbering, weight)),
)

/** All forms of all numbers. */
export const ALL = buildShapes<Form>(ROWS)

const UNMISTAKABLE = buildShapes<Form>(
  ROWS.filter(([{ weight, seldom }]) => weight === 'alone' || (weight === 'any' && seldom !== null)),
)

/** The words for numbers of a type in general. */
const WORDS: Readonly<Record<NumberType, Group | null>> = {
  NATIONAL_ID: 'nationalId',
  TAX_ID: 'taxId',
  HEALTH_ID: 'healthId',
  BANK_ACCOUNT: 'bank',
  PASSPORT: 'passport',
  DRIVER_LICENSE: 'license',
  VEHICLE_ID: 'plate',
  DEVICE_ID: null,
}

const PERSONAL_WORDS: readonly Group[] = ['nationalId', 'taxId', 'healthId']
const ANNOUNCING: readonly Group[] = ['identifying', 'askedWord', 'named', ...PERSONAL_WORDS, 'bank']

/** Far enough for "social security number of the second applicant:", short of the next field. */
const BEFORE = 48
const AFTER = 24
/** Between a word and the number it announces there is rarely more. */
const CLOSE = 20
/** A heading announces all that stands below it. */
const HEADED = 300

/** More numbers than these in a text, and some are right by chance. */
const FEW = 48
const ELSE: readonly Group[] = ['phone', 'bank', 'internalId', 'passport', 'card']
const LETTERED: readonly Group[] = ['internalId', 'passport']

/** One in ten tries is right at least: after as many a text is long known for what it is. */
const MOST_TRIES = 600
interface Tries {
  left: number
}

const AMOUNT_AHEAD =
  /[$€£¥₹#@][ \u00a0]?$|\b(?:eur|usd|gbp|chf|inr|rs|kr|v|version|total|sum|population|revenue|coordinates?|matrix|frequency|code|voucher|coupon|ticket|meeting|webinar|booking|reservation|serial|model|sku|key|gutschein|bestellung|commande|pedido|ordine|zamówienie)\.?(?: (?:id|no|number|code|is|was|of))?[.:]? ?#?$/i
const COUPON = /^ (?:is )?(?:an? |the )?(?:coupon|voucher|code|gift|ticket|key)/i
/** Seconds or milliseconds since 1970, of the last years. */
const MOMENT = /^1[5-9]\d{8}(?:\d{3})?$/
const AMOUNT_BEHIND =
  /^[ \u00a0]?(?:[$€£¥₹%]|(?:eur|usd|gbp|chf|inr|kr|zł|kč|euros?|dollars?|pounds?|people|users|views|copies|times|units|rows|bytes|km|kg|m|inhabitants|habitants|einwohner|personas|personnes|stück|years)(?![a-z]))/i

/** Whether digits in groups are an amount, a year's, or groups of a longer row. */
const isElse = (text: string, start: number, end: number): boolean => {
  if (!/[1-9]/.test(text.slice(start, end))) return true
  if (COUPON.test(text.slice(end, end + 16))) return true
  if (sortAt(text, start - 2) === DIGIT || sortAt(text, end + 1) === DIGIT) return true
  if (/^(?:19|20)\d\d[-./]/.test(text.slice(start, start + 5))) return true
  return (
    AMOUNT_AHEAD.test(text.slice(Math.max(0, start - 24), start)) ||
    AMOUNT_BEHIND.test(text.slice(end, end + 14))
  )
}

/** "HEAD is now at 738631a": a small word ahead of a digest is no number's prefix. */
const LED_BY_WORD = /^(?:at|as|an|am|be|by|he|me|my|we|on|or|ok|is|in|to|no|so|it|if|of|us) \d/

/** How sure a number is that nothing announces by name. */
const unannounced = (reading: Reading, form: Form, start: number, end: number, tries: Tries): number => {
  const { seldom, numbering } = form
  if (form.weight !== 'any' || !PERSONAL.has(numbering.type)) return 0
  if (!numbering.checked && seldom === null) return 0
  const known = reading.near('identifying', start, end, 20, 16)
  const hinted = known || reading.near('askedWord', start, end, 28, seldom === null ? 0 : 20)
  if (!hinted && (seldom === null || reading.tokens.length > FEW)) return 0
  const value = reading.text.slice(start, end)
  if (LED_BY_WORD.test(value)) return 0
  const long = digitsOf(value).length >= (seldom === 'digits' ? 10 : 11) || /[A-Za-z]/.test(value)
  const asked = known || (hinted && (seldom !== null || (long && !MOMENT.test(value))))
  if (!asked && seldom === null) return 0
  if (!asked && seldom === 'digits' && !long) return 0
  if (seldom === 'grouping' && isElse(reading.text, start, end)) return 0
  if (tries.left === 0) return 0
  tries.left -= 1
  // Telephones, accounts and cards have no letters among their digits.
  const others = seldom === 'digits' && /[A-Za-z]/.test(value) ? LETTERED : ELSE
  if (isOfThing(reading.text, start) || others.some((group) => reading.near(group, start, end, 26))) return 0
  return asked ? (seldom === null ? 0.66 : 0.72) : seldom === 'digits' ? 0.6 : 0.54
}

/** What words stand beside a number: asked once for all forms that end in the same place. */
interface Beside {
  /** Any number's own name. */
  readonly named: boolean
  /** A word for identity, tax or health numbers in general. */
  readonly personal: boolean
  /** A name further up. */
  readonly headed: boolean
}

/** In a text without any of these words. */
const NOTHING_BESIDE: Beside = { named: false, personal: false, headed: false }

const isNear = (reading: Reading, group: Group, start: number, end: number): boolean =>
  reading.near(group, start, end, BEFORE, AFTER)

const besideOf = (reading: Reading, start: number, end: number): Beside => ({
  named: isNear(reading, 'named', start, end),
  personal: PERSONAL_WORDS.some((group) => isNear(reading, group, start, end)),
  headed: end - start >= 9 && reading.near('named', start, end, HEADED),
})

/** How sure the words beside a number make it; 0 where they say too little for its form. */
const confidenceOf = (
  reading: Reading,
  form: Form,
  beside: Beside,
  start: number,
  end: number,
  tries: Tries,
): number => {
  const { type, checked } = form.numbering
  if (beside.named && isNear(reading, form.own, start, end)) {
    const close = reading.near(form.own, start, end, CLOSE, AFTER)
    return close ? (checked ? 0.98 : 0.93) : checked ? 0.96 : 0.88
  }
  if (form.weight === 'own') {
    // Another's own name, or none: a word for the type right before is as good as the name.
    if (!checked || beside.named || (PERSONAL.has(type) && !beside.personal)) return 0
    const words = WORDS[type]
    return words !== null && reading.near(words, start, end, CLOSE) ? 0.79 : 0
  }
  const alone = form.weight === 'alone' ? (checked ? 0.9 : 0.75) : 0
  // What stands before it is another number's own name. People mix the names of a state's numbers up, though.
  if (beside.named && reading.near('named', start, end, BEFORE)) {
    if (alone > 0 || !checked || !PERSONAL.has(type)) return alone
    return form.seldom === 'digits' || reading.near('named', start, end, CLOSE) ? 0.6 : 0
  }
  const words = WORDS[type]
  if (words !== null && (beside.personal || !PERSONAL.has(type)) && isNear(reading, words, start, end))
    return checked ? 0.95 : 0.87
  if (beside.personal && PERSONAL.has(type)) return Math.max(alone, checked ? 0.78 : 0.7)
  if (alone > 0) return alone
  if (checked && beside.headed && reading.near(form.own, start, end, HEADED)) return 0.62
  return unannounced(reading, form, start, end, tries)
}

const KINDS = { BANK_ACCOUNT: 'payment', DEVICE_ID: 'contact' } as const

/** What a form finds, as a hit. */
export const numberHit = (
  { numbering, weight }: Form,
  start: number,
  end: number,
  confidence: number,
): Hit => {
  const { type, sub, country, checked, name } = numbering
  const why = checked ? 'its form and check digits' : 'its form and ranges'
  const beside = confidence > 0.9 || weight !== 'alone' ? ', beside a word for such numbers' : ''
  return {
    kind: type === 'BANK_ACCOUNT' || type === 'DEVICE_ID' ? KINDS[type] : 'identity',
    type,
    sub,
    ...(country === null ? {} : { country }),
    start,
    end,
    confidence,
    reason: `a ${name} by ${why}${beside}`,
  }
}

/** The surest reading of what begins here; of equally sure ones the longest. */
const best = (reading: Reading, start: number, announced: boolean, tries: Tries): Hit | null => {
  const { count, ends, values } = (announced ? ALL : UNMISTAKABLE).match(reading.text, start)
  for (let i = count - 1; i >= 0; i -= 1) {
    const end = ends[i] ?? 0
    if (!standsFree(reading, start, end)) continue
    const beside = announced ? besideOf(reading, start, end) : NOTHING_BESIDE
    const hit = surest(reading, values[i] ?? [], beside, start, end, tries)
    if (hit !== null) return hit
  }
  return null
}

/** The surest of the forms that end in the same place. */
const surest = (
  reading: Reading,
  forms: readonly Form[],
  beside: Beside,
  start: number,
  end: number,
  tries: Tries,
): Hit | null => {
  let chosen: Form | null = null
  let confidence = 0
  for (const form of forms) {
    const own = confidenceOf(reading, form, beside, start, end, tries)
    if (own <= confidence || !form.numbering.valid(reading.text.slice(start, end))) continue
    chosen = form
    confidence = own
  }
  return chosen === null ? null : numberHit(chosen, start, end, confidence)
}

const isLetter = (text: string, index: number): boolean => sortAt(text, index) === 2

/** "RO YW. 415354": the letters of a series, with a full stop. */
const SERIES = /(?<![A-Za-z])(?:[A-Z]{2} )?[A-Z]{2}\. $/
const abbreviated = (text: string, start: number): number => {
  if (!isLetter(text, start - 3) || isLetter(text, start)) return start
  const found = SERIES.exec(text.slice(Math.max(0, start - 8), start))
  return found === null ? start : start - found[0].length
}

/** "RSS MRA 85T10": a group of letters ahead of those that lead into digits is no token of its own. */
const leadStart = (text: string, start: number): number => {
  const before = text.charAt(start - 1)
  if (before === ' ' && text.charAt(start - 2) === '.') return abbreviated(text, start)
  if (before !== ' ' && before !== '-') return start
  let lead = start - 1
  while (lead > 0 && start - lead <= 6 && isLetter(text, lead - 1)) lead -= 1
  const length = start - 1 - lead
  return (length === 3 && isLetter(text, start)) || (length === 5 && !isLetter(text, start)) ? lead : start
}

/** Numbers of states, health systems and banks that have a form of their own, most with check digits. */
export const identity: Detector = {
  name: 'identity',
  detect: (reading) => {
    const hits: Hit[] = []
    const { tokens } = reading
    const tries = { left: MOST_TRIES }
    const announced = ANNOUNCING.some((group) => reading.has(group))
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      const lead = leadStart(reading.text, start)
      const hit =
        (lead < start ? best(reading, lead, announced, tries) : null) ??
        best(reading, start, announced, tries)
      if (hit !== null) hits.push(hit)
    }
    return hits
  },
}

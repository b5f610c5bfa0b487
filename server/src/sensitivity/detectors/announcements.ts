import type { Kind } from '../../domain/index.ts'
import { isStandIn } from '../randomness.ts'
import type { Group } from '../vocabulary.ts'

/**
 * Numbers whose form says nothing: they are found behind a word that announces them, or in a column that it
 * heads, and must look like a number of that sort.
 */
export interface Announcement {
  readonly group: Group
  readonly kind: Kind
  readonly type: string
  readonly what: string
  /** Sticky; what may stand behind the word. */
  readonly form: RegExp
  /** Whether what the form found is a number of that sort. */
  readonly fits: (value: string, word?: string) => boolean
  /** Some words away from the announcement it must look like this; absent: not looked for there. */
  readonly telling?: RegExp
  readonly confidence: number
}

/** Years, dates, times, zeros, round amounts, a row of the same digit: no numbers of anybody. */
const EMPTY =
  /^(?:19|20)\d{2}$|^(?:19|20)\d\d[ -/](?:19|20)\d\d$|^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$|^[1-9]\d{0,5}000$|^(?:19|20)\d\d[-./]\d\d?[-./]\d\d?|^(?:[0-2]?\d|3[01])[-./](?:[0-2]?\d|3[01])[-./](?:\d{2}|(?:19|20)\d{2})$|^[0.-]+$|^(\d)\1+$/

/** A word in small letters, which a number has none of. */
const WORDY =
  /[a-z]{4}|^[a-z]+(?:\d?$| )|^(?:is|id|no|nr|my|in|on|to|of|at|am|an|by|es|er|et|en|de|la|le)\d|[A-Z][a-z]{2}/

const digitsIn = (value: string): number => {
  let count = 0
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt(i)
    if (unit >= 0x30 && unit <= 0x39) count += 1
  }
  return count
}

const sort =
  (fewestDigits: number, mostDigits = 24) =>
  (value: string): boolean => {
    const count = digitsIn(value)
    return count >= fewestDigits && count <= mostDigits && !EMPTY.test(value) && !WORDY.test(value)
  }

/* Letters and digits in up to five parts; a part behind a blank has a digit in it, or it is the next word. */
const CODE =
  /[A-Z0-9]{1,20}(?:[-_/.][A-Z0-9]{1,14}){0,4}(?:[ ·•](?=[A-Z]{0,4}\d)[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,8}){0,2}){0,4}/iy
const TIGHT_CODE = /[A-Z0-9]{1,20}(?:[-_/.#][A-Z0-9]{1,14}){0,5}/iy

/* A court's file, "12 C 345/24", or a code without blanks. */
const FILE = new RegExp(`(?:\\d{1,3} )?[A-Z]{1,4} \\d{1,6}/\\d{2,4}|${TIGHT_CODE.source}`, 'iy')

/** Three pairs of digits may be a day; behind these words they are not. */
const isFiled = (value: string, word: string): boolean =>
  /^\d{2}-\d{2}-\d{2}$/.test(value) && /sort|mrn|record|chart|bank details/.test(word)

/** Who is cared for: right behind them plain digits are theirs. */
const PATIENT = /^(?:patient|paciente|paziente|patiënt|pacjent|utente|hasta|患者|病人|ผู้ป่วย)/

/** Letters of plates beyond ASCII: German, Cyrillic, Greek, Thai, Chinese provinces. */
const PLATE =
  /[A-Z\u00c0-\u00dd\u0391-\u03a9\u0410-\u042f\u0e01-\u0e2e\u4e00-\u9fa5\uac00-\ud7a3\u3040-\u309f0-9]{1,10}(?:[- ·•.:]{1,3}(?=[A-Z\u0391-\u03a9\u0410-\u042f]{0,3}\d|[A-Z\u0391-\u03a9\u0410-\u042f]{1,4}(?![a-z]))[A-Z\u0391-\u03a9\u0410-\u042f\u3040-\u309f0-9]{1,6}){0,3}/y

/* Forms that are hardly anything but a plate: British, French and Italian, Dutch, Spanish, German, Swedish, Turkish, American, Brazilian, Polish. */
const OWN_PLATE =
  /[A-Z]{2}\d{2} ?[A-Z]{3}(?![A-Z0-9])|[A-Z]{2}[- ]\d{3}[- ][A-Z]{2}(?![A-Z0-9])|[A-Z]{2}\d{3}[A-Z]{2}(?![A-Z0-9])|[A-Z]{2}-\d{3}-[A-Z](?![A-Z0-9])|\d{4} ?[B-DF-HJ-NP-TV-Z]{3}(?![A-Z0-9])|[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2} ?\d{1,4}[EH]?(?![A-Z0-9])|[A-ZÄÖÜ]{1,3} [A-Z]{1,2} \d{2,4}[EH]?(?![A-Z0-9])|[A-Z]{3} \d{2}[0-9A-Z](?![A-Z0-9])|\d{2} [A-Z]{1,3} \d{2,4}(?![A-Z0-9])|\d[A-Z]{3}\d{3}(?![A-Z0-9])|[A-Z]{3}-?\d[A-Z0-9]\d{2}(?![A-Z0-9])|[A-Z]{2,3} \d{4,5}[A-Z]?(?![A-Z0-9])/y

const isPlate = (value: string): boolean => {
  const bare = value.replaceAll(/[- ·•.:]/g, '')
  const count = digitsIn(bare)
  if (count === 0 || EMPTY.test(value) || bare.length < 4 || bare.length > 10) return false
  return count < bare.length && (count >= 2 || bare.length - count >= 3)
}

const SERIAL = /^(?=(?:.*\d){5})[A-Z]{0,4}[-_ ]?\d[0-9A-Z-]{5,16}$|^\d{6,14}$/

const isUserName = (value: string): boolean =>
  /[0-9._-]/.test(value) && /[A-Za-z]/.test(value) && !NO_USER.test(value) && !isStandIn(value)

/** What programs write behind `user`: fields, roles and types, not somebody. */
const NO_USER =
  /^(?:req|request|res|response|self|this|ctx|context|session|config|cfg|os|sys|current|event|data|options?|opts|args|params|process|env|app|auth|db|user|users|settings|state|props|row|item|obj|account|model|models)[._]|[a-z]_(?:id|ids|key|type|url|uri|path|token|date|time|status|count|list|level|mode|agent)$|^(?:root|admin|postgres|ubuntu|null|none|true|false)$/i

/** Rules in order; of two that find the same characters the surer wins. */
export const ANNOUNCEMENTS: readonly Announcement[] = [
  {
    group: 'passport',
    kind: 'identity',
    type: 'PASSPORT',
    what: 'passport',
    form: /\d{2} ?\d{2} (?:№ ?|номер |nr\.? )?\d{6}|\d{2} ?(?:№ ?)?\d{7}|[A-Z]{1,2}[- ]\d{6,8}|[A-Z0-9]{2,14}(?:-[A-Z0-9]{2,12}){0,3}/iy,
    fits: (value) => sort(4, 12)(value) && value.length >= 6,
    telling: /^[A-Z]{1,3}\d{6,9}[A-Z]?$|^\d{9}$|^(?=(?:.*\d){5})(?=.*[A-Z])[A-Z0-9]{7,9}$/,
    confidence: 0.8,
  },
  {
    group: 'license',
    kind: 'identity',
    type: 'DRIVER_LICENSE',
    what: 'driving licence',
    form: CODE,
    fits: (value) => sort(4)(value) && value.length >= 5,
    telling: /^[A-Z]{1,6}[- ]?\d[0-9A-Z-]{5,16}$|^\d{8,14}$/,
    confidence: 0.8,
  },
  {
    group: 'licenceWord',
    kind: 'identity',
    type: 'DRIVER_LICENSE',
    what: 'licence',
    form: /[A-Z]{1,5}\d{6,9}[A-Z0-9]{0,7}/y,
    fits: sort(6),
    confidence: 0.8,
  },
  {
    group: 'plate',
    kind: 'identity',
    type: 'LICENSE_PLATE',
    what: 'number plate',
    form: PLATE,
    fits: isPlate,
    telling:
      /^[A-Z]{1,3}[- ]?\d{2,4}[- ]?[A-Z]{1,3}$|^[A-Z]{1,3}[- ][A-Z]{1,2} ?\d{1,4}$|^\d{4} ?[A-Z]{3}$|^[A-Z]{3}[- ]?\d[A-Z0-9]\d{2}$/,
    confidence: 0.8,
  },
  {
    group: 'vehicleWord',
    kind: 'identity',
    type: 'LICENSE_PLATE',
    what: 'number plate',
    form: OWN_PLATE,
    fits: isPlate,
    confidence: 0.66,
  },
  {
    group: 'healthId',
    kind: 'identity',
    type: 'HEALTH_ID',
    what: 'patient or insurance',
    form: CODE,
    fits: (value, word = '') => isFiled(value, word) || (sort(4, 20)(value) && value.length >= 5),
    telling: /^(?=(?:.*\d){5})[A-Z]{0,5}[-_ ]?\d[0-9A-Z-]{4,20}$/,
    confidence: 0.8,
  },
  {
    group: 'care',
    kind: 'identity',
    type: 'HEALTH_ID',
    what: 'patient or insurance',
    form: /[A-Z]{1,4}-?\d{5,12}(?:-\d{1,3})?(?![A-Z0-9])|\d{6,10}(?:-\d{2})?(?![A-Z0-9])/y,
    fits: (value, word = '') => sort(5, 14)(value) && (/^[A-Z]/.test(value) || PATIENT.test(word)),
    telling: /^[A-Z]{1,4}-?\d{6,12}(?:-\d+)?$/,
    confidence: 0.68,
  },
  {
    group: 'recordWord',
    kind: 'identity',
    type: 'HEALTH_ID',
    what: 'patient or insurance',
    form: /(?:[A-Z]{1,3}-?)?\d{6,10}(?![A-Z0-9])/y,
    fits: sort(6, 10),
    confidence: 0.62,
  },
  {
    group: 'memberWord',
    kind: 'identity',
    type: 'HEALTH_ID',
    what: 'patient or insurance',
    form: /[A-Z]{1,4}-?\d{6,12}(?:-\d{1,3})?(?![A-Z0-9])|[A-Z]{2,3}\d{2,3}[A-Z]\d{4,8}(?![A-Z0-9])/y,
    fits: sort(6, 14),
    confidence: 0.6,
  },
  {
    group: 'customerWord',
    kind: 'internal',
    type: 'INTERNAL_ID',
    what: 'staff or customer',
    form: /[A-Z]{0,4}-?\d{5,10}(?![A-Z0-9])/y,
    fits: sort(5, 10),
    confidence: 0.6,
  },
  {
    group: 'bank',
    kind: 'payment',
    type: 'BANK_ACCOUNT',
    what: 'bank account',
    form: /\d{2}[- ]\d{2}[- ]\d{2}(?:[ /,-]{1,2}\d{8})?|\d{1,10}(?:[./-]\d{1,10}){1,5}(?:-[0-9X])?|[A-Z]{0,6}\d{6,20}[A-Z]?|\d{1,6}(?:[ ./-]\d{1,10}){1,6}(?:-[0-9X])?|[X*•]{2,12}[- ]?\d{3,6}/iy,
    fits: (value, word = '') => /^[X*•]/i.test(value) || isFiled(value, word) || sort(6, 20)(value),
    telling: /^\d{7,18}$|^\d{3,6}[- ]\d{4,9}(?:[- ]\d)?$|^\d{2}-\d{2}-\d{2}$/,
    confidence: 0.8,
  },
  {
    group: 'taxId',
    kind: 'identity',
    type: 'TAX_ID',
    what: 'tax',
    form: /\d{7,8}-\d(?![0-9A-Z-])|[A-Z]{0,3}[- ]?\d{1,5}(?:[-/. ]\d{2,8}){1,4}(?:[-/][0-9A-Z]{1,3})?|[A-Z]{0,5}\d{6,14}[A-Z]{0,3}\d{0,3}|[A-Z]{4,5}\d{4,6}[A-Z0-9]{1,3}|[A-Z0-9]{9,16}/iy,
    fits: sort(4, 15),
    telling: /^[A-Z]{0,3}\d{8,13}[A-Z]?$|^\d{2,3}[-/. ]\d{3}[-/. ]\d{3,5}$|^\d{2}-\d{7}$/,
    confidence: 0.81,
  },
  {
    group: 'nationalId',
    kind: 'identity',
    type: 'NATIONAL_ID',
    what: 'identity',
    form: /\d{6}[-+A-FU-Y]\d{3}[0-9A-Z](?![0-9A-Z])|[A-Z]{2}(?: \d{2}){3} ?[A-D](?![A-Z0-9])|\d{2}-\d{6,7}-?[A-Z]-?\d{2}|[A-Z]{0,6}[- ]?\d{5,18}(?:[-/]?[A-Z0-9]{1,4}|\([0-9A-Z]\))?|[A-Z]{0,3}-?\d{1,8}(?:[-./ ](?=[A-Z]?\d)[A-Z]?\d{1,8}){1,5}(?:[- ]?[A-Z0-9])?|[A-Z]{1,3}[- ]?\d{4,9}[A-Z]{0,2}|[A-Z0-9]{8,18}/iy,
    fits: sort(5, 20),
    telling: /^(?=(?:.*\d){6})[A-Z]{0,3}\d[0-9A-Z.-]{6,16}$/,
    confidence: 0.8,
  },
  {
    group: 'ssn',
    kind: 'identity',
    type: 'NATIONAL_ID',
    what: 'social security',
    form: /\d{3}[-–. /]?\d{2}[-–. /]?\d{4}|[X*•]{3}-[X*•]{2}-\d{4}/iy,
    fits: (value) => /^[X*•]/i.test(value) || sort(9, 9)(value),
    telling: /^\d{3}[- ]?\d{2}[- ]?\d{4}$/,
    confidence: 0.82,
  },
  {
    group: 'internalId',
    kind: 'internal',
    type: 'INTERNAL_ID',
    what: 'staff, customer or case',
    form: FILE,
    fits: (value) => sort(3, 20)(value) && value.length >= 4,
    telling: SERIAL,
    confidence: 0.65,
  },
  {
    group: 'userName',
    kind: 'contact',
    type: 'USERNAME',
    what: 'user',
    form: /[A-Z][\w.-]{2,39}/iy,
    fits: isUserName,
    confidence: 0.65,
  },
]

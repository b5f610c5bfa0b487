import type { Kind } from '../../domain/index.ts'
import { standsAlone } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { isStandIn } from '../randomness.ts'
import type { Reading, WordHit } from '../reading.ts'
import type { Group } from '../vocabulary.ts'

/*
 * Numbers whose form says nothing: they are found behind a word that announces them, at most a few words
 * further on, and must look like a number of that sort.
 */
interface Announced {
  readonly group: Group
  readonly kind: Kind
  readonly type: string
  readonly what: string
  readonly form: RegExp
  /** A form that says enough to stand some words away from the announcement. */
  readonly loose?: RegExp
}

/** Between the word and the number: a short run of speech or signs without a sentence's end. */
const BRIDGE =
  /(?:[ \t]*(?:[:#=№：是]|คือ|->|=>|["'`“„(]|\b(?:is|was|ist|lautet|es|est|è|jest|är|number|no\.?|nr\.?|num\.?|n[°º]|nummer|numero|número|id|of|on|for|ending|with|mit|und|and|code|the|der|die|reads?|card|vom|del|di|de|van)(?![A-Za-z])\.?))*[ \t\n]*["'`“„(#]*/iy

const RULES: readonly Announced[] = [
  {
    group: 'passport',
    kind: 'identity',
    type: 'PASSPORT',
    what: 'passport',
    form: /[A-Z]{0,3} ?[0-9][0-9A-Z]{5,8}|[A-Z][0-9A-Z]{7,8}/iy,
    loose: /[A-Z]{1,3}\d{6,9}[A-Z]?\b|\b\d{9}\b/g,
  },
  {
    group: 'license',
    kind: 'identity',
    type: 'DRIVER_LICENSE',
    what: 'driving licence',
    form: /[A-Z0-9]{1,6}(?:[- ][A-Z0-9]{2,6}){1,4}|[A-Z0-9]{6,18}/iy,
  },
  {
    group: 'licenceWord',
    kind: 'identity',
    type: 'DRIVER_LICENSE',
    what: 'licence',
    form: /[A-Z]{1,5}\d{6,9}[A-Z0-9]{0,7}/y,
  },
  {
    group: 'plate',
    kind: 'identity',
    type: 'LICENSE_PLATE',
    what: 'number plate',
    form: /[A-ZÄÖÜ\u0e01-\u0e2e\u4e00-\u9fa50-9]{1,4}(?:[- ·•.]{1,2}[A-ZÄÖÜ0-9]{1,5}){1,3}|[A-Z\u4e00-\u9fa5][A-Z0-9]{4,8}|\d{1,2}[\u0e01-\u0e2e]{1,2} ?\d{1,4}/uy,
  },
  {
    group: 'healthId',
    kind: 'identity',
    type: 'HEALTH_ID',
    what: 'patient or insurance',
    form: /[A-Z]{0,5}[-# ]?[0-9][0-9A-Z]{3,14}(?:[- ][0-9A-Z]{2,8}){0,3}/iy,
    loose: /\b(?:MRN|HN)[-: ]?\d{5,10}\b/g,
  },
  {
    group: 'bank',
    kind: 'payment',
    type: 'BANK_ACCOUNT',
    what: 'bank account',
    form: /\d{2}-\d{2}-\d{2}(?: \d{8})?|\d{6,18}|\d{1,4}(?:[ -]\d{1,8}){1,6}/y,
  },
  {
    group: 'taxId',
    kind: 'identity',
    type: 'TAX_ID',
    what: 'tax',
    form: /[A-Z]{0,2} ?\d{2,3}[/ -]\d{3}[/ -]\d{4,5}|\d{2}-\d{7}|\d{3}-\d{2}-\d{4}|[A-Z]{0,4}\d{7,13}[A-Z]?|\d{2,3}(?:[ -]\d{3}){2,3}/iy,
  },
  {
    group: 'nationalId',
    kind: 'identity',
    type: 'NATIONAL_ID',
    what: 'identity',
    form: /[A-Z]{0,2} ?\d{6,14}(?:[- ]?[A-Z0-9]{1,4})?|\d{1,6}(?:[-. ][0-9]{2,6}){1,5}(?:-?[A-Z])?|[A-Z]{1,3}\d{5,9}[A-Z]?/iy,
  },
  {
    group: 'ssn',
    kind: 'identity',
    type: 'NATIONAL_ID',
    what: 'social security',
    form: /\d{3}[- .]?\d{2}[- .]?\d{4}/y,
  },
  {
    group: 'internalId',
    kind: 'internal',
    type: 'INTERNAL_ID',
    what: 'staff, customer or case',
    form: /[A-Z]{1,6}[-_#/ ]?\d[0-9A-Z/-]{2,14}|\d{4,14}/iy,
  },
  { group: 'userName', kind: 'contact', type: 'USERNAME', what: 'user', form: /[A-Z][\w.-]{2,39}/iy },
]

const REACH = 64

const bridge = (text: string, start: number): number => {
  BRIDGE.lastIndex = 0
  return start + (BRIDGE.exec(text.slice(start, start + REACH))?.[0].length ?? 0)
}

const ROOTS =
  /^(?:req|request|res|response|self|this|ctx|context|session|config|cfg|os|sys|current|event|data|options?|opts|args|params|process|env|app|auth|db|user|users|settings|state|props|row|item|obj|account|model|models)[._]|^(?:root|admin|postgres|ubuntu|null|none|true|false)$/i

const isUserName = (text: string, bridged: string, value: string, end: number): boolean =>
  /[:=#"'`“„]|\b(?:is|ist|es|est|jest|är)\b|是|คือ/.test(bridged) &&
  /[0-9._]/.test(value) &&
  !/[@(:[]/.test(text.charAt(end)) &&
  !ROOTS.test(value) &&
  !isStandIn(value)

/** Years, dates, zeros, a row of the same digit. */
const EMPTY = /^(?:19|20)\d{2}$|^(?:19|20)\d\d-\d\d-\d\d|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$|^0+$|^(\d)\1+$/

const isSort = (rule: Announced, value: string): boolean => {
  const count = value.replaceAll(/\D/g, '').length
  if (count === 0 || EMPTY.test(value)) return false
  if (rule.type === 'BANK_ACCOUNT') return count >= 6 && count <= 18
  return rule.type !== 'NATIONAL_ID' || count >= 6
}

const hitOf = (rule: Announced, start: number, value: string, loose: boolean): Hit => ({
  kind: rule.kind,
  type: rule.type,
  start,
  end: start + value.length,
  confidence: rule.type === 'USERNAME' || rule.type === 'INTERNAL_ID' || loose ? 0.65 : 0.8,
  reason: `a number behind a word that announces a ${rule.what} number`,
})

const hitAt = (reading: Reading, rule: Announced, word: WordHit): Hit | null => {
  const { text } = reading
  const start = bridge(text, word.end)
  rule.form.lastIndex = start
  const raw = start === word.end ? undefined : rule.form.exec(text)?.[0]
  const value = rule.type === 'USERNAME' ? raw?.replace(/[._-]+$/, '') : raw
  if (value === undefined || !standsAlone(text, start, start + value.length)) return looseAt(text, rule, word)
  const fits =
    rule.type === 'USERNAME'
      ? isUserName(text, text.slice(word.end, start), value, start + value.length)
      : isSort(rule, value)
  return fits ? hitOf(rule, start, value, false) : looseAt(text, rule, word)
}

const looseAt = (text: string, rule: Announced, word: WordHit): Hit | null => {
  if (rule.loose === undefined) return null
  const found = text
    .slice(word.start, word.end + REACH)
    .matchAll(rule.loose)
    .next().value
  if (found === undefined) return null
  const start = word.start + found.index
  return standsAlone(text, start, start + found[0].length) ? hitOf(rule, start, found[0], true) : null
}

/** Passports, licences, plates, patient, account, tax and staff numbers behind the word that announces them. */
export const announced: Detector = {
  name: 'announced',
  detect: (reading) => {
    const hits: Hit[] = []
    for (const rule of RULES) {
      if (!reading.has(rule.group)) continue
      let behind = 0
      for (const word of reading.words(rule.group)) {
        if (word.start < behind) continue
        const hit = hitAt(reading, rule, word)
        if (hit === null) continue
        hits.push(hit)
        behind = hit.end
      }
    }
    return hits
  },
}

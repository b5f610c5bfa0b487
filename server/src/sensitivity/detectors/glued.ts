import { fold } from '../automaton.ts'
import { digitsOf, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { NUMBERINGS, type Numbering } from '../numbers/index.ts'
import type { Reading } from '../reading.ts'
import { CONTEXTS } from '../words/contexts.ts'
import { hitOf } from './announced.ts'
import { ANNOUNCEMENTS, type Announcement } from './announcements.ts'
import { ALL, numberHit, SELDOM } from './identity.ts'
import { endsAt, lettersBefore } from './joint.ts'

/*
 * Numbers with their name or their country written right in front of them, as one word: "MRN4839201",
 * "DNI12345678Z", "ES-12345678Z". No word ends there, so that the list of names is asked for each beginning of
 * a token with letters ahead of its digits.
 */

interface Named {
  readonly numberings: Set<Numbering>
  readonly rules: Set<Announcement>
}

const NAMES = new Map<string, Named>()

/** A name as it is written without blanks and signs; empty where it is none of letters alone. */
const compact = (name: string): string => {
  const bare = fold(name).replaceAll(/[ ._:#'’№°º-]/g, '')
  return bare.length >= 2 && bare.length <= 20 && /^\p{L}+$/u.test(bare) ? bare : ''
}

const namedBy = (name: string): Named => {
  const known = NAMES.get(name)
  if (known !== undefined) return known
  const made: Named = { numberings: new Set(), rules: new Set() }
  NAMES.set(name, made)
  return made
}

/** Rules whose words name a number and nothing else. */
const NAMING = {
  passport: CONTEXTS.passport,
  license: CONTEXTS.license,
  healthId: CONTEXTS.healthId,
  bank: CONTEXTS.bank,
  taxId: CONTEXTS.taxId,
  nationalId: CONTEXTS.nationalId,
  ssn: CONTEXTS.ssn,
  recordWord: 'mr|patnr|journalnr',
} as const

for (const numbering of NUMBERINGS) {
  for (const name of numbering.words.split('|').map(compact)) {
    if (name !== '') namedBy(name).numberings.add(numbering)
  }
}
for (const [group, words] of Object.entries(NAMING)) {
  const rule = ANNOUNCEMENTS.find((one) => one.group === group)
  for (const name of words.split('|').map(compact)) {
    if (name !== '' && rule !== undefined) namedBy(name).rules.add(rule)
  }
}

const COUNTRIES = new Map<string, Set<Numbering>>()
for (const numbering of NUMBERINGS) {
  for (const code of numbering.country === 'GR' ? ['GR', 'EL'] : [numbering.country ?? '']) {
    if (code !== '' && numbering.checked)
      COUNTRIES.set(code, (COUNTRIES.get(code) ?? new Set()).add(numbering))
  }
}

const FEWEST = 6
const LETTER = 2
const DAY = /^20\d{6}$/
const FEWEST_OF_ACCOUNT = 8

/** A number of one of these sorts at a place, the longest that is right. */
const numberAt = (
  reading: Reading,
  numberings: ReadonlySet<Numbering>,
  at: number,
  isEnough: (numbering: Numbering, value: string, weight: string) => number,
): Hit | null => {
  const { text } = reading
  const { count, ends, values } = ALL.match(text, at)
  for (let i = count - 1; i >= 0; i -= 1) {
    const end = ends[i] ?? 0
    const forms = (values[i] ?? []).filter(({ numbering }) => numberings.has(numbering))
    if (forms.length === 0 || !endsAt(text, at, end)) continue
    const value = text.slice(at, end)
    for (const form of forms) {
      const confidence = isEnough(form.numbering, value, form.weight)
      if (confidence > 0 && form.numbering.valid(value)) return numberHit(form, at, end, confidence)
    }
  }
  return null
}

/** Digits with at most letters at their end; letters in between make it a piece of a digest: "cf841a0ee9fb". */
const PLAIN_NUMBER = /^\d[\d./-]*[A-Za-z]{0,2}$/

/** Two letters are a name where a number of a form of its own follows; of licences, one with letters ahead. */
const isShortlyNamed = (rule: Announcement, text: string, at: number, value: string): boolean => {
  if (rule.type === 'DRIVER_LICENSE') return sortAt(text, at) === LETTER && rule.telling?.test(value) === true
  return PLAIN_NUMBER.test(value) && digitsOf(value).length >= 7
}

const announcedAt = (
  text: string,
  rules: ReadonlySet<Announcement>,
  name: string,
  at: number,
): Hit | null => {
  for (const rule of rules) {
    rule.form.lastIndex = at
    const value = rule.form.exec(text)?.[0].replace(/[._-]+$/, '') ?? ''
    const digits = digitsOf(value).length
    if (digits < (rule.type === 'BANK_ACCOUNT' ? FEWEST_OF_ACCOUNT : FEWEST)) continue
    if (name.length < 3 && !isShortlyNamed(rule, text, at, value)) continue
    // Eight digits that might be a day are none right behind a name.
    if (
      (rule.fits(value, name) || (rule.type === 'HEALTH_ID' && DAY.test(value))) &&
      endsAt(text, at, at + value.length)
    ) {
      return hitOf(rule, at, at + value.length, rule.confidence - 0.05)
    }
  }
  return null
}

/** Behind its name: the longest name first, as the rest may be letters of the number. */
const behindName = (reading: Reading, start: number, end: number): Hit | null => {
  const { text } = reading
  const letters = lettersBefore(text, start, end)
  if (letters === null) return null
  const { from, label } = letters
  for (let length = label.length; length >= 2; length -= 1) {
    const named = NAMES.get(label.slice(0, length))
    if (named === undefined) continue
    const at = from + length
    const hit =
      numberAt(reading, named.numberings, at, ({ checked }) => (checked ? 0.94 : length > 2 ? 0.86 : 0)) ??
      announcedAt(text, named.rules, label.slice(0, length), at)
    if (hit !== null) return hit
  }
  return null
}

const isLarge = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index)
  return unit >= 0x41 && unit <= 0x5a
}

/** Behind its country: "ES-12345678Z". */
const behindCountry = (reading: Reading, start: number): Hit | null => {
  const { text } = reading
  if (!isLarge(text, start) || !isLarge(text, start + 1)) return null
  const numberings = COUNTRIES.get(text.slice(start, start + 2))
  if (numberings === undefined) return null
  const at = '-.'.includes(text.charAt(start + 2)) ? start + 3 : start + 2
  if (sortAt(text, at) === 0) return null
  const hit = numberAt(reading, numberings, at, ({ sub }, value, weight) => {
    if (weight === 'own') return 0
    if (SELDOM.has(sub)) return 0.9
    return digitsOf(value).length >= 9 ? 0.62 : 0
  })
  return hit === null ? null : { ...hit, start }
}

/** Identifiers with their name or country in front of them and nothing between. */
export const glued: Detector = {
  name: 'glued',
  detect: (reading) => {
    const hits: Hit[] = []
    const { text, tokens } = reading
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      const end = tokens[i + 1] ?? 0
      const led = sortAt(text, start) === 2
      if (!led && text.charCodeAt(start - 1) < 0xc0) continue
      const hit = behindName(reading, start, end) ?? (led ? behindCountry(reading, start) : null)
      if (hit !== null) hits.push(hit)
    }
    return hits
  },
}

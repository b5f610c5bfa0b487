import type { Kind } from '../domain/index.ts'
import type { Entry } from './mapping.ts'
import { keyOf, type Term } from './terms.ts'

/** What a mask says where the type's own name would itself be read as something: `SECRET` is a handling mark. */
const NAMES: Readonly<Record<string, string>> = {
  CREDIT_CARD: 'CARD',
  SECRET: 'CREDENTIAL',
  INTERNAL_ID: 'REFERENCE',
  INTERNAL: 'WITHHELD',
}

const TYPES =
  'PERSON EMAIL PHONE ADDRESS POSTAL_CODE LOCATION ORGANIZATION DATE DATE_OF_BIRTH AGE TITLE CARD IBAN BANK_ACCOUNT NATIONAL_ID TAX_ID PASSPORT DRIVER_LICENSE LICENSE_PLATE HEALTH_ID MEDICAL REFERENCE USERNAME PASSWORD CREDENTIAL WITHHELD CRYPTO_WALLET IP_ADDRESS MAC_ADDRESS URL'

/** Whether a text is a mask of ours: `[CARD]`, `[EMAIL 2]`. */
export const isMask = (text: string): boolean => MASK.test(text)

const MASK = new RegExp(`^\\[(?:${TYPES.split(' ').join('|').replaceAll('_', ' ')})(?: \\d{1,6})?\\]$`)

/** Masks of one request: numbered by value in order of place, so that a resent history is masked alike. Kept nowhere. */
export class Masks {
  readonly #counts = new Map<string, number>()
  readonly #masks = new Map<string, string>()
  readonly #terms: Term[] = []

  get terms(): readonly Term[] {
    return this.#terms
  }

  /** The mask of a value; from then on the value is found everywhere. */
  add(type: string, kind: Kind, value: string): string {
    const { key, between } = keyOf(value)
    const own = `${type} ${key === '' ? value : key}`
    const known = this.#masks.get(own)
    if (known !== undefined) return known
    const name = (NAMES[type] ?? type).replaceAll('_', ' ')
    const number = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, number)
    const mask = number === 1 ? `[${name}]` : `[${name} ${number}]`
    this.#masks.set(own, mask)
    if (key.length >= 3) this.#terms.push(this.#term(type, kind, value, mask, key, between))
    return mask
  }

  #term(type: string, kind: Kind, from: string, to: string, key: string, between: readonly string[]): Term {
    const entry: Entry = {
      form: 'date',
      type,
      kind,
      original: from,
      standIn: to,
      key: `mask ${to}`,
      role: null,
      gender: null,
      inflection: 'fixed',
      drawn: 0,
      origin: 'other',
    }
    const exact = type === 'SECRET' || type === 'PASSWORD' || type === 'EMAIL' || type === 'USERNAME'
    return { entry, key, from, to, gaps: exact ? 'exact' : 'grouping', between, part: false, joined: false }
  }
}

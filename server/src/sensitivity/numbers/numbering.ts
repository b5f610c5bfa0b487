import type { Validator } from './library.ts'

/**
 * How much a right form and right check digits say by themselves. `alone`: enough. `any`: only beside a word
 * for numbers of its type, or its own. `own`: only beside a word of its own, as plain digits pass too often.
 */
export type Weight = 'alone' | 'any' | 'own'

export type NumberType =
  | 'NATIONAL_ID'
  | 'TAX_ID'
  | 'HEALTH_ID'
  | 'BANK_ACCOUNT'
  | 'PASSPORT'
  | 'DRIVER_LICENSE'
  | 'VEHICLE_ID'
  | 'DEVICE_ID'

/** One sort of number that a state, a bank or an industry gives out. */
export interface Numbering {
  readonly type: NumberType
  /** Country and name, `DE_STEUERID`; without a country where the number is the same everywhere. */
  readonly sub: string
  readonly country: string | null
  readonly name: string
  /** What people call it, in their language, separated by `|`; see vocabulary.ts. */
  readonly words: string
  /** Printed forms, see shapes.ts, with what each weighs. */
  readonly forms: Readonly<Partial<Record<Weight, readonly string[]>>>
  /** Gets the number as printed. Total: odd input is "no". */
  readonly valid: (printed: string) => boolean
  /** False where there is no check digit and `valid` looks at ranges only. */
  readonly checked: boolean
}

type Check = Validator | ((printed: string) => boolean)

/** Validators of the library are pure but not all total: some throw on odd input, which here means "no". */
const predicate =
  (check: Check) =>
  (printed: string): boolean => {
    try {
      return typeof check === 'function' ? check(printed) : check.validate(printed).isValid
    } catch {
      return false
    }
  }

const PARTED = /[ ./_-]/g

/** The same for a number in small letters, or with other signs between its groups than the check knows. */
const lenient =
  (right: (printed: string) => boolean) =>
  (printed: string): boolean => {
    if (right(printed)) return true
    const large = printed.toUpperCase()
    if (large !== printed && right(large)) return true
    const bare = large.replaceAll(PARTED, '')
    return bare !== large && right(bare)
  }

const make =
  (type: NumberType, checked: boolean) =>
  (sub: string, name: string, words: string, forms: Numbering['forms'], check: Check): Numbering => ({
    type,
    sub,
    country: /^[A-Z]{2}_/.test(sub) ? sub.slice(0, 2) : null,
    name,
    words,
    forms,
    valid: checked ? lenient(predicate(check)) : predicate(check),
    checked,
  })

export const national = make('NATIONAL_ID', true)
export const tax = make('TAX_ID', true)
export const health = make('HEALTH_ID', true)
export const bank = make('BANK_ACCOUNT', true)
export const passport = make('PASSPORT', true)
export const license = make('DRIVER_LICENSE', true)
export const device = make('DEVICE_ID', true)
export const nationalForm = make('NATIONAL_ID', false)
export const taxForm = make('TAX_ID', false)
export const healthForm = make('HEALTH_ID', false)
export const bankForm = make('BANK_ACCOUNT', false)
export const passportForm = make('PASSPORT', false)
export const licenseForm = make('DRIVER_LICENSE', false)

/** A form with its blanks written as each of the separators, and without any. */
export const spaced = (form: string, separators = ' -.'): readonly string[] => [
  form.replaceAll(' ', ''),
  ...parted(form, separators),
]

/** A form with its blanks written as each of the separators. */
export const parted = (form: string, separators = ' -.'): readonly string[] =>
  [...separators].map((separator) => form.replaceAll(' ', separator))

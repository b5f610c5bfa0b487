import { fold, plain, spellOut, spellOutSome, tokensOf } from './fold.ts'
import { stemOf } from './inflection.ts'
import type { Entry, MappingData } from './mapping.ts'

/** `cover` looks for originals and says stand-ins, `restore` the other way round. */
export type Direction = 'cover' | 'restore'

/** What may stand between the tokens of a term. */
export type Gaps = 'exact' | 'grouping' | 'blank'

/** One spelling to look for. */
export interface Term {
  readonly entry: Entry
  /** Folded tokens in a row. */
  readonly key: string
  readonly from: string
  readonly to: string
  readonly gaps: Gaps
  /** For `exact`: what stands between the tokens. */
  readonly between: readonly string[]
  /** True for a word of a name or address: endings may follow, and rules apply to where it counts. */
  readonly part: boolean
  /** True where given and family name are written together: `mschneider`. */
  readonly joined: boolean
}

const sides = (entry: Entry, direction: Direction): readonly [string, string] =>
  direction === 'cover' ? [entry.original, entry.standIn] : [entry.standIn, entry.original]

/** Folded tokens of a text in a row, and what stands between them. */
export const keyOf = (text: string): { readonly key: string; readonly between: readonly string[] } => {
  const tokens = tokensOf(text)
  const between = tokens.slice(1).map((token, index) => text.slice(tokens[index]?.end ?? 0, token.start))
  return { key: tokens.map((token) => token.fold).join(''), between }
}

const termOf = (entry: Entry, from: string, to: string, gaps: Gaps, part = false): Term => ({
  entry,
  ...keyOf(from),
  from,
  to,
  gaps,
  part,
  joined: false,
})

const STREET = /(?:straße|strasse)$/i

const partTerms = (entry: Entry, from: string, to: string): readonly Term[] => {
  const stem = stemOf(from, entry.inflection)
  const spellings = new Set([stem, spellOut(stem), ...spellOutSome(stem)])
  const terms = [...spellings].map((one) => ({ ...termOf(entry, one, to, 'exact', true), from }))
  if (STREET.test(from)) {
    const short = termOf(entry, from.replace(STREET, 'str'), to.replace(STREET, 'str'), 'exact', true)
    terms.push(short)
  }
  return terms
}

const CALLING =
  /^(?:\+|00)(1|7|2[07]|3[0123469]|4[013456789]|5[1-8]|6[0-6]|8[1246]|9[0-58]|3[578]\d|42\d|2[1-69]\d|67\d|85\d|88\d|96\d|97\d|99\d)/

/** Digits of a telephone number as they may be told: with the country's code, with its trunk prefix, and bare. */
export const phoneForms = (number: string): readonly string[] => {
  const digits = number.replace(/\D/g, '')
  const code = CALLING.exec(number.replace(/[^\d+]/g, ''))?.[1]
  if (code === undefined) {
    if (digits.startsWith('0')) return [digits]
    return digits.length === 10 ? [digits, `1${digits}`] : [digits]
  }
  const national = digits.slice((number.trim().startsWith('+') ? 0 : 2) + code.length).replace(/^0/, '')
  return code === '1'
    ? [code + national, national]
    : [code + national, `00${code}${national}`, `0${national}`, `${code}0${national}`]
}

const numberTerms = (entry: Entry, from: string, to: string): readonly Term[] => {
  if (entry.type !== 'PHONE') return [termOf(entry, from, to, 'grouping')]
  const others = phoneForms(to)
  const forms = phoneForms(from)
  return forms.map((form, index) => {
    const other = others[index] ?? others[0] ?? to
    return { ...termOf(entry, form, other, 'grouping'), from, to: index === 0 ? to : other, key: form }
  })
}

const textTerms = (entry: Entry, from: string, to: string): readonly Term[] => {
  const terms = [termOf(entry, from, to, 'exact')]
  const encoded = encodeURIComponent(from)
  if (encoded !== from) terms.push(termOf(entry, encoded, encodeURIComponent(to), 'exact'))
  return terms
}

const CODE = /\b[A-Z]{2}\d+$/

const termTerms = (entry: Entry, from: string, to: string): readonly Term[] => {
  const code = CODE.exec(from)?.[0]
  const whole = termOf(entry, from, to, 'blank')
  return code === undefined ? [whole] : [whole, termOf(entry, code, to, 'blank')]
}

const termsOf = (entry: Entry, direction: Direction): readonly Term[] => {
  const [from, to] = sides(entry, direction)
  switch (entry.form) {
    case 'part':
      return partTerms(entry, from, to)
    case 'number':
      return numberTerms(entry, from, to)
    case 'term':
      return termTerms(entry, from, to)
    case 'text':
      return textTerms(entry, from, to)
    case 'date':
      return []
    default:
      return entry.form satisfies never
  }
}

/** `schneiders` may be the family's genitive as well as the family name and a letter. */
const endsAmbiguously = (names: readonly string[], joined: string): boolean =>
  names.some((name) => joined.startsWith(name) && /^[aeinosuy]$/.test(joined.slice(name.length)))

const joinedTerms = (data: MappingData, direction: Direction): readonly Term[] => {
  const byKey = new Map(data.entries.map((entry) => [entry.key, entry]))
  return data.pairs.flatMap((pair) => {
    const given = byKey.get(pair.given)
    const family = byKey.get(pair.family)
    if (given === undefined || family === undefined) return []
    const [g, toG] = sides(given, direction).map((one) => plain(one).toLowerCase())
    const [f, toF] = sides(family, direction).map((one) => plain(one).toLowerCase())
    if (g === undefined || f === undefined || toG === undefined || toF === undefined) return []
    const forms: readonly (readonly [string, string])[] = [
      [g + f, toG + toF],
      [f + g, toF + toG],
      [g.slice(0, 1) + f, toG.slice(0, 1) + toF],
      [f + g.slice(0, 1), toF + toG.slice(0, 1)],
      [g + f.slice(0, 1), toG + toF.slice(0, 1)],
    ]
    return forms
      .filter(([from, to]) => !endsAmbiguously([f, g], from) && !endsAmbiguously([toF, toG], to))
      .filter(
        ([from]) => from.length >= 5 && fold(from) !== fold(given.original) && !/\P{sc=Latn}/u.test(from),
      )
      .map(([from, to]) => ({ ...termOf(family, from, to, 'exact'), joined: true }))
  })
}

/** Every spelling of one half of a mapping. */
export const allTerms = (data: MappingData, direction: Direction): readonly Term[] => [
  ...data.entries.flatMap((entry) => termsOf(entry, direction)),
  ...joinedTerms(data, direction),
]

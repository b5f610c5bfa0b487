import type { Kind } from '../domain/index.ts'
import { dateKey, datesIn, meantBy, type Order } from './dates.ts'
import { createDraw, type Draw, rootOf } from './draw.ts'
import { fold, inStyle, plain, styleOf, tokensOf } from './fold.ts'
import { inflectionOf, stemOf } from './inflection.ts'
import { first, foldedKey, type Ledger, makeWord, nameLike } from './ledger.ts'
import type { Entry, Origin } from './mapping.ts'
import { nameOf } from './name.ts'
import { cultureOf } from './names/culture.ts'
import { CULTURES, type CultureName } from './names/makers.ts'
import { isFixedPlaceWord, placeSuffix, postcodesIn } from './names/places.ts'
import { keyOf, phoneForms } from './terms.ts'
import { birthLike } from './values/birth.ts'
import { addressLike, hardwareLike } from './values/network.ts'
import { cardLike, ibanLike, identityLike } from './values/number.ts'
import { phoneLike } from './values/phone.ts'
import { sameShape } from './values/shape.ts'
import { termLike } from './values/term.ts'

/** A value to stand for, with what is around it. */
export interface Value {
  readonly type: string
  readonly sub: string | undefined
  readonly kind: Kind
  readonly text: string
  /** Some characters in front of it. */
  readonly before: string
  readonly origin: Origin
}

export interface Setting {
  readonly ledger: Ledger
  readonly secret: Uint8Array
  readonly language: CultureName
  /** Of dates in numbers. */
  readonly order: Order
  /** True where the request tells somebody's age. */
  readonly aged: boolean
}

/** Signs of what a whole text is: there is no value to replace. */
export const SIGNS: ReadonlySet<string> = new Set([
  'CONTRACT',
  'JUDGED',
  'FINANCIAL',
  'HEALTH',
  'SOURCE_CODE',
  'MARKER',
])
/** Never kept, so never put back. */
export const SECRETS: ReadonlySet<string> = new Set(['SECRET', 'PASSWORD'])
const LONGEST_TERM = 60

type Made = (draw: Draw, again: number) => string

const wanted = (value: Value, form: Entry['form'], original: string, key: string) =>
  ({
    form,
    type: value.type,
    kind: value.kind,
    original,
    key,
    role: null,
    gender: null,
    origin: value.origin,
  }) as const

/** From the first letter or digit to the last: what a text's tokens span. */
const trimmed = (text: string): string => {
  const tokens = tokensOf(text)
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
}

const partKey = (type: string, word: string, role: Entry['role']): string => {
  const inflection = inflectionOf(word, role)
  return foldedExact(type, inflection === 'ski' || inflection === 'ov' ? stemOf(word, inflection) : word)
}

/** Keeps marks, so that Müller and Muller are two. */
const foldedExact = (type: string, word: string): string => `${type} ${word.normalize('NFC').toLowerCase()}`

const addPart = (
  value: Value,
  { ledger, language }: Setting,
  word: string,
  role: 'given' | 'family',
  gender: 'f' | 'm' | null,
  family: Entry | null,
): Entry | null => {
  const made = nameLike(word, role, gender, cultureOf(word, language))
  const { taken, fixed } = role === 'given' ? ledger.letters(family, word) : { taken: [], fixed: null }
  const make: Made = (draw, again) => {
    const name = made(draw, again)
    if (again > 50 || (fixed === null ? !taken.includes(first(name)) : first(name) === fixed)) return name
    return ''
  }
  const own = { ...wanted(value, 'part', word, partKey('PERSON', word, role)), role, gender }
  const place = ledger.get(foldedExact('ADDRESS', word))
  const initial = place === undefined ? '' : first(place.standIn)
  if (place?.role === 'place' && (fixed === null ? !taken.includes(initial) : initial === fixed)) {
    return ledger.share(own, place, make)
  }
  return ledger.add(own, make)
}

const learnPerson = (value: Value, setting: Setting): boolean => {
  const { words, gender } = nameOf(value.text, value.before, setting.language)
  const entries = new Map<number, Entry>()
  const families = words.filter((one) => one.role === 'family')
  for (const word of [...families, ...words.filter((one) => one.role === 'given')]) {
    if (word.role === 'initial') continue
    const family = families[0] === undefined ? null : (entries.get(families[0].start) ?? null)
    const entry = addPart(value, setting, word.word, word.role, gender, family)
    if (entry === null) return false
    entries.set(word.start, entry)
  }
  for (const family of families) {
    const own = entries.get(family.start)
    if (own === undefined) continue
    for (const word of words) {
      const given = entries.get(word.start)
      if (word.role === 'given' && given !== undefined) setting.ledger.pair(given, own)
      if (word.role === 'initial') setting.ledger.initial(own, word.word, null)
    }
  }
  return entries.size > 0
}

/** A small word that sounds like a name's and is none. */
const madeWord = (draw: Draw, again: number): string =>
  plain(makeWord(CULTURES.en.n, draw, again)).toLowerCase()

/** What names become in addresses and user names: folded original, plain stand-in. */
interface Locals {
  readonly words: ReadonlyMap<string, string>
  readonly initials: ReadonlyMap<string, string>
}

const localsOf = (ledger: Ledger): Locals => {
  const { entries, pairs } = ledger.data()
  const names = entries.filter((one) => one.role === 'given' || one.role === 'family')
  const words = new Map<string, string>()
  const byKey = new Map(names.map((one) => [one.key, one]))
  for (const pair of pairs) {
    const given = byKey.get(pair.given)
    const family = byKey.get(pair.family)
    if (given === undefined || family === undefined) continue
    const [g, f] = [fold(plain(given.original)), fold(plain(family.original))]
    const [toG, toF] = [plain(given.standIn).toLowerCase(), plain(family.standIn).toLowerCase()]
    words.set(g + f, toG + toF)
    words.set(f + g, toF + toG)
    words.set(g.slice(0, 1) + f, toG.slice(0, 1) + toF)
    words.set(f + g.slice(0, 1), toF + toG.slice(0, 1))
    words.set(g + f.slice(0, 1), toG + toF.slice(0, 1))
  }
  for (const one of names) words.set(fold(plain(one.original)), plain(one.standIn).toLowerCase())
  const initials = new Map(names.map((one) => [first(one.original), first(one.standIn).toLowerCase()]))
  return { words, initials }
}

/** Names are learnt before addresses, so that one look at them serves for all. */
const seenLocals = new WeakMap<Ledger, { readonly count: number; readonly locals: Locals }>()

const knownLocals = (ledger: Ledger): Locals => {
  const seen = seenLocals.get(ledger)
  if (seen !== undefined && seen.count === ledger.nameCount) return seen.locals
  const locals = localsOf(ledger)
  seenLocals.set(ledger, { count: ledger.nameCount, locals })
  return locals
}

/** Stands for each word of an address or user name: known names by their stand-ins, others by made-up words. */
const localLike = (local: string, ledger: Ledger): Made => {
  const { words, initials } = knownLocals(ledger)
  return (draw, again) => {
    const made = local.replace(/\p{L}+|\p{Nd}+/gu, (run) => {
      if (/\p{Nd}/u.test(run)) return draw.digits(run.length)
      const key = fold(plain(run))
      const standIn = words.get(key)
      if (standIn !== undefined) return inStyle(standIn, styleOf(run))
      if (key.length === 1) return initials.get(key.toUpperCase()) ?? madeWord(draw, 0).charAt(0)
      return inStyle(madeWord(draw, again), styleOf(run))
    })
    // Where the name alone is taken, a number tells the two apart.
    return again > 2 && !/\d/.test(made) ? `${made}${2 + draw.number(90)}` : made
  }
}

const DOMAINS = ['example.com', 'example.org', 'example.net'] as const

const learnEmail = (value: Value, { ledger, secret }: Setting): boolean => {
  const text = trimmed(value.text)
  const at = text.lastIndexOf('@')
  if (at <= 0) return learnShape(value, ledger)
  const local = localLike(text.slice(0, at), ledger)
  const domain = createDraw(rootOf(secret, ledger.salt, 'domain', fold(text.slice(at + 1)))).pick(DOMAINS)
  const key = foldedExact('EMAIL', text)
  return (
    ledger.add(wanted(value, 'text', text, key), (draw, again) => `${local(draw, again)}@${domain}`) !== null
  )
}

const learnUsername = (value: Value, { ledger }: Setting): boolean => {
  const text = trimmed(value.text)
  return ledger.add(wanted(value, 'text', text, `USERNAME ${text}`), localLike(text, ledger)) !== null
}

const learnShape = (value: Value, ledger: Ledger): boolean => {
  const text = trimmed(value.text)
  if (text === '') return false
  const key = `${value.type} ${keyOf(text).key}`
  return ledger.add(wanted(value, 'number', text, key), (draw) => sameShape(text, draw)) !== null
}

const learnNumber = (value: Value, ledger: Ledger, make: (text: string, draw: Draw) => string): boolean => {
  const text = trimmed(value.text)
  if (text === '') return false
  const key = `${value.type} ${keyOf(text).key}`
  return ledger.add(wanted(value, 'number', text, key), (draw) => make(text, draw)) !== null
}

const learnPhone = (value: Value, { ledger, language }: Setting): boolean => {
  const end = tokensOf(value.text).at(-1)?.end ?? 0
  const text = value.text.slice(0, end).replace(/^[^\p{N}+(]+/u, '')
  if (!/\d/.test(text)) return false
  const known = phoneForms(text)
    .map((form) => ledger.get(`PHONE ${form}`))
    .find((one) => one !== undefined)
  if (known !== undefined) return true
  const key = `PHONE ${phoneForms(text)[0] ?? text}`
  const make: Made = (draw, again) => phoneLike(text, language, draw, again)
  return ledger.add(wanted(value, 'number', text, key), make) !== null
}

const learnDate = (value: Value, { ledger, aged, order }: Setting): boolean => {
  const meant = meantBy(datesIn(value.text)[0], order)
  if (meant === null) return learnShape(value, ledger)
  const text = trimmed(value.text)
  // Another turn may tell more of the order of numbers; what was decided for this spelling stays.
  const known = (datesIn(text)[0]?.readings ?? []).flatMap(({ day }) => [
    ledger.get(dateKey(day, true)),
    ledger.get(dateKey(day, false)),
  ])
  const own = known.find((one) => one?.original === text)
  const entry = own ?? wanted(value, 'date', text, dateKey(meant.reading.day, meant.sure))
  return ledger.add(entry, (draw) => birthLike(text, order, aged, draw)) !== null
}

const learnTerm = (value: Value, { ledger, language }: Setting): boolean => {
  const text = trimmed(value.text)
  if (text.length > LONGEST_TERM || text === '') return false
  return (
    ledger.add(wanted(value, 'term', text, foldedKey('MEDICAL', text)), (draw) =>
      termLike(language, draw),
    ) !== null
  )
}

const houseNumber = (digits: string, draw: Draw): string => {
  const length = Math.max(2, digits.length)
  return `${1 + draw.number(9)}${draw.digits(length - 1)}`
}

const learnPlaceWord = (value: Value, { ledger, language }: Setting, word: string): boolean => {
  const suffix = placeSuffix(word)
  const maker = CULTURES[cultureOf(word, language)].place
  const style = styleOf(word)
  const make: Made = (draw, again) => {
    const made =
      makeWord(suffix === '' ? maker : { ...maker, endings: ['er', 'en', 'el'] }, draw, again) + suffix
    return style === 'mixed' ? made : inStyle(made, style)
  }
  const entry = { ...wanted(value, 'part', word, foldedExact('ADDRESS', word)), role: 'place' as const }
  const name = ledger.get(partKey('PERSON', word, 'family'))
  if (name === undefined) return ledger.add(entry, make) !== null
  if (fold(name.original) === fold(word)) ledger.share(entry, name, make)
  return true
}

const learnAddress = (value: Value, setting: Setting): boolean => {
  const { text } = value
  let learnt = false
  let rest = text
  for (const run of postcodesIn(text)) {
    learnt = learnShape({ ...value, text: run }, setting.ledger) || learnt
    rest = rest.replace(run, ' '.repeat(run.length))
  }
  for (const token of wideRuns(rest)) {
    if (isFixedPlaceWord(token.text)) continue
    if (token.digits) {
      const key = `ADDRESS ${token.text}`
      const entry = { ...wanted(value, 'number', token.text, key), role: 'place' as const }
      learnt = setting.ledger.add(entry, (draw) => houseNumber(token.text, draw)) !== null || learnt
    } else learnt = learnPlaceWord(value, setting, token.text) || learnt
  }
  return learnt
}

/** Words and numbers; characters of scripts without blanks in runs, cut at what ends a district or road. */
const wideRuns = (text: string): readonly { readonly text: string; readonly digits: boolean }[] => {
  const runs: { text: string; digits: boolean }[] = []
  let wide = ''
  let last = -1
  const flush = (): void => {
    for (const piece of wide.split(
      /(?<=[省市区區县縣镇鎮村路街道巷弄号號楼樓室都府県町丁目番地州郡동로길시구])/u,
    )) {
      const name = piece.replace(
        /[省市区區县縣镇鎮村路街道巷弄号號楼樓室都府県町丁目番地州郡동로길시구]+$/u,
        '',
      )
      if (name !== '') runs.push({ text: name, digits: false })
    }
    wide = ''
  }
  for (const token of tokensOf(text)) {
    if (wide !== '' && (token.sort !== 'wide' || token.start !== last)) flush()
    const raw = text.slice(token.start, token.end)
    if (token.sort === 'wide') wide += raw
    else runs.push({ text: raw, digits: token.sort === 'digits' })
    last = token.end
  }
  if (wide !== '') flush()
  return runs
}

const WORDLIKE = /^[\p{L}\p{M}\s'’-]+$/u

const learnWords = (value: Value, ledger: Ledger): boolean => {
  const text = trimmed(value.text)
  if (text === '' || !WORDLIKE.test(text)) return learnShape(value, ledger)
  const make: Made = (draw, again) =>
    text.replace(/[\p{L}\p{M}]+/gu, (word) =>
      inStyle(makeWord(CULTURES.en.place, draw, again), styleOf(word)),
    )
  return ledger.add(wanted(value, 'term', text, foldedKey(value.type, text)), make) !== null
}

/** Sees to it that an entry met in an earlier turn can be drawn anew. */
export const relearn = (entry: Entry, setting: Setting): void => {
  if (setting.ledger.canDraw(entry.key)) return
  const { type, kind, original: text, origin } = entry
  learn({ type, sub: undefined, kind, text, before: '', origin }, setting)
}

/** Makes the entries that a value needs. False where there is nothing that could stand for it. */
export const learn = (value: Value, setting: Setting): boolean => {
  const { ledger } = setting
  switch (value.type) {
    case 'PERSON':
      return learnPerson(value, setting)
    case 'EMAIL':
      return learnEmail(value, setting)
    case 'USERNAME':
      return learnUsername(value, setting)
    case 'PHONE':
      return learnPhone(value, setting)
    case 'DATE_OF_BIRTH':
    case 'DATE':
      return learnDate(value, setting)
    case 'ADDRESS':
    case 'LOCATION':
      return learnAddress({ ...value, type: 'ADDRESS' }, setting)
    case 'MEDICAL':
      return learnTerm(value, setting)
    case 'IBAN':
      return learnNumber(value, ledger, ibanLike)
    case 'CREDIT_CARD':
      return learnNumber(value, ledger, cardLike)
    case 'IP_ADDRESS':
      return (
        ledger.add(
          wanted(value, 'text', trimmed(value.text), foldedKey('IP_ADDRESS', trimmed(value.text))),
          (draw) => addressLike(trimmed(value.text), draw),
        ) !== null
      )
    case 'MAC_ADDRESS':
      return learnNumber(value, ledger, hardwareLike)
    case 'NATIONAL_ID':
    case 'TAX_ID':
      return learnNumber(value, ledger, (text, draw) => identityLike(text, value.sub, draw))
    default:
      return value.kind === 'internal' || value.type === 'ORGANIZATION'
        ? learnWords(value, ledger)
        : learnShape(value, ledger)
  }
}

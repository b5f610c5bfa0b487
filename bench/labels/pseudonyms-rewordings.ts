import type { Language, Persona, Slot } from './pseudonyms-corpus.ts'

/** A stand-in as a model may write it, and what a reader should see instead. */
export interface Worded {
  readonly name: string
  readonly said: string
  /** Any of these counts as restored. */
  readonly meant: readonly string[]
}

interface Name {
  readonly given: string
  readonly family: string
}

const unmarked = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
const spelled = (text: string): string =>
  text.replace(
    /[äöüÄÖÜß]/g,
    (one) => ({ ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' })[one] ?? one,
  )
const initial = (text: string): string => ([...text][0] ?? '').toUpperCase()

/** A stand-in has as many words as the original, so that its given names are where the original's are. */
const splitName = (standIn: string, persona: Persona, language: Language): Name | null => {
  if (language.wide) {
    const blank = standIn.split(/\s+/)
    if (blank.length === 2) return { family: blank[0] ?? '', given: blank[1] ?? '' }
    const length = language.name === 'ja' ? 2 : 1
    return { family: standIn.slice(0, length), given: standIn.slice(length) }
  }
  const words = standIn.split(' ')
  const count = persona.given.split(' ').length
  if (words.length <= count) return null
  return { given: words.slice(0, count).join(' '), family: words.slice(count).join(' ') }
}

const pair = (
  name: string,
  mine: Name,
  theirs: Name,
  word: (one: Name) => string,
  more: readonly string[] = [],
): Worded => ({
  name,
  said: word(mine),
  meant: [word(theirs), ...more],
})

const personWorded = (persona: Persona, standIn: string, language: Language): readonly Worded[] => {
  const mine = splitName(standIn, persona, language)
  const theirs: Name = { given: persona.given, family: persona.family }
  if (mine === null) return []
  const full = pair(
    'person: as it was',
    { given: standIn, family: '' },
    { given: persona.values.person.text, family: '' },
    (one) => one.given,
  )
  if (language.wide) {
    const title = language.name === 'zh' ? '先生' : language.name === 'ja' ? 'さん' : ' 씨'
    return [full, pair('person: family name and title', mine, theirs, (one) => `${one.family}${title}`)]
  }
  if (language.name === 'th')
    return [full, pair('person: given name', mine, theirs, (one) => `คุณ${one.given}`)]
  const whole = `${theirs.given} ${theirs.family}`
  const simple = /^\p{sc=Latn}+$/u.test(theirs.family) && /^[\p{L}\p{M}]+$/u.test(theirs.given)
  const worded = [
    full,
    pair('person: last, first', mine, theirs, (one) => `${one.family}, ${one.given}`),
    pair('person: possessive', mine, theirs, (one) => `${one.given}'s`),
    pair('person: upper case', mine, theirs, (one) => `${one.given} ${one.family}`.toUpperCase()),
    pair('person: family name', mine, theirs, (one) => `Ms. ${one.family}`),
    pair('person: given name', mine, theirs, (one) => one.given),
    pair('person: emphasis', mine, theirs, (one) => `**${one.given}** _${one.family}_`),
    pair('person: bold', mine, theirs, (one) => `**${one.given} ${one.family}**`),
    pair('person: line break', mine, theirs, (one) => `${one.given}\n${one.family}`),
    {
      name: 'person: marks dropped',
      said: `${unmarked(mine.given)} ${unmarked(mine.family)}`,
      meant: [whole],
    },
    {
      name: 'person: umlauts spelled',
      said: `${spelled(mine.given)} ${spelled(mine.family)}`,
      meant: [whole],
    },
  ]
  if (simple) {
    worded.push(
      pair('person: initial', mine, theirs, (one) => `${initial(one.given)}. ${one.family}`),
      pair('person: genitive', mine, theirs, (one) => `${one.family}s`, [
        `${theirs.family}’`,
        `${theirs.family}'`,
      ]),
    )
  }
  return worded
}

const EMAIL: readonly (readonly [string, (text: string) => string])[] = [
  ['as it was', (text) => text],
  ['link', (text) => `[${text}](mailto:${text})`],
  ['brackets', (text) => `<${text}>`],
  ['emphasis', (text) => `**${text}**`],
  ['in an address', (text) => `https://shop.test/?to=${encodeURIComponent(text)}&x=1`],
  ['end of sentence', (text) => `${text}.`],
]
const NUMBER: readonly (readonly [string, (text: string) => string])[] = [
  ['as it was', (text) => text],
  ['no blanks', (text) => text.replace(/[\s\-()]/g, '')],
  ['hyphens', (text) => text.replace(/\s+/g, '-')],
  ['code', (text) => `\`${text}\``],
]
const LAST: readonly (readonly [string, (text: string) => string])[] = [
  ['last four', (text) => `ending in ${text.slice(-4)}`],
  ['last four masked', (text) => `**** ${text.slice(-4)}`],
]

const worded = (
  slot: Slot,
  forms: readonly (readonly [string, (text: string) => string])[],
  original: string,
  standIn: string,
): readonly Worded[] =>
  forms.map(([name, form]) => ({ name: `${slot}: ${name}`, said: form(standIn), meant: [form(original)] }))

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

const dayOf = (text: string, language: Language): Day | null => {
  const [a = 0, b = 0, c = 0] = (text.match(/\d+/g) ?? []).map(Number)
  if (c === 0) return null
  if (a > 1000) return { year: a, month: b, day: c }
  return language.name === 'en' ? { year: c, month: a, day: b } : { year: c, month: b, day: a }
}
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)
const MONATE = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ')
const two = (value: number): string => String(value).padStart(2, '0')
const DATES: readonly (readonly [string, (day: Day) => string])[] = [
  ['iso', ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`],
  ['dotted', ({ year, month, day }) => `${two(day)}.${two(month)}.${year}`],
  ['english', ({ year, month, day }) => `${MONTHS[month - 1]} ${day}, ${year}`],
  ['german', ({ year, month, day }) => `${day}. ${MONATE[month - 1]} ${year}`],
]

const dateWorded = (original: string, standIn: string, language: Language): readonly Worded[] => {
  const same = { name: 'birth: as it was', said: standIn, meant: [original] }
  const [mine, theirs] = [dayOf(standIn, language), dayOf(original, language)]
  if (mine === null || theirs === null) return [same]
  return [
    same,
    ...DATES.map(([name, form]) => ({ name: `birth: ${name}`, said: form(mine), meant: [form(theirs)] })),
  ]
}

/** All the ways in which one value's stand-in may come back. */
export const rewordings = (
  slot: Slot,
  persona: Persona,
  standIn: string,
  language: Language,
): readonly Worded[] => {
  const original = persona.values[slot].text
  switch (slot) {
    case 'person':
      return personWorded(persona, standIn, language)
    case 'email':
      return worded(slot, EMAIL, original, standIn)
    case 'phone':
    case 'iban':
    case 'identity':
      return worded(slot, NUMBER, original, standIn)
    case 'card':
      return worded(slot, [...NUMBER, ...LAST], original, standIn)
    case 'birth':
      return dateWorded(original, standIn, language)
    case 'address':
      return worded(
        slot,
        [
          ['as it was', (text) => text],
          ['in lines', (text) => text.replace(', ', '\n')],
          ['street', (text) => text.split(', ')[0] ?? text],
        ],
        original,
        standIn,
      )
    case 'illness':
      return worded(
        slot,
        [
          ['as it was', (text) => text],
          ['emphasis', (text) => `*${text}*`],
        ],
        original,
        standIn,
      )
    default:
      return slot satisfies never
  }
}

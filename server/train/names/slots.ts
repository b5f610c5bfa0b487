import type { SpanType } from '../../src/sensitivity/tagger/decode.ts'
import { locale, THINGS } from './lists.ts'
import { cityOf, organizationOf } from './organizations.ts'
import {
  BRANDS,
  COMMON_NAMES,
  COUNTRIES,
  capital,
  FAMOUS,
  FOREIGN_NATIONS,
  GERMAN_NOUNS,
  HONORIFICS,
  HONORIFICS_ANYWHERE,
  HUMAN,
  JOB_LEADS,
  NATIONS,
  OCCUPATIONS,
  OTHER_COUNTRIES,
  STREET_ENDS,
} from './parts.ts'
import type { People } from './people.ts'

type Maker = (people: People) => string

const country: Maker = ({ random, language, code }) => {
  const own = locale(code).countries
  if (language !== 'en' && own.length > 0 && random.chance(0.8)) return random.pick(own)
  return random.pick(random.chance(0.9) ? COUNTRIES : OTHER_COUNTRIES)
}

const nation: Maker = ({ random, language }) => {
  const word = random.pick(language === 'en' || random.chance(0.2) ? NATIONS : FOREIGN_NATIONS)
  return language === 'en' || language === 'de' ? capital(word) : word
}

const job: Maker = (people) => {
  const { random } = people
  const base = random.pick(OCCUPATIONS)
  if (random.chance(0.35)) return capital(base)
  if (random.chance(0.4)) {
    const noun = random.chance(0.5) ? `${random.pick(THINGS.noun)} ` : ''
    const more = random.chance(0.15) ? `and ${random.pick(THINGS.noun)} ` : ''
    return `${people.word()} ${noun}${more}${base}`
  }
  return `${random.pick(JOB_LEADS)} ${random.chance(0.5) ? base : capital(base)}`
}

const date: Maker = ({ random }) => {
  const day = 1 + random.below(28)
  const month = 1 + random.below(12)
  const year = 1940 + random.below(86)
  return random.pick([
    `${day}/${month}/${year}`,
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    `${day}.${month}.${year}`,
    `${random.pick(['March', 'May', 'June', 'October', 'April'])} ${day}, ${year}`,
    `${day} ${random.pick(['Jan', 'May', 'August', 'December'])} ${year}`,
    'Monday',
    'Friday',
  ])
}

const street: Maker = (people) => {
  const { random, code } = people
  const number = 1 + random.below(300)
  if (code.startsWith('en') || random.chance(0.2)) {
    return `${number} ${random.chance(0.5) ? people.given() : people.family()} ${random.pick(STREET_ENDS)}`
  }
  const name = random.pick(locale(code).streets)
  return random.chance(0.5) ? `${name} ${number}` : `${number} ${name}`
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/[^\w.]/g, '')

const handle: Maker = (people) => {
  const { random } = people
  const given = people.given().toLowerCase().replaceAll(' ', '')
  return random.pick([
    `${given}${random.below(99)}`,
    `${given}.${people.family().toLowerCase().replaceAll(' ', '')}`,
    `${given}_${random.pick(THINGS.noun)}`,
  ])
}

const mail: Maker = (people) => {
  const { random } = people
  const local = random.chance(0.25) ? people.given() + people.family() : handle(people)
  const host = random.pick([
    'gmail.com',
    'gmx.de',
    'outlook.com',
    `${random.pick(THINGS.noun)}.com`,
    'example.org',
  ])
  return `${plain(local)}@${host}`
}

const noun: Maker = ({ random, language, code }) => {
  if (language === 'en') return random.pick(THINGS.noun)
  const words = locale(code).words.filter((word) => !word.includes(' '))
  return random.pick(words.length > 50 ? words : THINGS.noun)
}

/** A German noun, sometimes of two. */
const germanNoun: Maker = ({ random }) => {
  const one = random.pick(GERMAN_NOUNS)
  if (!random.chance(0.4)) return one
  return one + random.pick(['', 's', 'n']) + random.pick(GERMAN_NOUNS).toLowerCase()
}

const number: Maker = ({ random }) =>
  String(random.below(random.pick([30, 100, 2030, 1_000_000, 100_000_000])))
const upper =
  (maker: Maker): Maker =>
  (people) =>
    maker(people).toUpperCase()
const of =
  (list: readonly string[]): Maker =>
  ({ random }) =>
    random.pick(list)

/** What may stand in braces in a template: what it is, and how it is made. */
const SLOTS: Readonly<Record<string, readonly [SpanType | null, Maker]>> = {
  p: ['PERSON', (people) => people.person()],
  P: ['PERSON', (people) => people.person().toUpperCase()],
  f: ['PERSON', (people) => people.given()],
  F: ['PERSON', (people) => people.given().toUpperCase()],
  l: ['PERSON', (people) => people.surnames()],
  L: ['PERSON', (people) => people.family().toUpperCase()],
  i: ['PERSON', (people) => people.initial()],
  c: ['LOCATION', cityOf],
  C: ['LOCATION', upper(cityOf)],
  n: ['LOCATION', country],
  o: ['ORGANIZATION', organizationOf],
  nat: ['NRP', nation],
  NAT: ['NRP', upper(nation)],
  j: ['TITLE', job],
  h: ['TITLE', ({ random, language }) => random.pick(HONORIFICS[language] ?? HONORIFICS_ANYWHERE)],
  a: [null, street],
  A: [null, upper(street)],
  d: [null, date],
  e: [null, mail],
  E: [null, (p) => `${p.given()}${p.family()}@${p.random.pick(THINGS.noun)}.com`.replaceAll(' ', '')],
  u: [null, handle],
  ph: [null, ({ random }) => random.pick(['+49 ', '+1-', '0', '(0)', '+33 ']) + String(random.below(1e9))],
  num: [null, number],
  noun: [null, noun],
  N: [null, germanNoun],
  W: [null, (people) => people.word()],
  cn: [null, of(COMMON_NAMES)],
  verb: [null, of(THINGS.verb)],
  adj: [null, of(THINGS.adjective)],
  human: [null, of(HUMAN)],
  pub: [null, of(FAMOUS)],
  prod: [null, of(BRANDS)],
  song: [null, of(THINGS.song)],
  album: [null, of(THINGS.album)],
  title: [null, of(THINGS.title)],
  artist: [null, of(THINGS.artist)],
  animal: [null, of(THINGS.animal)],
  dish: [null, of(THINGS.dish)],
  spice: [null, of(THINGS.spice)],
}

/** Words for a slot, and what they are. A slot that does not exist is a mistake in a template and throws. */
export const fill = (slot: string, people: People): readonly [string, SpanType | null] => {
  const known = SLOTS[slot]
  if (known === undefined) throw new RangeError(`no slot is called ${slot}`)
  return [known[1](people), known[0]]
}

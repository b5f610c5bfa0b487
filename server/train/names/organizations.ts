import { locale, THINGS } from './lists.ts'
import {
  andOf,
  BRANDS,
  BUSINESS,
  capital,
  EXTRA_CITIES,
  GRAND,
  INSTITUTIONS,
  INSTITUTIONS_OF,
  LATIN,
  LEGAL,
  LEGAL_ANYWHERE,
  SAINTS,
  STARTUP_ENDS,
  SYLLABLES,
  TOWN_ENDS,
  TOWN_LEADS,
  TOWN_NOUNS,
} from './parts.ts'
import type { People } from './people.ts'

type Maker = (people: People) => string

const legal: Maker = ({ random, language }) => {
  const own = LEGAL[language]
  return random.pick(own !== undefined && random.chance(0.7) ? own : LEGAL_ANYWHERE)
}
const business: Maker = ({ random }) => capital(random.pick(BUSINESS))
const noun: Maker = ({ random }) => random.pick(THINGS.noun)
const family: Maker = (people) => people.family()
const word: Maker = (people) => people.word()

const familyAndForm: Maker = (p) => `${family(p)} ${legal(p)}`
const twoNouns: Maker = (p) => capital(noun(p)) + noun(p)

/** How organisations are called; what is more common stands here more often. */
const MAKERS: readonly Maker[] = [
  familyAndForm,
  familyAndForm,
  familyAndForm,
  (p) => `${family(p)}, ${family(p)} ${andOf(p.language)} ${family(p)}`,
  (p) => `${family(p)} ${p.random.pick([andOf(p.language), '&'])} ${family(p)}`,
  (p) => `${family(p)}-${family(p)}`,
  (p) => `${family(p)} - ${family(p)}`,
  (p) => `${word(p)} ${business(p)}`,
  (p) => `${word(p)} ${business(p)}`,
  (p) => `${word(p)} ${business(p)} ${legal(p)}`,
  (p) => `${word(p)} ${word(p)}`,
  (p) => p.invented() + (p.random.chance(0.4) ? ` ${legal(p)}` : ''),
  (p) => capital(noun(p)) + p.random.pick(STARTUP_ENDS),
  (p) => capital(noun(p)) + p.random.pick(STARTUP_ENDS),
  (p) => word(p) + word(p),
  (p) => `${p.random.pick(INSTITUTIONS_OF)} ${cityOf(p)}`,
  (p) => `${cityOf(p)} ${p.random.pick(INSTITUTIONS)}`,
  (p) => (p.random.chance(0.5) ? p.random.pick(BRANDS.slice(0, 26)) : `${family(p)} ${business(p)}`),
  (p) => `${p.random.pick(GRAND)} ${word(p)} ${business(p)}`,
  (p) => `${p.invented()} ${business(p)}`,
  (p) => `${family(p)} ${business(p)}`,
  twoNouns,
  twoNouns,
  twoNouns,
  (p) => capital(p.random.pick(SYLLABLES)) + noun(p),
  (p) => (p.random.chance(0.5) ? capital(noun(p)) : word(p).toUpperCase().slice(0, 5)),
  (p) => `${word(p)} ${p.random.pick(['of', 'for'])} ${p.random.chance(0.5) ? word(p) : noun(p)}`,
]

/** The name of an organisation, mostly invented. */
export const organizationOf: Maker = (people) => people.random.pick(MAKERS)(people)

/** What invented towns are called after: somebody's family name. */
const base: Maker = (p) =>
  p.random.chance(0.5) ? (p.family().split(' ').at(-1) ?? 'Elm') : p.random.pick(locale('en').family)
const firstGiven: Maker = (p) => p.given().split(' ')[0] ?? 'Rosa'

const TOWN_MAKERS: readonly Maker[] = [
  (p) => `${base(p)}-upon-${p.random.pick(locale('en').family)}`,
  (p) => `${p.random.pick(TOWN_LEADS)} ${base(p)}`,
  (p) => base(p) + p.random.pick(TOWN_ENDS),
  (p) => `${base(p)} ${p.random.pick(TOWN_NOUNS)}`,
  (p) => `${p.random.pick(SAINTS)} ${firstGiven(p)}`,
  (p) => `Saint-${firstGiven(p)}-${p.random.pick(['sur', 'sous', 'en'])}-${base(p)}`,
  (p) => p.invented(),
  (p) => p.blended(locale(p.code).cities.length > 20 ? locale(p.code).cities : EXTRA_CITIES),
  (p) => p.random.pick(EXTRA_CITIES),
]

/** The name of a town: of the locale at hand, of anywhere, or invented. */
export const cityOf: Maker = (people) => {
  const { random } = people
  const own = locale(people.code).cities
  const roll = random.next()
  if (roll < 0.45 && own.length > 20) return random.pick(own)
  if (roll < 0.62) return random.pick(EXTRA_CITIES)
  if (roll < 0.8) return random.pick(locale(random.pick(LATIN)).cities)
  return random.pick(TOWN_MAKERS)(people)
}

/*
 * Writes server/src/sensitivity/places/names.ts: names of countries in many languages, from the Unicode CLDR
 * that Node carries, and names of states and provinces, from the locale data of @faker-js/faker (MIT).
 *   node server/train/places/generate.ts
 */
import { writeFileSync } from 'node:fs'
import { allLocales } from '@faker-js/faker'

const LANGUAGES = 'en de fr es it nl pt pl sv nb da fi cs hu ro tr el'.split(' ')
/** Written in other words than CLDR's, all of them in use on envelopes. */
const ALSO =
  'usa|u.s.a.|united states of america|uk|u.k.|great britain|england|scotland|wales|northern ireland|uae|u.a.e.|holland|czech republic|the netherlands|turkey|türkiye|korea|republic of korea|hong kong|macau|viet nam|russia|russian federation|ivory coast|cabo verde|brd|república checa|kingdom of the netherlands|republic of ireland|democratic republic of the congo|republic of the congo|république française|bundesrepublik deutschland|republic of south africa|macedonia|swaziland|burma|palestine|vatican city|deutschland|österreich|schweiz|suisse|svizzera'
const REGIONS = [
  'en_US',
  'en',
  'en_CA',
  'en_AU',
  'en_ZA',
  'en_IN',
  'en_NG',
  'de',
  'de_AT',
  'pt_BR',
  'es_MX',
  'it',
  'es',
]

const isoCodes = (): string[] => {
  const codes: string[] = []
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  for (let a = 65; a <= 90; a += 1) {
    for (let b = 65; b <= 90; b += 1) {
      const code = String.fromCharCode(a, b)
      if (
        !['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB', 'AN', 'SU', 'YU', 'DD', 'FX', 'TP'].includes(code) &&
        english.of(code) !== undefined
      ) {
        codes.push(code)
      }
    }
  }
  return codes
}

const countries = (): string[] => {
  const names = new Set<string>(ALSO.replaceAll('.', '').split('|'))
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of isoCodes()) {
      const name = display.of(code)?.toLowerCase().replaceAll('’', "'")
      if (name === undefined || /[()[\]]/.test(name) || name.length <= 3) continue
      for (const form of [
        name,
        name.replace(' & ', ' and '),
        name.replace(/^st\. /, 'saint ').replace(' & ', ' and the '),
      ]) {
        names.add(form.replaceAll('.', ''))
      }
    }
  }
  return [...names].sort()
}

const statesOf = (key: string): string[] => {
  const found: unknown = Object.entries(allLocales).find(([name]) => name === key)?.[1].location?.state
  return Array.isArray(found) ? found.filter((name): name is string => typeof name === 'string') : []
}

const regions = (): string[] =>
  [...new Set(REGIONS.flatMap(statesOf).map((name) => name.toLowerCase().replaceAll('’', "'")))]
    .filter((name) => name.length > 3 && !name.includes('('))
    .sort()

const literal = (names: readonly string[]): string =>
  JSON.stringify(names.join('|')).replaceAll("'", "\\'").replace(/^"|"$/g, "'")

writeFileSync(
  new URL('../../src/sensitivity/places/names.ts', import.meta.url),
  `/* Written by server/train/places/generate.ts; sources and licences in the README beside it. */

/** Names of countries and territories in seventeen languages, in small letters. */
export const COUNTRIES =
  ${literal(countries())}

/** Names of states, provinces and counties that addresses end in, in small letters. */
export const REGIONS =
  ${literal(regions())}
`,
)

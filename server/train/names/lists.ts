import { readFileSync } from 'node:fs'
import { allFakers } from '@faker-js/faker'

const FOLDER = new URL('./lists/', import.meta.url)

/** The words of one of the files in lists/, whatever line they stand on. */
export const listOf = (name: string): readonly string[] =>
  readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8')
    .split(/[|\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

export const linesOf = (name: string): readonly string[] =>
  readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

type Json = string | number | readonly Json[] | { readonly [key: string]: Json } | undefined | null

const strings = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(strings)
  if (value !== null && typeof value === 'object' && 'value' in value) return strings(value['value'])
  return []
}

const at = (value: Json, path: string): Json => {
  let here: Json = value
  for (const key of path.split('.')) {
    if (here === null || typeof here !== 'object' || Array.isArray(here)) return undefined
    here = (here as { readonly [key: string]: Json })[key]
  }
  return here
}

/** The names that one locale of faker knows. */
export interface Locale {
  readonly code: string
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly family: readonly string[]
  readonly cities: readonly string[]
  readonly streets: readonly string[]
  readonly countries: readonly string[]
  readonly words: readonly string[]
}

const clean = (words: readonly string[]): readonly string[] =>
  [...new Set(words.map((word) => word.trim()))].filter((word) => word.length > 1 && !/[{}|\d()]/.test(word))

const localeOf = (code: string): Locale => {
  const raw = (allFakers as unknown as Record<string, { rawDefinitions: Json }>)[code]?.rawDefinitions
  const list = (...paths: readonly string[]) => clean(paths.flatMap((path) => strings(at(raw, path))))
  return {
    code,
    female: list('person.first_name.female'),
    male: list('person.first_name.male'),
    family: list('person.last_name.generic', 'person.last_name.female', 'person.last_name.male'),
    cities: list('location.city_name'),
    streets: list('location.street_name'),
    countries: list('location.country'),
    words: list(
      'word.adjective',
      'word.noun',
      'word.verb',
      'word.adverb',
      'word.conjunction',
      'word.preposition',
    ),
  }
}

/** Locales whose own names are read; the others repeat those of English. */
export const LOCALES: readonly string[] = (
  'en en_IN en_NG en_GH en_ZA en_AU en_HK de de_CH fr fr_CH fr_CA fr_SN es es_MX it nl nl_BE pt_BR pt_PT pl sv tr da nb_NO fi cs_CZ sk hu ro hr ' +
  'sl_SI lv sr_RS_latin mk ru uk el af_ZA az uz_UZ_latin id_ID vi yo_NG zu_ZA eo ar fa he hy ka_GE ur ja ko zh_CN zh_TW th'
).split(' ')

const KNOWN_LOCALES = new Map(LOCALES.map((code) => [code, localeOf(code)]))

export const locale = (code: string): Locale => {
  const found = KNOWN_LOCALES.get(code)
  if (found === undefined) throw new RangeError(`no locale ${code}`)
  return found
}

const english = (path: string): readonly string[] =>
  clean(strings(at((allFakers.en as unknown as { rawDefinitions: Json }).rawDefinitions, path)))

/** Names of things that are no persons, in English. */
export const THINGS = {
  artist: english('music.artist'),
  album: english('music.album'),
  song: english('music.song_name'),
  author: english('book.author'),
  title: english('book.title'),
  animal: [...english('animal.dog'), ...english('animal.bird'), ...english('animal.horse')],
  dish: english('food.dish'),
  spice: [...english('food.spice'), ...english('food.ingredient')],
  noun: english('word.noun').filter((word) => /^[a-z]+$/.test(word)),
  verb: english('word.verb').filter((word) => /^[a-z]+$/.test(word)),
  adjective: english('word.adjective').filter((word) => /^[a-z]+$/.test(word)),
}

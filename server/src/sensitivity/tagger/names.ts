import { FAMILY } from './data/family.ts'
import { FEMALE, MALE } from './data/given.ts'
import { FLAG, NAME } from './flags.ts'
import { flagsOf } from './gazetteer.ts'
import { hashOf } from './letters.ts'

export type Gender = 'female' | 'male'

const genderOfWord = (word: string): Gender | 'both' | null => {
  const flags = flagsOf(hashOf(word))
  if ((flags & (FLAG.female | FLAG.male)) === 0) return null
  if ((flags & FLAG.female) === 0) return 'male'
  return (flags & FLAG.male) === 0 ? 'female' : 'both'
}

/**
 * The gender that the given names in a person's name are borne by: `null` where the lists know none of them,
 * or know them for both. "Müller, Anna" and "Dr. Anna Müller" are read like "Anna Müller": the first word that
 * says anything decides, and one behind a comma comes first.
 */
export const genderOf = (name: string): Gender | null => {
  const [ahead = '', behind = ''] = name.slice(0, 200).split(',', 2)
  for (const word of `${behind} ${ahead}`.split(/[\s.]+/u)) {
    if (word === '') continue
    const whole = genderOfWord(word) ?? genderOfWord(word.split('-')[0] ?? '')
    if (whole !== null && whole !== 'both') return whole
  }
  return null
}

/** Whether the lists have a word as somebody's given name. */
export const isGivenName = (word: string): boolean => genderOfWord(word) !== null

/** Whether the lists have a word as a name of somebody's, given or of a family. */
export const isName = (word: string): boolean => (flagsOf(hashOf(word)) & NAME) !== 0

const listOf = (lists: Readonly<Record<string, string>>, locale: string): readonly string[] =>
  Object.hasOwn(lists, locale) ? (lists[locale]?.split('|') ?? []) : []

/** The given names that a locale's list has (`de`, `pt_BR`, `zh_CN`; empty for one without a list of its own). */
export const givenNames = (locale: string, gender: Gender): readonly string[] =>
  listOf(gender === 'female' ? FEMALE : MALE, locale)

/** The family names that a locale's list has. */
export const familyNames = (locale: string): readonly string[] => listOf(FAMILY, locale)

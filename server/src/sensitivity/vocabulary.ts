import { buildAutomaton, type Entry, fold } from './automaton.ts'
import { isWordAt } from './characters.ts'
import { NUMBERINGS } from './numbers/index.ts'
import { CONTEXTS } from './words/contexts.ts'
import { NUMBER_WORDS, REPEATS } from './words/digits.ts'
import { FAMILIES } from './words/families.ts'
import { AGE_WORDS, DATE_WORDS, PLACES, POSTCODE_WORDS, STREETS, WEEKDAYS } from './words/places.ts'
import {
  COMMAND_WORDS,
  CREDENTIAL_CUES,
  LOGIN_WORDS,
  PASSWORD_WORDS,
  PIN_WORDS,
  RECOVERY_WORDS,
  SECRET_WORDS,
  SEED_WORDS,
  WRAPPINGS,
} from './words/secrets.ts'
import {
  AT_WORDS,
  DOT_WORDS,
  MAIL_WORDS,
  REVERSED_WORDS,
  ROTATED_WORDS,
  SPEAKER_WORDS,
  SPLIT_WORDS,
} from './words/spelled.ts'

/*
 * All words of all detectors stand in one automaton, so that a text is gone over once. A group is what a
 * detector asks for.
 */

/** The group of words for numbers of a type in general. */
const TYPES = {
  NATIONAL_ID: 'nationalId',
  TAX_ID: 'taxId',
  HEALTH_ID: 'healthId',
  BANK_ACCOUNT: 'bank',
  PASSPORT: 'passport',
  DRIVER_LICENSE: 'license',
  VEHICLE_ID: 'plate',
  DEVICE_ID: 'device',
} as const

/** Shorter names mean other things too often to announce a number that nothing else speaks for. */
const isTelling = (word: string): boolean => word.length >= 4 || word.charCodeAt(0) > 0x24f

const named = (group: string): string =>
  NUMBERINGS.filter(({ type }) => TYPES[type] === group)
    .flatMap(({ words }) => words.split('|').filter(isTelling))
    .join('|')

const LISTS: readonly (readonly [string, string])[] = [
  ...Object.entries(CONTEXTS).map(([group, words]) => [group, `${words}|${named(group)}`] as const),
  ...NUMBERINGS.map(({ sub, words }) => [`is:${sub}`, words] as const),
  ['named', NUMBERINGS.map(({ words }) => words).join('|')],
  ['street', STREETS],
  ['place', PLACES],
  ['postcodeWord', POSTCODE_WORDS],
  ['ageWord', AGE_WORDS],
  ['weekday', WEEKDAYS],
  ['dateWord', DATE_WORDS],
  ['www', 'www.'],
  ['secretWord', SECRET_WORDS],
  ['passwordWord', PASSWORD_WORDS],
  ['credentialCue', CREDENTIAL_CUES],
  ['pinWord', PIN_WORDS],
  ['recoveryWord', RECOVERY_WORDS],
  ['seedWord', SEED_WORDS],
  ['commandWord', COMMAND_WORDS],
  ['loginWord', LOGIN_WORDS],
  ['wrapping', WRAPPINGS],
  ['family', [...new Set(FAMILIES.map((family) => family.prefix))].join('|')],
  ['privateKey', '-----begin|---- begin|putty-user-key-file-'],
  ['jwt', 'eyJ'],
  ['scheme', '://'],
  ['basic', 'basic |bearer '],
  ['numberWord', [...NUMBER_WORDS, ...REPEATS].map(([word]) => word).join('|')],
  ['atWord', AT_WORDS],
  ['dotWord', DOT_WORDS],
  ['mailWord', MAIL_WORDS],
  ['splitWord', SPLIT_WORDS],
  ['speaker', SPEAKER_WORDS],
  ['reversed', REVERSED_WORDS],
  ['rotated', ROTATED_WORDS],
]

/** Groups whose words may begin or end inside a longer word. */
const INSIDE: ReadonlySet<string> = new Set(['family', 'privateKey', 'jwt', 'scheme', 'basic', 'wrapping'])
/** Groups whose longer words may be the end of a compound name: `dbPassword`, `githubToken`. */
const COMPOUND: ReadonlySet<string> = new Set(['secretWord', 'passwordWord'])
/** Ends of street names written in one word. */
const ENDINGS: ReadonlySet<string> = new Set(
  'straße strasse str. weg platz allee gasse damm straat laan plein gracht gatan vägen'.split(' '),
)

/** Groups whose words are names of fields and columns as well. */
const FIELDS: ReadonlySet<string> = new Set([
  ...['ssn', 'nationalId', 'taxId', 'healthId', 'passport', 'license', 'plate', 'card', 'bank'],
  ...['phone', 'birth', 'userName', 'internalId'],
])

export type Group = string

const INDEXES = new Map(LISTS.map(([name], index) => [name, index]))

/** The number of a group. A name that does not exist is a programming error and throws. */
export const groupIndex = (group: Group): number => {
  const index = INDEXES.get(group)
  if (index === undefined) throw new RangeError(`no group of words is called ${group}`)
  return index
}

export const GROUP_COUNT = LISTS.length

const edges = (group: string, word: string): { left: boolean; right: boolean } => {
  if (INSIDE.has(group)) return { left: false, right: false }
  const free = (COMPOUND.has(group) && word.length >= 5) || (group === 'street' && ENDINGS.has(word))
  return { left: !free && isWordAt(word, 0), right: isWordAt(word, word.length - 1) }
}

/** Groups with words of first letters. */
const DOTTED: ReadonlySet<string> = new Set(['ssn', 'nationalId', 'taxId', 'healthId'])

/** How a name of several words is written as a field's name: `patient_id`, `patientId`. */
const spellings = (group: string, word: string): readonly string[] => {
  const numbers = group === 'named' || group.startsWith('is:')
  if (!numbers && !FIELDS.has(group)) return [word]
  if (/^[a-z]+(?: [a-z]+){1,2}$/.test(word))
    return [word, word.replaceAll(' ', '_'), word.replaceAll(' ', '')]
  // Letters that stand for a name are written with full stops as well: "A.B.N."
  return (numbers || DOTTED.has(group)) && /^[a-z]{3,4}$/.test(word)
    ? [word, `${[...word].join('.')}.`]
    : [word]
}

const collect = (): readonly Entry[] => {
  const found = new Map<string, { entry: Omit<Entry, 'groups'>; groups: Set<number> }>()
  for (const [group, words] of LISTS) {
    for (const written of words.split('|').flatMap((word) => spellings(group, word))) {
      if (written === '') continue
      // A stem is written with a star: whatever follows, it is still the word.
      const stem = written.endsWith('*')
      const word = stem ? written.slice(0, -1) : written
      const { left, right } = stem ? { ...edges(group, word), right: false } : edges(group, word)
      const key = `${fold(word)}:${left}:${right}`
      const known = found.get(key) ?? { entry: { word: fold(word), left, right }, groups: new Set<number>() }
      known.groups.add(groupIndex(group))
      found.set(key, known)
    }
  }
  return [...found.values()].map(({ entry, groups }) => ({ ...entry, groups: [...groups] }))
}

export const AUTOMATON = buildAutomaton(collect())

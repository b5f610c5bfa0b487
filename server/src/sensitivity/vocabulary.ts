import { buildAutomaton, type Entry, fold } from './automaton.ts'
import { isWordAt } from './characters.ts'
import { CODE, MARKER, OPEN_LICENCE, PROPRIETARY } from './words/code.ts'
import { CONTEXTS } from './words/contexts.ts'
import { CONTRACT } from './words/contract.ts'
import { FAMILIES } from './words/families.ts'
import { FINANCIAL } from './words/financial.ts'
import { CLINICAL, CONDITION, DRUG, SUBJECT } from './words/medical.ts'
import { INTRODUCTIONS, PLACES, SALUTATIONS, STREETS } from './words/people.ts'
import { PASSWORD_WORDS, SECRET_WORDS } from './words/secrets.ts'

/*
 * All words of all detectors stand in one automaton, so that a text is gone over once. A group is what a
 * detector asks for. A weighted list is one group per weight: `contract:3`.
 */
const weighted = (name: string, lists: Readonly<Record<number, string>>): [string, string][] =>
  Object.entries(lists).map(([weight, words]) => [`${name}:${weight}`, words])

const LISTS: readonly (readonly [string, string])[] = [
  ...Object.entries(CONTEXTS),
  ...weighted('contract', CONTRACT),
  ...weighted('financial', FINANCIAL),
  ...weighted('subject', SUBJECT),
  ['condition', CONDITION],
  ['drug', DRUG],
  ['clinical', CLINICAL],
  ['proprietary', PROPRIETARY],
  ['openLicence', OPEN_LICENCE],
  ['code', CODE],
  ['marker', MARKER],
  ['introduction', INTRODUCTIONS],
  ['salutation', SALUTATIONS],
  ['street', STREETS],
  ['place', PLACES],
  ['secretWord', SECRET_WORDS],
  ['passwordWord', PASSWORD_WORDS],
  ['family', [...new Set(FAMILIES.map((family) => family.prefix))].join('|')],
  ['privateKey', '-----begin'],
  ['jwt', 'eyJ'],
  ['scheme', '://'],
  ['basic', 'basic |bearer '],
]

/** Groups whose words may begin or end inside a longer word. */
const INSIDE: ReadonlySet<string> = new Set(['family', 'privateKey', 'jwt', 'scheme', 'basic'])
/** Groups whose longer words may be the end of a compound name: `dbPassword`, `githubToken`. */
const COMPOUND: ReadonlySet<string> = new Set(['secretWord', 'passwordWord'])
/** Ends of street names written in one word. */
const ENDINGS: ReadonlySet<string> = new Set(
  'straße strasse str. weg platz allee gasse damm straat laan plein gracht gatan vägen'.split(' '),
)

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

const collect = (): readonly Entry[] => {
  const found = new Map<string, { entry: Omit<Entry, 'groups'>; groups: Set<number> }>()
  for (const [group, words] of LISTS) {
    for (const word of words.split('|')) {
      if (word === '') continue
      const { left, right } = edges(group, word)
      const key = `${fold(word)}:${left}:${right}`
      const known = found.get(key) ?? { entry: { word: fold(word), left, right }, groups: new Set<number>() }
      known.groups.add(groupIndex(group))
      found.set(key, known)
    }
  }
  return [...found.values()].map(({ entry, groups }) => ({ ...entry, groups: [...groups] }))
}

export const AUTOMATON = buildAutomaton(collect())

import { CODE, MARK_WORD, MARKER, OPEN_LICENCE, PROPRIETARY, RESERVED } from '../words/code.ts'
import { CONDITION } from '../words/conditions.ts'
import { ABOUT_CONTRACTS, CONTRACT } from '../words/contract.ts'
import { DRUG_NAMES, DRUG_STEMS } from '../words/drugs.ts'
import { FINANCIAL, PAYMENT, PUBLIC_FIGURES } from '../words/financial.ts'
import { ABOUT_MEDICINE, CLINICAL, SUBJECT } from '../words/medical.ts'
import { buildLexicon, type List } from './lexicon.ts'

const weighted = (name: string, lists: Readonly<Record<number, string>>): List[] =>
  Object.entries(lists).map(([weight, words]) => [`${name}:${weight}`, words])

/** How the languages spell the same stem: with f for ph, t for th, i for y, k for c, ks for x. */
const RESPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/y/g, 'i'],
  [/c(?=[aoulr])/g, 'k'],
  [/x/g, 'ks'],
]

/** A stem as it is, in the spelling of the Romance languages, and in that of Polish and Turkish. */
const respelled = (stem: string): readonly string[] => {
  const romance = RESPELLINGS.slice(0, 3).reduce((word, [from, to]) => word.replace(from, to), stem)
  const eastern = RESPELLINGS.slice(3).reduce((word, [from, to]) => word.replace(from, to), romance)
  const polish = RESPELLINGS.reduce((word, [from, to]) => (to === 'i' ? word : word.replace(from, to)), stem)
  const hardened = polish.replace(/([rtd])i/g, '$1y')
  return [...new Set([stem, romance, eastern, polish, hardened])]
}

const stems = (list: string): string => list.split('|').flatMap(respelled).join('|')

const LISTS: readonly List[] = [
  ...weighted('contract', CONTRACT),
  ['aboutContracts', ABOUT_CONTRACTS],
  ...weighted('financial', FINANCIAL),
  ['publicFigures', PUBLIC_FIGURES],
  ['payment', PAYMENT],
  ...weighted('subject', SUBJECT),
  ['clinical', CLINICAL],
  ['aboutMedicine', ABOUT_MEDICINE],
  ['condition', CONDITION],
  ['drug', `${DRUG_NAMES}|${stems(DRUG_STEMS)}`],
  ...weighted('proprietary', PROPRIETARY),
  ['reserved', RESERVED],
  ['openLicence', OPEN_LICENCE],
  ['code', CODE],
  ['marker', MARKER],
  ['markWord', MARK_WORD],
]

/** Last letters of what medicine forms words with; the detector looks closer. */
const TAILS =
  'tis sis oma mia mie thy hie tia gia gie ria rie omy mab ril tan tin nib zin lin cin zol ole lol pin ban pam tid'.split(
    ' ',
  )

/** All words of the detectors for whole texts. */
export const LEXICON = buildLexicon(LISTS, TAILS)

const INDEXES = new Map(LEXICON.groups.map((group, index) => [group, index]))

/** The number of a list. A name that does not exist is a programming error and throws. */
export const listIndex = (name: string): number => {
  const index = INDEXES.get(name)
  if (index === undefined) throw new RangeError(`no list of words is called ${name}`)
  return index
}

/** The lists of a weighted list, heaviest first: `[number, weight]`. */
export const weightedLists = (name: string): readonly (readonly [number, number])[] =>
  LEXICON.groups
    .map((group, index) => [group, index] as const)
    .filter(([group]) => group.startsWith(`${name}:`))
    .map(([group, index]) => [index, Number(group.slice(name.length + 1))] as const)
    .sort((a, b) => b[1] - a[1])

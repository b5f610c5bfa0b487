import { PROFILES, type Profile, type Side, type Target } from '../domain/index.ts'
import type { Miss } from './floors.ts'
import type { Subject } from './subjects.ts'

/** A floor that a target does not reach, with the rule's name as the record shows it. */
export interface Shortfall {
  readonly subject: Subject
  readonly miss: Miss
  /** Which layer asks for it: the profile, the configuration's floors, or the use's. */
  readonly layer: 'profile' | 'configuration' | 'use'
  readonly rule: string
}

const SUBJECTS: Readonly<Record<Subject['key'], string>> = {
  secret: 'a secret',
  identity: 'an identity number',
  payment: 'payment data',
  contact: 'contact data',
  health: 'health data',
  financial: 'financial data',
  contract: 'contract text',
  source_code: 'source code',
  internal: 'internal content',
  unread: 'media that nobody read',
  failed: 'content that could not be checked',
  public: 'anything',
  confidential: 'confidential content',
  restricted: 'restricted content',
}

/** A kind, condition or level as a person would say it: `payment data`. */
const subjectWords = (key: Subject['key']): string => SUBJECTS[key]

/** `a`, `a and b`, `a, b and c`; `nothing` for none. */
export const listed = (items: readonly string[], between = 'and'): string => {
  if (items.length === 0) return 'nothing'
  const last = items[items.length - 1] ?? ''
  return items.length === 1 ? last : `${items.slice(0, -1).join(', ')} ${between} ${last}`
}

const whither = (sides: readonly Side[]): string =>
  sides.length === 0 ? 'may go to no target' : `may only go to ${listed(sides, 'or')} targets`

const authority = (shortfall: Shortfall, profile: Profile, use: string): string => {
  if (shortfall.layer === 'use') return `use ${use}`
  if (shortfall.layer === 'configuration') return `floors.${shortfall.subject.key}`
  if (shortfall.subject.sort === 'level') return `level ${shortfall.subject.key}`
  return `profile ${profile}`
}

/** What was found and what forbids it, for people. */
export const reasonFor = (
  shortfalls: readonly [Shortfall, ...Shortfall[]],
  target: Target,
  profile: Profile,
  use: string,
): string => {
  const [first, ...rest] = shortfalls
  const what = subjectWords(first.subject.key)
  const by = authority(first, profile, use)
  // The levels below the first one named say nothing more.
  const level = shortfalls.find(({ subject }) => subject.sort === 'level')
  const more = rest.filter((one) => one.subject.sort !== 'level' || one === level)
  const others =
    more.length === 0
      ? ''
      : `; ${listed(more.map(({ subject }) => subjectWords(subject.key)))} may not either`
  return `${demand(first.miss, what, by, target)}${others}`
}

const demand = (miss: Miss, what: string, by: string, target: Target): string => {
  switch (miss.what) {
    case 'side': {
      const pending =
        miss.under === null
          ? ''
          : `, elsewhere only ${miss.under === 'masked' ? 'masked' : 'under pseudonyms'}`
      return `${what} ${whither(miss.sides)} (${by}${pending}), and ${target.name} is ${target.side}`
    }
    case 'region':
      return `${what} may only go to region ${listed(miss.regions, 'or')} (${by}), and ${target.name} is in ${target.region ?? 'no stated region'}`
    case 'agreements':
      return `${what} needs ${listed(miss.agreements)} in force (${by}), which ${target.name} does not have`
    default:
      return miss
  }
}

interface Hints {
  /** True where the client asked for the level itself. */
  readonly raised: boolean
  /** True where a target on side own is among the candidates already. */
  readonly ownAmong: boolean
  /** Whether the target would reach all floors under another profile. */
  readonly passes: (profile: Profile) => boolean
}

/** What would make it pass, for people: the options a reader has, the nearest first. */
export const remedyFor = (
  shortfalls: readonly [Shortfall, ...Shortfall[]],
  target: Target,
  profile: Profile,
  hints: Hints,
): string => {
  const sides = shortfalls.filter(({ miss }) => miss.what === 'side')
  const options: string[] = []
  for (const { miss } of shortfalls) {
    if (miss.what === 'region') {
      options.push(`a target whose region is ${listed(miss.regions, 'or')}`)
    }
    if (miss.what === 'agreements') {
      options.push(`${listed(miss.agreements)} listed under agreements of ${target.name}, once in force`)
    }
  }
  if (!hints.ownAmong && sides.some(({ miss }) => miss.what === 'side' && miss.sides.includes('own'))) {
    options.push('a model you run yourself (side: own) among the targets')
  }
  const milder = PROFILES.slice(PROFILES.indexOf(profile) + 1).find(hints.passes)
  if (milder !== undefined) options.push(`profile: ${milder}`)
  const keys = sides.filter(({ subject }) => subject.sort !== 'level').map(({ subject }) => subject.key)
  if (keys.length > 0) {
    options.push(`a use whose floors loosen ${listed([...new Set(keys)])} for side ${target.side}`)
  }
  if (hints.raised && sides.some(({ subject }) => subject.sort === 'level')) {
    options.push('asking without x-causeway-label')
  }
  if (options.length === 0) options.push(`other floors for ${listed(shortfalls.map(({ rule }) => rule))}`)
  return listed([...new Set(options)], 'or')
}

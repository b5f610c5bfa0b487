import {
  CONDITIONS,
  type DecideInput,
  type FloorRule,
  type FloorRules,
  join,
  KINDS,
  LEVELS,
  type Level,
  levelOfKind,
  type Profile,
  type Snapshot,
  WAYS,
  type Way,
} from '../domain/index.ts'
import { builtInFloor, type Floor, type FloorKey, lay, levelFloor, OPEN, opened } from './floors.ts'

/** One thing about a request that carries a floor, with the floor as each of the three layers leaves it. */
export interface Subject {
  readonly key: FloorKey | Level
  /** `kind`, `condition` or `level`; levels ask for other words. */
  readonly sort: 'kind' | 'condition' | 'level'
  /** Built in, then as configured, then as the use has it. The last one counts. */
  readonly builtIn: Floor
  readonly configured: Floor
  readonly effective: Floor
  /** True where the configuration's or the use's rule says `loosen`. */
  readonly loosened: { readonly configured: boolean; readonly use: boolean }
  /** How the values were taken out of the request, or null where they are in it. */
  readonly way: Way | null
}

/**
 * Everything in a request that carries a floor: kinds found or declared, conditions, then levels, the highest first. A level that the
 * client asked for holds by itself, so that finding a kind can never open what the client had closed. A level that
 * nothing accounts for holds too. Throws on a word that no floor knows, which refuses the request.
 */
export const subjectsOf = (input: DecideInput, floors: FloorRules, profile: Profile): readonly Subject[] => {
  checkWords(input, floors)
  const { label, use } = input
  const kinds = KINDS.filter((kind) => label.kinds.includes(kind) || use.carries.includes(kind))
  const taken = KINDS.filter((kind) => label.replaced?.[kind] !== undefined && !kinds.includes(kind))
  const conditions = CONDITIONS.filter((condition) => label.conditions.includes(condition))

  let accounted: Level = conditions.includes('failed') ? 'restricted' : 'public'
  for (const kind of kinds) accounted = join(accounted, levelOfKind(kind))
  let held: Level = label.raised ?? 'public'
  if (join(label.level, accounted) !== accounted) held = join(held, label.level)
  const level = join(join(label.level, accounted), held)

  const layers = (key: FloorKey | Level, sort: Subject['sort'], builtIn: Floor): Subject => {
    const rule = ruleOf(floors, key)
    const useRule = ruleOf(use.floors, key)
    const configured = lay(builtIn, rule)
    return {
      key,
      sort,
      builtIn,
      configured,
      effective: lay(configured, useRule),
      loosened: { configured: rule?.loosen === true, use: useRule?.loosen === true },
      way: null,
    }
  }
  return [
    ...kinds.map((kind) => layers(kind, 'kind', builtInFloor(profile, kind))),
    ...taken.map((kind) =>
      withoutValues(layers(kind, 'kind', builtInFloor(profile, kind)), label.replaced?.[kind]),
    ),
    ...conditions.map((condition) => layers(condition, 'condition', builtInFloor(profile, condition))),
    ...LEVELS.filter((each) => atMost(each, level))
      .reverse()
      .map((each) => layers(each, 'level', atMost(each, held) ? levelFloor(each) : OPEN)),
  ]
}

const withoutValues = (subject: Subject, way: Way | undefined): Subject =>
  way === undefined
    ? subject
    : {
        ...subject,
        builtIn: opened(subject.builtIn, way),
        configured: opened(subject.configured, way),
        effective: opened(subject.effective, way),
        way,
      }

const atMost = (level: Level, bound: Level): boolean => join(level, bound) === bound

const ruleOf = (rules: FloorRules, key: string): FloorRule | undefined =>
  Object.hasOwn(rules, key) ? rules[key] : undefined

const WORDS: ReadonlySet<string> = new Set([...KINDS, ...CONDITIONS, ...LEVELS])
const KIND_WORDS: ReadonlySet<string> = new Set(KINDS)
const CONDITION_WORDS: ReadonlySet<string> = new Set(CONDITIONS)
const WAY_WORDS: ReadonlySet<string> = new Set(WAYS)
const LEVEL_WORDS: ReadonlySet<string> = new Set(LEVELS)

// A misspelt floor would otherwise protect nothing, and nobody would see it.
const checkWords = (input: DecideInput, floors: FloorRules): void => {
  known(Object.keys(floors), WORDS)
  known(Object.keys(input.use.floors), WORDS)
  known(input.label.kinds, KIND_WORDS)
  known(input.use.carries, KIND_WORDS)
  known(input.label.conditions, CONDITION_WORDS)
  known(Object.keys(input.label.replaced ?? {}), KIND_WORDS)
  known(Object.values(input.label.replaced ?? {}), WAY_WORDS)
  known([input.label.level, input.label.raised ?? 'public'], LEVEL_WORDS)
}

const known = (words: readonly string[], vocabulary: ReadonlySet<string>): void => {
  for (const word of words) {
    if (!vocabulary.has(word)) throw new TypeError(`no such kind, condition or level: ${word}`)
  }
}

/** The same, with the profile and floors of a snapshot. */
export const subjectsIn = (input: DecideInput, snapshot: Snapshot): readonly Subject[] =>
  subjectsOf(input, snapshot.floors, snapshot.profile)

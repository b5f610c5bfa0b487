import {
  type DecideInput,
  type Permitted,
  type Profile,
  type Refusal,
  SIDES,
  type Snapshot,
  type Target,
  type Verdict,
} from '../domain/index.ts'
import { HOME, missOf } from './floors.ts'
import { type Subject, subjectsIn, subjectsOf } from './subjects.ts'
import { reasonFor, remedyFor, type Shortfall } from './words.ts'

type Answer =
  | { readonly permitted: Permitted; readonly refusal: null }
  | { readonly permitted: null; readonly refusal: Refusal }

/**
 * The pure core of MAY: for every candidate, in order and without repetition, either the rule that let it
 * through or a refusal with its reason and remedy. Total: whatever is thrown inside refuses every candidate
 * with rule `decision-error`. Asks in this order: floors, the client's wish, customer rules.
 */
export const judge = (input: DecideInput, snapshot: Snapshot): Verdict => {
  try {
    const subjects = subjectsIn(input, snapshot)
    const permitted: Permitted[] = []
    const refusals: Refusal[] = []
    for (const name of new Set(input.candidates)) {
      const answer = judgeOne(name, input, snapshot, subjects)
      if (answer.permitted === null) refusals.push(answer.refusal)
      else permitted.push(answer.permitted)
    }
    return { permitted, refusals }
  } catch {
    return refuseAll(input, 'the decision could not be made')
  }
}

/** A verdict that permits nothing, for an error in the machinery that decides. Never throws. */
export const refuseAll = (input: DecideInput, why: string): Verdict => ({
  permitted: [],
  refusals: candidatesOf(input).map((target) =>
    refused(
      target,
      'decision-error',
      why,
      'nothing in the request; report its id to whoever runs this gateway',
    ),
  ),
})

/** The candidates, each once, even of an input that is not what its type says. */
export const candidatesOf = (input: DecideInput): readonly string[] => {
  try {
    return [...new Set(input.candidates)].map(String)
  } catch {
    // A request whose candidates cannot be read has none.
    return []
  }
}

const refused = (target: string, rule: string, reason: string, remedy: string): Refusal => ({
  target,
  rule,
  reason,
  remedy,
})

const judgeOne = (
  name: string,
  input: DecideInput,
  snapshot: Snapshot,
  subjects: readonly Subject[],
): Answer => {
  const target = snapshot.targets.get(name)
  if (target === undefined || target.name !== name || !SIDES.includes(target.side)) {
    const refusal = refused(name, 'unknown-target', `no target is called ${name}`, 'name a configured target')
    return { permitted: null, refusal }
  }
  const refusal = byFloors(input, snapshot, subjects, target) ?? byWish(input, target)
  if (refusal !== null) return { permitted: null, refusal }
  return byRules(input, snapshot, subjects, target)
}

/** The floors that a target does not reach, the first to be named first. */
const shortfallsOf = (subjects: readonly Subject[], target: Target, use: string): readonly Shortfall[] => {
  const out: Shortfall[] = []
  for (const subject of subjects) {
    const miss = missOf(subject.effective, target)
    if (miss === null) continue
    const layer =
      missOf(subject.configured, target) === null || subject.loosened.use
        ? 'use'
        : missOf(subject.builtIn, target) === null || subject.loosened.configured
          ? 'configuration'
          : 'profile'
    const own = subject.sort === 'level' ? `level:${subject.key}` : `floor:${subject.key}`
    out.push({ subject, miss, layer, rule: layer === 'use' ? `use-floor:${use}:${subject.key}` : own })
  }
  return out
}

const byFloors = (
  input: DecideInput,
  snapshot: Snapshot,
  subjects: readonly Subject[],
  target: Target,
): Refusal | null => {
  const use = input.use.name
  const [first, ...rest] = shortfallsOf(subjects, target, use)
  if (first === undefined) return null
  const passes = (profile: Profile): boolean =>
    shortfallsOf(subjectsOf(input, snapshot.floors, profile), target, use).length === 0
  const ownAmong = input.candidates.some((name) => snapshot.targets.get(name)?.side === 'own')
  const hints = { raised: input.label.raised !== null, ownAmong, passes }
  return refused(
    target.name,
    first.rule,
    reasonFor([first, ...rest], target, snapshot.profile, use),
    remedyFor([first, ...rest], target, snapshot.profile, hints),
  )
}

const byWish = (input: DecideInput, target: Target): Refusal | null => {
  if (input.sides === null || input.sides.includes(target.side)) return null
  return refused(
    target.name,
    'client:x-causeway-side',
    `the client confines this request to ${input.sides.length === 0 ? 'no side' : input.sides.join(', ')}, and ${target.name} is ${target.side}`,
    `asking without x-causeway-side, or with ${target.side} in it`,
  )
}

const byRules = (
  input: DecideInput,
  snapshot: Snapshot,
  subjects: readonly Subject[],
  target: Target,
): Answer => {
  const { rules } = snapshot
  const answer = ask(input, snapshot, subjects, target)
  if (answer.allow !== true) {
    return { permitted: null, refusal: refused(target.name, answer.rule, answer.reason, RULE_REMEDY) }
  }
  const through = [`profile:${snapshot.profile}`, ...loosenings(subjects, target, input.use.name)]
  const crossed = subjects.some(({ key }) => key === 'unread') && !HOME.includes(target.side)
  if (crossed) through.push('crossed-unread')
  for (const { key, way } of subjects) if (way !== null) through.push(`${way}:${key}`)
  if (rules.size > 0) through.push(answer.rule)
  return { permitted: { target: target.name, rule: through.join('; ') }, refusal: null }
}

const RULE_REMEDY = 'another target, or a change to the rules folder by whoever answers for it'

const ask = (
  input: DecideInput,
  snapshot: Snapshot,
  subjects: readonly Subject[],
  target: Target,
): ReturnType<Snapshot['rules']['ask']> => {
  try {
    return snapshot.rules.ask({
      key: input.principal.key,
      team: input.principal.team,
      use: input.use.name,
      tier: input.use.tier,
      level: subjects.find(({ sort }) => sort === 'level')?.key ?? input.label.level,
      kinds: subjects.filter(({ sort }) => sort === 'kind').map(({ key }) => key),
      model: input.model,
      target,
    })
  } catch {
    return { allow: false, rule: 'rule-error', reason: 'the rules could not be asked' }
  }
}

/** The loosened floors without which this target would have been refused. */
const loosenings = (subjects: readonly Subject[], target: Target, use: string): readonly string[] =>
  subjects.flatMap((subject) => {
    if (subject.loosened.use && missOf(subject.configured, target) !== null) {
      return [`loosened by use-floor:${use}:${subject.key}`]
    }
    return subject.loosened.configured && missOf(subject.builtIn, target) !== null
      ? [`loosened by floor:${subject.key}`]
      : []
  })

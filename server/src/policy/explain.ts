import {
  type Agreement,
  type DecideInput,
  type Kind,
  type Level,
  type Profile,
  type Refusal,
  SIDES,
  type Side,
  type Snapshot,
  type Way,
} from '../domain/index.ts'
import { candidatesOf, judge } from './judge.ts'
import { type Subject, subjectsIn } from './subjects.ts'

/** One floor that counts for a request, as every layer together leaves it. */
export interface FloorView {
  readonly key: Subject['key']
  readonly sort: Subject['sort']
  readonly sides: readonly Side[]
  /** Sides that are open once the values are taken out. */
  readonly pending: readonly Side[]
  /** How values are to be taken out for those. */
  readonly under: Way | null
  /** Null is anywhere. */
  readonly regions: readonly string[] | null
  readonly agreements: readonly Agreement[]
  /** Who loosened it, where somebody did. */
  readonly loosened: 'configuration' | 'use' | null
}

/** What may be done with one target and why. */
export interface CandidateView {
  readonly target: string
  /** Null for a name without a target. */
  readonly side: Side | null
  readonly model: string | null
  readonly simulated: boolean
  /** What let it through, or null. */
  readonly rule: string | null
  readonly refusal: Refusal | null
}

/** A decision with everything that led to it, for the command line and the console. Plain JSON. */
export interface Explanation {
  readonly profile: Profile
  readonly use: string
  readonly level: Level
  readonly kinds: readonly Kind[]
  readonly floors: readonly FloorView[]
  readonly candidates: readonly CandidateView[]
}

/** The same decision as `judge` makes, with its floors laid open; no floors where they cannot be told. */
export const explain = (input: DecideInput, snapshot: Snapshot): Explanation => {
  const verdict = judge(input, snapshot)
  const rules = new Map(verdict.permitted.map(({ target, rule }) => [target, rule]))
  const refusals = new Map(verdict.refusals.map((refusal) => [refusal.target, refusal]))
  return {
    profile: snapshot.profile,
    use: input.use.name,
    level: input.label.level,
    kinds: input.label.kinds,
    floors: floorsOf(input, snapshot),
    candidates: candidatesOf(input).map((name) => {
      const target = snapshot.targets.get(name)
      return {
        target: name,
        side: target?.side ?? null,
        model: target?.model ?? null,
        simulated: target?.simulated ?? false,
        rule: rules.get(name) ?? null,
        refusal: refusals.get(name) ?? null,
      }
    }),
  }
}

const floorsOf = (input: DecideInput, snapshot: Snapshot): readonly FloorView[] => {
  try {
    return subjectsIn(input, snapshot)
      .filter(
        ({ sort, effective }) =>
          sort !== 'level' || effective.sides.length < SIDES.length || narrow(effective),
      )
      .map(({ key, sort, effective, loosened }) => ({
        key,
        sort,
        sides: effective.sides,
        pending: effective.pending,
        under: effective.under,
        regions: effective.regions,
        agreements: effective.agreements,
        loosened: loosened.use ? 'use' : loosened.configured ? 'configuration' : null,
      }))
  } catch {
    return []
  }
}

const narrow = (floor: Subject['effective']): boolean => floor.regions !== null || floor.agreements.length > 0

import type { Call, DecideInput, Decision, Label, Permit, Refusal, Snapshot } from '../domain/index.ts'
import { mint } from '../domain/permit.ts'
import { canonicalJson } from '../lib/index.ts'
import { judge, refuseAll } from './judge.ts'

/** What `decide` sees of a label. */
export const summarise = (label: Label): DecideInput['label'] => ({
  level: label.level,
  kinds: label.kinds,
  conditions: label.conditions,
  raised: label.raised,
  ...(label.replaced === undefined ? {} : { replaced: label.replaced }),
})

/**
 * Permits for `call`, in the order of the candidates, and a refusal for every other candidate. Refuses all of
 * them with rule `decision-error` where `input` is not about this call: another label, another model, a use that
 * is not the snapshot's, or a call or label that could still change. Never throws.
 */
export const decide = (call: Call, label: Label, input: DecideInput, snapshot: Snapshot): Decision => {
  const permits: Permit[] = []
  let refusals: readonly Refusal[]
  try {
    const wrong = mismatch(call, label, input, snapshot)
    const verdict = wrong === null ? judge(input, snapshot) : refuseAll(input, wrong)
    refusals = verdict.refusals
    for (const { target: name, rule } of verdict.permitted) {
      const target = snapshot.targets.get(name)
      if (target === undefined) throw new TypeError('a permitted target is gone')
      permits.push(mint(call, label, target, rule))
    }
  } catch {
    return { input, permits: [], refusals: refuseAll(input, 'the decision could not be made').refusals }
  }
  return { input, permits, refusals }
}

const sameLabel = (asked: DecideInput['label'], label: Label): boolean =>
  asked.level === label.level &&
  asked.raised === label.raised &&
  same(asked.kinds, label.kinds) &&
  same(asked.replaced ?? {}, label.replaced ?? {}) &&
  same(asked.conditions, label.conditions)

const mismatch = (call: Call, label: Label, input: DecideInput, snapshot: Snapshot): string | null => {
  if (!Object.isFrozen(call) || !Object.isFrozen(call.json)) return 'the call could still be changed'
  if (!Object.isFrozen(label) || !Object.isFrozen(label.kinds) || !Object.isFrozen(label.conditions)) {
    return 'the label could still be changed'
  }
  if (!sameLabel(input.label, label)) return 'the decision was asked for another label than the call carries'
  if (input.model !== call.model) return 'the decision was asked for another model than the call names'
  const use = snapshot.uses.get(input.use.name)
  if (use === undefined) return 'the use is not in this configuration'
  const asked = input.use
  return asked.tier === use.tier && same(asked.carries, use.carries) && same(asked.floors, use.floors)
    ? null
    : 'the decision was asked for a use that this configuration words differently'
}

const same = (a: unknown, b: unknown): boolean => a === b || canonicalJson(a) === canonicalJson(b)

import {
  type Call,
  CausewayError,
  type DecideInput,
  type Decision,
  type Label,
  type Principal,
} from '../domain/index.ts'
import { decide, refusalMessage, summarise } from '../policy/index.ts'
import { nearestModels, resolve } from '../portfolio/index.ts'
import type { Crossed } from './crossing.ts'
import type { Wishes } from './identify.ts'
import type { Offer } from './offer.ts'
import type { Trace } from './trace.ts'

/** The targets that a request may mean, and how its route orders them. */
export type Resolved = NonNullable<ReturnType<typeof resolve>>

/** The one target that a client names to be sent its own words. */
const namedTarget = (trace: Trace, name: string): Resolved => {
  const target = trace.snapshot.targets.get(name)
  if (target?.passthrough === true) return { targets: [name], objective: 'ordered', weights: {}, route: null }
  if (target === undefined) {
    throw new CausewayError('unknown_model', `There is no target "${name.slice(0, 100)}" here.`)
  }
  throw new CausewayError(
    'passthrough_closed',
    `Target ${name} takes no requests in its own words; its passthrough is off.`,
    { rule: 'passthrough' },
  )
}

/** What a call's model stands for. Throws `unknown_model` or `passthrough_closed`. */
export const candidatesOf = (trace: Trace, call: Call): Resolved => {
  if (call.verbatim !== null) return namedTarget(trace, call.model)
  const found = resolve(call.model, trace.snapshot)
  if (found === null) {
    throw new CausewayError(
      'unknown_model',
      `There is no model "${call.model.slice(0, 100)}" here. There are: ${nearestModels(call.model, trace.snapshot).join(', ')}.`,
      { field: 'model' },
    )
  }
  return found
}

/** Step 5: which candidates may have the call. Nobody may is an answer too. */
export const permit = (
  trace: Trace,
  call: Call,
  label: Label,
  principal: Principal,
  { use, sides }: Wishes,
  candidates: readonly string[],
): Decision => {
  const input: DecideInput = {
    principal: { key: principal.key, team: principal.team },
    use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
    label: summarise(label),
    sides,
    model: call.model,
    candidates,
  }
  return decide(call, label, input, trace.snapshot)
}

const denied = (trace: Trace, decision: Decision, label: Label): CausewayError => {
  const left = trace.crossing?.left ?? []
  const stays =
    left.length === 0
      ? ''
      : ` Taking values out was tried and could not reach ${left.slice(0, 3).join(', ')}.`
  const verdict = { permitted: [], refusals: decision.refusals }
  const message = refusalMessage(verdict, decision.input, label.findings)
  return new CausewayError('policy_denied', `${message}${stays}`, {
    rule: decision.refusals[0]?.rule ?? 'no-candidate',
  })
}

/** Every permitted way, in the order of the candidates. Throws `policy_denied` where there is none. */
export const offersOf = (
  trace: Trace,
  call: Call,
  label: Label,
  decision: Decision,
  crossed: Crossed | null,
): readonly Offer[] => {
  const offers: Offer[] = decision.permits.map((permit) => ({ call, permit, restore: null }))
  for (const permit of crossed?.permits ?? []) {
    if (crossed !== null) offers.push({ call: crossed.call, permit, restore: crossed.reviser })
  }
  if (offers.length === 0) throw denied(trace, decision, label)
  const { candidates } = decision.input
  const place = ({ permit }: Offer): number => candidates.indexOf(permit.target.name)
  return offers.sort((a, b) => place(a) - place(b))
}

import { type Call, CausewayError, type RankInput, type Ranking, type Target } from '../domain/index.ts'
import { rankFacts } from '../portfolio/index.ts'
import { type HealthBook, rank, shortOfRoom } from '../routing/index.ts'
import { dialectFor } from './egress.ts'
import type { Offer } from './offer.ts'
import type { Resolved } from './permit.ts'
import type { Trace } from './trace.ts'

/** What is asked in a target's own words is the client's affair. */
const isFor = (target: Target, { operation, verbatim }: Call): boolean =>
  verbatim !== null || target.operations.includes(operation)

/** Step 6. Orders what is permitted only; throws `no_capable_target`, `context_too_long` or `no_healthy_target`. */
export const order = (
  health: HealthBook,
  trace: Trace,
  call: Call,
  offers: readonly Offer[],
  resolved: Resolved,
  prefers: (target: Target) => boolean,
): readonly Offer[] => {
  const able = offers.filter(({ permit }) => isFor(permit.target, call))
  const prefer = able.flatMap(({ permit }) => (prefers(permit.target) ? [permit.target.name] : []))
  const facts: Record<string, RankInput['facts'][string]> = {}
  const states: Record<string, RankInput['health'][string]> = {}
  for (const { permit } of able) {
    const { target } = permit
    facts[target.name] = rankFacts(target, resolved.route, dialectFor(call, target) === call.dialect)
    states[target.name] = health.of(target.name)
  }
  const input: RankInput = {
    objective: resolved.objective,
    needs: call.needs,
    permitted: able.map(({ permit }) => permit.target.name),
    ...(prefer.length === 0 ? {} : { prefer }),
    facts,
    health: states,
  }
  const answer = rank(input)
  trace.ranking = { input, answer }
  if (answer.order.length === 0) throw nobody(call, offers, input, answer)
  const byName = new Map(able.map((one) => [one.permit.target.name, one]))
  return answer.order.flatMap((name) => byName.get(name) ?? [])
}

const nobody = (call: Call, offers: readonly Offer[], input: RankInput, answer: Ranking): CausewayError => {
  const { unable, down } = answer
  if (down.length > 0) {
    return new CausewayError(
      'no_healthy_target',
      `No permitted target is up: ${down.map(({ target, why }) => `${target} (${why})`).join('; ')}.`,
      { after: 2000 },
    )
  }
  const lacking = unable.map(({ target, lacks }) => `${target} lacks ${lacks}`)
  const room = offers.length === unable.length ? shortOfRoom(input, answer) : null
  if (room !== null) {
    return new CausewayError(
      'context_too_long',
      `The prompt is too long: about ${room.tokens} tokens, and the maximum context length is ${room.most} (${lacking.join('; ')}).`,
    )
  }
  const cannot = offers
    .map(({ permit }) => permit.target)
    .filter((target) => !isFor(target, call))
    .map((target) => `${target.name} does not do ${call.operation}`)
  return new CausewayError(
    'no_capable_target',
    `No permitted target is able to answer: ${[...lacking, ...cannot].join('; ')}.`,
  )
}

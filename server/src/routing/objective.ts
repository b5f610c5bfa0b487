import type { Health, Needs, Objective, Price, RankInput } from '../domain/index.ts'

/** A permitted target that is able and not down, at its place in the route. */
export interface Candidate {
  readonly target: string
  readonly facts: RankInput['facts'][string]
  readonly health: Health | null
  readonly position: number
}

/** Tokens of answer to reckon with where the client sets no limit. The same for all, so that it only weighs input against output. */
const USUAL_ANSWER = 500

/** USD for this request, or null where the price is unknown, which is never zero. */
export const estimatedCost = (price: Price | null, needs: Needs): number | null => {
  if (price === null) return null
  const output = needs.outputTokens > 0 ? needs.outputTokens : USUAL_ANSWER
  const usd = (needs.inputTokens * price.input + output * price.output) / 1e6
  return Number.isFinite(usd) ? usd : null
}

/** The candidates in the objective's order; a new array. What an objective leaves open is settled by dialect, then by route. */
export const orderBy = (
  objective: Objective,
  candidates: readonly Candidate[],
  needs: Needs,
): readonly Candidate[] => {
  switch (objective) {
    case 'ordered':
      return [...candidates]
    case 'cheapest':
      return cheapest(candidates, needs)
    case 'fastest':
      return sorted(candidates, ({ health }) => health?.firstByte ?? null)
    case 'best':
      return sorted(candidates, ({ facts }) => negative(facts.quality))
    case 'weighted':
      return sorted(candidates, ({ facts }) => negative(facts.weight))
    default:
      return objective
  }
}

const negative = (value: number | null): number | null => (value === null ? null : -value)

/**
 * Price compares only targets whose quality is known and equal. Each such group keeps the places it has in the
 * route and is sorted by cost within them; a target of unknown quality, or of a quality of its own, stays where the
 * route puts it. So price never lifts a target over one that is better, or that nobody has measured it against.
 */
const cheapest = (candidates: readonly Candidate[], needs: Needs): readonly Candidate[] => {
  const out = [...candidates]
  const qualities = new Set(candidates.flatMap(({ facts }) => facts.quality ?? []))
  for (const quality of qualities) {
    const places = [...candidates.keys()].filter((place) => candidates[place]?.facts.quality === quality)
    const group = places.flatMap((place) => candidates[place] ?? [])
    const byCost = sorted(group, ({ facts }) => estimatedCost(facts.price, needs))
    for (const [index, place] of places.entries()) {
      const candidate = byCost[index]
      if (candidate !== undefined) out[place] = candidate
    }
  }
  return out
}

/** Ascending; unknown last. */
const sorted = (
  candidates: readonly Candidate[],
  measure: (candidate: Candidate) => number | null,
): readonly Candidate[] =>
  candidates
    .map((candidate) => ({ candidate, size: finite(measure(candidate)) }))
    .sort((a, b) => compare(a.size, b.size) || tie(a.candidate, b.candidate))
    .map(({ candidate }) => candidate)

const finite = (value: number | null): number =>
  value === null || !Number.isFinite(value) ? Number.POSITIVE_INFINITY : value

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

const tie = (a: Candidate, b: Candidate): number =>
  Number(b.facts.sameDialect) - Number(a.facts.sameDialect) || a.position - b.position

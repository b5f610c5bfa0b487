import type { LedgerTotal, Side } from '../../contract.ts'
import { bankOf, SIDES } from '../sides/index.ts'

export interface TargetSum {
  readonly target: string
  readonly side: Side
  readonly requests: number
}

/** The window in numbers. Every request is in exactly one of home, crossed, refused, failed and left. */
export interface Sums {
  readonly requests: number
  /** Answered on the own or attested side. */
  readonly home: number
  /** Answered on the rented or closed side. */
  readonly crossed: number
  readonly refused: number
  readonly failed: number
  /** The client left before the end. */
  readonly left: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Sum of what is known; null where not one cost is. */
  readonly nanos: number | null
  readonly estimated: boolean
  readonly unknownCosts: number
  /** What each target answered, most first. */
  readonly targets: readonly TargetSum[]
}

const isSide = (side: string | null): side is Side => SIDES.some((known) => known === side)

export const sumUp = (totals: readonly LedgerTotal[]): Sums => {
  const of = (pick: (total: LedgerTotal) => number, keep: (total: LedgerTotal) => boolean = () => true) =>
    totals.reduce((sum, total) => (keep(total) ? sum + pick(total) : sum), 0)
  const requests = (total: LedgerTotal): number => total.requests
  const answeredOn = (bank: 'home' | 'far') => (total: LedgerTotal) =>
    total.outcome === 'answered' && isSide(total.side) && bankOf(total.side) === bank
  const all = of(requests)
  const refused = of(requests, (total) => total.outcome === 'refused')
  const unknownCosts = of((total) => total.unknownCosts)
  return {
    requests: all,
    home: of(requests, answeredOn('home')),
    crossed: of(requests, answeredOn('far')),
    refused,
    failed: of(requests, (total) => total.outcome === 'failed'),
    left: of(requests, (total) => total.outcome === 'client-closed'),
    inputTokens: of((total) => total.input),
    outputTokens: of((total) => total.output),
    nanos: unknownCosts > 0 && unknownCosts === all - refused ? null : of((total) => total.nanos),
    estimated: of((total) => total.estimatedCosts) > 0,
    unknownCosts,
    targets: byTarget(totals),
  }
}

const byTarget = (totals: readonly LedgerTotal[]): readonly TargetSum[] => {
  const sums = new Map<string, TargetSum>()
  for (const { target, side, outcome, requests } of totals) {
    if (outcome !== 'answered' || target === null || !isSide(side)) continue
    const key = `${side} ${target}`
    sums.set(key, { target, side, requests: (sums.get(key)?.requests ?? 0) + requests })
  }
  return [...sums.values()].sort((a, b) => b.requests - a.requests || (a.target < b.target ? -1 : 1))
}

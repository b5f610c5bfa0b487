import type { Counters, Principal } from '../domain/index.ts'

/**
 * Takes one request from each of the key's rates. Null where all allow it, else the milliseconds until they
 * would. Strictest first, so that a request turned away has cost the other rates as little as can be.
 */
export const checkRates = (principal: Principal, counters: Counters): number | null => {
  const rates = principal.rates.toSorted((a, b) => a.requests / a.per - b.requests / b.per)
  for (const rate of rates) {
    const wait = counters.take(principal.key, rate.requests, rate.per)
    if (wait !== null) return Math.max(1, Math.ceil(wait))
  }
  return null
}

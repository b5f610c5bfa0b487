import type { Clock } from '../domain/index.ts'

/** How many further attempts requests may make together. */
export interface RetryBudget {
  /** A client's request has come. */
  request(): void
  /** Takes one further attempt; false where the budget is spent and the request has to end with what it has. */
  take(): boolean
}

const SPAN = 60_000
const SLOTS = 60

/**
 * None is given that would make the further attempts of the last 60 seconds more than `share` of the requests in
 * them, or more than `least` where that is more. So a total outage costs the upstreams 1.2 attempts a request and
 * not one per target, while a quiet installation can still fail over.
 */
export const createRetryBudget = (
  clock: Clock,
  { share = 0.2, least = 10 }: { readonly share?: number; readonly least?: number } = {},
): RetryBudget => {
  const slots = Array.from({ length: SLOTS }, () => ({ second: -1, requests: 0, retries: 0 }))
  const slotNow = (): (typeof slots)[number] => {
    const second = Math.floor((clock.ticks() / SPAN) * SLOTS)
    const slot = slots[second % SLOTS] ?? { second, requests: 0, retries: 0 }
    if (slot.second !== second) {
      slot.second = second
      slot.requests = 0
      slot.retries = 0
    }
    return slot
  }
  return {
    request() {
      slotNow().requests += 1
    },
    take() {
      const current = slotNow()
      let requests = 0
      let retries = 0
      for (const slot of slots) {
        if (current.second - slot.second >= SLOTS || slot.second < 0) continue
        requests += slot.requests
        retries += slot.retries
      }
      if (retries + 1 > Math.max(least, share * requests)) return false
      current.retries += 1
      return true
    },
  }
}

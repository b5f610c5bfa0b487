import type { Clock, Counters } from '../../domain/index.ts'

/** Times of the last `limit` takes, oldest overwritten first. Grows as it is used. */
interface Ring {
  times: Float64Array
  next: number
  filled: number
  window: number
}

const FIRST_SIZE = 16
const SWEEP_AT = 10_000

const newest = (ring: Ring): number =>
  ring.filled === 0
    ? Number.NEGATIVE_INFINITY
    : (ring.times[(ring.next + ring.times.length - 1) % ring.times.length] ?? 0)

/** A larger ring with the same times in order. Only called when the ring is full. */
const grow = (ring: Ring, limit: number): void => {
  const times = new Float64Array(Math.min(limit, ring.times.length * 2))
  const older = ring.times.subarray(ring.next)
  times.set(older)
  times.set(ring.times.subarray(0, ring.next), older.length)
  ring.next = ring.times.length
  ring.times = times
}

/**
 * Counters of one process. It keeps the time of each take and looks at the whole window, because a bucket
 * that refills lets through up to twice its size across a window's edge, and a limit is a promise.
 */
export const createMemoryCounters = (clock: Pick<Clock, 'ticks'>): Counters => {
  const rings = new Map<string, Ring>()

  const sweep = (now: number): void => {
    for (const [key, ring] of rings) if (newest(ring) + ring.window <= now) rings.delete(key)
  }

  return {
    take(key, limit, perSeconds) {
      const now = clock.ticks()
      const window = perSeconds * 1000
      if (!(limit >= 1)) return window
      const most = Math.floor(limit)
      const name = `${most}/${perSeconds}/${key}`
      let ring = rings.get(name)
      if (ring === undefined) {
        if (rings.size >= SWEEP_AT) sweep(now)
        ring = { times: new Float64Array(Math.min(most, FIRST_SIZE)), next: 0, filled: 0, window }
        rings.set(name, ring)
      }
      if (ring.filled === most) {
        const wait = (ring.times[ring.next] ?? 0) + window - now
        if (wait > 0) return wait
      } else if (ring.filled === ring.times.length) {
        grow(ring, most)
      }
      ring.times[ring.next] = now
      ring.next = (ring.next + 1) % ring.times.length
      ring.filled = Math.min(most, ring.filled + 1)
      return null
    },
  }
}

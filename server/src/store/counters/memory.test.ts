import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createMemoryCounters } from './memory.ts'

const byHand = () => {
  let now = 0
  const counters = createMemoryCounters({ ticks: () => now })
  return {
    counters,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    now: () => now,
  }
}

test('lets the limit through at once, then says how long to wait, and the wait is exact', () => {
  const { counters, pass } = byHand()
  for (let i = 0; i < 3; i += 1) assert.equal(counters.take('a', 3, 10), null)
  assert.equal(counters.take('a', 3, 10), 10_000)
  pass(9_999)
  assert.equal(counters.take('a', 3, 10), 1)
  pass(1)
  assert.equal(counters.take('a', 3, 10), null)
})

test('keys and rates do not know of each other', () => {
  const { counters } = byHand()
  assert.equal(counters.take('a', 1, 10), null)
  assert.equal(counters.take('b', 1, 10), null)
  assert.equal(counters.take('a', 1, 60), null)
  assert.notEqual(counters.take('a', 1, 10), null)
})

test('a limit below one, or that is no number, lets nothing through', () => {
  const { counters } = byHand()
  for (const limit of [0, -1, 0.5, Number.NaN]) assert.equal(counters.take('a', limit, 10), 10_000)
})

test('never more than the limit in any window, never fewer than could be, and the wait told is right', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 6000 })), {
        minLength: 1,
        maxLength: 300,
      }),
      (limit, seconds, pauses) => {
        const { counters, pass, now } = byHand()
        const admitted: number[] = []
        for (const pause of pauses) {
          pass(pause)
          const within = admitted.filter((time) => time > now() - seconds * 1000).length
          const wait = counters.take('a', limit, seconds)
          assert.equal(wait === null, within < limit)
          if (wait === null) admitted.push(now())
          else assert.equal(now() + wait, (admitted.at(-limit) ?? 0) + seconds * 1000)
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('idle keys are forgotten, busy ones are not', () => {
  const { counters, pass } = byHand()
  for (let i = 0; i < 10_000; i += 1) counters.take(`idle ${i}`, 1, 1)
  pass(2000)
  counters.take('busy', 1, 10)
  for (let i = 0; i < 10_000; i += 1) counters.take(`idle ${i}`, 1, 1)
  assert.notEqual(counters.take('busy', 1, 10), null)
})

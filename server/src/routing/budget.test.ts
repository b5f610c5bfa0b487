import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createRetryBudget } from './index.ts'

const clockAt = (start = 5_000) => {
  let time = start
  return {
    now: () => time,
    ticks: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds
    },
  }
}

const taken = (take: () => boolean, tries: number): number =>
  Array.from({ length: tries }, take).filter(Boolean).length

test('a quiet installation can fail over', () => {
  const budget = createRetryBudget(clockAt())
  budget.request()
  assert.equal(taken(budget.take, 50), 10)
})

test('a busy one gets a fifth', () => {
  const budget = createRetryBudget(clockAt())
  for (let count = 0; count < 1000; count += 1) budget.request()
  assert.equal(taken(budget.take, 1000), 200)
})

test('after a minute both requests and attempts are forgotten', () => {
  const clock = clockAt()
  const budget = createRetryBudget(clock)
  for (let count = 0; count < 1000; count += 1) budget.request()
  assert.equal(taken(budget.take, 1000), 200)
  clock.pass(59_000)
  assert.equal(budget.take(), false)
  clock.pass(1_000)
  assert.equal(taken(budget.take, 50), 10)
  for (let count = 0; count < 1000; count += 1) budget.request()
  clock.pass(90_500)
  assert.equal(taken(budget.take, 50), 10)
})

test('a clock at its beginning works', () => {
  assert.equal(createRetryBudget(clockAt(0)).take(), true)
})

test('in a total outage no attempt goes beyond 1.2 a request of the last minute, whatever the traffic', () => {
  const seconds = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(seconds, (traffic) => {
      const clock = clockAt(0)
      const budget = createRetryBudget(clock)
      const requests: number[] = []
      const retries: number[] = []
      for (const count of traffic) {
        let more = 0
        for (let one = 0; one < count; one += 1) {
          budget.request()
          more += taken(budget.take, 3)
        }
        requests.push(count)
        retries.push(more)
        const sum = (values: number[]) => values.slice(-60).reduce((all, each) => all + each, 0)
        if (more > 0) assert.ok(sum(retries) <= Math.max(10, 0.2 * sum(requests)))
        clock.pass(1000)
      }
    }),
    { numRuns: 100, seed: 1 },
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { timeId } from './ids.ts'

/** Milliseconds that ten characters of base32 can hold. */
const LAST = 32 ** 10 - 1

test('a prefix and 26 characters of Crockford base32 in lower case: no i, l, o, u', () => {
  assert.match(timeId('cw_', 1_750_000_000_000), /^cw_[0-9a-hjkmnp-tv-z]{26}$/)
  assert.match(timeId('', 0), /^0{10}[0-9a-hjkmnp-tv-z]{16}$/)
})

test('ids sort by time', () => {
  const time = fc.integer({ min: 0, max: LAST })
  fc.assert(
    fc.property(time, time, (a, b) => {
      if (a < b) assert.ok(timeId('cw_', a) < timeId('cw_', b))
    }),
  )
  assert.ok(timeId('', LAST).startsWith('z'.repeat(10)))
})

test('ids of one millisecond differ, also across the refills of the random pool', () => {
  const many = 2000
  const ids = new Set(Array.from({ length: many }, () => timeId('cw_', 1)))
  assert.equal(ids.size, many)
})

test('every character of the alphabet turns up in the random part', () => {
  const seen = new Set(Array.from({ length: 500 }, () => timeId('', 0).slice(10)).join(''))
  assert.equal(seen.size, 32)
})

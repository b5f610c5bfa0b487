import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measurePseudonyms } from './pseudonyms.ts'

test('over conversations in many languages nothing is sent, almost all comes back, nothing comes back wrong', () => {
  const counted = measurePseudonyms(68)
  const told = counted.examples.join('\n')
  assert.ok(counted.standIns > 1_000)
  assert.equal(counted.sent, 0, told)
  assert.equal(counted.wrong, 0, told)
  assert.equal(counted.left, 0)
  assert.ok(counted.restored >= 0.99 * counted.standIns, told)
})

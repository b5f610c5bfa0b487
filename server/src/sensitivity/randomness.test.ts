import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStandIn } from './randomness.ts'

test('a count alone stands in for a secret; before a random part it does not', () => {
  for (const value of [
    '1234567890',
    'abcdef1234567890',
    '1234567890abcdefghijklmn',
    'your-key',
    'aaaaaaaaaaaaaaaa',
  ]) {
    assert.equal(isStandIn(value), true, value)
  }
  for (const value of ['123456789012-123456789012-6YjVLwcuC9kwUYrprFBxZ63Y', '12345678-Kq9vTz2LmWx4RbNp']) {
    assert.equal(isStandIn(value), false, value)
  }
})

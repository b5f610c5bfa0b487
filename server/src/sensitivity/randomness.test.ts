import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDrawn, isStandIn, strangenessOf } from './randomness.ts'

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

test('words that stand for a secret count only as words: chance writes "my" and "MY" too', () => {
  for (const value of ['my-secret-key-0001', 'YOUR_API_KEY_0001', 'sk-replace-this-please', 'AKIA0EXAMPLE']) {
    assert.equal(isStandIn(value), true, value)
  }
  for (const value of ['pa-Xq3my6S3yPIxTn0XMZ', 'xvcQ7fAMyCnwxPoDw0Uv'])
    assert.equal(isStandIn(value), false, value)
})

test('names lie below, what is drawn above', () => {
  for (const name of [
    'getElementsByTagNameNS',
    'my-awesome-project-name',
    'createHmacSha256Signature',
    'Donaudampfschifffahrtsgesellschaft',
    'kSecAttrAccessibleWhenUnlocked',
    'x86_64-unknown-linux-gnu',
  ]) {
    assert.ok(strangenessOf(name) < 0.3, name)
    assert.equal(isDrawn(name), false, name)
  }
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  let seed = 3
  let drawn = 0
  for (let i = 0; i < 500; i += 1) {
    let value = ''
    while (value.length < 32) {
      seed = (seed * 1103515245 + 12345) % 2147483648
      value += letters.charAt(Math.floor((seed / 2147483648) * letters.length))
    }
    if (isDrawn(value)) drawn += 1
  }
  assert.ok(drawn >= 490, `${drawn} of 500`)
  assert.equal(strangenessOf(''), 0)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openText, sealText } from './seal.ts'

const key = new Uint8Array(32).fill(7)

test('what is sealed opens with its key under its name, and with nothing else', () => {
  const sealed = sealText('three words, ünï', key, 'one')
  assert.equal(openText(sealed, key, 'one'), 'three words, ünï')
  assert.equal(openText(sealed, key, 'two'), null)
  assert.equal(openText(sealed, new Uint8Array(32).fill(8), 'one'), null)
  assert.equal(openText(sealed.subarray(0, 20), key, 'one'), null)
})

test('no byte of it can be changed', () => {
  const sealed = sealText('three words', key, 'one')
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte))
    assert.equal(openText(changed, key, 'one'), null, String(index))
  }
})

test('a key of the wrong length is refused', () => {
  assert.throws(() => sealText('x', new Uint8Array(16), 'one'), RangeError)
  assert.throws(() => openText(new Uint8Array(40), new Uint8Array(16), 'one'), RangeError)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson, sha256Hex } from './canonical.ts'

/** The same JSON value with the keys of every object in reverse order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, unknown] => [key, reversed(member)])
      .reverse(),
  )
}

test('keys stand in code-unit order at every depth, members of arrays stay where they are', () => {
  assert.equal(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }, 'x'] }), '{"a":[{"c":3,"d":2},"x"],"b":1}')
  assert.equal(
    canonicalJson({ é: 1, z: 2, Z: 3, '\u{1f600}': 4, '\uffff': 5 }),
    '{"Z":3,"z":2,"é":1,"😀":4,"￿":5}',
  )
})

test('undefined members are left out; undefined in an array is null, as JSON has it', () => {
  assert.equal(canonicalJson({ a: undefined, b: null }), '{"b":null}')
  assert.equal(canonicalJson([undefined, 1]), '[null,1]')
})

test('a key called __proto__ is data', () => {
  const value: unknown = JSON.parse('{"__proto__":{"x":1},"a":2}')
  assert.equal(canonicalJson(value), '{"__proto__":{"x":1},"a":2}')
})

test('the order of keys makes no difference, and the text reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      assert.equal(canonicalJson(reversed(value)), text)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('different values give different texts', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = canonicalJson(a) === canonicalJson(b)
      assert.equal(same, canonicalJson(JSON.parse(JSON.stringify(a))) === canonicalJson(b))
      if (JSON.stringify(a) === JSON.stringify(b)) assert.ok(same)
    }),
  )
  for (const [a, b] of [
    [1, '1'],
    [[], {}],
    [null, 'null'],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: 1 }, { a: 1, b: null }],
  ]) {
    assert.notEqual(canonicalJson(a), canonicalJson(b))
  }
})

test('SHA-256 of the published vectors (FIPS 180-4 examples), text taken as UTF-8', () => {
  assert.equal(sha256Hex(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.equal(sha256Hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.notEqual(sha256Hex('é'), sha256Hex('e'))
})

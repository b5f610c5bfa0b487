import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deepFreeze } from './freeze.ts'

test('freezes every level in place and gives the same object back', () => {
  const value = { a: [{ b: 'x' }], c: { d: { e: 1 } } }
  assert.equal(deepFreeze(value), value)
  assert.throws(() => Object.assign(value.c.d, { e: 2 }), TypeError)
  assert.throws(() => value.a.push({ b: 'y' }), TypeError)
  const first = value.a[0]
  assert.ok(first !== undefined && Object.isFrozen(first))
})

test('leaves primitives as they are', () => {
  for (const value of [1, 'x', true, null, undefined]) assert.equal(deepFreeze(value), value)
})

test('refuses what cannot be frozen, instead of only seeming to', () => {
  for (const value of [
    new Map(),
    new Set(),
    new Uint8Array(2),
    Buffer.from('x'),
    new DataView(new ArrayBuffer(1)),
  ]) {
    assert.throws(() => deepFreeze({ inside: [value] }), TypeError)
  }
})

test('survives a cycle', () => {
  const value: { self?: unknown } = {}
  value.self = value
  assert.ok(Object.isFrozen(deepFreeze(value)))
})

test('an outside that is frozen already does not hide an inside that is not', () => {
  const inside = { open: [1] }
  deepFreeze(Object.freeze({ a: Object.freeze([inside]) }))
  assert.throws(() => inside.open.push(2), TypeError)
  assert.throws(() => deepFreeze(Object.freeze(new Map())), TypeError)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Lru } from './lru.ts'

test('what was used longest ago goes first, and reading counts as use', () => {
  const lru = new Lru<string, number>(2)
  lru.set('a', 1)
  lru.set('b', 2)
  assert.equal(lru.get('a'), 1)
  lru.set('c', 3)
  assert.equal(lru.get('b'), undefined)
  assert.equal(lru.get('a'), 1)
  assert.equal(lru.get('c'), 3)
  assert.equal(lru.size, 2)
})

test('a heavy entry pushes out as many light ones as it needs', () => {
  const lru = new Lru<string, string>(10)
  for (const key of ['a', 'b', 'c', 'd']) lru.set(key, key, 3)
  assert.equal(lru.size, 3)
  lru.set('e', 'e', 8)
  assert.deepEqual([lru.size, lru.get('e'), lru.get('d')], [1, 'e', undefined])
})

test('an entry heavier than the limit is not kept, and takes its older self with it', () => {
  const lru = new Lru<string, number>(4)
  lru.set('a', 1)
  lru.set('a', 2, 5)
  assert.equal(lru.get('a'), undefined)
  assert.equal(lru.size, 0)
  lru.set('b', 3, 4)
  assert.equal(lru.get('b'), 3)
})

test('replacing an entry replaces its weight', () => {
  const lru = new Lru<string, number>(4)
  lru.set('a', 1, 4)
  lru.set('a', 2, 1)
  lru.set('b', 3, 3)
  assert.equal(lru.get('a'), 2)
  assert.equal(lru.get('b'), 3)
})

test('a limit of nothing keeps nothing', () => {
  const lru = new Lru<string, number>(0)
  lru.set('a', 1)
  assert.equal(lru.size, 0)
})

interface Entry {
  readonly key: number
  readonly value: number
  readonly weight: number
}

test('it behaves like a plain list kept by hand, whatever is done to it', () => {
  const step = fc.record({
    write: fc.boolean(),
    key: fc.integer({ min: 0, max: 7 }),
    weight: fc.integer({ min: 1, max: 6 }),
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
      const lru = new Lru<number, number>(limit)
      let model: Entry[] = []
      for (const [value, { write, key, weight }] of steps.entries()) {
        const old = model.find((entry) => entry.key === key)
        model = model.filter((entry) => entry.key !== key)
        if (write) {
          lru.set(key, value, weight)
          if (weight <= limit) model.push({ key, value, weight })
          while (model.reduce((sum, entry) => sum + entry.weight, 0) > limit) model.shift()
        } else {
          assert.equal(lru.get(key), old?.value)
          if (old !== undefined) model.push(old)
        }
        assert.equal(lru.size, model.length)
      }
    }),
  )
})

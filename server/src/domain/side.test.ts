import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join, KINDS, LEVELS, levelOfKind } from './side.ts'

test('join is the least upper bound: commutative, associative, idempotent, with public at the bottom', () => {
  for (const a of LEVELS) {
    assert.equal(join(a, a), a)
    assert.equal(join(a, 'public'), a)
    assert.equal(join(a, 'restricted'), 'restricted')
    for (const b of LEVELS) {
      assert.equal(join(a, b), join(b, a))
      assert.ok(LEVELS.indexOf(join(a, b)) >= LEVELS.indexOf(a))
      for (const c of LEVELS) assert.equal(join(join(a, b), c), join(a, join(b, c)))
    }
  }
})

test('contact, source code and internal are confidential, every other kind restricted', () => {
  const confidential = KINDS.filter((kind) => levelOfKind(kind) === 'confidential')
  assert.deepEqual(confidential, ['contact', 'source_code', 'internal'])
  assert.deepEqual(
    KINDS.filter((kind) => levelOfKind(kind) === 'restricted'),
    ['secret', 'identity', 'payment', 'health', 'financial', 'contract'],
  )
})

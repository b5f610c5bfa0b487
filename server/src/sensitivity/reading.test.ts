import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { read } from './reading.ts'

test('runs are those of sixteen and more of what base64 is written with', () => {
  const piece = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'Z', '0', '+', '/', '_', '-', '='), maxLength: 24 }),
    fc.constantFrom(' ', '.', '@', 'é', '\n', '\0'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      const expected = Array.from(text.matchAll(/[\w+/=-]{16,}/g), ({ index, 0: run }) => [
        index,
        index + run.length,
      ])
      assert.deepEqual(read(text).runs, expected.flat())
    }),
  )
})

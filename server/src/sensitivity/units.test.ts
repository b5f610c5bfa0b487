import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { read } from './reading.ts'
import { detached, unitsOf } from './units.ts'

const unitsBy = (text: string): number[] => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))

const isCopied = (text: string): void => {
  assert.deepEqual([...unitsOf(text).subarray(0, text.length + 1)], [...unitsBy(text), 0])
}

test('the units are those of the text, whatever was asked for before', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 90 }), { maxLength: 6 }), (texts) => {
      for (const text of texts) isCopied(text)
      for (const text of texts) isCopied(text.repeat(3).slice(1))
    }),
  )
})

test('halves of pairs are kept, in short texts and in long ones', () => {
  for (const length of [1, 40, 47, 48, 49, 500]) isCopied(`\udc00${'a'.repeat(length)}\ud800`)
})

test('what a longer text left behind is no part of a shorter one', () => {
  isCopied('x'.repeat(20_000))
  for (const length of [4_095, 4_096, 4_097, 3, 0]) isCopied('y'.repeat(length))
})

test('texts of one length are told apart', () => {
  isCopied('a'.repeat(60))
  isCopied(`${'a'.repeat(59)}b`)
})

test('a reading is its own, whatever is read after it', () => {
  const reading = read('passport 123456789 of ana@example.org')
  const before = [[...reading.tokens], [...reading.ats], reading.words('passport'), reading.has('passport')]
  read('iban card phone 99 @ '.repeat(400))
  const after = [[...reading.tokens], [...reading.ats], reading.words('passport'), reading.has('passport')]
  assert.deepEqual(after, before)
  assert.equal(reading.near('passport', 9, 18, 4), true)
  assert.equal(reading.has('card'), false)
  assert.equal(read('nothing here').has('card'), false)
})

test('a text detached from the one it is a part of is the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (text) => {
      assert.equal(detached(text), text)
    }),
  )
  for (const text of ['', 'a'.repeat(500), 'é', 'aд手', '\udc00a\ud800']) assert.equal(detached(text), text)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { codePoints } from './code-points.ts'

describe('offsets in code points', () => {
  for (const text of [
    '',
    'plain',
    'Grüße 世界',
    '😀 a 😀😀 b',
    '👨‍👩‍👧 family',
    `lone \ud800 half \udc00 and 😀`,
  ]) {
    test(`agree with counting, both ways: ${JSON.stringify(text)}`, () => {
      const points = codePoints(text)
      assert.equal(points.length, [...text].length)
      let unit = 0
      let point = 0
      for (const character of [...text, '']) {
        assert.equal(points.toPoint(unit), point)
        assert.equal(points.toUnit(point), unit)
        unit += character.length
        point += 1
      }
    })
  }

  test('offsets outside the text, and between whole numbers, throw', () => {
    const points = codePoints('a😀')
    for (const wrong of [-1, 4, 0.5, Number.NaN]) assert.throws(() => points.toPoint(wrong), RangeError)
    for (const wrong of [-1, 3, 0.5, Number.POSITIVE_INFINITY])
      assert.throws(() => points.toUnit(wrong), RangeError)
  })
})

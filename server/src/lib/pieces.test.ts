import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { piecesOf } from './pieces.ts'

const rebuilt = (text: string, most: number, overlap: number): string => {
  let whole = ''
  for (const piece of piecesOf(text, most, overlap)) {
    assert.ok(piece.text.length <= most)
    assert.equal(text.slice(piece.start, piece.start + piece.text.length), piece.text)
    assert.ok(piece.start <= whole.length, 'no gap')
    whole = whole.slice(0, piece.start) + piece.text
  }
  return whole
}

describe('a text in pieces', () => {
  test('a short one is one piece', () => {
    assert.deepEqual(piecesOf('hello', 10, 2), [{ start: 0, text: 'hello' }])
    assert.deepEqual(piecesOf('', 10, 2), [{ start: 0, text: '' }])
  })

  test('pieces make the whole again, cut after blanks', () => {
    const text = 'alpha beta gamma delta epsilon zeta eta theta iota kappa'.repeat(20)
    assert.equal(rebuilt(text, 40, 8), text)
    assert.match(piecesOf(text, 40, 0)[0]?.text ?? '', / $/)
  })

  test('what is no longer than the overlap stands whole in a piece, wherever it stands', () => {
    for (let at = 0; at < 60; at += 1) {
      const text = `${'x'.repeat(at)}NEEDLE${'y'.repeat(80)}`
      assert.ok(
        piecesOf(text, 20, 6).some((piece) => piece.text.includes('NEEDLE')),
        `at ${at}`,
      )
    }
  })

  test('no character is cut in two, with and without blanks', () => {
    for (const text of ['😀'.repeat(50), `a${'😀'.repeat(50)}`, '😀 b'.repeat(30)]) {
      for (const most of [7, 8, 9, 10]) {
        assert.equal(rebuilt(text, most, 2), text)
        for (const piece of piecesOf(text, most, 2)) assert.ok(piece.text.isWellFormed())
      }
    }
  })

  test('an overlap that would never come to an end is refused', () => {
    assert.throws(() => piecesOf('x'.repeat(100), 10, 5), RangeError)
  })
})

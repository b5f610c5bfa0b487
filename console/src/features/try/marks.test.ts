import { expect, test } from 'vitest'
import type { Finding } from '../../contract.ts'
import { piecesOf } from './marks.ts'

const found = (start: number, end: number, path = 'messages[0].content'): Finding => ({
  kind: 'contact',
  type: 'PERSON',
  path,
  start,
  end,
  confidence: 0.9,
  reason: 'made up',
  masked: '••••',
})

test('the pieces are the text, each once and in order, whatever overlaps', () => {
  const text = 'Mail to 😀 Ada Lovelace, 12 Row, today'
  const cases: readonly (readonly Finding[])[] = [
    [],
    [found(0, 4)],
    [found(11, 23), found(11, 14), found(13, 30)],
    [found(0, text.length), found(11, 23)],
    [found(5, 5), found(-3, 2), found(30, 9000)],
  ]
  for (const findings of cases)
    expect(
      piecesOf(text, findings)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
})

test('of findings over one another the narrowest has the colour, and each number stands where it begins', () => {
  const pieces = piecesOf('Ada Lovelace, Row 12', [found(0, 20), found(0, 12), found(14, 20)])
  expect(pieces.map(({ text, by, begins }) => [text, by, begins])).toEqual([
    ['Ada Lovelace', 1, [0, 1]],
    [', ', 0, []],
    ['Row 12', 2, [2]],
  ])
})

test('what stands elsewhere than in the text itself is not marked in it', () => {
  const inside = [found(0, 3, 'messages[0].content{}.name'), found(0, 3, 'messages[*]')]
  expect(piecesOf('Ada', inside).map(({ by }) => by)).toEqual([null])
})

test('a long text is cut between its findings, and says how much is left out', () => {
  const text = `${'a'.repeat(20_000)}Ada${'b'.repeat(50_000)}Bob${'c'.repeat(100)}`
  const pieces = piecesOf(text, [found(20_000, 20_003), found(70_003, 70_006)])
  expect(pieces.reduce((sum, piece) => sum + piece.text.length + piece.omitted, 0)).toBe(text.length)
  expect(pieces.map(({ text: { length }, omitted }) => [length, omitted])).toEqual([
    [300, 0],
    [0, 19_400],
    [300, 0],
    [3, 0],
    [300, 0],
    [0, 49_400],
    [300, 0],
    [3, 0],
    [100, 0],
  ])
  for (const { start, text: part } of pieces) expect(text.slice(start, start + part.length)).toBe(part)
  expect(piecesOf('x'.repeat(1_000_000), []).map(({ omitted }) => omitted)).toEqual([0, 992_000])
})

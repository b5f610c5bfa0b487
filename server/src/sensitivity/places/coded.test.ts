import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codedAt } from './coded.ts'

/** What is read from the last run of letters and digits in a text. */
const placeOf = (text: string): string | null => {
  const last = /[A-Za-z\d]+$/.exec(text)
  if (last === null) return null
  const found = codedAt(text, last.index, text.length, 0)
  return found === null ? null : text.slice(found.start, found.end)
}

test('a place is followed back from its postcode', () => {
  for (const [text, place] of [
    ['Ship it to Provo, UT 84601', 'Provo, UT 84601'],
    [
      'We moved to Rose Cottage, Church Lane, Wherwell SP11 7JD',
      'Rose Cottage, Church Lane, Wherwell SP11 7JD',
    ],
    ['reach us in Ottawa, ON K1P 5A0', 'Ottawa, ON K1P 5A0'],
    ['mail goes to 381 mohr lake, port dannie, ks 16679', '381 mohr lake, port dannie, ks 16679'],
    [
      'to Plot No. 45, Sector 18, Gurugram, Haryana 122015',
      'Plot No. 45, Sector 18, Gurugram, Haryana 122015',
    ],
  ] as const)
    assert.equal(placeOf(text), place, text)
})

test('numbers and letters of the same form are no place', () => {
  for (const text of [
    'datetime(2008, 1, 7, 5, 30, 30, 345323',
    'order 84601',
    'the value XX 84601',
    'build 122015',
    'error UT 84601',
    'my postcode is M1 4BT',
  ])
    assert.equal(placeOf(text), null, text)
})

test('no place is followed back over the end of the last one', () => {
  const text = 'Provo, UT 84601, Ogden, UT 84401'
  const found = codedAt(text, text.length - 5, text.length, 15)
  assert.equal(found === null ? null : text.slice(found.start, found.end), 'Ogden, UT 84401')
})

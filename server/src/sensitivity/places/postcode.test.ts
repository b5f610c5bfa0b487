import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LINE, lex, NUMBER, WORD } from './lexer.ts'
import { postcodeAt } from './postcode.ts'

test('a postcode is read whole, and names its country where only one writes so', () => {
  for (const [text, code, country] of [
    ['SW1A 2AA London', 'SW1A 2AA', 'GB'],
    ['V6B 4Y8', 'V6B 4Y8', 'CA'],
    ['90210-1234 x', '90210-1234', 'US'],
    ['01310-100', '01310-100', 'BR'],
    ['4050-036 Porto', '4050-036', 'PT'],
    ['00-950 Warszawa', '00-950', 'PL'],
    ['1015 CT Amsterdam', '1015 CT', 'NL'],
    ['CH-8001 Zürich', 'CH-8001', undefined],
    ['111 34 Stockholm', '111 34', undefined],
    ['10115 Berlin', '10115', undefined],
  ] as const) {
    const found = postcodeAt(text, 0)
    assert.equal(text.slice(0, found?.end), code, text)
    assert.equal(found?.country, country, text)
  }
  for (const text of ['12', '1234567', '12345.6', '12345/7', 'ABC', ''])
    assert.equal(postcodeAt(text, 0), null, text)
})

test('the lexer covers every character but blanks once, in order', () => {
  const text = "12b O'Neil-Straße 5/7,\n\tZürich 8001 s/n · №4"
  const tokens = lex(text, 0, text.length)
  let behind = 0
  for (let i = 0; i < tokens.sorts.length; i += 1) {
    assert.equal(text.slice(behind, tokens.starts[i]).trim(), '')
    behind = tokens.ends[i] ?? 0
  }
  assert.equal(text.slice(behind).trim(), '')
  const of = (sort: number) =>
    [...tokens.starts].flatMap((start, i) =>
      tokens.sorts[i] === sort ? [text.slice(start, tokens.ends[i])] : [],
    )
  assert.deepEqual(of(NUMBER), ['12b', '5/7', '8001', 's/n', '4'])
  assert.deepEqual(of(WORD), ["O'Neil-Straße", 'Zürich'])
  assert.equal(of(LINE).length, 1)
})

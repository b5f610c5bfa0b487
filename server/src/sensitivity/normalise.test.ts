import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeEscaped, decodeRuns } from './decode.ts'
import { normalise } from './normalise.ts'
import { read } from './reading.ts'
import { sight } from './sight.ts'

const IBAN = 'DE89370400440532013000'
const types = (text: string) => sight(text).map(({ type, start, end }) => [type, text.slice(start, end)])

test('plain text is left alone', () => {
  for (const text of ['', 'hello', 'Größe, façade, naïve', 'Привет, мир', 'สวัสดี', '你好', 'a b']) {
    assert.equal(normalise(text), null, text)
  }
})

test('disguises come off, and offsets lead back', () => {
  const disguises: readonly (readonly [string, string])[] = [
    ['a\u200bb\u00adc', 'abc'],
    ['\uff11\uff12\uff13\uff21', '123A'],
    ['\u0661\u0662\u0663', '123'],
    ['ра55word', 'pa55word'],
    ['𝟏𝟐𝟑', '123'],
    ['ﬁx', 'fix'],
  ]
  for (const [disguised, plain] of disguises) {
    const rewritten = normalise(`> ${disguised} <`)
    assert.ok(rewritten !== null, disguised)
    assert.equal(rewritten.text, `> ${plain} <`)
    assert.deepEqual(rewritten.origin(2, 2 + plain.length), [2, 2 + disguised.length])
  }
})

test('offsets stay within the text whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const rewritten = normalise(text)
      if (rewritten === null || rewritten.text === '') return
      const [start, end] = rewritten.origin(0, rewritten.text.length)
      assert.ok(start >= 0 && start < end && end <= text.length)
    }),
  )
})

test('a disguised number is found where it stands', () => {
  const wide = IBAN.replaceAll(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
  const split = IBAN.replaceAll(/(..)/g, '$1\u200b')
  for (const value of [
    wide,
    split,
    encodeURIComponent('käse ') + IBAN,
    `&#68;${IBAN.slice(1)}`,
    `\\u0044${IBAN.slice(1)}`,
  ]) {
    const found = types(`konto ${value} bitte`)
    assert.ok(
      found.some(([type, shown]) => type === 'IBAN' && value.includes(shown ?? '-')),
      `${value}: ${JSON.stringify(found)}`,
    )
  }
})

test('base64 and hexadecimal are opened twice deep, on the whole run', () => {
  const once = Buffer.from(`please pay ${IBAN} today`).toString('base64')
  const twice = Buffer.from(`see ${once} there`).toString('base64')
  const hex = Buffer.from(`please pay ${IBAN} today`).toString('hex')
  for (const run of [once, twice, hex, Buffer.from(`{"iban":"${IBAN}"}`).toString('base64url')]) {
    assert.deepEqual(
      types(`decode ${run} now`).filter(([type]) => type === 'IBAN'),
      [['IBAN', run]],
    )
  }
})

test('kinds that share an encoded run are all kept', () => {
  const run = Buffer.from(`iban ${IBAN}, ssn 536-22-1234, mail jane@acme.io, password is flame889`).toString(
    'base64',
  )
  const kinds = new Set(sight(run).map(({ kind }) => kind))
  assert.deepEqual(kinds, new Set(['payment', 'identity', 'contact', 'secret']))
})

test('what decodes to no text, or is no code, is left alone', () => {
  assert.deepEqual(
    decodeRuns(read('d41d8cd98f00b204e9800998ecf8427e 3f786850e387550fdab836ed7e6dc881de23001b')),
    [],
  )
  assert.deepEqual(decodeRuns(read('AbstractSingletonProxyFactoryBean internationalization')), [])
  assert.equal(decodeEscaped('100% of 5 & 6 [maybe]'), null)
  assert.equal(decodeEscaped('100%zz'), null)
})

test('escapes map back exactly', () => {
  const rewritten = decodeEscaped('x%41%42y&amp;z')
  assert.equal(rewritten?.text, 'xABy&z')
  assert.deepEqual(rewritten?.origin(0, 1), [0, 1])
  assert.deepEqual(rewritten?.origin(1, 3), [1, 7])
  assert.deepEqual(rewritten?.origin(3, 4), [7, 8])
  assert.deepEqual(rewritten?.origin(5, 6), [13, 14])
})

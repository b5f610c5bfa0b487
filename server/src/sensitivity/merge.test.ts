import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KINDS } from '../domain/index.ts'
import type { Hit } from './detector.ts'
import { merge } from './merge.ts'

const hit = (type: string, kind: Hit['kind'], start: number, end: number, confidence = 0.9): Hit => ({
  type,
  kind,
  start,
  end,
  confidence,
  reason: '',
})
const typesOf = (...hits: readonly Hit[]): readonly string[] => merge(hits).map(({ type }) => type)

test('a name or number inside a value that is made of such is part of it', () => {
  assert.deepEqual(typesOf(hit('EMAIL', 'contact', 0, 20), hit('PERSON', 'contact', 0, 8)), ['EMAIL'])
  assert.deepEqual(typesOf(hit('ADDRESS', 'contact', 0, 30, 0.7), hit('LOCATION', null, 20, 30)), ['ADDRESS'])
  assert.deepEqual(typesOf(hit('ADDRESS', 'contact', 0, 30, 0.7), hit('POSTAL_CODE', null, 14, 19)), [
    'ADDRESS',
  ])
  assert.deepEqual(typesOf(hit('IBAN', 'payment', 0, 22), hit('PHONE', 'contact', 5, 16)), ['IBAN'])
  assert.deepEqual(typesOf(hit('USERNAME', 'contact', 0, 10, 0.65), hit('PERSON', 'contact', 0, 4)), [
    'USERNAME',
  ])
  assert.deepEqual(typesOf(hit('PERSON', 'contact', 0, 10), hit('PERSON', 'contact', 0, 4)), ['PERSON'])
})

test('what is stricter than the value around it, and nearly as sure, stays beside it', () => {
  assert.deepEqual(typesOf(hit('URL', null, 0, 60), hit('SECRET', 'secret', 20, 60)), ['URL', 'SECRET'])
  assert.deepEqual(
    new Set(typesOf(hit('ADDRESS', 'contact', 0, 30), hit('NATIONAL_ID', 'identity', 10, 21))),
    new Set(['ADDRESS', 'NATIONAL_ID']),
  )
})

test('check digits speak against a telephone number, a word alone does not', () => {
  const phone = hit('PHONE', 'contact', 0, 11, 0.9)
  assert.deepEqual(typesOf(phone, hit('NATIONAL_ID', 'identity', 0, 11, 0.95)), ['NATIONAL_ID'])
  const either = typesOf(phone, hit('BANK_ACCOUNT', 'payment', 0, 11, 0.8))
  assert.deepEqual(new Set(either), new Set(['PHONE', 'BANK_ACCOUNT']))
})

test('a form wins over a name made of the same characters', () => {
  assert.deepEqual(typesOf(hit('PERSON', 'contact', 0, 9, 0.8), hit('PASSPORT', 'identity', 0, 9, 0.75)), [
    'PASSPORT',
  ])
  assert.deepEqual(typesOf(hit('DATE', null, 0, 10), hit('DATE_OF_BIRTH', 'contact', 0, 10, 0.7)), [
    'DATE_OF_BIRTH',
  ])
})

test('pieces of one name are one', () => {
  const merged = merge([hit('PERSON', 'contact', 0, 10, 0.7), hit('PERSON', 'contact', 5, 16, 0.9)])
  assert.deepEqual(
    merged.map(({ start, end, confidence }) => [start, end, confidence]),
    [[0, 16, 0.9]],
  )
})

test('category signs and what stands inside encoded runs compete with nothing', () => {
  const run = { start: 0, end: 40, encoded: true }
  const all = [
    hit('CONTRACT', 'contract', 0, 40),
    hit('SECRET', 'secret', 0, 40),
    { ...hit('EMAIL', 'contact', 0, 40), ...run },
    { ...hit('IBAN', 'payment', 0, 40), ...run },
    { ...hit('IBAN', 'payment', 0, 40), ...run },
  ]
  assert.equal(merge(all).length, 4)
})

const anyHit = fc
  .record({
    type: fc.constantFrom(
      'EMAIL',
      'PHONE',
      'PERSON',
      'ADDRESS',
      'NATIONAL_ID',
      'IBAN',
      'SECRET',
      'URL',
      'DATE',
    ),
    kind: fc.option(fc.constantFrom(...KINDS)),
    start: fc.nat(60),
    length: fc.integer({ min: 1, max: 30 }),
    confidence: fc.integer({ min: 50, max: 100 }).map((hundredths) => hundredths / 100),
  })
  .map(({ type, kind, start, length, confidence }) => hit(type, kind, start, start + length, confidence))

test('whatever comes: in order, and where something was, something is', () => {
  fc.assert(
    fc.property(fc.array(anyHit, { maxLength: 24 }), (hits) => {
      const merged = merge(hits)
      assert.deepEqual(
        merged.map(({ start }) => start),
        merged.map(({ start }) => start).sort((a, b) => a - b),
      )
      for (const lost of hits) {
        const around = merged.filter(({ start, end }) => start < lost.end && lost.start < end)
        assert.ok(around.length > 0, 'a place with a hit has one afterwards')
      }
    }),
  )
})

test('many hits in one knot take no longer than their number says', () => {
  const chain = (count: number) =>
    Array.from({ length: count }, (_, i) => hit('PHONE', 'contact', i * 5, i * 5 + 8))
  assert.ok(merge(chain(20_000)).length > 5_000)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maskOf } from './mask.ts'
import { merge } from './merge.ts'

const TYPES = [
  'IBAN',
  'CREDIT_CARD',
  'EMAIL',
  'PHONE',
  'SECRET',
  'PASSWORD',
  'PERSON',
  'MEDICAL',
  'NATIONAL_ID',
  'ADDRESS',
]

test('masks show the shape', () => {
  assert.equal(maskOf('DE89 3704 0044 0532 0130 00', 'IBAN'), 'DE89 •••• 3000')
  assert.equal(maskOf('4111 1111 1111 1234', 'CREDIT_CARD'), '•••• 1234')
  assert.equal(maskOf('jane.doe@acme.io', 'EMAIL'), 'j••••@••••')
  assert.equal(maskOf(`ghp_${'x1'.repeat(18)}`, 'SECRET'), 'ghp_••••')
  assert.equal(maskOf('hunter2', 'PASSWORD'), '••••')
  assert.equal(maskOf('postgres://app:pw123456@db.example.org:5432/production', 'SECRET'), 'postgres://••••')
})

test('a mask shows less than half of a value, and never a run of it that long', () => {
  const value = fc.string({ unit: fc.constantFrom(...'abcXYZ0123456789-_@. '), minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(value, fc.constantFrom(...TYPES), (text, type) => {
      const mask = maskOf(text, type)
      const bare = text.replaceAll(/[\s.\-/()]/g, '')
      const shown = mask.replaceAll(/[•\s@]/g, '').length
      assert.ok(shown === 0 || shown * 2 < bare.length || type === 'SECRET', `${text} -> ${mask}`)
      if (type === 'SECRET') assert.ok(shown * 4 <= text.length)
      assert.ok(bare.length < 2 || !mask.includes(text))
    }),
  )
})

test('of two readings of the same characters the surer stays; nearly as sure of another kind stays too', () => {
  const hit = (
    type: string,
    kind: 'contact' | 'identity' | 'payment',
    start: number,
    end: number,
    confidence: number,
  ) => ({
    type,
    kind,
    start,
    end,
    confidence,
    reason: '',
  })
  const types = (...hits: ReturnType<typeof hit>[]) => merge(hits).map(({ type }) => type)
  assert.deepEqual(types(hit('PHONE', 'contact', 0, 9, 0.75), hit('IBAN', 'payment', 0, 22, 0.99)), ['IBAN'])
  assert.deepEqual(types(hit('PHONE', 'contact', 0, 11, 0.8), hit('NATIONAL_ID', 'identity', 0, 9, 0.75)), [
    'NATIONAL_ID',
    'PHONE',
  ])
  assert.deepEqual(types(hit('A', 'contact', 0, 5, 0.9), hit('B', 'contact', 5, 9, 0.9)), ['A', 'B'])
})

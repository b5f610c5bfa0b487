import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Schemas } from './schema.ts'

const faultsOf = (schema: object, value: unknown, more: object = {}): readonly string[] =>
  new Schemas({ one: schema, ...more }).faults('#/one', value)

const CAT = {
  type: 'object',
  properties: { kind: { enum: ['cat'] }, lives: { type: 'integer' } },
  required: ['lives'],
}
const DOG = { type: 'object', properties: { kind: { enum: ['dog'] } } }

/** A schema, a value that fits and one that does not, with what is said of it. */
const KEYWORDS: readonly (readonly [schema: object, fits: unknown, not: unknown, fault: RegExp])[] = [
  [{ type: 'string' }, 'a', 1, /^\$: is no string$/],
  [{ type: 'integer' }, 1, 1.5, /is no integer/],
  [{ type: 'number' }, 1.5, '1.5', /is no number/],
  [{ type: 'boolean' }, false, null, /is no boolean/],
  [{ type: 'object' }, {}, [], /is no object/],
  [{ type: 'array' }, [], {}, /is no array/],
  [{ type: ['string', 'null'] }, null, 1, /is no string or null/],
  [{ type: 'string', nullable: true, enum: ['a'] }, null, 'b', /is none of/],
  [{ type: 'string', nullable: false }, 'a', null, /is no string/],
  [{ enum: ['a', null] }, null, 'b', /"b" is none of \["a",null\]/],
  [{ const: { a: [1] } }, { a: [1] }, { a: [2] }, /is not/],
  [{ required: ['a'] }, { a: null }, {}, /^\$\.a: is missing$/],
  [{ properties: { a: { type: 'string' } } }, { b: 1 }, { a: 1 }, /^\$\.a: is no string$/],
  [{ properties: { a: {} }, additionalProperties: false }, { a: 1 }, { b: 1 }, /^\$\.b: is not foreseen$/],
  [{ additionalProperties: { type: 'string' } }, { b: 'x' }, { b: 1 }, /^\$\.b: is no string$/],
  [{ items: { type: 'string' } }, ['a'], ['a', 1], /^\$\[1\]: is no string$/],
  [{ minimum: 1 }, 1, 0, /minimum is 1/],
  [{ maximum: 1 }, 1, 2, /maximum is 1/],
  [{ exclusiveMinimum: 1 }, 2, 1, /exclusiveMinimum is 1/],
  [{ exclusiveMaximum: 1 }, 0, 1, /exclusiveMaximum is 1/],
  [{ minLength: 2 }, 'ab', 'a', /minLength is 2/],
  [{ maxLength: 1 }, '🌍', 'ab', /maxLength is 1/],
  [{ pattern: '^a+$' }, 'aa', 'ab', /does not match/],
  [{ minItems: 1 }, [1], [], /minItems is 1/],
  [{ maxItems: 1 }, [1], [1, 2], /maxItems is 1/],
  [{ minProperties: 1 }, { a: 1 }, {}, /minProperties is 1/],
  [{ maxProperties: 1 }, { a: 1 }, { a: 1, b: 2 }, /maxProperties is 1/],
  [{ allOf: [{ type: 'string' }, { minLength: 2 }] }, 'ab', 'a', /minLength/],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, null, 1, /fits none of anyOf/],
  [{ oneOf: [{ type: 'string' }, { maxLength: 1 }] }, 'ab', 'a', /fits 2 of oneOf/],
  [{ oneOf: [{ type: 'string' }, { type: 'null' }] }, null, 1, /fits none of oneOf/],
  [{ $ref: '#/named' }, 'a', 1, /is no string/],
]

const CHOICE = { oneOf: [{ $ref: '#/cat' }, { $ref: '#/dog' }], discriminator: { propertyName: 'kind' } }

describe('the check of a published description', () => {
  test('every keyword lets through what fits, and says what does not', () => {
    for (const [schema, fits, not, fault] of KEYWORDS) {
      const more = { named: { type: 'string' } }
      assert.deepEqual(faultsOf(schema, fits, more), [], JSON.stringify(schema))
      assert.match(faultsOf(schema, not, more).join('\n'), fault)
    }
  })

  test('of several the one that a member names is meant, and its own faults are told', () => {
    const more = { cat: CAT, dog: DOG }
    assert.deepEqual(faultsOf(CHOICE, { kind: 'dog' }, more), [])
    assert.deepEqual(faultsOf(CHOICE, { kind: 'cat' }, more), ['$.lives: is missing'])
    assert.deepEqual(faultsOf(CHOICE, { kind: 'cow' }, more), ['$.kind: "cow" names none of oneOf'])
    assert.deepEqual(faultsOf(CHOICE, 'cat', more), ['$: is no object'])
    const two = {
      ...more,
      dog: { ...CAT, properties: { ...CAT.properties, bark: { type: 'string' } }, required: ['bark'] },
    }
    assert.deepEqual(faultsOf(CHOICE, { kind: 'cat', bark: 'loud' }, two), [], 'one of two of that name')
    assert.match(faultsOf(CHOICE, { kind: 'cat' }, two).join(), /fits none of oneOf/)
    assert.match(faultsOf(CHOICE, { kind: 'cat', lives: 7, bark: 'loud' }, two).join(), /fits 2 of oneOf/)
  })

  test('a description that this check does not understand is an error, never a pass', () => {
    for (const schema of [
      { patternProperties: {} },
      { type: 'text' },
      { $ref: '#/nowhere' },
      { $ref: 'https://example.invalid/schema' },
      { enum: 'a' },
      { minimum: '1' },
      { oneOf: [{ properties: {} }], discriminator: { propertyName: 'kind' } },
    ])
      assert.throws(() => faultsOf(schema, { kind: 'cat' }), Error, JSON.stringify(schema))
  })

  test('notes and members that nobody foresees say nothing', () => {
    const schema = { title: 't', description: 'd', default: 1, example: 2, 'x-added': true, type: 'object' }
    assert.deepEqual(faultsOf(schema, { other: 1 }), [])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import { closedSchema } from './closedSchema.ts'

const written = (schema: JsonObject): { readonly schema: JsonObject; readonly lost: readonly string[] } => {
  const lost: string[] = []
  return { schema: closedSchema(schema, (keyword) => lost.push(keyword)), lost }
}

describe('a schema with objects that hold what is listed and nothing else', () => {
  it('closes objects wherever they stand, and says nothing of it', () => {
    const leaf = { type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] }
    const shut = { ...leaf, additionalProperties: false }
    const { schema, lost } = written({
      type: 'object',
      properties: {
        // A property may bear the name of a keyword.
        properties: leaf,
        list: { type: 'array', items: leaf, minItems: 1 },
        either: { anyOf: [leaf, { type: 'null' }] },
        there: { $ref: '#/$defs/Leaf' },
        maybe: { type: ['object', 'null'], properties: {} },
        kind: { enum: ['a', 'b'], default: 'a', description: 'Which.' },
      },
      $defs: { Leaf: leaf },
    })
    assert.deepEqual(schema, {
      type: 'object',
      properties: {
        properties: shut,
        list: { type: 'array', items: shut, minItems: 1 },
        either: { anyOf: [shut, { type: 'null' }] },
        there: { $ref: '#/$defs/Leaf' },
        maybe: { type: ['object', 'null'], properties: {}, additionalProperties: false },
        kind: { enum: ['a', 'b'], default: 'a', description: 'Which.' },
      },
      $defs: { Leaf: shut },
      additionalProperties: false,
    })
    assert.deepEqual(lost, [])
  })

  it('leaves what is closed as it is', () => {
    const schema = { type: 'object', properties: {}, additionalProperties: false }
    assert.deepEqual(written(schema), { schema, lost: [] })
  })

  it('tells bounds in words, and that they bind no more', () => {
    const { schema, lost } = written({
      type: 'object',
      properties: {
        age: { type: 'integer', minimum: 0, description: 'In years.', format: 'int32' },
        tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
        day: { type: 'string', format: 'date' },
        either: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
        free: { type: 'object', additionalProperties: { type: 'string' } },
      },
    })
    assert.deepEqual(schema['properties'], {
      age: { type: 'integer', description: 'In years. (minimum: 0, format: "int32")' },
      tags: { type: 'array', items: { type: 'string' }, description: '(minItems: 2)' },
      day: { type: 'string', format: 'date' },
      either: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      free: { type: 'object', additionalProperties: false },
    })
    assert.deepEqual(lost, ['minimum', 'format', 'minItems', 'oneOf', 'additionalProperties'])
  })
})

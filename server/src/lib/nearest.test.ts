import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from './nearest.ts'

test('the nearest name is found by edits, and far ones are none', () => {
  const names = ['auto', 'frontier', 'home', 'gpt-4o-mini']
  assert.equal(nearest('autp', names), 'auto')
  assert.equal(nearest('uato', names), 'auto')
  assert.equal(nearest('Frontier', names), 'frontier')
  assert.equal(nearest('fronteir', names), 'frontier')
  assert.equal(nearest('gpt-4-mini', names), 'gpt-4o-mini')
  assert.equal(nearest('xyz', names), null)
  assert.equal(nearest('', names), null)
  assert.equal(nearest('auto', []), null)
  assert.equal(nearest('x'.repeat(100_000), ['y'.repeat(100_000)]), null)
})

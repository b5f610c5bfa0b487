import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Signals, signalName } from './signals.ts'

test('a field’s path is told as it is', () => {
  for (const path of [
    'seed',
    'messages[3].content[1].cache_control',
    'reply.x-y',
    'a[0][12].b',
    'messages[1..20]',
    '__proto__',
  ])
    assert.equal(signalName(path), path)
})

test('a key that may be content is left out: what is signalled goes into the record', () => {
  assert.equal(signalName('my secret plan'), '?')
  assert.equal(signalName('metadata.anna@firma.de'), 'metadata.?')
  assert.equal(signalName('extra.DE89 3704.inner'), 'extra.?')
  assert.equal(signalName('a,b'), '?')
  assert.equal(signalName('x\r\ny'), '?')
  assert.equal(signalName(''), '?')
  assert.equal(signalName(`a.${'b'.repeat(500)}`), 'a.?')
  assert.ok(signalName('abc.'.repeat(1000)).length <= 110)
})

test('of many the first are named and the rest are counted', () => {
  const signals = new Signals()
  for (let i = 0; i < 5000; i += 1) signals.add(`messages[${i}].name`)
  const list = signals.list()
  assert.equal(list.length, 101)
  assert.deepEqual(list.slice(-2), ['messages[99].name', 'and-4900-more'])
})

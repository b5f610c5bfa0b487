import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { coverText, restore } from '../../test/fixture/pseudonyms.ts'
import { CausewayError } from '../domain/index.ts'
import { emptyMapping } from './index.ts'

const key = new Uint8Array(32).fill(3)
const made = () =>
  coverText('Maria Schneider, DE89 3704 0044 0532 0130 00', [
    ['Maria Schneider', 'PERSON'],
    ['DE89 3704 0044 0532 0130 00', 'IBAN'],
  ])
const damaged = (error: unknown): boolean =>
  error instanceof CausewayError && error.fault.code === 'record_damaged'

test('a sealed mapping opens to the same', () => {
  const covered = made()
  const opened = covered.room.open(covered.room.seal(covered.mapping, key, 'c1'), key, 'c1')
  assert.equal(
    restore({ room: covered.room, mapping: opened }, covered.text),
    'Maria Schneider, DE89 3704 0044 0532 0130 00',
  )
  assert.equal(covered.room.open(covered.room.seal(emptyMapping, key, ''), key, '').size, 0)
})

test('a box that was touched, another key, another conversation, an old version: none opens', () => {
  const { room, mapping } = made()
  const sealed = room.seal(mapping, key, 'c1')
  for (const at of [0, 1, 12, 13, 28, 29, sealed.length - 1]) {
    const touched = Uint8Array.from(sealed)
    touched[at] = (touched[at] ?? 0) ^ 1
    assert.throws(() => room.open(touched, key, 'c1'), damaged, `byte ${at}`)
  }
  for (const length of [0, 1, 28, 29, sealed.length - 1])
    assert.throws(() => room.open(sealed.subarray(0, length), key, 'c1'), damaged)
  assert.throws(() => room.open(sealed, new Uint8Array(32).fill(4), 'c1'), damaged)
  assert.throws(() => room.open(sealed, key, 'c2'), damaged)
  assert.throws(() => room.seal(mapping, new Uint8Array(16), 'c1'), RangeError)
})

test('the box holds no value in the clear, and two boxes of one mapping differ', () => {
  const { room, mapping } = made()
  const [a, b] = [room.seal(mapping, key, 'c'), room.seal(mapping, key, 'c')]
  assert.notDeepEqual(a, b)
  assert.equal(Buffer.from(a).toString('latin1').includes('Schneider'), false)
})

test('a mapping shows nothing of what it holds', () => {
  const { mapping } = made()
  const shown = [
    String(mapping),
    JSON.stringify({ mapping }),
    inspect(mapping, { depth: 9, showHidden: true }),
    JSON.stringify(Object.entries(mapping)),
    `${Object.getOwnPropertyNames(mapping)}`,
  ]
  for (const one of shown) assert.doesNotMatch(one, /Maria|Schneider|DE89/)
  assert.ok(Object.isFrozen(mapping))
})

test('an object that only looks like a mapping holds nothing', () => {
  const { room, mapping } = made()
  const forged = Object.create(Object.getPrototypeOf(mapping))
  assert.equal(restore({ room, mapping: forged }, 'any text'), 'any text')
  assert.equal(room.isStandIn(forged, 'any text', 'PERSON'), false)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measurePseudonyms, SALTS } from './pseudonyms.ts'

test('over conversations in many languages nothing is sent, almost all comes back, nothing comes back wrong', () => {
  for (const salt of SALTS.slice(0, 1)) {
    const counted = measurePseudonyms(68, { salt })
    const told = counted.examples.join('\n')
    assert.ok(counted.standIns > 1_000)
    assert.equal(counted.sent, 0, told)
    assert.equal(counted.wrong, 0, told)
    assert.equal(counted.left, 0)
    assert.ok(counted.restored >= 0.99 * counted.standIns, told)
  }
})

test('a salt tells all of it: the same again for the same, other people for another', () => {
  const [one, same, other] = ['a', 'a', 'b'].map((salt) => measurePseudonyms(17, { salt }))
  assert.deepEqual(one, same)
  assert.notDeepEqual(one?.byRewording, other?.byRewording)
})

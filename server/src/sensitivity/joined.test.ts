import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../domain/index.ts'
import { joinedParts, userTurns } from './joined.ts'

test('parts in a row are read as one, whatever a dialect calls them', () => {
  for (const parts of [
    [
      { type: 'text', text: 'card 4111 1111' },
      { type: 'text', text: ' 1111 1111' },
    ],
    [
      { type: 'input_text', text: 'card 4111 1111' },
      { type: 'input_text', text: ' 1111 1111' },
    ],
    [{ text: 'card 4111 1111' }, { text: ' 1111 1111' }],
  ]) {
    assert.ok(joinedParts(parts)[0]?.includes('4111 1111 1111 1111'), JSON.stringify(parts))
  }
  assert.deepEqual(joinedParts([{ text: 'alone' }]), [])
  assert.deepEqual(joinedParts([{ functionCall: { name: 'a' } }, { text: 'alone' }]), [])
})

test('turns of a user are read together, whatever a dialect calls them', () => {
  const said = (text: string): readonly Json[] => [
    { role: 'user', content: text },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    { role: 'user', parts: [{ text }] },
    { parts: [{ text }] },
  ]
  const first = said('it starts with 4111')
  const last = said('and ends with 1111')
  first.forEach((turn, index) => {
    const read = userTurns([turn, { role: 'model', parts: [{ text: 'go on' }] }, last[index] ?? null])
    assert.match(read ?? '', /4111\nuser: and ends with 1111/, JSON.stringify(turn))
    assert.ok(!(read ?? '').includes('go on'))
  })
})

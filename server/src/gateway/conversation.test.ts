import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kept, Label } from '../domain/index.ts'
import { addedBy, carried, heldLevel, UNKNOWN } from './conversation.ts'

const labelled = (kinds: Label['kinds'], sticky: Label['kinds'] = []): Label => ({
  level: 'restricted',
  kinds,
  conditions: [],
  declared: [],
  raised: null,
  sticky,
  findings: [],
  omitted: 0,
})

test('a conversation that could not be asked for is restricted now and not for ever', () => {
  const now = carried(UNKNOWN)
  assert.equal(now === null ? null : heldLevel(now), 'restricted')
  const added = addedBy(labelled(['contact']), null, UNKNOWN, null)
  for (const kept of [added.session, added.history]) {
    assert.equal(kept?.level, 'confidential')
    assert.deepEqual(kept?.kinds, ['contact'])
  }
  const raised = addedBy(labelled([]), 'restricted', UNKNOWN, null)
  assert.equal(raised.history?.level, 'restricted')
})

test('a history keeps what stood in it, a session what any of its calls carried', () => {
  const session: Kept = { level: 'restricted', kinds: ['payment'], sealed: null }
  const added = addedBy(labelled(['payment', 'contact'], ['payment']), null, { session, history: null }, null)
  assert.deepEqual(added.session?.kinds, ['payment', 'contact'])
  assert.deepEqual(added.history?.kinds, ['contact'])
})

test('what was kept with the answer that is gone on from is part of the conversation, also where that cannot be told', () => {
  const earlier: Kept = { level: 'restricted', kinds: ['health'], sealed: null }
  const known = {
    session: null,
    history: { level: 'confidential', kinds: ['contact'], sealed: null },
  } as const
  assert.deepEqual(carried(known, earlier)?.kinds, ['contact', 'health'])
  assert.deepEqual(carried({ session: null, history: null }, earlier), earlier)
  for (const from of [known, UNKNOWN]) {
    const added = addedBy(labelled(['health'], ['health']), null, from, null, earlier)
    for (const kept of [added.session, added.history]) {
      assert.ok(kept?.kinds.includes('health'))
      assert.equal(kept?.level, 'restricted')
    }
  }
})

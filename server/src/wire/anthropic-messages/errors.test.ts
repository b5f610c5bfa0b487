import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { faultOfAct, messages, translate } from '../testing.ts'

const errorOf = (more: JsonObject): unknown => {
  const fault = faultOfAct(() => translate('anthropic-messages', messages(more)))
  assert.equal(fault.code, 'cannot_translate')
  return Object(wireOf('anthropic-messages').errorBody(fault, 'cw_1'))['error']
}

describe('an error of this dialect', () => {
  it('tells the SDK’s tool runner that no thread is kept here, and nothing like it of other refusals', () => {
    for (const thread of [{ type: 'create' }, { type: 'continue', previous_message_id: 'msg_1' }]) {
      const { details } = Object(errorOf({ thread }))
      assert.deepEqual(details, { error_code: 'thread_unsupported_request' })
    }
    assert.deepEqual(Object.keys(Object(errorOf({ container: 'c_1' }))), ['type', 'message'])
  })
})

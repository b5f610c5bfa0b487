import assert from 'node:assert/strict'
import { it } from 'node:test'
import { providerOf } from './index.ts'

const said = (provider: string, error: object) =>
  providerOf(provider).fault({ status: 400, headers: {} }, JSON.stringify({ error })).code

it('reads a failed generation told as 400 as the fault of the upstream that says so', () => {
  const error = { message: 'the call could not be parsed', code: 'tool_use_failed' }
  assert.equal(said('groq', error), 'upstream_error')
  assert.equal(said('together', error), 'upstream_rejected')
})

it('reads an empty account told as 400 as ours', () => {
  const error = { type: 'invalid_request_error', message: 'Your credit balance is too low.' }
  assert.equal(said('anthropic', error), 'upstream_auth')
  assert.equal(said('openai', error), 'upstream_rejected')
})

it('takes no kind for known that only every object has', () => {
  for (const kind of ['constructor', '__proto__', 'valueof']) {
    assert.equal(said('openai', { type: kind, message: 'x' }), 'upstream_rejected')
  }
})

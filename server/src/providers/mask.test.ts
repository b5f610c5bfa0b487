import assert from 'node:assert/strict'
import { it } from 'node:test'
import { maskSecrets } from './mask.ts'

const SECRETS = [
  'sk-proj-AbCdEfGhIjKl',
  'sk-ant-api03-xYz0123456789',
  'gsk_abcdefghij',
  'hf_abcdefghijklmnop',
  'AIzaSyA1234567890abcdef',
  'AKIAIOSFODNN7EXAMPLE',
  'ASIAIOSFODNN7EXAMPLE',
  'ya29.a0AfB-example_token',
  'bce-v3/ALTAK-Ab12/cd34ef56',
  'nvapi-abcdefghij',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
  'cw-0123456789abcdefghijklmnopqrstuvwxyz0123456',
  '0123456789abcdef0123456789abcdef',
  'sk-ab**********yz',
]

for (const secret of SECRETS) {
  it(`masks ${secret.slice(0, 6)}…`, () => {
    const masked = maskSecrets(`Key "${secret}" was refused (${secret}).`)
    assert.ok(!masked.includes(secret), masked)
    assert.ok(!masked.includes(secret.slice(-4)), masked)
    assert.match(masked, /^Key "\[masked\]" was refused/)
  })
}

it('masks what follows "Bearer"', () => {
  assert.equal(
    maskSecrets('got Authorization: Bearer abc.def.ghi instead'),
    'got Authorization: [masked] instead',
  )
})

it('leaves sentences alone', () => {
  const text =
    'The risk-based task-force asked for key_value pairs; model accounts/fireworks/models/gpt-oss-120b is not here.'
  assert.equal(maskSecrets(text), text)
})

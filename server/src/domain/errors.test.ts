import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CausewayError, CODES, type Code, faultOf } from './errors.ts'

const codes = Object.keys(CODES).filter((name): name is Code => name in CODES)

test('the table has entries, and none was lost to a filter', () => {
  assert.ok(codes.length >= 40, `${codes.length} codes`)
})

for (const code of codes) {
  test(`${code}: snake case, a real status, one sentence on what to do`, () => {
    const entry = CODES[code]
    assert.match(code, /^[a-z]+(_[a-z]+)*$/)
    assert.ok(entry.status >= 400 && entry.status <= 599)
    assert.match(entry.next, /^[A-Z].*[.…]$/)
    if (entry.status >= 400 && entry.status < 500 && entry.whose === 'client' && entry.retry) {
      assert.equal(entry.status, 408, 'what the client did wrong is not worth sending again as it is')
    }
  })
}

test('what the request itself gets wrong and what policy refuses is never to be retried', () => {
  for (const code of codes) {
    const entry = CODES[code]
    const never: readonly number[] = [400, 402, 403]
    if (never.includes(entry.status)) assert.equal(entry.retry, false, code)
  }
})

test('an error takes its fault from the table and its details from whoever throws', () => {
  const cause = new Error('socket hang up')
  const error = new CausewayError('policy_denied', 'A card number may not leave.', {
    rule: 'floor:payment',
    field: 'messages[0].content',
    cause,
  })
  assert.deepEqual(error.fault, {
    code: 'policy_denied',
    status: 403,
    message: 'A card number may not leave.',
    whose: 'policy',
    retry: false,
    next: CODES.policy_denied.next,
    quoted: null,
    rule: 'floor:payment',
    field: 'messages[0].content',
    after: null,
  })
  assert.equal(error.cause, cause)
  assert.equal(error.message, 'A card number may not leave.')
  assert.ok(error instanceof Error)
  assert.ok(Object.isFrozen(error.fault))
})

test('a status passed on from upstream takes the place of the table’s', () => {
  const { fault } = new CausewayError('upstream_error', 'x', { status: 529, after: 1500 })
  assert.equal(fault.status, 529)
  assert.equal(fault.after, 1500)
  assert.equal(fault.retry, true)
})

test('a cause that was not given is not there', () => {
  assert.equal('cause' in new CausewayError('internal', 'x'), false)
})

test('faultOf gives the fault of a CausewayError, and of anything else nothing of its inside', () => {
  const known = new CausewayError('rate_limited', 'slow down', { after: 10 })
  assert.equal(faultOf(known), known.fault)
  const secret = 'sk-live-do-not-tell'
  for (const thrown of [
    new Error(secret),
    secret,
    null,
    undefined,
    { fault: { code: 'policy_denied', message: secret } },
  ]) {
    const fault = faultOf(thrown)
    assert.equal(fault.code, 'internal')
    assert.equal(fault.status, 500)
    assert.equal(JSON.stringify(fault).includes(secret), false)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DecideInput, Finding } from '../domain/index.ts'
import { inputOf, snapshotOf, useOf } from './fixture.ts'
import { compileRules, judge, refusalMessage } from './index.ts'

const finding = (more: Partial<Finding> = {}): Finding => ({
  kind: 'payment',
  type: 'IBAN',
  path: 'messages[0].content',
  start: 3,
  end: 25,
  confidence: 1,
  reason: '22 characters that pass mod 97',
  masked: 'DE89 •••• 3000',
  ...more,
})

const told = (input: DecideInput, findings: readonly Finding[] = [], snapshot = snapshotOf()): string => {
  const message = refusalMessage(judge(input, snapshot), input, findings)
  assert.ok([...message].length <= 600, `${[...message].length} characters`)
  return message
}

const payment = { level: 'restricted', kinds: ['payment'], conditions: [], raised: null } as const

test('a newcomer with only a closed key understands it at once', () => {
  assert.equal(
    told(inputOf({ label: payment, candidates: ['frontier'] }), [finding()]),
    'Not sent: found IBAN DE89 •••• 3000 at messages[0].content. Payment data may only go to own or attested targets (profile balanced), and frontier is closed [floor:payment]. ' +
      'What would make it pass: a model you run yourself (side: own) among the targets or a use whose floors loosen payment for side closed.',
  )
})

test('more findings and more targets are counted, not listed', () => {
  const message = told(inputOf({ label: payment, candidates: ['frontier', 'lease'] }), [
    finding(),
    finding({ type: 'CREDIT_CARD', masked: '4111 •••• 1111' }),
    finding({ kind: 'contact', type: 'EMAIL', masked: 'a•••@•••.de' }),
  ])
  assert.match(message, /found IBAN .* and 1 more\. /)
  assert.match(message, /Refused too: lease, by the same rule\./)
  assert.doesNotMatch(message, /EMAIL/)
})

test('other rules of other targets are named', () => {
  const candidates = ['frontier', 'home', 'vault', 'lease', 'gone']
  const text = '@id("none") forbid (principal, action, resource);'
  const rules = compileRules([{ name: 'a.cedar', text }])
  const message = told(inputOf({ label: payment, candidates }), [finding()], snapshotOf({ rules }))
  assert.match(message, /Refused too: home, vault and 2 more, by rule:none, floor:payment …\./)
})

test('declared and raised content is told as such', () => {
  const use = useOf('discharge notes', { carries: ['health'] })
  assert.match(
    told(inputOf({ use, candidates: ['frontier'] })),
    /use discharge notes declares that it carries health/,
  )
  const raised = { level: 'confidential', kinds: [], conditions: [], raised: 'confidential' } as const
  const message = told(inputOf({ label: raised, candidates: ['frontier'] }))
  assert.match(message, /the client labelled it confidential/)
  assert.match(message, /asking without x-causeway-label/)
})

test('a wish, a rule, a failed detection and an error are told without a finding', () => {
  const wish = told(inputOf({ sides: ['own'], candidates: ['frontier'] }), [finding()])
  assert.match(wish, /^Not sent: the client confines/)
  const failed = { level: 'restricted', kinds: [], conditions: ['failed'], raised: null } as const
  assert.match(
    told(inputOf({ label: failed, candidates: ['vault'] })),
    /^Not sent: content that could not be checked/,
  )
  const misspelt = snapshotOf({ floors: { contrakt: {} } })
  assert.match(told(inputOf(), [], misspelt), /decision could not be made \[decision-error\]/)
})

test('no candidate at all is told', () => {
  assert.equal(told(inputOf({ candidates: [], model: 'auto' })), 'Not sent: no target stands behind "auto".')
})

test('however long the names, it stays one line of 600 characters without control characters', () => {
  const long = 'x'.repeat(400)
  const use = useOf(long, { carries: ['secret', 'identity', 'payment', 'contact', 'health', 'financial'] })
  const dirty = finding({
    kind: 'secret',
    path: `messages[0]\u0000\n\u202E${long}`,
    masked: long,
    type: long,
  })
  const message = told(inputOf({ use, model: long, candidates: [long, `${long}2`, 'frontier'] }), [dirty])
  assert.doesNotMatch(message, /[\n\u0000\u202E]/)
  const floors = told(inputOf({ use, candidates: ['frontier', 'lease'] }), [dirty])
  assert.doesNotMatch(floors, /[\n\u0000\u202E]/)
  assert.match(floors, /What would make it pass/)
})

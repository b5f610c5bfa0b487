import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Call,
  covers,
  type DecideInput,
  type Label,
  type Snapshot,
  type Target,
} from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'
import { callOf, FOUR, inputOf, labelOf, snapshotOf, targetOf, useOf } from './fixture.ts'
import { decide, judge, summarise } from './index.ts'

const refusesAll = (call: Call, label: Label, input: DecideInput, snapshot: Snapshot, why: RegExp): void => {
  const decision = decide(call, label, input, snapshot)
  assert.deepEqual(decision.permits, [])
  assert.deepEqual(
    decision.refusals.map(({ target, rule }) => [target, rule]),
    input.candidates.map((name) => [name, 'decision-error']),
  )
  for (const { reason } of decision.refusals) assert.match(reason, why)
}

test('permits are minted for this call, in the order of the candidates, for the snapshot’s own targets', () => {
  const call = callOf()
  const label = labelOf({ level: 'confidential', kinds: ['contact'] })
  const snapshot = snapshotOf()
  const input = inputOf({ label: summarise(label), candidates: ['vault', 'frontier', 'home'] })
  const decision = decide(call, label, input, snapshot)
  assert.deepEqual(
    decision.permits.map(({ target }) => target.name),
    ['vault', 'home'],
  )
  assert.deepEqual(decision.refusals, judge(input, snapshot).refusals)
  assert.equal(decision.input, input)
  for (const permit of decision.permits) {
    assert.equal(permit.target, snapshot.targets.get(permit.target.name))
    assert.equal(permit.label, label)
    assert.equal(permit.rule, 'profile:balanced')
    assert.ok(covers(permit, call))
    assert.ok(!covers(permit, callOf()), 'an equal call is another call')
  }
})

test('no one can decide on another label than the call’s', () => {
  const label = labelOf({
    level: 'restricted',
    kinds: ['payment'],
    conditions: ['unread'],
    raised: 'confidential',
  })
  const right = summarise(label)
  assert.equal(decide(callOf(), label, inputOf({ label: right }), snapshotOf()).permits.length, 2)
  const others: readonly Partial<DecideInput['label']>[] = [
    { level: 'public' },
    { kinds: [] },
    { kinds: ['payment', 'contact'] },
    { conditions: [] },
    { raised: null },
    { raised: 'restricted' },
  ]
  for (const other of others) {
    refusesAll(callOf(), label, inputOf({ label: { ...right, ...other } }), snapshotOf(), /another label/)
  }
})

test('no one can decide under another model, or under a use that the snapshot does not word so', () => {
  const label = labelOf()
  const carries = useOf('notes', {
    carries: ['health'],
    tier: 'high',
    floors: { health: { sides: ['own'] } },
  })
  const snapshot = snapshotOf({ uses: [carries] })
  const right = inputOf({ use: carries })
  assert.equal(decide(callOf(), label, right, snapshot).permits.length, 1)
  refusesAll(callOf(), label, { ...right, model: 'other' }, snapshot, /another model/)
  refusesAll(callOf(), label, { ...right, use: { ...right.use, name: 'gone' } }, snapshot, /use is not in/)
  for (const change of [{ carries: [] }, { tier: 'minimal' as const }, { floors: {} }]) {
    refusesAll(callOf(), label, { ...right, use: { ...right.use, ...change } }, snapshot, /differently/)
  }
  const replayed: DecideInput = JSON.parse(JSON.stringify(right))
  assert.equal(decide(callOf(), label, replayed, snapshot).permits.length, 1, 'equal words are enough')
})

test('what could still be changed gets no permit', () => {
  const loose = { ...callOf() }
  refusesAll(loose, labelOf(), inputOf(), snapshotOf(), /call could still be changed/)
  const shallow = Object.freeze({ ...callOf(), json: { model: 'auto' } })
  refusesAll(shallow, labelOf(), inputOf(), snapshotOf(), /call could still be changed/)
  refusesAll(callOf(), { ...labelOf() }, inputOf(), snapshotOf(), /label could still be changed/)
  const kinds = Object.freeze({ ...labelOf(), kinds: [] })
  refusesAll(callOf(), kinds, inputOf(), snapshotOf(), /label could still be changed/)
})

test('any throw on the way is a refusal of everything, also after a permit was minted', () => {
  class Fickle extends Map<string, Target> {
    reads = 0
    override get(name: string): Target | undefined {
      this.reads += 1
      return this.reads > 5 ? undefined : super.get(name)
    }
  }
  const targets = new Fickle(FOUR.map((target) => [target.name, target]))
  refusesAll(callOf(), labelOf(), inputOf(), { ...snapshotOf(), targets }, /could not be made/)
  const broken: Snapshot = Object.assign({}, snapshotOf(), { uses: null })
  refusesAll(callOf(), labelOf(), inputOf(), broken, /could not be made/)
  const none: Label = JSON.parse('null')
  refusesAll(callOf(), none, inputOf(), snapshotOf(), /could (not be made|still be changed)/)
})

test('a decision made again from its record is the same', () => {
  const notes = useOf('notes', {
    carries: ['health'],
    floors: { health: { sides: ['own', 'closed'], agreements: ['baa'], loosen: true } },
  })
  const signed = targetOf('signed', 'closed', { agreements: ['baa'] })
  const snapshot = snapshotOf({ uses: [notes], targets: [...FOUR, signed] })
  const label = labelOf({ level: 'restricted', kinds: ['health'], declared: ['health'] })
  const input = deepFreeze(
    inputOf({ use: notes, label: summarise(label), candidates: ['signed', 'home', 'lease'] }),
  )
  const decision = decide(callOf(), label, input, snapshot)
  const again = judge(JSON.parse(JSON.stringify(decision.input)), snapshot)
  assert.deepEqual(
    again.permitted,
    decision.permits.map(({ target, rule }) => ({ target: target.name, rule })),
  )
  assert.deepEqual(again.refusals, decision.refusals)
  assert.equal(again.permitted.length, 2)
})

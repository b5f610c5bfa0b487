import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DecideInput, FloorRules, Refusal, RuleSet } from '../domain/index.ts'
import { FOUR, inputOf, snapshotOf, targetOf, useOf } from './fixture.ts'
import { compileRules, explain, judge } from './index.ts'

const restricted = (...kinds: DecideInput['label']['kinds']): DecideInput['label'] => ({
  level: 'restricted',
  kinds,
  conditions: [],
  raised: null,
})

const names = (input: DecideInput, snapshot = snapshotOf()): readonly string[] =>
  judge(input, snapshot).permitted.map(({ target }) => target)

const refusalOf = (target: string, input: DecideInput, snapshot = snapshotOf()): Refusal => {
  const refusal = judge(input, snapshot).refusals.find((one) => one.target === target)
  return refusal ?? assert.fail(`${target} was permitted`)
}

const throughFor = (target: string, input: DecideInput, snapshot = snapshotOf()): string =>
  judge(input, snapshot).permitted.find((one) => one.target === target)?.rule ??
  assert.fail(`${target} was refused`)

test('every candidate gets one answer, in order, and a repeated one only once', () => {
  const candidates = ['frontier', 'home', 'frontier', 'nowhere', 'lease']
  const verdict = judge(inputOf({ candidates, label: restricted('payment') }), snapshotOf())
  assert.deepEqual(verdict.permitted, [{ target: 'home', rule: 'profile:balanced' }])
  assert.deepEqual(
    verdict.refusals.map(({ target, rule }) => [target, rule]),
    [
      ['frontier', 'floor:payment'],
      ['nowhere', 'unknown-target'],
      ['lease', 'floor:payment'],
    ],
  )
})

test('a refusal says what was found, what forbids it and what would make it pass', () => {
  const refusal = {
    target: 'frontier',
    rule: 'floor:payment',
    reason: 'payment data may only go to own or attested targets (profile balanced), and frontier is closed',
  }
  const label = restricted('payment')
  assert.deepEqual(refusalOf('frontier', inputOf({ label, candidates: ['frontier', 'lease'] })), {
    ...refusal,
    remedy:
      'a model you run yourself (side: own) among the targets or a use whose floors loosen payment for side closed',
  })
  assert.deepEqual(refusalOf('frontier', inputOf({ label })), {
    ...refusal,
    remedy: 'a use whose floors loosen payment for side closed',
  })
})

test('a raised level is named by the highest that is missed, once', () => {
  const label = { level: 'restricted', kinds: [], conditions: [], raised: 'restricted' } as const
  const { rule, reason } = refusalOf('frontier', inputOf({ label }))
  assert.equal(rule, 'level:restricted')
  assert.equal(
    reason,
    'restricted content may only go to own targets (level restricted), and frontier is closed',
  )
  const both = { ...label, kinds: ['payment'] } as const
  assert.match(refusalOf('frontier', inputOf({ label: both })).reason, /; restricted content may not either$/)
})

test('pseudonyms and masks are named where they would open a side, and the profile that would do is named', () => {
  const label = { ...restricted('contact'), level: 'confidential' as const }
  const contact = refusalOf('frontier', inputOf({ label }))
  assert.match(contact.reason, /elsewhere only under pseudonyms/)
  assert.match(contact.remedy, /profile: relaxed/)
  const secret = refusalOf(
    'lease',
    inputOf({ label: restricted('secret') }),
    snapshotOf({ profile: 'relaxed' }),
  )
  assert.match(secret.reason, /elsewhere only masked/)
})

test('all floors that a target misses are named in one refusal', () => {
  const refusal = refusalOf('frontier', inputOf({ label: restricted('secret', 'payment', 'health') }))
  assert.equal(refusal.rule, 'floor:secret')
  assert.match(refusal.reason, /; payment data and health data may not either$/)
  assert.match(refusal.remedy, /loosen secret, payment and health/)
})

test('unread media cross in balanced and the permit says so', () => {
  const input = inputOf({ label: { conditions: ['unread'] } })
  assert.equal(throughFor('frontier', input), 'profile:balanced; crossed-unread')
  assert.equal(throughFor('home', input), 'profile:balanced')
  assert.equal(refusalOf('frontier', input, snapshotOf({ profile: 'strict' })).rule, 'floor:unread')
})

test('failed detection stays on own, in every profile', () => {
  for (const profile of ['strict', 'balanced', 'relaxed'] as const) {
    const input = inputOf({ label: { level: 'restricted', conditions: ['failed'] } })
    assert.deepEqual(names(input, snapshotOf({ profile })), ['home'])
  }
})

test('a level that nothing accounts for holds', () => {
  assert.deepEqual(names(inputOf({ label: { level: 'restricted' } })), ['home'])
  assert.deepEqual(names(inputOf({ label: { level: 'confidential' } })), ['home', 'vault'])
  const label = { level: 'restricted' as const, kinds: ['contract' as const] }
  assert.deepEqual(names(inputOf({ label }), snapshotOf({ profile: 'relaxed' })).length, 4)
})

test('a level that the client asked for holds although something found accounts for it', () => {
  const label = { level: 'restricted', kinds: ['contract'], conditions: [], raised: 'restricted' } as const
  const refusal = refusalOf('vault', inputOf({ label }), snapshotOf({ profile: 'relaxed' }))
  assert.equal(refusal.rule, 'level:restricted')
  assert.match(refusal.reason, /\(level restricted\)/)
  assert.match(refusal.remedy, /x-causeway-label/)
})

test('a configured level holds from that level upwards', () => {
  const floors: FloorRules = { confidential: { sides: ['own'] } }
  const snapshot = snapshotOf({ floors, profile: 'relaxed' })
  assert.equal(names(inputOf(), snapshot).length, 4)
  assert.deepEqual(names(inputOf({ label: { level: 'confidential', kinds: ['contact'] } }), snapshot), [
    'home',
  ])
  assert.deepEqual(names(inputOf({ label: restricted('contract') }), snapshot), ['home'])
  assert.deepEqual(names(inputOf(), snapshotOf({ floors: { public: { sides: ['own'] } } })), ['home'])
})

test('loosening the level restricted alone does not outdo the level below it', () => {
  const floors: FloorRules = { restricted: { sides: ['own', 'attested', 'closed'], loosen: true } }
  const input = inputOf({ label: { level: 'restricted', raised: 'restricted' } })
  assert.deepEqual(names(input, snapshotOf({ floors })), ['home', 'vault'])
})

const BAA: FloorRules = {
  health: { sides: ['own', 'attested', 'closed'], agreements: ['baa', 'zero-retention'], loosen: true },
}

test('a use may be loosened for vendors with agreements, for itself alone, and the permit says so', () => {
  const notes = useOf('notes', { carries: ['health'], floors: BAA })
  const signed = targetOf('signed', 'closed', { agreements: ['zero-retention', 'baa', 'dpa'] })
  const half = targetOf('half', 'closed', { agreements: ['baa'] })
  const snapshot = snapshotOf({ targets: [...FOUR, signed, half], uses: [useOf('general'), notes] })
  const input = inputOf({ use: notes, candidates: ['home', 'lease', 'signed', 'half'] })
  assert.equal(throughFor('signed', input, snapshot), 'profile:balanced; loosened by use-floor:notes:health')
  assert.equal(throughFor('home', input, snapshot), 'profile:balanced')
  const refusal = refusalOf('half', input, snapshot)
  assert.equal(refusal.rule, 'use-floor:notes:health')
  assert.match(refusal.reason, /needs zero-retention in force \(use notes\), which half does not have/)
  assert.match(refusal.remedy, /zero-retention listed under agreements of half/)
  assert.equal(refusalOf('lease', input, snapshot).rule, 'use-floor:notes:health')
  const other = inputOf({ label: restricted('health'), candidates: ['signed'] })
  assert.equal(refusalOf('signed', other, snapshot).rule, 'floor:health')
  const withPayment = inputOf({ use: notes, label: restricted('payment', 'health'), candidates: ['signed'] })
  assert.equal(refusalOf('signed', withPayment, snapshot).rule, 'floor:payment')
})

test('the configuration can loosen for everybody, and the permit says so', () => {
  const snapshot = snapshotOf({ floors: { health: { cross: 'freely', loosen: true } } })
  assert.equal(
    throughFor('lease', inputOf({ label: restricted('health') }), snapshot),
    'profile:balanced; loosened by floor:health',
  )
})

test('what a loosened floor leaves unsaid stays', () => {
  const floors: FloorRules = {
    health: { regions: ['eu'], sides: ['own', 'attested', 'closed'], loosen: true },
  }
  const use = useOf('notes', { floors: { health: { agreements: ['baa'], loosen: true } } })
  const one = (region: string | null, agreements: readonly 'baa'[]) =>
    targetOf('one', 'closed', { region, agreements })
  const ask = (target: ReturnType<typeof one>) =>
    names(
      inputOf({ use, label: restricted('health'), candidates: ['one'] }),
      snapshotOf({ floors, targets: [target], uses: [use] }),
    )
  assert.deepEqual(ask(one('eu', ['baa'])), ['one'])
  assert.deepEqual(ask(one('us', ['baa'])), [])
  assert.deepEqual(ask(one(null, ['baa'])), [])
  assert.deepEqual(ask(one('eu', [])), [])
})

test('without loosen a floor that lists more sides than the built-in one changes nothing', () => {
  const floors: FloorRules = { payment: { sides: ['own', 'attested', 'rented', 'closed'], cross: 'freely' } }
  assert.deepEqual(names(inputOf({ label: restricted('payment') }), snapshotOf({ floors })), [
    'home',
    'vault',
  ])
})

test('own needs no agreements, every other side does', () => {
  const floors: FloorRules = { health: { agreements: ['dpa'] } }
  assert.deepEqual(names(inputOf({ label: restricted('health') }), snapshotOf({ floors })), ['home'])
})

test('regions hold for every side, own included, and a target without one is in none', () => {
  const floors: FloorRules = { public: { regions: ['eu', 'ch'] } }
  const targets = [targetOf('home', 'own'), targetOf('near', 'own', { region: 'eu' })]
  const snapshot = snapshotOf({ floors, targets })
  const input = inputOf({ candidates: ['home', 'near'] })
  assert.deepEqual(names(input, snapshot), ['near'])
  const refusal = refusalOf('home', input, snapshot)
  assert.equal(refusal.rule, 'level:public')
  assert.match(refusal.reason, /region eu or ch \(floors\.public\), and home is in no stated region/)
  assert.match(refusal.remedy, /region is eu or ch/)
})

test('tightening by cross keeps a kind at home, under every word but freely', () => {
  for (const [cross, count] of [
    ['never', 2],
    ['pseudonyms', 2],
    ['masked', 2],
    ['freely', 4],
  ] as const) {
    const snapshot = snapshotOf({ profile: 'relaxed', floors: { contract: { cross } } })
    const input = inputOf({ label: restricted('contract') })
    assert.equal(names(input, snapshot).length, count, cross)
    if (count === 2) {
      const { reason } = refusalOf('frontier', input, snapshot)
      assert.match(reason, /\(floors\.contract/)
      assert.equal(/elsewhere only/.test(reason), cross !== 'never', cross)
    }
  }
})

test('cross: never on top of pseudonyms promises no pseudonyms', () => {
  const snapshot = snapshotOf({ floors: { contact: { cross: 'never' } } })
  const label = { level: 'confidential', kinds: ['contact'] } as const
  assert.doesNotMatch(refusalOf('frontier', inputOf({ label }), snapshot).reason, /pseudonyms/)
})

test('a floor without any side refuses everybody and offers another floor', () => {
  const snapshot = snapshotOf({ floors: { public: { sides: [] } } })
  const refusal = refusalOf('home', inputOf(), snapshot)
  assert.match(refusal.reason, /no target \(floors\.public\)/)
  assert.match(refusal.remedy, /other floors for level:public/)
})

test('the client confines itself', () => {
  const refusal = refusalOf('frontier', inputOf({ sides: ['own', 'rented'] }))
  assert.equal(refusal.rule, 'client:x-causeway-side')
  assert.match(refusal.reason, /own, rented, and frontier is closed/)
  assert.deepEqual(names(inputOf({ sides: [] })), [])
  assert.match(refusalOf('home', inputOf({ sides: [] })).reason, /no side/)
})

test('rules are asked about what the floors leave, with declared kinds and the level they bring', () => {
  const text =
    '@id("no-health") forbid (principal, action, resource) when { context.kinds.contains(Kind::"health") && context.level == Level::"restricted" };'
  const rules = compileRules([{ name: 'a.cedar', text }])
  const use = useOf('notes', { carries: ['health'] })
  const snapshot = snapshotOf({ rules, uses: [use] })
  const refusal = refusalOf('home', inputOf({ use }), snapshot)
  assert.equal(refusal.rule, 'rule:no-health')
  assert.equal(refusalOf('frontier', inputOf({ use }), snapshot).rule, 'floor:health')
  assert.equal(throughFor('home', inputOf(), snapshot), 'profile:balanced; rule:built-in:permit-all')
})

test('whatever is wrong with the input or the snapshot refuses every candidate', () => {
  const wrong: readonly unknown[] = [
    { label: { level: 'public', kinds: ['helth'], conditions: [], raised: null } },
    { label: { level: 'open', kinds: [], conditions: [], raised: null } },
    { label: { level: 'public', kinds: [], conditions: ['asleep'], raised: null } },
    { label: { level: 'public', kinds: [], conditions: [], raised: 'low' } },
    { label: { level: 'public', kinds: [] } },
    { label: null },
    { use: { name: 'general', carries: ['helth'], tier: 'minimal', floors: {} } },
    { use: { name: 'general', carries: [], tier: 'minimal', floors: { pii: { sides: ['own'] } } } },
    { use: { name: 'general', carries: [], tier: 'minimal', floors: { public: { cross: 'maybe' } } } },
    { use: { name: 'general', carries: [], tier: 'minimal', floors: { public: null } } },
    { sides: 7 },
    { use: undefined },
  ]
  for (const part of wrong) {
    const input: DecideInput = Object.assign({}, inputOf(), part)
    const verdict = judge(input, snapshotOf())
    assert.deepEqual(verdict.permitted, [], JSON.stringify(part))
    assert.deepEqual(
      verdict.refusals.map(({ rule }) => rule),
      FOUR.map(() => 'decision-error'),
      JSON.stringify(part),
    )
  }
  const misspelt = snapshotOf({ floors: { contrakt: { sides: ['own'] } } })
  assert.deepEqual(judge(inputOf(), misspelt).permitted, [])
})

test('candidates that cannot be read are none, and nothing is thrown', () => {
  for (const candidates of [undefined, null, 7]) {
    const input: DecideInput = Object.assign({}, inputOf(), { candidates })
    assert.deepEqual(judge(input, snapshotOf()), { permitted: [], refusals: [] })
  }
})

test('a target on a side that nobody knows, or filed under another name, is no target', () => {
  const odd = Object.assign({}, targetOf('odd', 'closed'), { side: 'moon' })
  const snapshot = {
    ...snapshotOf({ targets: [odd] }),
    targets: new Map([
      ['odd', odd],
      ['alias', targetOf('home', 'own')],
    ]),
  }
  for (const name of ['odd', 'alias', '__proto__', 'constructor']) {
    assert.equal(refusalOf(name, inputOf({ candidates: [name] }), snapshot).rule, 'unknown-target')
  }
})

test('a rule set that throws, or that answers rubbish, permits nothing', () => {
  const answers: readonly RuleSet['ask'][] = [
    () => {
      throw new Error('broken')
    },
    () => JSON.parse('null'),
    () => JSON.parse('{"allow":"yes","rule":"x","reason":"y"}'),
    () => JSON.parse('{}'),
  ]
  for (const ask of answers) {
    const verdict = judge(inputOf(), snapshotOf({ rules: { size: 1, ask } }))
    assert.deepEqual(verdict.permitted, [])
    assert.equal(verdict.refusals.length, 4)
  }
})

test('the explanation shows the same decision with its floors', () => {
  const notes = useOf('notes', { floors: BAA })
  const floors: FloorRules = { contract: { regions: ['eu'] }, financial: { cross: 'freely', loosen: true } }
  const snapshot = snapshotOf({ floors, uses: [notes] })
  const input = inputOf({
    use: notes,
    label: restricted('health', 'contract', 'financial'),
    candidates: ['home', 'frontier', 'gone'],
  })
  const shown = explain(input, snapshot)
  assert.deepEqual(
    shown.floors.map(({ key, sides, loosened }) => [key, sides.length, loosened]),
    [
      ['health', 3, 'use'],
      ['financial', 4, 'configuration'],
      ['contract', 2, null],
    ],
  )
  assert.deepEqual(
    shown.candidates.map(({ target, side, rule, refusal }) => [target, side, rule, refusal?.rule]),
    [
      ['home', 'own', null, 'floor:contract'],
      ['frontier', 'closed', null, 'use-floor:notes:health'],
      ['gone', null, null, 'unknown-target'],
    ],
  )
  const levels = explain(inputOf(), snapshotOf({ floors: { public: { regions: ['eu'] } } }))
  assert.deepEqual(
    levels.floors.map(({ key, regions }) => [key, regions]),
    [['public', ['eu']]],
  )
  assert.deepEqual(explain(inputOf(), snapshotOf()).floors, [])
  const misspelt = explain(inputOf(), snapshotOf({ floors: { contrakt: { sides: ['own'] } } }))
  assert.deepEqual(misspelt.floors, [])
  assert.deepEqual(
    misspelt.candidates.map(({ refusal }) => refusal?.rule),
    FOUR.map(() => 'decision-error'),
  )
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CausewayError, type RuleQuestion } from '../domain/index.ts'
import { compile } from './compile.ts'
import { FOUR, inputOf, snapshotOf, targetOf } from './fixture.ts'
import { compileRules, judge, SCHEMA } from './index.ts'
import { type Engine, ruleSet } from './rules.ts'

const file = (text: string, name = 'house.cedar') => ({ name, text })

const question = (more: Partial<RuleQuestion> = {}): RuleQuestion => ({
  key: 'dev',
  team: 'platform',
  use: 'general',
  tier: 'minimal',
  level: 'public',
  kinds: [],
  model: 'auto',
  target: targetOf('frontier', 'closed', { region: 'us', jurisdiction: 'US', openness: 'proprietary' }),
  ...more,
})

const refusedBy = (text: string, more: Partial<RuleQuestion> = {}): string | null => {
  const answer = compileRules([file(text)]).ask(question(more))
  return answer.allow ? null : answer.rule
}

const complaint = (...files: { name: string; text: string }[]): string => {
  try {
    compileRules(files)
  } catch (thrown) {
    assert.ok(thrown instanceof CausewayError)
    assert.equal(thrown.fault.code, 'config_invalid')
    return thrown.message
  }
  return assert.fail('the rules were accepted')
}

test('without a file, or with empty ones, everything is permitted and nothing counted', () => {
  for (const files of [[], [file('')], [file(' \n')], [file('// nothing yet\n')]]) {
    const rules = compileRules(files)
    assert.equal(rules.size, 0)
    assert.deepEqual(rules.ask(question()), { allow: true, rule: 'rule:built-in:permit-all' })
  }
})

test('rules that only forbid stand on a built-in permit', () => {
  const text = '@id("no-us")\nforbid (principal, action, resource) when { resource.region == "us" };'
  assert.equal(refusedBy(text), 'rule:no-us')
  assert.equal(refusedBy(text, { target: targetOf('home', 'own') }), null)
})

test('one permit among the rules and nothing is permitted that no rule permits', () => {
  const text = '@id("own-only")\npermit (principal, action, resource) when { resource.side == Side::"own" };'
  assert.equal(refusedBy(text), 'rule:no-permit')
  const rules = compileRules([file(text)])
  assert.deepEqual(rules.ask(question({ target: targetOf('home', 'own') })), {
    allow: true,
    rule: 'rule:own-only',
  })
})

test('the trap: a forbid that fails while it is evaluated refuses, where Cedar itself would allow', () => {
  const text =
    '@id("overflow") forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };\npermit (principal, action, resource);'
  const answer = compileRules([file(text)]).ask(question())
  assert.equal(answer.allow, false)
  assert.equal(answer.rule, 'rule-error')
  assert.match(answer.allow ? '' : answer.reason, /overflow/)
  const verdict = judge(inputOf(), snapshotOf({ rules: compileRules([file(text)]) }))
  assert.deepEqual(verdict.permitted, [])
  assert.deepEqual(
    verdict.refusals.map(({ rule }) => rule),
    FOUR.map(() => 'rule-error'),
  )
})

test('a permit that fails refuses too, though another permits', () => {
  const text =
    'permit (principal, action, resource);\npermit (principal, action, resource) when { 9223372036854775807 + 1 > 0 };'
  assert.equal(refusedBy(text), 'rule-error')
})

test('failure, throw and rubbish from the engine refuse, and are not remembered', () => {
  const compiled = compile([file('permit (principal, action, resource);')])
  const success: ReturnType<Engine> = {
    type: 'success',
    response: { decision: 'allow', diagnostics: { reason: ['house.cedar:1'], errors: [] } },
    warnings: [],
  }
  const broken: Engine[] = [
    () => ({ type: 'failure', errors: [], warnings: [] }),
    () => {
      throw new Error('unreachable')
    },
    () => JSON.parse('{}'),
    () => JSON.parse('{"type":"success","response":{"decision":"allow"}}'),
  ]
  for (const engine of broken) {
    let well = false
    const rules = ruleSet(compiled, (call) => (well ? success : engine(call)))
    const asked = question()
    const answer = rules.ask(asked)
    assert.equal(answer.allow, false)
    assert.equal(answer.rule, 'rule-error')
    well = true
    assert.equal(rules.ask(asked).allow, true)
  }
  const bare = ruleSet(compiled, () =>
    JSON.parse('{"type":"success","response":{"decision":"allow","diagnostics":{"reason":[],"errors":[]}}}'),
  )
  assert.equal(bare.ask(question()).allow, false, 'allowed by nothing is no permission')
})

test('an unknown word in a question is an error and so a refusal', () => {
  const text = 'permit (principal, action, resource);'
  assert.equal(refusedBy(text), null)
  assert.equal(refusedBy(text, { level: 'secretish' }), 'rule-error')
  assert.equal(refusedBy(text, { kinds: ['helth'] }), 'rule-error')
  assert.equal(refusedBy(text, { tier: 'huge' }), 'rule-error')
})

test('answers are remembered per question, and a target of the same name with other facts is another question', () => {
  let asked = 0
  const compiled = compile([file('permit (principal, action, resource);')])
  const rules = ruleSet(compiled, (call) => {
    asked += 1
    const region = call.entities.find(({ uid }) => 'type' in uid && uid.type === 'Target')?.attrs['region']
    const decision = region === 'eu' ? 'allow' : 'deny'
    const reason = region === 'eu' ? ['house.cedar:1'] : []
    return { type: 'success', response: { decision, diagnostics: { reason, errors: [] } }, warnings: [] }
  })
  const eu = targetOf('one', 'closed', { region: 'eu' })
  const us = targetOf('one', 'closed', { region: 'us' })
  assert.equal(rules.ask(question({ target: eu })).allow, true)
  assert.equal(rules.ask(question({ target: eu, kinds: ['health', 'secret'] })).allow, true)
  assert.equal(rules.ask(question({ target: eu, kinds: ['secret', 'health'] })).allow, true)
  assert.equal(asked, 2)
  assert.equal(rules.ask(question({ target: us })).allow, false)
  for (const more of [
    { key: 'k' },
    { team: null },
    { use: 'u' },
    { tier: 'high' },
    { level: 'restricted' },
    { model: 'm' },
  ]) {
    rules.ask(question({ target: eu, ...more }))
  }
  assert.equal(asked, 9)
})

test('every fact of the schema can be asked, and none is missing where it is not stated', () => {
  const bare = targetOf('bare', 'closed')
  const full = targetOf('full', 'attested', {
    region: 'eu',
    jurisdiction: 'DE',
    openness: 'open-weight',
    license: 'apache-2.0',
    agreements: ['baa'],
    tenancy: 'premises',
    simulated: true,
  })
  const conditions: readonly (readonly [string, string])[] = [
    ['resource.side == Side::"closed"', 'resource.side == Side::"attested"'],
    ['resource.region == "unknown"', 'resource.region == "eu"'],
    ['resource.jurisdiction == "unknown"', 'resource.jurisdiction == "DE"'],
    ['resource.openness == Openness::"unknown"', 'resource.openness == Openness::"open-weight"'],
    ['resource.license == "unknown"', 'resource.license like "apache*"'],
    ['resource.agreements.isEmpty()', 'resource.agreements.contains(Agreement::"baa")'],
    ['resource.tenancy == Tenancy::"unknown"', 'resource.tenancy == Tenancy::"premises"'],
    ['!resource.simulated', 'resource.simulated'],
    ['resource == Target::"bare"', 'resource == Target::"full"'],
    ['resource.model == "bare-model"', 'resource.model == "full-model" && resource.provider == "vllm"'],
  ]
  for (const [ofBare, ofFull] of conditions) {
    const rule = (condition: string) =>
      `@id("it") forbid (principal, action, resource) when { ${condition} };`
    assert.equal(refusedBy(rule(ofBare), { target: bare }), 'rule:it', ofBare)
    assert.equal(refusedBy(rule(ofBare), { target: full }), null, ofBare)
    assert.equal(refusedBy(rule(ofFull), { target: full }), 'rule:it', ofFull)
    assert.equal(refusedBy(rule(ofFull), { target: bare }), null, ofFull)
  }
})

test('principal, team, use and context can be asked', () => {
  const asked: Partial<RuleQuestion> = { kinds: ['health'], level: 'restricted', use: 'notes', tier: 'high' }
  const yes = [
    'principal in Team::"platform"',
    'principal == Principal::"dev" && principal.key == "dev" && principal.team like "plat*"',
    'context.use == Use::"notes" && context.use.tier == Tier::"high"',
    'context.tier == Tier::"high" && context.level == Level::"restricted" && context.model == "auto"',
    'context.kinds.contains(Kind::"health") && action == Action::"send"',
  ]
  for (const condition of yes) {
    const text = `@id("it") forbid (principal, action, resource) when { ${condition} };`
    assert.equal(refusedBy(text, asked), 'rule:it', condition)
    assert.equal(
      refusedBy(text, { key: 'x', team: null, level: 'public', use: 'x', tier: 'limited' }),
      null,
      condition,
    )
  }
})

test('the author of a rule words its refusal', () => {
  const text = '@id("x") @reason("Ask the clinic first.") forbid (principal, action, resource);'
  const answer = compileRules([file(text)]).ask(question())
  assert.equal(answer.allow ? '' : answer.reason, 'Ask the clinic first.')
})

test('a rule without an id goes by its file and line, past twelve of them and with text of several bytes', () => {
  const lines = Array.from(
    { length: 12 },
    (_, index) => `forbid (principal, action, resource) when { resource.region == "ü${index}" };`,
  )
  const rules = compileRules([file(`// überall\n${lines.join('\n')}\n`)])
  assert.equal(rules.size, 12)
  for (const index of [0, 1, 2, 10, 11]) {
    const answer = rules.ask(question({ target: targetOf('one', 'own', { region: `ü${index}` }) }))
    assert.equal(answer.rule, `rule:house.cedar:${index + 2}`)
  }
})

test('every wrong rule is named with its file and line', () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['permit (principal, action, resource)\nwhen { x y };', /house\.cedar:2: .*unexpected token/],
    [
      '// ü\n@id("t") forbid (principal, action, resource)\nwhen { resource.side == Side::"closde" };',
      /house\.cedar:3: rule t: .*closde.*"closed"/,
    ],
    [
      'forbid (principal, action, resource) when { resource.side == "closed" };',
      /house\.cedar:1: rule house\.cedar:1: .*String and Side/,
    ],
    ['forbid (principal, action, resource) when { resource.sid == Side::"own" };', /`side`/],
    ['forbid (principal, action == Action::"sned", resource);', /sned/],
    ['forbid (principal, action, resource) when { false };', /impossible/],
    ['forbid (principal == ?principal, action, resource);', /template/],
    ['@id("") forbid (principal, action, resource);', /cannot be the id/],
    ['@id("built-in:permit-all") forbid (principal, action, resource);', /cannot be the id/],
    [
      '@id("a") forbid (principal, action, resource);\n@id("a") permit (principal, action, resource);',
      /house\.cedar:2: rule a has the same id as one in house\.cedar:1/,
    ],
  ]
  for (const [text, expected] of wrong) assert.match(complaint(file(text)), expected, text)
  const one = '@id("same") permit (principal, action, resource);'
  assert.match(
    complaint(file(one, 'a.cedar'), file(`\n${one}`, 'b.cedar')),
    /b\.cedar:2: rule same .* a\.cedar:1/,
  )
})

test('text that only looks like other text is refused', () => {
  const text = 'forbid (principal, action, resource) when { resource.region == "e\u202Eu" };'
  assert.match(complaint(file(text)), /house\.cedar:1: /)
})

test('several files make one set', () => {
  const rules = compileRules([
    file('@id("a") forbid (principal, action, resource) when { resource.region == "us" };', 'a.cedar'),
    file('@id("b") permit (principal, action, resource);', 'b.cedar'),
  ])
  assert.equal(rules.size, 2)
  assert.equal(rules.ask(question()).rule, 'rule:a')
  assert.equal(rules.ask(question({ target: targetOf('home', 'own') })).rule, 'rule:b')
})

test('the schema lists every word of the domain', () => {
  for (const word of ['attested', 'source_code', 'restricted', 'zero-retention', 'open-weight']) {
    assert.ok(SCHEMA.includes(`"${word}"`), word)
  }
})

test('the schema in the documentation is the one in force', () => {
  const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8')
  const [, shown] = /```cedarschema\n([\s\S]*?)```/.exec(page) ?? []
  assert.equal(shown, SCHEMA)
})

test('the rules in the documentation compile', () => {
  const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8')
  const [, shown] = /```cedar\n([\s\S]*?)```/.exec(page) ?? []
  const rules = compileRules([file(shown ?? assert.fail('there are none'))])
  assert.equal(rules.size, 2)
  const target = targetOf('one', 'rented', { region: 'us', openness: 'non-commercial' })
  assert.equal(
    rules.ask(question({ target, tier: 'high', team: 'research' })).rule,
    'rule:high-risk-stays-in-the-eu',
  )
  assert.equal(rules.ask(question({ target })).rule, 'rule:only-research-may-use-non-commercial-weights')
  assert.equal(rules.ask(question({ target, team: 'research' })).allow, true)
})

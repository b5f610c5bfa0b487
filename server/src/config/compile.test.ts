import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CausewayError, type PriceLookup, type RuleQuestion } from '../domain/index.ts'
import { canonicalJson } from '../lib/index.ts'
import { checkConfig } from './check.ts'
import { compileSnapshot, compileSource } from './compile.ts'
import { parseConfig } from './parse.ts'
import { configError } from './problem.ts'

const TEXT = `
targets:
  - name: home
    provider: openai-compatible
    url: http://127.0.0.1:11434/v1/
    model: qwen3:8b
    side: own
    addresses: [10.0.0.7, 'fd00::/8']
    region: eu
    jurisdiction: de
    price: { input: 0, output: 0 }
  - { name: frontier, provider: anthropic, model: claude-sonnet-4-6, credential: env:ANTHROPIC_API_KEY, agreements: [dpa, dpa], capabilities: { images: false } }
  - { name: local, provider: ollama, model: 'x:cloud', side: rented }
  - { name: pretend, provider: openai, model: gpt, credential: env:K, simulated: true }
  - { name: plain, provider: engine, model: local, context: 8192, fit: oldest-turns }
routes: [{ name: auto, targets: [frontier, home] }]
uses:
  - { name: support-chat, owner: customer-care, tier: limited, floors: { health: { sides: [own, attested, closed], agreements: [baa], loosen: true } } }
profile: balanced
floors: { pii: { sides: [own] } }
keys:
  - { name: dev, secret: env:CAUSEWAY_DEV_KEY, team: platform, uses: [support-chat], budgets: [{ usd: 20, per: month }], rates: [{ requests: 60, per: minute }] }
`

const asked: string[] = []
const lookupPrice: PriceLookup = (provider, model) => {
  asked.push(`${provider}/${model}`)
  return { input: 3, output: 15, cacheRead: null, cacheWrite: null, source: `${provider} 2026-11-01` }
}
const RULES = [
  { name: 'b.cedar', text: 'permit (principal, action, resource);' },
  { name: 'a.cedar', text: 'permit (principal, action, resource); // too' },
]

const compile = (text = TEXT, prices: PriceLookup = lookupPrice, rules: typeof RULES = []) => {
  const checked = checkConfig(parseConfig(text, 'x.yaml'))
  if (checked.config === null) throw configError('x.yaml', checked.problems)
  return compileSnapshot(checked.config, { rules, lookupPrice: prices })
}

const snapshot = compile()

describe('a snapshot', () => {
  it('has the facts of its targets, the provider’s where the file says nothing', () => {
    assert.deepEqual(snapshot.targets.get('home'), {
      name: 'home',
      provider: 'openai-compatible',
      url: 'http://127.0.0.1:11434/v1',
      model: 'qwen3:8b',
      side: 'own',
      dialects: ['openai-chat', 'openai-embeddings', 'openai-completions', 'openai-images', 'openai-audio'],
      operations: ['chat', 'embed', 'complete', 'image', 'speech', 'transcribe'],
      addresses: ['10.0.0.7/32', 'fd00::/8'],
      credential: null,
      region: 'eu',
      jurisdiction: 'DE',
      tenancy: null,
      openness: null,
      license: null,
      agreements: [],
      context: null,
      fit: 'refuse',
      tools: true,
      images: false,
      audio: false,
      files: false,
      structured: true,
      quality: null,
      price: { input: 0, output: 0, cacheRead: null, cacheWrite: null, source: 'config' },
      passthrough: false,
      simulated: false,
      timeouts: { connect: 5000, firstByte: 120_000, idle: 60_000 },
      options: {},
    })
    const frontier = snapshot.targets.get('frontier')
    assert.equal(frontier?.side, 'closed')
    assert.equal(frontier?.jurisdiction, 'US')
    assert.equal(frontier?.openness, 'proprietary')
    assert.deepEqual(frontier?.agreements, ['dpa'])
    assert.equal(frontier?.images, false, 'the file has the last word')
    assert.equal(frontier?.files, true)
    assert.equal(snapshot.targets.get('plain')?.fit, 'oldest-turns')
  })

  it('looks prices up by provider id, never for own machines, simulated vendors or what the file prices', () => {
    assert.deepEqual([...new Set(asked)], ['anthropic/claude-sonnet-4-6'])
    assert.equal(snapshot.targets.get('frontier')?.price?.source, 'anthropic 2026-11-01')
    assert.equal(snapshot.targets.get('local')?.price, null)
    assert.equal(snapshot.targets.get('pretend')?.price, null)
    assert.equal(snapshot.targets.get('plain')?.price, null)
    assert.equal(compile(TEXT, () => null).targets.get('frontier')?.price, null, 'unknown stays unknown')
  })

  it('has routes, the built-in use, and principals without their references', () => {
    assert.deepEqual(snapshot.routes.get('auto'), {
      name: 'auto',
      targets: ['frontier', 'home'],
      objective: 'ordered',
      weights: {},
    })
    assert.deepEqual([...snapshot.uses.keys()], ['general', 'support-chat'])
    assert.deepEqual(snapshot.uses.get('general'), {
      name: 'general',
      owner: null,
      purpose: null,
      carries: [],
      tier: 'minimal',
      floors: {},
      confidence: {},
    })
    assert.deepEqual(snapshot.principals, [
      {
        key: 'dev',
        team: 'platform',
        uses: ['support-chat'],
        rates: [{ requests: 60, per: 60 }],
        confidence: {},
      },
    ])
  })

  it('spells pii out', () => {
    assert.deepEqual(snapshot.floors, {
      identity: { sides: ['own'] },
      payment: { sides: ['own'] },
      contact: { sides: ['own'] },
    })
    assert.deepEqual(snapshot.uses.get('support-chat')?.floors, {
      health: { sides: ['own', 'attested', 'closed'], agreements: ['baa'], loosen: true },
    })
  })

  it('is frozen to the bottom', () => {
    const mutable: unknown[] = [
      snapshot,
      snapshot.listen.gateway,
      snapshot.targets,
      snapshot.targets.get('home'),
      snapshot.targets.get('home')?.timeouts,
      snapshot.targets.get('home')?.dialects,
      snapshot.routes.get('auto')?.targets,
      snapshot.uses.get('support-chat')?.floors['health'],
      snapshot.principals,
      snapshot.principals[0]?.rates,
      snapshot.floors,
      snapshot.audit,
      snapshot.limits,
    ]
    for (const value of mutable)
      assert.ok(typeof value === 'object' && value !== null && Object.isFrozen(value))
    for (const map of [snapshot.targets, snapshot.routes, snapshot.uses]) {
      for (const verb of ['set', 'delete', 'clear']) assert.equal(Reflect.get(map, verb), undefined)
      assert.throws(() => Map.prototype.set.call(map, 'x', {}), TypeError)
      assert.throws(() => Map.prototype.clear.call(map), TypeError)
      assert.throws(() => Object.defineProperty(map, 'get', { value: () => undefined }), TypeError)
      assert.throws(
        () => Object.defineProperty(Object.getPrototypeOf(map), 'get', { value: () => undefined }),
        TypeError,
      )
    }
  })

  it('reads as a map does', () => {
    const { targets } = snapshot
    assert.equal(targets.size, 5)
    assert.ok(targets.has('home') && !targets.has('away'))
    assert.deepEqual(
      [...targets].map(([name]) => name),
      [...targets.keys()],
    )
    assert.deepEqual(
      [...targets.values()],
      [...targets.entries()].map(([, target]) => target),
    )
    const seen: string[] = []
    targets.forEach((_target, name, map) => {
      assert.equal(map, targets)
      seen.push(name)
    })
    assert.deepEqual(seen, [...targets.keys()])
  })
})

describe('the stored source', () => {
  it('compiles to the same snapshot again, whatever prices say by then', () => {
    const again = compileSource(snapshot.source)
    const plain = (from: typeof snapshot) => ({
      ...from,
      targets: [...from.targets],
      routes: [...from.routes],
      uses: [...from.uses],
      rules: from.rules.size,
    })
    assert.deepEqual(plain(again), plain(snapshot))
    assert.equal(again.hash, snapshot.hash)
  })

  it('has a hash that follows from the text, not from the order of keys or comments in the file', () => {
    const moved = TEXT.replace('profile: balanced\n', '').replace(
      'targets:',
      '# a remark\nprofile: balanced\ntargets:',
    )
    assert.notEqual(moved, TEXT)
    assert.equal(compile(moved).hash, snapshot.hash)
    assert.match(snapshot.hash, /^[0-9a-f]{64}$/)
    for (const change of [
      TEXT.replace('[frontier, home]', '[home, frontier]'),
      TEXT.replace('sides: [own] }', 'sides: [] }'),
      TEXT.replace('60, per', '61, per'),
    ]) {
      assert.notEqual(compile(change).hash, snapshot.hash)
    }
  })

  it('holds references and no folder of this machine', () => {
    assert.match(snapshot.source, /env:ANTHROPIC_API_KEY/)
    assert.ok(!snapshot.source.includes('.causeway'))
  })

  for (const [what, source] of [
    ['no JSON', '{'],
    ['nothing', '{}'],
    ['another version', snapshot.source.replace('"v":1', '"v":2')],
    ['an unknown field', snapshot.source.replace('"v":1', '"v":1,"w":1')],
    ['a side nobody knows', snapshot.source.replace('"side":"own"', '"side":"mine"')],
    ['a secret where a reference was', snapshot.source.replace('env:CAUSEWAY_DEV_KEY', 'sk-live-0123456789')],
  ] as const) {
    it(`is refused where it is damaged: ${what}`, () => {
      assert.throws(
        () => compileSource(source),
        (thrown: unknown) =>
          thrown instanceof CausewayError &&
          thrown.fault.code === 'record_damaged' &&
          !thrown.message.includes('sk-live'),
      )
    })
  }
})

describe('rules', () => {
  const home = snapshot.targets.get('home')
  assert.ok(home !== undefined)
  const question: RuleQuestion = {
    key: 'dev',
    team: null,
    use: 'general',
    tier: 'minimal',
    level: 'public',
    kinds: [],
    model: 'auto',
    target: home,
  }

  it('are part of the source, in the order of their names', () => {
    const ruled = compile(TEXT, lookupPrice, RULES)
    const turned = compile(TEXT, lookupPrice, [...RULES].reverse())
    assert.equal(ruled.hash, turned.hash)
    assert.notEqual(ruled.hash, snapshot.hash)
    assert.equal(ruled.rules.size, 2)
    assert.equal(snapshot.rules.size, 0)
    assert.equal(compileSource(ruled.source).rules.size, 2)
    assert.equal(ruled.rules.ask(question).allow, true)
    assert.equal(
      compile(TEXT, lookupPrice, [
        { name: 'x.cedar', text: 'forbid (principal, action, resource);' },
      ]).rules.ask(question).allow,
      false,
    )
  })

  it('that do not compile stop the snapshot', () => {
    assert.throws(
      () => compile(TEXT, lookupPrice, [{ name: 'x.cedar', text: 'permit (principal, action' }]),
      (thrown: unknown) => thrown instanceof CausewayError && thrown.fault.code === 'config_invalid',
    )
  })
})

it('canonical JSON gives the source back', () => {
  assert.equal(canonicalJson(JSON.parse(snapshot.source)), snapshot.source)
})

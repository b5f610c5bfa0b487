import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainContent } from '../../test/fixture/snapshot.ts'
import type { DecideInput, Principal, Route, Side, Snapshot, Target, Use, Verdict } from '../domain/index.ts'
import { modelList, nearestModels, rankFacts, reachable, resolve } from './index.ts'

const targetOf = (name: string, side: Side, model: string): Target => ({
  name,
  provider: 'vllm',
  url: 'http://127.0.0.1:1/v1',
  model,
  side,
  dialects: ['openai-chat'],
  operations: ['chat'],
  addresses: [],
  credential: 'env:SECRET',
  region: null,
  jurisdiction: null,
  tenancy: null,
  openness: null,
  license: null,
  agreements: [],
  context: 8192,
  fit: 'oldest-turns',
  tools: true,
  images: false,
  audio: true,
  files: false,
  structured: true,
  quality: 0.5,
  price: { input: 1, output: 2, cacheRead: null, cacheWrite: null, source: 'config' },
  passthrough: false,
  simulated: false,
  timeouts: { connect: 1, firstByte: 1, idle: 1 },
  options: {},
})

const useOf = (name: string, carries: Use['carries'] = []): Use => ({
  name,
  owner: null,
  purpose: null,
  carries,
  tier: 'high',
  floors: {},
})

const routeOf = (name: string, targets: readonly string[], weights: Route['weights'] = {}): Route => ({
  name,
  targets,
  objective: 'weighted',
  weights,
})

const TARGETS = [
  targetOf('frontier', 'closed', 'big-1'),
  targetOf('spare', 'rented', 'qwen'),
  targetOf('home', 'own', 'qwen'),
  targetOf('auto', 'own', 'hidden'),
]

const snapshot: Snapshot = {
  hash: 'test',
  source: '{}',
  listen: { gateway: { host: '127.0.0.1', port: 0 }, control: { host: '127.0.0.1', port: 0 } },
  targets: new Map(TARGETS.map((target) => [target.name, target])),
  routes: new Map(
    [routeOf('auto', ['frontier', 'home'], { home: 3 }), routeOf('away', ['frontier', 'spare'])].map(
      (route) => [route.name, route],
    ),
  ),
  uses: new Map([useOf('general'), useOf('notes', ['health'])].map((use) => [use.name, use])),
  principals: [],
  profile: 'balanced',
  floors: {},
  audit: { intent: 'none', outcome: 'durable' },
  rules: { size: 0, ask: () => ({ allow: true, rule: '' }) },
  limits: { body: 1, depth: 1, messages: 1, receive: 1, total: 1, inFlight: 1 },
  ...plainContent,
}

const keyWith = (...uses: readonly string[]): Principal => ({ key: 'dev', team: 'a', uses, rates: [] })

/** A judge as policy's is one, for what a use carries: health stays on own. */
const asked: DecideInput[] = []
const judge = (input: DecideInput): Verdict => {
  asked.push(input)
  const may = (name: string) => input.use.carries.length === 0 || snapshot.targets.get(name)?.side === 'own'
  return {
    permitted: input.candidates.filter(may).map((target) => ({ target, rule: 'x' })),
    refusals: [],
  }
}

test('a name is a route first, then a target, then a model', () => {
  const route = resolve('auto', snapshot)
  assert.deepEqual(route?.targets, ['frontier', 'home'])
  assert.equal(route?.objective, 'weighted')
  assert.deepEqual(route?.weights, { home: 3 })
  assert.deepEqual(resolve('home', snapshot), {
    route: null,
    targets: ['home'],
    objective: 'ordered',
    weights: {},
  })
  assert.deepEqual(resolve('qwen', snapshot)?.targets, ['spare', 'home'])
  for (const name of ['', 'Home', 'constructor', '__proto__', 'big'])
    assert.equal(resolve(name, snapshot), null, name)
})

test('facts are copied and say nothing of credentials', () => {
  const home = snapshot.targets.get('home') ?? assert.fail()
  const facts = rankFacts(home, snapshot.routes.get('auto') ?? null, true)
  assert.deepEqual(facts, {
    context: 8192,
    fit: 'oldest-turns',
    tools: true,
    images: false,
    audio: true,
    files: false,
    structured: true,
    quality: 0.5,
    price: home.price,
    weight: 3,
    sameDialect: true,
  })
  assert.equal(rankFacts(home, null, false).weight, 1)
  assert.equal(rankFacts(home, routeOf('x', ['home']), false).weight, 1)
})

test('a key reaches what one of its uses reaches; what a use declares counts', () => {
  assert.deepEqual(reachable(keyWith('general'), snapshot, judge), ['frontier', 'spare', 'home', 'auto'])
  assert.deepEqual(reachable(keyWith('notes'), snapshot, judge), ['home', 'auto'])
  assert.deepEqual(reachable(keyWith('notes', 'general'), snapshot, judge).length, 4)
  assert.deepEqual(reachable(keyWith('gone'), snapshot, judge), [])
})

test('the list has routes and targets with what can be reached behind them', () => {
  assert.deepEqual(modelList(snapshot, keyWith('general'), judge), [
    { id: 'auto', kind: 'route', sides: ['own', 'closed'], targets: ['frontier', 'home'] },
    { id: 'away', kind: 'route', sides: ['rented', 'closed'], targets: ['frontier', 'spare'] },
    { id: 'frontier', kind: 'target', sides: ['closed'], targets: ['frontier'] },
    { id: 'spare', kind: 'target', sides: ['rented'], targets: ['spare'] },
    { id: 'home', kind: 'target', sides: ['own'], targets: ['home'] },
  ])
  assert.deepEqual(
    modelList(snapshot, keyWith('notes'), judge).map(({ id, targets }) => [id, targets]),
    [
      ['auto', ['home']],
      ['home', ['home']],
    ],
  )
})

test('policy is asked with nothing found and under the name that a client would use', () => {
  asked.length = 0
  modelList(snapshot, keyWith('notes'), judge)
  for (const { label, sides, use, principal } of asked) {
    assert.deepEqual(label, { level: 'public', kinds: [], conditions: [], raised: null })
    assert.equal(sides, null)
    assert.deepEqual([use.name, use.tier, principal.team], ['notes', 'high', 'a'])
  }
  assert.deepEqual(
    asked.map(({ model }) => model),
    ['auto', 'away', 'frontier', 'spare', 'home', 'auto'],
  )
})

test('a 404 lists the nearest first, then everything, and not without end', () => {
  assert.deepEqual(nearestModels('hme', snapshot), ['home', 'auto', 'away', 'frontier', 'spare'])
  assert.deepEqual(nearestModels('big-2', snapshot), ['big-1', 'auto', 'away', 'frontier', 'spare', 'home'])
  assert.deepEqual(nearestModels('zzz', snapshot), ['auto', 'away', 'frontier', 'spare', 'home'])
  const many = Array.from({ length: 50 }, (_, index) => targetOf(`t${index}`, 'own', 'm'))
  const large = { ...snapshot, targets: new Map(many.map((target) => [target.name, target])) }
  assert.equal(nearestModels('zzz', large).length, 20)
})

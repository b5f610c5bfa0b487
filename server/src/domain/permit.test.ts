import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from './call.ts'
import type { Label } from './label.ts'
import { covers, mint, type Permit } from './permit.ts'
import type { Target } from './target.ts'

const call = Object.freeze<Call>({
  id: 'cw_1',
  operation: 'chat',
  dialect: 'openai-chat',
  source: '{"model":"auto"}',
  json: { model: 'auto' },
  model: 'auto',
  modelSpan: [9, 15],
  framing: 'sse',
  payload: null,
  verbatim: null,
  stream: false,
  wantsUsage: false,
  media: [],
  needs: {
    tools: false,
    images: false,
    audio: false,
    files: false,
    structured: false,
    inputTokens: 4,
    outputTokens: 0,
  },
  dialectHeaders: {},
})
const label = Object.freeze<Label>({
  level: 'public',
  kinds: [],
  conditions: [],
  declared: [],
  raised: null,
  findings: [],
  omitted: 0,
})
const target = Object.freeze<Target>({
  name: 'home',
  provider: 'openai-compatible',
  url: 'http://127.0.0.1:1/v1',
  model: 'm',
  side: 'own',
  dialects: ['openai-chat'],
  operations: ['chat'],
  addresses: [],
  credential: null,
  region: null,
  jurisdiction: null,
  tenancy: null,
  openness: null,
  license: null,
  agreements: [],
  context: null,
  fit: 'refuse',
  tools: false,
  images: false,
  audio: false,
  files: false,
  structured: false,
  quality: null,
  price: null,
  passthrough: false,
  simulated: false,
  timeouts: { connect: 1, firstByte: 1, idle: 1 },
  options: {},
})
const genuine = (): Permit => mint(call, label, target, 'floor:none')

test('a minted permit covers its own call and carries what it was minted for', () => {
  const permit = genuine()
  assert.equal(covers(permit, call), true)
  assert.equal(permit.target, target)
  assert.equal(permit.label, label)
  assert.equal(permit.rule, 'floor:none')
})

test('a permit covers its own call only, not an equal copy of it', () => {
  const permit = genuine()
  assert.equal(covers(permit, Object.freeze({ ...call })), false)
  assert.equal(covers(permit, structuredClone(call)), false)
  assert.equal(covers(permit, Object.create(call)), false)
  assert.equal(covers(permit, new Proxy(call, {})), false)
})

/** What a permit's own constructor is at run time, whatever its type hides. */
const constructorOf = (permit: Permit): (new (...given: unknown[]) => Permit) =>
  Reflect.get(permit, 'constructor')

test('the constructor refuses whoever has not the secret', () => {
  const Forge = constructorOf(genuine())
  const given = [call, label, target, 'forged']
  for (const key of [Symbol('mint'), Symbol.for('mint'), 'mint', undefined, null, {}]) {
    assert.throws(() => new Forge(key, ...given), TypeError)
    assert.throws(() => Reflect.construct(Forge, [key, ...given]), TypeError)
    assert.throws(() => Reflect.construct(Forge, [key, ...given], Object), TypeError)
  }
  assert.throws(() => Reflect.construct(Object, [], Forge) && new Forge(), TypeError)
})

test('the secret is to be found nowhere on a permit or its class', () => {
  const permit = genuine()
  const reachable = [permit, Object.getPrototypeOf(permit), constructorOf(permit)]
  for (const holder of reachable) assert.deepEqual(Object.getOwnPropertySymbols(holder), [])
})

const forgeries: Readonly<Record<string, (permit: Permit) => unknown>> = {
  'a spread copy': (permit) => ({ ...permit }),
  'a structured clone': (permit) => structuredClone({ ...permit }),
  'an object with the permit as prototype': (permit) => Object.create(permit),
  'an object with the class’s prototype': (permit) => Object.create(Object.getPrototypeOf(permit)),
  'a copy with prototype and all descriptors': (permit) =>
    Object.create(Object.getPrototypeOf(permit), Object.getOwnPropertyDescriptors(permit)),
  'a copy whose prototype was set later': (permit) =>
    Object.setPrototypeOf({ ...permit }, Object.getPrototypeOf(permit)),
  'a proxy': (permit) => new Proxy(permit, {}),
  'an instance made by Reflect.construct of another class': (permit) =>
    Reflect.construct(Object, [], constructorOf(permit)),
  'an instance of a class that only borrows the prototype': (permit) => {
    class Forged {}
    Object.setPrototypeOf(Forged.prototype, constructorOf(permit).prototype)
    return new Forged()
  },
  'an array': (permit) => Object.assign([], permit),
  null: () => null,
  undefined: () => undefined,
  'the string true': () => 'true',
  'the class itself': (permit) => constructorOf(permit),
}
for (const [name, forge] of Object.entries(forgeries)) {
  test(`${name} is no permit`, () => {
    assert.equal(covers(forge(genuine()), call), false)
  })
}

test('a permit and its class are frozen, so that nothing can be moved to another target', () => {
  const permit = genuine()
  assert.ok(Object.isFrozen(permit))
  assert.ok(Object.isFrozen(Object.getPrototypeOf(permit)))
  assert.ok(Object.isFrozen(constructorOf(permit)))
  assert.throws(() => Object.assign(permit, { target: { ...target, name: 'elsewhere' } }), TypeError)
  assert.throws(() => Object.defineProperty(permit, 'target', { value: null }), TypeError)
  assert.throws(() => Object.assign(constructorOf(permit), { covers: () => true }), TypeError)
  assert.equal(permit.target, target)
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { lookupPrice } from '../../src/accounts/index.ts'
import { compileSource, loadConfig } from '../../src/config/index.ts'
import {
  type Call,
  CausewayError,
  covers,
  type Decision,
  type Dialect,
  type Label,
  type Snapshot,
} from '../../src/domain/index.ts'
import { createEgress } from '../../src/gateway/index.ts'
import { decide, summarise } from '../../src/policy/index.ts'
import { createLabeller } from '../../src/sensitivity/index.ts'
import { wireOf } from '../../src/wire/index.ts'
import { simulatedTarget } from '../open-house.ts'

/* Whoever holds a call, a label, a permit or the snapshot tries to change it after it was decided on. */

const BODIES: readonly (readonly [Dialect, object])[] = [
  [
    'openai-chat',
    {
      model: 'vendor',
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Why do tides rise?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
      ],
      tools: [
        {
          type: 'function',
          function: {
            name: 'note',
            parameters: { type: 'object', properties: { a: { enum: ['x', 'y'] } } },
          },
        },
      ],
      metadata: { team: 'harbour' },
    },
  ],
  [
    'anthropic-messages',
    {
      model: 'vendor',
      max_tokens: 50,
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Why do tides rise?' }] }],
    },
  ],
  ['openai-embeddings', { model: 'vendor', input: ['Why do tides rise?'] }],
]

const bytesOf = (body: object): Uint8Array => new TextEncoder().encode(JSON.stringify(body))

const read = (dialect: Dialect, bytes: Uint8Array): Call =>
  wireOf(dialect).read(
    bytes,
    {
      id: 'cw_00000000000000000000000001',
      operation: dialect === 'openai-embeddings' ? 'embed' : 'chat',
      headers: { 'anthropic-version': '2023-06-01' },
    },
    { bodyBytes: 1_000_000, depth: 64, messages: 100 },
  )

/** Every object that can be reached from a value, itself included. */
const reachable = (value: unknown, found: Set<object> = new Set()): Set<object> => {
  if (typeof value !== 'object' || value === null || found.has(value)) return found
  found.add(value)
  for (const key of Reflect.ownKeys(value)) reachable(Reflect.get(value, key), found)
  return found
}

/** Tries everything the language has for changing an object; says what worked. */
const attack = (object: object): readonly string[] => {
  const own = Reflect.ownKeys(object)
  const ways: readonly (readonly [string, () => boolean])[] = [
    ...own.map((key) => [`set ${String(key)}`, () => Reflect.set(object, key, 'changed')] as const),
    ...own.map((key) => [`delete ${String(key)}`, () => Reflect.deleteProperty(object, key)] as const),
    ...own.map(
      (key) =>
        [
          `define ${String(key)}`,
          () => Reflect.defineProperty(object, key, { get: () => 'changed' }),
        ] as const,
    ),
    ['add', () => Reflect.set(object, 'added', 'changed')],
    ['prototype', () => Reflect.setPrototypeOf(object, { toJSON: () => 'changed' })],
  ]
  return ways.flatMap(([name, way]) => (way() ? [name] : []))
}

const worked = (value: unknown): readonly string[] => [...reachable(value)].flatMap(attack)

describe('a call that was read', () => {
  for (const [dialect, body] of BODIES) {
    test(`${dialect}: nothing in it can be changed, nor by way of the bytes it came from`, () => {
      const bytes = bytesOf(body)
      const call = read(dialect, bytes)
      const before = structuredClone({ ...call })
      assert.ok(reachable(call).size >= 7, `${reachable(call).size} objects were attacked`)
      assert.deepEqual(worked(call), [])
      bytes.fill(0x20)
      assert.deepEqual({ ...call }, before)
      assert.equal(call.source, JSON.stringify(body))
      assert.deepEqual(call.json, body)
    })
  }

  test('assignments as code would write them throw', () => {
    const [dialect, body] = BODIES[0] ?? assert.fail()
    const call = read(dialect, bytesOf(body))
    const messages: unknown = call.json['messages']
    assert.ok(Array.isArray(messages))
    const attempts: readonly (() => unknown)[] = [
      () => Object.assign(call, { source: '{}' }),
      () => Object.assign(call.json, { model: 'other' }),
      () => messages.push({ role: 'user', content: 'my card is 4111 1111 1111 1111' }),
      () => messages.splice(0),
      () => Object.assign(messages[1], { content: 'other' }),
      () => Object.assign(call.needs, { inputTokens: 0 }),
      () => Object.assign(call.media, { 0: null }),
      () => Object.assign(call.dialectHeaders, { 'x-more': '1' }),
    ]
    for (const attempt of attempts) assert.throws(attempt, TypeError, String(attempt))
  })
})

describe('what was decided for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-mutation-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const snapshotOf = (): Snapshot => {
    const file = join(folder, 'causeway.yaml')
    writeFileSync(
      file,
      `targets:\n${simulatedTarget('vendor', 'http://127.0.0.1:9/v1', 'closed')}${simulatedTarget('home', 'http://127.0.0.1:9/v1', 'own')}routes:\n  - { name: auto, targets: [vendor, home], objective: ordered }\nuses:\n  - { name: notes, carries: [health] }\nkeys:\n  - { name: dev, secret: "env:KEY", uses: [general] }\n`,
    )
    return loadConfig(file, { home: folder, lookupPrice }).snapshot
  }
  const snapshot = snapshotOf()
  const labeller = createLabeller()
  const judged = (call: Call): { readonly label: Label; readonly decision: Decision } => {
    const use = snapshot.uses.get('general') ?? assert.fail()
    const label = labeller.label(call, use, null)
    const input = {
      principal: { key: 'dev', team: null },
      use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
      label: summarise(label),
      sides: null,
      model: call.model,
      candidates: ['vendor', 'home'],
    }
    return { label, decision: decide(call, label, input, snapshot) }
  }
  const harmless = bytesOf({ model: 'vendor', messages: [{ role: 'user', content: 'Why do tides rise?' }] })
  const sensitive = bytesOf({
    model: 'vendor',
    messages: [{ role: 'user', content: 'Card 4111 1111 1111 1111, expiry 04/29' }],
  })

  test('the label is frozen', () => {
    const { label } = judged(read('openai-chat', sensitive))
    assert.ok(label.findings.length > 0)
    assert.deepEqual(worked(label), [])
  })

  test('a permit covers no other call, not even one read from the very same bytes', () => {
    const call = read('openai-chat', harmless)
    const { decision } = judged(call)
    const permit = decision.permits.find(({ target }) => target.name === 'vendor') ?? assert.fail()
    assert.ok(covers(permit, call))
    const again = read('openai-chat', harmless)
    const other = read('openai-chat', sensitive)
    const egress = createEgress(() => 'secret')
    for (const wrong of [again, other, { ...call }, Object.freeze({ ...call, source: other.source })]) {
      assert.equal(covers(permit, wrong), false)
      assert.throws(
        () => egress.compose(permit, wrong),
        (thrown: unknown) => thrown instanceof CausewayError && thrown.fault.rule === 'no-permit',
      )
    }
    assert.deepEqual(worked(permit), [])
    const composed = egress.compose(permit, call)
    assert.deepEqual(attack(composed), [])
  })

  test('nothing in the snapshot can be changed, its maps included', () => {
    const before = snapshot.source
    assert.deepEqual(worked(snapshot), [])
    for (const map of [snapshot.targets, snapshot.routes, snapshot.uses]) {
      assert.ok(Object.isFrozen(map))
      for (const name of ['set', 'delete', 'clear'])
        assert.equal(Reflect.get(map, name), undefined, `a map with ${name}`)
      // The built-in methods find no map in it to work on.
      assert.throws(() => Reflect.apply(Map.prototype.set, map, ['vendor', null]), TypeError)
      assert.throws(() => Reflect.apply(Map.prototype.clear, map, []), TypeError)
      assert.throws(() => Reflect.apply(Map.prototype.delete, map, ['vendor']), TypeError)
      assert.ok(Object.isFrozen(Object.getPrototypeOf(map)))
      map.forEach((_value, _key, inside) => {
        assert.equal(inside, map)
      })
    }
    for (const target of snapshot.targets.values()) assert.deepEqual(worked(target), [])
    for (const route of snapshot.routes.values()) assert.deepEqual(worked(route), [])
    for (const use of snapshot.uses.values()) assert.deepEqual(worked(use), [])
    assert.equal(compileSource(before).hash, snapshot.hash)
  })
})

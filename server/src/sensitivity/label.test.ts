import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Json, type JsonObject, KINDS, LEVELS, levelOfKind } from '../domain/index.ts'
import type { Detector } from './detector.ts'
import { DETECTORS } from './detectors/index.ts'
import { createLabeller } from './label.ts'
import { callOf, saying } from './testing.ts'

const IBAN = 'DE89370400440532013000'
const nobody = { carries: [] }
const labeller = createLabeller()
const object = (value: Json): JsonObject => ({ messages: [{ role: 'user', content: 'hello' }], value })

test('an IBAN planted in any string leaf, key, or JSON inside a string is found', () => {
  const planted = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<Json>(IBAN, `please pay ${IBAN}.`, `${IBAN}`, { [`to ${IBAN}`]: 1 }),
      fc.tuple(fc.array(fc.jsonValue({ maxDepth: 1 })), tie('tree')).map(([rest, tree]): Json => {
        const others: Json[] = JSON.parse(JSON.stringify(rest))
        return [...others, tree]
      }),
      fc.tuple(fc.string({ maxLength: 12 }), tie('tree')).map(([key, tree]): Json => ({ [`${key}k`]: tree })),
      tie('tree').map((tree): Json => JSON.stringify({ inner: tree })),
    ),
  })).tree
  fc.assert(
    fc.property(planted, (value) => {
      const label = labeller.label(callOf(object(value)), nobody, null)
      assert.ok(label.kinds.includes('payment'), JSON.stringify(value))
      assert.equal(label.level, 'restricted')
    }),
    { numRuns: 200 },
  )
})

test('any JSON gets a label: frozen, sorted, at most 50 findings, nothing thrown', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.subarray([...KINDS]),
      fc.option(fc.constantFrom(...LEVELS)),
      (json, carries, raised) => {
        const value: Json = JSON.parse(JSON.stringify(json))
        const label = labeller.label(callOf(object(value)), { carries }, raised)
        assert.ok(Object.isFrozen(label) && Object.isFrozen(label.kinds) && Object.isFrozen(label.findings))
        assert.deepEqual(
          label.kinds,
          KINDS.filter((kind) => label.kinds.includes(kind)),
        )
        assert.ok(label.findings.length <= 50)
        for (const kind of carries) assert.ok(label.kinds.includes(kind))
        assert.deepEqual(new Set(label.declared), new Set(carries))
        for (const kind of label.kinds)
          assert.ok(LEVELS.indexOf(label.level) >= LEVELS.indexOf(levelOfKind(kind)))
        if (raised !== null) assert.ok(LEVELS.indexOf(label.level) >= LEVELS.indexOf(raised))
      },
    ),
    { numRuns: 200 },
  )
})

test('raising raises and never lowers', () => {
  for (const content of ['hello', 'mail jane@acme.io', `pay ${IBAN}`]) {
    let before = -1
    for (const raised of [null, ...LEVELS]) {
      const level = LEVELS.indexOf(labeller.label(saying(content), nobody, raised).level)
      assert.ok(level >= before)
      before = level
    }
  }
})

test('what a use declares counts as found', () => {
  const label = labeller.label(saying('hello'), { carries: ['health', 'contact', 'health'] }, null)
  assert.deepEqual(label.kinds, ['contact', 'health'])
  assert.deepEqual(label.declared, ['contact', 'health'])
  assert.equal(label.level, 'restricted')
  assert.deepEqual(label.findings, [])
})

const failing: Detector = {
  name: 'failing',
  detect: ({ text }) => {
    if (text.includes('boom')) throw new Error('a detector broke')
    return []
  },
}

test('a detector that throws makes the label failed and restricted, with all else it found', () => {
  const broken = createLabeller({ detectors: [...DETECTORS, failing] })
  const json = { messages: [{ content: 'boom!' }, { content: 'mail jane@acme.io' }] }
  const label = broken.label(callOf(json), { carries: ['internal'] }, null)
  assert.deepEqual(label.conditions, ['failed'])
  assert.equal(label.level, 'restricted')
  assert.deepEqual(label.kinds, ['contact', 'internal'])
  assert.deepEqual(broken.label(saying('all well'), nobody, null).conditions, [])
  assert.deepEqual(broken.label(saying(`boom ${'x'.repeat(200)}`), nobody, null).conditions, ['failed'])
  // A failure is not remembered as a verdict.
  assert.deepEqual(broken.label(saying(`boom ${'x'.repeat(200)}`), nobody, null).conditions, ['failed'])
})

test('a request too deep to walk, or too slow to read, is failed', () => {
  const deep: JsonObject = JSON.parse(`{"a":${'['.repeat(900)}${']'.repeat(900)}}`)
  assert.deepEqual(labeller.label(callOf(deep), nobody, null).conditions, ['failed'])
  let time = 0
  const now = () => {
    time += 6
    return time
  }
  const slow = createLabeller({ budget: 10, now })
  const label = slow.label(callOf({ messages: ['one', 'two', 'three'] }), nobody, null)
  assert.deepEqual(label.conditions, ['failed'])
  assert.equal(label.level, 'restricted')
})

test('media makes the label unread', () => {
  const call = callOf({ image: 'data:image/png;base64,AAAA' }, [
    { path: 'image', type: 'image', remote: false },
  ])
  const label = labeller.label(call, nobody, null)
  assert.deepEqual(label.conditions, ['unread'])
  assert.equal(label.level, 'public')
})

test('findings say where, in order, masked, at most 50, and the rest are counted', () => {
  const many = Array.from({ length: 70 }, (_, i) => `p${i}@acme.io`).join(' ')
  const label = labeller.label(saying(many), nobody, null)
  assert.equal(label.findings.length, 50)
  assert.equal(label.omitted, 20)
  const [first] = label.findings
  assert.equal(first?.path, 'messages[0].content')
  assert.equal(many.slice(first?.start, first?.end), 'p0@acme.io')
  assert.ok(!JSON.stringify(label).includes('p0@acme.io'))
})

test('the name of a member announces its value, and offsets are those of the value', () => {
  const label = labeller.label(
    callOf({ tool: { passport_number: 'X1234567', password: 'hunter2x!' } }),
    nobody,
    null,
  )
  assert.deepEqual(
    label.findings.map(({ type, path, start, end }) => [type, path, start, end]),
    [
      ['PASSPORT', 'tool.passport_number', 0, 8],
      ['PASSWORD', 'tool.password', 0, 9],
    ],
  )
})

test('a text seen before is not read again', () => {
  let reads = 0
  const counting: Detector = {
    name: 'counting',
    detect: () => {
      reads += 1
      return []
    },
  }
  const counted = createLabeller({ detectors: [counting] })
  const history = 'a long turn of the conversation. '.repeat(10)
  const turn = (...contents: string[]) => callOf({ messages: contents })
  counted.label(turn(history), nobody, null)
  const first = reads
  counted.label(turn(history, 'a new one'), nobody, null)
  assert.equal(reads, first + 1)
  const forgetful = createLabeller({ detectors: [counting], cacheBytes: 0 })
  forgetful.label(turn(history), nobody, null)
  forgetful.label(turn(history), nobody, null)
  assert.equal(reads, first + 3)
})

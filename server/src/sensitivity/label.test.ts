import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Json, type JsonObject, KINDS, LEVELS, levelOfKind } from '../domain/index.ts'
import type { Detector } from './detector.ts'
import { email } from './detectors/email.ts'
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
  const label = createLabeller({ detectors: [email] }).label(saying(many), nobody, null)
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

test('a kind counts from the confidence that is asked for; its findings stay on the list', () => {
  const call = saying('mail jane@acme.io')
  const { kinds, findings } = labeller.label(call, { carries: [], confidence: { contact: 0.99 } }, null)
  assert.deepEqual(kinds, [])
  assert.equal(findings.length, 1)
  assert.deepEqual(labeller.label(call, { carries: [], confidence: { contact: 0.9 } }, null).kinds, [
    'contact',
  ])
  assert.deepEqual(labeller.label(call, { carries: [], confidence: { payment: 1 } }, null).kinds, ['contact'])
})

test('what is excepted is no finding, and nothing else is spared by it', () => {
  const except = (value: string, type: string): boolean => type === 'EMAIL' && value === 'p1@acme.io'
  const both = labeller.label(saying('mail p1@acme.io or p2@acme.io'), { carries: [], except }, null)
  assert.deepEqual([both.kinds, both.findings.length], [['contact'], 1])
  const one = labeller.label(saying('mail p1@acme.io'), { carries: [], except }, null)
  assert.deepEqual([one.kinds, one.findings], [[], []])
  const named = labeller.label(callOf({ mail: 'p1@acme.io' }), { carries: [], except }, null)
  assert.deepEqual(named.kinds, [])
})

test('detectors of one’s own look beside ours', () => {
  const own: Detector = {
    name: 'own',
    detect: ({ text }) => {
      const start = text.indexOf('Bluebird')
      const hit = { kind: 'internal', type: 'CODE_NAME', confidence: 1, reason: 'a word of ours' } as const
      return start < 0 ? [] : [{ ...hit, start, end: start + 8 }]
    },
  }
  const { kinds } = createLabeller({ own: [own] }).label(saying('pay Bluebird jane@acme.io'), nobody, null)
  assert.ok(kinds.includes('internal') && kinds.includes('contact'))
})

test('a request of more values than are read is failed, soon; numbers are none', () => {
  const limited = createLabeller({ values: 100 })
  const many = callOf({ messages: Array.from({ length: 200 }, () => []), last: `pay ${IBAN}` })
  assert.deepEqual(limited.label(many, nobody, null).conditions, ['failed'])
  assert.equal(limited.label(many, nobody, null).level, 'restricted')
  assert.equal(limited.locate(many), null)
  const inside = callOf({ x: JSON.stringify(Array.from({ length: 200 }, () => 'a')) })
  assert.deepEqual(limited.label(inside, nobody, null).conditions, ['failed'])
  const tokens = callOf({ input: Array.from({ length: 5_000 }, (_, i) => i) })
  assert.deepEqual(limited.label(tokens, nobody, null).conditions, [])
})

const located = (json: JsonObject) => labeller.locate(callOf(json)) ?? []

test('sites: every string with all that stands in it, whatever the label has room for', () => {
  const many = Array.from({ length: 70 }, (_, i) => `p${i}@acme.io`).join(' ')
  const call = callOf({ messages: [{ role: 'user', content: many }, 'nothing here'] })
  const sites = createLabeller({ detectors: [email] }).locate(call) ?? []
  assert.deepEqual(
    sites.map(({ path, where, spans }) => [path, where, spans.length]),
    [
      ['messages[0].role', 'value', 0],
      ['messages[0].content', 'value', 70],
      ['messages[1]', 'value', 0],
    ],
  )
  const [first] = sites[1]?.spans ?? []
  assert.equal(many.slice(first?.start, first?.end), 'p0@acme.io')
  assert.ok(Object.isFrozen(sites[0]))
})

test('sites: offsets are those of the value, whatever it is called; nested JSON is told of', () => {
  const sites = located({ tool: { passport_number: 'X1234567' }, arguments: JSON.stringify({ to: IBAN }) })
  assert.deepEqual(
    sites.map(({ path, nested, spans }) => [path, nested, spans.map(({ start, end }) => [start, end])]),
    [
      ['tool.passport_number', false, [[0, 8]]],
      ['arguments', false, [[7, 29]]],
      ['arguments{}.to', true, [[0, 22]]],
    ],
  )
})

test('sites: keys, headers, numbers and joined parts come along where something stands in them', () => {
  const part = (text: string) => ({ type: 'text', text })
  const json = {
    [`to ${IBAN}`]: 'x',
    'some key': 'y',
    card: 4111111111111111,
    content: [part('GB29 NWBK 6016'), part(' 1331 9268 19')],
  }
  const call = { ...callOf(json), dialectHeaders: { 'anthropic-beta': `a, ${IBAN}` } }
  const sites = labeller.locate(call) ?? []
  const found = sites.filter(
    ({ where, spans }) => where !== 'value' && spans.some(({ kind }) => kind === 'payment'),
  )
  assert.deepEqual(new Set(found.map(({ where }) => where)), new Set(['header', 'key', 'number', 'joined']))
  assert.ok(!sites.some(({ text }) => text === 'some key'))
})

test('sites: an encoded run says so, and a failed reading has none', () => {
  const run = Buffer.from(`please pay ${IBAN} today`).toString('base64')
  const [site] = located({ x: `decode ${run}` })
  assert.ok(site?.spans.some(({ type, encoded }) => type === 'IBAN' && encoded))
  const broken = createLabeller({ detectors: [failing] })
  assert.equal(broken.locate(saying('boom!')), null)
})

test('a call just labelled is located without being read again', () => {
  let reads = 0
  const counting: Detector = {
    name: 'counting',
    detect: () => {
      reads += 1
      return []
    },
  }
  const counted = createLabeller({ detectors: [counting] })
  const call = callOf({ messages: ['a long turn of the conversation. '.repeat(10)] })
  counted.label(call, nobody, null)
  const before = reads
  counted.locate(call)
  assert.equal(reads, before)
})

test('more disguised addresses than can be read make the reading fail, not the rest pass', () => {
  const { conditions, level } = labeller.label(saying('at at dot '.repeat(9_000)), nobody, null)
  assert.deepEqual([conditions, level], [['failed'], 'restricted'])
})

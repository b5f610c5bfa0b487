import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixtureSnapshot } from '../../test/fixture/snapshot.ts'
import type { Call, Finding, Principal, ReadingStage } from '../domain/index.ts'
import type { Extractor } from '../extraction/index.ts'
import { createLabeller, type Detector } from '../sensitivity/index.ts'
import { wireOf } from '../wire/index.ts'
import { type ContentParts, readContent } from './content.ts'
import { Trace } from './trace.ts'

const PRINCIPAL: Principal = { key: 'dev', team: null, uses: ['general'], rates: [] }
const LIMITS = { bodyBytes: 1 << 20, depth: 64, messages: 100 }
const client = { leaving: () => new AbortController().signal }

const callOf = (content: unknown): Call =>
  wireOf('openai-chat').read(
    Buffer.from(JSON.stringify({ model: 'auto', messages: [{ role: 'user', content }] })),
    { id: 'cw_test', operation: 'chat', headers: {} },
    LIMITS,
  )

const withFile = (): Call =>
  callOf([{ type: 'file', file: { filename: 'a', file_data: 'data:application/pdf;base64,JVBERi0xLjQK' } }])

const traceOf = (confidence: Principal['confidence'] = {}): Trace => {
  const trace = new Trace('cw_test', 0, 0, 'POST', '/', fixtureSnapshot)
  trace.principal = { ...PRINCIPAL, confidence }
  const use = fixtureSnapshot.uses.get('general')
  assert.ok(use !== undefined)
  trace.wishes = { use, sides: null, raised: null, session: null, strict: false }
  return trace
}

const NO_FILES: Extractor = { extract: async () => [], close: async () => undefined }

const partsOf = (more: Partial<ContentParts> = {}): ContentParts => ({
  labeller: createLabeller(),
  extractor: NO_FILES,
  stages: [],
  ...more,
})

const found = (kind: Finding['kind']): Finding => ({
  kind,
  type: 'OTHER',
  path: 'messages[0].content',
  start: 0,
  end: 2,
  confidence: 0.7,
  reason: 'test',
  masked: '••',
})

const stage = (read: ReadingStage['read']): ReadingStage => ({ name: 'test', read })

test('a detector that throws restricts, and says so', async () => {
  const broken: Detector = {
    name: 'broken',
    detect: () => {
      throw new Error('broken')
    },
  }
  const { label } = await readContent(
    partsOf({ labeller: createLabeller({ own: [broken] }) }),
    traceOf(),
    callOf('hello there'),
    null,
    client,
  )
  assert.equal(label.level, 'restricted')
  assert.deepEqual(label.conditions, ['failed'])
})

test('an attachment that failed restricts; one read to its end is no longer unread; texts of any count', async () => {
  const path = 'messages[0].content[0].file.file_data'
  const extractor = (state: 'read' | 'failed' | 'unread', texts: readonly string[]): Extractor => ({
    ...NO_FILES,
    extract: async () =>
      state === 'read' ? [{ path, state, texts, partial: false }] : [{ path, state, texts, why: 'test' }],
  })
  const read = (one: Extractor) =>
    readContent(partsOf({ extractor: one }), traceOf(), withFile(), null, client)
  assert.deepEqual((await read(extractor('read', ['nothing']))).label.conditions, [])
  const failed = (await read(extractor('failed', ['The card is 4111 1111 1111 1111.']))).label
  assert.deepEqual(failed.conditions, ['unread', 'failed'])
  assert.deepEqual(failed.kinds, ['payment'])
  assert.equal(failed.findings[0]?.path, path)
  assert.deepEqual((await read(extractor('unread', []))).label.conditions, ['unread'])
})

test('an extractor that breaks its word breaks the request, which then goes nowhere', async () => {
  const extractor: Extractor = { ...NO_FILES, extract: () => Promise.reject(new Error('gone')) }
  await assert.rejects(readContent(partsOf({ extractor }), traceOf(), withFile(), null, client), /gone/)
})

test('a further reader adds, and one that fails restricts whatever the others say', async () => {
  const says = stage(async () => [found('health')])
  const fails = stage(() => Promise.reject(new Error('down')))
  const label = async (stages: readonly ReadingStage[]) =>
    (await readContent(partsOf({ stages }), traceOf(), callOf('hello there'), null, client)).label
  assert.deepEqual((await label([says])).kinds, ['health'])
  const both = await label([says, fails])
  assert.deepEqual(both.kinds, ['health'])
  assert.deepEqual(both.conditions, ['failed'])
  assert.equal(both.level, 'restricted')
})

test('a further reader cannot take away', async () => {
  const label = (
    await readContent(
      partsOf({ stages: [stage(async () => [])] }),
      traceOf(),
      callOf('The card is 4111 1111 1111 1111.'),
      null,
      client,
    )
  ).label
  assert.deepEqual(label.kinds, ['payment'])
})

test('what a conversation carried holds, and a finding too unsure for the key does not count but is told', async () => {
  const kept = { level: 'restricted', kinds: ['health'], sealed: null } as const
  const sticky = (await readContent(partsOf(), traceOf(), callOf('go on'), kept, client)).label
  assert.deepEqual(sticky.kinds, ['health'])
  assert.deepEqual(sticky.sticky, ['health'])
  const raised = { level: 'restricted', kinds: [], sealed: null } as const
  assert.equal(
    (await readContent(partsOf(), traceOf(), callOf('go on'), raised, client)).label.level,
    'restricted',
  )
  const unsure = (
    await readContent(
      partsOf({ stages: [stage(async () => [found('contact')])] }),
      traceOf({ contact: 0.8 }),
      callOf('go on'),
      null,
      client,
    )
  ).label
  assert.deepEqual(unsure.kinds, [])
  assert.equal(unsure.findings.length, 1)
})

test('what counts is told alike with further readers and without, by the threshold of its kind', async () => {
  for (const stages of [[], [stage(async () => [])]]) {
    const { counts } = await readContent(
      partsOf({ stages }),
      traceOf({ contact: 0.7 }),
      callOf('go on'),
      null,
      client,
    )
    const told = [found('contact'), { ...found('contact'), confidence: 0.69 }, found('health'), found(null)]
    assert.deepEqual(told.map(counts), [true, false, true, true])
  }
})

test('a copy with values taken out is labelled anew, further readers included', async () => {
  let asked = 0
  const counting = stage(async () => {
    asked += 1
    return [found('contact')]
  })
  const content = await readContent(
    partsOf({ stages: [counting] }),
    traceOf(),
    callOf('hi there'),
    null,
    client,
  )
  const copy = callOf('hi again')
  const clean = await content.relabel(copy, (value) => value === 'hi', [])
  assert.deepEqual(clean.label.kinds, [])
  const left = await content.relabel(copy, () => false, ['health'])
  assert.ok(left.label.kinds.includes('contact') && left.label.kinds.includes('health'))
  assert.equal(asked, 3)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixtureSnapshot } from '../../test/fixture/snapshot.ts'
import type { Call, Finding, Label, Operation } from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'
import { decide, summarise } from '../policy/index.ts'
import { createPseudonyms } from '../pseudonyms/index.ts'
import { createLabeller } from '../sensitivity/index.ts'
import { wireOf } from '../wire/index.ts'
import type { Content } from './content.ts'
import { crossOver } from './crossing.ts'
import { Trace } from './trace.ts'

const LIMITS = { bodyBytes: 1 << 20, depth: 64, messages: 100 }

const reading =
  (dialect: 'openai-chat' | 'openai-embeddings', operation: Operation) =>
  (source: string): Call =>
    wireOf(dialect).read(new TextEncoder().encode(source), { id: 'cw_test', operation, headers: {} }, LIMITS)

const findingOf = (path: string, text: string, value: string): Finding => ({
  path,
  start: text.indexOf(value),
  end: text.indexOf(value) + value.length,
  kind: 'contact',
  type: 'PERSON',
  confidence: 1,
  reason: 'test',
  masked: '••••',
})

const labelOf = (findings: readonly Finding[]): Label =>
  deepFreeze({
    level: findings.length > 0 ? ('confidential' as const) : ('public' as const),
    kinds: findings.length > 0 ? (['contact'] as const) : [],
    conditions: [],
    declared: [],
    raised: null,
    findings,
    omitted: 0,
  })

const cross = (
  dialect: 'openai-chat' | 'openai-embeddings',
  body: object,
  content: Pick<Content, 'found' | 'relabel'> & Partial<Pick<Content, 'counts'>>,
  sticky: Label['kinds'] = [],
) => {
  const read = reading(dialect, dialect === 'openai-chat' ? 'chat' : 'embed')
  const call = read(JSON.stringify(body))
  const label = { ...labelOf(content.found), sticky }
  const use = fixtureSnapshot.uses.get('general')
  assert.ok(use !== undefined)
  const input = {
    principal: { key: 'dev', team: null },
    use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
    label: summarise(label),
    sides: null,
    model: call.model,
    candidates: ['groq-70b'],
  }
  const trace = new Trace('cw_test', 0, 0, 'POST', '/v1/chat/completions', fixtureSnapshot)
  const parts = {
    // Sees nothing by itself: all that is found here is found by further readers.
    labeller: createLabeller({ detectors: [] }),
    pseudonyms: createPseudonyms({ secret: new Uint8Array(32).fill(1) }),
    sealingKey: new Uint8Array(32).fill(2),
  }
  const decision = decide(call, label, input, fixtureSnapshot)
  return crossOver(
    parts,
    trace,
    call,
    { label, texts: [], isIssued: () => false, counts: () => true, ...content },
    null,
    decision,
    read,
  )
}

const PATH = 'messages[0].content'

test('what a further reader finds in the copy is looked for where it stands in the copy', async () => {
  const text = 'Ask Maximiliana Featherstonehaugh, or else ask Bo Quillfeather about the tide.'
  let rounds = 0
  const crossed = await cross(
    'openai-chat',
    { model: 'auto', messages: [{ role: 'user', content: text }] },
    {
      found: [findingOf(PATH, text, 'Maximiliana Featherstonehaugh')],
      async relabel(copy) {
        rounds += 1
        const { content } = JSON.parse(copy.source).messages[0]
        const found = rounds === 1 ? [findingOf(PATH, content, 'Bo Quillfeather')] : []
        return { label: labelOf(found), found }
      },
    },
  )
  assert.equal(rounds, 2)
  assert.ok(crossed !== null)
  const { content } = JSON.parse(crossed.call.source).messages[0]
  assert.match(content, /^Ask \p{L}+ \p{L}+, or else ask \p{L}+ \p{L}+ about the tide\.$/u)
  assert.doesNotMatch(content, /Maximiliana|Featherstonehaugh|Bo |Quillfeather/)
})

test('what is not sure enough to count stays as it is, and keeps nothing home', async () => {
  const text = 'Ask Maximiliana Featherstonehaugh for the Checklist.'
  const named = 'tools[0].function.name'
  const person = findingOf(PATH, text, 'Maximiliana Featherstonehaugh')
  const unsure = { ...findingOf(named, 'Checklist', 'Checklist'), confidence: 0.64 }
  const body = {
    model: 'auto',
    messages: [{ role: 'user', content: text }],
    tools: [{ type: 'function', function: { name: 'Checklist', parameters: { type: 'object' } } }],
  }
  const crossing = (threshold: number) =>
    cross('openai-chat', body, {
      found: [person, unsure],
      relabel: () => Promise.resolve({ label: labelOf([]), found: [] }),
      counts: ({ confidence }) => confidence >= threshold,
    })
  const crossed = await crossing(0.7)
  assert.ok(crossed !== null)
  const { messages, tools } = JSON.parse(crossed.call.source)
  assert.match(messages[0].content, /^Ask \p{L}+ \p{L}+ for the Checklist\.$/u)
  assert.doesNotMatch(messages[0].content, /Maximiliana|Featherstonehaugh/)
  assert.equal(tools[0].function.name, 'Checklist')
  // The name of a tool cannot be replaced: were it to count, the request would stay.
  assert.equal(await crossing(0), null)
})

test('embeddings of stand-ins are worth nothing and are not made', async () => {
  const text = 'Ask Maximiliana Featherstonehaugh.'
  const content: Pick<Content, 'found' | 'relabel'> = {
    found: [findingOf('input', text, 'Maximiliana Featherstonehaugh')],
    relabel: () => Promise.resolve({ label: labelOf([]), found: [] }),
  }
  assert.equal(await cross('openai-embeddings', { model: 'auto', input: text }, content), null)
})

test('what the conversation carried is not out of the way for a word that does not count', async () => {
  const text = 'Ask Maximiliana Featherstonehaugh, or the Quill.'
  const person = findingOf(PATH, text, 'Maximiliana Featherstonehaugh')
  const unsure = { ...findingOf(PATH, text, 'Quill'), confidence: 0.3 }
  const stays = async (found: readonly Finding[]): Promise<Label['kinds']> => {
    let asked: Label['kinds'] = []
    await cross(
      'openai-chat',
      { model: 'auto', messages: [{ role: 'user', content: text }] },
      {
        found,
        relabel: (_copy, _except, sticky) => {
          asked = sticky
          return Promise.resolve({ label: labelOf([]), found: [] })
        },
        counts: ({ confidence }) => confidence >= 0.5,
      },
      ['contact'],
    )
    return asked
  }
  assert.deepEqual(await stays([person, unsure]), [])
  assert.deepEqual(await stays([unsure]), ['contact'])
})

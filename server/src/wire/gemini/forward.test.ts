import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Forward, JsonObject, Operation } from '../../domain/index.ts'
import { FORWARD, faultOfAct, LIMITS } from '../testing.ts'
import { gemini } from './index.ts'

const callOf = (source: string, operation: Operation = 'chat') =>
  gemini.read(
    Buffer.from(source),
    {
      id: 'cw_test',
      operation,
      headers: {},
      path: { model: 'm', action: operation === 'embed' ? 'embedContent' : 'generateContent', query: '' },
    },
    LIMITS,
  )
const forwarded = (source: string, more: Partial<Forward> = {}, operation: Operation = 'chat') =>
  gemini.forward(callOf(source, operation), { ...FORWARD, model: 'gemini-2.5-pro', ...more })

const ODD =
  '{ "contents" : [ {"parts":[{"text":"a\\u0062","x_new":1e2}] , "role":"user"} ],\n "unknown":12345678901234567890, "generation_config":{"topK":1.0} }'

const HISTORY = JSON.stringify({
  contents: [
    { role: 'user', parts: [{ text: 'Go' }] },
    {
      role: 'model',
      parts: [
        { text: 'thought', thought: true },
        { functionCall: { name: 'f', args: {} }, thoughtSignature: 'bWluZQ' },
        { functionCall: { name: 'g', args: {} } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { name: 'f', response: {} } },
        { functionResponse: { name: 'g', response: {} } },
      ],
    },
    { role: 'model', parts: [{ text: '', thought_signature: 'b3RoZXI-' }] },
    { role: 'user', parts: [{ text: 'More' }] },
  ],
})

describe('forwarding in the same dialect', () => {
  it('T41 changes no character', () => {
    assert.deepEqual(forwarded(ODD), { body: ODD, dropped: [] })
  })

  it('T10 lists the opaque values of a request, in one spelling', () => {
    assert.deepEqual(gemini.opaque(callOf(HISTORY)), ['bWluZQ', 'b3RoZXI+'])
    assert.deepEqual(gemini.opaque(callOf(ODD)), [])
    assert.equal(forwarded(HISTORY, { foreign: new Set(['unrelated']) }).body, HISTORY)
  })

  it('T11 leaves foreign signatures out with a signal, and says so where the model demands one', () => {
    const foreign = new Set(['bWluZQ', 'b3RoZXI+'])
    const plain = forwarded(HISTORY, { foreign })
    const expected = JSON.parse(HISTORY)
    delete expected.contents[1].parts[1].thoughtSignature
    expected.contents.splice(3, 1)
    assert.deepEqual(JSON.parse(plain.body), expected)
    assert.deepEqual(plain.dropped, [
      'contents[1].parts[1].thoughtSignature',
      'contents[3].parts[0].thoughtSignature',
    ])
    const strict = JSON.parse(forwarded(HISTORY, { foreign, model: 'gemini-3-pro-preview' }).body)
    assert.equal(strict.contents[1].parts[1].thoughtSignature, 'skip_thought_signature_validator')
    assert.equal(strict.contents[1].parts[2].thoughtSignature, undefined)
  })

  it('never forwards what another dialect’s issuer sealed', () => {
    const sealed = Buffer.from('causeway-anthropic-messages:{"value":"sig"}').toString('base64')
    const source = JSON.stringify({
      contents: [
        { role: 'model', parts: [{ text: 'Hi' }, { text: '', thought: true, thoughtSignature: sealed }] },
      ],
    })
    assert.deepEqual(JSON.parse(forwarded(source).body), {
      contents: [{ role: 'model', parts: [{ text: 'Hi' }] }],
    })
  })

  it('names the target’s model where the body names one', () => {
    const batch = '{"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]},"taskType":"X"}]}'
    assert.equal(
      forwarded(batch, { model: 'emb-1' }, 'embed').body,
      batch.replace('models/m', 'models/emb-1'),
    )
    const single = '{"model":"models/m", "content":{"parts":[]}}'
    assert.equal(forwarded(single, { model: 'e' }, 'embed').body, single.replace('models/m', 'models/e'))
    const count = '{"generateContentRequest":{"model":"models/m","contents":[{"parts":[{"text":"a"}]}]}}'
    assert.equal(forwarded(count, { model: 'e' }, 'count').body, count.replace('models/m', 'models/e'))
  })

  it('leaves out what the upstream rejects', () => {
    const quirks = { ...FORWARD.quirks, unsupported: ['labels', 'topK'] }
    const source =
      '{"contents":[{"parts":[{"text":"a"}]}],"labels":{"a":"b"},"generationConfig":{"top_k":1,"topP":1}}'
    assert.deepEqual(forwarded(source, { quirks }), {
      body: '{"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"topP":1}}',
      dropped: ['labels', 'generationConfig.topK'],
    })
  })

  it('fits the history, calls and their answers together, and lowers the limit', () => {
    const long = 'word '.repeat(400)
    const contents: readonly JsonObject[] = [
      { role: 'user', parts: [{ text: long }] },
      { role: 'model', parts: [{ functionCall: { name: 'f', args: {} } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] },
      { role: 'model', parts: [{ text: long }] },
      { role: 'user', parts: [{ text: 'Last' }] },
    ]
    const source = JSON.stringify({ contents, generationConfig: { maxOutputTokens: 900 } })
    const { body, dropped } = forwarded(source, { fit: 400 })
    const json = JSON.parse(body)
    assert.deepEqual(json.contents, contents.slice(4))
    assert.ok(json.generationConfig.maxOutputTokens < 400)
    assert.deepEqual(dropped, ['contents[0..3]', 'generationConfig.maxOutputTokens'])
    assert.equal(faultOfAct(() => forwarded(source, { fit: 20 })).code, 'context_too_long')
    assert.equal(forwarded(source, { fit: 100_000 }).body, source)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Forward, type Json, type JsonObject, PLAIN_QUIRKS } from '../../domain/index.ts'
import { carry } from '../body/sealed.ts'
import { openaiResponses } from './index.ts'
import {
  call,
  faultOfAct,
  output,
  readJson,
  readText,
  request,
  SEALING,
  thought,
  user,
} from './testing.fixture.ts'

const FORWARD: Forward = { model: 'up', askUsage: false, fit: null, foreign: new Set(), quirks: PLAIN_QUIRKS }
const forward = (source: string, more: Partial<Forward> = {}) =>
  openaiResponses.forward(readText(source), { ...FORWARD, ...more })

describe('forwarding in the same dialect', () => {
  const source =
    '{ "model" : "m",\n "input":[{"role":"user","content":"é \\u00e9"}], "seed": 12345678901234567890, "x_unknown": {"b":1.0,"a":2e0}, "store": false}'

  it('T41 changes the model and nothing else where the client stores nothing', () => {
    assert.equal(forward(source).body, source.replace('"m"', '"up"'))
    assert.deepEqual(forward(source).dropped, [])
  })

  it('stores nothing upstream, whatever the client said', () => {
    assert.equal(forward(source.replace('false', 'true')).body, source.replace('"m"', '"up"'))
    const without = forward(source.replace(', "store": false', '')).body
    assert.equal(without, source.replace('"m"', '"up"').replace(', "store": false', ',"store":false'))
  })

  it('leaves a count of tokens as it is', () => {
    const count = readText('{"model":"m","input":"x","reasoning":{}}', 'count')
    const { body } = openaiResponses.forward(count, { ...FORWARD, quirks: SEALING })
    assert.equal(body, '{"model":"up","input":"x","reasoning":{}}')
  })

  it('T12 asks for sealed thoughts where the upstream has them and the client reasons', () => {
    const asked = (json: JsonObject, quirks = SEALING): Json | undefined =>
      JSON.parse(forward(JSON.stringify(request(json)), { quirks }).body).include
    assert.deepEqual(asked({ reasoning: { effort: 'low' } }), ['reasoning.encrypted_content'])
    assert.deepEqual(asked({ reasoning: {}, include: ['x'] }), ['x', 'reasoning.encrypted_content'])
    assert.deepEqual(asked({ reasoning: {}, include: ['reasoning.encrypted_content'] }), [
      'reasoning.encrypted_content',
    ])
    assert.equal(asked({}), undefined)
    assert.equal(asked({ reasoning: {} }, PLAIN_QUIRKS), undefined)
  })

  it('T12 sealed thoughts go home as they came', () => {
    const body = JSON.stringify(
      request({ input: [user('x'), thought('gAAA'), call('c1'), output('c1')], store: false }),
    )
    assert.equal(forward(body, { quirks: SEALING }).body, body.replace('"m"', '"up"'))
  })

  it('T13 what another issuer sealed is left out whole and named; the turn stays', () => {
    const marked = carry({ value: 's', redacted: false, dialect: 'anthropic-messages', tool: null, raw: {} })
    const input = [
      user('x'),
      thought('foreign'),
      call('c1'),
      output('c1'),
      thought(marked),
      thought('own'),
      call('c2'),
    ]
    const json = request({ input, store: false })
    const { body, dropped } = forward(JSON.stringify(json), { foreign: new Set(['foreign']) })
    assert.deepEqual(JSON.parse(body).input, [input[0], input[2], input[3], input[5], input[6]])
    assert.deepEqual(dropped, ['input[1]', 'input[4]'])
    assert.deepEqual(openaiResponses.opaque(readJson(json)), ['foreign', 's', 'own'])
  })

  it('T13 a summary of earlier turns that another issuer sealed is refused', () => {
    const json = request({ input: [{ type: 'compaction', id: 'c', encrypted_content: 'theirs' }, user('x')] })
    assert.deepEqual(openaiResponses.opaque(readJson(json)), ['theirs'])
    const fault = faultOfAct(() => forward(JSON.stringify(json), { foreign: new Set(['theirs']) }))
    assert.deepEqual([fault.code, fault.field], ['cannot_translate', 'input[0]'])
    assert.ok(forward(JSON.stringify(json)).body.includes('theirs'))
  })

  it('T13 a thought without a seal stays here where the upstream would look it up', () => {
    const json = request({ input: [user('x'), thought(null), call('c1'), output('c1')], store: false })
    assert.deepEqual(forward(JSON.stringify(json), { quirks: SEALING }).dropped, ['input[1]'])
    assert.deepEqual(forward(JSON.stringify(json)).dropped, [])
  })

  it('shortens a history by whole turns and names what is gone', () => {
    const long = 'x'.repeat(2000)
    const input = [
      { role: 'developer', content: 'Be kind.' },
      user(long),
      { role: 'assistant', content: long },
      user('last'),
    ]
    const { body, dropped } = forward(JSON.stringify(request({ input, store: false })), { fit: 600 })
    assert.deepEqual(JSON.parse(body).input, [input[0], input[3]])
    assert.deepEqual(dropped, ['input[1..2]'])
    const fault = faultOfAct(() => forward(JSON.stringify(request({ input: long })), { fit: 300 }))
    assert.deepEqual([fault.code, fault.field], ['context_too_long', 'input'])
    const short = forward(JSON.stringify(request({ input: 'Hello', store: false })), { fit: 600 })
    assert.equal(JSON.parse(short.body).input, 'Hello')
  })

  it('leaves out what the upstream rejects', () => {
    const quirks = { ...PLAIN_QUIRKS, unsupported: ['store', 'metadata'] }
    const { body, dropped } = forward(JSON.stringify(request({ metadata: {} })), { quirks })
    assert.deepEqual(JSON.parse(body), { model: 'up', input: 'Hello' })
    assert.deepEqual(dropped, ['metadata'])
  })
})

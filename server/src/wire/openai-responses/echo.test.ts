import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject, Relay } from '../../domain/index.ts'
import { openaiResponses } from './index.ts'
import { readJson, request } from './testing.fixture.ts'

const relayOf = (stream: boolean, more: JsonObject = {}, previous: string | null = 'resp_é"1'): Relay =>
  openaiResponses.relay({
    stream,
    hideUsage: true,
    operation: 'chat',
    asked: { call: readJson(request(more)), previous, model: 'm' },
  })

const told = (relay: Relay, chunks: readonly Uint8Array[]): Buffer => {
  const out: Uint8Array[] = []
  for (const chunk of chunks) {
    const piece = relay.push(chunk)
    if (piece instanceof Uint8Array) out.push(piece)
    else out.push(...piece)
  }
  return Buffer.concat([...out, ...relay.end().rest])
}

const PREVIOUS = '"resp_é\\"1"'

/** The same events with what the upstream says (`false`, `null`) or with what is true for the client. */
const events = (store: string, previous: string): readonly string[] => {
  const response = (status: string, more = '') =>
    `{"id":"resp_1", "n": 12345678901234567890,"x":1.0e0,"status":"${status}","é":"\\u00e9 日本","store" : ${store},` +
    `"metadata":{"store":"false","previous_response_id":null},"previous_response_id":${previous}${more}}`
  const piece = 'a \\"response\\":{\\"store\\":false} of text: "'.slice(0, -1)
  return [
    `event: response.created\r\ndata: {"type":"response.created","response":${response('in_progress')},"sequence_number":0}\r\n\r\n`,
    `: a comment with "response":{"store":false}\n\n`,
    `data:{"response":${response('in_progress')},"type":"response.in_progress","sequence_number":1}\n\n`,
    // An event's data may stand in several lines.
    `event: response.queued\ndata: {"type":"response.queued",\ndata:  "response":\ndata: ${response('queued').replace(',"é"', ',\ndata: "é"')}}\nid: 7\n\n`,
    `data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"${piece}","store":false}\n\n`,
    `data: {"type":"response.completed","sequence_number":5,"response":${response('completed', `,"output":[{"type":"message","store":false,"content":[{"type":"output_text","text":"${piece}"}]}],"usage":null`)}}\n\n`,
  ]
}

describe('what an answer says of its request', () => {
  it('stays as it came where it is no JSON, and is put right each time where it is said again and again', () => {
    for (const broken of [
      '{"store":}',
      '{"store":,"store":}',
      '{"store"',
      '{"store":tru',
      '{"store":false',
    ]) {
      const event = Buffer.from(`data: {"type":"response.created","response":${broken}}\n\n`)
      assert.doesNotThrow(() => told(relayOf(true), [event]), broken)
    }
    const rows = (value: string) =>
      Buffer.from(`data: {"response":{\n${`data: "store":${value},\n`.repeat(300)}data: "x":1}}\n\n`)
    assert.equal(told(relayOf(true), [rows('false')]).toString(), rows('true').toString())
  })

  const came = Buffer.from(events('false', 'null').join(''))
  const expected = Buffer.from(events('true', PREVIOUS).join(''))

  it('is what is true for the client, and no other byte changes, however a stream is split', () => {
    assert.notDeepEqual(came, expected)
    assert.equal(told(relayOf(true), [came]).toString(), expected.toString())
    for (let cut = 1; cut < came.length; cut += 1) {
      const chunks = [came.subarray(0, cut), came.subarray(cut)]
      assert.ok(told(relayOf(true), chunks).equals(expected), `cut at ${cut}`)
    }
    for (const size of [1, 2, 3, 7, 64]) {
      const chunks = Array.from({ length: Math.ceil(came.length / size) }, (_, index) =>
        came.subarray(index * size, (index + 1) * size),
      )
      assert.ok(told(relayOf(true), chunks).equals(expected), `pieces of ${size}`)
    }
  })

  it('changes nothing where the upstream was told the same, and hands on the very chunk', () => {
    const relay = relayOf(true, { store: false }, null)
    for (const event of events('false', 'null')) {
      const chunk = Buffer.from(event)
      const out = relay.push(chunk)
      if (!event.includes('response.completed"')) assert.equal(out, chunk)
    }
    assert.ok(told(relayOf(true, { store: false }, null), [came]).equals(came))
    assert.ok(
      told(relayOf(false, { store: false }, null), [Buffer.from('{"store":false}')]).equals(
        Buffer.from('{"store":false}'),
      ),
    )
  })

  it('holds for an answer that failed or stopped early', () => {
    for (const type of ['response.failed', 'response.incomplete']) {
      const event = (store: string, previous: string) =>
        `data: {"type":"${type}","response":{"store":${store},"error":{"message":"no"},"previous_response_id":${previous}}}\n\n`
      const relay = relayOf(true, { store: null })
      const out = told(relay, [Buffer.from(event('false', 'null'))])
      assert.equal(out.toString(), event('true', PREVIOUS))
    }
  })

  it('holds for a whole body, whatever its pieces', () => {
    const body = (store: string, previous: string) =>
      Buffer.from(
        `\n{"object":"response","previous_response_id" :${previous},"output":[{"store":false,"n":1e400}],"n":12345678901234567890,"é":"日","store":${store}}\n`,
      )
    const whole = body('false', 'null')
    for (let cut = 0; cut < whole.length; cut += 1) {
      const out = told(relayOf(false), [whole.subarray(0, cut), whole.subarray(cut)])
      assert.equal(out.toString(), body('true', PREVIOUS).toString())
    }
    const relay = relayOf(false, { store: false }, null)
    assert.equal(told(relay, [body('true', '"resp_x"')]).toString(), body('false', 'null').toString())
  })

  it('leaves what an upstream does not say, and what is no JSON, as it is', () => {
    for (const text of [
      'data: {"type":"response.created","response":{"id":"r"}}\n\n',
      'data: {"type":"response.created","response":null}\n\n',
      'data: {"response":{"store":{"a":1},"previous_response_id":[1]}}\n\n',
      'data: "response":{"store":false}\n\n',
      'data: {"response"\n\n',
      'data:\n\n',
    ]) {
      assert.equal(told(relayOf(true), [Buffer.from(text)]).toString(), text)
    }
    for (const text of ['{"error":{"store":false}}', 'store', '[{"store":false}]']) {
      assert.equal(told(relayOf(false), [Buffer.from(text)]).toString(), text)
    }
  })

  it('a last event of some megabytes is the last event, and says what is true', () => {
    const picture = 'iVBORw0K'.repeat(400_000)
    const event = (store: string) =>
      Buffer.from(
        `data: {"type":"response.completed","response":{"store":${store},"output":[{"type":"image_generation_call","result":"${picture}"}],"usage":{"input_tokens":3,"output_tokens":4,"total_tokens":7}}}\n\n`,
      )
    const came = event('false')
    const relay = relayOf(true)
    const chunks = Array.from({ length: Math.ceil(came.length / 65_536) }, (_, index) =>
      came.subarray(index * 65_536, (index + 1) * 65_536),
    )
    assert.ok(told(relay, chunks).equals(event('true')))
    assert.equal(relay.usage()?.output, 4)
    assert.equal(relay.finished(), true)
    assert.equal(relay.fault(), null)
  })

  it('a count of tokens is relayed as it comes', () => {
    const relay = openaiResponses.relay({
      stream: false,
      hideUsage: true,
      operation: 'count',
      asked: { call: readJson(request()), previous: 'x', model: 'm' },
    })
    const body = Buffer.from('{"object":"response.input_tokens","input_tokens":3,"store":false}')
    assert.equal(relay.push(body), body)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Operation, Relay } from '../../domain/index.ts'
import { messages, readJson } from '../testing.ts'
import { anthropicMessages } from './index.ts'

const CLIENT = 'fast "é" 日本'

const relayOf = (stream: boolean, model: string, operation: Operation = 'chat'): Relay =>
  anthropicMessages.relay({
    stream,
    hideUsage: false,
    operation,
    asked: { call: readJson('anthropic-messages', messages({ model: CLIENT })), previous: null, model },
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

/** A stream whose every other mention of a model is the upstream's own affair. */
const events = (model: string): readonly string[] => [
  `: "message":{"model":"u"}\r\n\r\n`,
  `event: ping\ndata: {"type": "ping"}\n\n`,
  `event: message_start\r\ndata: {"type":"message_start","message":{"id":"msg_1","usage":{"input_tokens":3,"model":"u"},"n":1.0e0,"é":"\\u00e9 日","model" : ${model},"content":[]},"model":"u"}\r\n\r\n`,
  `event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n`,
  `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\\"message\\":{\\"model\\":\\"u\\"}"}}\n\n`,
  `event: message_delta\ndata: {"type":"message_delta","message":{"model":"u"},"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}\n\n`,
  `event: message_stop\ndata: {"type":"message_stop"}\n\n`,
]

describe('the model of a relayed answer', () => {
  const came = Buffer.from(events('"u"').join(''))
  const expected = Buffer.from(events(JSON.stringify(CLIENT)).join(''))

  it('is the one that the client asked for, and no other byte changes, however a stream is split', () => {
    assert.notDeepEqual(came, expected)
    assert.equal(told(relayOf(true, 'u'), [came]).toString(), expected.toString())
    for (let cut = 1; cut < came.length; cut += 1) {
      const chunks = [came.subarray(0, cut), came.subarray(cut)]
      assert.ok(told(relayOf(true, 'u'), chunks).equals(expected), `cut at ${cut}`)
    }
    for (const size of [1, 2, 3, 7, 64]) {
      const chunks = Array.from({ length: Math.ceil(came.length / size) }, (_, index) =>
        came.subarray(index * size, (index + 1) * size),
      )
      assert.ok(told(relayOf(true, 'u'), chunks).equals(expected), `pieces of ${size}`)
    }
  })

  it('is told once: the chunks of all other events go on as the very same', () => {
    const relay = relayOf(true, 'u')
    for (const event of events('"u"')) {
      const chunk = Buffer.from(event)
      const out = relay.push(chunk)
      const watched = /message_start|usage|message_stop/.test(event)
      if (!watched) assert.equal(out, chunk)
    }
    assert.deepEqual(relay.usage()?.output, 9)
  })

  it('holds for a whole body, whatever its pieces', () => {
    const body = (model: string) =>
      Buffer.from(
        `\n{"type":"message","n":1e400,"content":[{"type":"text","text":"日","model":"u"}],"model": ${model},"usage":{"model":"u","input_tokens":1,"output_tokens":2}}\n`,
      )
    const [whole, right] = [body('"u"'), body(JSON.stringify(CLIENT))]
    for (let cut = 0; cut < whole.length; cut += 1) {
      const relay = relayOf(false, 'u')
      assert.equal(told(relay, [whole.subarray(0, cut), whole.subarray(cut)]).toString(), right.toString())
      assert.equal(relay.usage()?.output, 2)
    }
  })

  it('stays as it came where the upstream was asked by the same name, or for a count', () => {
    assert.ok(told(relayOf(true, CLIENT), [came]).equals(came))
    for (const relay of [relayOf(false, CLIENT), relayOf(false, 'u', 'count')]) {
      const chunk = Buffer.from('{"model":"dated-u","input_tokens":1}')
      assert.equal(relay.push(chunk), chunk)
      assert.deepEqual(relay.end().rest, [])
    }
  })

  it('stays missing where an upstream says none, and what is no JSON stays as it is', () => {
    for (const text of [
      'data: {"type":"message_start","message":{"id":"m"}}\n\n',
      'data: {"type":"message_start","message":null}\n\n',
      'data: {"message":{"model":{"a":1}}}\n\n',
      'data: {"message"\n\n',
      'data:\n\n',
    ]) {
      assert.equal(told(relayOf(true, 'u'), [Buffer.from(text)]).toString(), text)
    }
    for (const text of ['{"type":"error","error":{"model":"u"}}', 'model', '[{"model":"u"}]', '']) {
      assert.equal(told(relayOf(false, 'u'), [Buffer.from(text)]).toString(), text)
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Citation, JsonObject, ReplyEvent } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { answering, frames, joined, readReply, terminals } from '../testing.ts'

const wire = wireOf('openai-chat')
const END: ReplyEvent = { type: 'end', reason: 'stop', native: 'stop', stopSequence: null }
const of = <T extends ReplyEvent['type']>(events: readonly ReplyEvent[], type: T) =>
  events.filter((event): event is Extract<ReplyEvent, { type: T }> => event.type === type)

const written = (events: readonly ReplyEvent[], tools?: JsonObject[]) => {
  const writer = wire.streamWriter(answering('openai-chat', true, tools === undefined ? {} : { tools }))
  const stream = events.map((event) => writer.write(event)).join('')
  return { stream, dropped: writer.dropped?.() ?? [] }
}
/** The deltas of a stream, and the body that says the same. */
const told = (events: readonly ReplyEvent[], tools?: JsonObject[]) => {
  const { stream, dropped } = written(events, tools)
  const choices = frames(stream).flatMap((frame) => Object(frame['choices'] ?? [])[0] ?? [])
  const body = Object(
    wire.wholeBody(events, answering('openai-chat', true, tools === undefined ? {} : { tools })),
  )
  return {
    choices,
    deltas: choices.map((choice) => choice.delta),
    body,
    message: body.choices[0].message,
    dropped,
  }
}

const citation = (more: Partial<Citation> = {}): ReplyEvent => ({
  type: 'citation',
  citation: {
    url: 'https://a.example',
    title: 'A',
    cited: null,
    span: null,
    native: { dialect: 'gemini', raw: {} },
    ...more,
  },
})

describe('what a Chat Completions client is told', () => {
  it('T59 citations, those without an address by name', () => {
    const { deltas, message, dropped } = told([
      { type: 'text', delta: 'Grüße' },
      citation(),
      citation({ span: [1, 3] }),
      citation({ url: null }),
      END,
    ])
    const expected = [
      {
        type: 'url_citation',
        url_citation: { url: 'https://a.example', title: 'A', start_index: 5, end_index: 5 },
      },
      {
        type: 'url_citation',
        url_citation: { url: 'https://a.example', title: 'A', start_index: 1, end_index: 3 },
      },
    ]
    assert.deepEqual(
      deltas.flatMap((change) => change.annotations ?? []),
      expected,
    )
    assert.deepEqual(message.annotations, expected)
    assert.deepEqual(dropped, ['citations'])
  })

  it('T10 T12 T08 what is sealed of each issuer, in a form that comes home again', () => {
    const seal = (more: Partial<Extract<ReplyEvent, { type: 'signature' }>>): ReplyEvent => ({
      type: 'signature',
      value: 'v',
      redacted: false,
      dialect: 'anthropic-messages',
      tool: null,
      raw: null,
      ...more,
    })
    const item = {
      type: 'reasoning',
      id: 'rs_1',
      summary: [{ type: 'summary_text', text: 'so' }],
      encrypted_content: 'e',
    }
    const events: ReplyEvent[] = [
      { type: 'reasoning', delta: 'hm' },
      seal({ value: 'sig' }),
      seal({ value: 'blob', redacted: true }),
      { type: 'reasoning', delta: 'so' },
      seal({ value: 'e', redacted: true, dialect: 'openai-responses', raw: item }),
      seal({ value: 'b', dialect: 'bedrock-converse' }),
      seal({ value: 'c2ln', dialect: 'gemini', tool: 0 }),
      { type: 'tool', index: 0, id: 'c', name: 'f', delta: '{}' },
      { ...END, reason: 'tool' } as ReplyEvent,
    ]
    const { deltas, message, choices } = told(events)
    const details = deltas.flatMap((change) => change.reasoning_details ?? [])
    assert.deepEqual(details, message.reasoning_details)
    assert.deepEqual(
      details.map((detail) => [detail.format, detail.signature ?? detail.data]),
      [
        ['anthropic-claude-v1', 'sig'],
        ['anthropic-claude-v1', 'blob'],
        ['openai-responses-v1', 'e'],
        ['causeway-bedrock-converse-v1', 'b'],
      ],
    )
    const signed = { google: { thought_signature: 'c2ln' } }
    assert.deepEqual(
      deltas.flatMap((change) => change.tool_calls ?? []).map((call) => call.extra_content),
      [signed],
    )
    assert.deepEqual(message.tool_calls[0].extra_content, signed)
    assert.equal(choices.at(-1).finish_reason, 'tool_calls')
    const history = {
      model: 'm',
      messages: [{ role: 'user', content: 'x' }, message, { role: 'tool', tool_call_id: 'c', content: 'r' }],
    }
    const call = wire.read(
      Buffer.from(JSON.stringify(history)),
      { id: 'x', operation: 'chat', headers: {} },
      { bodyBytes: 99999, depth: 64, messages: 9 },
    )
    const home = wire.conversation(call).turns[1]?.blocks ?? []
    assert.deepEqual(
      home.flatMap((block) =>
        block.type === 'reasoning' && block.signature !== null
          ? [[block.native.dialect, block.signature]]
          : [],
      ),
      [
        ['anthropic-messages', 'sig'],
        ['anthropic-messages', 'blob'],
        ['openai-responses', 'e'],
        ['bedrock-converse', 'b'],
      ],
    )
    assert.deepEqual(home.find((block) => block.native.dialect === 'openai-responses')?.native.raw, item)
  })

  it('log probabilities with the text they are of, and what is left of them at the end', () => {
    const tokens = [{ token: 'x', logprob: -1, bytes: null, top: [] }]
    const { choices, body } = told([
      { type: 'logprobs', tokens },
      { type: 'text', delta: 'x' },
      { type: 'logprobs', tokens },
      END,
    ])
    const content = [{ token: 'x', logprob: -1, bytes: null, top_logprobs: [] }]
    assert.deepEqual(
      choices.map((choice) => choice.logprobs?.content),
      [undefined, content, content, undefined],
    )
    assert.deepEqual(body.choices[0].logprobs.content, [...content, ...content])
  })

  it('pictures, and that there was a sound', () => {
    const { deltas, message, dropped } = told([
      { type: 'media', mime: 'image/png', data: 'QUJD' },
      { type: 'media', mime: 'audio/wav', data: 'QUJD' },
      END,
    ])
    const images = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } }]
    assert.deepEqual(
      deltas.flatMap((change) => change.images ?? []),
      images,
    )
    assert.deepEqual(message.images, images)
    assert.deepEqual(dropped, ['media'])
  })

  it('calls of its own custom tools as such, of others as functions', () => {
    const tools = [{ type: 'custom', custom: { name: 'run' } }]
    const events: ReplyEvent[] = [
      { type: 'tool', index: 0, id: 'a', name: 'run', delta: '{"inp' },
      { type: 'tool', index: 0, id: null, name: null, delta: 'ut":"x = 1"}' },
      { type: 'tool', index: 1, id: 'b', name: 'f', delta: '{"input":"y"}' },
      { ...END, reason: 'tool' } as ReplyEvent,
    ]
    const { message, deltas } = told(events, tools)
    assert.deepEqual(message.tool_calls, [
      { id: 'a', type: 'custom', custom: { name: 'run', input: 'x = 1' } },
      { id: 'b', type: 'function', function: { name: 'f', arguments: '{"input":"y"}' } },
    ])
    const calls = deltas.flatMap((change) => change.tool_calls ?? [])
    assert.equal(calls.map((call) => call.custom?.input ?? '').join(''), 'x = 1')
    const again = joined(readReply('openai-chat', [written(events, tools).stream]))
    assert.deepEqual(
      of(again, 'tool')
        .map((event) => [event.index, event.id, event.delta])
        .filter(([, id]) => id !== null)
        .map(([index, id]) => [index, id]),
      [
        [0, 'a'],
        [1, 'b'],
      ],
    )
  })

  it('T25 the length that cut a call short', () => {
    const { choices } = told([
      { type: 'tool', index: 0, id: 'c', name: 'f', delta: '{"a":' },
      { ...END, reason: 'length' } as ReplyEvent,
    ])
    assert.equal(choices.at(-1).finish_reason, 'length')
    assert.equal(choices.filter((choice) => choice.delta.tool_calls !== undefined).length, 1)
  })

  it('T42 a call that is none as an error, never as a stop', () => {
    const events: ReplyEvent[] = [{ type: 'text', delta: 'x' }, { ...END, reason: 'malformed' } as ReplyEvent]
    const { stream } = written(events)
    assert.match(stream, /"error":\{"message":"the model tried to call a tool/)
    assert.doesNotMatch(stream, /\[DONE\]|finish_reason":"stop"/)
    assert.throws(() => wire.wholeBody(events, answering('openai-chat')), /is no use/)
    assert.deepEqual(
      terminals(readReply('openai-chat', [stream])).map((event) => event.type),
      ['error'],
    )
    const full = written([
      { ...END, reason: 'context', native: 'model_context_window_exceeded' } as ReplyEvent,
    ])
    assert.match(
      full.stream,
      /"finish_reason":"length","native_finish_reason":"model_context_window_exceeded"/,
    )
  })
})

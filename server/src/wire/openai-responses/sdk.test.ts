import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import OpenAI from 'openai'
import { CausewayError, type ReplyEvent } from '../../domain/index.ts'
import { openaiResponses } from './index.ts'
import { answering, START, written } from './testing.fixture.ts'

/* The vendor's own client reads what is written here. Nothing is connected: `fetch` answers from memory. */

const client = (text: string, type = 'text/event-stream', status = 200): OpenAI =>
  new OpenAI({
    apiKey: 'k',
    fetch: async () =>
      new Response(text, { status, headers: { 'content-type': type, 'x-should-retry': 'false' } }),
  })
const ask = { model: 'm', input: 'x' }

const REPLY: readonly ReplyEvent[] = [
  START,
  { type: 'reasoning', delta: 'hm' },
  {
    type: 'signature',
    value: 's',
    redacted: false,
    dialect: 'anthropic-messages',
    tool: null,
    raw: { type: 'thinking', thinking: 'hm', signature: 's' },
  },
  { type: 'text', delta: 'Grüße ' },
  { type: 'text', delta: '🌉' },
  { type: 'tool', index: 0, id: 'a', name: 'f', delta: '{"x"' },
  { type: 'tool', index: 1, id: 'b', name: 'g', delta: '' },
  { type: 'tool', index: 0, id: null, name: null, delta: ':1}' },
  { type: 'text', delta: 'more' },
  {
    type: 'usage',
    usage: { input: 9, output: 4, cacheRead: 2, cacheWrite: null, reasoning: null, estimated: false },
  },
  { type: 'end', reason: 'tool', native: 'x', stopSequence: null },
]

describe('the OpenAI client reads our responses', () => {
  it('puts a stream together to what it says at its end, keep-alives and all', async () => {
    const text = written(REPLY).replaceAll('\n\n', `\n\n${openaiResponses.keepAlive}`)
    const response = await client(text).responses.stream(ask).finalResponse()
    assert.equal(response.output_text, 'Grüße 🌉more')
    assert.equal(response.status, 'completed')
    assert.equal(response.usage?.total_tokens, 13)
    assert.deepEqual(
      response.output.flatMap((item) =>
        item.type === 'function_call' ? [[item.call_id, item.arguments]] : [],
      ),
      [
        ['a', '{"x":1}'],
        ['b', '{}'],
      ],
    )
  })

  it('its snapshots agree with every event on the way', async () => {
    let text = ''
    const stream = client(written(REPLY)).responses.stream(ask)
    stream.on('response.output_text.delta', (event) => {
      text += event.delta
      assert.ok(event.snapshot.endsWith(event.delta))
    })
    await stream.finalResponse()
    assert.equal(text, 'Grüße 🌉more')
  })

  it('reads a whole answer', async () => {
    const body = JSON.stringify(openaiResponses.wholeBody(REPLY, answering()))
    const response = await client(body, 'application/json').responses.create(ask)
    assert.equal(response.output_text, 'Grüße 🌉more')
    assert.equal(response.usage?.input_tokens_details.cached_tokens, 2)
  })

  it('reads an answer that is incomplete', async () => {
    const cut = [
      ...REPLY.slice(0, 5),
      { type: 'end', reason: 'length', native: 'length', stopSequence: null },
    ] as const
    const response = await client(written(cut)).responses.stream(ask).finalResponse()
    assert.deepEqual(
      [response.status, response.incomplete_details?.reason],
      ['incomplete', 'max_output_tokens'],
    )
  })

  it('T53 raises an error inside a stream, ours and the upstream’s, and one before it with our code', async () => {
    const fault = new CausewayError('upstream_cut', 'Target x ended its answer early').fault
    const begun = REPLY.slice(0, 5)
    for (const text of [
      written(begun) + openaiResponses.errorEvent(fault, 'cw_test'),
      `${written(begun)}event: response.output_text.delta\ndata: {"type":"resp${openaiResponses.errorEvent(fault, 'cw_test')}`,
      written([
        ...begun,
        { type: 'error', message: 'it ended its answer early', status: null, native: null },
      ]),
    ].filter((_, index) => index !== 1)) {
      await assert.rejects(client(text).responses.stream(ask).finalResponse(), /ended its answer early/)
      const stream = await client(text).responses.create({ ...ask, stream: true })
      await assert.rejects(async () => {
        for await (const _ of stream);
      }, /ended its answer early/)
    }
    const denied = new CausewayError('policy_denied', 'No').fault
    const body = JSON.stringify(openaiResponses.errorBody(denied, 'cw_1'))
    await assert.rejects(
      client(body, 'application/json', 403).responses.create(ask),
      (thrown) => thrown instanceof OpenAI.PermissionDeniedError && thrown.code === 'policy_denied',
    )
  })
})

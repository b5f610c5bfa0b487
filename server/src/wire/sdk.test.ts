import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { CausewayError, type ReplyEvent } from '../domain/index.ts'
import { wireOf } from './index.ts'
import { answering } from './testing.ts'

/* The vendors' own clients read what the writers write. Nothing is connected: `fetch` answers from memory. */

const fetching =
  (text: string, type: string, status = 200) =>
  async (): Promise<Response> =>
    new Response(text, { status, headers: { 'content-type': type, 'x-should-retry': 'false' } })

const openai = (text: string, type = 'text/event-stream', status = 200): OpenAI =>
  new OpenAI({ apiKey: 'k', fetch: fetching(text, type, status) })
const anthropic = (text: string, type = 'text/event-stream', status = 200): Anthropic =>
  new Anthropic({ apiKey: 'k', fetch: fetching(text, type, status) })

const REPLY: readonly ReplyEvent[] = [
  { type: 'start', id: 'up', model: 'up' },
  { type: 'reasoning', delta: 'hm' },
  { type: 'text', delta: 'Grüße ' },
  { type: 'text', delta: '🌉' },
  { type: 'tool', index: 0, id: 'a', name: 'f', delta: '{"x"' },
  { type: 'tool', index: 1, id: 'b', name: 'g', delta: '' },
  { type: 'tool', index: 0, id: null, name: null, delta: ':1}' },
  {
    type: 'usage',
    usage: { input: 9, output: 4, cacheRead: 2, cacheWrite: null, reasoning: null, estimated: false },
  },
  { type: 'end', reason: 'tool', native: 'x', stopSequence: null },
]
const ask = { model: 'm', messages: [{ role: 'user' as const, content: 'x' }] }
const fault = new CausewayError('upstream_cut', 'Target x ended its answer early').fault

const streamed = (dialect: 'openai-chat' | 'anthropic-messages', events: readonly ReplyEvent[]): string => {
  const wire = wireOf(dialect)
  const writer = wire.streamWriter(answering(dialect))
  return events.map((event) => wire.keepAlive + writer.write(event)).join('')
}

describe('the OpenAI client', () => {
  it('reads a stream with keep-alives in it', async () => {
    const stream = openai(streamed('openai-chat', REPLY)).chat.completions.stream({ ...ask, stream: true })
    const { choices, usage } = await stream.finalChatCompletion()
    assert.equal(choices[0]?.message.content, 'Grüße 🌉')
    assert.equal(choices[0]?.finish_reason, 'tool_calls')
    const calls = choices[0]?.message.tool_calls?.map(
      (call) => call.type === 'function' && call.function.arguments,
    )
    assert.deepEqual(calls, ['{"x":1}', '{}'])
    assert.equal(usage?.total_tokens, 13)
  })

  it('reads a whole answer', async () => {
    const body = JSON.stringify(wireOf('openai-chat').wholeBody(REPLY, answering('openai-chat')))
    const reply = await openai(body, 'application/json').chat.completions.create(ask)
    assert.equal(reply.choices[0]?.message.content, 'Grüße 🌉')
    assert.equal(reply.usage?.prompt_tokens_details?.cached_tokens, 2)
  })

  it('raises an error inside a stream, and one before it with our code', async () => {
    const text = streamed('openai-chat', REPLY.slice(0, 3)) + wireOf('openai-chat').errorEvent(fault, 'cw_1')
    const stream = await openai(text).chat.completions.create({ ...ask, stream: true })
    await assert.rejects(async () => {
      for await (const _ of stream);
    }, /ended its answer early/)
    const denied = new CausewayError('policy_denied', 'No').fault
    const body = JSON.stringify(wireOf('openai-chat').errorBody(denied, 'cw_1'))
    await assert.rejects(
      openai(body, 'application/json', 403).chat.completions.create(ask),
      (thrown) => thrown instanceof OpenAI.PermissionDeniedError && thrown.code === 'policy_denied',
    )
  })
})

describe('the Anthropic client', () => {
  const request = { ...ask, max_tokens: 9 }

  it('reads a stream with keep-alives in it', async () => {
    const message = await anthropic(streamed('anthropic-messages', REPLY))
      .messages.stream(request)
      .finalMessage()
    assert.deepEqual(
      message.content.map((block) => block.type),
      ['thinking', 'text', 'tool_use', 'tool_use'],
    )
    assert.deepEqual(
      message.content.flatMap((block) => (block.type === 'tool_use' ? [block.input] : [])),
      [{ x: 1 }, {}],
    )
    assert.equal(message.stop_reason, 'tool_use')
    assert.deepEqual([message.usage.input_tokens, message.usage.cache_read_input_tokens], [7, 2])
  })

  it('reads a whole answer', async () => {
    const body = JSON.stringify(
      wireOf('anthropic-messages').wholeBody(REPLY, answering('anthropic-messages')),
    )
    const message = await anthropic(body, 'application/json').messages.create(request)
    assert.equal(message.content[1]?.type === 'text' && message.content[1].text, 'Grüße 🌉')
  })

  it('raises an error inside a stream, and one before it', async () => {
    const text =
      streamed('anthropic-messages', REPLY.slice(0, 3)) +
      wireOf('anthropic-messages').errorEvent(fault, 'cw_1')
    await assert.rejects(anthropic(text).messages.stream(request).finalMessage(), /ended its answer early/)
    const denied = new CausewayError('policy_denied', 'No').fault
    const body = JSON.stringify(wireOf('anthropic-messages').errorBody(denied, 'cw_1'))
    await assert.rejects(
      anthropic(body, 'application/json', 403).messages.create(request),
      (thrown) => thrown instanceof Anthropic.PermissionDeniedError,
    )
  })
})

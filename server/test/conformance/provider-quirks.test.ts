import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Dialect, JsonObject } from '../../src/domain/index.ts'
import { PROVIDERS, providerOf } from '../../src/providers/index.ts'
import { upstreamWireOf, wireOf } from '../../src/wire/index.ts'

/* What the record of a provider's quirks does to a body on its way there. */

const LIMITS = { bodyBytes: 1024 * 1024, depth: 64, messages: 50 }

const written = (provider: string, json: JsonObject, to: Dialect = 'openai-chat') => {
  const wire = wireOf('anthropic-messages')
  const call = wire.read(
    Buffer.from(JSON.stringify(json)),
    { id: 'cw_t', operation: 'chat', headers: { 'anthropic-version': '2023-06-01' } },
    LIMITS,
  )
  const { body, dropped } = upstreamWireOf(to).write(wire.conversation(call), {
    model: 'm',
    fit: null,
    askUsage: providerOf(provider).quirks.streamUsage,
    maxTokens: 100,
    quirks: providerOf(provider).quirks,
  })
  return { body: JSON.parse(body) as Record<string, never>, dropped }
}

/** An agent's second turn: a thought, a call of a tool, its result. */
const turn = (id: string): JsonObject => ({
  model: 'auto',
  max_tokens: 50,
  stream: true,
  system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
  thinking: { type: 'enabled', budget_tokens: 2000 },
  tools: [{ name: 'look', input_schema: { type: 'object', properties: {} } }],
  messages: [
    { role: 'user', content: 'Look.' },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'I should look.', signature: 'c2ln' },
        { type: 'tool_use', id, name: 'look', input: {} },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'seen' }] },
  ],
})

interface Message {
  readonly role: string
  readonly content?: unknown
  readonly reasoning_content?: string
  readonly reasoning?: string
  readonly tool_calls?: readonly { readonly id: string }[]
  readonly tool_call_id?: string
}
const messagesOf = (body: Record<string, never>): readonly Message[] => body['messages'] ?? []
const assistantOf = (body: Record<string, never>): Message =>
  messagesOf(body).find(({ role }) => role === 'assistant') ?? { role: 'nobody' }

describe('T16 thoughts on turns with tools', () => {
  it('go back to the upstream that refuses the conversation without them', () => {
    assert.equal(providerOf('deepseek').quirks.reasoningField, 'reasoning_content')
    assert.equal(assistantOf(written('deepseek', turn('toolu_1')).body).reasoning_content, 'I should look.')
  })
  it('go under the name that an upstream knows, and to none that refuses both', () => {
    const groq = assistantOf(written('groq', turn('toolu_1')).body)
    assert.deepEqual([groq.reasoning, groq.reasoning_content], ['I should look.', undefined])
    for (const name of ['openai', 'azure', 'mistral', 'huggingface']) {
      const message = assistantOf(written(name, turn('toolu_1')).body)
      assert.deepEqual([message.reasoning, message.reasoning_content], [undefined, undefined], name)
      assert.equal(message.tool_calls?.length, 1, 'the turn stays')
    }
  })
})

describe('T29 ids of tool calls', () => {
  it('are nine letters and digits for the upstream that takes no others, and still pair', () => {
    for (const id of ['toolu_01AbCdEfGhIjKlMnOpQrStUv', 'call_1', 'a-b_c', 'x'.repeat(64)]) {
      const { body } = written('mistral', turn(id))
      const made = assistantOf(body).tool_calls?.[0]?.id ?? ''
      assert.match(made, /^[A-Za-z0-9]{9}$/)
      assert.equal(messagesOf(body).find(({ role }) => role === 'tool')?.tool_call_id, made)
    }
  })
  it('stay as they are elsewhere', () => {
    assert.equal(assistantOf(written('together', turn('toolu_1')).body).tool_calls?.[0]?.id, 'toolu_1')
  })
})

describe('T05 cache marks', () => {
  it('go with their ttl where it is honoured, without it where it is not, and nowhere else', () => {
    const marked = (name: string): string => JSON.stringify(written(name, turn('t')).body)
    assert.match(marked('openrouter'), /"cache_control":\{"type":"ephemeral","ttl":"1h"\}/)
    assert.match(marked('dashscope'), /"cache_control":\{"type":"ephemeral"\}/)
    for (const name of ['openai', 'mistral', 'vllm', 'groq'])
      assert.doesNotMatch(marked(name), /cache_control/)
    assert.ok(written('openai', turn('t')).dropped.some((field) => field.includes('cache_control')))
  })
})

describe('a body written for each upstream', () => {
  for (const { name, dialects, quirks } of PROVIDERS.values()) {
    if (!dialects.includes('openai-chat')) continue
    it(`has the words of ${name} and none that it refuses`, () => {
      const { body } = written(name, turn('toolu_1'))
      for (const field of quirks.unsupported) assert.equal(Object.hasOwn(body, field), false, field)
      assert.equal(body[quirks.maxTokensField], 50)
      const other = quirks.maxTokensField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
      assert.equal(body[other], undefined)
      assert.equal(Object.hasOwn(body, 'stream_options'), quirks.streamUsage)
      const switches = [
        'reasoning_effort',
        'enable_thinking',
        'chat_template_kwargs',
        'thinking',
        'reasoning',
      ]
      assert.deepEqual(
        switches.filter((field) => Object.hasOwn(body, field)),
        quirks.thinkingSwitch === null ? [] : [quirks.thinkingSwitch],
      )
    })
  }
})

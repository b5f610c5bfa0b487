import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Block, Json, JsonObject, Settings, Turn } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { chat, faultOfAct } from '../testing.ts'
import { CLAUDE, fromChat, LLAMA, NOVA, native, said, TOOL, user, written } from './written.fixture.ts'

describe('what Converse is asked of its answer', () => {
  it('leaves tools out for the choice "none", but not those that the history calls', () => {
    const none = { toolChoice: { type: 'none' } as const }
    const plain = written([user(said('a'))], none, {}, { tools: [TOOL] })
    assert.deepEqual([plain.body['toolConfig'], plain.dropped], [undefined, []])
    const history: readonly Turn[] = [
      user(said('go')),
      {
        role: 'assistant',
        at: 'messages[1]',
        blocks: [{ type: 'tool-call', id: 'c', name: 'gone', input: '', native: native() }],
      },
      {
        role: 'user',
        at: 'messages[2]',
        blocks: [{ type: 'tool-result', id: 'c', content: [], failed: false, native: native() }],
      },
    ]
    const kept = written(history, none, {}, { tools: [TOOL] })
    assert.deepEqual(Object.keys(Object(kept.body['toolConfig'])), ['tools'])
    assert.deepEqual(kept.dropped, ['tool_choice'])
    const made = written(history)
    assert.deepEqual(made.body['toolConfig'], {
      tools: [{ toolSpec: { name: 'gone', inputSchema: { json: { type: 'object', properties: {} } } } }],
    })
    assert.deepEqual(made.dropped, ['tools'])
  })

  it('writes each choice of a tool', () => {
    const chosen = (toolChoice: Settings['toolChoice'], parallelTools: boolean | null = null): JsonObject =>
      written([user(said('a'))], { toolChoice, parallelTools }, {}, { tools: [TOOL] }).body
    assert.deepEqual(Object(chosen({ type: 'auto' })['toolConfig']).toolChoice, { auto: {} })
    assert.deepEqual(Object(chosen({ type: 'tool', name: 'look' })['toolConfig']).toolChoice, {
      tool: { name: 'look' },
    })
    const single = chosen({ type: 'required' }, false)
    assert.equal(Object(single['toolConfig']).toolChoice, undefined)
    assert.deepEqual(single['additionalModelRequestFields'], {
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
    })
  })

  it('T09 sends thought home to its issuer, and nobody else’s', () => {
    const thought = (
      signature: string | null,
      dialect: 'bedrock-converse' | 'anthropic-messages',
      raw: Json,
      redacted = false,
    ): Block => ({
      type: 'reasoning',
      text: redacted ? '' : 'hm',
      signature,
      redacted,
      native: { dialect, raw },
    })
    const home = { reasoningContent: { reasoningText: { text: 'hm', signature: 'S' } } }
    const turns = (...blocks: readonly Block[]): readonly Turn[] => [
      user(said('a')),
      { role: 'assistant', at: 'messages[1]', blocks: [...blocks, said('b')] },
      { role: 'user', at: 'messages[2]', blocks: [said('c')] },
    ]
    const { body, dropped } = written(
      turns(
        thought('S', 'bedrock-converse', home),
        thought('', 'bedrock-converse', home),
        thought('', 'bedrock-converse', {
          reasoningContent: { reasoningText: { text: 'hm', signature: '' } },
        }),
        thought('S', 'bedrock-converse', {}),
        thought('AAE', 'bedrock-converse', {}, true),
        thought('X', 'anthropic-messages', { type: 'thinking', thinking: 'hm', signature: 'X' }),
        thought(null, 'bedrock-converse', {}),
      ),
    )
    assert.deepEqual(Object(body['messages'])[1].content, [
      home,
      home,
      home,
      { reasoningContent: { redactedContent: 'AAE' } },
      { text: 'b' },
    ])
    assert.deepEqual(dropped, ['messages[1].thinking'])
    assert.doesNotMatch(JSON.stringify(body), /"X"/)
  })

  it('asks each maker’s model to think in its own words', () => {
    const asked = (model: string, effort: 'low' | 'medium' | 'high', more: Partial<Settings> = {}) => {
      const { body, dropped } = written(
        [user(said('a'))],
        { reasoning: { effort, budget: null, show: null }, ...more },
        { model },
      )
      return [body['additionalModelRequestFields'], body['inferenceConfig'], dropped]
    }
    assert.deepEqual(asked(CLAUDE, 'medium'), [
      { thinking: { type: 'enabled', budget_tokens: 4096 } },
      { maxTokens: 8192 },
      [],
    ])
    assert.deepEqual(asked(CLAUDE, 'medium', { temperature: 0.2, topK: 5, maxTokens: 9000 }), [
      { thinking: { type: 'enabled', budget_tokens: 4096 } },
      { maxTokens: 9000 },
      ['temperature', 'top_k'],
    ])
    assert.deepEqual(asked(CLAUDE, 'medium', { maxTokens: 100 }), [
      undefined,
      { maxTokens: 100 },
      ['reasoning_effort'],
    ])
    assert.deepEqual(asked('us.anthropic.claude-sonnet-4-6', 'low', { maxTokens: 100 }), [
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      { maxTokens: 100 },
      [],
    ])
    assert.deepEqual(asked('anthropic.claude-opus-4-7', 'high', { temperature: 0.5, topP: 0.99, topK: 3 }), [
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
      undefined,
      ['temperature', 'top_p', 'top_k'],
    ])
    const forced = { toolChoice: { type: 'required' } } as const
    assert.deepEqual(asked('us.anthropic.claude-sonnet-4-6', 'low', forced)[2], ['reasoning_effort'])
    assert.deepEqual(asked('openai.gpt-oss-120b-1:0', 'high'), [{ reasoning_effort: 'high' }, undefined, []])
    assert.deepEqual(asked('qwen.qwen3-32b-v1:0', 'medium'), [
      { reasoning_config: 'high' },
      undefined,
      ['reasoning_effort'],
    ])
    assert.deepEqual(asked(NOVA, 'high'), [
      { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } },
      undefined,
      [],
    ])
    assert.deepEqual(asked(NOVA, 'high', { maxTokens: 10 })[2], ['reasoning_effort'])
    assert.deepEqual(asked(LLAMA, 'low'), [undefined, undefined, ['reasoning_effort']])
  })

  it('signals thoughts that were to be shown where nothing says how much to think', () => {
    const asked = (show: boolean | null) =>
      written([user(said('a'))], { reasoning: { effort: null, budget: null, show } }, { model: CLAUDE })
    assert.deepEqual([asked(true).dropped, asked(false).dropped], [['reasoning_effort'], []])
    assert.equal(asked(true).body['additionalModelRequestFields'], undefined)
  })

  it('does not think where a call of a tool lacks the thought that led to it', () => {
    const { body, dropped } = written(
      [
        user(said('go')),
        {
          role: 'assistant',
          at: 'messages[1]',
          blocks: [{ type: 'tool-call', id: 'c', name: 'look', input: '', native: native() }],
        },
        {
          role: 'user',
          at: 'messages[2]',
          blocks: [{ type: 'tool-result', id: 'c', content: [said('ok')], failed: false, native: native() }],
        },
      ],
      { reasoning: { effort: 'high', budget: null, show: null } },
      {},
      { tools: [TOOL] },
    )
    assert.equal(body['additionalModelRequestFields'], undefined)
    assert.deepEqual(dropped, ['reasoning_effort'])
  })

  it('T40 writes the schema of the answer, and JSON without one as an instruction with a signal', () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } }
    const closed = JSON.stringify({ ...schema, additionalProperties: false })
    const { body, dropped } = fromChat(
      chat({
        response_format: { type: 'json_schema', json_schema: { name: 'an answer', schema, strict: true } },
      }),
    )
    assert.deepEqual(body['outputConfig'], {
      textFormat: {
        type: 'json_schema',
        structure: { jsonSchema: { name: 'an_answer', schema: closed } },
      },
    })
    assert.deepEqual(dropped, [])
    const json = fromChat(chat({ response_format: { type: 'json_object' } }))
    assert.match(JSON.stringify(json.body['system']), /valid JSON object/)
    assert.deepEqual(json.dropped, ['response_format'])
  })

  it('writes tier and metadata that fit, and signals the rest', () => {
    const settings = { serviceTier: 'flex', metadata: { team: 'a', person: 'ä', n: 5 } }
    const { body, dropped } = written([user(said('a'))], settings)
    assert.deepEqual([body['serviceTier'], body['requestMetadata']], [{ type: 'flex' }, { team: 'a' }])
    assert.deepEqual(dropped, ['metadata.person', 'metadata.n'])
    assert.deepEqual(written([user(said('a'))], { serviceTier: 'scale' }).dropped, ['service_tier'])
    assert.deepEqual(written([user(said('a'))], { serviceTier: 'auto' }).dropped, [])
  })

  it('writes top_k where the model takes it, and clamps temperature', () => {
    const asked = (model: string) => written([user(said('a'))], { topK: 5, temperature: 1.5 }, { model })
    assert.deepEqual(asked(CLAUDE).body['additionalModelRequestFields'], { top_k: 5 })
    assert.deepEqual(asked(NOVA).body['additionalModelRequestFields'], { inferenceConfig: { topK: 5 } })
    assert.deepEqual(asked(CLAUDE).dropped, ['temperature'])
    assert.deepEqual([...asked(LLAMA).dropped].sort(), ['temperature', 'topK'])
    assert.deepEqual(asked(LLAMA).body['inferenceConfig'], { temperature: 1 })
  })

  it('keeps a system turn in its place, and lets the user speak first', () => {
    const { body, dropped } = fromChat(
      chat({
        messages: [
          { role: 'assistant', content: 'Hello' },
          { role: 'user', content: 'a' },
          { role: 'system', content: 'Now in French.' },
        ],
      }),
    )
    assert.deepEqual(body['messages'], [
      { role: 'user', content: [{ text: '(The assistant speaks first.)' }] },
      { role: 'assistant', content: [{ text: 'Hello' }] },
      { role: 'user', content: [{ text: 'a' }, { text: '<system>\nNow in French.\n</system>' }] },
    ])
    assert.deepEqual([...dropped].sort(), ['messages[0]', 'messages[2].role'])
  })

  it('keeps every digit of the numbers in arguments', () => {
    const { text } = fromChat(
      chat({
        messages: [
          { role: 'user', content: 'a' },
          {
            role: 'assistant',
            tool_calls: [
              { id: 'c', type: 'function', function: { name: 'f', arguments: '{"n":12345678901234567890}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'c', content: 'x' },
        ],
        tools: [{ type: 'function', function: { name: 'f' } }],
      }),
    )
    assert.match(text, /"n":12345678901234567890/)
  })

  it('T41 signals what nobody knows, and never asks a client’s dialect of it', () => {
    assert.deepEqual(fromChat(chat({ vendor_extra: 1 })).dropped, ['vendor_extra'])
    assert.equal(faultOfAct(() => wireOf('bedrock-converse')).code, 'internal')
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { chat, faultOfAct, messages, quirked, readJson, translate, WRITE } from '../testing.ts'

const call = (id: string, name: string, args: string): JsonObject => ({
  id,
  type: 'function',
  function: { name, arguments: args },
})
const tool = (id: string, content: JsonObject[string]): JsonObject => ({
  role: 'tool',
  tool_call_id: id,
  content: content ?? '',
})

describe('Messages into Chat Completions', () => {
  const messagesOf = (items: readonly JsonObject[], more: JsonObject = {}) =>
    translate('anthropic-messages', messages({ messages: items, ...more }))

  it('T03 keeps the system blocks apart and signals their cache marks', () => {
    const { body, dropped } = messagesOf([{ role: 'user', content: 'x' }], {
      system: [
        { type: 'text', text: 'a', cache_control: { type: 'ephemeral' } },
        { type: 'text', text: 'b' },
      ],
    })
    assert.deepEqual(body['messages'], [
      {
        role: 'system',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      { role: 'user', content: 'x' },
    ])
    assert.deepEqual(dropped, ['system[0].cache_control'])
  })

  it('writes tool calls and results, failed ones marked', () => {
    const { body, dropped } = messagesOf([
      { role: 'user', content: 'x' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 'sig' },
          { type: 'text', text: 'Let me ' },
          { type: 'text', text: 'look.' },
          { type: 'tool_use', id: 'toolu_1', name: 'f', input: { q: 1 } },
          { type: 'tool_use', id: 'toolu_2', name: 'g', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_2', content: 'broken', is_error: true },
          {
            type: 'tool_result',
            tool_use_id: 'toolu_1',
            content: [{ type: 'text', text: 'A', cache_control: { type: 'ephemeral' } }],
          },
          { type: 'text', text: 'and?' },
        ],
      },
    ])
    assert.deepEqual(body['messages'], [
      { role: 'user', content: 'x' },
      {
        role: 'assistant',
        content: 'Let me look.',
        reasoning_content: 'hm',
        tool_calls: [call('toolu_1', 'f', '{"q":1}'), call('toolu_2', 'g', '{}')],
      },
      { role: 'tool', tool_call_id: 'toolu_1', content: 'A' },
      { role: 'tool', tool_call_id: 'toolu_2', content: '[The tool failed] broken' },
      { role: 'user', content: 'and?' },
    ])
    assert.deepEqual(dropped, [
      'messages[2].content[1].content[0].cache_control',
      'messages[1].thinking',
      'messages[2].is_error',
    ])
  })

  it('T36 delivers the image of a tool result behind all results', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }
    const { body } = messagesOf([
      { role: 'user', content: 'x' },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'f', input: {} },
          { type: 'tool_use', id: 'b', name: 'f', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: [image] },
          { type: 'tool_result', tool_use_id: 'b', content: 'B' },
        ],
      },
    ])
    const written = JSON.parse(JSON.stringify(body))['messages'].slice(2)
    assert.deepEqual(
      written.map((message: { role: string }) => message.role),
      ['tool', 'tool', 'user'],
    )
    assert.deepEqual(written[2].content[1], {
      type: 'image_url',
      image_url: { url: 'data:image/png;base64,AAAA' },
    })
  })

  it('T35 carries documents: text as text, PDFs as files', () => {
    const { body, dropped } = messagesOf([
      {
        role: 'user',
        content: [
          {
            type: 'document',
            title: 'T',
            source: { type: 'text', media_type: 'text/plain', data: 'read me' },
          },
          {
            type: 'document',
            title: 'a.pdf',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' },
            citations: { enabled: true },
          },
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
        ],
      },
    ])
    assert.deepEqual(JSON.parse(JSON.stringify(body))['messages'][0].content, [
      { type: 'text', text: 'T' },
      { type: 'text', text: 'read me' },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ])
    assert.deepEqual(dropped, ['messages[0].content[1].citations'])
  })

  it('maps the settings under the name the upstream takes', () => {
    const { body, dropped } = messagesOf([{ role: 'user', content: 'x' }], {
      temperature: 0.3,
      top_p: 0.8,
      top_k: 5,
      stop_sequences: ['a', 'b', 'c', 'd', 'e'],
      metadata: { user_id: 'u', other: 1 },
      stream: true,
      thinking: { type: 'enabled', budget_tokens: 5000, display: 'omitted' },
      tools: [
        {
          name: 'f',
          description: 'd',
          input_schema: { type: 'object' },
          cache_control: { type: 'ephemeral' },
        },
      ],
      tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true },
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } }, task_budget: 1 },
    })
    assert.deepEqual(
      { ...body, messages: null },
      {
        model: 'target-model',
        messages: null,
        tools: [
          { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } },
        ],
        tool_choice: { type: 'function', function: { name: 'f' } },
        parallel_tool_calls: false,
        max_completion_tokens: 2000,
        temperature: 0.3,
        top_p: 0.8,
        stop: ['a', 'b', 'c', 'd'],
        reasoning_effort: 'medium',
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'answer', schema: { type: 'object' }, strict: true },
        },
        user: 'u',
        stream: true,
        stream_options: { include_usage: true },
      },
    )
    assert.deepEqual([...dropped].sort(), [
      'metadata.other',
      'output_config.task_budget',
      'stop_sequences',
      'thinking.display',
      'tools[0].cache_control',
      'top_k',
    ])
    assert.equal(messagesOf([{ role: 'user', content: 'x' }], {}).body['max_completion_tokens'], 2000)
    assert.equal(
      translate('anthropic-messages', messages({}), quirked({ maxTokensField: 'max_tokens' })).body[
        'max_tokens'
      ],
      2000,
    )
  })

  it('refuses what only the vendor can do', () => {
    for (const [json, field] of [
      [messages({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }), 'tools[0]'],
      [messages({ mcp_servers: [{ type: 'url', url: 'https://x.example' }] }), 'mcp_servers'],
      [
        messages({ messages: [{ role: 'user', content: [{ type: 'container_upload', file_id: 'f' }] }] }),
        'messages[0]',
      ],
      [
        messages({
          messages: [
            { role: 'user', content: 'x' },
            {
              role: 'assistant',
              content: [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }],
            },
          ],
        }),
        'messages[1]',
      ],
      [messages({ inference_geo: 'eu' }), 'inference_geo'],
    ] as const) {
      const fault = faultOfAct(() => translate('anthropic-messages', json))
      assert.deepEqual([fault.code, fault.field], ['cannot_translate', field])
    }
  })

  it('T31 refuses orphans, T30 tells reused ids apart', () => {
    const use = { role: 'assistant', content: [{ type: 'tool_use', id: 'same', name: 'f', input: {} }] }
    const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'same', content: 'r' }] }
    const { text } = messagesOf([{ role: 'user', content: 'x' }, use, result, use, result])
    const ids = [...text.matchAll(/"(?:id|tool_call_id)":"([^"]*)"/g)].map((match) => match[1])
    assert.equal(ids[0], ids[1])
    assert.equal(ids[2], ids[3])
    assert.notEqual(ids[0], ids[2])
    assert.equal(faultOfAct(() => messagesOf([result])).code, 'invalid_request')
    assert.equal(faultOfAct(() => messagesOf([{ role: 'user', content: 'x' }, use])).code, 'invalid_request')
  })

  it('keeps every digit of numbers in tool input', () => {
    const items =
      '[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{"id":9007199254740993}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"r"}]}]'
    const wire = wireOf('anthropic-messages')
    const body = Buffer.from(`{"model":"m","max_tokens":5,"messages":${items}}`)
    const read = wire.read(
      body,
      { id: 'x', operation: 'chat', headers: {} },
      { bodyBytes: 9999, depth: 64, messages: 9 },
    )
    assert.match(
      wireOf('openai-chat').write(wire.conversation(read), WRITE).body,
      /"arguments":"\{\\"id\\":9007199254740993\}"/,
    )
  })
})

describe('there and back', () => {
  it('a conversation keeps its meaning', () => {
    const start = chat({
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
        {
          role: 'assistant',
          content: 'Let me see.',
          tool_calls: [call('call_1', 'look', '{"x":[1,2]}'), call('call_2', 'look', '{}')],
        },
        tool('call_1', 'one'),
        tool('call_2', 'two'),
        { role: 'assistant', content: 'A cat.' },
        { role: 'user', content: 'Sure?' },
      ],
      max_completion_tokens: 100,
      temperature: 0.5,
      stop: ['X'],
      tools: [
        {
          type: 'function',
          function: { name: 'look', description: 'd', parameters: { type: 'object', properties: {} } },
        },
      ],
      tool_choice: 'required',
      parallel_tool_calls: false,
      user: 'u',
    })
    const there = translate('openai-chat', start)
    const back = translate('anthropic-messages', there.body)
    assert.deepEqual([...there.dropped, ...back.dropped], [])
    assert.deepEqual(back.body, { ...start, model: 'target-model' })
  })

  it('a conversation written in its own dialect is what was read', () => {
    const json = messages({
      system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'x' }] },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: '', signature: 'sig' },
            { type: 'redacted_thinking', data: 'd' },
            { type: 'text', text: 'y', citations: [] },
            { type: 'tool_use', id: 't', name: 'f', input: { a: 1 }, cache_control: { type: 'ephemeral' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't', is_error: true, content: 'no' },
            { type: 'container_upload', file_id: 'file_1' },
          ],
        },
      ],
    })
    const wire = wireOf('anthropic-messages')
    const written = wire.write(wire.conversation(readJson('anthropic-messages', json)), {
      ...WRITE,
      ...quirked({ cacheMarks: 'ttl' }),
      model: 'm',
    })
    assert.deepEqual(JSON.parse(written.body), json)
    assert.deepEqual(written.dropped, [])
  })
})

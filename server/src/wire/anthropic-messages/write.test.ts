import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { chat, faultOfAct, translate, WRITE } from '../testing.ts'

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

describe('Chat Completions into Messages', () => {
  const messagesOf = (items: readonly JsonObject[]) => translate('openai-chat', chat({ messages: items }))

  it('keeps the system turns apart, in order, and leaves one as a string', () => {
    const one = messagesOf([
      { role: 'system', content: 'a' },
      { role: 'user', content: 'x' },
    ])
    assert.equal(one.body['system'], 'a')
    const two = messagesOf([
      { role: 'developer', content: 'a' },
      {
        role: 'system',
        content: [
          { type: 'text', text: 'b' },
          { type: 'text', text: 'c' },
        ],
      },
      { role: 'user', content: 'x' },
    ])
    assert.deepEqual(
      two.body['system'],
      ['a', 'b', 'c'].map((text) => ({ type: 'text', text })),
    )
    assert.deepEqual([...one.dropped, ...two.dropped], [])
  })

  it('wraps a system turn in mid-conversation where it stands, with a signal', () => {
    const { body, dropped } = messagesOf([
      { role: 'user', content: 'x' },
      { role: 'assistant', content: 'y' },
      { role: 'system', content: 'be careful' },
      { role: 'user', content: 'z' },
    ])
    assert.equal(body['system'], undefined)
    assert.deepEqual(body['messages'], [
      { role: 'user', content: [{ type: 'text', text: 'x' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'y' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: '<system>\nbe careful\n</system>' },
          { type: 'text', text: 'z' },
        ],
      },
    ])
    assert.deepEqual(dropped, ['messages[2].role'])
  })

  it('T34 writes no empty text block', () => {
    const { text } = messagesOf([
      { role: 'system', content: '' },
      {
        role: 'user',
        content: [
          { type: 'text', text: '' },
          { type: 'text', text: 'x' },
        ],
      },
      { role: 'assistant', content: '', tool_calls: [call('a', 'f', '{}')] },
      tool('a', ''),
      { role: 'assistant', content: '' },
      { role: 'user', content: 'y' },
    ])
    assert.doesNotMatch(text, /"text":""/)
    assert.equal(faultOfAct(() => messagesOf([{ role: 'user', content: '' }])).code, 'cannot_translate')
  })

  it('T32 puts the results of parallel calls into one user message, in call order, before other text', () => {
    const { body, dropped } = messagesOf([
      { role: 'user', content: 'x' },
      { role: 'assistant', content: null, tool_calls: [call('a', 'f', '{"q":1}'), call('b', 'g', '')] },
      tool('b', 'B'),
      tool('a', [{ type: 'text', text: 'A' }]),
      { role: 'user', content: 'and?' },
    ])
    assert.deepEqual(body['messages'], [
      { role: 'user', content: [{ type: 'text', text: 'x' }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'f', input: { q: 1 } },
          { type: 'tool_use', id: 'b', name: 'g', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: 'A' },
          { type: 'tool_result', tool_use_id: 'b', content: 'B' },
          { type: 'text', text: 'and?' },
        ],
      },
    ])
    assert.deepEqual(dropped, [])
  })

  it('T29 T30 gives ids that the dialect takes, the same each time, apart for each call', () => {
    const odd = 'call|with spaces and 日本 '.repeat(4)
    const round = (id: string): readonly JsonObject[] => [
      { role: 'assistant', content: null, tool_calls: [call(id, 'f', '{}')] },
      tool(id, 'r'),
    ]
    const items = [
      { role: 'user', content: 'x' },
      ...round(odd),
      ...round('same'),
      ...round('same'),
      ...round(odd),
    ]
    const ids = (text: string): readonly string[] =>
      [...text.matchAll(/"(?:id|tool_use_id)":"([^"]*)"/g)].map((match) => match[1] ?? '')
    const first = ids(messagesOf(items).text)
    assert.deepEqual(first, ids(messagesOf(items).text))
    assert.deepEqual(
      first.slice(0, 4),
      ids(messagesOf(items.slice(0, 5)).text),
      'a longer history keeps earlier ids',
    )
    for (const id of first) assert.match(id, /^[a-zA-Z0-9_-]{1,64}$/)
    for (let i = 0; i < first.length; i += 2) assert.equal(first[i], first[i + 1])
    assert.equal(new Set(first).size, 4)
    assert.equal(first[2], 'same')
  })

  it('T31 refuses a result without its call and a call without its result', () => {
    for (const items of [
      [{ role: 'user', content: 'x' }, tool('a', 'r')],
      [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [call('a', 'f', '{}')] },
        { role: 'user', content: 'y' },
      ],
      [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [call('a', 'f', '{}')] },
        tool('a', 'r'),
        tool('a', 'r'),
      ],
    ]) {
      const fault = faultOfAct(() => messagesOf(items))
      assert.deepEqual([fault.code, fault.status], ['invalid_request', 400])
      assert.match(fault.message, /"a"/)
    }
  })

  it('refuses arguments that are no JSON object', () => {
    for (const args of ['{"q":', '[1]', '"x"', 'null']) {
      const items = [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [call('a', 'f', args)] },
        tool('a', 'r'),
      ]
      assert.equal(faultOfAct(() => messagesOf(items)).code, 'cannot_translate')
    }
  })

  it('keeps every digit of numbers in arguments and schemas', () => {
    const { text } = translate(
      'openai-chat',
      chat({
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', tool_calls: [call('a', 'f', '{"id":9007199254740993}')] },
          tool('a', 'r'),
        ],
      }),
    )
    assert.match(text, /"input":\{"id":9007199254740993\}/)
    const source = JSON.stringify(
      chat({ tools: [{ type: 'function', function: { name: 'f', parameters: { maximum: 'BIG' } } }] }),
    )
    const wire = wireOf('openai-chat')
    const read = wire.read(
      Buffer.from(source.replace('"BIG"', '9223372036854775807')),
      { id: 'x', operation: 'chat', headers: {} },
      { bodyBytes: 9999, depth: 64, messages: 9 },
    )
    assert.match(
      wireOf('anthropic-messages').write(wire.conversation(read), WRITE).body,
      /"maximum":9223372036854775807/,
    )
  })

  it('T35 carries images, PDFs and text files, in clean base64', () => {
    const part = (file_data: string, filename: string): JsonObject => ({
      type: 'file',
      file: { file_data, filename },
    })
    const { body, dropped } = messagesOf([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/jpg;base64,AAAA', detail: 'auto' } },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'high' } },
          part('data:application/pdf;base64,JVBERi0=', 'a.pdf'),
          part('JVBERi0=\n', 'b.pdf'),
          part(`data:text/plain;base64,${Buffer.from('Grüße').toString('base64')}`, 'c.txt'),
        ],
      },
    ])
    const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }
    assert.deepEqual(body['messages'], [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' } },
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
          { type: 'document', source: pdf, title: 'a.pdf' },
          { type: 'document', source: pdf, title: 'b.pdf' },
          {
            type: 'document',
            source: { type: 'text', media_type: 'text/plain', data: 'Grüße' },
            title: 'c.txt',
          },
        ],
      },
    ])
    assert.deepEqual(dropped, ['messages[0].content[1].image_url.detail'])
  })

  for (const [name, part] of [
    ['sound', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }],
    ['a stored file', { type: 'file', file: { file_id: 'file-1' } }],
    ['a video', { type: 'video_url', video_url: { url: 'https://example.com/v.mp4' } }],
    ['an archive', { type: 'file', file: { file_data: 'data:application/zip;base64,AAAA' } }],
    [
      'a file whose ending every object has',
      { type: 'file', file: { file_data: 'AAAA', filename: 'a.constructor' } },
    ],
    ['a file of a stranger ending', { type: 'file', file: { file_data: 'AAAA', filename: 'a.__proto__' } }],
    ['an image of the local disk', { type: 'image_url', image_url: { url: 'file:///etc/passwd' } }],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.equal(faultOfAct(() => messagesOf([{ role: 'user', content: [part] }])).code, 'cannot_translate')
    })
  }

  it('maps the settings, always with a limit of the answer', () => {
    const { body, dropped } = translate(
      'openai-chat',
      chat({
        temperature: 0.5,
        top_p: 0.9,
        stop: ['END', ' '],
        user: 'u1',
        stream: true,
        tools: [
          {
            type: 'function',
            function: { name: 'f', description: 'd', parameters: { properties: {} }, strict: true },
          },
        ],
        tool_choice: 'required',
        parallel_tool_calls: false,
      }),
    )
    assert.deepEqual(
      { ...body, messages: null },
      {
        model: 'target-model',
        max_tokens: 4096,
        messages: null,
        tools: [
          { name: 'f', description: 'd', input_schema: { type: 'object', properties: {} }, strict: true },
        ],
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
        temperature: 0.5,
        top_p: 0.9,
        stop_sequences: ['END'],
        metadata: { user_id: 'u1' },
        stream: true,
      },
    )
    assert.deepEqual(dropped, ['stop'])
    assert.equal(translate('openai-chat', chat({ max_completion_tokens: 9 })).body['max_tokens'], 9)
  })

  it('inverts parallel_tool_calls without a tool_choice', () => {
    const tools = [{ type: 'function', function: { name: 'f' } }]
    const choice = (json: JsonObject) =>
      translate('openai-chat', chat({ tools, ...json })).body['tool_choice']
    assert.deepEqual(choice({ parallel_tool_calls: false }), {
      type: 'auto',
      disable_parallel_tool_use: true,
    })
    assert.equal(choice({ parallel_tool_calls: true }), undefined)
    assert.deepEqual(choice({ tool_choice: { type: 'function', function: { name: 'f' } } }), {
      type: 'tool',
      name: 'f',
    })
    assert.deepEqual(choice({ tool_choice: 'none' }), { type: 'none' })
  })

  it('clamps the temperature with a signal', () => {
    const { body, dropped } = translate('openai-chat', chat({ temperature: 1.5 }))
    assert.deepEqual([body['temperature'], dropped], [1, ['temperature']])
  })

  it('T40 carries a schema for the answer, and says that json_object is only an instruction', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }
    const strict = translate(
      'openai-chat',
      chat({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema, strict: true } } }),
    )
    assert.deepEqual(strict.body['output_config'], { format: { type: 'json_schema', schema } })
    assert.deepEqual(strict.dropped, [])
    const open = { type: 'object', properties: { a: { type: 'string', maxLength: 9 } } }
    const closed = translate(
      'openai-chat',
      chat({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema: open } } }),
    )
    assert.deepEqual(closed.body['output_config'], {
      format: {
        type: 'json_schema',
        schema: {
          ...schema,
          properties: { a: { type: 'string', description: '(maxLength: 9)' } },
        },
      },
    })
    assert.deepEqual(closed.dropped, ['response_format'])
    const loose = translate('openai-chat', chat({ response_format: { type: 'json_object' } }))
    assert.match(String(loose.body['system']), /JSON object/)
    assert.deepEqual(loose.dropped, ['response_format'])
    assert.equal(
      faultOfAct(() => translate('openai-chat', chat({ response_format: { type: 'grammar', grammar: 'x' } })))
        .code,
      'cannot_translate',
    )
  })

  it('turns an effort into a budget within the answer’s limit, and drops what thinking forbids', () => {
    const { body, dropped } = translate(
      'openai-chat',
      chat({ reasoning_effort: 'medium', temperature: 0.2, top_p: 0.5 }),
    )
    assert.deepEqual(body['thinking'], { type: 'enabled', budget_tokens: 4096 })
    assert.equal(body['max_tokens'], 4096 + 4096)
    assert.deepEqual(dropped, ['temperature', 'top_p'])
    assert.equal('temperature' in body, false)
    const tight = translate('openai-chat', chat({ reasoning_effort: 'high', max_tokens: 4000 }))
    assert.deepEqual(
      [tight.body['thinking'], tight.body['max_tokens']],
      [{ type: 'enabled', budget_tokens: 2000 }, 4000],
    )
    const none = translate('openai-chat', chat({ reasoning_effort: 'high', max_tokens: 1000 }))
    assert.deepEqual([none.body['thinking'], none.dropped], [undefined, ['reasoning_effort']])
    assert.deepEqual(translate('openai-chat', chat({ reasoning_effort: 'minimal' })).dropped, [
      'reasoning_effort',
    ])
    const off = translate('openai-chat', chat({ reasoning_effort: 'none' }))
    assert.deepEqual([off.body['thinking'], off.dropped], [{ type: 'disabled' }, []])
  })

  it('tells newer models an effort, and what they do not take by its name', () => {
    const asked = (model: string, fields: JsonObject) => {
      const { body, dropped } = translate('openai-chat', chat(fields), { model })
      return [body['thinking'], body['output_config'], body['max_tokens'], dropped]
    }
    const adaptive = { type: 'adaptive' }
    assert.deepEqual(asked('claude-sonnet-4-6', { reasoning_effort: 'low', max_tokens: 100 }), [
      adaptive,
      { effort: 'low' },
      100,
      [],
    ])
    assert.deepEqual(asked('claude-sonnet-5', { reasoning_effort: 'xhigh' }), [
      adaptive,
      { effort: 'high' },
      4096 + 24_576,
      ['reasoning_effort'],
    ])
    const schema = { type: 'object', properties: {}, additionalProperties: false }
    const format = { type: 'json_schema', json_schema: { name: 'a', schema } }
    assert.deepEqual(asked('claude-opus-4-7', { reasoning_effort: 'high', response_format: format })[1], {
      effort: 'high',
      format: { type: 'json_schema', schema },
    })
    assert.deepEqual(asked('claude-opus-4-7', { reasoning_effort: 'none' }), [
      undefined,
      undefined,
      4096,
      ['reasoning_effort'],
    ])
    assert.deepEqual(asked('claude-sonnet-4-6', { reasoning_effort: 'none' })[0], { type: 'disabled' })
    const forced = {
      reasoning_effort: 'high',
      tool_choice: 'required',
      tools: [{ type: 'function', function: { name: 'f' } }],
    }
    assert.deepEqual(asked('claude-opus-4-7', forced).slice(0, 2), [undefined, undefined])
    const sampled = translate('openai-chat', chat({ temperature: 0.5, top_p: 0.99, top_k: 3 }), {
      model: 'claude-opus-4-7',
    })
    assert.deepEqual(sampled.dropped, ['temperature', 'top_p', 'top_k'])
    assert.doesNotMatch(sampled.text, /temperature|top_/)
    assert.deepEqual(
      translate('openai-chat', chat({ top_p: 0.99 }), { model: 'claude-opus-4-6' }).dropped,
      [],
    )
  })

  it('T06 T07 T08 T09 sends signed thinking home, first and verbatim; the rest is stripped with a signal', () => {
    const details = [
      { type: 'reasoning.text', text: 'so', signature: 'sig1', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.encrypted', data: 'blob', format: 'anthropic-claude-v1', index: 1 },
      { type: 'reasoning.text', text: '', signature: 'sig2', format: 'anthropic-claude-v1', index: 2 },
      { type: 'reasoning.text', text: 'foreign', signature: 'x', format: 'other-v1', index: 3 },
    ]
    const items = (assistant: JsonObject): readonly JsonObject[] => [
      { role: 'user', content: 'x' },
      { role: 'assistant', content: null, tool_calls: [call('a', 'f', '{}')], ...assistant },
      tool('a', 'r'),
    ]
    const kept = translate(
      'openai-chat',
      chat({
        reasoning_effort: 'low',
        messages: items({ reasoning_details: details, reasoning_content: 'so' }),
      }),
    )
    const assistant = JSON.parse(kept.text)['messages'][1]
    assert.deepEqual(assistant.content, [
      { type: 'thinking', thinking: 'so', signature: 'sig1' },
      { type: 'redacted_thinking', data: 'blob' },
      { type: 'thinking', thinking: '', signature: 'sig2' },
      { type: 'tool_use', id: 'a', name: 'f', input: {} },
    ])
    assert.deepEqual(kept.body['thinking'], { type: 'enabled', budget_tokens: 1024 })
    const stripped = translate(
      'openai-chat',
      chat({ reasoning_effort: 'low', messages: items({ reasoning_content: 'so' }) }),
    )
    assert.doesNotMatch(stripped.text, /"so"|thinking/)
    assert.deepEqual(stripped.dropped, ['messages[1].reasoning_content', 'reasoning_effort'])
  })

  it('begins with a user turn, with a signal where it had to make one', () => {
    const { body, dropped } = messagesOf([
      { role: 'assistant', content: 'Hi' },
      { role: 'user', content: 'x' },
    ])
    assert.equal(JSON.parse(JSON.stringify(body))['messages'][0].role, 'user')
    assert.deepEqual(dropped, ['messages[0]'])
  })

  it('signals names, refuses unknown roles and tools that are no functions', () => {
    assert.deepEqual(messagesOf([{ role: 'user', content: 'x', name: 'bob' }]).dropped, ['messages[0].name'])
    assert.equal(faultOfAct(() => messagesOf([{ role: 'function', content: 'x' }])).code, 'cannot_translate')
    const custom = translate('openai-chat', chat({ tools: [{ type: 'custom', custom: { name: 'c' } }] }))
    assert.deepEqual(custom.dropped, ['tools[0]'])
    const unknown = faultOfAct(() => translate('openai-chat', chat({ tools: [{ type: 'x', x: {} }] })))
    assert.deepEqual([unknown.code, unknown.field], ['cannot_translate', 'tools[0]'])
    const limited = chat({
      tools: [{ type: 'function', function: { name: 'f' } }],
      tool_choice: { type: 'allowed_tools', tools: [] },
    })
    assert.equal(faultOfAct(() => translate('openai-chat', limited)).field, 'tool_choice')
  })
})

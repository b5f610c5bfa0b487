import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Dialect } from '../../domain/index.ts'
import { chat, faultOfAct, LIMITS, messages, readJson, readText } from '../testing.ts'

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

describe('a body that is wrong before any field is looked at', () => {
  const cases: readonly (readonly [name: string, source: string | Uint8Array, code: string])[] = [
    ['no JSON', '{"model":"m","messages":[', 'invalid_json'],
    ['an empty body', '', 'invalid_json'],
    ['an array', '[]', 'invalid_json'],
    ['null', 'null', 'invalid_json'],
    ['text after the object', '{"model":"m"} {}', 'invalid_json'],
    ['what is no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'invalid_json'],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'invalid_json'],
    ['too many bytes', 'x'.repeat(LIMITS.bodyBytes + 1), 'body_too_large'],
    ['too deep', `{"model":"m","x":${nested(64)}}`, 'too_deep'],
    ['too deep for any parser', `{"model":"m","x":${'['.repeat(500_000)}`, 'too_deep'],
    ['a repeated model', '{"model":"a","messages":[],"model":"b"}', 'duplicate_key'],
    ['a repeated key, once escaped', '{"model":"a","\\u006dodel":"b"}', 'duplicate_key'],
    ['a repeated key deep inside', '{"model":"a","x":[{"y":{"k":1,"k":2}}]}', 'duplicate_key'],
    ['a repeated __proto__', '{"model":"a","__proto__":1,"__proto__":2}', 'duplicate_key'],
    ['a number beyond a double', '{"model":"a","seed":1e400}', 'invalid_request'],
  ]
  for (const dialect of ['openai-chat', 'anthropic-messages', 'openai-embeddings'] as const) {
    for (const [name, source, code] of cases) {
      it(`${dialect} refuses ${name}`, () => {
        assert.equal(faultOfAct(() => readText(dialect, source)).code, code)
      })
    }
  }

  it('says nothing of the body in the message', () => {
    const fault = faultOfAct(() =>
      readText('openai-chat', '{"model":"m","messages":"my secret diary" nonsense}'),
    )
    assert.doesNotMatch(fault.message, /secret|diary|nonsense/)
  })

  it('takes the deepest nesting allowed, and a byte order mark', () => {
    const source = JSON.stringify(chat({})).replace('{', `{"x":${nested(63)},`)
    assert.equal(readText('openai-chat', `\ufeff${source}`).source, source)
  })
})

describe('fields of the wrong type', () => {
  const cases: readonly (readonly [dialect: Dialect, json: Parameters<typeof chat>[0], field: string])[] = [
    ['openai-chat', { model: '' }, 'model'],
    ['openai-chat', { model: 5 }, 'model'],
    ['openai-chat', { model: null }, 'model'],
    ['openai-chat', { messages: null }, 'messages'],
    ['openai-chat', { messages: {} }, 'messages'],
    ['openai-chat', { messages: [] }, 'messages'],
    ['openai-chat', { messages: ['hi'] }, 'messages[0]'],
    ['openai-chat', { messages: [{ content: 'x' }] }, 'messages[0].role'],
    ['openai-chat', { messages: [{ role: 1, content: 'x' }] }, 'messages[0].role'],
    ['openai-chat', { messages: [{ role: 'user', content: 7 }] }, 'messages[0].content'],
    ['openai-chat', { messages: [{ role: 'user', content: ['x'] }] }, 'messages[0].content[0]'],
    [
      'openai-chat',
      { messages: [{ role: 'user', content: [{ text: 'x' }] }] },
      'messages[0].content[0].type',
    ],
    [
      'openai-chat',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 1 }] }] },
      'messages[0].content[0].text',
    ],
    [
      'openai-chat',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] },
      'messages[0].content[0].image_url.url',
    ],
    [
      'openai-chat',
      {
        messages: [{ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'f', arguments: {} } }] }],
      },
      'messages[0].tool_calls[0].function.arguments',
    ],
    ['openai-chat', { max_tokens: 0 }, 'max_tokens'],
    ['openai-chat', { max_tokens: -1 }, 'max_tokens'],
    ['openai-chat', { max_tokens: 1.5 }, 'max_tokens'],
    ['openai-chat', { max_tokens: '100' }, 'max_tokens'],
    ['openai-chat', { max_completion_tokens: 1e300 }, 'max_completion_tokens'],
    ['openai-chat', { temperature: 'hot' }, 'temperature'],
    ['openai-chat', { stream: 'yes' }, 'stream'],
    ['openai-chat', { stream_options: [] }, 'stream_options'],
    ['openai-chat', { stream_options: { include_usage: 1 } }, 'stream_options.include_usage'],
    ['openai-chat', { tools: {} }, 'tools'],
    ['openai-chat', { tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    ['openai-chat', { stop: [1] }, 'stop[0]'],
    ['openai-chat', { n: 0 }, 'n'],
    ['openai-chat', { response_format: 'json' }, 'response_format'],
    ['anthropic-messages', { max_tokens: null }, 'max_tokens'],
    ['anthropic-messages', { max_tokens: 0 }, 'max_tokens'],
    ['anthropic-messages', { system: 5 }, 'system'],
    [
      'anthropic-messages',
      { messages: [{ role: 'user', content: [{ type: 'image' }] }] },
      'messages[0].content[0].source',
    ],
    [
      'anthropic-messages',
      { messages: [{ role: 'user', content: [{ type: 'tool_result', content: 'x' }] }] },
      'messages[0].content[0].tool_use_id',
    ],
    [
      'anthropic-messages',
      { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: 'x' }] }] },
      'messages[0].content[0].input',
    ],
    ['anthropic-messages', { stop_sequences: 'x' }, 'stop_sequences'],
    ['anthropic-messages', { tool_choice: 'auto' }, 'tool_choice'],
    ['openai-embeddings', { input: null }, 'input'],
    ['openai-embeddings', { input: [] }, 'input'],
    ['openai-embeddings', { input: ['a', 1] }, 'input[0]'],
    ['openai-embeddings', { input: 'a', dimensions: 1.5 }, 'dimensions'],
  ]
  for (const [dialect, json, field] of cases) {
    it(`${dialect} names ${field} in ${JSON.stringify(json)}`, () => {
      const base =
        dialect === 'openai-chat'
          ? chat(json)
          : dialect === 'anthropic-messages'
            ? messages(json)
            : { model: 'm', ...json }
      const fault = faultOfAct(() => readJson(dialect, base))
      assert.equal(fault.status, 400)
      assert.equal(fault.code, 'invalid_request')
      assert.equal(fault.field, field)
      assert.ok(fault.message.includes(field))
    })
  }

  it('counts messages', () => {
    const many = Array.from({ length: LIMITS.messages + 1 }, () => ({ role: 'user', content: 'x' }))
    for (const json of [chat({ messages: many }), messages({ messages: many })]) {
      const dialect = 'max_tokens' in json ? 'anthropic-messages' : 'openai-chat'
      assert.equal(faultOfAct(() => readJson(dialect, json)).code, 'too_many_messages')
    }
  })
})

describe('a Call', () => {
  it('is frozen in every part', () => {
    const call = readJson('openai-chat', chat({ tools: [{ type: 'function', function: { name: 'f' } }] }))
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return
      assert.ok(Object.isFrozen(value), path)
      for (const [name, member] of Object.entries(value)) walk(member, `${path}.${name}`)
    }
    walk(call, 'call')
  })

  it('knows where the model stands, even behind messages that speak of a model', () => {
    const source =
      '{"messages":[{"role":"user","content":"\\"model\\":\\"fake\\""}], "model" : "m\\u0031" ,"x":1}'
    const call = readText('openai-chat', source)
    assert.equal(call.model, 'm1')
    assert.equal(source.slice(...(call.modelSpan ?? [])), '"m\\u0031"')
  })

  it('keeps unknown fields and a member called __proto__', () => {
    const call = readText(
      'openai-chat',
      '{"model":"m","messages":[{"role":"user","content":"x"}],"__proto__":{"a":1},"vendor":2}',
    )
    assert.ok(Object.hasOwn(call.json, '__proto__'))
    assert.equal(call.json['vendor'], 2)
  })

  it('takes the headers of its dialect and no secret', () => {
    assert.deepEqual(readJson('anthropic-messages', messages({})).dialectHeaders, {
      'anthropic-version': '2023-06-01',
    })
    assert.deepEqual(readJson('openai-chat', chat({})).dialectHeaders, {})
  })

  it('counts tokens of a token_count request without max_tokens', () => {
    const call = readText(
      'anthropic-messages',
      '{"model":"m","messages":[{"role":"user","content":"x"}]}',
      'count',
    )
    assert.equal(call.operation, 'count')
    assert.equal(call.needs.outputTokens, 0)
  })

  it('estimates by bytes, without those of media', () => {
    const text = chat({ messages: [{ role: 'user', content: '日本'.repeat(100) }] })
    assert.equal(
      readJson('openai-chat', text).needs.inputTokens,
      Math.ceil(Buffer.byteLength(JSON.stringify(text)) / 4),
    )
    const url = `data:image/png;base64,${'A'.repeat(100_000)}`
    const image = chat({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] })
    const tokens = readJson('openai-chat', image).needs.inputTokens
    assert.ok(tokens > 1000 && tokens < 1200, String(tokens))
  })

  it('says whether the client asked for usage', () => {
    assert.equal(readJson('openai-chat', chat({})).wantsUsage, true)
    assert.equal(readJson('openai-chat', chat({ stream: true })).wantsUsage, false)
    assert.equal(
      readJson('openai-chat', chat({ stream: true, stream_options: { include_usage: true } })).wantsUsage,
      true,
    )
    assert.equal(readJson('anthropic-messages', messages({ stream: true })).wantsUsage, true)
  })
})

describe('media', () => {
  it('of Chat Completions are listed by path', () => {
    const call = readJson(
      'openai-chat',
      chat({
        messages: [
          { role: 'system', content: 'x' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'look' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
              { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
              { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
              { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' } },
              { type: 'file', file: { file_id: 'file-1' } },
              { type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } },
            ],
          },
        ],
      }),
    )
    const at = 'messages[1].content'
    assert.deepEqual(call.media, [
      { path: `${at}[1].image_url.url`, type: 'image', mime: 'image/png', remote: false },
      { path: `${at}[2].image_url.url`, type: 'image', remote: true },
      { path: `${at}[3].input_audio.data`, type: 'audio', mime: 'audio/wav', remote: false },
      { path: `${at}[4].file.file_data`, type: 'file', mime: 'application/pdf', remote: false },
      { path: `${at}[5].file.file_id`, type: 'file', remote: true },
      { path: `${at}[6].video_url.url`, type: 'file', remote: true },
    ])
    assert.deepEqual(
      [call.needs.images, call.needs.audio, call.needs.files, call.needs.tools],
      [true, true, true, false],
    )
  })

  it('of Messages are listed by path, inside tool results and documents too; text documents are text', () => {
    const call = readJson(
      'anthropic-messages',
      messages({
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
              { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'read me' } },
              { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
              {
                type: 'document',
                source: {
                  type: 'content',
                  content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }],
                },
              },
              {
                type: 'tool_result',
                tool_use_id: 't',
                content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }],
              },
              {
                type: 'web_fetch_tool_result',
                tool_use_id: 's',
                content: {
                  type: 'web_fetch_result',
                  content: {
                    type: 'document',
                    source: { type: 'base64', media_type: 'application/pdf', data: 'AA' },
                  },
                },
              },
            ],
          },
        ],
      }),
    )
    const at = 'messages[0].content'
    assert.deepEqual(call.media, [
      { path: `${at}[0].source.data`, type: 'image', mime: 'image/png', remote: false },
      { path: `${at}[2].source.url`, type: 'file', remote: true },
      { path: `${at}[3].source.content[0].source.url`, type: 'image', remote: true },
      { path: `${at}[4].content[0].source.file_id`, type: 'image', remote: true },
      { path: `${at}[5].content.content.source.data`, type: 'file', mime: 'application/pdf', remote: false },
    ])
  })

  it('include token ids, which no scanner can read', () => {
    const call = readJson('openai-embeddings', { model: 'm', input: [[1, 2, 3], [4]] })
    assert.deepEqual(
      call.media.map((item) => item.path),
      ['input[0]', 'input[1]'],
    )
    assert.equal(call.needs.inputTokens, 4)
    assert.equal(readJson('openai-embeddings', { model: 'm', input: ['a', 'b'] }).media.length, 0)
  })
})

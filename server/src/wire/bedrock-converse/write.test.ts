import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Block, CUSTOM_INPUT, type JsonObject, type Turn } from '../../domain/index.ts'
import { chat, faultOfAct, messages, readJson } from '../testing.ts'
import { bedrockConverse } from './index.ts'
import {
  CLAUDE,
  contentOf,
  file,
  fromChat,
  fromMessages,
  LLAMA,
  NOVA,
  native,
  QUIRKS,
  said,
  TOOL,
  user,
  written,
} from './written.fixture.ts'

describe('writing Converse', () => {
  it('encodes the model’s id in the path', () => {
    const call = readJson('openai-chat', chat({}))
    const path = (stream: boolean, model: string): string => bedrockConverse.path({ ...call, stream }, model)
    assert.equal(path(false, CLAUDE), '/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse')
    assert.equal(
      path(true, 'arn:aws:bedrock:us-east-1:1:application-inference-profile/x'),
      '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fx/converse-stream',
    )
    const fault = faultOfAct(() => bedrockConverse.path({ ...call, operation: 'embed' }, CLAUDE))
    assert.equal(fault.code, 'cannot_translate')
  })

  it('writes a whole conversation', () => {
    const { body, dropped } = fromChat({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call.1', type: 'function', function: { name: 'w', arguments: '{"at":"Bonn"}' } },
            { id: 'call_2', type: 'function', function: { name: 'w', arguments: '' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_2', content: 'rain' },
        { role: 'tool', tool_call_id: 'call.1', content: 'sun' },
        { role: 'user', content: 'So?' },
      ],
      tools: [
        {
          type: 'function',
          function: { name: 'w', description: '', parameters: { properties: {} }, strict: true },
        },
      ],
      tool_choice: 'required',
      max_completion_tokens: 10,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
    })
    const [, call] = body['messages'] as readonly { content: readonly { toolUse: { toolUseId: string } }[] }[]
    const made = call?.content[0]?.toolUse.toolUseId ?? ''
    assert.match(made, /^[a-zA-Z0-9_-]{1,64}$/)
    assert.deepEqual(dropped, [])
    assert.deepEqual(body, {
      system: [{ text: 'Be brief.' }],
      messages: [
        { role: 'user', content: [{ text: 'Weather?' }] },
        {
          role: 'assistant',
          content: [
            { toolUse: { toolUseId: made, name: 'w', input: { at: 'Bonn' } } },
            { toolUse: { toolUseId: 'call_2', name: 'w', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: made, content: [{ text: 'sun' }] } },
            { toolResult: { toolUseId: 'call_2', content: [{ text: 'rain' }] } },
            { text: 'So?' },
          ],
        },
      ],
      toolConfig: {
        tools: [
          {
            toolSpec: { name: 'w', inputSchema: { json: { type: 'object', properties: {} } }, strict: true },
          },
        ],
        toolChoice: { any: {} },
      },
      inferenceConfig: { temperature: 0.5, topP: 0.9, maxTokens: 10, stopSequences: ['END'] },
      additionalModelResponseFieldPaths: ['/stop_sequence', '/delta/stop_sequence'],
    })
  })

  it('T01 puts a cachePoint behind each marked block of system, messages and tools', () => {
    const mark = { cache_control: { type: 'ephemeral' } }
    const { body, dropped } = fromMessages(
      messages({
        system: [
          { type: 'text', text: 'a', ...mark },
          { type: 'text', text: 'b' },
        ],
        tools: [
          { name: 'one', input_schema: { type: 'object' }, ...mark },
          { name: 'two', input_schema: { type: 'object' } },
        ],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'c', cache_control: { type: 'ephemeral', ttl: '1h' } },
              { type: 'text', text: 'd', cache_control: { type: 'ephemeral', ttl: '5m' } },
            ],
          },
        ],
      }),
    )
    const point = { cachePoint: { type: 'default' } }
    assert.deepEqual(body['system'], [{ text: 'a' }, point, { text: 'b' }])
    assert.deepEqual(body['messages'], [
      {
        role: 'user',
        content: [{ text: 'c' }, { cachePoint: { type: 'default', ttl: '1h' } }, { text: 'd' }, point],
      },
    ])
    const specs = (body['toolConfig'] as { tools: readonly object[] }).tools.map(
      (tool) => Object.keys(tool)[0],
    )
    assert.deepEqual(specs, ['toolSpec', 'cachePoint', 'toolSpec'])
    assert.deepEqual(dropped, [])
  })

  it('T01 T05 signals marks that the model does not take', () => {
    const cached = { ...said('a'), cache: { ttl: '1h' } }
    const llama = written([user(cached)], {}, { model: LLAMA })
    assert.deepEqual(llama.body['messages'], [{ role: 'user', content: [{ text: 'a' }] }])
    assert.deepEqual(llama.dropped, ['messages[0].cache_control'])
    const nova = written([user(cached)], {}, { model: NOVA }, { tools: [{ ...TOOL, cache: { ttl: null } }] })
    assert.deepEqual(nova.body['messages'], [
      { role: 'user', content: [{ text: 'a' }, { cachePoint: { type: 'default' } }] },
    ])
    assert.deepEqual(nova.dropped, ['messages[0].cache_control.ttl', 'tools[0].cache_control'])
    const known = written([user(cached)], {}, { model: LLAMA, quirks: { ...QUIRKS, cacheMarks: 'ttl' } })
    assert.deepEqual(known.dropped, [])
  })

  it('T04 marks the end of the prompt where caching is asked for as a whole', () => {
    const { body, dropped } = written([user(said('a'))], { cache: { ttl: null } })
    assert.deepEqual(body['messages'], [
      { role: 'user', content: [{ text: 'a' }, { cachePoint: { type: 'default' } }] },
    ])
    assert.deepEqual(dropped, [])
  })

  it('puts the cachePoint of a document before it, with a signal', () => {
    const marked = { ...file('application/pdf', 'a.pdf'), cache: { ttl: null } }
    const { body, dropped } = written([user(said('a'), marked)])
    assert.deepEqual(Object.keys(contentOf(body)[1] ?? {}), ['cachePoint'])
    assert.deepEqual(dropped, ['messages[0].cache_control'])
    assert.deepEqual(written([user(marked)]).dropped, ['messages[0].cache_control'])
  })

  it('T34 never writes text that is empty or blank', () => {
    const { body, dropped } = written([
      user(said(''), said('a')),
      { role: 'assistant', at: 'messages[1]', blocks: [said(' \n')] },
      { role: 'user', at: 'messages[2]', blocks: [said('b')] },
    ])
    assert.deepEqual(body['messages'], [{ role: 'user', content: [{ text: 'a' }, { text: 'b' }] }])
    assert.deepEqual(dropped, ['messages[1].content'])
    assert.equal(faultOfAct(() => written([user(said(''))])).code, 'cannot_translate')
  })

  it('T35 T37 writes documents with clean base64, a sound name and text beside them', () => {
    const { body } = fromChat(
      chat({
        messages: [
          {
            role: 'user',
            content: [
              {
                type: 'file',
                file: { filename: 'Q3_report: final!.pdf', file_data: 'data:application/pdf;base64,QU\nJD' },
              },
              {
                type: 'file',
                file: { filename: 'Q3 report  final.pdf', file_data: 'data:application/pdf;base64,QUJD' },
              },
            ],
          },
        ],
      }),
    )
    assert.deepEqual(contentOf(body), [
      { document: { format: 'pdf', name: 'Q3 report final', source: { bytes: 'QUJD' } } },
      { document: { format: 'pdf', name: 'Q3 report final (2)', source: { bytes: 'QUJD' } } },
      { text: 'See the attached document.' },
    ])
    const beside = written([user(said('Read:'), file('text/csv', null))]).body
    assert.deepEqual(contentOf(beside), [
      { text: 'Read:' },
      { document: { format: 'csv', name: 'document', source: { bytes: 'QUJD' } } },
    ])
  })

  it('gives names that hold nothing but what the service takes', () => {
    const names = [
      '',
      '.pdf',
      '../../etc/passwd',
      'Ünïcödé 漢字.docx',
      'a'.repeat(500),
      '[x] (y) - z',
      'a   b',
    ]
    const blocks = names.map((name) => file('application/pdf', name))
    const documents = contentOf(written([user(...blocks)]).body).flatMap(({ document }) =>
      document === undefined ? [] : [String((document as JsonObject)['name'])],
    )
    assert.equal(new Set(documents).size, names.length)
    for (const name of documents) assert.match(name, /^(?!.* {2})[A-Za-z0-9 ()[\]-]{1,200}$/)
  })

  it('writes media of each kind, and refuses formats and addresses', () => {
    const media = (kind: 'image' | 'audio' | 'file', mime: string, url: string | null = null): Block => ({
      type: 'media',
      media: kind,
      mime,
      data: url === null ? 'QQ==' : null,
      url,
      name: null,
      native: native(),
    })
    const source = { bytes: 'QQ==' }
    const { body } = written([
      user(media('image', 'image/jpg'), media('audio', 'audio/mpeg'), media('file', 'video/mp4')),
    ])
    assert.deepEqual(contentOf(body), [
      { image: { format: 'jpeg', source } },
      { audio: { format: 'mp3', source } },
      { video: { format: 'mp4', source } },
    ])
    for (const block of [
      media('image', 'image/tiff'),
      media('audio', 'audio/midi'),
      media('file', 'application/zip'),
      media('image', 'image/png', 'https://example.com/a.png'),
      media('file', 'application/pdf', 's3://bucket/of-others.pdf'),
    ])
      assert.equal(faultOfAct(() => written([user(block)])).code, 'cannot_translate')
  })

  it('T36 keeps images within tool results, and says which failed', () => {
    const result = (failed: boolean): readonly Turn[] => [
      user(said('go')),
      {
        role: 'assistant',
        at: 'messages[1]',
        blocks: [{ type: 'tool-call', id: 'c', name: 'look', input: '{}', native: native() }],
      },
      {
        role: 'user',
        at: 'messages[2]',
        blocks: [
          {
            type: 'tool-result',
            id: 'c',
            content: [
              {
                type: 'media',
                media: 'image',
                mime: 'image/png',
                data: 'QQ==',
                url: null,
                name: null,
                native: native(),
              },
            ],
            failed,
            native: native(),
          },
        ],
      },
    ]
    const image = { image: { format: 'png', source: { bytes: 'QQ==' } } }
    const tools = { tools: [TOOL] }
    const resultIn = (body: JsonObject): unknown => Object(body['messages'])[2].content[0].toolResult
    assert.deepEqual(resultIn(written(result(false), {}, {}, tools).body), {
      toolUseId: 'c',
      content: [image],
    })
    assert.deepEqual(resultIn(written(result(true), {}, {}, tools).body), {
      toolUseId: 'c',
      content: [image],
      status: 'error',
    })
    const llama = written(result(true), {}, { model: LLAMA }, tools)
    assert.deepEqual(resultIn(llama.body), {
      toolUseId: 'c',
      content: [{ text: '[The tool failed] ' }, image],
    })
    assert.deepEqual(llama.dropped, ['messages[2].is_error'])
  })

  it('T31 refuses calls without results by name', () => {
    const fault = faultOfAct(() =>
      fromChat(
        chat({
          messages: [
            { role: 'user', content: 'a' },
            {
              role: 'assistant',
              tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
            },
          ],
        }),
      ),
    )
    assert.deepEqual([fault.code, fault.field], ['invalid_request', 'messages[1]'])
  })

  it('refuses arguments that are no object, and takes free text of custom tools', () => {
    const turns = (input: string, custom: boolean): readonly Turn[] => [
      user(said('go')),
      {
        role: 'assistant',
        at: 'messages[1]',
        blocks: [{ type: 'tool-call', id: 'c', name: 'look', input, custom, native: native() }],
      },
      {
        role: 'user',
        at: 'messages[2]',
        blocks: [{ type: 'tool-result', id: 'c', content: [said('ok')], failed: false, native: native() }],
      },
    ]
    assert.equal(faultOfAct(() => written(turns('{"a"', false))).code, 'cannot_translate')
    const { body, dropped } = written(
      turns('free', true),
      {},
      {},
      { tools: [{ ...TOOL, custom: { format: null } }] },
    )
    assert.deepEqual(Object(body['messages'])[1].content[0].toolUse.input, { [CUSTOM_INPUT]: 'free' })
    assert.deepEqual(dropped, ['tools[0]'])
  })
})

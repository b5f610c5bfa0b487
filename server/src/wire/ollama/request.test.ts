import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import { FORWARD, faultOfAct, LIMITS, readJson } from '../testing.ts'
import { ask, at, CALL, HELLO, toChat } from './bodies.fixture.ts'
import { ollama } from './index.ts'

describe('reading a request of Ollama', () => {
  it('is a stream of lines where nothing is said', () => {
    const call = readJson('ollama', ask({}))
    assert.deepEqual([call.stream, call.framing, call.wantsUsage, call.model], [true, 'lines', true, 'm'])
    assert.equal(readJson('ollama', ask({ stream: null })).stream, true)
    assert.equal(readJson('ollama', ask({ stream: false })).stream, false)
  })

  it('tells what the call needs', () => {
    const image = { role: 'user', content: 'a', images: ['iVBORw0KGgo='] }
    const call = at('chat', {
      model: 'm',
      messages: [image],
      tools: [{ type: 'function', function: { name: 'f' } }],
      format: 'json',
      options: { num_predict: 9 },
    })
    assert.deepEqual(
      [call.needs.tools, call.needs.images, call.needs.structured, call.needs.outputTokens],
      [true, true, true, 9],
    )
    assert.deepEqual(call.media, [{ path: 'messages[0].images[0]', type: 'image', remote: false }])
    assert.equal(at('generate', { model: 'm', prompt: 'a', context: [1, 2] }).media[0]?.path, 'context')
    assert.equal(at('chat', ask({ options: { num_predict: -1 } })).needs.outputTokens, 0)
  })

  it('finds the path of each body, and of what another dialect asked', () => {
    const path = (action: string, json: JsonObject, operation: 'chat' | 'embed' = 'chat'): string =>
      ollama.path(at(action, json, operation), 'x')
    assert.equal(path('chat', ask({})), '/api/chat')
    assert.equal(path('chat', { model: 'm', messages: [] }), '/api/chat')
    assert.equal(path('/api/generate', { model: 'm', prompt: 'a' }), '/api/generate')
    assert.equal(path('generate', { model: 'm', keep_alive: 0 }), '/api/generate')
    assert.equal(path('embed', { model: 'm', input: ['a'] }, 'embed'), '/api/embed')
    assert.equal(path('embeddings', { model: 'm', prompt: 'a' }, 'embed'), '/api/embeddings')
    for (const source of [
      '{"contents":[]}',
      '{"input":"a"}',
      '{"prompt":{"id":"p"}}',
      '{"messages":[],"prompt":"x"}',
    ])
      assert.equal(
        ollama.path({ operation: 'chat', stream: true, source, verbatim: null }, 'x'),
        '/api/chat',
        source,
      )
    assert.equal(
      faultOfAct(() => ollama.path({ ...readJson('ollama', ask({})), operation: 'count' }, 'x')).code,
      'cannot_translate',
    )
  })

  const wrong: readonly (readonly [string, JsonObject, string])[] = [
    ['chat', { messages: [HELLO] }, 'model'],
    ['chat', { model: 'm' }, 'messages'],
    ['chat', { model: 'm', prompt: 'a' }, 'prompt'],
    ['chat', ask({ messages: [{ role: 'robot', content: 'secret' }] }), 'messages[0].role'],
    ['chat', ask({ messages: [{ role: 'user', content: ['secret'] }] }), 'messages[0].content'],
    ['chat', ask({ messages: [{ role: 'user', images: [1] }] }), 'messages[0].images[0]'],
    [
      'chat',
      ask({ messages: [{ role: 'assistant', tool_calls: [{}] }] }),
      'messages[0].tool_calls[0].function',
    ],
    [
      'chat',
      ask({ messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: '{}' } }] }] }),
      'messages[0].tool_calls[0].function.arguments',
    ],
    ['chat', ask({ stream: 'yes' }), 'stream'],
    ['chat', ask({ think: 3 }), 'think'],
    ['chat', ask({ format: 'xml' }), 'format'],
    ['chat', ask({ options: { temperature: 'hot' } }), 'options.temperature'],
    ['chat', ask({ options: { stop: [1] } }), 'options.stop[0]'],
    ['chat', ask({ keep_alive: {} }), 'keep_alive'],
    ['chat', ask({ tools: [{ function: {} }] }), 'tools[0].function.name'],
    ['generate', { model: 'm', prompt: 5 }, 'prompt'],
    ['generate', ask({}), 'messages'],
    ['generate', { model: 'm', prompt: 'a', context: ['x'] }, 'context'],
    ['embed', { model: 'm' }, 'input'],
    ['embed', { model: 'm', input: [1] }, 'input'],
    ['embeddings', { model: 'm' }, 'prompt'],
  ]
  for (const [action, json, field] of wrong) {
    it(`names ${field} where it is wrong for ${action}`, () => {
      const fault = faultOfAct(() => at(action, json, action.startsWith('embed') ? 'embed' : 'chat'))
      assert.deepEqual([fault.code, fault.field], ['invalid_request', field])
      assert.doesNotMatch(fault.message, /secret|hot|robot/)
    })
  }

  it('refuses more messages than are taken', () => {
    const many = Array.from({ length: LIMITS.messages + 1 }, () => HELLO)
    assert.equal(faultOfAct(() => at('chat', { model: 'm', messages: many })).code, 'too_many_messages')
  })

  it('T41 forwards every other character as it came', () => {
    const source =
      '{ "model":"m" , "messages":[{"role":"user","content":"a"}],"options":{"num_ctx":1e3,"x_y":12345678901234567890}, "keep_alive" : "5m" }'
    const call = ollama.read(Buffer.from(source), { id: 'i', operation: 'chat', headers: {} }, LIMITS)
    const { body, dropped } = ollama.forward(call, { ...FORWARD, model: 'there' })
    assert.deepEqual([body, dropped], [source.replace('"m"', '"there"'), []])
  })

  it('fits a history, and refuses a prompt that would be cut in silence', () => {
    const long = 'word '.repeat(400)
    const history = {
      model: 'm',
      messages: [{ role: 'user', content: long }, { role: 'assistant', content: 'a' }, HELLO],
    }
    const { body, dropped } = ollama.forward(readJson('ollama', history), { ...FORWARD, fit: 300 })
    assert.deepEqual(JSON.parse(body).messages, [HELLO])
    assert.deepEqual(dropped, ['messages[0..1]'])
    const prompt = at('generate', { model: 'm', prompt: long })
    assert.equal(faultOfAct(() => ollama.forward(prompt, { ...FORWARD, fit: 300 })).code, 'context_too_long')
  })
})

describe('a request of Ollama in another dialect', () => {
  it('T30 gives calls without ids the same ids each time, and pairs several results', () => {
    const history = ask({
      messages: [
        HELLO,
        {
          role: 'assistant',
          content: '',
          tool_calls: [CALL, CALL, { function: { name: 'go', arguments: {} } }],
        },
        { role: 'tool', tool_name: 'go', content: 'three' },
        { role: 'tool', tool_name: 'look', content: 'one' },
        { role: 'tool', content: 'two' },
        { role: 'assistant', content: '', tool_calls: [CALL] },
        { role: 'tool', content: 'four' },
      ],
    })
    const { body } = toChat(history)
    assert.deepEqual(toChat(history).body, body)
    const told = Object(body['messages'])
    const ids = [...told[1].tool_calls, ...told[5].tool_calls].map((call) => call.id)
    assert.equal(new Set(ids).size, 4)
    assert.deepEqual(
      told
        .filter((message: JsonObject) => message['role'] === 'tool')
        .map((message: JsonObject) => [message['tool_call_id'], message['content']]),
      [
        [ids[0], 'one'],
        [ids[1], 'two'],
        [ids[2], 'three'],
        [ids[3], 'four'],
      ],
    )
  })

  it('takes ids where a client sends them, and refuses a result that answers no call', () => {
    const history = (tool: JsonObject): JsonObject =>
      ask({
        messages: [
          HELLO,
          {
            role: 'assistant',
            tool_calls: [
              { id: 'a', ...CALL },
              { id: 'b', ...CALL },
            ],
          },
          { role: 'tool', tool_call_id: 'b', tool_name: 'look', content: 'B' },
          { role: 'tool', content: 'A', ...tool },
        ],
      })
    const told = Object(toChat(history({ tool_call_id: 'a' })).body['messages'])
    assert.deepEqual([told[2].tool_call_id, told[2].content, told[3].content], ['a', 'A', 'B'])
    assert.equal(faultOfAct(() => toChat(history({ tool_name: 'other' }))).code, 'invalid_request')
    assert.equal(faultOfAct(() => toChat(history({ tool_call_id: 'c' }))).code, 'invalid_request')
  })

  it('takes results by their order where ids stand in them and in no call', () => {
    const { body } = toChat(
      ask({
        messages: [
          HELLO,
          { role: 'assistant', tool_calls: [CALL, CALL] },
          { role: 'tool', tool_call_id: 'x', content: 'one' },
          { role: 'tool', tool_call_id: 'y', content: 'two' },
        ],
      }),
    )
    const [, told, ...results] = Object(body['messages'])
    assert.deepEqual(
      results.map((result: JsonObject) => [result['tool_call_id'], result['content']]),
      [
        [told.tool_calls[0].id, 'one'],
        [told.tool_calls[1].id, 'two'],
      ],
    )
  })

  it('maps settings, and names what it cannot', () => {
    const { body, dropped } = toChat(
      ask({
        options: {
          num_predict: 5,
          temperature: 0.1,
          top_p: 0.2,
          seed: 3,
          stop: 'x',
          num_ctx: 99,
          repeat_penalty: 1.3,
        },
        keep_alive: '5m',
        format: { type: 'object' },
        stream: false,
        vendor_extra: 1,
      }),
    )
    assert.deepEqual(
      [body['max_completion_tokens'], body['temperature'], body['top_p'], body['seed'], body['stop']],
      [5, 0.1, 0.2, 3, ['x']],
    )
    assert.equal(Object(body['response_format']).json_schema.name, 'answer')
    assert.deepEqual([...dropped].sort(), [
      'keep_alive',
      'options.num_ctx',
      'options.repeat_penalty',
      'vendor_extra',
    ])
  })

  it('reads think as an effort', () => {
    const wish = (think: boolean | string) =>
      ollama.conversation(readJson('ollama', ask({ think }))).settings.reasoning?.effort ?? null
    assert.deepEqual(
      [wish(true), wish(false), wish('high'), wish('strange')],
      ['medium', 'none', 'high', null],
    )
    assert.deepEqual(Object.keys(ollama.conversation(readJson('ollama', ask({ think: 'strange' }))).rest), [
      'think',
    ])
  })

  it('takes a generation as a chat of one prompt, and refuses what is none', () => {
    const generation = (more: JsonObject): JsonObject => ({
      model: 'm',
      system: 'S',
      prompt: 'P',
      images: ['/9j/AA'],
      ...more,
    })
    const { turns } = ollama.conversation(at('generate', generation({})))
    assert.deepEqual(
      turns.map((turn) => [turn.role, turn.blocks.map((block) => block.type)]),
      [
        ['system', ['text']],
        ['user', ['text', 'media']],
      ],
    )
    assert.equal(turns[1]?.blocks[1]?.type === 'media' && turns[1].blocks[1].mime, 'image/jpeg')
    for (const more of [{ suffix: 'x' }, { raw: true }, { context: [1] }, { template: 't' }]) {
      const fault = faultOfAct(() => toChat(generation(more)))
      assert.deepEqual([fault.code, fault.field], ['cannot_translate', Object.keys(more)[0]])
    }
    for (const more of [{ suffix: '' }, { raw: false }, { context: [] }])
      assert.deepEqual(toChat(generation(more)).dropped, [])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Block, JsonObject } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { chat, faultOfAct, quirked, readJson, translate } from '../testing.ts'

const wire = wireOf('openai-chat')
const conversationOf = (json: JsonObject) => wire.conversation(readJson('openai-chat', json))
const turnsOf = (...messages: readonly JsonObject[]) => conversationOf(chat({ messages })).turns
const intoMessages = (json: JsonObject) => translate('openai-chat', json, quirked({ cacheMarks: 'ttl' }))

const MARK = { type: 'ephemeral', ttl: '1h' }
const asked = { role: 'user', content: 'x' }
const call = (more: JsonObject = {}): JsonObject => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' }, ...more }],
})
const marks = (blocks: readonly Block[]) => blocks.map((block) => block.cache?.ttl)

describe('a Chat Completions request in blocks', () => {
  it('T02 keeps the cache mark of a tool message, wherever it stands on it', () => {
    for (const message of [
      { role: 'tool', tool_call_id: 'c1', content: 'r', cache_control: MARK },
      { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: 'r', cache_control: MARK }] },
    ]) {
      const { body, dropped } = intoMessages(chat({ messages: [asked, call(), message] }))
      const last = Object(body['messages'])[2]
      assert.deepEqual(last.content[0].cache_control, MARK, JSON.stringify(last))
      assert.equal(last.content[0].type, 'tool_result')
      assert.deepEqual(dropped, [])
    }
  })

  it('T03 keeps parts apart, each with its own mark', () => {
    const [system, user, assistant] = turnsOf(
      {
        role: 'system',
        content: [
          { type: 'text', text: 'a', cache_control: MARK },
          { type: 'text', text: 'b' },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'c' },
          { type: 'text', text: 'd' },
        ],
        cache_control: MARK,
      },
      {
        ...call({ cache_control: { type: 'ephemeral' } }),
        content: [{ type: 'text', text: 'e', cache_control: MARK }],
      },
    )
    assert.deepEqual(marks(system?.blocks ?? []), ['1h', undefined])
    assert.deepEqual(marks(user?.blocks ?? []), [undefined, '1h'])
    assert.deepEqual(marks(assistant?.blocks ?? []), ['1h', null])
  })

  it('T04 keeps the mark of the whole prompt, and that of a tool', () => {
    const tools = [
      { type: 'function', function: { name: 'f', parameters: { type: 'object' } }, cache_control: MARK },
    ]
    const { body, dropped } = intoMessages(chat({ cache_control: { type: 'ephemeral' }, tools }))
    assert.deepEqual(body['cache_control'], { type: 'ephemeral' })
    assert.deepEqual(Object(body['tools'])[0].cache_control, MARK)
    assert.deepEqual(dropped, [])
  })

  it('names a mark that is none rather than guess', () => {
    for (const mark of [{ type: 'persistent' }, { type: 'ephemeral', scope: 'all' }, 'yes']) {
      const json = chat({
        messages: [{ role: 'user', content: [{ type: 'text', text: 'x', cache_control: mark }] }],
      })
      assert.deepEqual(Object.keys(conversationOf(json).rest), ['messages[0].content[0].cache_control'])
    }
  })

  it('T16 keeps reasoning that is an empty text', () => {
    const [, answer] = turnsOf(asked, { ...call(), reasoning_content: '' })
    assert.deepEqual(
      answer?.blocks.map((block) => [block.type, block.type === 'reasoning' ? block.text : '']),
      [
        ['reasoning', ''],
        ['tool-call', ''],
      ],
    )
  })

  it('T06 T09 T12 gives sealed reasoning back to the dialect of its issuer', () => {
    const [, answer] = turnsOf(asked, {
      role: 'assistant',
      content: 'y',
      reasoning_content: 'hm',
      reasoning_details: [
        { type: 'reasoning.text', text: 'hm', signature: 'sig', format: 'anthropic-claude-v1', index: 0 },
        { type: 'reasoning.encrypted', data: 'blob', format: 'anthropic-claude-v1', index: 1 },
        { type: 'reasoning.encrypted', data: 'gA', id: 'rs_1', format: 'openai-responses-v1', index: 2 },
        { type: 'reasoning.encrypted', data: 'x', format: 'xai-responses-v1', index: 3 },
        { type: 'reasoning.text', text: 'and', signature: 'g', format: 'google-gemini-v1', index: 4 },
      ],
    })
    assert.deepEqual(
      answer?.blocks.flatMap((block) =>
        block.type === 'reasoning' ? [[block.native.dialect, block.native.raw, block.redacted]] : [],
      ),
      [
        ['anthropic-messages', { type: 'thinking', thinking: 'hm', signature: 'sig' }, undefined],
        ['anthropic-messages', { type: 'redacted_thinking', data: 'blob' }, true],
        ['openai-responses', { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gA' }, true],
        [
          'openai-chat',
          { type: 'reasoning.encrypted', data: 'x', format: 'xai-responses-v1', index: 3 },
          true,
        ],
        ['gemini', { text: 'and', thought: true, thoughtSignature: 'g' }, undefined],
      ],
    )
  })

  it('T10 reads the signature that Gemini put on a call', () => {
    const [, answer] = turnsOf(asked, call({ extra_content: { google: { thought_signature: 'c2ln' } } }))
    const [block] = answer?.blocks ?? []
    assert.equal(block?.type === 'tool-call' && block.signature, 'c2ln')
    const strange = chat({ messages: [asked, call({ extra_content: { other: 1 } })] })
    assert.deepEqual(Object.keys(conversationOf(strange).rest), ['messages[1].tool_calls[0].extra_content'])
  })

  it('takes custom tools, their calls and the choice of one', () => {
    const { tools, turns, settings } = conversationOf(
      chat({
        tools: [{ type: 'custom', custom: { name: 'run', description: 'Runs.', format: { type: 'text' } } }],
        tool_choice: { type: 'custom', custom: { name: 'run' } },
        messages: [
          asked,
          call({ type: 'custom', function: null, custom: { name: 'run', input: 'x = "1"' } }),
          { role: 'tool', tool_call_id: 'c1', name: 'run', content: 'ok' },
        ],
      }),
    )
    assert.deepEqual(tools[0]?.custom, { format: { type: 'text' } })
    assert.deepEqual(tools[0]?.schema, {
      type: 'object',
      properties: { input: { type: 'string' } },
      required: ['input'],
    })
    assert.deepEqual(settings.toolChoice, { type: 'tool', name: 'run' })
    const [made, result] = [turns[1]?.blocks[0], turns[2]?.blocks[0]]
    assert.deepEqual(made?.type === 'tool-call' && [made.custom, made.name, made.input], [
      true,
      'run',
      'x = "1"',
    ])
    assert.equal(result?.type === 'tool-result' && result.name, 'run')
  })

  it('refuses custom tools and calls that say no name, by their field', () => {
    for (const [json, field] of [
      [chat({ tools: [{ type: 'custom', custom: {} }] }), 'tools[0].custom.name'],
      [
        chat({ messages: [asked, call({ custom: { input: 'x' } })] }),
        'messages[1].tool_calls[0].custom.name',
      ],
      [
        chat({ messages: [asked, call({ custom: { name: 'f', input: 1 } })] }),
        'messages[1].tool_calls[0].custom.input',
      ],
    ] as const) {
      const fault = faultOfAct(() => readJson('openai-chat', json))
      assert.deepEqual([fault.code, fault.field], ['invalid_request', field])
    }
  })

  it('keeps a developer’s turn as a system turn in its place', () => {
    const turns = turnsOf(asked, { role: 'developer', content: 'brief' }, asked)
    assert.deepEqual(
      turns.map(({ role, at }) => [role, at]),
      [
        ['user', 'messages[0]'],
        ['system', 'messages[1]'],
        ['user', 'messages[2]'],
      ],
    )
  })

  it('reads every setting, and remembers the client’s name for it', () => {
    const { settings, names, rest } = conversationOf(
      chat({
        max_tokens: 9,
        top_k: 5,
        min_p: 0.1,
        frequency_penalty: 0.2,
        presence_penalty: 0.3,
        seed: 7,
        n: 2,
        logprobs: true,
        top_logprobs: 3,
        logit_bias: { a: 1 },
        verbosity: 'low',
        service_tier: 'flex',
        safety_identifier: 's',
        metadata: { a: 'b' },
        store: true,
        prompt_cache_key: 'k',
        prompt_cache_retention: '24h',
        reasoning: { effort: 'high', exclude: true },
      }),
    )
    assert.deepEqual(
      [settings.topK, settings.minP, settings.seed, settings.count, settings.logprobs, settings.store],
      [5, 0.1, 7, 2, 3, true],
    )
    assert.deepEqual([settings.cacheKey, settings.cacheRetention, settings.serviceTier], ['k', '24h', 'flex'])
    assert.deepEqual(settings.reasoning, { effort: 'high', budget: null, show: false })
    assert.deepEqual([names.maxTokens, names.reasoning], ['max_tokens', 'reasoning'])
    assert.deepEqual(rest, {})
  })

  it('understands each way of asking for thought, and names what it does not understand', () => {
    const wish = (json: JsonObject) => conversationOf(chat(json))
    for (const [json, expected] of [
      [{ reasoning_effort: 'low' }, { effort: 'low', budget: null, show: null }],
      [{ thinking: { type: 'disabled' } }, { effort: 'none', budget: null, show: null }],
      [{ thinking: { type: 'enabled', budget_tokens: 2000 } }, { effort: null, budget: 2000, show: null }],
      [{ enable_thinking: false }, { effort: 'none', budget: null, show: null }],
      [
        { enable_thinking: true, thinking_budget: 99 },
        { effort: null, budget: 99, show: null },
      ],
      [{ chat_template_kwargs: { enable_thinking: true } }, { effort: 'medium', budget: null, show: null }],
      [
        { extra_body: { google: { thinking_config: { thinking_budget: 10, include_thoughts: true } } } },
        { effort: null, budget: 10, show: true },
      ],
    ] as const) {
      const { settings, rest } = wish(json)
      assert.deepEqual([settings.reasoning, rest], [expected, {}], JSON.stringify(json))
    }
    for (const json of [
      { reasoning_effort: 'enormous' },
      { thinking: { type: 'enabled', depth: 3 } },
      { chat_template_kwargs: { enable_thinking: false, add_date: true } },
      { extra_body: { google: { cached_content: 'c' } } },
    ]) {
      const { settings, rest } = wish(json)
      assert.deepEqual([settings.reasoning, rest], [null, json])
    }
  })

  it('T34 makes no block of an empty text', () => {
    assert.deepEqual(
      turnsOf({ role: 'user', content: '' }, { ...call(), content: '' }).map((turn) => turn.blocks.length),
      [0, 1],
    )
  })

  it('T01 T05 marks go on to whoever takes them, and are told of elsewhere', () => {
    const json = {
      model: 'm',
      max_tokens: 9,
      system: [{ type: 'text', text: 's', cache_control: MARK }],
      tools: [{ name: 'f', input_schema: { type: 'object' }, cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'user', content: 'x' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'y', cache_control: { type: 'ephemeral' } },
            { type: 'tool_use', id: 'c1', name: 'f', input: {} },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'r', cache_control: MARK }],
        },
      ],
    }
    const into = (cacheMarks: 'none' | 'plain' | 'ttl') =>
      translate('anthropic-messages', json, quirked({ cacheMarks }))
    const full = into('ttl')
    const messages = Object(full.body['messages'])
    assert.deepEqual(messages[0], {
      role: 'system',
      content: [{ type: 'text', text: 's', cache_control: MARK }],
    })
    assert.deepEqual(messages[2].content, [{ type: 'text', text: 'y', cache_control: { type: 'ephemeral' } }])
    assert.deepEqual(messages[3].content, [{ type: 'text', text: 'r', cache_control: MARK }])
    assert.deepEqual(Object(full.body['tools'])[0].cache_control, { type: 'ephemeral' })
    assert.deepEqual(full.dropped, [])
    assert.deepEqual(into('plain').dropped, [
      'system[0].cache_control.ttl',
      'messages[2].content[0].cache_control.ttl',
    ])
    assert.doesNotMatch(into('plain').text, /"ttl"/)
    const none = into('none')
    assert.doesNotMatch(none.text, /cache_control/)
    assert.deepEqual(none.dropped, [
      'system[0].cache_control',
      'messages[1].content[0].cache_control',
      'messages[2].content[0].cache_control',
      'tools[0].cache_control',
    ])
  })
})

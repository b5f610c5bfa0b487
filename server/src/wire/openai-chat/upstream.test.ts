import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Block, Conversation, Forward, JsonObject, Quirks, Turn } from '../../domain/index.ts'
import { NO_SETTINGS } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { chat, FORWARD, messages, quirked, readJson, readText, translate, WRITE } from '../testing.ts'

const wire = wireOf('openai-chat')
const asked = { role: 'user', content: 'x' }

const native = { dialect: 'anthropic-messages' as const, raw: null }
const turn = (role: Turn['role'], ...blocks: readonly Block[]): Turn => ({ role, at: 'messages[0]', blocks })
const text = (said: string): Block => ({ type: 'text', text: said, native })
const call = (id: string, more: Partial<Extract<Block, { type: 'tool-call' }>> = {}): Block => ({
  type: 'tool-call',
  id,
  name: 'f',
  input: '{}',
  native,
  ...more,
})
const result = (id: string, ...content: readonly Block[]): Block => ({
  type: 'tool-result',
  id,
  content,
  failed: false,
  native,
})

const holding = (turns: readonly Turn[], more: Partial<Conversation> = {}): Conversation => ({
  dialect: 'openai-responses',
  turns,
  tools: [],
  settings: NO_SETTINGS,
  names: {},
  stream: false,
  rest: {},
  ...more,
})

const written = (conversation: Conversation, quirks: Partial<Quirks> = {}) => {
  const { body, dropped } = wire.write(conversation, { ...WRITE, ...quirked({ unsupported: [], ...quirks }) })
  return { body: JSON.parse(body), dropped }
}

describe('a conversation as a Chat Completions request', () => {
  it('T29 gives Mistral ids of nine characters, each call its own, the same each time', () => {
    const ids = ['toolu_01A', 'call_x|fc_y'.repeat(40), 'abcdefghi', '']
    const turns = [
      turn('user', text('x')),
      turn('assistant', ...ids.map((id) => call(id))),
      turn('user', ...[...ids].reverse().map((id) => result(id, text(`of ${id}`)))),
    ]
    const once = written(holding(turns), { toolIds: 'nine-alphanumeric' }).body.messages
    const again = written(holding(turns), { toolIds: 'nine-alphanumeric' }).body.messages
    assert.deepEqual(once, again)
    const told: string[] = once[1].tool_calls.map((one: { id: string }) => one.id)
    for (const id of told) assert.match(id, /^[a-zA-Z0-9]{9}$/)
    assert.equal(new Set(told).size, ids.length)
    assert.equal(told[2], 'abcdefghi')
    assert.deepEqual(
      once
        .slice(2)
        .map((message: { tool_call_id: string; content: string }) => [message.tool_call_id, message.content]),
      ids.map((id, index) => [told[index], `of ${id}`]),
    )
    assert.equal(written(holding(turns)).body.messages[1].tool_calls[0].id, 'toolu_01A')
  })

  it('T30 tells calls apart whose ids come twice in a conversation', () => {
    const round = [turn('assistant', call('a')), turn('user', result('a', text('r')))]
    for (const toolIds of ['any', 'nine-alphanumeric'] as const) {
      const { messages: told } = written(holding([turn('user', text('x')), ...round, ...round]), {
        toolIds,
      }).body
      const ids = [told[1].tool_calls[0].id, told[3].tool_calls[0].id]
      assert.notEqual(ids[0], ids[1])
      assert.deepEqual([told[2].tool_call_id, told[4].tool_call_id], ids)
    }
  })

  it('T32 puts all results of a turn behind it in the order of its calls, before what the user says', () => {
    const { body } = written(
      holding([
        turn('user', text('x')),
        turn('assistant', call('a'), call('b')),
        turn('user', result('b', text('B')), text('and?')),
        turn('user', result('a', text('A'))),
      ]),
    )
    assert.deepEqual(
      body.messages.slice(2).map((message: JsonObject) => [message['role'], message['content']]),
      [
        ['tool', 'A'],
        ['tool', 'B'],
        ['user', 'and?'],
      ],
    )
  })

  it('T31 refuses a call without its result', () => {
    assert.throws(
      () => written(holding([turn('user', text('x')), turn('assistant', call('a'))])),
      /has no result/,
    )
  })

  it('T36 delivers sound, images and files, and those of a tool’s result behind it', () => {
    const media = (kind: 'image' | 'audio' | 'file', mime: string, more = {}): Block => ({
      type: 'media',
      media: kind,
      mime,
      data: 'QUJD',
      url: null,
      name: null,
      native,
      ...more,
    })
    const { body } = written(
      holding([
        turn(
          'user',
          text('x'),
          media('image', 'image/png', { detail: 'low' }),
          media('audio', 'audio/mpeg'),
          media('file', 'application/pdf'),
        ),
        turn('assistant', call('a')),
        turn('user', result('a', text('see'), media('image', 'image/webp'))),
      ]),
    )
    assert.deepEqual(body.messages[0].content.slice(1), [
      { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD', detail: 'low' } },
      { type: 'input_audio', input_audio: { data: 'QUJD', format: 'mp3' } },
      { type: 'file', file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,QUJD' } },
    ])
    assert.equal(body.messages[2].content, 'see')
    assert.deepEqual(body.messages[3].content[1].image_url.url, 'data:image/webp;base64,QUJD')
    for (const refused of [
      media('audio', 'audio/wav', { data: null, url: 'https://example.com/a.wav' }),
      media('file', 'application/pdf', { data: null, url: 'https://example.com/a.pdf' }),
    ])
      assert.throws(() => written(holding([turn('user', refused)])), /cannot be carried over/)
  })

  it('T16 sends thought back under the upstream’s name for it, empty or not, and no foreign seal', () => {
    const thought = (said: string, dialect: 'openai-chat' | 'gemini', signature: string | null): Block => ({
      type: 'reasoning',
      text: said,
      signature,
      native: { dialect, raw: null },
    })
    const turns = (...blocks: readonly Block[]) => [
      turn('user', text('x')),
      turn('assistant', ...blocks, call('a')),
      turn('user', result('a', text('r'))),
    ]
    const answer = (blocks: readonly Block[], quirks: Partial<Quirks>) => {
      const { body, dropped } = written(holding(turns(...blocks)), quirks)
      return [body.messages[1].reasoning_content, body.messages[1].reasoning, dropped]
    }
    assert.deepEqual(answer([thought('', 'openai-chat', null)], {}), ['', undefined, []])
    assert.deepEqual(answer([thought('hm', 'openai-chat', null)], { reasoningField: 'reasoning' }), [
      undefined,
      'hm',
      [],
    ])
    assert.deepEqual(answer([thought('hm', 'openai-chat', null)], { reasoningField: null }), [
      undefined,
      undefined,
      ['messages[0].reasoning'],
    ])
    assert.deepEqual(answer([thought('hm', 'gemini', 'c2ln')], {}), [
      'hm',
      undefined,
      ['messages[0].thoughtSignature'],
    ])
    assert.deepEqual(answer([{ ...thought('', 'gemini', 'c2ln'), redacted: true } as Block], {})[2], [
      'messages[0].thoughtSignature',
    ])
  })

  it('T13 never lets a seal of another dialect into the body', () => {
    const secret: Block = {
      type: 'reasoning',
      text: '',
      signature: 'SEALED',
      native: { dialect: 'openai-responses', raw: { encrypted_content: 'SEALED' } },
    }
    const { body, dropped } = written(
      holding([
        turn('user', text('x')),
        turn('assistant', secret, text('y'), call('a', { signature: 'SEALED' })),
        turn('user', result('a', text('r'))),
      ]),
    )
    assert.doesNotMatch(JSON.stringify(body), /SEALED/)
    assert.equal(body.messages[1].content, 'y')
    assert.deepEqual(dropped, ['messages[0].encrypted_content', 'messages[0].thoughtSignature'])
  })

  it('sends an entry of its own dialect back as it came', () => {
    const raw = { type: 'reasoning.encrypted', data: 'x', format: 'xai-responses-v1' }
    const own: Block = {
      type: 'reasoning',
      text: '',
      signature: 'x',
      redacted: true,
      native: { dialect: 'openai-chat', raw },
    }
    const { body, dropped } = written(holding([turn('user', text('x')), turn('assistant', own, text('y'))]))
    assert.deepEqual(body.messages[1].reasoning_details, [raw])
    assert.deepEqual(dropped, [])
  })

  it('asks for thought as this upstream wants to be asked', () => {
    const asks = (
      thinkingSwitch: Quirks['thinkingSwitch'],
      reasoning: Conversation['settings']['reasoning'],
    ) => {
      const conversation = holding([turn('user', text('x'))], {
        settings: { ...NO_SETTINGS, reasoning },
        names: { reasoning: 'thinking' },
      })
      const { body, dropped } = written(conversation, { thinkingSwitch })
      const { model: _, messages: __, ...rest } = body
      return [rest, dropped]
    }
    const high = { effort: 'high', budget: null, show: null } as const
    const off = { effort: 'none', budget: null, show: null } as const
    const tokens = { effort: null, budget: 5000, show: false } as const
    assert.deepEqual(asks('reasoning_effort', high), [{ reasoning_effort: 'high' }, []])
    assert.deepEqual(asks('reasoning_effort', tokens), [{ reasoning_effort: 'medium' }, ['thinking.summary']])
    assert.deepEqual(asks('enable_thinking', off), [{ enable_thinking: false }, []])
    assert.deepEqual(asks('enable_thinking', tokens), [
      { enable_thinking: true, thinking_budget: 5000 },
      ['thinking.summary'],
    ])
    assert.deepEqual(asks('chat_template_kwargs', off), [
      { chat_template_kwargs: { enable_thinking: false } },
      [],
    ])
    assert.deepEqual(asks('thinking', high), [{ thinking: { type: 'enabled' } }, []])
    assert.deepEqual(asks('reasoning', tokens), [{ reasoning: { max_tokens: 5000, exclude: true } }, []])
    assert.deepEqual(asks(null, high), [{}, ['thinking']])
    assert.deepEqual(asks('enable_thinking', null), [{}, []])
  })

  it('carries all settings that the dialect has, and names those that this upstream rejects', () => {
    const settings = {
      ...NO_SETTINGS,
      topK: 4,
      minP: 0.1,
      seed: 3,
      count: 2,
      logprobs: 0,
      logitBias: { a: 1 },
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      verbosity: 'low',
      serviceTier: 'flex',
      safetyId: 's',
      metadata: { a: 'b' },
      store: false,
      cacheKey: 'k',
      cacheRetention: '24h',
    }
    const { body, dropped } = written(holding([turn('user', text('x'))], { settings }), {
      unsupported: ['top_k', 'n'],
    })
    assert.deepEqual(body, {
      model: 'target-model',
      messages: [asked],
      min_p: 0.1,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      seed: 3,
      logprobs: true,
      logit_bias: { a: 1 },
      verbosity: 'low',
      service_tier: 'flex',
      safety_identifier: 's',
      metadata: { a: 'b' },
      store: false,
      prompt_cache_key: 'k',
      prompt_cache_retention: '24h',
    })
    assert.deepEqual(dropped, ['top_k', 'n'])
  })

  it('gives custom tools to those who take them, and a function of one string to the others', () => {
    const conversation = holding(
      [
        turn('user', text('x')),
        turn('assistant', call('a', { name: 'run', input: 'x = "1"', custom: true })),
        turn('user', result('a', text('r'))),
      ],
      {
        tools: [
          {
            name: 'run',
            description: null,
            schema: { type: 'object' },
            strict: null,
            custom: { format: { type: 'text' } },
          },
        ],
        settings: { ...NO_SETTINGS, toolChoice: { type: 'tool', name: 'run' } },
      },
    )
    const own = written(conversation, { customTools: true })
    assert.deepEqual(own.body.tools, [{ type: 'custom', custom: { name: 'run', format: { type: 'text' } } }])
    assert.deepEqual(own.body.tool_choice, { type: 'custom', custom: { name: 'run' } })
    assert.deepEqual(own.body.messages[1].tool_calls[0].custom, { name: 'run', input: 'x = "1"' })
    assert.deepEqual(own.dropped, [])
    const lowered = written(conversation)
    assert.equal(lowered.body.tools[0].type, 'function')
    assert.deepEqual(lowered.body.tool_choice, { type: 'function', function: { name: 'run' } })
    assert.deepEqual(JSON.parse(lowered.body.messages[1].tool_calls[0].function.arguments), {
      input: 'x = "1"',
    })
    assert.deepEqual(lowered.dropped, ['tools[0].type'])
  })

  it('T34 writes no empty text', () => {
    const { text: body } = translate(
      'anthropic-messages',
      messages({
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: '' },
              { type: 'text', text: 'x' },
            ],
          },
        ],
      }),
    )
    assert.deepEqual(JSON.parse(body).messages, [asked])
  })
})

const forwarded = (json: JsonObject, options: Partial<Forward>, source = JSON.stringify(json)) =>
  wire.forward(readText('openai-chat', source), { ...FORWARD, model: 'm', ...options })

describe('a Chat Completions request forwarded', () => {
  it('says developer as system where the upstream knows no developer, and touches nothing else', () => {
    const source =
      '{"model":"m", "messages":[ {"content":"role\\u0041","role" : "developer","x":1.0},{"role":"user","content":"developer"} ] }'
    const plain = { ...FORWARD.quirks, developerRole: false }
    assert.equal(
      forwarded({}, { quirks: plain }, source).body,
      source.replace('"role" : "developer"', '"role" : "system"'),
    )
    assert.deepEqual(forwarded({}, { quirks: plain }, source).dropped, [])
    assert.equal(forwarded({}, {}, source).body, source)
  })

  it('T13 T14 leaves out what another issuer sealed, and only that', () => {
    const theirs = { type: 'reasoning.encrypted', data: 'theirs', format: 'x', index: 0 }
    const ours = { type: 'reasoning.text', text: 'hm', signature: 'ours', index: 1 }
    const calls = (signature: string) => [
      {
        id: 'c',
        type: 'function',
        function: { name: 'f', arguments: '{}' },
        extra_content: { google: { thought_signature: signature } },
      },
    ]
    const json = chat({
      messages: [
        asked,
        {
          role: 'assistant',
          content: 'y',
          reasoning_details: [theirs, ours],
          tool_calls: calls('theirs too'),
        },
        { role: 'tool', tool_call_id: 'c', content: 'theirs' },
        { role: 'assistant', reasoning_details: [theirs], content: 'z', tool_calls: calls('ours too') },
        { role: 'tool', tool_call_id: 'c', content: 'r' },
      ],
    })
    assert.deepEqual(wire.opaque(readJson('openai-chat', json)), [
      'theirs',
      'ours',
      'theirs too',
      'theirs',
      'ours too',
    ])
    const { body, dropped } = forwarded(json, { foreign: new Set(['theirs', 'theirs too', 'unrelated']) })
    const [, first, tool, second] = JSON.parse(body).messages
    assert.deepEqual(first.reasoning_details, [ours])
    assert.deepEqual(first.tool_calls, [
      { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } },
    ])
    assert.equal(tool.content, 'theirs')
    assert.equal('reasoning_details' in second, false)
    assert.deepEqual(second.tool_calls, calls('ours too'))
    assert.deepEqual(dropped, [
      'messages[1].reasoning_details[0]',
      'messages[1].tool_calls[0].extra_content',
      'messages[3].reasoning_details[0]',
    ])
    assert.equal(forwarded(json, { foreign: new Set(['unrelated']) }).body, JSON.stringify(json))
  })

  it('T41 T16 keeps vendor fields and empty reasoning', () => {
    const json = chat({
      chat_template_kwargs: { enable_thinking: false },
      top_k: 4,
      extra_body: { google: {} },
      messages: [asked, { role: 'assistant', content: 'y', reasoning_content: '' }, asked],
    })
    assert.equal(
      forwarded(json, { quirks: { ...FORWARD.quirks, developerRole: false } }).body,
      JSON.stringify(json),
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import { chatStream, delta, readReply, terminals } from '../testing.ts'

const streamed = (...chunks: readonly JsonObject[]): ReplyEvent[] =>
  readReply('openai-chat', [chatStream([...chunks, delta({}, 'stop')])])
const whole = (message: JsonObject, choice: JsonObject = {}, more: JsonObject = {}): ReplyEvent[] =>
  readReply(
    'openai-chat',
    [
      JSON.stringify({
        id: 'x',
        choices: [{ index: 0, message, finish_reason: 'stop', ...choice }],
        ...more,
      }),
    ],
    false,
  )
const of = <T extends ReplyEvent['type']>(events: readonly ReplyEvent[], type: T) =>
  events.filter((event): event is Extract<ReplyEvent, { type: T }> => event.type === type)
const unmapped = (events: readonly ReplyEvent[]) => of(events, 'unmapped').map((event) => event.field)

describe('what a Chat Completions upstream says', () => {
  it('T59 citations in the message, in deltas of their own, and beside the choices', () => {
    const annotation = {
      type: 'url_citation',
      url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 4 },
    }
    for (const events of [
      whole({ content: 'text', annotations: [annotation] }),
      streamed(delta({ content: 'text' }), delta({ annotations: [annotation] })),
    ]) {
      const [cited] = of(events, 'citation')
      assert.deepEqual(
        [cited?.citation.url, cited?.citation.title, cited?.citation.span, cited?.citation.native.raw],
        ['https://a.example', 'A', [0, 4], annotation],
      )
      assert.ok(
        events.findIndex((event) => event.type === 'citation') >
          events.findIndex((event) => event.type === 'text'),
      )
      assert.deepEqual(unmapped(events), [])
    }
    const sources = {
      citations: ['https://a.example', 'https://b.example'],
      search_results: [{ url: 'https://b.example', title: 'B' }],
    }
    const listed = streamed(
      { ...delta({ content: 'x' }), ...sources },
      { ...delta({ content: 'y' }), ...sources },
    )
    assert.deepEqual(
      of(listed, 'citation').map(({ citation }) => [citation.url, citation.title, citation.span]),
      [
        ['https://a.example', null, null],
        ['https://b.example', 'B', null],
      ],
    )
    assert.deepEqual(unmapped(whole({ content: 'x', annotations: [{ type: 'file_path' }] })), [
      'message.annotations',
    ])
    assert.deepEqual(unmapped(whole({ content: 'x' }, {}, { citations: [{ id: 3 }] })), ['citations'])
  })

  it('T10 Gemini’s signatures of calls and of the answer', () => {
    const signed = { extra_content: { google: { thought_signature: 'c2ln' } } }
    const calls = [
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' }, ...signed },
      { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
    ]
    for (const events of [
      whole({ content: null, tool_calls: calls }),
      streamed(delta({ tool_calls: calls.map((call, index) => ({ index, ...call })) })),
    ]) {
      assert.deepEqual(
        of(events, 'signature').map(({ value, dialect, tool }) => [value, dialect, tool]),
        [['c2ln', 'gemini', 0]],
      )
    }
    const [answer] = of(whole({ content: 'x', ...signed, thought_signature: 'c2ln' }), 'signature')
    assert.deepEqual([answer?.value, answer?.dialect, answer?.tool], ['c2ln', 'gemini', null])
  })

  it('T06 T09 T12 what is sealed, by its issuer, with the thought that it seals', () => {
    const details = [
      { type: 'reasoning.text', text: 'hm', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.text', signature: 'sig', format: 'anthropic-claude-v1', index: 0 },
    ]
    const events = streamed(
      delta({ reasoning: 'hm', reasoning_details: [details[0] ?? null] }),
      delta({ reasoning: null, reasoning_details: [details[1] ?? null] }),
    )
    assert.deepEqual(
      of(events, 'reasoning').map((event) => event.delta),
      ['hm'],
    )
    assert.deepEqual(
      of(events, 'signature').map(({ value, dialect, raw }) => [value, dialect, raw]),
      [['sig', 'anthropic-messages', { type: 'thinking', thinking: 'hm', signature: 'sig' }]],
    )
    const openai = whole({
      content: 'x',
      reasoning_details: [
        { type: 'reasoning.summary', summary: 'in short', format: 'openai-responses-v1', index: 0 },
        { type: 'reasoning.encrypted', data: 'gA', id: 'rs_1', format: 'openai-responses-v1', index: 0 },
      ],
    })
    assert.deepEqual(
      of(openai, 'reasoning').map((event) => event.delta),
      ['in short'],
    )
    assert.deepEqual(
      of(openai, 'signature').map(({ raw }) => raw),
      [
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [{ type: 'summary_text', text: 'in short' }],
          encrypted_content: 'gA',
        },
      ],
    )
    const unknown = { type: 'reasoning.encrypted', data: 'x', format: 'xai-responses-v1' }
    assert.deepEqual(
      of(whole({ content: 'x', reasoning_details: [unknown] }), 'signature').map(({ dialect, raw }) => [
        dialect,
        raw,
      ]),
      [['openai-chat', unknown]],
    )
  })

  it('log probabilities, pictures and sound', () => {
    const token = {
      token: 'x',
      logprob: -0.1,
      bytes: [120],
      top_logprobs: [{ token: 'y', logprob: -2, bytes: null }],
    }
    assert.deepEqual(
      of(whole({ content: 'x' }, { logprobs: { content: [token], refusal: null } }), 'logprobs'),
      [
        {
          type: 'logprobs',
          tokens: [
            { token: 'x', logprob: -0.1, bytes: [120], top: [{ token: 'y', logprob: -2, bytes: null }] },
          ],
        },
      ],
    )
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } }
    assert.deepEqual(of(whole({ content: 'x', images: [image] }), 'media'), [
      { type: 'media', mime: 'image/png', data: 'QUJD' },
    ])
    const remote = { type: 'image_url', image_url: { url: 'https://a.example/x.png' } }
    assert.deepEqual(unmapped(whole({ content: 'x', images: [remote] })), ['message.images'])
    const spoken = streamed(
      delta({ audio: { id: 'a', data: 'T2dnUw==', transcript: 'Grü' } }),
      delta({ audio: { data: 'QUJD', transcript: 'ße', expires_at: 9 } }),
    )
    assert.deepEqual(
      of(spoken, 'text').map((event) => event.delta),
      ['Grü', 'ße'],
    )
    assert.deepEqual(of(spoken, 'media'), [
      { type: 'media', mime: 'audio/ogg', data: Buffer.from('OggSABC').toString('base64') },
    ])
  })

  it('calls of custom tools in the form of functions, however they are cut', () => {
    const piece = (more: JsonObject) => delta({ tool_calls: [{ index: 0, ...more }] })
    const events = streamed(
      piece({ id: 'c', type: 'custom', custom: { name: 'run', input: '' } }),
      piece({ custom: { input: 'x = "\ud83c' } }),
      piece({ custom: { input: '\udf09"\n' } }),
    )
    const input = of(events, 'tool')
      .map((event) => event.delta)
      .join('')
    assert.deepEqual(JSON.parse(input), { input: 'x = "🌉"\n' })
    assert.equal(of(events, 'end')[0]?.reason, 'tool')
    const [, empty] = whole({
      content: null,
      tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'run', input: '' } }],
    })
    assert.equal(empty?.type, 'tool')
  })

  it('T60 T45 Azure’s first chunk, ids that come empty, and usage by itself', () => {
    const events = readReply('openai-chat', [
      chatStream([
        {
          id: '',
          choices: [],
          prompt_filter_results: [
            { prompt_index: 0, content_filter_results: { hate: { severity: 'safe' } } },
          ],
        },
        { ...delta({ role: 'assistant', content: 'x' }), id: 'chatcmpl-1' },
        { ...delta({}, 'stop'), id: 'chatcmpl-2' },
        { id: 'chatcmpl-1', choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
      ]),
    ])
    assert.deepEqual(
      of(events, 'start').map((event) => event.id),
      ['chatcmpl-1'],
    )
    assert.deepEqual(unmapped(events), ['prompt_filter_results'])
    assert.equal(of(events, 'usage')[0]?.usage.output, 2)
  })

  it('T48 the cache under each of its names', () => {
    for (const usage of [
      { prompt_tokens_details: { cached_tokens: 3 } },
      { prompt_cache_hit_tokens: 3, prompt_cache_miss_tokens: 2 },
      { cached_tokens: 3 },
      { num_cached_tokens: 3 },
    ]) {
      const events = whole(
        { content: 'x' },
        {},
        { usage: { prompt_tokens: 5, completion_tokens: 1, ...usage } },
      )
      const [spent] = of(events, 'usage')
      assert.deepEqual([spent?.usage.input, spent?.usage.cacheRead], [5, 3])
      assert.deepEqual(unmapped(events), [])
    }
  })

  it('T59 whatever nobody made an event of, by name', () => {
    const events = whole(
      { content: 'x', executed_tools: [{ type: 'search' }], extra_content: { google: { thought: true } } },
      { seed: 4, content_filter_results: { hate: { severity: 'safe' } } },
      {
        provider: 'P',
        system_fingerprint: 'fp',
        service_tier: 'flex',
        usage: {
          prompt_tokens: 1,
          completion_tokens: 1,
          cost: 0.1,
          completion_tokens_details: { audio_tokens: 3 },
        },
        x_groq: { id: 'req', debug: { a: 1 } },
      },
    )
    assert.deepEqual(unmapped(events).sort(), [
      'choices[0].content_filter_results',
      'choices[0].seed',
      'message.executed_tools',
      'message.extra_content.google.thought',
      'provider',
      'service_tier',
      'system_fingerprint',
      'usage.completion_tokens_details.audio_tokens',
      'usage.cost',
      'x_groq.debug',
    ])
    const usual = {
      object: 'chat.completion',
      created: 1,
      service_tier: 'default',
      obfuscation: 'x',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'x', refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
    }
    assert.deepEqual(unmapped(readReply('openai-chat', [JSON.stringify(usual)], false)), [])
  })

  it('T25 a call that was cut short is no finished call', () => {
    const cut = readReply('openai-chat', [
      chatStream([
        delta({ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{"a":' } }] }),
        delta({}, 'length'),
      ]),
    ])
    assert.equal(of(cut, 'end')[0]?.reason, 'length')
  })

  it('T28 without its last marker is an error, once', () => {
    const cut = readReply('openai-chat', [
      chatStream([delta({ content: 'x' }), delta({}, 'stop')]).replace('data: [DONE]\n\n', ''),
    ])
    assert.deepEqual(
      terminals(cut).map((event) => event.type),
      ['error'],
    )
  })
})

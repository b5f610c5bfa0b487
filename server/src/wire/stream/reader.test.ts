import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, JsonObject, ReplyEvent } from '../../domain/index.ts'
import { chatStream, delta, joined, messagesStream, readReply, sealed, terminals } from '../testing.ts'

const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 5,
  total_tokens: 17,
  prompt_tokens_details: { cached_tokens: 4 },
}
const piece = (call: JsonObject): JsonObject => delta({ tool_calls: [call] })
const fn = (name: string, args: string): JsonObject => ({ name, arguments: args })
const of = <T extends ReplyEvent['type']>(events: readonly ReplyEvent[], type: T) =>
  events.filter((event): event is Extract<ReplyEvent, { type: T }> => event.type === type)

const MESSAGES: readonly JsonObject[] = [
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      model: 'up',
      role: 'assistant',
      content: [],
      usage: { input_tokens: 10, cache_read_input_tokens: 3, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm 🌉' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'blob' } },
  { type: 'content_block_stop', index: 1 },
  { type: 'ping' },
  { type: 'content_block_start', index: 2, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 2, delta: { type: 'text_delta', text: 'Grüße' } },
  { type: 'content_block_stop', index: 2 },
  {
    type: 'content_block_start',
    index: 3,
    content_block: { type: 'tool_use', id: 't1', name: 'f', input: {} },
  },
  { type: 'content_block_delta', index: 3, delta: { type: 'input_json_delta', partial_json: '' } },
  { type: 'content_block_delta', index: 3, delta: { type: 'input_json_delta', partial_json: '{"a":' } },
  { type: 'content_block_delta', index: 3, delta: { type: 'input_json_delta', partial_json: '1}' } },
  { type: 'content_block_stop', index: 3 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 7 },
  },
  { type: 'message_stop' },
]

const MESSAGES_SAID: readonly ReplyEvent[] = [
  { type: 'start', id: 'msg_1', model: 'up' },
  { type: 'reasoning', delta: 'hm 🌉' },
  sealed('sig'),
  sealed('blob', true),
  { type: 'text', delta: 'Grüße' },
  { type: 'tool', index: 0, id: 't1', name: 'f', delta: '{"a":1}' },
  {
    type: 'usage',
    usage: { input: 13, output: 7, cacheRead: 3, cacheWrite: null, reasoning: null, estimated: false },
  },
  { type: 'end', reason: 'tool', native: 'tool_use', stopSequence: null },
]

const CHAT: readonly Json[] = [
  delta({ role: 'assistant', content: '' }),
  delta({ reasoning_content: 'hm 🌉' }),
  delta({ content: 'Grüße' }),
  piece({ index: 0, id: 'c1', type: 'function', function: fn('f', '') }),
  piece({ index: 0, function: { arguments: '{"a":' } }),
  piece({ index: 0, function: { arguments: '1}' } }),
  delta({}, 'tool_calls'),
  { id: 'chatcmpl-1', model: 'up', choices: [], usage: USAGE },
]

const CHAT_SAID: readonly ReplyEvent[] = [
  { type: 'start', id: 'chatcmpl-1', model: 'up' },
  { type: 'reasoning', delta: 'hm 🌉' },
  { type: 'text', delta: 'Grüße' },
  { type: 'tool', index: 0, id: 'c1', name: 'f', delta: '{"a":1}' },
  {
    type: 'usage',
    usage: { input: 12, output: 5, cacheRead: 4, cacheWrite: null, reasoning: null, estimated: false },
  },
  { type: 'end', reason: 'tool', native: 'tool_calls', stopSequence: null },
]

describe('a stream read into events', () => {
  for (const [dialect, source, said] of [
    ['openai-chat', chatStream(CHAT), CHAT_SAID],
    ['anthropic-messages', messagesStream(MESSAGES), MESSAGES_SAID],
  ] as const) {
    it(`T51 says the same however ${dialect} is split`, () => {
      const bytes = Buffer.from(source)
      for (let at = 0; at <= bytes.length; at += 1) {
        assert.deepEqual(
          joined(readReply(dialect, [bytes.subarray(0, at), bytes.subarray(at)])),
          said,
          `split at ${at}`,
        )
      }
      assert.deepEqual(
        joined(
          readReply(
            dialect,
            [...bytes].map((byte) => Buffer.from([byte])),
          ),
        ),
        said,
      )
      assert.deepEqual(joined(readReply(dialect, [source.replaceAll('\n', '\r\n')])), said)
    })

    it(`T28 ends ${dialect} in exactly one error when cut anywhere, and tells usage already known`, () => {
      const bytes = Buffer.from(source)
      const last = dialect === 'openai-chat' ? '[DONE]' : '"message_stop"}'
      const enough = bytes.lastIndexOf(last) + last.length
      for (let at = 0; at < enough; at += 1) {
        const events = readReply(dialect, [bytes.subarray(0, at)])
        assert.equal(terminals(events).length, 1, `cut at ${at}`)
        assert.equal(events.at(-1)?.type, 'error', `cut at ${at}`)
      }
      const cut = readReply(dialect, [
        bytes.subarray(
          0,
          bytes.lastIndexOf(dialect === 'openai-chat' ? 'data: [DONE]' : 'event: message_stop'),
        ),
      ])
      assert.equal(of(cut, 'usage').length, 1)
      assert.equal(of(cut, 'error')[0]?.native, null)
    })

    it(`says nothing after the end of ${dialect}`, () => {
      assert.deepEqual(
        joined(readReply(dialect, [source, source, 'data: {"error":{"message":"late"}}\n\n'])),
        said,
      )
    })
  }

  it('T49 lets comments and keep-alives that pose as data go', () => {
    const source = chatStream(CHAT).replace(
      'data: ',
      ': OPENROUTER PROCESSING\n\ndata: : keepalive\n\ndata:\n\ndata: ',
    )
    assert.deepEqual(joined(readReply('openai-chat', [source])), CHAT_SAID)
  })

  it('T53 T54 reads an error event, a bare error, and rubbish as one error each', () => {
    for (const [dialect, source, message, status] of [
      ['openai-chat', 'data: {"error":{"message":"busy","code":503}}\n\n', 'busy', 503],
      [
        'openai-chat',
        `data: ${JSON.stringify(delta({ content: 'x' }))}\n\ndata: {"error":"boom"}\n\n`,
        'boom',
        null,
      ],
      [
        'anthropic-messages',
        'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
        'Overloaded',
        529,
      ],
    ] as const) {
      const events = readReply(dialect, [source, 'data: [DONE]\n\n'])
      const error = of(events, 'error')
      assert.deepEqual([error.length, error[0]?.message, error[0]?.status], [1, message, status])
      assert.notEqual(error[0]?.native, null)
    }
    for (const source of ['{"error":{"message":"no model"}}', '\n {"object":"error","message":"no model"}']) {
      const events = readReply('openai-chat', [source.slice(0, 9), source.slice(9)])
      assert.deepEqual(
        events.map((event) => event.type === 'error' && event.message),
        ['no model'],
      )
    }
    for (const source of ['<html>busy</html>', '', 'data: {"choices":\n\n', 'data: nonsense\n\n', '[1,2]']) {
      for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
        const events = readReply(dialect, [source])
        assert.deepEqual(
          events.map((event) => event.type),
          ['error'],
          source,
        )
      }
    }
  })

  it('reads a whole reply where a stream was asked for', () => {
    const body = {
      id: 'x',
      model: 'up',
      choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
    }
    const events = readReply('openai-chat', [JSON.stringify(body)])
    assert.deepEqual(
      events.map((event) => event.type),
      ['start', 'text', 'end'],
    )
  })

  it('T60 holds the start until an answer begins, and says it once', () => {
    const azure = { id: '', model: '', choices: [], prompt_filter_results: [] }
    assert.deepEqual(joined(readReply('openai-chat', [chatStream([azure, ...CHAT])])), CHAT_SAID)
    const twice = messagesStream([MESSAGES[0] ?? {}, ...MESSAGES])
    assert.deepEqual(joined(readReply('anthropic-messages', [twice])), MESSAGES_SAID)
    const spliced = messagesStream([...MESSAGES.slice(0, 14), ...MESSAGES])
    assert.equal(terminals(readReply('anthropic-messages', [spliced])).length, 1)
    assert.equal(readReply('anthropic-messages', [spliced]).at(-1)?.type, 'error')
  })
})

describe('tool calls in a Chat Completions stream', () => {
  const calls = (chunks: readonly Json[], finish = 'tool_calls') => {
    const events = readReply('openai-chat', [chatStream([...chunks, delta({}, finish)])])
    const found = new Map<number, { id: string | null; name: string | null; args: string }>()
    for (const event of of(events, 'tool')) {
      const known = found.get(event.index)
      if (known === undefined) found.set(event.index, { id: event.id, name: event.name, args: event.delta })
      else {
        assert.deepEqual([event.id, event.name], [null, null])
        known.args += event.delta
      }
    }
    return { calls: [...found.values()], end: terminals(events)[0] }
  }

  it('T18 T32 keeps mixed pieces apart', () => {
    const { calls: found } = calls([
      piece({ index: 0, id: 'a', function: fn('f', '{"x"') }),
      piece({ index: 1, id: 'b', function: fn('g', '{"y"') }),
      piece({ index: 0, function: { arguments: ':1}' } }),
      piece({ index: 1, function: { arguments: ':2}' } }),
    ])
    assert.deepEqual(found, [
      { id: 'a', name: 'f', args: '{"x":1}' },
      { id: 'b', name: 'g', args: '{"y":2}' },
    ])
  })

  it('T19 tells calls apart that share index 0, by id and without', () => {
    const byId = calls([
      piece({ index: 0, id: 'a', function: fn('f', '{"x":1}') }),
      piece({ index: 0, id: 'b', function: fn('f', '{"y":2}') }),
    ])
    assert.deepEqual(
      byId.calls.map((call) => [call.id, call.args]),
      [
        ['a', '{"x":1}'],
        ['b', '{"y":2}'],
      ],
    )
    const byName = calls([
      piece({ index: 0, function: fn('f', '{"x":1}') }),
      piece({ index: 0, function: fn('f', '{"y":2}') }),
    ])
    assert.deepEqual(
      byName.calls.map((call) => call.args),
      ['{"x":1}', '{"y":2}'],
    )
    assert.equal(new Set(byName.calls.map((call) => call.id)).size, 2)
  })

  it('goes on with a call whose id and name are said again with each piece', () => {
    const again = calls([
      piece({ index: 0, id: 'a', function: fn('f', '{"x"') }),
      piece({ index: 0, id: 'a', function: fn('f', ':1}') }),
    ])
    assert.deepEqual(again.calls, [{ id: 'a', name: 'f', args: '{"x":1}' }])
  })

  it('lets placeholders of a call go that hold nothing', () => {
    const empty = {
      function_call: { name: '', arguments: '' },
      tool_calls: [{ index: 0, id: '', function: fn('', '') }],
    }
    const { calls: found, end } = calls(
      [delta({ content: 'x', ...empty, audio: { id: '', expires_at: 0 } })],
      'stop',
    )
    assert.deepEqual([found, end?.type === 'end' && end.reason], [[], 'stop'])
  })

  it('T20 infers a missing index', () => {
    const { calls: found } = calls([
      piece({ id: 'a', function: fn('f', '{"x"') }),
      piece({ function: { arguments: ':1}' } }),
      piece({ id: 'b', function: fn('g', '{}') }),
    ])
    assert.deepEqual(
      found.map((call) => [call.id, call.args]),
      [
        ['a', '{"x":1}'],
        ['b', '{}'],
      ],
    )
  })

  it('T21 goes on with the last call when the index changes within it, and errs on a stray piece', () => {
    const { calls: found } = calls([
      piece({ index: 0, id: 'a', function: fn('f', '{"x"') }),
      piece({ index: 3, function: { arguments: ':1}' } }),
    ])
    assert.deepEqual(found, [{ id: 'a', name: 'f', args: '{"x":1}' }])
    assert.equal(calls([piece({ index: 0, function: { arguments: '{}' } })]).end?.type, 'error')
  })

  it('T23 T25 takes the finish from what was seen, and a cut call for cut', () => {
    const stop = calls([piece({ index: 0, id: 'a', function: fn('f', '{}') })], 'stop')
    assert.deepEqual(stop.end, { type: 'end', reason: 'tool', native: 'stop', stopSequence: null })
    const cut = calls([piece({ index: 0, id: 'a', function: fn('f', '{"x') })], 'length')
    assert.equal(cut.end?.type === 'end' && cut.end.reason, 'length')
  })
})

describe('what a reply may say beside text', () => {
  const whole = (message: JsonObject, choice: JsonObject = {}, more: JsonObject = {}) =>
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

  it('T42 T43 refusals, filters and unknown reasons are told apart', () => {
    const reason = (events: readonly ReplyEvent[]) => of(events, 'end')[0]?.reason
    assert.equal(reason(whole({ content: null, refusal: 'No.' })), 'refusal')
    assert.equal(reason(whole({ content: '' }, { finish_reason: 'content_filter' })), 'filter')
    assert.equal(reason(whole({ content: 'x' }, { finish_reason: 'brand_new' })), 'other')
    for (const given_up of ['error', 'insufficient_system_resource'])
      assert.equal(whole({ content: 'x' }, { finish_reason: given_up }).at(-1)?.type, 'error')
    for (const [finish, native, ours] of [
      ['length', 'model_context_window_exceeded', 'context'],
      ['model_length', null, 'context'],
      ['stop', 'MALFORMED_FUNCTION_CALL', 'malformed'],
      ['function_call_filter: MALFORMED_FUNCTION_CALL', null, 'malformed'],
      ['stop', 'pause_turn', 'pause'],
      ['tool_calls', 'tool_use', 'tool'],
      ['eos_token', null, 'stop'],
    ] as const) {
      const events = whole({ content: 'x' }, { finish_reason: finish, native_finish_reason: native })
      assert.deepEqual([reason(events), of(events, 'end')[0]?.native], [ours, native ?? finish])
    }
    for (const [native, ours] of [
      ['refusal', 'refusal'],
      ['pause_turn', 'pause'],
      ['model_context_window_exceeded', 'context'],
      ['stop_sequence', 'stop-sequence'],
      ['brand_new', 'other'],
    ] as const) {
      const events = readReply(
        'anthropic-messages',
        [JSON.stringify({ type: 'message', content: [], stop_reason: native })],
        false,
      )
      assert.deepEqual([reason(events), of(events, 'end')[0]?.native], [ours, native])
    }
  })

  it('reads both spellings of reasoning, and content in parts', () => {
    for (const message of [
      { reasoning_content: 'hm', content: 'x' },
      { reasoning: 'hm', content: 'x' },
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'x' },
        ],
      },
    ]) {
      const events = whole(message)
      assert.deepEqual([of(events, 'reasoning')[0]?.delta, of(events, 'text')[0]?.delta], ['hm', 'x'])
    }
  })

  it('T59 names what no event carries, once', () => {
    const fields = (events: readonly ReplyEvent[]) => of(events, 'unmapped').map((event) => event.field)
    assert.deepEqual(
      fields(
        whole(
          { content: 'x', annotations: [{ type: 'url_citation' }] },
          { logprobs: { content: [{ token: 'x' }] } },
        ),
      ),
      ['choices[0].logprobs', 'message.annotations'],
    )
    assert.deepEqual(fields(whole({ content: 'x', annotations: [] }, { logprobs: null })), [])
    const many = [0, 1].map((index) => ({ index, message: { content: 'x' }, finish_reason: 'stop' }))
    assert.deepEqual(fields(readReply('openai-chat', [JSON.stringify({ choices: many })], false)), [
      'choices[1]',
    ])
    const cited = messagesStream([
      ...MESSAGES.slice(0, 1),
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
      { type: 'content_block_delta', index: 0, delta: { type: 'citations_delta', citation: {} } },
      { type: 'content_block_delta', index: 0, delta: { type: 'citations_delta', citation: {} } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
      },
      ...MESSAGES.slice(-2),
    ])
    assert.deepEqual(fields(readReply('anthropic-messages', [cited])), ['content.server_tool_use'])
    assert.equal(of(readReply('anthropic-messages', [cited]), 'citation').length, 2)
  })

  it('T48 counts usage once: the cache inside the input, reasoning inside the output', () => {
    const usage = (value: JsonObject) => of(whole({ content: 'x' }, {}, { usage: value }), 'usage')[0]?.usage
    assert.deepEqual(usage({ ...USAGE, completion_tokens_details: { reasoning_tokens: 2 } }), {
      input: 12,
      output: 5,
      cacheRead: 4,
      cacheWrite: null,
      reasoning: 2,
      estimated: false,
    })
    assert.equal(
      usage({
        prompt_tokens: 12,
        completion_tokens: 1,
        total_tokens: 241,
        completion_tokens_details: { reasoning_tokens: 228 },
      })?.output,
      229,
    )
    assert.equal(usage({ prompt_tokens: 5, completion_tokens: 1, prompt_cache_hit_tokens: 3 })?.cacheRead, 3)
    assert.equal(usage({ prompt_tokens: -1, completion_tokens: 'x' }), undefined)
    const cumulative = messagesStream([
      ...MESSAGES.slice(0, 1),
      { type: 'message_delta', delta: {}, usage: { input_tokens: 61, output_tokens: 2 } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } },
      { type: 'message_stop' },
    ])
    const told = of(readReply('anthropic-messages', [cumulative]), 'usage')
    assert.deepEqual([told.length, told[0]?.usage.input, told[0]?.usage.output], [1, 64, 4])
  })

  it('T45 T47 takes usage from a chunk without choices, from beside the finish, and from x_groq', () => {
    for (const last of [
      [delta({}, 'stop'), { id: 'x', choices: [], usage: USAGE }],
      [{ ...delta({}, 'stop'), usage: USAGE }],
      [delta({}, 'stop'), { id: 'x', usage: USAGE }],
      [{ ...delta({}, 'stop'), x_groq: { usage: USAGE } }],
    ]) {
      assert.equal(
        of(readReply('openai-chat', [chatStream([delta({ content: 'x' }), ...last])]), 'usage')[0]?.usage
          .output,
        5,
      )
    }
  })
})

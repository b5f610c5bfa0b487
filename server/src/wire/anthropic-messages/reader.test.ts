import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import { joined, messagesStream, readReply, terminals } from '../testing.ts'
import { fidelity } from './fidelity.ts'

const start = (usage: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  type: 'message_start',
  message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'up', content: [], usage, ...more },
})
const open = (index: number, content_block: JsonObject): JsonObject => ({
  type: 'content_block_start',
  index,
  content_block,
})
const delta = (index: number, change: JsonObject): JsonObject => ({
  type: 'content_block_delta',
  index,
  delta: change,
})
const close = (index: number): JsonObject => ({ type: 'content_block_stop', index })
const stop = (stop_reason: string, usage: JsonObject = { output_tokens: 3 }): readonly JsonObject[] => [
  { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage },
  { type: 'message_stop' },
]
const say = (index: number, text: string): readonly JsonObject[] => [
  open(index, { type: 'text', text: '' }),
  delta(index, { type: 'text_delta', text }),
  close(index),
]

const streamed = (...events: readonly JsonObject[]): ReplyEvent[] =>
  readReply('anthropic-messages', [messagesStream(events)])
const whole = (json: JsonObject): ReplyEvent[] =>
  readReply('anthropic-messages', [JSON.stringify({ type: 'message', content: [], ...json })], false)
const of = <T extends ReplyEvent['type']>(
  events: readonly ReplyEvent[],
  type: T,
): readonly Extract<ReplyEvent, { type: T }>[] =>
  events.filter((event): event is Extract<ReplyEvent, { type: T }> => event.type === type)
const fields = (events: readonly ReplyEvent[]) => of(events, 'unmapped').map((event) => event.field)

const CITED = {
  type: 'web_search_result_location',
  url: 'https://example.com/a',
  title: 'A',
  cited_text: 'w',
}
const PAGE = { type: 'page_location', document_title: 'D', cited_text: 'p', document_index: 0 }

const FULL: readonly JsonObject[] = [
  start({ input_tokens: 9, output_tokens: 1 }),
  open(0, { type: 'thinking', thinking: '', signature: '' }),
  delta(0, { type: 'thinking_delta', thinking: 'hm 🌉' }),
  delta(0, { type: 'signature_delta', signature: 'si' }),
  delta(0, { type: 'signature_delta', signature: 'g' }),
  close(0),
  open(1, { type: 'redacted_thinking', data: 'blob' }),
  close(1),
  { type: 'ping' },
  ...say(2, 'Grü'),
  open(3, { type: 'text', text: '', citations: [] }),
  delta(3, { type: 'citations_delta', citation: CITED }),
  delta(3, { type: 'text_delta', text: 'ße' }),
  close(3),
  open(4, { type: 'tool_use', id: 'a', name: 'f', input: {} }),
  delta(4, { type: 'input_json_delta', partial_json: '{"x":"日' }),
  delta(4, { type: 'input_json_delta', partial_json: '"}' }),
  close(4),
  ...stop('tool_use'),
]

describe('a Messages stream', () => {
  it('is heard event by event, signatures with the block that carries them', () => {
    const events = streamed(...FULL)
    assert.deepEqual(
      of(events, 'signature').map(({ value, redacted, raw }) => [value, redacted, raw]),
      [
        ['sig', false, { type: 'thinking', thinking: 'hm 🌉', signature: 'sig' }],
        ['blob', true, { type: 'redacted_thinking', data: 'blob' }],
      ],
    )
    assert.deepEqual(fields(events), [])
  })

  for (const [name, frames] of [
    ['LF', messagesStream(FULL)],
    [
      'CRLF, comments and a mark of the byte order',
      `\uFEFF: hi\r\n\r\n${messagesStream(FULL).replaceAll('\n', '\r\n')}`,
    ],
  ] as const) {
    it(`T51 says the same wherever it is cut in two: ${name}`, () => {
      const bytes = Buffer.from(frames)
      const expected = joined(streamed(...FULL))
      for (let at = 0; at <= bytes.length; at += 1) {
        const events = readReply('anthropic-messages', [bytes.subarray(0, at), bytes.subarray(at)])
        assert.deepEqual(joined(events), expected, `at ${at}`)
      }
    })
  }

  it('T28 that ends without its own end is an error, wherever it ends', () => {
    const source = messagesStream(FULL)
    const last = source.lastIndexOf('event: message_stop')
    for (let at = 0; at <= last; at += 7) {
      const events = readReply('anthropic-messages', [source.slice(0, at)])
      assert.deepEqual([terminals(events).length, events.at(-1)?.type], [1, 'error'], `at ${at}`)
    }
    const body = readReply('anthropic-messages', ['{"type":"message","content":[{"type":"te'], false)
    assert.equal(body.at(-1)?.type, 'error')
  })

  it('T22 tells a call without input as an empty object, once, and a cut call as nothing', () => {
    const call = open(0, { type: 'tool_use', id: 'a', name: 'f', input: {} })
    const input = (events: readonly ReplyEvent[]) => of(events, 'tool').map((event) => event.delta)
    assert.deepEqual(input(streamed(start(), call, close(0), ...stop('tool_use'))), ['', '{}'])
    const empty = delta(0, { type: 'input_json_delta', partial_json: '' })
    assert.deepEqual(input(streamed(start(), call, empty, close(0), ...stop('tool_use'))), ['', '{}'])
    assert.deepEqual(input(streamed(start(), call, ...stop('max_tokens'))), [''])
    const spoken = open(0, { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } })
    assert.deepEqual(input(streamed(start(), spoken, close(0), ...stop('tool_use'))), ['', '{"x":1}'])
    const content = [{ type: 'tool_use', id: 'a', name: 'f', input: {} }]
    assert.deepEqual(input(whole({ content, stop_reason: 'tool_use' })), ['', '{}'])
  })

  it('T48 counts the last report of each field and sums none', () => {
    const usage = (...events: readonly JsonObject[]) =>
      of(streamed(...events), 'usage').map((event) => event.usage)
    const full = {
      input_tokens: 43,
      cache_read_input_tokens: 5,
      cache_creation_input_tokens: 7,
      output_tokens: 1,
    }
    const [told, ...more] = usage(
      start(full),
      ...say(0, 'x'),
      ...stop('end_turn', { input_tokens: 61, output_tokens: 2 }),
    )
    assert.deepEqual([told?.input, told?.output, told?.cacheRead, told?.cacheWrite, more], [73, 2, 5, 7, []])
    const nulls = { input_tokens: null, cache_read_input_tokens: null, output_tokens: 4 }
    assert.deepEqual(usage(start(full), ...stop('end_turn', nulls))[0]?.input, 55)
    const split = {
      input_tokens: 1,
      output_tokens: 1,
      cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 3 },
    }
    const thought = { output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } }
    const [both] = usage(start(split), ...stop('end_turn', thought))
    assert.deepEqual([both?.cacheWrite, both?.input, both?.reasoning], [5, 6, 4])
  })

  it('T60 begins once, and anew only where nothing is said that cannot be unsaid', () => {
    assert.equal(of(streamed(start(), start(), ...say(0, 'x'), ...stop('end_turn')), 'start').length, 1)
    const thought = FULL.slice(1, 6)
    const again = streamed(start(), ...thought, start(), ...thought, ...say(1, 'x'), ...stop('end_turn'))
    assert.deepEqual([of(again, 'start').length, again.at(-1)?.type], [1, 'end'])
    const spliced = streamed(...FULL.slice(0, -4), start(), ...FULL.slice(1))
    assert.deepEqual([terminals(spliced).length, spliced.at(-1)?.type], [1, 'error'])
  })
})

describe('what a Messages answer says beside text', () => {
  it('T59 cites what a block’s text is drawn from, over the answer’s whole text', () => {
    const content = [
      { type: 'text', text: 'One 🌉 ' },
      { type: 'text', text: 'two', citations: [CITED, PAGE] },
      { type: 'text', text: ' three' },
    ]
    const events = whole({ content, stop_reason: 'end_turn' })
    assert.deepEqual(
      of(events, 'citation').map((event) => event.citation),
      [
        {
          url: 'https://example.com/a',
          title: 'A',
          cited: 'w',
          span: [7, 10],
          native: { dialect: 'anthropic-messages', raw: CITED },
        },
        {
          url: null,
          title: 'D',
          cited: 'p',
          span: [7, 10],
          native: { dialect: 'anthropic-messages', raw: PAGE },
        },
      ],
    )
    assert.deepEqual(
      of(streamed(...FULL), 'citation').map((event) => event.citation.span),
      [[3, 5]],
    )
  })

  it('T42 T43 ends as it ended, with a refusal told in the words it has', () => {
    const end = (json: JsonObject) => of(whole(json), 'end')[0]
    for (const [native, reason] of [
      ['end_turn', 'stop'],
      ['max_tokens', 'length'],
      ['model_context_window_exceeded', 'context'],
      ['stop_sequence', 'stop-sequence'],
      ['pause_turn', 'pause'],
      ['compaction', 'pause'],
      ['refusal', 'refusal'],
      ['brand_new', 'other'],
    ] as const) {
      assert.deepEqual(
        [end({ stop_reason: native })?.reason, end({ stop_reason: native })?.native],
        [reason, native],
      )
    }
    assert.equal(end({ stop_reason: 'stop_sequence', stop_sequence: 'END' })?.stopSequence, 'END')
    const explained = { type: 'refusal', category: 'bio', explanation: 'No.' }
    const events = whole({ stop_reason: 'refusal', stop_details: explained })
    assert.deepEqual(
      [of(events, 'refusal'), fields(events)],
      [[{ type: 'refusal', delta: 'No.' }], ['stop_details.category']],
    )
    const silent = whole({ stop_reason: 'refusal', stop_details: null })
    assert.deepEqual(
      silent.map((event) => event.type),
      ['start', 'end'],
    )
  })

  it('names what no event carries, and every name is in the table', () => {
    const events = streamed(
      start(
        { service_tier: 'priority', inference_geo: 'us', server_tool_use: { web_search_requests: 1 } },
        {
          container: { id: 'c' },
          diagnostics: { cache_miss_reason: { type: 'unavailable' } },
        },
      ),
      open(0, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"q":1}' }),
      close(0),
      open(1, { type: 'web_search_tool_result', tool_use_id: 's', content: [] }),
      close(1),
      open(2, { type: 'compaction', content: null }),
      delta(2, { type: 'compaction_delta', content: 'so far' }),
      close(2),
      open(3, {
        type: 'tool_use',
        id: 'a',
        name: 'f',
        input: {},
        caller: { type: 'code_execution', tool_id: 's' },
      }),
      close(3),
      {
        type: 'message_delta',
        delta: { stop_reason: 'tool_use' },
        context_management: { applied_edits: [{ a: 1 }] },
        usage: { iterations: [{ a: 1 }] },
      },
      { type: 'message_stop' },
    )
    const told = fields(events)
    assert.deepEqual(told, [
      'message.container',
      'message.diagnostics',
      'usage.service_tier',
      'usage.inference_geo',
      'usage.server_tool_use',
      'content.server_tool_use',
      'content.web_search_tool_result',
      'content.compaction',
      'content.tool_use.caller',
      'usage.iterations',
      'message.context_management',
    ])
    for (const name of told) assert.equal(fidelity.reply[name]?.otherwise.policy, 'signalled', name)
    const quiet = {
      service_tier: 'standard',
      speed: 'standard',
      inference_geo: 'not_available',
      iterations: null,
    }
    assert.deepEqual(
      fields(streamed(start(quiet, { container: null }), ...say(0, 'x'), ...stop('end_turn'))),
      [],
    )
  })

  it('T52 T53 hears an error inside the answer, with its status', () => {
    const error = (type: string) => ({ type: 'error', error: { type, message: 'No.' }, request_id: 'req_1' })
    for (const [type, status] of [
      ['overloaded_error', 529],
      ['rate_limit_error', 429],
      ['brand_new', null],
    ] as const) {
      const events = streamed(start(), ...say(0, 'x'), error(type))
      const last = events.at(-1)
      assert.deepEqual(last?.type === 'error' && [last.message, last.status], ['No.', status])
      assert.match(last?.type === 'error' ? (last.native ?? '') : '', /req_1/)
    }
    const bare = readReply('anthropic-messages', [JSON.stringify(error('api_error'))])
    assert.deepEqual(bare.at(-1)?.type === 'error' && bare.length, 1)
    const word = readReply('anthropic-messages', ['{"error":"model not loaded"}'], false).at(-1)
    assert.equal(word?.type === 'error' && word.message, 'model not loaded')
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import { joined, readReply, stream } from './testing.fixture.ts'

const USAGE = {
  input_tokens: 12,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 9,
  output_tokens_details: { reasoning_tokens: 2 },
  total_tokens: 21,
}
const response = (status: string, more: JsonObject = {}): JsonObject => ({
  id: 'resp_1',
  object: 'response',
  model: 'up',
  status,
  output: [],
  error: null,
  incomplete_details: null,
  ...more,
})
const CREATED = { type: 'response.created', response: response('in_progress') }
const completed = (more: JsonObject = {}): JsonObject => ({
  type: 'response.completed',
  response: response('completed', { usage: USAGE, ...more }),
})
const THOUGHT = {
  id: 'rs_1',
  type: 'reasoning',
  summary: [
    { type: 'summary_text', text: 'hm 🌉' },
    { type: 'summary_text', text: 'so' },
  ],
  encrypted_content: 'gAAAsealed',
}
const TEXT = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [
    {
      type: 'output_text',
      text: 'Grüße',
      annotations: [{ type: 'url_citation', url: 'https://e.org', title: 'E', start_index: 0, end_index: 5 }],
      logprobs: [{ token: 'Grüße', logprob: -0.5, bytes: [71], top_logprobs: [{ token: 'G', logprob: -1 }] }],
    },
  ],
}
const CALL = {
  id: 'fc_1',
  type: 'function_call',
  status: 'completed',
  call_id: 'call_1',
  name: 'f',
  arguments: '{"a":1}',
}
const CUSTOM = { id: 'ctc_1', type: 'custom_tool_call', call_id: 'call_2', name: 'patch', input: 'a "b"\n😀' }
const OUTPUT = [THOUGHT, TEXT, CALL, CUSTOM]

const [ANNOTATION] = TEXT.content[0]?.annotations ?? []

const piece = (type: string, output_index: number, more: JsonObject): JsonObject => ({
  type: `response.${type}`,
  item_id: `id_${output_index}`,
  output_index,
  ...more,
})
const item = (verb: 'added' | 'done', output_index: number, value: JsonObject): JsonObject => ({
  type: `response.output_item.${verb}`,
  output_index,
  item: value,
})

/** One answer with everything in it, in as many pieces as the dialect has. */
const STREAM: readonly JsonObject[] = [
  { type: 'response.queued', response: response('queued') },
  CREATED,
  { type: 'response.in_progress', response: response('in_progress') },
  item('added', 0, { ...THOUGHT, summary: [], encrypted_content: null }),
  piece('reasoning_summary_part.added', 0, { summary_index: 0, part: { type: 'summary_text', text: '' } }),
  piece('reasoning_summary_text.delta', 0, { summary_index: 0, delta: 'hm ' }),
  piece('reasoning_summary_text.delta', 0, { summary_index: 0, delta: '🌉' }),
  piece('reasoning_summary_text.done', 0, { summary_index: 0, text: 'hm 🌉' }),
  piece('reasoning_summary_part.done', 0, { summary_index: 0, part: THOUGHT.summary[0] ?? {} }),
  piece('reasoning_summary_text.delta', 0, { summary_index: 1, delta: 'so' }),
  item('done', 0, THOUGHT),
  item('added', 1, { ...TEXT, content: [] }),
  piece('content_part.added', 1, { content_index: 0, part: { type: 'output_text', text: '' } }),
  piece('output_text.delta', 1, { content_index: 0, delta: 'Grü', logprobs: [] }),
  piece('output_text.delta', 1, { content_index: 0, delta: 'ße', logprobs: TEXT.content[0]?.logprobs ?? [] }),
  piece('output_text.annotation.added', 1, {
    content_index: 0,
    annotation_index: 0,
    annotation: ANNOTATION ?? null,
  }),
  piece('output_text.done', 1, {
    content_index: 0,
    text: 'Grüße',
    logprobs: TEXT.content[0]?.logprobs ?? [],
  }),
  piece('content_part.done', 1, { content_index: 0, part: TEXT.content[0] ?? {} }),
  item('done', 1, TEXT),
  item('added', 2, { ...CALL, arguments: '' }),
  item('added', 3, { ...CUSTOM, input: '' }),
  piece('function_call_arguments.delta', 2, { delta: '{"a"' }),
  piece('custom_tool_call_input.delta', 3, { delta: 'a "b"' }),
  piece('function_call_arguments.delta', 2, { delta: ':1}' }),
  piece('function_call_arguments.done', 2, { arguments: '{"a":1}' }),
  item('done', 2, CALL),
  piece('custom_tool_call_input.delta', 3, { delta: '\n\ud83d' }),
  piece('custom_tool_call_input.delta', 3, { delta: '\ude00' }),
  piece('custom_tool_call_input.done', 3, { input: CUSTOM.input }),
  item('done', 3, CUSTOM),
  completed({ output: OUTPUT }),
]

const SAID: readonly ReplyEvent[] = [
  { type: 'start', id: 'resp_1', model: 'up' },
  { type: 'reasoning', delta: 'hm 🌉\n\nso' },
  {
    type: 'signature',
    value: 'gAAAsealed',
    redacted: false,
    dialect: 'openai-responses',
    tool: null,
    raw: THOUGHT,
  },
  { type: 'text', delta: 'Grüße' },
  {
    type: 'logprobs',
    tokens: [{ token: 'Grüße', logprob: -0.5, bytes: [71], top: [{ token: 'G', logprob: -1, bytes: null }] }],
  },
  {
    type: 'citation',
    citation: {
      url: 'https://e.org',
      title: 'E',
      cited: null,
      span: [0, 5],
      native: { dialect: 'openai-responses', raw: ANNOTATION ?? null },
    },
  },
]
const USED: ReplyEvent = {
  type: 'usage',
  usage: { input: 12, output: 9, cacheRead: 4, cacheWrite: null, reasoning: 2, estimated: false },
}
const ENDED: ReplyEvent = { type: 'end', reason: 'tool', native: 'completed', stopSequence: null }

/** Names and whole inputs of the calls of a reply. */
const callsOf = (events: readonly ReplyEvent[]): readonly (readonly [string, string, string])[] => {
  const calls: [string, string, string][] = []
  for (const event of events) {
    if (event.type !== 'tool') continue
    const known = calls[event.index] ?? [event.id ?? '', event.name ?? '', '']
    known[2] += event.delta
    calls[event.index] = known
  }
  return calls
}
const CALLS = [
  ['call_1', 'f', '{"a":1}'],
  ['call_2', 'patch', JSON.stringify({ input: CUSTOM.input })],
] as const

const check = (events: readonly ReplyEvent[], message?: string): void => {
  const said = joined(events)
  assert.deepEqual(
    said.filter((event) => event.type !== 'tool'),
    [...SAID, USED, ENDED],
    message,
  )
  const calls = callsOf(events)
  assert.deepEqual(
    calls.map(([id, name, input]) => [id, name, JSON.parse(input)]),
    CALLS.map(([id, name, input]) => [id, name, JSON.parse(input)]),
    message,
  )
}

describe('reading a response', () => {
  it('a stream says everything once', () => {
    check(readReply([stream(STREAM)]))
  })

  it('a whole body says the same', () => {
    check(readReply([JSON.stringify(response('completed', { output: OUTPUT, usage: USAGE }))], false))
  })

  const forms = (plain: string): readonly string[] => [
    plain,
    plain.replaceAll('\n', '\r\n'),
    plain.replaceAll('\n\n', '\n\n: keep-alive\n\n'),
    `\ufeff${plain}`,
  ]

  it('T51 the same split at every byte offset: line ends, comments, a byte order mark, cut characters', () => {
    const short = STREAM.filter((event) => /created|added|delta|failed/.test(String(event['type'])))
    for (const form of forms(stream([...short.slice(0, 12), completed()]))) {
      const bytes = Buffer.from(form)
      const expected = JSON.stringify(readReply([bytes]))
      for (let at = 0; at <= bytes.length; at += 1) {
        const events = readReply([bytes.subarray(0, at), bytes.subarray(at)])
        assert.equal(JSON.stringify(events), expected, `split at ${at}`)
      }
    }
  })

  it('T51 the same byte by byte', () => {
    for (const form of forms(stream(STREAM))) {
      const bytes = Buffer.from(form)
      check(readReply(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))))
    }
  })

  it('T60 item ids that change from event to event', () => {
    let turn = 0
    const rotated = STREAM.map((event) => {
      turn += 1
      const inner = event['item']
      return {
        ...event,
        ...('item_id' in event ? { item_id: `rotated_${turn}` } : {}),
        ...(typeof inner === 'object' && inner !== null ? { item: { ...inner, id: `rotated_${turn}` } } : {}),
      }
    })
    const events = joined(readReply([stream(rotated)]))
    assert.deepEqual(
      events.filter((event) => event.type === 'text' || event.type === 'reasoning'),
      SAID.filter((event) => event.type === 'text' || event.type === 'reasoning'),
    )
    assert.deepEqual(callsOf(events), callsOf(readReply([stream(STREAM)])))
    assert.deepEqual(events.at(-1), ENDED)
  })

  it('pieces that never came are taken from what is said at the end', () => {
    const silent = STREAM.filter((event) => !/delta|annotation/.test(String(event['type'])))
    check(readReply([stream(silent)]))
    const items = STREAM.filter((event) => /output_item|created|completed/.test(String(event['type'])))
    check(readReply([stream(items)]))
    check(readReply([stream([CREATED, completed({ output: OUTPUT })])]))
  })

  it('an output that is empty at the end takes nothing back', () => {
    check(readReply([stream([...STREAM.slice(0, -1), completed()])]))
  })

  it('T22 a call without arguments says none', () => {
    const none = { ...CALL, arguments: '' }
    const events = readReply([stream([CREATED, item('added', 0, none), item('done', 0, none), completed()])])
    assert.deepEqual(callsOf(events), [['call_1', 'f', '']])
    assert.deepEqual(events.at(-1), ENDED)
  })

  it('a custom call without input is an object with an empty text', () => {
    const none = { ...CUSTOM, input: '' }
    const events = readReply([stream([CREATED, item('added', 0, none), completed({ output: [none] })])])
    assert.deepEqual(callsOf(events), [['call_2', 'patch', '{"input":""}']])
  })

  it('T28 an end without its terminal event is an error, at every event', () => {
    for (let count = 0; count < STREAM.length; count += 1) {
      for (const close of ['', 'data: [DONE]\n\n']) {
        const events = readReply([stream(STREAM.slice(0, count)) + close])
        const last = events.at(-1)
        assert.equal(last?.type, 'error', `after ${count}`)
        assert.equal(events.filter((event) => event.type === 'end' || event.type === 'error').length, 1)
      }
    }
  })

  it('nothing is said after the end', () => {
    const events = readReply([`${stream(STREAM)}data: [DONE]\n\n${stream(STREAM)}`])
    check(events)
  })

  it('T42 why an answer is incomplete', () => {
    const reasons = [
      'max_output_tokens',
      'content_filter',
      'model_context_window_exceeded',
      'pause_turn',
      'new',
    ]
    const read = reasons.map((reason) => {
      const details = { incomplete_details: { reason } }
      return readReply([
        stream([CREATED, { type: 'response.incomplete', response: response('incomplete', details) }]),
      ]).at(-1)
    })
    assert.deepEqual(
      read.map((event) => event?.type === 'end' && [event.reason, event.native]),
      [
        ['length', 'max_output_tokens'],
        ['filter', 'content_filter'],
        ['context', 'model_context_window_exceeded'],
        ['pause', 'pause_turn'],
        ['other', 'new'],
      ],
    )
  })

  it('T25 a call that was cut is no call: the limit is what ended the answer', () => {
    const cut = { ...CALL, arguments: '{"a', status: 'incomplete' }
    const details = { incomplete_details: { reason: 'max_output_tokens' }, output: [cut] }
    const last = readReply([
      stream([CREATED, { type: 'response.incomplete', response: response('incomplete', details) }]),
    ]).at(-1)
    assert.deepEqual(last?.type === 'end' && last.reason, 'length')
  })

  it('T43 a refusal, in words and without any', () => {
    const refusal = { ...TEXT, content: [{ type: 'refusal', refusal: 'No.' }] }
    const said = joined(
      readReply([
        stream([
          CREATED,
          item('added', 0, { ...TEXT, content: [] }),
          piece('refusal.delta', 0, { content_index: 0, delta: 'N' }),
          piece('refusal.done', 0, { content_index: 0, refusal: 'No.' }),
          item('done', 0, refusal),
          completed({ output: [refusal] }),
        ]),
      ]),
    )
    assert.deepEqual(said.slice(1, 2), [{ type: 'refusal', delta: 'No.' }])
    assert.deepEqual(said.at(-1), { type: 'end', reason: 'refusal', native: 'completed', stopSequence: null })
    assert.deepEqual(readReply([JSON.stringify(response('completed'))], false).at(-1), {
      type: 'end',
      reason: 'stop',
      native: 'completed',
      stopSequence: null,
    })
  })

  it('T59 citations that come with the text’s end only, and in later texts', () => {
    const second = { ...TEXT, id: 'msg_2', content: [{ ...TEXT.content[0], text: 'two' }] }
    const events = readReply([
      stream([
        CREATED,
        item('added', 0, { ...TEXT, content: [] }),
        piece('output_text.delta', 0, { content_index: 0, delta: 'Grüße' }),
        item('done', 0, TEXT),
        item('done', 1, second),
        completed({ output: [TEXT, second] }),
      ]),
    ])
    const spans = events.flatMap((event) => (event.type === 'citation' ? [event.citation.span] : []))
    assert.deepEqual(spans, [
      [0, 5],
      [5, 10],
    ])
  })

  it('T17 thoughts said in the open are thoughts, by either name of their event', () => {
    for (const name of ['reasoning_text', 'reasoning']) {
      const events = joined(
        readReply([
          stream([
            CREATED,
            item('added', 0, { id: 'rs', type: 'reasoning', summary: [] }),
            piece(`${name}.delta`, 0, { content_index: 0, delta: 'deep' }),
            piece(`${name}.done`, 0, { content_index: 0, text: 'deep' }),
            completed(),
          ]),
        ]),
      )
      assert.deepEqual(events.slice(1, 2), [{ type: 'reasoning', delta: 'deep' }])
      assert.ok(events.every((event) => event.type !== 'text'))
    }
  })

  it('a seal without a word said is all of the thought', () => {
    const sealed = { ...THOUGHT, summary: [] }
    const events = readReply([stream([CREATED, item('done', 0, sealed), completed({ output: [sealed] })])])
    const seals = events.flatMap((event) => (event.type === 'signature' ? [event.redacted] : []))
    assert.deepEqual(seals, [true])
  })

  it('what the vendor’s own tools did is named once, an image is media', () => {
    const search = { id: 'ws', type: 'web_search_call', status: 'completed', action: { type: 'search' } }
    const image = { id: 'ig', type: 'image_generation_call', result: 'AAAA', output_format: 'webp' }
    const events = readReply([
      stream([
        CREATED,
        item('added', 0, search),
        piece('web_search_call.searching', 0, {}),
        item('done', 0, search),
        item('done', 1, image),
        completed({ output: [search, image], moderation: { flagged: true } }),
      ]),
    ])
    assert.deepEqual(
      events.filter((event) => event.type === 'unmapped' || event.type === 'media'),
      [
        { type: 'unmapped', field: 'output.web_search_call' },
        { type: 'media', mime: 'image/webp', data: 'AAAA' },
        { type: 'unmapped', field: 'response.moderation' },
      ],
    )
  })
})

describe('what a response says beside its answer', () => {
  it('is named: bills, and results that share the id of their call', () => {
    const call = { id: 'sh_1', type: 'shell_call', call_id: 'c', action: {} }
    const done = { id: 'sho_1', type: 'shell_call_output', call_id: 'c', output: [] }
    const named = (more: JsonObject): readonly string[] =>
      readReply([JSON.stringify(response('completed', { output: [call, done], ...more }))], false).flatMap(
        (event) => (event.type === 'unmapped' ? [event.field] : []),
      )
    assert.deepEqual(named({ billing: { payer: 'developer' } }), [
      'output.shell_call',
      'output.shell_call_output',
    ])
    assert.deepEqual(named({ output: [], billing: { payer: 'openai' } }), ['response.billing'])
    const sound = readReply([stream([CREATED, { type: 'response.audio.delta', delta: 'AAAA' }, completed()])])
    assert.ok(sound.some((event) => event.type === 'unmapped' && event.field === 'response.audio'))
    const used = { ...completed(), copilot_usage: { total_nano_aiu: 7 } }
    const events = readReply([stream([CREATED, used])])
    assert.ok(events.some((event) => event.type === 'unmapped' && event.field === 'response.copilot_usage'))
  })
})

describe('a response that failed', () => {
  const error = { code: 'rate_limit_exceeded', message: 'slow down' }
  const forms: Readonly<Record<string, string>> = {
    'in its own event': stream([
      CREATED,
      { type: 'response.failed', response: response('failed', { error, usage: USAGE }) },
    ]),
    'as an error event': stream([CREATED, { type: 'error', error, sequence_number: 2 }]),
    'as an error event without an object': stream([CREATED, { type: 'error', ...error, param: null }]),
    'as a bare object in the stream': stream([CREATED, { error }]),
    'as a body in place of a stream': JSON.stringify({ error }),
  }
  for (const [name, text] of Object.entries(forms)) {
    it(`T53 ${name}`, () => {
      const last = readReply([text]).at(-1)
      assert.deepEqual(last?.type === 'error' && [last.message, last.status], ['slow down', 429])
    })
  }

  it('whole', () => {
    const last = readReply([JSON.stringify(response('failed', { error }))], false).at(-1)
    assert.deepEqual(last?.type === 'error' && last.status, 429)
    for (const body of ['{"object":"response","status":"in_progress","output":[]}', '{}', '', 'no']) {
      assert.equal(readReply([body], false).at(-1)?.type, 'error', body)
    }
  })

  it('garbled events and pieces of no call', () => {
    assert.equal(readReply([`${stream([CREATED])}data: {"type":\n\n`]).at(-1)?.type, 'error')
    const stray = piece('function_call_arguments.delta', 4, { delta: '{' })
    const last = readReply([stream([CREATED, stray, completed()])]).at(-1)
    assert.deepEqual(last?.type === 'error' && last.native, 'stray arguments')
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import {
  CALL,
  CREATED,
  callsOf,
  check,
  completed,
  ENDED,
  item,
  OUTPUT,
  piece,
  response,
  SAID,
  STREAM,
  USAGE,
} from './reply.fixture.ts'
import { joined, readReply, stream } from './testing.fixture.ts'

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

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { FinishReason, JsonObject, ReplyEvent } from '../../domain/index.ts'
import { encodeEvent, encodeFrame } from './eventStream.ts'
import { bedrockConverse } from './index.ts'

const readAll = (chunks: readonly Uint8Array[], stream = true): ReplyEvent[] => {
  const events: ReplyEvent[] = []
  const reader = bedrockConverse.reader({ stream }, (event) => events.push(event))
  for (const chunk of chunks) reader.push(chunk)
  reader.end()
  return events
}

const framesOf = (events: readonly (readonly [string, JsonObject])[]): Buffer =>
  Buffer.concat(events.map(([name, payload]) => encodeEvent(name, payload)))

const USAGE = {
  inputTokens: 5,
  outputTokens: 7,
  totalTokens: 112,
  cacheReadInputTokens: 60,
  cacheWriteInputTokens: 40,
}

const TURN: readonly (readonly [string, JsonObject])[] = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm, ' } } }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'über' } } }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { signature: 'SI' } } }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { signature: 'G==' } } }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['contentBlockDelta', { contentBlockIndex: 1, delta: { text: 'Grüße 🎈' } }],
  ['contentBlockStop', { contentBlockIndex: 1 }],
  [
    'contentBlockStart',
    { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'tooluse_1', name: 'look' } } },
  ],
  ['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: '{"a"' } } }],
  ['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: ':1}' } } }],
  ['contentBlockStop', { contentBlockIndex: 2 }],
  ['messageStop', { stopReason: 'tool_use' }],
  ['metadata', { usage: USAGE, metrics: { latencyMs: 3 } }],
]

const READ: readonly ReplyEvent[] = [
  { type: 'start', id: null, model: null },
  { type: 'reasoning', delta: 'Hm, ' },
  { type: 'reasoning', delta: 'über' },
  {
    type: 'signature',
    value: 'SIG==',
    redacted: false,
    dialect: 'bedrock-converse',
    tool: null,
    raw: { reasoningContent: { reasoningText: { text: 'Hm, über', signature: 'SIG==' } } },
  },
  { type: 'text', delta: 'Grüße 🎈' },
  { type: 'tool', index: 0, id: 'tooluse_1', name: 'look', delta: '' },
  { type: 'tool', index: 0, id: null, name: null, delta: '{"a"' },
  { type: 'tool', index: 0, id: null, name: null, delta: ':1}' },
  {
    type: 'usage',
    usage: { input: 105, output: 7, cacheRead: 60, cacheWrite: 40, reasoning: null, estimated: false },
  },
  { type: 'end', reason: 'tool', native: 'tool_use', stopSequence: null },
]

const answerOf = (content: readonly JsonObject[], stopReason: string, more: JsonObject = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      output: { message: { role: 'assistant', content } },
      stopReason,
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
      metrics: { latencyMs: 1 },
      ...more,
    }),
  )

const last = (events: readonly ReplyEvent[]): ReplyEvent | undefined => {
  const ends = events.filter((event) => event.type === 'end' || event.type === 'error')
  assert.equal(ends.length, 1)
  assert.equal(ends[0], events.at(-1))
  return ends[0]
}

describe('reading Converse', () => {
  it('T26 waits for the usage that follows the end, and T24 says that a tool is called', () => {
    assert.deepEqual(readAll([framesOf(TURN)]), READ)
  })

  it('T51 gives the same events split at every byte', () => {
    const bytes = framesOf(TURN)
    for (let at = 0; at <= bytes.length; at += 1)
      assert.deepEqual(readAll([bytes.subarray(0, at), bytes.subarray(at)]), READ, `split at ${at}`)
  })

  it('T26 takes usage that came before the end, and an end without any', () => {
    const early = [...TURN.slice(0, -2), TURN[13], TURN[12]].flatMap((one) =>
      one === undefined ? [] : [one],
    )
    assert.deepEqual(readAll([framesOf(early)]), READ)
    const without = readAll([framesOf(TURN.slice(0, -1))])
    assert.deepEqual(
      without,
      READ.filter((event) => event.type !== 'usage'),
    )
  })

  it('T27 T28 tells an answer whose end was not announced as cut', () => {
    for (let count = 0; count < TURN.length - 2; count += 1) {
      const end = last(readAll([framesOf(TURN.slice(0, count))]))
      assert.deepEqual([end?.type, end?.type === 'error' && end.native], ['error', null], `${count} events`)
    }
    const withUsage = [...TURN.slice(0, -2), ...TURN.slice(-1)]
    assert.equal(last(readAll([framesOf(withUsage)]))?.type, 'error')
  })

  it('T24 a turn that calls a tool says so, whatever the model called it', () => {
    const calls = [{ toolUse: { toolUseId: 'a', name: 'f', input: {} } }]
    for (const [native, reason] of [
      ['end_turn', 'tool'],
      ['tool_use', 'tool'],
      ['max_tokens', 'length'],
    ] as const) {
      const end = last(readAll([answerOf(calls, native)], false))
      assert.deepEqual(end, { type: 'end', reason, native, stopSequence: null })
    }
  })

  it('T42 tells every reason apart', () => {
    const reasons: Readonly<Record<string, FinishReason>> = {
      end_turn: 'stop',
      max_tokens: 'length',
      stop_sequence: 'stop-sequence',
      guardrail_intervened: 'filter',
      content_filtered: 'filter',
      model_context_window_exceeded: 'context',
      malformed_tool_use: 'malformed',
      malformed_model_output: 'malformed',
      something_new: 'other',
    }
    for (const [native, reason] of Object.entries(reasons)) {
      const end = last(readAll([answerOf([], native)], false))
      assert.deepEqual(end, { type: 'end', reason, native, stopSequence: null })
    }
  })

  it('tells which stop string was met', () => {
    for (const fields of [{ stop_sequence: 'END' }, { delta: { stop_sequence: 'END' } }]) {
      const more = { additionalModelResponseFields: fields }
      const end = last(readAll([answerOf([{ text: 'a' }], 'stop_sequence', more)], false))
      assert.equal(end?.type === 'end' && end.stopSequence, 'END')
    }
  })

  it('T09 keeps thought that is sealed, whole and streamed', () => {
    const seal = {
      type: 'signature',
      value: 'AAEC',
      redacted: true,
      dialect: 'bedrock-converse',
      tool: null,
      raw: { reasoningContent: { redactedContent: 'AAEC' } },
    }
    const whole = readAll([answerOf([{ reasoningContent: { redactedContent: 'AAEC' } }], 'end_turn')], false)
    const delta = { contentBlockIndex: 0, delta: { reasoningContent: { redactedContent: 'AAEC' } } }
    const streamed = readAll([
      framesOf([
        ['contentBlockDelta', delta],
        ['messageStop', { stopReason: 'end_turn' }],
      ]),
    ])
    for (const events of [whole, streamed])
      assert.deepEqual(
        events.filter((event) => event.type === 'signature'),
        [seal],
      )
  })

  it('reads citations with the text that they belong to', () => {
    const citation = {
      title: 'T',
      sourceContent: [{ text: 'so' }, { text: 'urce' }],
      location: { web: { url: 'https://example.com/a' } },
    }
    const block = { citationsContent: { content: [{ text: 'claim' }], citations: [citation] } }
    const events = readAll([answerOf([{ text: 'Say: ' }, block], 'end_turn')], false)
    assert.deepEqual(events.slice(1, 4), [
      { type: 'text', delta: 'Say: ' },
      { type: 'text', delta: 'claim' },
      {
        type: 'citation',
        citation: {
          url: 'https://example.com/a',
          title: 'T',
          cited: 'source',
          span: [5, 10],
          native: { dialect: 'bedrock-converse', raw: citation },
        },
      },
    ])
  })

  it('reads images that come in pieces', () => {
    const events = readAll([
      framesOf([
        ['contentBlockStart', { contentBlockIndex: 0, start: { image: { format: 'jpeg' } } }],
        ['contentBlockDelta', { contentBlockIndex: 0, delta: { image: { source: { bytes: 'AA' } } } }],
        ['contentBlockDelta', { contentBlockIndex: 0, delta: { image: { source: { bytes: 'BB' } } } }],
        ['contentBlockStop', { contentBlockIndex: 0 }],
        ['messageStop', { stopReason: 'end_turn' }],
      ]),
    ])
    assert.deepEqual(
      events.filter((event) => event.type === 'media'),
      [{ type: 'media', mime: 'image/jpeg', data: 'AABB' }],
    )
  })

  it('T53 tells an exception as an error with its status, at any place', () => {
    const statuses: Readonly<Record<string, number>> = {
      internalServerException: 500,
      modelStreamErrorException: 424,
      modelTimeoutException: 408,
      serviceUnavailableException: 503,
      throttlingException: 429,
      validationException: 400,
      accessDeniedException: 403,
    }
    for (const [name, status] of Object.entries(statuses)) {
      const exception = encodeEvent(name, { message: 'no' }, 'exception')
      for (const before of [0, 5, TURN.length - 1]) {
        const end = last(readAll([framesOf(TURN.slice(0, before)), exception, framesOf(TURN)]))
        assert.ok(end?.type === 'error')
        assert.deepEqual([end.message, end.status], ['no', status])
        assert.match(end.native ?? '', new RegExp(name))
      }
    }
  })

  it('takes the model’s own status where the service tells it', () => {
    const exception = encodeEvent(
      'modelStreamErrorException',
      { message: 'no', originalStatusCode: 529 },
      'exception',
    )
    const end = last(readAll([exception]))
    assert.equal(end?.type === 'error' && end.status, 529)
  })

  it('reads frames of type error, and garbled and foreign bytes', () => {
    const word = (value: string) => ({ type: 'string' as const, value })
    const error = encodeFrame(
      {
        ':message-type': word('error'),
        ':error-code': word('InternalFailure'),
        ':error-message': word('bad'),
      },
      Buffer.alloc(0),
    )
    const garbled = framesOf(TURN)
    garbled.writeUInt8(garbled.readUInt8(40) ^ 1, 40)
    const notJson = encodeFrame(
      { ':message-type': word('event'), ':event-type': word('messageStart') },
      Buffer.from('x'),
    )
    const found = [
      [error],
      [garbled],
      [notJson],
      [Buffer.from('<html>')],
      [Buffer.from('{"message":"gone"}')],
    ].map((chunks) => {
      const end = last(readAll(chunks))
      return end?.type === 'error' ? [end.message, end.status, end.native] : end
    })
    assert.deepEqual(found, [
      ['bad', 500, 'InternalFailure'],
      ['the checksum of a frame is wrong', null, 'garbled frame'],
      ['the upstream sent an event that is no JSON', null, 'garbled event'],
      ['the answer ended before its end was announced', null, null],
      ['gone', null, 'exception {"message":"gone"}'],
    ])
  })

  it('reads the service’s errors from whole bodies', () => {
    const type = 'com.amazon.coral.service#ThrottlingException'
    for (const body of [
      { __type: type, message: 'slow' },
      { Output: { __type: type }, message: 'slow' },
    ]) {
      const end = last(readAll([Buffer.from(JSON.stringify(body))], false))
      assert.equal(end?.type === 'error' && end.status, 429)
    }
    for (const body of ['', '[]', '{}', '{"output":{}}'])
      assert.equal(last(readAll([Buffer.from(body)], false))?.type, 'error', body)
  })

  it('names what no event was made of', () => {
    const content = [
      { toolUse: { toolUseId: 's', name: 'search', input: {}, type: 'server_tool_use' } },
      { toolResult: { toolUseId: 's', content: [] } },
      { video: {} },
    ]
    const more = {
      trace: { guardrail: {} },
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
    }
    const events = readAll([answerOf(content, 'end_turn', more)], false)
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'unmapped' ? [event.field] : [])),
      ['content.toolUse.type', 'content.toolResult', 'content.video', 'serviceTier', 'trace'],
    )
    assert.equal(last(events)?.type === 'end' && events.some((event) => event.type === 'tool'), false)
  })
})

const folder = process.env['CAUSEWAY_DATA']
const skip = folder === undefined ? 'CAUSEWAY_DATA is not set' : false

describe('recorded Converse', { skip }, () => {
  const root = join(folder ?? '', 'wire')

  it('every recorded answer ends once, binary ones split at every byte too', () => {
    let whole = 0
    let streams = 0
    for (const file of readdirSync(join(root, 'bedrock'), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.json')) continue
      const json = JSON.parse(readFileSync(join(root, 'bedrock', file), 'utf8'))
      for (const { request, response } of json.interactions ?? []) {
        if (!String(request.url).includes('/converse')) continue
        const binary = response.bodyBase64 !== undefined
        const bytes = binary
          ? Buffer.from(response.bodyBase64, 'base64')
          : Buffer.from(JSON.stringify(response.body))
        const events = readAll([bytes], binary)
        assert.equal(last(events)?.type, response.status === 200 ? 'end' : 'error', file)
        if (response.status === 200)
          assert.ok(
            events.some((event) => event.type === 'usage'),
            file,
          )
        if (!binary) whole += 1
        else {
          streams += 1
          for (let at = 0; at <= bytes.length; at += 1)
            assert.deepEqual(readAll([bytes.subarray(0, at), bytes.subarray(at)]), events, `${file} at ${at}`)
        }
      }
    }
    const golden = join(root, '_golden-translation', 'agentgateway', 'response', 'bedrock')
    for (const file of readdirSync(golden).filter((name) => name.endsWith('.bin'))) {
      assert.equal(last(readAll([readFileSync(join(golden, file))]))?.type, 'end', file)
      streams += 1
    }
    assert.ok(whole > 60 && streams >= 7, `${whole} whole, ${streams} streams`)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import {
  answering,
  asking,
  faultOfAct,
  joined,
  readJson,
  readReply,
  terminals,
  translate,
} from '../testing.ts'
import { gemini } from './index.ts'

const text = (delta: string, more: JsonObject = {}): JsonObject => ({ text: delta, ...more })
const chunk = (parts: readonly JsonObject[], more: JsonObject = {}, top: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
  modelVersion: 'gemini-x',
  responseId: 'r1',
  ...top,
})
const STOP = { finishReason: 'STOP' }
const stream = (chunks: readonly JsonObject[]): string =>
  chunks.map((one) => `data: ${JSON.stringify(one)}\r\n\r\n`).join('')
const events = (chunks: readonly JsonObject[]): ReplyEvent[] => readReply('gemini', [stream(chunks)])
const endOf = (all: readonly ReplyEvent[]): ReplyEvent | undefined => {
  assert.equal(terminals(all).length, 1)
  assert.equal(terminals(all)[0], all.at(-1))
  return all.at(-1)
}
const end = (reason: string, native: string | null): object => ({
  type: 'end',
  reason,
  native,
  stopSequence: null,
})

describe('reading an answer', () => {
  it('T23 takes STOP with calls for calls, also where they came in an earlier event', () => {
    const all = events([
      chunk([{ functionCall: { id: 'x', name: 'f', args: { a: 1 } } }]),
      chunk([text('')], STOP),
    ])
    assert.deepEqual(endOf(all), end('tool', 'STOP'))
    assert.deepEqual(
      joined(all).filter((event) => event.type === 'tool'),
      [{ type: 'tool', index: 0, id: 'x', name: 'f', delta: '{"a":1}' }],
    )
  })

  it('T22 gives a call without arguments {} exactly once', () => {
    for (const functionCall of [{ name: 'f' }, { name: 'f', args: {} }]) {
      const [call] = joined(events([chunk([{ functionCall }], STOP)])).filter(({ type }) => type === 'tool')
      assert.equal(call?.type === 'tool' ? call.delta : '', '{}')
    }
  })

  it('T25 says length of a call that was cut', () => {
    const cut = events([
      chunk([{ functionCall: { name: 'f', willContinue: true } }]),
      chunk([], { finishReason: 'MAX_TOKENS' }),
    ])
    assert.deepEqual(endOf(cut), end('length', 'MAX_TOKENS'))
  })

  it('T28 takes an end without a reason for a cut, however it looks', () => {
    for (const source of [
      stream([chunk([text('Hel')])]),
      stream([chunk([text('Hel')], { finishReason: 'FINISH_REASON_UNSPECIFIED' })]),
      'data: {"candidates":[{"content":{"parts":[{"te',
      '',
      '[{"candidates":[',
    ]) {
      const last = endOf(readReply('gemini', [source]))
      assert.equal(last?.type, 'error')
      assert.equal(last?.type === 'error' ? last.native : '', null)
    }
  })

  it('T44 takes a blocked prompt for filtered, with the reason as a refusal', () => {
    const promptFeedback = { blockReason: 'SAFETY', blockReasonMessage: 'Not this.' }
    const usageMetadata = { promptTokenCount: 7, totalTokenCount: 7 }
    for (const whole of [false, true]) {
      const body = { promptFeedback, usageMetadata }
      const all = readReply('gemini', [whole ? JSON.stringify(body) : stream([body])], !whole)
      assert.deepEqual(endOf(all), end('filter', 'SAFETY'))
      assert.ok(all.some((event) => event.type === 'refusal' && event.delta === 'Not this.'))
      const usage = all.find((event) => event.type === 'usage')
      assert.deepEqual(usage?.type === 'usage' ? [usage.usage.input, usage.usage.output] : [], [7, 0])
    }
  })

  for (const [native, reason] of [
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'filter'],
    ['RECITATION', 'filter'],
    ['LANGUAGE', 'filter'],
    ['BLOCKLIST', 'filter'],
    ['PROHIBITED_CONTENT', 'filter'],
    ['SPII', 'filter'],
    ['IMAGE_SAFETY', 'filter'],
    ['MALFORMED_FUNCTION_CALL', 'malformed'],
    ['UNEXPECTED_TOOL_CALL', 'malformed'],
    ['TOO_MANY_TOOL_CALLS', 'malformed'],
    ['OTHER', 'other'],
    ['NEVER_HEARD_OF', 'other'],
  ] as const) {
    it(`T42 reads ${native} as ${reason} and keeps the word`, () => {
      assert.deepEqual(endOf(events([chunk([text('a')], { finishReason: native })])), end(reason, native))
    })
  }

  it('T60 goes on after an event that says that the answer is over, and takes the last reason', () => {
    const all = events([
      chunk([text('a')], STOP, { usageMetadata: { promptTokenCount: 1, totalTokenCount: 2 } }),
      chunk([text('b')], { finishReason: 'MAX_TOKENS' }),
      { usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 4, thoughtsTokenCount: 5 } },
    ])
    assert.deepEqual(endOf(all), end('length', 'MAX_TOKENS'))
    assert.deepEqual(joined(all)[1], { type: 'text', delta: 'ab' })
    assert.deepEqual(all.at(-2), {
      type: 'usage',
      usage: { input: 3, output: 9, cacheRead: null, cacheWrite: null, reasoning: 5, estimated: false },
    })
  })

  it('counts what tools put into the prompt, and the cache within it', () => {
    const usageMetadata = {
      promptTokenCount: 100,
      toolUsePromptTokenCount: 20,
      cachedContentTokenCount: 60,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 7,
      totalTokenCount: 132,
    }
    const all = events([chunk([text('a')], STOP, { usageMetadata })])
    assert.deepEqual(all.at(-2), {
      type: 'usage',
      usage: { input: 120, output: 12, cacheRead: 60, cacheWrite: null, reasoning: 7, estimated: false },
    })
  })

  it('T10 hands on the signature of the first of parallel calls, and of text', () => {
    const all = events([
      chunk([text('Let me see', { thought: true })]),
      chunk([
        { functionCall: { name: 'f', args: {} }, thoughtSignature: 'a-b_' },
        { functionCall: { name: 'g', args: {} } },
      ]),
      chunk([text('', { thoughtSignature: 'dGV4dA==' })], STOP),
    ])
    const seals = all.filter((event) => event.type === 'signature')
    assert.deepEqual(
      seals.map((seal) => (seal.type === 'signature' ? [seal.value, seal.tool, seal.dialect] : [])),
      [
        ['a+b/', 0, 'gemini'],
        ['dGV4dA==', null, 'gemini'],
      ],
    )
    assert.deepEqual(joined(all)[1], { type: 'reasoning', delta: 'Let me see' })
  })

  it('T59 gives sources at the end, their places counted in our units', () => {
    const said = 'Ünï 𝒳. Spain won.'
    const start = Buffer.byteLength('Ünï 𝒳. ')
    const all = events([
      chunk([text(said)]),
      chunk([text('')], {
        ...STOP,
        groundingMetadata: {
          groundingChunks: [
            { web: { uri: 'https://a.example', title: 'A' } },
            { web: { uri: 'https://b.example' } },
          ],
          groundingSupports: [
            {
              segment: { startIndex: start, endIndex: Buffer.byteLength(said), text: 'Spain won.' },
              groundingChunkIndices: [0],
            },
          ],
          webSearchQueries: ['q'],
        },
      }),
    ])
    const found = all.flatMap((event) => (event.type === 'citation' ? [event.citation] : []))
    assert.deepEqual(
      found.map(({ url, title, span }) => [url, title, span]),
      [
        ['https://a.example', 'A', [said.indexOf('Spain'), said.length]],
        ['https://b.example', null, null],
      ],
    )
    assert.ok(all.some((event) => event.type === 'unmapped' && event.field.includes('webSearchQueries')))
    endOf(all)
  })

  it('reads probabilities, images, and names what it has no event for', () => {
    const all = events([
      chunk([{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }, { executableCode: { code: '1' } }], {
        ...STOP,
        logprobsResult: {
          chosenCandidates: [{ token: 'a', logProbability: -0.1 }],
          topCandidates: [{ candidates: [{ token: 'b', logProbability: -2 }] }],
        },
      }),
    ])
    assert.ok(all.some((event) => event.type === 'media' && event.data === 'AAAA'))
    assert.ok(all.some((event) => event.type === 'unmapped' && event.field === 'parts.executableCode'))
    const logprobs = all.find((event) => event.type === 'logprobs')
    assert.deepEqual(logprobs?.type === 'logprobs' ? logprobs.tokens : [], [
      { token: 'a', logprob: -0.1, bytes: null, top: [{ token: 'b', logprob: -2, bytes: null }] },
    ])
  })

  it('puts arguments together that come value by value', () => {
    const piece = (jsonPath: string, value: JsonObject): JsonObject =>
      chunk([{ functionCall: { partialArgs: [{ jsonPath, ...value }], willContinue: true } }])
    const all = events([
      chunk([{ functionCall: { name: 'f', willContinue: true }, thoughtSignature: 'eA==' }]),
      piece('$.a[0].b', { stringValue: 'x', willContinue: true }),
      piece('$.a[0].b', { stringValue: 'y' }),
      piece("$.a[1]['c d']", { numberValue: 2 }),
      piece('$.e', { boolValue: true }),
      piece('$.n', { nullValue: 'NULL_VALUE' }),
      chunk([{ functionCall: {} }], STOP),
    ])
    const [call] = joined(all.filter(({ type }) => type === 'tool'))
    assert.deepEqual(call?.type === 'tool' ? JSON.parse(call.delta) : null, {
      a: [{ b: 'xy' }, { 'c d': 2 }],
      e: true,
      n: null,
    })
    const lost = events([chunk([{ functionCall: { name: 'f', partialArgs: [{ jsonPath: 'oops' }] } }], STOP)])
    assert.equal(endOf(lost)?.type, 'error')
  })

  it('reads arrays of pieces, of one piece, and of errors', () => {
    const pieces = [chunk([text('Hel')]), chunk([text('lo')], STOP)]
    assert.deepEqual(readReply('gemini', [JSON.stringify(pieces)]), events(pieces))
    assert.deepEqual(readReply('gemini', [JSON.stringify(pieces)], false), events(pieces))
    const error = { code: 429, message: 'Too fast', status: 'RESOURCE_EXHAUSTED' }
    for (const source of [JSON.stringify([{ error }]), JSON.stringify({ error }), stream([{ error }])]) {
      const last = endOf(readReply('gemini', [source]))
      assert.deepEqual(last?.type === 'error' ? [last.message, last.status] : [], ['Too fast', 429])
    }
  })

  it('takes a whole body without a reason for an answer of which nobody says why it ended', () => {
    const body = JSON.stringify(chunk([text('Hi')]))
    assert.deepEqual(endOf(readReply('gemini', [body], false)), end('other', null))
    for (const [source, native] of [
      ['', null],
      ['<html>', 'garbled body'],
      ['{}', null],
      ['{"candidates":[]}', null],
    ] as const) {
      const last = endOf(readReply('gemini', [source], false))
      assert.deepEqual(last?.type === 'error' ? last.native : 'no error', native)
    }
  })

  it('T49 lets keep-alives go, as comments and as data', () => {
    const noisy = `: hello\n\ndata: : keepalive\n\n${stream([chunk([text('a')], STOP)])}: bye\n\ndata:\n\n`
    assert.deepEqual(readReply('gemini', [noisy]), events([chunk([text('a')], STOP)]))
    assert.equal(endOf(readReply('gemini', ['data: oops\n\n']))?.type, 'error')
  })

  it('T51 reads the same whatever the cut, with a byte order mark, comments and every kind of line end', () => {
    const chunks = [
      chunk([text('Grüße 𝒳 ', { thought: true })]),
      chunk([text('né'), { functionCall: { name: 'f', args: { ö: '€' } }, thoughtSignature: 'eA==' }]),
      chunk([text('')], STOP, { usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2 } }),
    ]
    const whole = events(chunks)
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const source = `\ufeff: c${lineEnd}${stream(chunks).replaceAll('\r\n', lineEnd)}`
      const bytes = Buffer.from(source)
      for (let at = 0; at <= bytes.length; at += 1) {
        assert.deepEqual(readReply('gemini', [bytes.subarray(0, at), bytes.subarray(at)]), whole)
      }
    }
    const array = Buffer.from(` ${JSON.stringify(chunks)}`)
    for (let at = 0; at <= array.length; at += 1) {
      assert.deepEqual(readReply('gemini', [array.subarray(0, at), array.subarray(at)]), whole)
    }
  })
})

const SHOW: JsonObject = { generation_config: { thinking_config: { include_thoughts: true } } }
const told = (list: readonly ReplyEvent[], more: JsonObject = {}): JsonObject[] => {
  const writer = gemini.streamWriter(answering('gemini', true, more))
  return list
    .map((event) => writer.write(event))
    .join('')
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => JSON.parse(frame.slice('data: '.length)))
}
const again = (list: readonly ReplyEvent[]): ReplyEvent[] => {
  const writer = gemini.streamWriter(answering('gemini', true, SHOW))
  return readReply('gemini', [list.map((event) => writer.write(event)).join('')])
}
const done = (reason: 'stop' | 'tool' | 'length' = 'stop'): ReplyEvent => ({
  type: 'end',
  reason,
  native: null,
  stopSequence: null,
})
const tool = (index: number, id: string | null, name: string | null, delta: string): ReplyEvent => ({
  type: 'tool',
  index,
  id,
  name,
  delta,
})

describe('writing an answer', () => {
  it('holds a call until it is whole, calls that come mixed in their order', () => {
    const frames = told([
      tool(0, 'a', 'f', '{"x":'),
      tool(1, 'b', 'g', '{}'),
      tool(0, null, null, '1}'),
      { type: 'text', delta: 'and' },
      done('tool'),
    ])
    const candidates = frames.map((frame) => frame['candidates'])
    assert.deepEqual(candidates[0], [
      {
        content: {
          parts: [
            { functionCall: { id: 'a', name: 'f', args: { x: 1 } } },
            { functionCall: { id: 'b', name: 'g', args: {} } },
            { text: 'and' },
          ],
          role: 'model',
        },
        index: 0,
      },
    ])
    assert.deepEqual(candidates[1], [{ finishReason: 'STOP', index: 0 }])
  })

  it('T25 marks arguments that were cut, and says MAX_TOKENS', () => {
    const [frame] = told([tool(0, 'a', 'f', '{"x":'), done('length')])
    assert.match(JSON.stringify(frame), /"unparsed_arguments":"\{\\"x\\":".*"finishReason":"MAX_TOKENS"/)
  })

  it('is read back as it was told, in a stream and whole', () => {
    const list: ReplyEvent[] = [
      { type: 'start', id: 'cw_test', model: 'asked' },
      { type: 'reasoning', delta: 'hm' },
      { type: 'text', delta: 'Hi 𝒳 there' },
      tool(0, 'a', 'f', '{"n":12345678901234567890}'),
      { type: 'signature', value: 'U0lH', redacted: false, dialect: 'gemini', tool: 0, raw: null },
      { type: 'media', mime: 'image/png', data: 'AAAA' },
      {
        type: 'logprobs',
        tokens: [{ token: 'Hi', logprob: -1, bytes: null, top: [{ token: 'Ho', logprob: -2, bytes: null }] }],
      },
      {
        type: 'citation',
        citation: {
          url: 'https://a.example',
          title: 'A',
          cited: null,
          span: [3, 5],
          native: { dialect: 'openai-chat', raw: {} },
        },
      },
      {
        type: 'usage',
        usage: { input: 10, output: 9, cacheRead: 4, cacheWrite: null, reasoning: 3, estimated: false },
      },
      { type: 'end', reason: 'tool', native: 'STOP', stopSequence: null },
    ]
    const plain = (all: readonly ReplyEvent[]) =>
      joined(all)
        .map((event) =>
          event.type === 'citation' ? { ...event, citation: { ...event.citation, native: null } } : event,
        )
        .sort((a, b) => a.type.localeCompare(b.type))
    assert.deepEqual(plain(again(list)), plain(list))
    const body = gemini.wholeBody(list, answering('gemini', true, SHOW))
    assert.deepEqual(plain(readReply('gemini', [JSON.stringify(body)], false)), plain(list))
    assert.match(JSON.stringify(body), /12345678901234567890/)
  })

  it('T42 keeps the upstream’s own word where the dialect’s says less', () => {
    const [frame] = told([{ type: 'end', reason: 'pause', native: 'pause_turn', stopSequence: null }])
    assert.match(JSON.stringify(frame), /"finishReason":"STOP","finishMessage":"pause_turn"/)
    const [stop] = told([
      { type: 'end', reason: 'stop-sequence', native: 'stop_sequence', stopSequence: 'X' },
    ])
    assert.match(JSON.stringify(stop), /"finishMessage":"stop sequence: X"/)
    const [refusal] = told([{ type: 'end', reason: 'refusal', native: 'refusal', stopSequence: null }])
    assert.match(JSON.stringify(refusal), /"finishReason":"SAFETY"/)
  })

  it('carries what another issuer sealed in its slot, and gives it back to that issuer only', () => {
    const frames = told([
      { type: 'reasoning', delta: 'I ' },
      { type: 'reasoning', delta: 'think' },
      {
        type: 'signature',
        value: 'sig==',
        redacted: false,
        dialect: 'anthropic-messages',
        tool: null,
        raw: null,
      },
      { type: 'text', delta: 'Hi' },
      done(),
    ])
    const parts = frames.flatMap((frame) => {
      const [first] = Array.isArray(frame['candidates']) ? frame['candidates'] : []
      return first?.content?.parts ?? []
    })
    assert.doesNotMatch(JSON.stringify(parts), /sig==/)
    const signature: string = parts.find((part: JsonObject) => part['thoughtSignature'])?.thoughtSignature
    assert.equal(Buffer.from(signature, 'base64').toString('base64'), signature)
    const history = {
      contents: [
        { role: 'user', parts: [{ text: 'a' }] },
        { role: 'model', parts },
        { role: 'user', parts: [{ text: 'b' }] },
      ],
    }
    const home = translate('gemini', history, {}, 'anthropic-messages')
    assert.match(home.text, /\{"type":"thinking","thinking":"I think","signature":"sig=="\}/)
    assert.deepEqual(home.dropped, [])
    const other = translate('gemini', history, {}, 'openai-chat')
    assert.doesNotMatch(other.text, /sig==|causeway-/)
    assert.deepEqual(gemini.opaque(readJson('gemini', asking('gemini', history))), ['sig=='])
  })

  it('T17 shows thoughts only to who asked for them', () => {
    const list: ReplyEvent[] = [{ type: 'reasoning', delta: 'hm' }, { type: 'text', delta: 'Hi' }, done()]
    const both = (more: JsonObject) => [
      JSON.stringify(told(list, more)),
      JSON.stringify(gemini.wholeBody(list, answering('gemini', true, more))),
    ]
    for (const text of both({})) assert.doesNotMatch(text, /hm/)
    for (const text of both(SHOW)) assert.match(text, /\{"text":"hm","thought":true\}/)
  })

  it('ends once, and fails by the dialect’s own error', () => {
    assert.deepEqual(told([{ type: 'error', message: 'Cut', status: null, native: null }, done()]), [
      { error: { code: 502, message: 'Cut', status: 'UNAVAILABLE' } },
    ])
    assert.equal(faultOfAct(() => gemini.wholeBody([], answering('gemini'))).code, 'upstream_error')
  })

  it('answers a count and errors in its own shapes', () => {
    assert.deepEqual(gemini.countBody(7), { totalTokens: 7 })
    const fault = {
      ...faultOfAct(() =>
        gemini.path({ operation: 'image', stream: false, source: '', verbatim: null }, 'm'),
      ),
    }
    const body = gemini.errorBody({ ...fault, status: 429, after: 1500 }, 'cw_1')
    assert.deepEqual(
      [
        JSON.stringify(body).includes('"retryDelay":"1.5s"'),
        JSON.stringify(body).includes('RESOURCE_EXHAUSTED'),
      ],
      [true, true],
    )
    assert.match(gemini.errorEvent(fault, 'cw_1'), /^\n\ndata: \{"error":\{"code":422,.*\n\n$/s)
    assert.doesNotMatch(gemini.keepAlive, /\n\n|id:|data:/)
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type Call,
  CausewayError,
  type Dialect,
  type JsonObject,
  type Operation,
  PLAIN_QUIRKS,
  type ReplyEvent,
  type Reviser,
} from '../domain/index.ts'
import { wireOf } from './index.ts'

const LIMITS = { bodyBytes: 1024 * 1024, depth: 64, messages: 50 }
const FORWARD = {
  model: 'theirs',
  askUsage: true,
  fit: null,
  foreign: new Set<string>(),
  quirks: PLAIN_QUIRKS,
}
const WRITE = { model: 'theirs', fit: null, askUsage: true, maxTokens: 4096, quirks: PLAIN_QUIRKS }

const read = (dialect: Dialect, operation: Operation, json: JsonObject): Call =>
  wireOf(dialect).read(Buffer.from(JSON.stringify(json)), { id: 'cw_test', operation, headers: {} }, LIMITS)

const refused = (act: () => unknown, code: string, words: RegExp): void => {
  assert.throws(act, (thrown: unknown) => {
    assert.ok(thrown instanceof CausewayError)
    assert.equal(thrown.fault.code, code)
    assert.match(thrown.message, words)
    return true
  })
}

const shout: Reviser = { push: (_channel, delta) => delta.toUpperCase(), end: () => '' }

const events = (
  dialect: Dialect,
  stream: boolean,
  text: string,
  cut = text.length,
): readonly ReplyEvent[] => {
  const found: ReplyEvent[] = []
  const reader = wireOf(dialect).reader({ stream }, (event) => found.push(event))
  const bytes = Buffer.from(text)
  reader.push(bytes.subarray(0, cut))
  reader.push(bytes.subarray(cut))
  reader.end()
  return found
}

const STREAM = [
  { id: 'c1', choices: [{ text: 'Grüße ', index: 0, finish_reason: null }] },
  { id: 'c1', choices: [{ text: 'aus 日本', index: 0, finish_reason: null }] },
  { id: 'c1', choices: [{ text: '', index: 0, finish_reason: 'length' }] },
  { id: 'c1', choices: [], usage: { prompt_tokens: 4, completion_tokens: 3, total_tokens: 7 } },
]
  .map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`)
  .concat(': a comment\r\n\r\ndata: [DONE]\r\n\r\n')
  .join('')

describe('completions and filling in', () => {
  test('a body is forwarded with the model changed and usage asked for', () => {
    const call = read('openai-completions', 'complete', {
      model: 'mine',
      prompt: 'a',
      suffix: 'b',
      top_k: 4,
      stream: true,
    })
    const { body, dropped } = wireOf('openai-completions').forward(call, FORWARD)
    assert.equal(
      body,
      '{"model":"theirs","prompt":"a","suffix":"b","top_k":4,"stream":true,"stream_options":{"include_usage":true}}',
    )
    assert.deepEqual(dropped, [])
    assert.equal(wireOf('openai-completions').path(call, 'theirs'), '/completions')
  })

  test('it goes into the other form and back, each field mapped, signalled or refused', () => {
    const call = read('openai-completions', 'complete', {
      model: 'mine',
      prompt: ['def a():'],
      suffix: 'return b',
      max_tokens: 20,
      temperature: 0,
      seed: 3,
      stop: '\n\n',
      user: 'me',
      n: 1,
      echo: false,
    })
    const { body, dropped } = wireOf('mistral-fim').write(wireOf(call.dialect).conversation(call), WRITE)
    assert.deepEqual(JSON.parse(body), {
      model: 'theirs',
      prompt: 'def a():',
      suffix: 'return b',
      max_tokens: 20,
      temperature: 0,
      stop: ['\n\n'],
      random_seed: 3,
    })
    assert.deepEqual(dropped, ['user'])
    const back = read('mistral-fim', 'complete', { ...JSON.parse(body), min_tokens: 1 })
    const home = wireOf('openai-completions').write(wireOf('mistral-fim').conversation(back), WRITE)
    assert.deepEqual(JSON.parse(home.body), {
      model: 'theirs',
      prompt: 'def a():',
      suffix: 'return b',
      max_tokens: 20,
      temperature: 0,
      stop: ['\n\n'],
      seed: 3,
    })
    assert.deepEqual(home.dropped, ['min_tokens'])
  })

  test('what cannot be carried is refused by name', () => {
    const carried = (json: JsonObject) => () => {
      const call = read('openai-completions', 'complete', { model: 'm', prompt: 'a', ...json })
      return wireOf('mistral-fim').write(wireOf('openai-completions').conversation(call), WRITE)
    }
    refused(carried({ n: 2 }), 'cannot_translate', /^n /)
    refused(carried({ echo: true }), 'cannot_translate', /^echo /)
    refused(carried({ prompt: ['a', 'b'] }), 'cannot_translate', /^prompt /)
    refused(carried({ prompt: [1, 2] }), 'cannot_translate', /^prompt /)
  })

  test('wrong bodies are refused; token ids count as unread', () => {
    refused(
      () => read('openai-completions', 'complete', { model: 'm' }),
      'invalid_request',
      /^prompt is missing/,
    )
    refused(
      () => read('openai-completions', 'complete', { model: 'm', prompt: [{}] }),
      'invalid_request',
      /^prompt\[0\]/,
    )
    refused(
      () => read('mistral-fim', 'complete', { model: 'm', prompt: 'a', suffix: 3 }),
      'invalid_request',
      /^suffix/,
    )
    assert.equal(read('openai-completions', 'complete', { model: 'm', prompt: [[1, 2]] }).media.length, 1)
  })

  test('a stream read is the same at every split', () => {
    const whole = events('openai-completions', true, STREAM)
    assert.deepEqual(
      whole.map((event) => event.type),
      ['start', 'text', 'text', 'usage', 'end'],
    )
    const bytes = Buffer.byteLength(STREAM)
    for (let cut = 0; cut <= bytes; cut += 1)
      assert.deepEqual(events('openai-completions', true, STREAM, cut), whole, String(cut))
  })

  test('a stream without its end, and one with an error, end in an error', () => {
    const cut = events('openai-completions', true, STREAM.slice(0, STREAM.indexOf('data: [DONE]')))
    assert.equal(cut.at(-1)?.type, 'error')
    const broken = events('openai-completions', true, 'data: {"error":{"message":"no"}}\n\n')
    assert.equal(broken.at(-1)?.type, 'error')
    assert.equal(events('openai-completions', false, '{"choices":[]}').at(-1)?.type, 'error')
  })

  test('an answer is written in the client’s form', () => {
    const call = read('openai-completions', 'complete', { model: 'mine', prompt: 'a', stream: true })
    const options = { model: 'mine', id: 'x', created: 1, call }
    const writer = wireOf('openai-completions').streamWriter(options)
    const found = events('openai-completions', true, STREAM)
    const text = found.map((event) => writer.write(event)).join('')
    assert.match(text, /^data: \{"id":"cmpl-x","object":"text_completion"/)
    assert.match(text, /"finish_reason":"length"\}\]\}\n\ndata: \[DONE\]\n\n$/)
    assert.ok(!text.includes('usage'), 'usage was not asked for')
    const whole = wireOf('openai-completions').wholeBody(found, options)
    assert.deepEqual(JSON.parse(JSON.stringify(whole)).choices, [
      { text: 'Grüße aus 日本', index: 0, logprobs: null, finish_reason: 'length' },
    ])
  })

  test('texts can be revised', () => {
    const wire = wireOf('openai-completions')
    const revision = wire.revise({ stream: true }, shout)
    const out = [...revision.push(Buffer.from(STREAM)), ...revision.end()]
    const text = Buffer.concat(out).toString('utf8')
    assert.ok(text.includes('GRÜSSE') && !text.includes('Grüße'), text)
  })

  test('usage that was not asked for stays here, and is known', () => {
    const relay = wireOf('openai-completions').relay({ stream: true, hideUsage: true, operation: 'complete' })
    const out = [relay.push(Buffer.from(STREAM))].flat()
    const { rest, complete } = relay.end()
    assert.equal(complete, true)
    assert.equal(relay.usage()?.output, 3)
    assert.ok(!Buffer.concat([...out, ...rest]).includes('prompt_tokens'))
  })
})

describe('pictures and sound', () => {
  test('a picture is asked for in the client’s words', () => {
    const call = read('openai-images', 'image', { model: 'mine', prompt: 'a cat', size: '1x1', seed: 4 })
    assert.equal(
      wireOf('openai-images').forward(call, FORWARD).body,
      '{"model":"theirs","prompt":"a cat","size":"1x1","seed":4}',
    )
    refused(() => read('openai-images', 'image', { model: 'mine' }), 'invalid_request', /^prompt/)
    const withMask = read('openai-images', 'image', {
      model: 'm',
      prompt: 'p',
      image: ['data:image/png;base64,AA'],
    })
    assert.equal(withMask.media.length, 1)
  })

  test('a stream of drafts ends with the picture; one that does not is cut', () => {
    const done = `event: image_generation.completed\ndata: {"type":"image_generation.completed","b64_json":"AA","usage":{"input_tokens":2,"output_tokens":9}}\n\n`
    const draft = `data: {"type":"image_generation.partial_image","b64_json":"AA"}\n\n`
    const relay = wireOf('openai-images').relay({ stream: true, hideUsage: false, operation: 'image' })
    relay.push(Buffer.from(draft + done))
    assert.equal(relay.end().complete, true)
    assert.equal(relay.usage()?.output, 9)
    const cut = wireOf('openai-images').relay({ stream: true, hideUsage: false, operation: 'image' })
    cut.push(Buffer.from(draft))
    assert.equal(cut.end().complete, false)
  })

  test('speech is JSON in and bytes out', () => {
    const call = read('openai-audio', 'speech', { model: 'mine', input: 'Hello', voice: 'v' })
    assert.equal(
      wireOf('openai-audio').forward(call, FORWARD).body,
      '{"model":"theirs","input":"Hello","voice":"v"}',
    )
    refused(() => read('openai-audio', 'speech', { model: 'm' }), 'invalid_request', /^input/)
  })

  test('a form is one call: its texts are read, its sound is not', () => {
    const type = 'multipart/form-data; boundary=b'
    const part = (head: string, value: string): string =>
      `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n`
    const bytes = Buffer.from(
      `${part('name="file"; filename="a.wav"', 'RIFF')}${part('name="model"', 'mine')}${part('name="prompt"', 'Zoë')}--b--\r\n`,
    )
    const wire = wireOf('openai-audio')
    const arrival = { id: 'cw_test', operation: 'transcribe' as const, headers: {} }
    const call = wire.read(new Uint8Array(0), { ...arrival, payload: { type, bytes, rest: null } }, LIMITS)
    assert.equal(call.model, 'mine')
    assert.equal(call.json['prompt'], 'Zoë')
    assert.equal(call.media.length, 1)
    const sent = wire.forward(call, FORWARD).payload
    assert.equal(Buffer.from(sent?.bytes ?? []).toString(), bytes.toString().replace('mine', 'theirs'))
    refused(() => wire.read(new Uint8Array(0), arrival, LIMITS), 'invalid_request', /^file/)
  })

  test('T50 nothing is said of its own accord into an answer that may be a sound', () => {
    for (const dialect of ['openai-audio', 'openai-images', 'passthrough'] as const)
      assert.equal(wireOf(dialect).keepAlive, '')
    assert.notEqual(wireOf('openai-completions').keepAlive, '')
  })

  test('a transcript is revised whatever its form', () => {
    const wire = wireOf('openai-audio')
    for (const [text, expected] of [
      ['{"text":"hello"}', '{"text":"HELLO"}'],
      ['hello', 'HELLO'],
    ] as const) {
      const revision = wire.revise({ stream: false }, shout)
      const out = [...revision.push(Buffer.from(text)), ...revision.end()]
      assert.equal(Buffer.concat(out).toString(), expected)
    }
  })
})

describe('what a target is asked in its own words', () => {
  const verbatim = { method: 'POST', path: '/files?x=1', headers: { accept: '*/*' } }
  const passed = (body: string, query = ''): Call =>
    wireOf('passthrough').read(
      Buffer.from(body),
      {
        id: 'cw_test',
        operation: 'passthrough',
        headers: {},
        verbatim,
        path: { model: 'vendor', action: '/files', query },
      },
      LIMITS,
    )

  test('our own refusal says code and message where the SDKs of any vendor look for them', () => {
    const { fault } = new CausewayError('passthrough_closed', 'It is so.')
    const body = Object(wireOf('passthrough').errorBody(fault, 'cw_1'))
    assert.equal(body.code, 'passthrough_closed')
    assert.match(body.message, /^It is so\./)
    assert.deepEqual([body.error.code, body.error.message], [body.code, body.message])
  })

  test('every string of it can be read, and its text stays as it came', () => {
    const text = ' {"a": ["b"], "n": 1.50}'
    const call = passed(text, 'name=Zo%C3%AB')
    assert.equal(call.source, text)
    assert.deepEqual({ ...call.json }, { a: ['b'], n: 1.5, '?': 'name=Zoë' })
    assert.equal(wireOf('passthrough').forward(call, FORWARD).body, text)
    assert.equal(wireOf('passthrough').path(call, 'theirs'), '/files?x=1')
    assert.deepEqual({ ...passed('["a"]').json }, { body: ['a'] })
    assert.deepEqual({ ...passed('').json }, {})
    refused(() => passed('{"a":1,"a":2}'), 'duplicate_key', /a/)
    refused(() => passed('{'), 'invalid_json', /./)
  })

  test('usage is found at the end of an answer, whoever answers', () => {
    for (const [text, output] of [
      ['{"usage":{"prompt_tokens":1,"completion_tokens":2}}', 2],
      ['data: {"type":"message_delta","usage":{"input_tokens":1,"output_tokens":5}}\n\n', 5],
      ['{"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":4,"thoughtsTokenCount":3}}', 7],
      ['\u0000{"usage":{"inputTokens":4,"outputTokens":6,"totalTokens":10}}', 6],
    ] as const) {
      const relay = wireOf('passthrough').relay({ stream: true, hideUsage: false, operation: 'passthrough' })
      for (const byte of Buffer.from(text)) relay.push(Buffer.from([byte]))
      assert.equal(relay.end().complete, true)
      assert.equal(relay.usage()?.output, output, text)
    }
  })

  test('an answer of any form is revised, or goes on as it is', () => {
    for (const [text, expected] of [
      ['{"a":["hello"]}', '{"a":["HELLO"]}'],
      ['["hello"]', '["HELLO"]'],
      ['data: {"a":"hello"}\n\n', 'data: {"a":"HELLO"}\n\n'],
      ['\u0001hello', '\u0001hello'],
    ] as const) {
      const revision = wireOf('passthrough').revise({ stream: true }, shout)
      const out = [...revision.push(Buffer.from(text)), ...revision.end()]
      assert.equal(Buffer.concat(out).toString(), expected)
    }
  })
})

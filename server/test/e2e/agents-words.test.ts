import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse } from '../open-house.ts'
import {
  chatWhole,
  messageWhole,
  type ScriptedModel,
  startScriptedModel,
  whole,
} from '../simulated/scripted.ts'

/* What coding agents cannot work without: seen by running them through the gateway. */

describe('agents', () => {
  let model: ScriptedModel
  let house: OpenHouse

  before(async () => {
    model = await startScriptedModel()
    const target = (name: string, provider: string, more = ''): string =>
      `  - { name: ${name}, provider: ${provider}, url: "${model.url}", model: theirs, side: closed, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY${more} }\n`
    house = await openHouse({
      config: `targets:\n${target('plain', 'openai-compatible')}${target('tight', 'openai-compatible', ', context: 1000')}${target('claude', 'anthropic')}`,
      environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
    })
  })
  after(async () => {
    await house.close()
    await model.close()
  })

  const SEARCH = { type: 'web_search', external_web_access: false }
  const SHELL = { type: 'function', name: 'shell', parameters: { type: 'object' }, strict: false }

  describe('that offer a search by the vendor among their own tools', () => {
    const ask = (tools: readonly object[], strict = false): Promise<Response> =>
      fetch(`${house.url}/v1/responses`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${house.key}`,
          'content-type': 'application/json',
          ...(strict ? { 'x-causeway-strict': 'true' } : {}),
        },
        body: JSON.stringify({ model: 'plain', input: 'Hello', store: false, tools }),
      })

    test('are answered without it, and told so', async () => {
      model.says(() => chatWhole({ content: 'Hi.' }))
      const response = await ask([SHELL, SEARCH])
      assert.equal(response.status, 200, await response.clone().text())
      assert.equal(response.headers.get('x-causeway-dropped'), 'tools[1].web_search')
      assert.doesNotMatch(model.seen.at(-1) ?? '', /web_search|external/)
      const record = await house.record(response)
      assert.match(JSON.stringify(record), /"tools\[1\]\.web_search"/)
    })

    test('are refused where they want nothing lost, or offer nothing else, before anything is sent', async () => {
      const sent = model.seen.length
      const strict = await ask([SHELL, SEARCH], true)
      assert.deepEqual([strict.status, strict.headers.get('x-causeway-code')], [400, 'dropped_fields'])
      assert.match(await strict.text(), /tools\[1\]\.web_search/)
      const alone = await ask([SEARCH])
      assert.deepEqual([alone.status, alone.headers.get('x-causeway-code')], [422, 'cannot_translate'])
      assert.match(await alone.text(), /tools\[0\] \(web_search\) cannot be carried over/)
      assert.equal(model.seen.length, sent)
    })
  })

  describe('whose history is too long', () => {
    const SAID =
      "This model's maximum context length is 100 tokens. However, your messages resulted in 200 tokens."

    for (const [path, body, expected] of [
      ['/v1/messages', { max_tokens: 9 }, /"message":"prompt is too long: 200 tokens > 100 maximum\. /],
      [
        '/v1/messages',
        { max_tokens: 9, stream: true },
        /"message":"prompt is too long: 200 tokens > 100 maximum\. /,
      ],
      [
        '/v1beta/models/plain:generateContent',
        {},
        /The input token count \(200\) exceeds the maximum number of tokens allowed \(100\)/,
      ],
      ['/v1/responses', { stream: true }, /"code":"context_length_exceeded"/],
    ] as const) {
      test(`are told so in the words they look for: ${path}${'stream' in body ? ', streaming' : ''}`, async () => {
        model.says(() =>
          whole(
            { error: { message: SAID, type: 'invalid_request_error', code: 'context_length_exceeded' } },
            400,
          ),
        )
        const response = await house.post(path, {
          model: 'plain',
          ...(path === '/v1/responses'
            ? { input: 'Hello' }
            : path === '/v1/messages'
              ? { messages: [{ role: 'user', content: 'Hello' }] }
              : { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] }),
          ...body,
        })
        assert.equal(response.status, 400)
        assert.equal(response.headers.get('x-causeway-code'), 'context_too_long')
        assert.match(await response.text(), expected)
        assert.equal((await house.record(response)).code, 'context_too_long')
      })
    }
  })

  test('whose history is too long for a target that says so in a stream are told the same', async () => {
    const SAID =
      "This model's maximum context length is 100 tokens. However, your messages resulted in 200 tokens."
    for (const [name, path, expected] of [
      ['plain', '/v1/messages', /"message":"prompt is too long: 200 tokens > 100 maximum\. /],
      ['plain', '/v1/chat/completions', /"code":"context_length_exceeded"/],
    ] as const) {
      model.says(() => ({
        type: 'text/event-stream',
        pieces: [`data: {"error":{"message":"${SAID}","type":"invalid_request_error"}}\n\n`],
      }))
      const response = await house.post(path, {
        model: name,
        max_tokens: 9,
        stream: true,
        messages: [{ role: 'user', content: 'Hello' }],
      })
      assert.deepEqual([response.status, response.headers.get('x-causeway-code')], [400, 'context_too_long'])
      assert.match(await response.text(), expected)
    }
  })

  test('whose history no target has room for are told so before anything is sent', async () => {
    const sent = model.seen.length
    const response = await house.post('/v1/messages', {
      model: 'tight',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'The tide turns at noon. '.repeat(200) }],
    })
    assert.deepEqual([response.status, response.headers.get('x-causeway-code')], [400, 'context_too_long'])
    assert.match(await response.text(), /"message":"prompt is too long: \d{4} tokens > 1000 maximum\. /)
    assert.equal(model.seen.length, sent)
  })

  test('without a key, or with a model that is not there, are told in OpenAI’s own codes', async () => {
    const ask = (key: string, name: string): Promise<Response> =>
      fetch(`${house.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: name, messages: [{ role: 'user', content: 'Hello' }] }),
      })
    for (const [response, status, ours, theirs] of [
      [await ask('nobody', 'plain'), 401, 'unauthenticated', 'invalid_api_key'],
      [await ask(house.key, 'nowhere'), 404, 'unknown_model', 'model_not_found'],
    ] as const) {
      const { error } = Object(await response.json())
      assert.deepEqual(
        [response.status, response.headers.get('x-causeway-code'), error.code],
        [status, ours, theirs],
      )
    }
  })

  test('that asked for a model by its name here are answered by that name in Messages', async () => {
    model.says((body) =>
      JSON.parse(body).stream === true
        ? {
            type: 'text/event-stream',
            pieces: [
              'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","mod',
              'el":"theirs-20260101","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}\n\n',
              'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}\n\n',
              'event: message_stop\ndata: {"type":"message_stop"}\n\n',
            ],
          }
        : messageWhole([{ type: 'text', text: 'Hi.' }]),
    )
    for (const stream of [true, false]) {
      const response = await house.post('/v1/messages', {
        model: 'claude',
        max_tokens: 9,
        messages: [{ role: 'user', content: 'Hello' }],
        stream,
      })
      assert.equal(response.status, 200, await response.clone().text())
      assert.match(await response.text(), /"model":"claude"/)
      assert.equal(response.headers.get('x-causeway-target'), 'claude')
      assert.match(model.seen.at(-1) ?? '', /"model":"theirs"/)
    }
  })
})

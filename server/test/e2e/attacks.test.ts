import assert from 'node:assert/strict'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type OpenHouse, openHouse } from '../open-house.ts'
import { chatWhole, type ScriptedModel, startScriptedModel } from '../simulated/scripted.ts'

/*
 * A client with a good key that tries to get out what may not leave, to what is another's, or at a vendor's key; and
 * a vendor that helps it.
 */

const CARD = '4111 1111 1111 1111'
const SECRET = 'simulated-credential-0123456789'

interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

let vendor: ScriptedModel
let house: OpenHouse

/** Sent as it is spelt; `fetch` would tidy it up. */
const reach = (
  method: string,
  path: string,
  body: string | Uint8Array = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(house.url)
    const sent = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: {
          authorization: `Bearer ${house.key}`,
          'content-type': 'application/json',
          ...(body.length > 0 ? { 'content-length': Buffer.byteLength(body) } : {}),
          ...headers,
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })

const idOf = ({ headers }: Got): string => String(headers['x-causeway-request'])

before(async () => {
  vendor = await startScriptedModel()
  const target = (name: string, provider: string, more = ''): string =>
    `  - { name: ${name}, provider: ${provider}, url: "${vendor.url}", model: theirs, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY${more} }\n`
  house = await openHouse({
    config: `targets:\n${target('gpt', 'openai', ', passthrough: true')}${target('gemini', 'gemini')}${target('chat', 'openai-compatible', ', side: closed')}${target('rented', 'ollama', ', side: rented')}`,
    environment: { SIMULATED_KEY: SECRET },
  })
})
beforeEach(() => {
  vendor.asked.length = 0
  vendor.says(() => chatWhole({ content: 'Hello.' }))
})
after(async () => {
  await house.close()
  await vendor.close()
})

describe('what is labelled reaches nobody who may not have it', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const responses = (more: object): [string, object] => ['/v1/responses', { model: 'gpt', ...more }]
  const gemini = (...parts: readonly object[]): [string, object] => [
    '/v1beta/models/gemini:generateContent',
    { contents: [{ role: 'user', parts }] },
  ]
  const generate = (more: object): [string, object] => [
    '/api/generate',
    { model: 'rented', prompt: 'x', ...more },
  ]
  const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }
  const user = { role: 'user', content: 'x' }
  const csv = base64(`a,b\n${CARD},2`)
  const attempts: readonly (readonly [string, [string, object]])[] = [
    [
      'a part of what a tool gave',
      responses({
        input: [
          call,
          { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: CARD }] },
        ],
      }),
    ],
    [
      'a summary of thoughts',
      responses({
        input: [{ type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: CARD }] }, user],
      }),
    ],
    [
      'free text for a tool',
      responses({ input: [{ type: 'custom_tool_call', call_id: 'c', name: 'f', input: CARD }, user] }),
    ],
    ['the id of an item', responses({ input: [{ type: 'message', id: CARD, ...user }] })],
    [
      'a file in base64',
      responses({
        input: [{ role: 'user', content: [{ type: 'input_file', filename: 'a.csv', file_data: csv }] }],
      }),
    ],
    ['instructions', responses({ instructions: CARD, input: 'x' })],
    ['a variable of a stored prompt', responses({ prompt: { id: 'p', variables: { a: CARD } }, input: 'x' })],
    ['metadata', responses({ metadata: { a: CARD }, input: 'x' })],
    ['who the user is', responses({ user: CARD, input: 'x' })],
    ['inline text', gemini({ inlineData: { mimeType: 'text/csv', data: csv } })],
    ['inline text in the other spelling', gemini({ inline_data: { mime_type: 'text/csv', data: csv } })],
    [
      'inline text in what a function gave',
      gemini({
        functionResponse: {
          name: 'f',
          response: {},
          parts: [{ inlineData: { mimeType: 'text/csv', data: csv } }],
        },
      }),
    ],
    ['what a function gave', gemini({ function_response: { name: 'f', response: { a: CARD } } })],
    ['code that ran', gemini({ executableCode: { language: 'PYTHON', code: CARD } })],
    ['a system of its own', generate({ system: CARD })],
    ['a template', generate({ template: CARD })],
    ['raw', generate({ prompt: CARD, raw: true })],
    ['text for a picture', generate({ images: [base64(`my card is ${CARD}`)] })],
    ['one of several prompts', ['/v1/completions', { model: 'gpt', prompt: ['a', CARD] }]],
    ['what stands behind the gap', ['/v1/completions', { model: 'gpt', prompt: 'a', suffix: CARD }]],
    ['what is to be painted', ['/v1/images/generations', { model: 'gpt', prompt: CARD }]],
    ['what is to be said', ['/v1/audio/speech', { model: 'gpt', input: CARD, voice: 'v' }]],
  ]
  for (const [what, [path, body]] of attempts) {
    test(what, async () => {
      const got = await reach('POST', path, JSON.stringify(body))
      assert.equal(got.status, 403, got.text)
      assert.equal(vendor.asked.length, 0)
      const record = await house.record(idOf(got))
      assert.equal(record.outcome, 'refused')
      assert.ok(record.kinds.includes('payment'))
      assert.doesNotMatch(JSON.stringify(record), /4111 1111/)
    })
  }

  const escaped = [...CARD].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')
  const words: readonly (readonly [string, string, string, string, Record<string, string>])[] = [
    ['a step of the path', 'GET', `/x/${encodeURIComponent(CARD)}`, '', {}],
    ['a number in the path', 'DELETE', '/cards/4111111111111111', '', {}],
    ['an escaped step', 'GET', `/x/${escaped}/y`, '', {}],
    ['a query that cannot be decoded', 'GET', `/x?a=${escaped}&b=%zz`, '', {}],
    ['a header', 'GET', '/x', '', { 'x-user-card': CARD }],
    ['a header that every client sends', 'GET', '/x', '', { 'user-agent': `card ${CARD}` }],
    ['a body of DELETE', 'DELETE', '/x', JSON.stringify({ a: CARD }), {}],
    [
      'lines',
      'POST',
      '/x',
      `{}\n{"a":"\\u0034111 1111 1111 1111"}\n`,
      { 'content-type': 'application/x-ndjson' },
    ],
    [
      'JSON that says it is text',
      'POST',
      '/x',
      '{"a":"\\u0034111 1111 1111 1111"}',
      { 'content-type': 'text/plain' },
    ],
    [
      'a form in the address’s spelling',
      'POST',
      '/x',
      `a=${escaped}&b=%zz`,
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['base64', 'POST', '/x', base64(`my card is ${CARD}`), { 'content-type': 'text/plain' }],
  ]
  for (const [what, method, path, body, headers] of words) {
    test(`in a target’s own words: ${what}`, async () => {
      const got = await reach(method, `/passthrough/gpt${path}`, body, headers)
      assert.equal(got.status, 403, got.text)
      assert.equal(vendor.asked.length, 0)
      const record = await house.record(idOf(got))
      assert.equal(record.dialect, 'passthrough')
      assert.doesNotMatch(JSON.stringify(record), /4111 ?1111|%34%31/)
    })
  }

  test('a body that is packed is not taken', async () => {
    const got = await reach('POST', '/passthrough/gpt/x', gzipSync(CARD), { 'content-encoding': 'gzip' })
    assert.equal(got.headers['x-causeway-code'], 'bad_header')
    assert.equal(vendor.asked.length, 0)
  })

  test('what only the vendor has is not gone on from', async () => {
    for (const more of [
      { conversation: 'conv_1', input: 'x' },
      { conversation: { id: 'conv_1' } },
      { input: [{ type: 'item_reference', id: 'msg_1' }, user] },
      { input: [{ id: 'msg_1' }, user] },
    ]) {
      const got = await reach(
        'POST',
        ...(([path, body]) => [path, JSON.stringify(body)] as const)(responses(more)),
      )
      assert.equal(got.headers['x-causeway-code'], 'invalid_request', got.text)
    }
    assert.equal(vendor.asked.length, 0)
  })
})

describe('nobody’s key is told', () => {
  test('a client’s key goes no further, in whatever header or query it stands', async () => {
    const { key } = house
    const got = await reach(
      'GET',
      `/passthrough/gpt/x?KEY=a&%6bey=b&api%5Fkey=c&token=${key}&note=${key}&keep=1`,
      '',
      {
        'api-key': 'd',
        cookie2: 'e',
        'x-amz-security-token': 'f',
        'x-note': `it is ${key}`,
        'ocp-apim-subscription-key': 'g',
        'proxy-authorization': 'Basic h',
        'x-auth-request-access-token': 'i',
        'x-kept': 'yes',
        connection: 'x-hop, keep-alive',
        'x-hop': 'mine',
      },
    )
    assert.equal(got.status, 200, got.text)
    const [asked] = vendor.asked
    assert.equal(asked?.path, '/v1/x?keep=1')
    assert.ok(!JSON.stringify(asked).includes(key))
    for (const name of [
      'api-key',
      'cookie2',
      'x-amz-security-token',
      'ocp-apim-subscription-key',
      'proxy-authorization',
      'x-auth-request-access-token',
      'x-hop',
      'x-note',
    ])
      assert.equal(asked?.headers[name], undefined, name)
    assert.equal(asked?.headers['x-kept'], 'yes')
    assert.equal(asked?.headers['authorization'], `Bearer ${SECRET}`)
  })

  test('a vendor’s key that it repeats is taken out, in a body however it is cut, and in headers', async () => {
    const text = JSON.stringify({
      headers: { authorization: `Bearer ${SECRET}` },
      more: SECRET,
      end: SECRET.slice(0, 9),
    })
    for (const size of [1, 7, 30, 1000]) {
      const pieces: string[] = []
      for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size))
      vendor.says(() => ({
        pieces,
        headers: { 'x-echo': `Bearer ${SECRET}`, 'x-request-id': SECRET, 'x-other': 'o' },
      }))
      const got = await reach('GET', '/passthrough/gpt/echo')
      assert.ok(!got.text.includes(SECRET), got.text)
      assert.equal(got.text, text.replaceAll(SECRET, '•••'))
      assert.ok(!JSON.stringify(got.headers).includes(SECRET))
      assert.equal(got.headers['x-other'], 'o')
    }
  })

  test('a redirect is neither followed nor does it lead the client away with its key', async () => {
    vendor.says(() => ({
      status: 307,
      type: 'text/plain',
      headers: {
        location: `http://elsewhere.invalid/?key=${SECRET}`,
        refresh: '0; url=http://elsewhere.invalid/',
      },
      pieces: ['moved'],
    }))
    const got = await reach('POST', '/passthrough/gpt/x', '{}')
    assert.equal(got.status, 307)
    assert.equal(got.text, 'moved')
    assert.equal(got.headers.location, undefined)
    assert.equal(got.headers['refresh'], undefined)
    assert.equal(vendor.asked.length, 1)
    assert.equal((await house.record(idOf(got))).outcome, 'answered')
  })
})

describe('what a target answers in its own words', () => {
  test('no body, part of one, nothing new: as it says', async () => {
    for (const [method, status] of [
      ['DELETE', 204],
      ['GET', 206],
      ['GET', 304],
      ['HEAD', 200],
    ] as const) {
      vendor.says(() => ({ status, pieces: status === 206 ? ['par'] : [], headers: { etag: '"e"' } }))
      const got = await reach(method, '/passthrough/gpt/x')
      assert.equal(got.status, status)
      assert.equal(got.headers.etag, '"e"')
      assert.equal(got.text, status === 206 ? 'par' : '')
      const record = await house.record(idOf(got))
      assert.deepEqual(
        [record.outcome, record.bytes.out],
        ['answered', got.text.length],
        `${method} ${status}`,
      )
    }
  })

  test('a client that asks for what is not there does not take the target from others', async () => {
    for (const status of [404, 401, 403, 304, 500, 429, 405, 410]) {
      vendor.says(() => ({ status, pieces: status === 304 ? [] : ['{"error":{"message":"no"}}'] }))
      for (let times = 0; times < 6; times += 1) await reach('GET', '/passthrough/gpt/none')
    }
    vendor.says(() => chatWhole({ content: 'Still here.' }))
    const got = await reach(
      'POST',
      '/v1/chat/completions',
      JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'x' }] }),
    )
    assert.equal(got.status, 200, got.text)
  })

  test('packed though nobody asked: as it is where it is relayed, refused where it would be read', async () => {
    const packed = gzipSync('{"a":1}')
    vendor.says(() => ({ pieces: [packed], headers: { 'content-encoding': 'gzip' } }))
    const relayed = await fetch(`${house.url}/passthrough/gpt/x`, {
      headers: { authorization: `Bearer ${house.key}` },
    })
    assert.deepEqual(await relayed.json(), { a: 1 })
    const got = await reach(
      'POST',
      '/v1/chat/completions',
      JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'x' }] }),
    )
    assert.equal(got.headers['x-causeway-code'], 'upstream_garbled')
  })
})

describe('at the door', () => {
  test('a socket of another kind is refused in words', async () => {
    const got = await reach('GET', '/v1/responses', '', {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-version': '13',
    })
    assert.equal(got.status, 405)
    assert.equal(got.headers['x-causeway-code'], 'method_not_allowed')
  })

  test('requests one behind the other on one connection each have their own answer and record', async () => {
    const { hostname, port } = new URL(house.url)
    const one = (text: string): string => {
      const body = JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: text }] })
      return `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${house.key}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    }
    vendor.says((body) => chatWhole({ content: body.includes('first') ? 'ONE' : 'TWO' }))
    const text = await new Promise<string>((resolve, reject) => {
      let all = ''
      const socket = connect({ host: hostname, port: Number(port) }, () =>
        socket.write(one('first') + one('second')),
      )
      socket.on('data', (data) => {
        all += data.toString('latin1')
        if (all.includes('ONE') && all.includes('TWO')) socket.end()
      })
      socket.on('close', () => resolve(all))
      socket.on('error', reject)
    })
    assert.ok(text.indexOf('ONE') < text.indexOf('TWO') && text.includes('ONE'))
    const ids = [...text.matchAll(/x-causeway-request: (\S+)/g)].map(([, id]) => id ?? '')
    assert.equal(new Set(ids).size, 2)
    for (const id of ids) assert.equal((await house.record(id)).outcome, 'answered')
  })
})

describe('answers kept for one key', () => {
  const other = async (path: string, method = 'GET', body?: string): Promise<Response> =>
    fetch(`${house.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${house.key}` },
      ...(body === undefined ? {} : { body }),
    })

  test('odd ids are unknown, and nothing else', async () => {
    for (const id of [
      '%00',
      '%2e%2e',
      '..%2f..',
      "'; DROP TABLE response; --".replaceAll(' ', '%20'),
      'a'.repeat(5000),
      '%F0%9F%92%A9',
      '__proto__',
      '%zz',
    ]) {
      const got = await reach('GET', `/v1/responses/${id}`)
      assert.equal(got.status, 404, id)
      const gone = await reach('DELETE', `/v1/responses/${id}`)
      assert.equal(gone.status, 404, id)
    }
    assert.equal((await other('/v1/responses/resp_x/input_items')).status, 404)
  })

  test('an id that is named twice leads nowhere', async () => {
    const first = await reach('POST', '/v1/responses', JSON.stringify({ model: 'chat', input: 'Hello' }))
    const json: unknown = JSON.parse(first.text)
    const id = typeof json === 'object' && json !== null && 'id' in json ? String(json.id) : ''
    vendor.asked.length = 0
    const got = await reach(
      'POST',
      '/v1/responses',
      `{"model":"gpt","previous_response_id":"resp_vendor","previous_response_id":"${id}","input":"x"}`,
    )
    assert.equal(got.status, 400, got.text)
    assert.equal(vendor.asked.length, 0)
    const deleted = await reach('DELETE', `/v1/responses/${id}`)
    assert.equal(deleted.status, 200)
    const after = await reach(
      'POST',
      '/v1/responses',
      JSON.stringify({ model: 'chat', previous_response_id: id, input: 'x' }),
    )
    assert.equal(after.status, 404)
  })
})

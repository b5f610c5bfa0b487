import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

const CHAT = '/v1/chat/completions'
const say = (text: string) => ({ model: 'vendor', messages: [{ role: 'user', content: text }] })

describe('what wrong input gets', () => {
  let vendor: SimulatedVendor
  let house: OpenHouse
  before(async () => {
    vendor = await startSimulatedVendor()
    house = await openHouse({
      config: `targets:\n${simulatedTarget('vendor', vendor.url, 'closed')}limits: { body: 65536, receive: 400, messages: 50 }\n`,
    })
  })
  after(async () => {
    await house.close()
    await vendor.close()
  })

  const refused = async (
    name: string,
    path: string,
    body: unknown,
    status: number,
    code: string,
    headers: Record<string, string> = {},
  ) => {
    const seen = vendor.seen.length
    const response = await house.post(path, body, headers)
    const text = await response.text()
    assert.equal(response.status, status, `${name}: ${text}`)
    assert.equal(response.headers.get('x-causeway-code'), code, text)
    assert.ok(!text.includes('    at ') && !text.includes('node:'), 'no stack')
    assert.equal(vendor.seen.length, seen, 'nothing left the gateway')
    const record = await house.record(response)
    assert.equal(record.code, code)
    return text
  }

  const cases: readonly (readonly [string, string, unknown, number, string])[] = [
    ['no JSON', CHAT, '{"model": "vendor", "messages": [', 400, 'invalid_json'],
    ['not an object', CHAT, '[1,2]', 400, 'invalid_json'],
    ['an empty body', CHAT, '', 400, 'invalid_json'],
    ['messages of the wrong type', CHAT, { model: 'vendor', messages: 'hello' }, 400, 'invalid_request'],
    ['no messages', CHAT, { model: 'vendor' }, 400, 'invalid_request'],
    ['no model', CHAT, { messages: [{ role: 'user', content: 'x' }] }, 400, 'invalid_request'],
    ['max_tokens as text', CHAT, { ...say('x'), max_tokens: '12' }, 400, 'invalid_request'],
    ['max_tokens negative', CHAT, { ...say('x'), max_tokens: -1 }, 400, 'invalid_request'],
    [
      'max_tokens beyond numbers',
      CHAT,
      '{"model":"vendor","messages":[{"role":"user","content":"x"}],"max_tokens":1e400}',
      400,
      'invalid_request',
    ],
    [
      'a key twice',
      CHAT,
      '{"model":"vendor","model":"other","messages":[{"role":"user","content":"x"}]}',
      400,
      'duplicate_key',
    ],
    [
      'a key twice deep inside',
      CHAT,
      '{"model":"vendor","messages":[{"role":"user","content":"x","content":"y"}]}',
      400,
      'duplicate_key',
    ],
    [
      'depth',
      CHAT,
      `{"model":"vendor","messages":[{"role":"user","content":"x"}],"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      400,
      'too_deep',
    ],
    [
      'too many messages',
      CHAT,
      { model: 'vendor', messages: Array.from({ length: 51 }, () => ({ role: 'user', content: 'x' })) },
      400,
      'too_many_messages',
    ],
    ['a huge body', CHAT, say('x'.repeat(70_000)), 413, 'body_too_large'],
    ['an unknown model', CHAT, { ...say('x'), model: 'nobody' }, 404, 'unknown_model'],
    ['an unknown path', '/v1/nothing', say('x'), 404, 'unknown_route'],
    [
      'Anthropic without max_tokens',
      '/v1/messages',
      { model: 'vendor', messages: [{ role: 'user', content: 'x' }] },
      400,
      'invalid_request',
    ],
  ]
  for (const [name, path, body, status, code] of cases) {
    test(`${name}: ${status} ${code}`, () => refused(name, path, body, status, code).then(() => undefined))
  }

  test('invalid UTF-8: 400 invalid_json', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"model":"vendor","messages":[{"role":"user","content":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}]}'),
    ])
    const response = await fetch(`${house.url}${CHAT}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.key}` },
      body: bytes,
    })
    assert.equal(response.status, 400)
    assert.equal(response.headers.get('x-causeway-code'), 'invalid_json')
  })

  for (const [name, headers, status, code] of [
    ['no key', { authorization: '' }, 401, 'unauthenticated'],
    ['a wrong key', { authorization: 'Bearer cw-wrong' }, 401, 'unauthenticated'],
    ['an injection instead of a key', { authorization: "Bearer '--OR1=1" }, 401, 'unauthenticated'],
    ['two different keys', { 'x-api-key': 'another' }, 401, 'ambiguous_credentials'],
    ['an unknown side', { 'x-causeway-side': 'own,moon' }, 400, 'bad_header'],
    ['an unknown level', { 'x-causeway-label': 'secretish' }, 400, 'bad_header'],
    ['a use that the key lacks', { 'x-causeway-use': 'other' }, 400, 'unknown_use'],
    ['a misspelt wish', { 'x-causeway-sides': 'own' }, 400, 'bad_header'],
    ['a wish that is neither true nor false', { 'x-causeway-strict': 'TRUE' }, 400, 'bad_header'],
    ['a compressed body', { 'content-encoding': 'gzip' }, 400, 'bad_header'],
  ] as const) {
    test(`${name}: ${status} ${code}`, () =>
      refused(name, CHAT, say('x'), status, code, headers).then(() => undefined))
  }

  test('a path of nobody is refused in the shape of the client’s own dialect', async () => {
    for (const [path, headers, shape] of [
      ['/v1/files', {}, /^\{"error":\{"message":/],
      [
        '/v1/files',
        { 'anthropic-version': '2023-06-01' },
        /^\{"type":"error","error":\{"type":"not_found_error"/,
      ],
      ['/v1beta/files', {}, /^\{"error":\{"code":404,/],
      ['/api/ps', {}, /^\{"error":"/],
    ] as const)
      assert.match(await refused(path, path, say('x'), 404, 'unknown_route', headers), shape, path)
  })

  test('an unknown model lists what there is', async () => {
    const text = await refused('list', CHAT, { ...say('x'), model: 'vendr' }, 404, 'unknown_model')
    assert.ok(text.includes('vendor'))
  })

  test('a wrong method: 405 with allow', async () => {
    const response = await fetch(`${house.url}${CHAT}`)
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'POST')
    await response.text()
  })

  test('errors have the shape of the dialect', async () => {
    const openai: unknown = await (await house.post(CHAT, 'x')).json()
    assert.ok(
      typeof openai === 'object' &&
        openai !== null &&
        'error' in openai &&
        typeof openai.error === 'object' &&
        openai.error !== null &&
        'code' in openai.error,
    )
    const anthropic: unknown = await (await house.post('/v1/messages', 'x')).json()
    assert.ok(
      typeof anthropic === 'object' &&
        anthropic !== null &&
        'type' in anthropic &&
        anthropic.type === 'error' &&
        'request_id' in anthropic,
    )
  })

  test('a body that does not arrive: 408 request_timeout', async () => {
    const answer = await raw(
      house,
      `POST ${CHAT} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${house.key}\r\ncontent-length: 500\r\n\r\n{"model"`,
    )
    assert.match(answer, /^HTTP\/1\.1 408 /)
    assert.match(answer, /request_timeout/)
  })

  test('a wish said twice is refused, not joined into a wider one', async () => {
    const body = JSON.stringify(say('x'))
    const answer = await raw(
      house,
      `POST ${CHAT} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${house.key}\r\nx-causeway-side: own\r\nx-causeway-side: closed\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    )
    assert.match(answer, /^HTTP\/1\.1 400 /)
    assert.match(answer, /came twice/)
  })

  test('an absolute request target is refused', async () => {
    const answer = await raw(
      house,
      `POST http://169.254.169.254/v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    )
    assert.match(answer, /^HTTP\/1\.1 404 /)
  })

  test('a base address in the body is never used', async () => {
    const other = await startSimulatedVendor()
    const response = await house.post(CHAT, { ...say('hello'), base_url: other.url, api_base: other.url })
    assert.equal(response.status, 200)
    await response.text()
    assert.equal(other.seen.length, 0)
    await other.close()
  })

  test('the client’s key never goes upstream', () => {
    for (const { headers, body } of vendor.seen)
      assert.ok(!JSON.stringify(headers).includes(house.key) && !body.includes(house.key))
    assert.ok(vendor.seen.length > 0)
  })
})

const raw = (house: OpenHouse, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(house.url)
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8')
      if (answer.includes('\r\n\r\n') && answer.includes('}')) socket.end()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

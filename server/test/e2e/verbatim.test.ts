import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type OpenHouse, openHouse } from '../open-house.ts'
import { type ScriptedModel, startScriptedModel, whole } from '../simulated/scripted.ts'

const CARD = '4111 1111 1111 1111'

describe('a target is sent its own words', () => {
  let vendor: ScriptedModel
  let house: OpenHouse
  const reach = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${house.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${house.key}`, ...init.headers },
    })

  before(async () => {
    vendor = await startScriptedModel()
    const target = (name: string, more: string): string =>
      `  - { name: ${name}, provider: openai-compatible, url: "${vendor.url}", model: simulated, side: closed, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY${more} }\n`
    house = await openHouse({
      config: `targets:\n${target('vendor', ', passthrough: true')}${target('shut', '')}`,
      environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
    })
  })
  beforeEach(() => {
    vendor.asked.length = 0
    vendor.says(() => whole({ id: 'file-1', usage: { prompt_tokens: 3, completion_tokens: 4 } }))
  })
  after(async () => {
    await house.close()
    await vendor.close()
  })

  test('method, path, query and body arrive as they left; the credential is the target’s', async () => {
    const text = '{"b": 1.50,  "a":"ü"}'
    const response = await reach('/passthrough/vendor/files/f-1?purpose=x&key=client-key&limit=2', {
      method: 'PUT',
      body: text,
      headers: {
        'content-type': 'application/json',
        'x-vendor-word': 'kept',
        cookie: 'a=b',
        'x-causeway-label': 'public',
      },
    })
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), {
      id: 'file-1',
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    })
    const [asked] = vendor.asked
    assert.equal(asked?.method, 'PUT')
    assert.equal(asked?.path, '/v1/files/f-1?purpose=x&limit=2')
    assert.equal(asked?.body, text)
    assert.equal(asked?.headers['authorization'], 'Bearer simulated-credential-0123456789')
    assert.equal(asked?.headers['x-vendor-word'], 'kept')
    assert.equal(asked?.headers['cookie'], undefined)
    assert.equal(asked?.headers['x-causeway-label'], undefined)
    const record = await house.record(response)
    assert.equal(record.target, 'vendor')
    assert.equal(record.dialect, 'passthrough')
    assert.deepEqual([record.usage.input, record.usage.output, record.usage.estimated], [3, 4, false])
  })

  test('its own status, type and headers come back, refusals too', async () => {
    vendor.says(() => ({
      status: 201,
      type: 'audio/mpeg',
      headers: { 'x-vendor-fact': 'yes', 'set-cookie': 'spy=1', etag: '"e"' },
      pieces: [Uint8Array.of(1, 2, 255), Uint8Array.of(0)],
    }))
    const made = await reach('/passthrough/vendor/audio', { method: 'POST', body: '{}' })
    assert.equal(made.status, 201)
    assert.equal(made.headers.get('content-type'), 'audio/mpeg')
    assert.equal(made.headers.get('x-vendor-fact'), 'yes')
    assert.equal(made.headers.get('set-cookie'), null)
    assert.deepEqual([...new Uint8Array(await made.arrayBuffer())], [1, 2, 255, 0])
    vendor.says(() => whole({ error: { message: 'no such file, simulated-credential-0123456789' } }, 404))
    const refused = await reach('/passthrough/vendor/files/none')
    assert.equal(refused.status, 404)
    const text = await refused.text()
    assert.match(text, /no such file/)
    assert.ok(!text.includes('simulated-credential'), text)
  })

  test('what may not leave does not, in JSON, in a query, in bytes', async () => {
    for (const [path, init] of [
      [
        '/passthrough/vendor/x',
        { method: 'POST', body: JSON.stringify({ deep: [{ note: `card ${CARD}` }] }) },
      ],
      [`/passthrough/vendor/x?note=card+${encodeURIComponent(CARD)}`, {}],
    ] as const) {
      const response = await reach(path, init)
      assert.equal(response.status, 403, path)
      assert.equal(response.headers.get('x-causeway-code'), 'policy_denied')
    }
    assert.equal(vendor.asked.length, 0)
    const raised = await reach('/passthrough/vendor/x', {
      method: 'POST',
      body: Uint8Array.of(255, 2, 3),
      headers: { 'content-type': 'application/octet-stream', 'x-causeway-label': 'restricted' },
    })
    assert.equal(raised.status, 403)
    assert.match(raised.headers.get('x-causeway-label') ?? '', /unread/)
  })

  test('only where the target says so, and only under its address', async () => {
    const shut = await reach('/passthrough/shut/files')
    assert.equal(shut.status, 403)
    assert.equal(shut.headers.get('x-causeway-code'), 'passthrough_closed')
    const unknown = await reach('/passthrough/nobody/files')
    assert.equal(unknown.status, 404)
    assert.equal((await fetch(`${house.url}/passthrough/vendor/files`)).status, 401)
    const { port } = new URL(house.url)
    for (const path of ['/../x', '/%2e%2e/x', '/a/..%2fx', '/a/%2E./x', '/a\\..\\x', '/..']) {
      const status = await new Promise<number>((resolve, reject) => {
        const sent = httpRequest(
          {
            host: '127.0.0.1',
            port,
            path: `/passthrough/vendor${path}`,
            headers: { authorization: `Bearer ${house.key}` },
          },
          (response) => {
            response.resume()
            resolve(response.statusCode ?? 0)
          },
        )
        sent.on('error', reject)
        sent.end()
      })
      assert.equal(status, 404, path)
    }
    assert.equal(vendor.asked.length, 0)
  })

  test('answers are watched', async () => {
    const secret = `AKIA${'IOSFODNN7EXAMPL2'}`
    const watched = await openHouse({
      config: `targets:\n  - { name: vendor, provider: openai-compatible, url: "${vendor.url}", model: simulated, side: closed, simulated: true, addresses: [127.0.0.0/8], passthrough: true }\nguard: { watch: all, answers: { secret: mask } }\n`,
    })
    vendor.says(() =>
      whole({
        note: `the key is ${secret} and aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzKEY12`,
      }),
    )
    const response = await fetch(`${watched.url}/passthrough/vendor/x`, {
      headers: { authorization: `Bearer ${watched.key}` },
    })
    const text = await response.text()
    assert.ok(!text.includes(secret), text)
    await watched.close()
  })
})

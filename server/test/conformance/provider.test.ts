import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Call, CausewayError, CODES, type Dialect, SIDES, type Target } from '../../src/domain/index.ts'
import { PROVIDERS, type Preset, providerOf } from '../../src/providers/index.ts'
import { FAULTS } from './provider-faults.ts'

/* One suite over every provider in the list. A new one is tested by being listed. */

const SECRET = 'sk-conformance-0123456789abcdef0123456789'

const call = (operation: Call['operation'], dialect: Dialect, stream = false): Call => ({
  id: 'cw_0',
  operation,
  dialect,
  source: '{}',
  json: {},
  model: 'auto',
  modelSpan: [0, 0],
  stream,
  wantsUsage: false,
  media: [],
  needs: {
    tools: false,
    images: false,
    audio: false,
    files: false,
    structured: false,
    inputTokens: 1,
    outputTokens: 0,
  },
  dialectHeaders: { 'anthropic-version': '2024-01-01', 'anthropic-beta': 'one,two' },
})

const target = (provider: Preset): Target => ({
  name: 'it',
  provider: provider.name,
  url: provider.url ?? 'http://127.0.0.1:9/v1',
  model: 'm',
  side: provider.sides[0] ?? 'closed',
  dialects: provider.dialects,
  operations: provider.operations,
  addresses: [],
  credential: 'env:SOME_KEY',
  region: null,
  jurisdiction: null,
  tenancy: null,
  openness: null,
  license: null,
  agreements: [],
  context: null,
  fit: 'refuse',
  ...provider.capabilities,
  quality: null,
  price: null,
  simulated: false,
  timeouts: { connect: 1, firstByte: 1, idle: 1 },
  options: {},
})

const PATHS: readonly (readonly [Call['operation'], Dialect, string])[] = [
  ['chat', 'openai-chat', '/chat/completions'],
  ['embed', 'openai-embeddings', '/embeddings'],
  ['chat', 'anthropic-messages', '/messages'],
  ['count', 'anthropic-messages', '/messages/count_tokens'],
]

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof CausewayError) return thrown.fault.code
    throw thrown
  }
  return 'nothing was thrown'
}

it('looks at every provider', () => {
  assert.equal(PROVIDERS.size, 12)
  assert.equal(
    codeOf(() => providerOf('nobody')),
    'config_invalid',
  )
  assert.equal(
    codeOf(() => providerOf('constructor')),
    'config_invalid',
  )
})

for (const provider of PROVIDERS.values()) {
  describe(provider.name, () => {
    it('says who it is', () => {
      assert.match(provider.name, /^[a-z][a-z0-9-]*$/)
      assert.equal(providerOf(provider.name), provider)
      assert.notEqual(provider.title, '')
      if (provider.url !== null) {
        const url = new URL(provider.url)
        assert.match(provider.url, /[^/]$/)
        assert.equal(url.search + url.hash + url.username, '')
        const loopback = url.hostname === '127.0.0.1'
        assert.equal(url.protocol, loopback ? 'http:' : 'https:', 'plain HTTP on loopback only')
        assert.equal(provider.sides[0] === 'own', loopback, 'its first side fits where it is')
      }
    })

    it('is on sides that fit together', () => {
      assert.ok(provider.sides.length > 0)
      assert.equal(new Set(provider.sides).size, provider.sides.length)
      for (const side of provider.sides) assert.ok(SIDES.includes(side))
      if (provider.facts.openness === 'proprietary') assert.deepEqual(provider.sides, ['closed'])
      if (provider.needsKey)
        assert.ok(!provider.sides.includes('own'), 'a vendor that demands a key is not our machine')
      if (provider.sides[0] === 'own') assert.equal(provider.priceId, null, 'own machines have no list price')
    })

    it('offers the operations of its dialects and no others', () => {
      const expected = PATHS.filter(([, dialect]) => provider.dialects.includes(dialect)).map(
        ([operation]) => operation,
      )
      assert.deepEqual([...provider.operations].sort(), [...new Set(expected)].sort())
    })

    it('checks its options strictly, naming the key and never the value', () => {
      assert.deepEqual(provider.options({}), {})
      assert.throws(
        () => provider.options({ surprise: SECRET }),
        (thrown: unknown) =>
          thrown instanceof CausewayError &&
          thrown.fault.code === 'config_invalid' &&
          thrown.message.includes('options.surprise') &&
          !thrown.message.includes(SECRET),
      )
    })

    for (const [operation, dialect, path] of PATHS) {
      if (!provider.dialects.includes(dialect)) continue
      it(`asks for ${operation} in ${dialect}`, () => {
        const made = provider.request(call(operation, dialect, true), target(provider), dialect, '{"a":1}')
        assert.equal(made.path, path)
        assert.equal(made.method, 'POST')
        assert.equal(made.body, '{"a":1}')
        assert.equal(made.headers['content-type'], 'application/json')
        assert.equal(made.headers['accept'], 'text/event-stream')
        assert.equal(
          made.headers['anthropic-version'],
          dialect === 'anthropic-messages' ? '2024-01-01' : undefined,
        )
        assert.equal(made.headers['anthropic-beta'], dialect === 'anthropic-messages' ? 'one,two' : undefined)
        for (const name of Object.keys(made.headers)) assert.equal(name, name.toLowerCase())
        assert.equal(
          provider.request(call(operation, dialect), target(provider), dialect, '').headers['accept'],
          'application/json',
        )
      })
    }

    it('refuses an operation that the dialect has not', () => {
      const [dialect] = provider.dialects
      assert.ok(dialect !== undefined)
      assert.equal(
        codeOf(() => provider.request(call('embed', dialect), target(provider), dialect, '')),
        'cannot_translate',
      )
    })

    it("gives a dialect's version itself where the client spoke another", () => {
      if (!provider.dialects.includes('anthropic-messages')) return
      const made = provider.request(call('chat', 'openai-chat'), target(provider), 'anthropic-messages', '')
      assert.equal(made.headers['anthropic-version'], '2023-06-01')
      assert.equal(made.headers['anthropic-beta'], undefined)
    })

    it('holds no secret before it is signed, and exactly one header of it after', () => {
      const dialect = provider.dialects[0] ?? 'openai-chat'
      const made = provider.request(call('chat', dialect), target(provider), dialect, '{}')
      const before = JSON.stringify(made)
      assert.ok(!before.includes(SECRET))
      assert.equal(made.headers['authorization'] ?? made.headers['x-api-key'], undefined)
      const signed = provider.sign(made, SECRET)
      const carrying = Object.entries(signed.headers).filter(([, value]) => value.includes(SECRET))
      assert.equal(carrying.length, 1)
      assert.ok(['authorization', 'x-api-key'].includes(carrying[0]?.[0] ?? ''))
      assert.equal(JSON.stringify(made), before, 'the unsigned request is left as it was')
      assert.equal(signed.path + signed.body, made.path + made.body)
    })

    it('signs nothing it cannot send, and says so without the secret', () => {
      const dialect = provider.dialects[0] ?? 'openai-chat'
      const made = provider.request(call('chat', dialect), target(provider), dialect, '{}')
      for (const bad of [`${SECRET}\r\nx-evil: 1`, `${SECRET}é`, `${SECRET} two`]) {
        assert.throws(
          () => provider.sign(made, bad),
          (thrown: unknown) =>
            thrown instanceof CausewayError &&
            thrown.fault.code === 'upstream_auth' &&
            !thrown.message.includes(SECRET),
        )
      }
      if (provider.needsKey)
        assert.equal(
          codeOf(() => provider.sign(made, null)),
          'upstream_auth',
        )
      else assert.deepEqual(provider.sign(made, null), made)
    })

    it('reads every refusal in the table', () => {
      for (const { name, status, headers, body, expected } of FAULTS) {
        const fault = provider.fault({ status, headers: headers ?? {} }, body)
        const { message, ...rest } = fault
        const { says, ...facts } = expected
        assert.deepEqual(rest, { after: null, ...facts }, name)
        assert.ok(fault.code in CODES)
        if (says !== undefined) assert.match(message, says, name)
        assert.ok(message.length > 0 && message.length <= 500, name)
        assert.doesNotMatch(message, /[\u0000-\u001f]/, name)
      }
    })

    it('reads any status and any rubbish', () => {
      for (let status = 0; status < 700; status += 1) {
        for (const body of [
          '',
          'null',
          '[]',
          '{"error":null}',
          '[[[[[[[[[[1]]]]]]]]]]',
          '{"error":{"message":{"a":{}}}}',
          '<',
          '\u0000',
        ]) {
          const fault = provider.fault({ status, headers: {} }, body)
          assert.ok(fault.message.length > 0 && fault.message.length <= 500)
        }
      }
    })
  })
}

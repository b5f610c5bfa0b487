import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type Call,
  CausewayError,
  CODES,
  DIALECTS,
  type Dialect,
  PLAIN_QUIRKS,
  SIDES,
  type Signing,
  type Target,
  type UpstreamRequest,
} from '../../src/domain/index.ts'
import { PROVIDERS, type Preset, providerOf } from '../../src/providers/index.ts'
import { FAULTS } from './provider-faults.ts'
import { CLOUD_FAULTS } from './provider-faults-of-clouds.ts'
import {
  addressOf,
  BODY,
  bodyFor,
  callOf,
  FORM,
  LACKS,
  OPTIONS,
  QUESTIONS,
  targetOf,
} from './provider-subjects.ts'

/* One suite over every provider in the list, and every dialect it names. A new one is tested by being listed. */

const SECRET = 'sk-conformance-0123456789abcdef0123456789'
const KEY_HEADERS = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key']

const signing = (target: Target): Signing => ({ target, now: Date.UTC(2026, 9, 21, 7, 28) })

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof CausewayError) return thrown.fault.code
    throw thrown
  }
  return 'nothing was thrown'
}

/** Ways of one upstream to be let in, by options. */
const WAYS_IN: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  azure: [{ auth: 'key' }, { auth: 'entra' }],
  vertex: [{ auth: 'token' }, { auth: 'key' }],
}

const first = (provider: Preset): Dialect => {
  const [dialect] = provider.dialects
  assert.ok(dialect !== undefined)
  return dialect
}

const plainCall = (provider: Preset): Call => {
  const dialect = first(provider)
  return callOf(dialect === 'openai-embeddings' ? 'embed' : 'chat', dialect)
}

it('looks at every provider', () => {
  assert.equal(PROVIDERS.size, 37)
  assert.equal(
    codeOf(() => providerOf('nobody')),
    'config_invalid',
  )
  assert.equal(
    codeOf(() => providerOf('constructor')),
    'config_invalid',
  )
})

it('has a question for every operation of every dialect that is spoken to upstreams', () => {
  const asked = new Set(QUESTIONS.map(({ dialect }) => dialect))
  for (const dialect of DIALECTS) assert.equal(asked.has(dialect), dialect !== 'passthrough', dialect)
  const spoken = new Set([...PROVIDERS.values()].flatMap(({ dialects }) => dialects))
  assert.deepEqual([...spoken].sort(), [...asked].sort())
})

for (const provider of PROVIDERS.values()) {
  const questions = QUESTIONS.filter(
    ({ operation, dialect }) =>
      provider.dialects.includes(dialect) && LACKS[provider.name]?.includes(operation) !== true,
  )

  describe(provider.name, () => {
    it('says who it is', () => {
      assert.match(provider.name, /^[a-z][a-z0-9-]*$/)
      assert.equal(providerOf(provider.name), provider)
      assert.notEqual(provider.title, '')
      for (const text of [provider.url, targetOf(provider).url]) {
        if (text === null) continue
        const url = new URL(text)
        assert.match(text, /[^/]$/)
        assert.equal(url.search + url.hash + url.username, '')
        const loopback = url.hostname === '127.0.0.1'
        assert.equal(url.protocol, loopback ? 'http:' : 'https:', 'plain HTTP on loopback only')
        if (provider.url !== null || OPTIONS[provider.name] !== undefined)
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
      if (provider.sides[0] === 'own') {
        assert.equal(provider.priceId, null, 'own machines have no list price')
        assert.equal(provider.facts.jurisdiction, null, 'own machines are under the law of their owner')
      }
      assert.match(provider.facts.jurisdiction ?? 'XX', /^[A-Z]{2}$/)
    })

    it('names its key where it needs one, and offers itself at first start by no other', () => {
      assert.equal(provider.keyVariable !== null, provider.needsKey)
      assert.match(provider.keyVariable ?? 'A_KEY', /^[A-Z][A-Z0-9_]+$/)
      if (provider.environment !== null) assert.equal(provider.environment.variable, provider.keyVariable)
    })

    it('has a whole record of its quirks', () => {
      assert.deepEqual(
        Object.keys(provider.quirks)
          .filter((key) => key !== 'customTools')
          .sort(),
        Object.keys(PLAIN_QUIRKS).sort(),
      )
      assert.ok(Object.isFrozen(provider.quirks))
      const { maxTokensField, unsupported } = provider.quirks
      assert.ok(!unsupported.includes(maxTokensField))
      if (unsupported.includes('stream_options')) assert.equal(provider.quirks.streamUsage, false)
    })

    it('offers the operations of its dialects and no others, but for those it is known to lack', () => {
      const all = QUESTIONS.filter(({ dialect }) => provider.dialects.includes(dialect))
      const lacks = LACKS[provider.name] ?? []
      const expected = new Set(all.map(({ operation }) => operation).filter((one) => !lacks.includes(one)))
      assert.deepEqual([...provider.operations].sort(), [...expected].sort())
      for (const lacked of lacks)
        assert.ok(
          all.some(({ operation }) => operation === lacked),
          lacked,
        )
      for (const dialect of provider.dialects)
        assert.ok(
          questions.some((question) => question.dialect === dialect),
          dialect,
        )
    })

    it('checks its options strictly, naming the key and never the value', () => {
      const options = OPTIONS[provider.name] ?? {}
      const read = provider.options(options)
      for (const [key, value] of Object.entries(options)) assert.equal(read[key], value)
      if (provider.optionNames.length === 0) assert.deepEqual(provider.options({}), {})
      assert.throws(
        () => provider.options({ ...options, surprise: SECRET }),
        (thrown: unknown) =>
          thrown instanceof CausewayError &&
          thrown.fault.code === 'config_invalid' &&
          thrown.message.includes('options.surprise') &&
          !thrown.message.includes(SECRET),
      )
      for (const name of provider.optionNames) {
        assert.throws(
          () => provider.options({ ...options, [name]: `${SECRET}\n` }),
          (thrown: unknown) =>
            thrown instanceof CausewayError &&
            thrown.message.includes(`options.${name}`) &&
            !thrown.message.includes(SECRET),
        )
      }
    })

    it('finds its place for whatever is stated', () => {
      for (const options of [{}, { region: 1, location: [], resource: null, project: {} }, { region: '' }]) {
        for (const model of ['', 'm', 'a/b:c', 'us.x.y', 'global.x.y', 'claude-x', ':']) {
          for (const url of [null, 'http://h:1/v1/', 'rubbish', '']) {
            const located = provider.locate({ url, model, region: null, options })
            assert.ok(located.dialects.length > 0)
            for (const dialect of located.dialects) assert.ok(provider.dialects.includes(dialect))
            for (const operation of located.operations) assert.ok(provider.operations.includes(operation))
            assert.doesNotMatch(located.url ?? 'x', /\/$/)
          }
        }
      }
      const kept = provider.locate({
        url: 'https://proxy.example/a/b',
        model: 'm',
        region: null,
        options: {},
      })
      assert.equal(kept.url, 'https://proxy.example/a/b', 'an address of its own is kept')
    })

    for (const question of questions) {
      const { operation, dialect, accepts, source } = question
      it(`asks for ${operation} in ${dialect} at ${question.path}`, () => {
        const target = targetOf(provider, dialect)
        assert.ok(target.dialects.includes(dialect))
        assert.ok(target.operations.includes(operation))
        const made = provider.request(callOf(operation, dialect, true, { source }), target, dialect, BODY)
        assert.equal(target.url + made.path, addressOf(provider, question, true))
        assert.equal(made.method, 'POST')
        assert.equal(made.body, bodyFor(provider, question))
        assert.equal(made.headers['content-type'], 'application/json')
        assert.equal(made.headers['accept'], accepts)
        const spoken = dialect === 'anthropic-messages'
        assert.equal(
          made.headers['anthropic-version'],
          spoken && provider.name !== 'vertex' ? '2024-01-01' : undefined,
        )
        assert.equal(made.headers['anthropic-beta'], spoken ? 'one,two' : undefined)
        for (const name of Object.keys(made.headers)) assert.equal(name, name.toLowerCase())
        const whole = provider.request(callOf(operation, dialect, false, { source }), target, dialect, BODY)
        assert.equal(target.url + whole.path, addressOf(provider, question, false))
        assert.equal(whole.headers['accept'], accepts === '*/*' ? '*/*' : 'application/json')
      })

      it(`sends ${operation} in ${dialect} as bytes where it came as such`, () => {
        const target = targetOf(provider, dialect)
        const made = provider.request(callOf(operation, dialect), target, dialect, FORM)
        assert.equal(made.body, FORM)
        assert.equal(made.headers['content-type'], FORM.type)
      })
    }

    it('refuses an operation that the dialect has not', () => {
      for (const dialect of provider.dialects) {
        const target = targetOf(provider, dialect)
        const lacking = dialect === 'openai-images' ? null : 'image'
        if (lacking === null) continue
        assert.equal(
          codeOf(() => provider.request(callOf(lacking, dialect), target, dialect, '')),
          'cannot_translate',
        )
      }
    })

    it("gives a dialect's version itself where the client spoke another", () => {
      if (!provider.dialects.includes('anthropic-messages') || provider.name === 'vertex') return
      const target = targetOf(provider, 'anthropic-messages')
      const made = provider.request(callOf('chat', 'openai-chat'), target, 'anthropic-messages', '')
      assert.equal(made.headers['anthropic-version'], '2023-06-01')
      assert.equal(made.headers['anthropic-beta'], undefined)
    })

    it('repeats what a client says in its own words, and adds the credential', () => {
      const headers = { 'content-type': 'text/plain', 'x-own': '1', accept: 'image/png' }
      const verbatim = { method: 'PATCH', path: '/files/a%20b?limit=1&x=', headers }
      const call = callOf('passthrough', 'passthrough', true, { verbatim })
      const target = targetOf(provider)
      for (const body of ['as it came', FORM]) {
        const made = provider.request(call, target, 'passthrough', body)
        assert.equal(made.method, 'PATCH')
        assert.equal(made.path, verbatim.path)
        assert.equal(made.body, body)
        assert.deepEqual(made.headers, headers)
        const signed = provider.sign(made, SECRET, signing(target))
        assert.equal(carrying(signed).length, 1)
        for (const [name, value] of Object.entries(headers)) assert.equal(signed.headers[name], value)
        assert.equal(signed.body, body)
      }
    })

    const carrying = ({ headers }: UpstreamRequest): readonly string[] =>
      Object.entries(headers).flatMap(([name, value]) => (value.includes(SECRET) ? [name] : []))

    it('holds no secret before it is signed, and exactly one header of it after', () => {
      const seen = new Set<string>()
      for (const way of WAYS_IN[provider.name] ?? [{}]) {
        for (const { operation, dialect } of questions) {
          const target = targetOf(provider, dialect, way)
          const made = provider.request(callOf(operation, dialect), target, dialect, BODY)
          const before = JSON.stringify(made)
          assert.ok(!before.includes(SECRET))
          for (const name of KEY_HEADERS) assert.equal(made.headers[name], undefined)
          const signed = provider.sign(made, SECRET, signing(target))
          const [header, ...others] = carrying(signed)
          assert.ok(header !== undefined && KEY_HEADERS.includes(header))
          assert.deepEqual(others, [])
          assert.deepEqual(
            Object.keys(signed.headers).filter((name) => KEY_HEADERS.includes(name)),
            [header],
          )
          assert.equal(signed.headers[header], header === 'authorization' ? `Bearer ${SECRET}` : SECRET)
          assert.equal(JSON.stringify(made), before, 'the unsigned request is left as it was')
          assert.deepEqual([signed.method, signed.path, signed.body], [made.method, made.path, made.body])
          seen.add(header)
        }
      }
      assert.ok(seen.size >= (WAYS_IN[provider.name]?.length ?? 1), 'every way in is another header')
    })

    it('signs nothing it cannot send, and says so without the secret', () => {
      const target = targetOf(provider)
      const made = provider.request(plainCall(provider), target, first(provider), '{}')
      for (const bad of [`${SECRET}\r\nx-evil: 1`, `${SECRET}é`, `${SECRET} two`]) {
        assert.throws(
          () => provider.sign(made, bad, signing(target)),
          (thrown: unknown) =>
            thrown instanceof CausewayError &&
            thrown.fault.code === 'upstream_auth' &&
            !thrown.message.includes(SECRET),
        )
      }
      for (const none of [null, '']) {
        if (provider.needsKey)
          assert.equal(
            codeOf(() => provider.sign(made, none, signing(target))),
            'upstream_auth',
          )
        else assert.deepEqual(provider.sign(made, none, signing(target)), made)
      }
    })

    it('reads every refusal in the table', () => {
      for (const { name, status, headers, body, expected } of [...FAULTS, ...CLOUD_FAULTS]) {
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
      const bodies = [
        '',
        'null',
        '[]',
        '{"error":null}',
        '[[[[[[[[[[1]]]]]]]]]]',
        '{"error":{"message":{"a":{}}}}',
        '<',
        '\u0000',
      ]
      for (let status = 0; status < 700; status += 1) {
        for (const body of status % 50 === 0 ? bodies : [bodies[status % bodies.length] ?? '']) {
          const fault = provider.fault({ status, headers: {} }, body)
          assert.ok(fault.message.length > 0 && fault.message.length <= 500)
        }
      }
    })
  })
}

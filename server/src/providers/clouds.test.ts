import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { callOf, FORM, targetOf } from '../../test/conformance/provider-subjects.ts'
import { CausewayError, type Target, type UpstreamRequest } from '../domain/index.ts'
import { providerOf } from './index.ts'
import { rewritten } from './rewrite.ts'

const NOW = Date.UTC(2026, 9, 21, 7, 28)
const bedrock = providerOf('bedrock')
const ACCESS = 'AKIDEXAMPLE0EXAMPLE0'
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const SESSION = 'IQoJb3JpZ2luX2VjEXAMPLE//token=='

const refusal = (act: () => unknown): CausewayError => {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof CausewayError) return thrown
    throw thrown
  }
  throw new Error('nothing was thrown')
}

describe('a request to AWS signed with its keys', () => {
  const target = targetOf(bedrock)
  const request = (more: Partial<UpstreamRequest> = {}): UpstreamRequest => ({
    ...bedrock.request(callOf('chat', 'bedrock-converse', true), target, 'bedrock-converse', '{"a":1}'),
    ...more,
  })
  const sign = (credential: string, made = request(), at: Target = target): UpstreamRequest =>
    bedrock.sign(made, credential, { target: at, now: NOW })

  it('carries a signature for its region and service, and the secret nowhere', () => {
    const signed = sign(`${ACCESS}:${SECRET}`)
    assert.match(
      signed.headers['authorization'] ?? '',
      new RegExp(
        `^AWS4-HMAC-SHA256 Credential=${ACCESS}/20261021/eu-central-1/bedrock/aws4_request, SignedHeaders=accept;content-type;host;x-amz-date, Signature=[0-9a-f]{64}$`,
      ),
    )
    assert.equal(signed.headers['x-amz-date'], '20261021T072800Z')
    assert.equal(signed.headers['x-amz-security-token'], undefined)
    assert.equal(signed.headers['host'], undefined, 'the connection writes it')
    assert.ok(!JSON.stringify(signed).includes(SECRET))
    assert.deepEqual([signed.method, signed.path, signed.body], ['POST', request().path, '{"a":1}'])
  })

  it('is the same for every way to write the keys down', () => {
    const plain = sign(`${ACCESS}:${SECRET}:${SESSION}`)
    assert.equal(plain.headers['x-amz-security-token'], SESSION)
    assert.ok(!JSON.stringify(plain).includes(SECRET))
    const keys = { accessKeyId: ACCESS, secretAccessKey: SECRET, sessionToken: SESSION }
    assert.deepEqual(sign(JSON.stringify(keys)), plain)
    const tool = {
      Version: 1,
      AccessKeyId: ACCESS,
      SecretAccessKey: SECRET,
      SessionToken: SESSION,
      Expiration: 'x',
    }
    assert.deepEqual(sign(JSON.stringify(tool)), plain)
    assert.deepEqual(
      sign(JSON.stringify({ accessKeyId: ACCESS, secretAccessKey: SECRET, sessionToken: null })),
      sign(`${ACCESS}:${SECRET}`),
    )
  })

  it('signs all that is sent: another body, path, method, header or region is another signature', () => {
    const signatures = [
      sign(`${ACCESS}:${SECRET}`),
      sign(`${ACCESS}:${SECRET}`, request({ body: '{"a":2}' })),
      sign(`${ACCESS}:${SECRET}`, request({ path: '/model/x/converse' })),
      sign(`${ACCESS}:${SECRET}`, request({ path: '/model/x/converse?a=1' })),
      sign(`${ACCESS}:${SECRET}`, request({ method: 'GET' })),
      sign(`${ACCESS}:${SECRET}`, request({ headers: { 'x-other': '1' } })),
      sign(`${ACCESS}:${SECRET}`, request(), { ...target, options: { region: 'us-east-1' } }),
      sign(`${ACCESS}:${SECRET}x`),
    ].map(({ headers }) => headers['authorization'])
    assert.equal(new Set(signatures).size, signatures.length)
  })

  it('signs bytes that are text as that text, and nothing that it has not in hand', () => {
    const payload = (bytes: Uint8Array) => request({ body: { type: 'application/json', bytes, rest: null } })
    const text = sign(`${ACCESS}:${SECRET}`).headers['authorization']
    assert.equal(sign(`${ACCESS}:${SECRET}`, payload(Buffer.from('{"a":1}'))).headers['authorization'], text)
    const streamed = request({ body: { ...FORM, rest: new ReadableStream() } })
    for (const made of [streamed, payload(Uint8Array.of(0xff, 0xfe))]) {
      assert.equal(refusal(() => sign(`${ACCESS}:${SECRET}`, made)).fault.code, 'upstream_auth')
    }
  })

  it('refuses keys that are none, without repeating them', () => {
    for (const bad of [
      `:${SECRET}`,
      `${ACCESS}:`,
      `short:${SECRET}`,
      `${ACCESS}:${SECRET} x`,
      `${ACCESS}:${SECRET}\r\nx: 1`,
      `{"accessKeyId":"${ACCESS}"}`,
      `{"accessKeyId":"${ACCESS}","secretAccessKey":7}`,
      `{${SECRET}`,
      '{}',
    ]) {
      const { fault } = refusal(() => sign(bad))
      assert.equal(fault.code, 'upstream_auth')
      assert.ok(!fault.message.includes(SECRET) && !fault.message.includes(ACCESS))
    }
  })

  it('reads the region from the address where no option says it, and refuses without either', () => {
    const told = { ...target, options: {}, url: 'https://bedrock-runtime.us-west-2.amazonaws.com' }
    assert.match(
      sign(`${ACCESS}:${SECRET}`, request(), told).headers['authorization'] ?? '',
      /\/us-west-2\/bedrock\//,
    )
    const untold = { ...target, options: {}, url: 'https://proxy.example' }
    assert.equal(refusal(() => sign(`${ACCESS}:${SECRET}`, request(), untold)).fault.code, 'upstream_auth')
  })
})

describe('where an AWS target may be served', () => {
  const locate = (
    model: string,
    region: string | null = null,
    options: object = { region: 'eu-central-1' },
  ) => bedrock.locate({ url: null, model, region, options: { ...options } })

  it('follows from its region, and from the prefix of an inference profile', () => {
    assert.equal(locate('amazon.nova-lite-v1:0').region, 'eu-central-1')
    assert.equal(locate('eu.amazon.nova-lite-v1:0').region, 'eu')
    assert.equal(locate('us.anthropic.claude-x').region, 'us')
    assert.equal(locate('apac.amazon.nova-lite-v1:0').region, 'apac')
    assert.equal(locate('global.anthropic.claude-x').region, null)
    assert.equal(locate('m', null, {}).url, null)
    assert.equal(locate('m').url, 'https://bedrock-runtime.eu-central-1.amazonaws.com')
  })

  it('is remarked on where it contradicts what is stated', () => {
    const says = (model: string, stated: string | null): string => locate(model, stated).remarks.join('; ')
    assert.match(says('us.anthropic.claude-x', 'eu'), /anywhere in us/)
    assert.match(says('eu.anthropic.claude-x', 'eu-central-1'), /anywhere in eu/)
    assert.match(says('global.anthropic.claude-x', 'eu'), /anywhere$/)
    assert.match(says('global.anthropic.claude-x', 'my words'), /anywhere$/)
    assert.match(says('global.anthropic.claude-x', null), /anywhere in the world/)
    assert.match(says('amazon.nova', 'us'), /asked in eu-central-1/)
    for (const [model, stated] of [
      ['eu.anthropic.claude-x', 'eu'],
      ['amazon.nova', 'eu'],
      ['amazon.nova', 'eu-central-1'],
      ['amazon.nova', 'frankfurt'],
      ['eu.amazon.nova', 'our words'],
      ['amazon.nova', null],
    ] as const)
      assert.equal(says(model, stated), '')
  })

  it('speaks the borrowed dialect for the models of its inventor only', () => {
    assert.deepEqual(locate('amazon.nova').dialects, ['bedrock-converse'])
    assert.deepEqual(locate('openai.gpt-oss-120b-1:0').dialects, ['bedrock-converse', 'openai-chat'])
    assert.deepEqual(locate('us.openai.gpt-oss-120b-1:0').dialects, ['bedrock-converse', 'openai-chat'])
  })
})

describe('Vertex', () => {
  const vertex = providerOf('vertex')
  const locate = (model: string, location: string) =>
    vertex.locate({ url: null, model, region: null, options: { project: 'p', location } })

  it('has a host and a region by location', () => {
    assert.equal(locate('m', 'europe-west4').url, 'https://europe-west4-aiplatform.googleapis.com')
    assert.equal(locate('m', 'europe-west4').region, 'europe-west4')
    assert.equal(locate('m', 'eu').url, 'https://aiplatform.eu.rep.googleapis.com')
    assert.equal(locate('m', 'global').url, 'https://aiplatform.googleapis.com')
    assert.equal(locate('m', 'global').region, null)
    assert.match(locate('m', 'global').remarks.join(), /anywhere in the world/)
  })

  it('speaks to a model in the dialects of its maker', () => {
    assert.deepEqual(locate('claude-sonnet-4-6', 'eu').dialects, ['anthropic-messages'])
    assert.deepEqual(locate('claude-sonnet-4-6', 'eu').operations, ['chat', 'count'])
    assert.deepEqual(locate('gemini-2.5-pro', 'eu').dialects, ['gemini', 'openai-chat'])
    assert.deepEqual(locate('meta/llama-x-maas', 'eu').dialects, ['openai-chat'])
    assert.deepEqual(locate('meta/llama-x-maas', 'eu').operations, ['chat'])
  })

  it('names a model of another maker as that is called', () => {
    const target = { ...targetOf(vertex, 'openai-chat'), model: 'meta/llama' }
    const made = vertex.request(
      callOf('chat', 'openai-chat'),
      target,
      'openai-chat',
      '{"model":"meta/llama"}',
    )
    assert.equal(made.body, '{"model":"meta/llama"}')
  })

  it('wants a project that can stand in a path', () => {
    for (const project of ['a/b', '../x', '', 7])
      assert.equal(refusal(() => vertex.options({ project, location: 'eu' })).fault.code, 'config_invalid')
    const target = { ...targetOf(vertex), options: {} }
    assert.equal(
      refusal(() => vertex.request(callOf('chat', 'gemini'), target, 'gemini', '')).fault.code,
      'config_invalid',
    )
  })
})

describe('Azure', () => {
  const azure = providerOf('azure')
  const locate = (url: string) => azure.locate({ url, model: 'm', region: null, options: {} }).url

  it('is kept by its root, whichever of its doors was written down', () => {
    for (const door of ['', '/', '/openai', '/openai/', '/openai/v1', '/openai/v1/'])
      assert.equal(locate(`https://res.services.ai.azure.com${door}`), 'https://res.services.ai.azure.com')
    assert.equal(azure.locate({ url: null, model: 'm', region: null, options: {} }).url, null)
  })

  it('puts the deployment into the path under a dated version, but for Responses', () => {
    const apiVersion = '2024-10-21'
    const ask = (dialect: 'openai-chat' | 'openai-responses', model: string): string => {
      const target = { ...targetOf(azure, dialect, { apiVersion }), model }
      return target.url + azure.request(callOf('chat', dialect), target, dialect, '{}').path
    }
    const root = 'https://res.openai.azure.com/openai'
    assert.equal(
      ask('openai-chat', 'a b'),
      `${root}/deployments/a%20b/chat/completions?api-version=${apiVersion}`,
    )
    assert.equal(ask('openai-responses', 'm'), `${root}/responses?api-version=${apiVersion}`)
    assert.equal(
      refusal(() => azure.options({ resource: 'r', apiVersion: 'latest' })).fault.code,
      'config_invalid',
    )
  })
})

describe('AI Studio', () => {
  it('takes its key as a bearer at the borrowed doors, passed-through requests included', () => {
    const gemini = providerOf('gemini')
    const target = targetOf(gemini)
    const header = (path: string): readonly string[] => {
      const verbatim = { method: 'POST', path, headers: {} }
      const made = gemini.request(
        callOf('passthrough', 'passthrough', false, { verbatim }),
        target,
        'passthrough',
        '',
      )
      return Object.keys(gemini.sign(made, 'AIzaKey0123', { target, now: NOW }).headers)
    }
    assert.deepEqual(header('/models/x:generateContent'), ['x-goog-api-key'])
    assert.deepEqual(header('/openai/chat/completions'), ['authorization'])
    assert.deepEqual(header('/openaix'), ['x-goog-api-key'])
  })
})

describe('a server that is kept by its root', () => {
  it('is found by it with and without the version, and asked right where a target was made without', () => {
    const ollama = providerOf('ollama')
    for (const url of ['http://h:1', 'http://h:1/', 'http://h:1/v1', 'http://h:1/v1/'])
      assert.equal(ollama.locate({ url, model: 'm', region: null, options: {} }).url, 'http://h:1')
    const target = { ...targetOf(ollama), url: 'http://h:1/v1' }
    const made = ollama.request(callOf('chat', 'openai-chat'), target, 'openai-chat', '{}')
    assert.equal(target.url + made.path, 'http://h:1/v1/chat/completions')
  })
})

describe('routers that choose who serves', () => {
  const remarks = (provider: string, model: string): string =>
    providerOf(provider).locate({ url: null, model, region: null, options: {} }).remarks.join()

  it('have no jurisdiction of their own, and say so', () => {
    for (const name of ['huggingface', 'openrouter']) assert.equal(providerOf(name).facts.jurisdiction, null)
    assert.match(remarks('openrouter', 'x/y'), /request by request/)
    assert.match(remarks('huggingface', 'org/model'), /names no provider/)
    assert.match(remarks('huggingface', 'org/model:fastest'), /names no provider/)
    assert.match(remarks('huggingface', 'org/model:scaleway'), /behind the colon/)
  })
})

describe('a body rewritten', () => {
  it('changes the members it is told to and no other character', () => {
    const body = '{ "model" : "a" ,"n":1.0,\n"model2":"model" }'
    assert.equal(rewritten(body, { set: { model: '"b"' } }), '{ "model" : "b" ,"n":1.0,\n"model2":"model" }')
    assert.equal(rewritten('{"model":"a"}', { remove: ['model'], set: { v: '1' } }), '{"v":1}')
    assert.equal(rewritten('{}', { set: { v: '1' } }), '{"v":1}')
    assert.equal(rewritten('{"a":1}', { remove: ['model'] }), '{"a":1}')
    for (const none of ['', '[1]', '"x"', '{', 'null'])
      assert.equal(rewritten(none, { set: { v: '1' } }), none)
  })

  it('is the same object but for those members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (fields, model) => {
        const { model: _, v: __, ...rest } = fields
        const text = JSON.stringify({ ...fields, model })
        const made: unknown = JSON.parse(rewritten(text, { set: { v: '1' }, remove: ['model'] }))
        assert.deepEqual(made, JSON.parse(JSON.stringify({ ...rest, v: 1 })))
      }),
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type SignV4Input, signV4 } from './sigv4.ts'

/** The credentials, time and scope of the published test suite for Signature Version 4. */
const SUITE: SignV4Input = {
  method: 'GET',
  url: 'https://example.amazonaws.com/',
  headers: {},
  body: '',
  region: 'us-east-1',
  service: 'service',
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  now: Date.UTC(2015, 7, 30, 12, 36, 0),
}

const signatureOf = (input: Partial<SignV4Input>): string =>
  /Signature=([0-9a-f]{64})$/.exec(signV4({ ...SUITE, ...input })['authorization'] ?? '')?.[1] ?? ''

describe('Signature Version 4', () => {
  it('signs the suite’s get-vanilla, headers and all', () => {
    assert.deepEqual(signV4(SUITE), {
      host: 'example.amazonaws.com',
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    })
  })

  const vectors: readonly (readonly [string, Partial<SignV4Input>, string])[] = [
    [
      'get-vanilla-query-order-key-case',
      { url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-vanilla-empty-query-key',
      { url: 'https://example.amazonaws.com/?Param1=value1' },
      'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
    ],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-vanilla-query',
      { method: 'POST', url: 'https://example.amazonaws.com/?Param1=value1' },
      '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
    ],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'Param1=value1',
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'post-x-www-form-urlencoded-parameters',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf8' },
        body: 'Param1=value1',
      },
      '1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe',
    ],
    [
      'get-relative',
      { url: 'https://example.amazonaws.com/example/..' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'get-slash',
      { url: 'https://example.amazonaws.com//' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'get-utf8',
      { url: 'https://example.amazonaws.com/ሴ' },
      '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
    ],
  ]
  for (const [name, input, signature] of vectors) {
    it(`signs the suite’s ${name}`, () => assert.equal(signatureOf(input), signature))
  }

  it('signs a call of Bedrock as the vendor’s own SDK does, the colon of the model’s id encoded twice', () => {
    const signature = signatureOf({
      method: 'POST',
      url: 'https://bedrock-runtime.us-east-1.amazonaws.com/model/eu.anthropic.claude-3-7-sonnet-20250219-v1%3A0/converse',
      headers: { 'content-type': 'application/json' },
      body: '{"messages":[]}',
      service: 'bedrock',
    })
    assert.equal(signature, 'c1cea17c08349293a95833705bd44052ee6c9ee23f9c80a9e32d4a0d6d7f4257')
  })

  it('encodes the path once more, but not for S3', () => {
    const once = { url: 'https://example.amazonaws.com/model/a%3A0/converse' }
    const twice = { url: 'https://example.amazonaws.com/model/a%253A0/converse' }
    assert.equal(signatureOf({ ...twice, service: 's3' }).length, 64)
    assert.notEqual(signatureOf({ ...once, service: 's3' }), signatureOf({ ...twice, service: 's3' }))
    assert.notEqual(signatureOf(once), signatureOf({ ...once, url: once.url.replace('%3A', ':') }))
  })

  it('signs the token of temporary credentials, and leaves out what changes on the way', () => {
    const headers = signV4({
      ...SUITE,
      sessionToken: 'token',
      headers: { 'User-Agent': 'x', Accept: '  a   b ' },
    })
    assert.equal(headers['x-amz-security-token'], 'token')
    assert.match(headers['authorization'] ?? '', /SignedHeaders=accept;host;x-amz-date;x-amz-security-token,/)
    assert.notEqual(signatureOf({ sessionToken: 'one' }), signatureOf({ sessionToken: 'two' }))
    assert.equal(signatureOf({ headers: { accept: 'a b' } }), signatureOf({ headers: { accept: ' a   b' } }))
  })

  it('changes with whatever is signed', () => {
    const base = signatureOf({})
    const others: readonly Partial<SignV4Input>[] = [
      { method: 'PUT' },
      { body: 'x' },
      { region: 'eu-west-1' },
      { service: 'bedrock' },
      { secretKey: 'other' },
      { now: SUITE.now + 1000 },
      { url: 'https://other.amazonaws.com/' },
    ]
    for (const other of others) assert.notEqual(signatureOf(other), base)
  })

  it('never lets the secret out', () => {
    assert.doesNotMatch(JSON.stringify(signV4(SUITE)), /wJalrXUtnFEMI/)
  })
})

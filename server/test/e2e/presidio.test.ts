import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/*
 * Causeway in the shape of Presidio, with the requests that its clients send.
 */

interface Result {
  readonly entity_type: string
  readonly start: number
  readonly end: number
  readonly score: number
}

let vendor: SimulatedVendor
let house: OpenHouse

before(async () => {
  vendor = await startSimulatedVendor()
  house = await openHouse({
    config: [
      `targets:\n${simulatedTarget('vendor', vendor.url, 'closed')}`,
      'sensitivity: { words: [{ name: projects, kind: internal, type: PROJECT, words: [Bluefin] }] }',
    ].join(''),
  })
})
after(async () => {
  await house.close()
  await vendor.close()
})

const TEXT = '😀 Mail tove.lindqvist@fjord-post.net or call +47 22 12 34 56 about Bluefin.'

const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${house.key}` }) =>
  fetch(`${house.url}${path}`, { headers })

describe('/analyze', () => {
  for (const path of ['/analyze', '/presidio/analyze']) {
    test(`${path} finds, in Presidio's words and code points`, async () => {
      const seen = vendor.seen.length
      const response = await house.post(path, { text: TEXT, language: 'en' })
      assert.equal(response.status, 200)
      const results = (await response.json()) as Result[]
      const points = [...TEXT]
      const said = results.map(({ entity_type, start, end }) => [
        entity_type,
        points.slice(start, end).join(''),
      ])
      assert.deepEqual(said, [
        ['EMAIL_ADDRESS', 'tove.lindqvist@fjord-post.net'],
        ['PHONE_NUMBER', '+47 22 12 34 56'],
        ['PROJECT', 'Bluefin'],
      ])
      assert.ok(results.every(({ score }) => score > 0 && score <= 1))
      assert.equal(vendor.seen.length, seen)
      const record = await house.record(response)
      assert.equal(record.outcome, 'answered')
      assert.equal(record.operation, null)
      assert.equal(record.key, 'test')
      assert.equal(record.path, path)
      assert.deepEqual(record.attempts, [])
      assert.doesNotMatch(JSON.stringify(record), /lindqvist|Bluefin|22 12/)
    })
  }

  test('a whole request as clients send it, and what changes nothing is said', async () => {
    const response = await house.post('/analyze', {
      text: TEXT,
      language: 'en',
      correlation_id: '123e4567-e89b-12d3-a456-426614174000',
      score_threshold: 0.6,
      entities: ['EMAIL_ADDRESS', 'ZIP'],
      return_decision_process: true,
      trace: false,
      context: ['mail'],
    })
    const results = (await response.json()) as (Result & { analysis_explanation: { recognizer: string } })[]
    assert.deepEqual(
      results.map(({ entity_type }) => entity_type),
      ['EMAIL_ADDRESS'],
    )
    assert.equal(results[0]?.analysis_explanation.recognizer, 'Causeway EMAIL')
    assert.equal(response.headers.get('x-causeway-dropped'), 'entities[1],context')
  })

  test('a list of texts is answered with a list of lists', async () => {
    const response = await house.post('/analyze', { text: [TEXT, 'nothing here'], language: 'en' })
    const results = (await response.json()) as Result[][]
    assert.deepEqual(
      results.map((list) => list.length),
      [3, 0],
    )
  })

  test('what it finds goes into /anonymize as it is', async () => {
    const found = await (await house.post('/analyze', { text: TEXT, language: 'en' })).json()
    const response = await house.post('/presidio/anonymize', {
      text: TEXT,
      analyzer_results: found,
      anonymizers: { PHONE_NUMBER: { type: 'mask', masking_char: '*', chars_to_mask: 12, from_end: true } },
    })
    const { text } = (await response.json()) as { text: string }
    assert.equal(text, '😀 Mail <EMAIL_ADDRESS> or call +47************ about <PROJECT>.')
    assert.doesNotMatch(JSON.stringify(await house.record(response)), /lindqvist|Bluefin/)
  })
})

describe('what is refused, in the shape of Presidio', () => {
  const refused = async (
    response: Response,
    status: number,
    code: string,
    recorded: 'refused' | 'failed' = 'refused',
  ): Promise<string> => {
    const body = (await response.json()) as { error: unknown }
    assert.equal(response.status, status, JSON.stringify(body))
    assert.deepEqual(Object.keys(body), ['error'])
    assert.equal(typeof body.error, 'string')
    assert.equal(response.headers.get('x-causeway-code'), code)
    assert.doesNotMatch(JSON.stringify(body), /lindqvist/)
    const record = await house.record(response)
    assert.equal(record.outcome, recorded)
    assert.equal(record.code, code)
    assert.doesNotMatch(JSON.stringify(record), /lindqvist/)
    return String(body.error)
  }

  test('nobody without a key, for lists neither', async () => {
    const body = JSON.stringify({ text: TEXT, language: 'en' })
    for (const authorization of ['', 'Bearer cw-wrong']) {
      const headers: Record<string, string> = authorization === '' ? {} : { authorization }
      const posted = await fetch(`${house.url}/analyze`, { method: 'POST', headers, body })
      await refused(posted, 401, 'unauthenticated')
      await refused(await get('/supportedentities', headers), 401, 'unauthenticated')
    }
  })

  test('no JSON, no text, recognisers and operators of its own', async () => {
    await refused(await house.post('/analyze', '{"text": "lindqvist'), 400, 'invalid_json')
    await refused(await house.post('/analyze', ''), 400, 'invalid_json')
    await refused(await house.post('/analyze', { language: 'en' }), 400, 'invalid_request')
    await refused(await house.post('/analyze', { text: TEXT }), 400, 'invalid_request')
    const adHoc = { text: TEXT, language: 'en', ad_hoc_recognizers: [{ name: 'lindqvist', patterns: [] }] }
    assert.match(
      await refused(await house.post('/analyze', adHoc), 400, 'invalid_request'),
      /sensitivity\.patterns/,
    )
    const analyzer_results = [{ start: 0, end: 2, score: 1, entity_type: 'PERSON' }]
    const shred = { text: TEXT, analyzer_results, anonymizers: { DEFAULT: { type: 'shred' } } }
    assert.match(
      await refused(await house.post('/anonymize', shred), 422, 'invalid_request'),
      /one of replace/,
    )
    const far = { text: TEXT, analyzer_results: [{ start: 0, end: 9999, score: 1, entity_type: 'PERSON' }] }
    await refused(await house.post('/anonymize', far), 422, 'invalid_request')
  })

  test('20 MB of text', async () => {
    const response = await house.post('/analyze', { text: 'lindqvist '.repeat(2_000_000), language: 'en' })
    await refused(response, 413, 'body_too_large')
  })

  test('a header that would tighten and is misspelt', async () => {
    const response = await house.post(
      '/analyze',
      { text: TEXT, language: 'en' },
      { 'x-causeway-labels': 'public' },
    )
    await refused(response, 400, 'bad_header')
  })

  test('the wrong method', async () => {
    const response = await get('/analyze')
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'POST')
    assert.equal((await house.post('/supportedentities', {})).status, 405)
  })

  test('other paths are not mounted beneath /presidio', async () => {
    assert.equal((await house.post('/presidio/v1/chat/completions', {})).status, 404)
  })
})

test('lists and health', async () => {
  const entities = (await (await get('/supportedentities?language=en')).json()) as string[]
  for (const name of ['PERSON', 'EMAIL_ADDRESS', 'US_SSN', 'IBAN_CODE', 'PROJECT'])
    assert.ok(entities.includes(name), name)
  assert.deepEqual(await (await get('/presidio/anonymizers')).json(), [
    'replace',
    'redact',
    'mask',
    'hash',
    'keep',
    'encrypt',
  ])
  assert.deepEqual(await (await get('/deanonymizers')).json(), ['decrypt', 'deanonymize_keep'])
  assert.ok(((await (await get('/recognizers')).json()) as string[]).includes('Causeway EMAIL'))
  const health = await get('/presidio/health', {})
  assert.equal(health.status, 200)
  assert.match(await health.text(), /up/)
})

test('a key over its rate waits here too', async () => {
  const slow = await openHouse({
    config: `targets:\n${simulatedTarget('vendor', vendor.url, 'closed')}`,
    key: 'uses: [general], rates: [{ requests: 1, per: hour }]',
  })
  try {
    assert.equal((await slow.post('/analyze', { text: 'a', language: 'en' })).status, 200)
    const second = await slow.post('/analyze', { text: 'a', language: 'en' })
    assert.equal(second.status, 429)
    assert.ok(Number(second.headers.get('retry-after')) > 0)
    assert.equal(typeof ((await second.json()) as { error: unknown }).error, 'string')
  } finally {
    await slow.close()
  }
})

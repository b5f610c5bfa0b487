import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CausewayError } from '../domain/index.ts'
import {
  analyzeResults,
  ENTITIES,
  entityOf,
  meaningOf,
  readAnalyze,
  readFields,
  recognizers,
  supportedEntities,
} from './index.ts'

const OWN: ReadonlySet<string> = new Set(['PROJECT'])
const LEAN = { text: 'Kalle +358', language: 'en' }

const finding = (type: string, start: number, end: number, more: object = {}) => ({
  kind: 'contact' as const,
  type,
  start,
  end,
  confidence: 0.8,
  reason: 'because',
  masked: '••••',
  ...more,
})

const refuses = (act: () => unknown, what: RegExp): void => {
  assert.throws(act, (error: CausewayError) => {
    assert.equal(error.fault.code, 'invalid_request')
    assert.match(error.message, what)
    assert.doesNotMatch(error.message, /Kalle/)
    return true
  })
}

describe('a request to analyse', () => {
  test('the least of one', () => {
    const request = readAnalyze(LEAN, OWN)
    assert.deepEqual(request.texts, ['Kalle +358'])
    assert.equal(request.batch, false)
    assert.equal(request.entities, null)
    assert.equal(request.threshold, 0)
    assert.deepEqual(request.dropped, [])
  })

  test('what changes nothing here is named, and so are entities that nobody finds', () => {
    const request = readAnalyze(
      {
        ...LEAN,
        context: ['phone'],
        trace: false,
        correlation_id: 'x',
        ad_hoc_recognizers: [],
        entities: ['PERSON', 'Kalle', 'PROJECT', 'EMAIL'],
      },
      OWN,
    )
    assert.deepEqual(request.dropped, ['entities[1]', 'context'])
    assert.deepEqual(
      [...(request.entities ?? [])],
      ['PERSON', 'PROJECT', 'EMAIL'].map((name) => (name === 'EMAIL' ? 'EMAIL_ADDRESS' : name)),
    )
  })

  for (const [name, fields, what] of [
    ['no text', { language: 'en' }, /^text is missing/],
    ['a text that is none', { text: 4, language: 'en' }, /^text must be a string/],
    ['texts that are none', { text: ['a', 4], language: 'en' }, /^text must be a list of strings/],
    ['no language', { text: 'Kalle' }, /^language is missing/],
    ['a language that is none', { text: 'Kalle', language: 'Kalle!' }, /^language must be/],
    ['a threshold beyond one', { ...LEAN, score_threshold: 7 }, /^score_threshold must be/],
    ['a threshold as text', { ...LEAN, score_threshold: '0.5' }, /^score_threshold must be/],
    [
      'recognisers of its own',
      { ...LEAN, ad_hoc_recognizers: [{ name: 'Kalle' }] },
      /^ad_hoc_recognizers are not taken/,
    ],
    ['only entities that nobody finds', { ...LEAN, entities: ['Kalle'] }, /^entities names nothing/],
    ['entities that are no list', { ...LEAN, entities: 'PERSON' }, /^entities must be a list/],
    [
      'a pattern of what to leave out',
      { ...LEAN, allow_list: ['K.*'], allow_list_match: 'regex' },
      /^allow_list_match/,
    ],
    ['a flag as text', { ...LEAN, return_decision_process: 'yes' }, /^return_decision_process/],
  ] as const) {
    test(`${name} is refused`, () => refuses(() => readAnalyze(fields, OWN), what))
  }
})

describe('what is found, as Presidio says it', () => {
  const text = '😀 Kalle, 😀 +358 1'
  const found = [finding('PERSON', 3, 8), finding('PHONE', 13, 19), finding('CONTRACT', 0, text.length)]

  test('names are its own and offsets are code points', () => {
    const results = analyzeResults(readAnalyze({ ...LEAN, text }, OWN), text, found)
    const points = [...text]
    assert.deepEqual(
      results.map(({ entity_type, start, end }) => [entity_type, points.slice(start, end).join('')]),
      [
        ['PERSON', 'Kalle'],
        ['PHONE_NUMBER', '+358 1'],
      ],
    )
    assert.ok(
      results.every(({ score, analysis_explanation }) => score === 0.8 && analysis_explanation === null),
    )
  })

  const types = (more: object): readonly string[] =>
    analyzeResults(readAnalyze({ ...LEAN, text, ...more }, OWN), text, found).map(
      ({ entity_type }) => entity_type,
    )

  test('only what was asked for, above the threshold, and not what is allowed', () => {
    assert.deepEqual(types({ entities: ['PHONE_NUMBER'] }), ['PHONE_NUMBER'])
    assert.deepEqual(types({ entities: ['CONTRACT'] }), ['CONTRACT'])
    assert.deepEqual(types({ score_threshold: 0.8 }), ['PERSON', 'PHONE_NUMBER'])
    assert.deepEqual(types({ score_threshold: 0.81 }), [])
    assert.deepEqual(types({ allow_list: ['Kalle', '+358'] }), ['PHONE_NUMBER'])
  })

  test('the reason is told where it is asked for', () => {
    const [first] = analyzeResults(
      readAnalyze({ ...LEAN, text, return_decision_process: true }, OWN),
      text,
      found,
    )
    assert.equal(Reflect.get(first?.analysis_explanation ?? {}, 'textual_explanation'), 'because')
  })
})

describe('names of entities', () => {
  for (const [found, entity] of [
    [{ type: 'EMAIL' }, 'EMAIL_ADDRESS'],
    [{ type: 'IBAN', sub: 'DE', country: 'DE' }, 'IBAN_CODE'],
    [{ type: 'NATIONAL_ID', sub: 'US_SSN', country: 'US' }, 'US_SSN'],
    [{ type: 'TAX_ID', sub: 'DE_STEUERID', country: 'DE' }, 'TAX_ID'],
    [{ type: 'PASSPORT', country: 'US' }, 'US_PASSPORT'],
    [{ type: 'PASSPORT', country: 'FR' }, 'PASSPORT'],
    [{ type: 'BANK_ACCOUNT', country: 'US' }, 'US_BANK_NUMBER'],
    [{ type: 'DRIVER_LICENSE', sub: 'KR_LICENCE', country: 'KR' }, 'KR_DRIVER_LICENSE'],
    [{ type: 'ADDRESS' }, 'LOCATION'],
    [{ type: 'DATE_OF_BIRTH' }, 'DATE_TIME'],
    [{ type: 'CRYPTO_WALLET' }, 'CRYPTO'],
    [{ type: 'SECRET', sub: 'github_token' }, 'SECRET'],
    [{ type: 'PROJECT' }, 'PROJECT'],
  ] as const) {
    test(`${JSON.stringify(found)} is ${entity}`, () => assert.equal(entityOf(found), entity))
  }

  test('every entity that is said can be understood again, and none comes back as something less', () => {
    assert.ok(ENTITIES.length > 40)
    for (const entity of ENTITIES) {
      const meaning = meaningOf(entity)
      assert.notEqual(meaning.type, 'OTHER', entity)
      assert.equal(entityOf(meaning), entity)
    }
  })

  test('a name that is not known counts as identity, and is not repeated where it is no name', () => {
    assert.deepEqual(meaningOf('STAFF_BADGE'), { kind: 'identity', type: 'STAFF_BADGE' })
    assert.deepEqual(meaningOf('Kalle Virtanen'), { kind: 'identity', type: 'OTHER' })
    assert.deepEqual(meaningOf('0401234567'), { kind: 'identity', type: 'OTHER' })
    assert.deepEqual(meaningOf('constructor'), { kind: 'identity', type: 'CONSTRUCTOR' })
    assert.deepEqual(meaningOf(''), { kind: 'identity', type: 'OTHER' })
    assert.deepEqual(meaningOf('email_address').type, 'EMAIL')
  })

  test('lists hold the own types too', () => {
    assert.ok(supportedEntities(OWN).includes('PROJECT') && supportedEntities(OWN).includes('PHONE_NUMBER'))
    assert.ok(recognizers(OWN).includes('Causeway PROJECT') && recognizers(OWN).includes('Causeway IBAN'))
  })
})

describe('a body', () => {
  const code = (body: string | Uint8Array): string => {
    try {
      readFields(Buffer.from(body), 8)
      return 'none'
    } catch (thrown) {
      return (thrown as CausewayError).fault.code
    }
  }
  test('is one JSON object in UTF-8', () => {
    assert.equal(code('{"text":"a"}'), 'none')
    assert.equal(code(''), 'invalid_json')
    assert.equal(code('[]'), 'invalid_json')
    assert.equal(code('null'), 'invalid_json')
    assert.equal(code('{"text":"a"'), 'invalid_json')
    assert.equal(code(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)), 'invalid_json')
    assert.equal(code('{"text":"a","text":"b"}'), 'duplicate_key')
    assert.equal(code(`{"text":${'['.repeat(9)}${']'.repeat(9)}}`), 'too_deep')
  })
})

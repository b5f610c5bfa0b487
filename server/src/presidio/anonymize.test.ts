import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import type { CausewayError } from '../domain/index.ts'
import { anonymize, deanonymize } from './index.ts'

const SALT = 'a salt of this request, long enough'
const KEY = 'WmZq4t7w!z%C&F)J'

const TEXT = '😀 Ulla, call Ulla on 555-0100.'
const at = (value: string, entity: string, from = 0): object => {
  const start = [...TEXT.slice(0, TEXT.indexOf(value, from))].length
  return { start, end: start + value.length, score: 0.8, entity_type: entity, analysis_explanation: null }
}
const RESULTS = [at('Ulla', 'PERSON'), at('Ulla', 'PERSON', 6), at('555-0100', 'PHONE_NUMBER')]

const changed = (operators?: unknown, results: readonly unknown[] = RESULTS, text = TEXT) =>
  anonymize(
    { text, analyzer_results: results, ...(operators === undefined ? {} : { anonymizers: operators }) },
    SALT,
  )

const refuses = (act: () => unknown, what: RegExp, status = 422): void => {
  assert.throws(act, (error: CausewayError) => {
    assert.equal(error.fault.code, 'invalid_request')
    assert.equal(error.fault.status, status)
    assert.match(error.message, what)
    assert.doesNotMatch(error.message, /Ulla|555/)
    return true
  })
}

describe('a text made anonymous', () => {
  test('without operators each value is replaced by its entity', () => {
    const { text, items } = changed()
    assert.equal(text, '😀 <PERSON>, call <PERSON> on <PHONE_NUMBER>.')
    assert.deepEqual(
      items.map(({ operator, entity_type }) => `${operator} ${entity_type}`),
      ['replace PHONE_NUMBER', 'replace PERSON', 'replace PERSON'],
    )
    for (const { start, end, text: put } of items) assert.equal([...text].slice(start, end).join(''), put)
  })

  for (const [name, operators, text] of [
    ['replace with a value', { DEFAULT: { type: 'replace', new_value: 'X' } }, '😀 X, call X on X.'],
    ['redact', { PHONE_NUMBER: { type: 'redact' } }, '😀 <PERSON>, call <PERSON> on .'],
    ['keep', { DEFAULT: { type: 'keep' } }, TEXT],
    [
      'mask the beginning',
      { PHONE_NUMBER: { type: 'mask', masking_char: '*', chars_to_mask: 4 }, DEFAULT: { type: 'keep' } },
      '😀 Ulla, call Ulla on ****0100.',
    ],
    [
      'mask the end',
      {
        PHONE_NUMBER: { type: 'mask', masking_char: '😀', chars_to_mask: 4, from_end: true },
        DEFAULT: { type: 'keep' },
      },
      '😀 Ulla, call Ulla on 555-😀😀😀😀.',
    ],
    [
      'mask more than there is',
      { PERSON: { type: 'mask', masking_char: '#', chars_to_mask: 99 }, DEFAULT: { type: 'redact' } },
      '😀 ####, call #### on .',
    ],
  ] as const) {
    test(name, () => assert.equal(changed(operators).text, text))
  }

  test('hash: equal values are equal within a request, and with a salt of the client in every one', () => {
    const hashed = changed({ PERSON: { type: 'hash' }, DEFAULT: { type: 'keep' } }).items.map(
      ({ text }) => text,
    )
    assert.equal(hashed[1], hashed[2])
    const plain = createHash('sha256').update('Ulla').digest('hex')
    assert.match(hashed[1] ?? '', /^[0-9a-f]{64}$/)
    assert.notEqual(hashed[1], plain)
    const operators = {
      PERSON: { type: 'hash', hash_type: 'sha512', salt: 'sixteen bytes ok' },
      DEFAULT: { type: 'keep' },
    }
    const [, first] = changed(operators).items
    const again = anonymize(
      { text: TEXT, analyzer_results: RESULTS, anonymizers: operators },
      'another salt of a request',
    ).items[1]
    assert.match(first?.text ?? '', /^[0-9a-f]{128}$/)
    assert.equal(first?.text, again?.text)
  })

  test('encrypt, and back', () => {
    for (const key of [KEY, `${KEY}12345678`, KEY + KEY]) {
      const { text, items } = changed({ PERSON: { type: 'encrypt', key }, DEFAULT: { type: 'redact' } })
      assert.doesNotMatch(text, /Ulla/)
      const back = deanonymize({
        text,
        anonymizer_results: items,
        deanonymizers: { PERSON: { type: 'decrypt', key }, DEFAULT: { type: 'deanonymize_keep' } },
      })
      assert.equal(back.text, '😀 Ulla, call Ulla on .')
      assert.equal(back.items.at(-1)?.text, 'Ulla')
    }
  })

  test('what another implementation of the form encrypted is read', () => {
    // AES-128-CBC, PKCS#7, vector first, base64 for URLs: made with openssl from the key and vector 000102…0f.
    const text = 'AAECAwQFBgcICQoLDA0OD7eTTauqGxfUK0dEYIGjpss='
    const deanonymizers = { DEFAULT: { type: 'decrypt', key: KEY } }
    const results = [{ start: 0, end: text.length, entity_type: 'NUMBER' }]
    assert.equal(deanonymize({ text, anonymizer_results: results, deanonymizers }).text, 'Ulla')
  })

  test('results inside others, beside each other and across each other', () => {
    const text = 'Ulla Berg of Oslo'
    const span = (start: number, end: number, entity_type: string) => ({
      start,
      end,
      entity_type,
      score: 0.5,
    })
    const made = (...results: readonly object[]): string => changed(undefined, results, text).text
    assert.equal(made(span(0, 9, 'PERSON'), span(5, 9, 'LOCATION')), '<PERSON> of Oslo')
    assert.equal(made(span(0, 4, 'PERSON'), span(5, 9, 'PERSON')), '<PERSON> of Oslo')
    assert.equal(made(span(0, 6, 'PERSON'), span(4, 9, 'LOCATION')), '<PERSON><LOCATION> of Oslo')
    assert.equal(made(span(0, 9, 'PERSON'), span(0, 9, 'PERSON')), '<PERSON> of Oslo')
    assert.equal(made(span(13, 17, 'LOCATION'), span(0, 9, 'PERSON')), '<PERSON> of <LOCATION>')
    assert.equal(made(), text)
  })

  for (const [name, act, what, status] of [
    ['no text', () => anonymize({ analyzer_results: [] }, SALT), /^text is missing/, 400],
    ['no results', () => anonymize({ text: TEXT }, SALT), /^analyzer_results is missing/, 400],
    [
      'results that are no list',
      () => anonymize({ text: TEXT, analyzer_results: {} }, SALT),
      /must be a list/,
      400,
    ],
    ['a result that is none', () => changed(undefined, [7]), /must hold objects/, 422],
    ['a result without an entity', () => changed(undefined, [{ start: 0, end: 1 }]), /entity_type/, 422],
    [
      'a result that ends before it begins',
      () => changed(undefined, [{ start: 4, end: 1, entity_type: 'A' }]),
      /begin before/,
      422,
    ],
    [
      'a result before the text',
      () => changed(undefined, [{ start: -1, end: 1, entity_type: 'A' }]),
      /begin before/,
      422,
    ],
    [
      'a result between characters',
      () => changed(undefined, [{ start: 0.5, end: 1, entity_type: 'A' }]),
      /begin before/,
      422,
    ],
    [
      'a result beyond the text',
      () => changed(undefined, [{ start: 0, end: 400, entity_type: 'A' }]),
      /must lie in the text/,
      422,
    ],
    [
      'an operator that is none',
      () => changed({ DEFAULT: { type: 'shred' } }),
      /one of replace, redact, mask, hash, keep, encrypt/,
      422,
    ],
    ['an operator of code', () => changed({ DEFAULT: { type: 'custom', lambda: 'x' } }), /one of/, 422],
    ['an operator without a type', () => changed({ DEFAULT: {} }), /one of/, 422],
    ['operators that are no object', () => changed([1]), /must be an object/, 422],
    ['an operator that is no object', () => changed({ DEFAULT: 'redact' }), /one object for each/, 422],
    [
      'a mask of two characters',
      () => changed({ DEFAULT: { type: 'mask', masking_char: '**', chars_to_mask: 1 } }),
      /masking_char/,
      422,
    ],
    [
      'a mask without a number',
      () => changed({ DEFAULT: { type: 'mask', masking_char: '*' } }),
      /chars_to_mask/,
      422,
    ],
    [
      'a hash that is too weak',
      () => changed({ DEFAULT: { type: 'hash', hash_type: 'md5' } }),
      /sha256 or sha512/,
      422,
    ],
    ['a salt that is too short', () => changed({ DEFAULT: { type: 'hash', salt: 'x' } }), /salt/, 422],
    [
      'a key of another length',
      () => changed({ DEFAULT: { type: 'encrypt', key: 'short' } }),
      /^key must be/,
      422,
    ],
    ['no key', () => changed({ DEFAULT: { type: 'encrypt' } }), /^key must be/, 422],
  ] as const) {
    test(`${name} is refused`, () => refuses(act, what, status))
  }

  test('a wrong key, a text that was never encrypted, and an entity that nobody names are refused', () => {
    const { text, items } = changed({ DEFAULT: { type: 'encrypt', key: KEY } })
    const opened = (deanonymizers: object, of = text): unknown =>
      deanonymize({ text: of, anonymizer_results: items, deanonymizers })
    const wrong = { DEFAULT: { type: 'decrypt', key: KEY.toUpperCase() } }
    // One wrong key in some 256 leaves padding that looks right, hence three values.
    refuses(() => opened(wrong), /does not open/)
    refuses(
      () => opened({ DEFAULT: { type: 'decrypt', key: KEY } }, text.replaceAll(/\w/g, '!')),
      /was not encrypted/,
    )
    refuses(() => opened({ PERSON: { type: 'decrypt', key: KEY } }), /must name every entity/)
    refuses(() => opened({ DEFAULT: { type: 'replace' } }), /one of decrypt, deanonymize_keep/)
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Call, JsonObject, Label, Media } from '../domain/index.ts'
import { createLabeller } from './label.ts'
import { callOf, saying } from './testing.ts'

const IBAN = 'DE89370400440532013000'
const CARD = '4111111111111111'
const labeller = createLabeller()
const labelOf = (call: Call): Label => labeller.label(call, { carries: [] }, null)
const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64')
const PICTURE = Buffer.from(`\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR${'\xff\x00\xd8'.repeat(200)}`, 'latin1')

describe('a finding says where it stands without saying what stands there', () => {
  for (const key of [IBAN, CARD, `to ${IBAN} please`]) {
    test(`the key ${key}`, () => {
      const { kinds, findings } = labelOf(callOf({ logit_bias: { a: 1, [key]: 'me@firma.de' } }))
      assert.deepEqual(kinds, ['payment', 'contact'])
      assert.ok(!JSON.stringify(findings).includes(key.slice(0, 16)), JSON.stringify(findings))
      assert.deepEqual(
        findings.map(({ path }) => path),
        ['logit_bias (key 1)', 'logit_bias[key 1]'],
      )
    })
  }
})

describe('text in a file is read whatever its mime type says', () => {
  const inFile = (data: string, mime?: string): Label => {
    const media: Media = {
      path: 'file',
      type: 'file',
      remote: false,
      ...(mime === undefined ? {} : { mime }),
    }
    return labelOf(callOf({ file: data }, [media]))
  }
  const words = `Überweisung an ${IBAN}, bitte heute noch.`
  for (const [how, bytes] of [
    ['UTF-8', Buffer.from(words)],
    ['UTF-8 with one broken character', Buffer.concat([Buffer.from(words), Buffer.of(0xff)])],
    ['Latin-1', Buffer.from(words, 'latin1')],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${words}`, 'utf16le')],
  ] as const) {
    test(how, () => assert.ok(inFile(base64(bytes), 'text/plain').kinds.includes('payment')))
  }
  for (const mime of [undefined, 'application/octet-stream', 'application/x-sql', 'image/png']) {
    test(`${mime ?? 'no mime type'}`, () => {
      assert.ok(inFile(base64(`Pay ${IBAN} today.`), mime).kinds.includes('payment'))
      assert.ok(inFile(`data:${mime ?? ''};base64,${base64(`Pay ${IBAN} today.`)}`).kinds.includes('payment'))
    })
  }
  test('base64 that only a lenient decoder takes', () => {
    const pieces = base64(`Pay ${IBAN} today.`).match(/.{1,7}/g) ?? []
    for (const between of [' ', '\t', '*', '.']) {
      assert.ok(inFile(pieces.join(between), 'image/png').kinds.includes('payment'), between)
      assert.ok(inFile(`data:text/plain;base64,${pieces.join(between)}`).kinds.includes('payment'), between)
    }
  })
  test('bytes of a picture stay unread', () => {
    const label = inFile(base64(PICTURE), 'image/png')
    assert.deepEqual([label.kinds, label.conditions], [[], ['unread']])
  })
})

describe('bytes that nobody read are told of, wherever they stand', () => {
  for (const [where, json] of Object.entries<JsonObject>({
    'a data URL in a part nobody knows': {
      part: { type: 'frames', url: `data:image/png;base64,${base64(PICTURE)}` },
    },
    'the other dialect’s picture': {
      source: { type: 'base64', media_type: 'image/png', data: base64(PICTURE) },
    },
    'a list of pictures': { images: [base64(PICTURE)] },
    'a PDF in a tool’s result': {
      content: JSON.stringify({ file: base64(`%PDF-1.7\n${'x'.repeat(99)}\xff\x00`) }),
    },
  })) {
    test(where, () => assert.deepEqual(labelOf(callOf(json)).conditions, ['unread']))
  }
  test('text in a data URL is read instead', () => {
    const { kinds, conditions } = labelOf(callOf({ x: `data:text/csv;base64,${base64(`a;${IBAN}`)}` }))
    assert.deepEqual([kinds, conditions], [['payment'], []])
  })
  test('encoded text, signatures and ids are no such bytes', () => {
    for (const text of [
      base64('hello world, '.repeat(30)),
      'EqQBCkYIAxgC'.repeat(30),
      'cw_01m80s7s1m4x2mwj81tr72pr1g',
    ])
      assert.deepEqual(labelOf(saying(text)).conditions, [])
  })
})

describe('numbers', () => {
  for (const literal of [
    '4111111111111111.5',
    '411111111111111150e-2',
    '6212345678901234569',
    '-4111111111111111',
  ]) {
    test(literal, () => {
      const source = `{"note":"\\"1\\\\","card":${literal}}`
      const json: JsonObject = JSON.parse(source)
      assert.ok(labelOf({ ...callOf(json), source }).kinds.includes('payment'))
    })
  }
})

describe('what a model reads as one text', () => {
  const parts = (...texts: readonly string[]): Label =>
    labelOf(callOf({ messages: [{ role: 'user', content: texts.map((text) => ({ type: 'text', text })) }] }))
  test('a number cut over two parts', () => {
    assert.ok(parts('please pay to DE89 3704 0044', ' 0532 0130 00 today').kinds.includes('payment'))
    assert.ok(
      parts(
        `${'Long before. '.repeat(50)}card 4111 1111`,
        ` 1111 1111${' and after'.repeat(50)}`,
      ).kinds.includes('payment'),
    )
  })
  test('a number cut into characters', () => assert.ok(parts(...IBAN).kinds.includes('payment')))
  test('a word in one part and its number in the next', () =>
    assert.ok(parts('My social security number is', '536221234').kinds.includes('identity')))
  test('what stands in one part is shown once, and two innocent parts stay innocent', () => {
    const { findings } = parts('hello', `pay ${IBAN}`, 'bye')
    assert.equal(findings.filter(({ type }) => type === 'IBAN').length, 1)
    assert.deepEqual(parts('order 4111', '2222 pieces', '', 'thanks').kinds, [])
  })
})

describe('the name of a value', () => {
  test('reaches through a member called value', () => {
    assert.ok(labelOf(callOf({ input: { ssn: { value: '123-45-6789' } } })).kinds.includes('identity'))
  })
})

describe('headers that go along', () => {
  test('are read like the body', () => {
    const call = { ...saying('hello'), dialectHeaders: { 'anthropic-beta': `tools-2026-01-01, ${IBAN}` } }
    const { kinds, findings } = labelOf(call)
    assert.deepEqual([kinds, findings[0]?.path], [['payment'], 'headers.anthropic-beta'])
  })
  test('and say nothing as they usually are', () => {
    const dialectHeaders = {
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'context-1m-2025-08-07,fine-grained-tool-streaming-2025-05-14',
    }
    assert.equal(labelOf({ ...saying('hello'), dialectHeaders }).level, 'public')
  })
})

describe('numbers as tables and terminals print them', () => {
  for (const separator of ['\t', '\n', '\r\n', '_', '/', ' ', '-']) {
    test(JSON.stringify(separator), () => {
      assert.ok(
        labelOf(saying(`card ${['4111', '1111', '1111', '1111'].join(separator)}`)).kinds.includes('payment'),
      )
      const iban = IBAN.match(/.{1,4}/g)?.join(separator) ?? ''
      assert.ok(labelOf(saying(`to ${iban} now`)).kinds.includes('payment'), iban)
    })
  }
  test('an account with two blanks between groups', () =>
    assert.ok(labelOf(saying('to DE89  3704  0044  0532  0130  00 now')).kinds.includes('payment')))
})

describe('base64', () => {
  for (const [lead, before] of [
    ['', 9_000],
    ['x ', 9_000],
    ['xy ', 12_001],
    ['xyz\n', 20_000],
  ] as const) {
    test(`a run longer than a piece, led by ${JSON.stringify(lead)}`, () => {
      const text = `${'lörem ípsum '.repeat(before)}pay ${IBAN} now`
      assert.ok(labelOf(saying(lead + base64(text))).kinds.includes('payment'))
    })
  }
  test('text with a few control characters, as binary formats carry it', () => {
    assert.ok(labelOf(saying(base64(`\x0a\x16\x01${IBAN}\x12\x02ok`))).kinds.includes('payment'))
  })
  test('text in UTF-16, as one shell encodes its commands', () => {
    assert.ok(labelOf(saying(base64(Buffer.from(`pay ${IBAN} now`, 'utf16le')))).kinds.includes('payment'))
  })
})

test('when the time is over the walk is over, however many parts are left', () => {
  let now = 0
  const impatient = createLabeller({ budget: 10, now: () => now++ })
  const { conditions, level } = impatient.label(
    callOf({ x: Array.from({ length: 500_000 }, () => []) }),
    { carries: [] },
    null,
  )
  assert.deepEqual([conditions, level], [['failed'], 'restricted'])
  assert.ok(now < 50, `looked at the clock ${now} times`)
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseConfig } from './parse.ts'
import { inOrder, problemText } from './problem.ts'

const TARGET = '{ name: a, provider: engine, model: m }'
const problems = (text: string): readonly string[] =>
  inOrder(parseConfig(text, 'x.yaml').problems).map(problemText)

describe('a good file', () => {
  it('gets every default', () => {
    const { config, problems } = parseConfig(`targets: [${TARGET}]`, 'x.yaml')
    assert.deepEqual(problems, [])
    assert.deepEqual(config?.listen, {
      gateway: { host: '127.0.0.1', port: 4141 },
      control: { host: '127.0.0.1', port: 4142 },
      public: false,
    })
    assert.deepEqual(config?.limits, {
      body: 32 * 1024 * 1024,
      depth: 64,
      messages: 2000,
      receive: 60_000,
      total: 600_000,
      inFlight: 1000,
    })
    assert.equal(config?.profile, 'balanced')
    assert.deepEqual(config?.audit, { intent: 'labelled', outcome: 'durable' })
    assert.equal(config?.data, './.causeway')
    assert.deepEqual(config?.targets[0]?.timeouts, { connect: 5000, firstByte: 120_000, idle: 60_000 })
  })

  it('may say amounts as numbers or with units', () => {
    const { config } = parseConfig(
      `targets: [{ name: a, provider: engine, model: m, timeouts: { connect: 300ms, firstByte: 1.5m, idle: 1h } }]
limits: { body: 512KB, receive: 30s, total: 5000 }
keys: [{ name: k, secret: env:K, rates: [{ requests: 60, per: minute }, { requests: 9, per: 10 }] }]`,
      'x.yaml',
    )
    assert.deepEqual(config?.targets[0]?.timeouts, { connect: 300, firstByte: 90_000, idle: 3_600_000 })
    assert.equal(config?.limits.body, 524_288)
    assert.equal(config?.limits.receive, 30_000)
    assert.equal(config?.limits.total, 5000)
    assert.deepEqual(config?.keys[0]?.rates, [
      { requests: 60, per: 60 },
      { requests: 9, per: 10 },
    ])
  })

  it('may listen on IPv6 and on any free port', () => {
    const { config } = parseConfig(
      `listen: { gateway: '[::1]:0', control: localhost:4142 }\ntargets: [${TARGET}]`,
      'x',
    )
    assert.deepEqual(config?.listen.gateway, { host: '::1', port: 0 })
    assert.deepEqual(config?.listen.control, { host: 'localhost', port: 4142 })
  })
})

describe('a mistake', () => {
  it('in a key is named with its path, its place and the nearest known key', () => {
    assert.deepEqual(
      problems('targets:\n  - name: a\n    provider: engine\n    model: m\n    contxt: 4096\n'),
      ['targets[0].contxt: unknown key; did you mean "context"? (line 5, column 5)'],
    )
  })

  it('never comes alone: all are told at once, in the order of the file', () => {
    const told = problems(`listn: 1
targets:
  - provider: engine
    model: 3
    side: onw
floors: { helth: { sides: [own] }, pii: { side: [own] } }
limits: { body: 3XB, depth: '4', inFlight: 0 }
profile: lenient
`)
    assert.deepEqual(told, [
      'listn: unknown key; did you mean "listen"? (line 1, column 1)',
      'targets[0].name: is missing (line 3, column 5)',
      'targets[0].model: must be text, not a number (line 4, column 5)',
      'targets[0].side: must be one of own, attested, rented, closed; did you mean "own"? (line 5, column 5)',
      'floors.helth: unknown key; did you mean "health"? (line 6, column 11)',
      'floors.pii.side: unknown key; did you mean "sides"? (line 6, column 43)',
      'limits.body: must be a size above zero: a number of bytes, or text such as 32MB (line 7, column 11)',
      'limits.depth: must be a number, not text (line 7, column 22)',
      'limits.inFlight: must be a whole number from 1 to 1,000,000 (line 7, column 34)',
      'profile: must be one of strict, balanced, relaxed (line 8, column 1)',
    ])
  })

  it('far from every known key lists those there are', () => {
    assert.match(
      problems(`targets: [${TARGET}]\nzzzzzzzz: 1`)[0] ?? '',
      /^zzzzzzzz: unknown key; there are listen, data, /,
    )
  })

  for (const [what, text, expected] of [
    ['nothing at all', '', /^targets: is missing/],
    ['only a comment', '# later\n', /^targets: is missing/],
    ['no targets', 'targets: []', /^targets: must hold at least one target/],
    ['text instead of keys', 'hello', /^must be a group of keys, not text/],
    ['a list instead of keys', '- a', /^must be a group of keys, not a list/],
    ['a key twice', `targets: [${TARGET}]\ndata: a\ndata: b`, /given twice.*line 3, column 1/],
    ['a key twice inside', 'targets: [{ name: a, name: b, provider: engine, model: m }]', /given twice/],
    ['two documents', `targets: [${TARGET}]\n---\ntargets: []`, /several documents/],
    ['a tab', 'targets:\n\t- name: a', /not valid YAML/],
    ['an open bracket', 'targets: [', /not valid YAML/],
    ['a tag', 'data: !secret x', /tags .* are not used/],
    ['an unknown alias', `targets: [${TARGET}]\ndata: *nothing`, /anchor|alias/],
    ['a prototype as a key', `targets: [${TARGET}]\n__proto__: { data: x }`, /^__proto__: unknown key/],
    [
      'a word of every object as a name',
      'targets: [{ name: constructor, provider: engine, model: m }]',
      /reserved word/,
    ],
    [
      'a name with a line break',
      'targets: [{ name: "a\\nb", provider: engine, model: m }]',
      /^targets\[0\]\.name: must be 1 to 100/,
    ],
    [
      'an address without a port',
      `listen: { gateway: localhost }\ntargets: [${TARGET}]`,
      /must be HOST:PORT/,
    ],
    ['a port too high', `listen: { gateway: 'localhost:70000' }\ntargets: [${TARGET}]`, /must be HOST:PORT/],
    [
      'an address that is a number',
      `listen: { gateway: 4141 }\ntargets: [${TARGET}]`,
      /must be text, not a number/,
    ],
    [
      'a period nobody knows',
      `targets: [${TARGET}]\nkeys: [{ name: k, secret: env:K, rates: [{ requests: 1, per: fortnight }] }]`,
      /one of second, minute/,
    ],
    [
      'a price below zero',
      'targets: [{ name: a, provider: engine, model: m, price: { input: -1, output: 0 } }]',
      /must not be negative/,
    ],
    [
      'a price without its half',
      'targets: [{ name: a, provider: engine, model: m, price: { input: 1 } }]',
      /price\.output: is missing/,
    ],
  ] as const) {
    it(`${what} is told`, () => {
      assert.match(problems(text).join('\n'), expected)
    })
  }

  it('in a file that is far too long stops at its length', () => {
    assert.deepEqual(problems('#'.repeat(1024 * 1024 + 1)), ['is longer than 1 MB'])
  })

  it('of a thousand million aliases is found out', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `a${i}: &a${i} [${Array(12).fill(i === 0 ? 'x' : `*a${i - 1}`)}]`,
    )
    assert.match(problems(levels.join('\n')).join(), /repeats an anchor too often/)
  })
})

describe('a secret in the wrong place', () => {
  const SECRET = 'sk-live-Zx8Qm2Vt7Lp4Rk9Wd3Hs6'
  for (const [what, text] of [
    ['as a credential', `targets: [{ name: a, provider: openai, model: m, credential: ${SECRET} }]`],
    ['as the secret of a key', `targets: [${TARGET}]\nkeys: [{ name: k, secret: ${SECRET} }]`],
    ['as a key name', `targets: [${TARGET}]\n${SECRET}: 1`],
    ['as a side', `targets: [{ name: a, provider: openai, model: m, side: ${SECRET} }]`],
    ['on a broken line', `targets: [${TARGET}]\nkeys: { a: ${SECRET}: b`],
    ['as an alias', `targets: [${TARGET}]\ndata: *${SECRET}`],
    ['as a tag', `targets: [${TARGET}]\ndata: !${SECRET} x`],
    [
      'as an environment name with a space',
      `targets: [${TARGET}]\nkeys: [{ name: k, secret: 'env:X ${SECRET}' }]`,
    ],
    ['as a price', `targets: [{ name: a, provider: openai, model: m, price: ${SECRET} }]`],
    ['as an option name', `targets: [{ name: a, provider: openai, model: m, timeouts: { ${SECRET}: 1 } }]`],
  ] as const) {
    it(`${what} is refused and never repeated`, () => {
      const told = problems(text)
      assert.ok(told.length > 0)
      assert.ok(!told.join('\n').includes(SECRET), told.join('\n'))
      assert.ok(!told.join('\n').includes(SECRET.slice(8, 20)), told.join('\n'))
    })
  }
})

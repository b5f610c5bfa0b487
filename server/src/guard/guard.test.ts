import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CausewayError, type Guarded, type GuardRules, type Reviser } from '../domain/index.ts'
import { createGuard } from './index.ts'
import { isListed, linksIn } from './links.ts'

const TEXT = { key: 'text', form: 'text' } as const
const TOOL = { key: 'tool:0', form: 'json' } as const

/** Sees tokens that begin with sk_ and groups of four digits in a row of four. */
const find = (text: string) =>
  Array.from(
    text.matchAll(/sk_\w{6,}|\b\d{4}(?: \d{4}){3}\b|-----BEGIN[\s\S]*?-----END KEY-----/g),
    (match) => ({
      kind: /^\d/.test(match[0]) ? ('payment' as const) : ('secret' as const),
      type: /^\d/.test(match[0]) ? 'CREDIT_CARD' : 'SECRET',
      start: match.index,
      end: match.index + match[0].length,
      confidence: 1,
      reason: 'test',
      masked: '••••',
    }),
  )

const watch = (rules: Partial<GuardRules>) => {
  const reports: Guarded[] = []
  const guard = createGuard({
    rules: { watch: 'all', answers: {}, links: null, ...rules },
    find,
    report: (guarded) => reports.push(guarded),
  })
  assert.ok(guard !== null)
  return { guard, reports }
}

const run = (
  guard: Reviser,
  text: string,
  cut: number,
  channel: typeof TEXT | typeof TOOL = TEXT,
): string => {
  let out = ''
  for (let at = 0; at < text.length; at += cut) out += guard.push(channel, text.slice(at, at + cut))
  return out + guard.end(channel)
}

const LONG = 'Some words that mean nothing at all, to fill a line or two. '.repeat(6)

test('a value is masked whatever the pieces it comes in, and all else goes on as it is', () => {
  for (let cut = 1; cut < 60; cut += 1) {
    const { guard, reports } = watch({ answers: { secret: 'mask' } })
    const out = run(guard, `${LONG}the key is sk_abcdef123456, and ${LONG}`, cut)
    assert.equal(out, `${LONG}the key is [CREDENTIAL], and ${LONG}`, String(cut))
    assert.equal(reports.at(-1)?.action, 'masked')
    assert.equal(reports.at(-1)?.findings.length, 1)
  }
})

test('a value with blanks in it and one over many lines are seen whole', () => {
  const key = `-----BEGIN KEY-----\n${'abcd efgh\n'.repeat(200)}-----END KEY-----`
  for (const cut of [1, 5, 33, 400]) {
    const { guard } = watch({ answers: { secret: 'mask', payment: 'mask' } })
    assert.equal(
      run(guard, `${LONG}4111 1111 1111 1111 ${LONG}${key} ${LONG}`, cut),
      `${LONG}[CREDIT_CARD] ${LONG}[CREDENTIAL] ${LONG}`,
    )
  }
})

test('mark leaves the text, stop ends it before the value', () => {
  const marked = watch({ answers: { secret: 'mark' } })
  const text = `${LONG}sk_abcdef123456 ${LONG}`
  assert.equal(run(marked.guard, text, 7), text)
  assert.deepEqual(
    marked.reports.at(-1)?.findings.map(({ type, path }) => [type, path]),
    [['SECRET', 'answer.text']],
  )
  const { guard, reports } = watch({ answers: { secret: 'stop' } })
  let out = ''
  assert.throws(
    () => {
      for (const unit of text) out += guard.push(TEXT, unit)
    },
    (thrown) => thrown instanceof CausewayError && thrown.fault.code === 'answer_stopped',
  )
  assert.doesNotMatch(out, /sk_/)
  assert.equal(reports.at(-1)?.action, 'stopped')
})

test('other kinds are nobody’s business', () => {
  const { guard, reports } = watch({ answers: { payment: 'mask' } })
  assert.equal(run(guard, 'sk_abcdef123456', 3), 'sk_abcdef123456')
  assert.equal(reports.length, 0)
})

test('masked JSON stays JSON', () => {
  const { guard } = watch({ answers: { secret: 'mask' } })
  const out = run(guard, '{"a":"x sk_abcdef123456","b":["sk_zzzzzz99"],"n":1}', 4, TOOL)
  assert.deepEqual(JSON.parse(out), { a: 'x [CREDENTIAL]', b: ['[CREDENTIAL]'], n: 1 })
})

test('links to other hosts are caught in every spelling; listed hosts and their subdomains are not', () => {
  const caught = [
    '![x](https://evil.example/p?d=1)',
    '[x](http://evil.example/a)',
    '<img src="//evil.example/x.png">',
    'https:\\\\evil.example\\x',
    '[ref]: https://docs.corp.example.evil.example/',
    'https://docs.corp.example@evil.example/',
    'HTTPS://EVIL.example./x',
    'https://[::1]:80/x',
    'https://///evil.example/x',
    '![x](https:&#47;&#47;evil.example/p)',
    '![x](https&colon;&sol;&#x2F;evil&period;example/p)',
    '<img src="&#47&#47evil.example/p">',
    '![x](https:evil.example/p)',
    '<img srcset="a.png 1x,//evil.example/p 2x">',
    '{"u":"\\/\\/evil.example/p"}',
    'www.evil.example/p?d=1',
  ]
  for (const text of caught) {
    const { guard, reports } = watch({ links: { action: 'mask', hosts: ['corp.example'] } })
    const out = run(guard, `see ${text} now`, 6)
    assert.match(out, /\[LINK\]/, text)
    assert.doesNotMatch(out, /evil|::1/i, text)
    assert.equal(reports.at(-1)?.findings[0]?.type, 'LINK')
  }
  for (const text of [
    'https://corp.example/a',
    '[x](https://docs.corp.example/)',
    'a // b',
    'let a = 1;//comment',
    'Salt & pepper &amp; more: https://corp.example/?a=1&amp;b=2',
    'C:\\x',
    'see /a/b',
  ]) {
    const { guard, reports } = watch({ links: { action: 'stop', hosts: ['*.corp.example'] } })
    assert.equal(run(guard, `see ${text} now`, 6), `see ${text} now`)
    assert.equal(reports.length, 0, text)
  }
  assert.equal(isListed(null, ['x']), false)
  assert.equal(linksIn('http://').length, 0)
})

test('text without anything comes out as it went in, cut anywhere', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 2000 }),
      fc.integer({ min: 1, max: 300 }),
      (text, cut) => {
        const { guard } = watch({ answers: { payment: 'mask' } })
        assert.equal(run(guard, text, cut), text)
      },
    ),
    { numRuns: 200, seed: 1 },
  )
})

test('a run without an end is not held for ever', () => {
  const { guard } = watch({ answers: { secret: 'mask' } })
  const out = guard.push(TEXT, 'x'.repeat(20_000))
  assert.ok(out.length > 10_000)
  assert.equal(out.length + guard.end(TEXT).length, 20_000)
})

test('what the eyes throw stops the answer', () => {
  const guard = createGuard({
    rules: { watch: 'all', answers: { secret: 'mark' }, links: null },
    find: () => {
      throw new RangeError('blind')
    },
    report: () => undefined,
  })
  assert.throws(() => guard?.push(TEXT, LONG), /blind/)
  assert.equal(
    createGuard({ rules: { watch: 'all', answers: {}, links: null }, find, report: () => undefined }),
    null,
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calcPrice } from '@pydantic/genai-prices'
import fc from 'fast-check'
import { NO_USAGE, type Price, type Principal, type Usage } from '../domain/index.ts'
import { checkRates, costOf, formatCost, lookupPrice } from './index.ts'

const usage = (changes: Partial<Usage>): Usage => ({ ...NO_USAGE, input: 0, output: 0, ...changes })
const price = (changes: Partial<Price> = {}): Price => ({
  input: 3,
  output: 15,
  cacheRead: 0.3,
  cacheWrite: 3.75,
  source: 'config',
  ...changes,
})

test('a known model has its price, and the same object every time', () => {
  const found = lookupPrice('anthropic', 'claude-sonnet-4-6')
  assert.equal(found?.input, 3)
  assert.equal(found?.output, 15)
  assert.equal(found?.cacheRead, 0.3)
  assert.match(found?.source ?? '', /anthropic\/claude-sonnet-4-6/)
  assert.equal(lookupPrice('anthropic', 'claude-sonnet-4-6'), found)
})

test('what is not known has no price: model, provider, nothing, another provider of the name', () => {
  assert.equal(lookupPrice('openai', 'no-such-model'), null)
  assert.equal(lookupPrice('nobody', 'gpt-4o'), null)
  assert.equal(lookupPrice('', 'gpt-4o'), null)
  assert.equal(lookupPrice('openai', ''), null)
  assert.equal(lookupPrice('groq', 'gpt-4o'), null)
  assert.equal(lookupPrice('__proto__', 'constructor'), null)
})

test('an embedding model costs by its input alone, reported or not', () => {
  const found = lookupPrice('openai', 'text-embedding-3-small')
  assert.equal(found?.output, 0)
  assert.deepEqual(costOf(usage({ input: 1000, output: null }), found), { nanos: 20_000, estimated: false })
})

test('costs are exact nano-dollars', () => {
  assert.deepEqual(costOf(usage({ input: 1000, output: 100 }), price()), {
    nanos: 4_500_000,
    estimated: false,
  })
  const cached = usage({ input: 1000, output: 0, cacheRead: 600, cacheWrite: 300 })
  assert.equal(costOf(cached, price()).nanos, 100 * 3000 + 600 * 300 + 300 * 3750)
  assert.equal(costOf(usage({ input: 1 }), price({ input: 0.0004 })).nanos, 0)
  assert.equal(costOf(usage({ input: 1 }), price({ input: 0.0005 })).nanos, 1)
  assert.equal(costOf(usage({ input: 3 }), price({ input: 0.1 })).nanos, 300)
  assert.equal(costOf(usage({}), price()).nanos, 0)
})

test('unknown stays unknown and is never zero', () => {
  const unknown = { nanos: null, estimated: false }
  assert.deepEqual(costOf(usage({ input: 5 }), null), unknown)
  assert.deepEqual(costOf(NO_USAGE, price()), unknown)
  assert.deepEqual(costOf(usage({ input: null, output: 5 }), price()), unknown)
  assert.deepEqual(costOf(usage({ input: 5, output: null }), price()), unknown)
  assert.deepEqual(costOf(usage({ input: -1 }), price()), unknown)
  assert.deepEqual(costOf(usage({ input: 1.5 }), price()), unknown)
  assert.deepEqual(costOf(usage({ input: Number.NaN }), price()), unknown)
  assert.deepEqual(costOf(usage({ input: 10, cacheRead: 11 }), price()), unknown)
  assert.deepEqual(costOf(usage({ input: 10 }), price({ input: Number.NaN })), unknown)
})

test('a guess is marked as one', () => {
  assert.equal(costOf(usage({ input: 5, estimated: true }), price()).estimated, true)
  assert.equal(costOf(usage({ input: 5, cacheRead: 1 }), price({ cacheRead: null })).estimated, true)
  assert.equal(costOf(usage({ input: 5, cacheWrite: 1 }), price({ cacheWrite: null })).estimated, true)
  assert.equal(costOf(usage({ input: 5, cacheRead: 0 }), price({ cacheRead: null })).estimated, false)
})

test('long requests are charged at the rate for long requests', () => {
  const found = lookupPrice('google', 'gemini-2.5-pro')
  assert.equal(costOf(usage({ input: 200_000 }), found).nanos, 200_000 * 1250)
  assert.equal(costOf(usage({ input: 200_001 }), found).nanos, 200_001 * 2500)
  const copy: Price | null = found && { ...found }
  assert.equal(costOf(usage({ input: 200_001 }), copy).nanos, 200_001 * 2500)
})

test('agrees with the price data on anything that can be asked', () => {
  const models = [
    ['anthropic', 'claude-sonnet-4-6'],
    ['openai', 'gpt-5.4'],
    ['openai', 'gpt-4o-mini'],
    ['google', 'gemini-2.5-pro'],
    ['groq', 'llama-3.3-70b-versatile'],
  ] as const
  const tokens = fc.integer({ min: 0, max: 400_000 })
  fc.assert(
    fc.property(
      fc.constantFrom(...models),
      tokens,
      tokens,
      fc.integer({ min: 0, max: 1000 }),
      (model, input, output, cached) => {
        const [provider, name] = model
        const found = lookupPrice(provider, name)
        if (found === null) throw new Error(`${name} has a price`)
        const cacheRead = found.cacheRead === null ? 0 : Math.min(cached, input)
        const theirs = calcPrice(
          { input_tokens: input, output_tokens: output, cache_read_tokens: cacheRead },
          name,
          { providerId: provider },
        )
        const ours = costOf(usage({ input, output, cacheRead }), found).nanos
        assert.ok(Math.abs((ours ?? -1) - (theirs?.total_price ?? -2) * 1e9) <= 1)
      },
    ),
    { numRuns: 200 },
  )
})

test('costs are written in dollars to the last nano', () => {
  const written: [number | null, boolean, string][] = [
    [1_200_000, false, '0.0012'],
    [1_200_000, true, '~0.0012'],
    [null, false, 'unknown'],
    [null, true, 'unknown'],
    [0, false, '0'],
    [1, false, '0.000000001'],
    [2_000_000_000, false, '2'],
    [12_345_678_901, false, '12.345678901'],
  ]
  for (const [nanos, estimated, text] of written) assert.equal(formatCost({ nanos, estimated }), text)
})

test('a key is held to every one of its rates, the strictest first', () => {
  const principal: Principal = {
    key: 'dev',
    team: null,
    uses: ['general'],
    rates: [
      { requests: 100, per: 1 },
      { requests: 2, per: 60 },
    ],
  }
  const asked: string[] = []
  const answers = [null, null, 0.2]
  const counters = {
    take: (key: string, limit: number, per: number) => {
      asked.push(`${key} ${limit}/${per}`)
      return answers.shift() ?? null
    },
  }
  assert.equal(checkRates(principal, counters), null)
  assert.deepEqual(asked, ['dev 2/60', 'dev 100/1'])
  assert.equal(checkRates(principal, counters), 1)
  assert.equal(asked.length, 3)
  assert.equal(checkRates({ ...principal, rates: [] }, counters), null)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Health, Needs, Objective, Price, RankInput } from '../domain/index.ts'
import { rank, shortOfRoom } from './index.ts'

type Facts = RankInput['facts'][string]

const facts = (more: Partial<Facts> = {}): Facts => ({
  context: null,
  fit: 'refuse',
  tools: true,
  images: true,
  audio: true,
  files: true,
  structured: true,
  quality: null,
  price: null,
  weight: 1,
  sameDialect: true,
  ...more,
})

const price = (input: number, output = input): Price => ({
  input,
  output,
  cacheRead: null,
  cacheWrite: null,
  source: 'config',
})

const health = (more: Partial<Health> = {}): Health => ({
  state: 'up',
  why: null,
  firstByte: null,
  inFlight: 0,
  ...more,
})

const NEEDS: Needs = {
  tools: false,
  images: false,
  audio: false,
  files: false,
  structured: false,
  inputTokens: 1000,
  outputTokens: 1000,
}

const inputOf = (
  objective: Objective,
  of: Readonly<Record<string, Partial<Facts>>>,
  more: Partial<RankInput> = {},
): RankInput => ({
  objective,
  needs: NEEDS,
  permitted: Object.keys(of),
  facts: Object.fromEntries(Object.entries(of).map(([name, some]) => [name, facts(some)])),
  health: {},
  ...more,
})

const order = (input: RankInput): readonly string[] => rank(input).order

test('ordered keeps the route', () => {
  const answer = rank(inputOf('ordered', { b: { quality: 1 }, a: { price: price(0) } }))
  assert.deepEqual(answer, {
    order: ['b', 'a'],
    why: 'in the order of the route: b, a',
    unable: [],
    down: [],
  })
})

test('what a target lacks is said, all of it', () => {
  const needs = { ...NEEDS, tools: true, images: true, audio: true, files: true, structured: true }
  const bare = { tools: false, images: false, audio: false, files: false, structured: false, context: 1999 }
  const answer = rank(inputOf('ordered', { full: {}, bare }, { needs }))
  assert.deepEqual(answer.order, ['full'])
  assert.deepEqual(answer.unable, [
    {
      target: 'bare',
      lacks: 'tools, images, audio, files, structured output, context for about 2000 tokens (it holds 1999)',
    },
  ])
  assert.equal(answer.why, 'full is the only one that may, can and is up')
  assert.deepEqual(
    rank(inputOf('ordered', { bare: { ...bare, context: null } })).unable,
    [],
    'nothing was asked for',
  )
})

test('room alone is told apart from anything else that is lacking', () => {
  const ask = (facts: Parameters<typeof inputOf>[1], more: Parameters<typeof inputOf>[2] = {}) => {
    const input = inputOf('ordered', facts, more)
    return shortOfRoom(input, rank(input))
  }
  const small = { context: 1999 }
  assert.deepEqual(ask({ small, smaller: { context: 100 } }), { tokens: 2000, most: 1999 })
  assert.equal(ask({}), null)
  assert.equal(ask({ small, large: {} }), null)
  const tools = { needs: { ...NEEDS, tools: true } }
  assert.equal(ask({ small, blunt: { context: 100, tools: false } }, tools), null)
  assert.equal(ask({ blunt: { tools: false } }, tools), null)
})

test('a full context excludes only where the target refuses; unknown never excludes', () => {
  const answer = order(
    inputOf('ordered', {
      small: { context: 1999 },
      exact: { context: 2000 },
      unknown: { context: null },
      fitted: { context: 100, fit: 'oldest-turns' },
    }),
  )
  assert.deepEqual(answer, ['exact', 'unknown', 'fitted'])
})

test('what is down is left out with its reason, what is on trial comes last', () => {
  const answer = rank(
    inputOf(
      'best',
      { tried: { quality: 0.9 }, out: { quality: 0.8 }, well: { quality: 0.1 }, silent: {} },
      {
        health: {
          tried: health({ state: 'probing', why: '5 failures in a row' }),
          out: health({ state: 'down', why: 'next try in 4 s' }),
          silent: health({ state: 'down' }),
        },
      },
    ),
  )
  assert.deepEqual(answer.order, ['well', 'tried'])
  assert.deepEqual(answer.down, [
    { target: 'out', why: 'next try in 4 s' },
    { target: 'silent', why: 'down' },
  ])
  assert.equal(
    answer.why,
    'highest quality first: well (quality 0.1), tried (quality 0.9); tried last, on trial after failures',
  )
})

test('unable is told before down', () => {
  const down = { one: health({ state: 'down' }) }
  const answer = rank(inputOf('ordered', { one: { context: 1 } }, { health: down }))
  assert.equal(answer.unable.length, 1)
  assert.deepEqual(answer.down, [])
  assert.equal(answer.why, 'no permitted target is able and up')
})

test('price decides among targets of equal known quality, and moves nothing else', () => {
  const answer = rank(
    inputOf('cheapest', {
      dear: { quality: 0.8, price: price(9) },
      free: { quality: null, price: price(0) },
      unpriced: { quality: 0.8, price: null },
      best: { quality: 0.9, price: price(90) },
      cheap: { quality: 0.8, price: price(1) },
    }),
  )
  assert.deepEqual(answer.order, ['cheap', 'free', 'dear', 'best', 'unpriced'])
  assert.match(answer.why, /cheap \(~\$0\.002, quality 0\.8\), free \(~\$0, quality unknown\)/)
  assert.match(answer.why, /unpriced \(price unknown, quality 0\.8\)/)
})

test('a target without measured quality never wins on price', () => {
  assert.deepEqual(order(inputOf('cheapest', { frontier: { price: price(9) }, home: { price: price(0) } })), [
    'frontier',
    'home',
  ])
})

test('cost weighs input against output, and an answer of unknown length is reckoned with', () => {
  const of = {
    reader: { quality: 1, price: price(1, 10) },
    writer: { quality: 1, price: price(10, 1) },
  }
  const ask = (inputTokens: number, outputTokens: number) =>
    order(inputOf('cheapest', of, { needs: { ...NEEDS, inputTokens, outputTokens } }))[0]
  assert.equal(ask(1000, 10), 'reader')
  assert.equal(ask(10, 1000), 'writer')
  assert.equal(ask(10, 0), 'writer')
})

test('a price that is no number is unknown', () => {
  const of = { odd: { quality: 1, price: price(Number.NaN) }, dear: { quality: 1, price: price(99) } }
  assert.deepEqual(order(inputOf('cheapest', of)), ['dear', 'odd'])
})

test('fastest goes by the smoothed first byte, unknown last', () => {
  const of = { unknown: {}, slow: {}, quick: {} }
  const seen = { slow: health({ firstByte: 900 }), quick: health({ firstByte: 90.4 }), unknown: health() }
  const answer = rank(inputOf('fastest', of, { health: seen }))
  assert.deepEqual(answer.order, ['quick', 'slow', 'unknown'])
  assert.match(answer.why, /quick \(90 ms\), slow \(900 ms\), unknown \(not measured\)/)
})

test('best goes by quality, unknown last; weighted by weight', () => {
  assert.deepEqual(order(inputOf('best', { x: {}, low: { quality: 0 }, high: { quality: 0.5 } })), [
    'high',
    'low',
    'x',
  ])
  const weighted = rank(inputOf('weighted', { a: { weight: 1 }, b: { weight: 3 }, c: { weight: 0 } }))
  assert.deepEqual(weighted.order, ['b', 'a', 'c'])
  assert.match(weighted.why, /b \(weight 3\)/)
})

test('what an objective leaves open is settled by dialect, then by route', () => {
  const of = { first: { quality: 1, sameDialect: false }, second: { quality: 1 }, third: { quality: 1 } }
  assert.deepEqual(order(inputOf('best', of)), ['second', 'third', 'first'])
  assert.deepEqual(order(inputOf('ordered', of)), ['first', 'second', 'third'])
})

test('a permitted target without facts is unable, and a repeated one is tried once', () => {
  const answer = rank({ ...inputOf('ordered', { a: {} }), permitted: ['a', 'ghost', 'a', 'constructor'] })
  assert.deepEqual(answer.order, ['a'])
  assert.deepEqual(
    answer.unable.map(({ target }) => target),
    ['ghost', 'constructor'],
  )
})

const NAMES = ['a', 'b', 'c', 'd', 'e']
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const someFacts: fc.Arbitrary<Facts> = fc
  .record({
    context: maybe(fc.integer({ min: 0, max: 4000 })),
    fit: fc.constantFrom<Facts['fit']>('refuse', 'oldest-turns'),
    tools: fc.boolean(),
    quality: maybe(fc.constantFrom(0.1, 0.5, Number.NaN)),
    price: maybe(fc.constantFrom(price(1), price(2), price(Number.NaN))),
    weight: fc.constantFrom(0, 1, 2),
    sameDialect: fc.boolean(),
  })
  .map((some) => facts(some))
const someHealth: fc.Arbitrary<Health> = fc
  .record({
    state: fc.constantFrom('up', 'probing', 'down'),
    firstByte: maybe(fc.integer({ min: 1, max: 9 })),
  })
  .map((some) => health(some))
const someInput: fc.Arbitrary<RankInput> = fc.record({
  objective: fc.constantFrom<Objective>('ordered', 'cheapest', 'fastest', 'best', 'weighted'),
  needs: fc.constantFrom(NEEDS, { ...NEEDS, tools: true }),
  permitted: fc.shuffledSubarray(NAMES),
  facts: fc.dictionary(fc.constantFrom(...NAMES), someFacts),
  health: fc.dictionary(fc.constantFrom(...NAMES), someHealth),
})

test('every permitted target is answered for exactly once and no other ever appears', () => {
  fc.assert(
    fc.property(someInput, (input) => {
      const answer = rank(input)
      const all = [
        ...answer.order,
        ...answer.unable.map((one) => one.target),
        ...answer.down.map((one) => one.target),
      ]
      assert.deepEqual(all.sort(), [...input.permitted].sort())
    }),
    { numRuns: 3000, seed: 1 },
  )
})

test('the same input gives the same order, through JSON too', () => {
  fc.assert(
    fc.property(someInput, (input) => {
      const numbers = Object.values(input.facts).flatMap((one) => [one.quality, one.price?.input])
      const odd = numbers.some((number) => Number.isNaN(number))
      assert.deepEqual(rank(input), rank(input))
      if (!odd) assert.deepEqual(rank(JSON.parse(JSON.stringify(input))), rank(input))
    }),
    { numRuns: 500, seed: 2 },
  )
})

test('under cheapest nothing passes a target of another or unknown quality but by its own kind', () => {
  fc.assert(
    fc.property(someInput, (input) => {
      const steady = { ...input, objective: 'cheapest' as const, health: {} }
      const kindOf = (name: string) => String(input.facts[name]?.quality ?? `unknown ${name}`)
      const route = rank({ ...steady, objective: 'ordered' }).order
      const kinds = rank(steady).order.map(kindOf)
      const known = (kind: string) => kind !== 'NaN'
      assert.deepEqual(kinds.filter(known), route.map(kindOf).filter(known))
    }),
    { numRuns: 2000, seed: 3 },
  )
})

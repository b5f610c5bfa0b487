import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { durationIn, untilReset, waitFor } from './wait.ts'

const DATE = 'Wed, 21 Oct 2026 07:28:00 GMT'
const CLOCK = Date.parse(DATE)
const GENERAL = { after: null, message: '', limited: true }

describe('a duration', () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ['6m0s', 360_000],
    ['1s', 1_000],
    ['7.66s', 7_660],
    ['20ms', 20],
    ['2m59.56s', 179_560],
    ['1h2m3s', 3_723_000],
    ['1d', 86_400_000],
    ['0s', 0],
    ['34.25s', 34_250],
    [' 1S ', 1_000],
    ['5', null],
    ['', null],
    ['soon', null],
    ['-1s', null],
    ['1s1m', null],
    ['s', null],
  ]
  for (const [text, expected] of cases) {
    it(`${JSON.stringify(text)} is ${expected} ms`, () => assert.equal(durationIn(text), expected))
  }
})

describe('a moment', () => {
  const cases: readonly (readonly [string, number | null, number | null])[] = [
    ['6m0s', null, 360_000],
    ['30', null, 30_000],
    ['2026-10-21T07:28:20Z', CLOCK, 20_000],
    ['2026-10-21T07:27:20Z', CLOCK, 0],
    ['2026-10-21T07:28:20Z', null, null],
    [String(CLOCK / 1000 + 5), CLOCK, 5_000],
    [String(CLOCK + 250), CLOCK, 250],
    [String(CLOCK + 250), null, null],
    ['tomorrow', CLOCK, null],
    ['2026-99-99T00:00:00Z', CLOCK, null],
  ]
  for (const [text, clock, expected] of cases) {
    it(`${text} ${clock === null ? 'without' : 'by'} a clock is ${expected} ms away`, () =>
      assert.equal(untilReset(text, clock), expected))
  }
})

describe('T55 a wait', () => {
  const said = (headers: Readonly<Record<string, string>>, more: object = {}): number | null =>
    waitFor(headers, { ...GENERAL, ...more })

  it('is read from the headers for it, the exact one first', () => {
    assert.equal(said({ 'retry-after-ms': '250', 'retry-after': '7' }), 250)
    assert.equal(said({ 'retry-after': '7' }), 7_000)
    assert.equal(said({ 'retry-after': '0.5' }), 500)
    assert.equal(said({ 'retry-after': '7s' }), 7_000)
    assert.equal(said({ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: DATE }), 30_000)
    assert.equal(said({ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT' }), null)
    assert.equal(said({ 'retry-after': '7' }, { limited: false }), 7_000)
  })

  it('is read from the body before words, and from words before windows', () => {
    const headers = { 'x-ratelimit-reset-requests': '9s' }
    assert.equal(said(headers, { after: 34_400, message: 'try again in 1s' }), 34_400)
    assert.equal(said(headers, { message: 'Limit reached. Please try again in 7m12.5s. Visit …' }), 432_500)
    assert.equal(said(headers, { message: 'Please retry after 20 seconds.' }), 20_000)
    assert.equal(said(headers, { message: 'Please try again in 120ms.' }), 120)
    assert.equal(said(headers, { message: 'try again in 2 hours' }), 7_200_000)
    assert.equal(said(headers, { message: 'try again in the morning' }), 9_000)
    assert.equal(said(headers, { message: 'x' }), 9_000)
  })

  it('is read from the window that ran empty, the latest of several', () => {
    const two = { 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-reset-tokens': '1s' }
    assert.equal(
      said({ ...two, 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-remaining-requests': '5' }),
      1_000,
    )
    assert.equal(
      said({ ...two, 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-remaining-requests': '0' }),
      360_000,
    )
    assert.equal(said(two), 1_000, 'where none says that it is empty, the soonest')
    const vendor = {
      'anthropic-ratelimit-requests-remaining': '9',
      'anthropic-ratelimit-requests-reset': '2026-10-21T07:28:01Z',
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-10-21T07:28:41Z',
    }
    assert.equal(said({ ...vendor, date: DATE }), 41_000)
    assert.equal(said(vendor), null, 'a moment without a clock is no wait')
    assert.equal(
      said({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(CLOCK + 1500), date: DATE }),
      1_500,
    )
  })

  it('asks no windows and no words where time heals nothing', () => {
    const headers = { 'x-ratelimit-reset-requests': '9s' }
    assert.equal(said(headers, { message: 'retry in 3s', limited: false }), null)
  })

  it('is at most a day', () => {
    assert.equal(said({ 'retry-after': '99999999' }), 86_400_000)
    assert.equal(said({}, { after: 1e300 }), 86_400_000)
    assert.equal(said({}, { after: Number.NaN }), null)
  })

  it('is null or whole milliseconds up to a day, whatever is said', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9hmsd.:TZ-]{0,20}$/), fc.double().map(String))
    const names = [
      'retry-after',
      'retry-after-ms',
      'date',
      'x-ratelimit-reset-requests',
      'anthropic-ratelimit-tokens-reset',
      'ratelimit-reset',
    ]
    const headers = fc.dictionary(fc.constantFrom(...names), text)
    fc.assert(
      fc.property(headers, text, (some, message) => {
        const wait = waitFor(some, { ...GENERAL, message })
        return wait === null || (Number.isInteger(wait) && wait >= 0 && wait <= 86_400_000)
      }),
      { numRuns: 2_000 },
    )
  })
})

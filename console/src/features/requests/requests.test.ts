import { expect, test } from 'vitest'
import { summarise } from '../../../../server/src/control/requests/summary.ts'
import { FixtureLedger } from '../../../../server/test/fixture/ledger.ts'
import { fixtureTraffic } from '../../../../server/test/fixture/traffic.ts'
import type { RequestSummary } from '../../contract.ts'
import { mergeRows } from '../feed/merge.ts'
import { nameOfRule, reasonsOf } from '../overview/reasons.ts'
import { sumUp } from '../overview/sums.ts'
import { crossingsIn } from './crossing.ts'
import { filtersFrom, isNarrowed, matches, NO_FILTERS, queryOf } from './filters.ts'

const records = fixtureTraffic(400, 1_800_000_000_000)
const ledger = new FixtureLedger(records)
const rows: readonly RequestSummary[] = records
  .map((record, i) => summarise({ row: i + 1, record }))
  .reverse()

test('the page filters live rows exactly as the ledger filters kept ones', async () => {
  const questions = [
    { side: 'own' },
    { side: 'closed', outcome: 'answered' },
    { outcome: 'refused' },
    { kind: 'health' },
    { use: 'support-chat', side: 'own' },
    { target: 'groq-70b' },
    { session: 'support-4711' },
    { search: 'frontier' },
    { search: 'nothing like it' },
  ]
  for (const question of questions) {
    const kept = await ledger.list({ ...question, limit: 1000 })
    const here = rows.filter((row) => matches(row, { ...NO_FILTERS, ...question }))
    expect(
      here.map((row) => row.row),
      JSON.stringify(question),
    ).toEqual(kept.map((row) => row.row))
  }
})

test('filters survive the address, and unknown parameters do not get in', () => {
  const filters = { ...NO_FILTERS, side: 'own', search: 'a&b=c #' }
  expect(filtersFrom(new URLSearchParams(queryOf(filters)))).toEqual(filters)
  expect(filtersFrom(new URLSearchParams('moon=1'))).toEqual(NO_FILTERS)
  expect(isNarrowed(NO_FILTERS)).toBe(false)
  expect(isNarrowed(filters)).toBe(true)
})

test('a conversation that crosses home is marked at the turn where it did, once', () => {
  const crossings = crossingsIn(rows)
  const turns = records.filter((record) => record.session === 'support-4711')
  expect([...crossings]).toEqual([[turns[4]?.id, 'home']])
})

test('refusals between two turns and other keys with the same session name are no crossing', () => {
  const [row] = rows
  if (row === undefined) throw new Error('no rows')
  const turn = (n: number, change: Partial<RequestSummary>): RequestSummary => ({
    ...row,
    row: n,
    id: `t${n}`,
    session: 's',
    key: 'a',
    outcome: 'answered',
    side: 'closed',
    ...change,
  })
  const list = [
    turn(1, {}),
    turn(2, { outcome: 'refused', side: null }),
    turn(3, { key: 'b', side: 'own' }),
    turn(4, {}),
    turn(5, { side: 'attested' }),
    turn(6, { side: 'own' }),
    turn(7, { side: 'rented' }),
  ]
  expect([...crossingsIn([...list].reverse())]).toEqual([
    ['t5', 'home'],
    ['t7', 'over'],
  ])
})

test('rows that come twice are shown once, newest first', () => {
  const merged = mergeRows(rows.slice(0, 10), rows.slice(5, 20))
  expect(merged.map((row) => row.row)).toEqual(rows.slice(0, 20).map((row) => row.row))
})

test('the sums account for every request exactly once', async () => {
  const sums = sumUp(await ledger.totals(''))
  expect(sums.requests).toBe(400)
  expect(sums.home + sums.crossed + sums.refused + sums.failed + sums.left).toBe(400)
  expect(sums.targets.reduce((sum, target) => sum + target.requests, 0)).toBe(sums.home + sums.crossed)
})

test('cost is unknown where nothing is known, and an estimate marks the sum', () => {
  const total = {
    side: 'own',
    target: 'home',
    outcome: 'answered',
    requests: 2,
    input: 1,
    output: 1,
    nanos: 0,
    unknownCosts: 2,
    estimatedCosts: 0,
  }
  expect(sumUp([total])).toMatchObject({ nanos: null, estimated: false, unknownCosts: 2 })
  expect(
    sumUp([total, { ...total, side: 'rented', nanos: 7, unknownCosts: 0, estimatedCosts: 1 }]),
  ).toMatchObject({
    nanos: 7,
    estimated: true,
    unknownCosts: 2,
  })
  const refusal = { ...total, outcome: 'refused', side: null, target: null, unknownCosts: 0 }
  expect(sumUp([total, refusal])).toMatchObject({ nanos: null, unknownCosts: 2 })
  expect(sumUp([refusal])).toMatchObject({ nanos: 0, unknownCosts: 0 })
  expect(sumUp([])).toMatchObject({ requests: 0, nanos: 0 })
})

test('reasons name the rules that kept requests home and those that refused', () => {
  const reasons = reasonsOf(rows)
  expect(reasons.some((reason) => reason.effect === 'kept-home' && reason.name === 'health')).toBe(true)
  expect(reasons.some((reason) => reason.effect === 'refused' && reason.name === 'secret')).toBe(true)
  expect(nameOfRule('use-floor:support-chat:source_code')).toBe('source code')
  expect(nameOfRule('client:x-causeway-side')).toBe('x-causeway-side')
  expect(nameOfRule('rule:eu-only')).toBe('eu-only')
})

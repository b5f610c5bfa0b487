import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FixtureLedger } from '../../../test/fixture/ledger.ts'
import { fixtureTraffic } from '../../../test/fixture/traffic.ts'
import type { RequestRecord } from '../../domain/index.ts'
import { getRequest } from './get.ts'
import { listRequests } from './list.ts'
import { summarise, whyOf } from './summary.ts'

const records = fixtureTraffic(250, 1_800_000_000_000)
const ledger = new FixtureLedger(records)

test('pages follow each other without a gap or a repetition', async () => {
  const seen: number[] = []
  let before: number | null = null
  do {
    const query: string = before === null ? 'limit=100' : `limit=100&before=${before}`
    const page = await listRequests(ledger, new URLSearchParams(query))
    seen.push(...page.rows.map((row) => row.row))
    before = page.older
  } while (before !== null)
  assert.deepEqual(
    seen,
    records.map((_, i) => records.length - i),
  )
})

test('filters reach the ledger', async () => {
  const page = await listRequests(ledger, new URLSearchParams('side=closed&outcome=answered&search='))
  assert.ok(page.rows.length > 0)
  assert.ok(page.rows.every((row) => row.side === 'closed' && row.outcome === 'answered'))
})

test('every made-up record has a reason in words, and refusals keep their message', () => {
  for (const record of records) {
    const why = whyOf(record)
    assert.match(why, /^[A-Z].*[.!?]$/s, why)
    if (record.outcome === 'refused') assert.equal(why, record.message)
  }
  const kept = records.find((record) => record.side === 'own' && record.kinds.includes('health'))
  assert.ok(kept)
  assert.deepEqual(summarise({ row: 1, record: kept }).heldBy, ['floor:health'])
  assert.equal(whyOf(kept), 'Kept from frontier and simulated-vendor by floor:health.')
})

test('no summary carries a finding, a key secret or the whole decision', () => {
  for (const record of records) {
    const text = JSON.stringify(summarise({ row: 1, record }))
    assert.doesNotMatch(text, /masked|"input":\{|candidates/)
  }
})

test('a conversation is told whole, and another key with the same session name stays apart', async () => {
  const turns = records.filter((record) => record.session === 'support-4711')
  const [turn] = turns
  assert.ok(turn)
  const other = new FixtureLedger([...turns, { ...turn, id: 'cw_other', key: 'someone-else' }])
  const view = await getRequest(other, turn.id)
  assert.deepEqual(
    view.session.map((step) => step.id),
    turns.map((record) => record.id),
  )
  const sides = view.session.map((step) => (step.side === 'own' ? 'own' : 'away'))
  assert.deepEqual(sides, ['away', 'away', 'away', 'away', 'own', 'own', 'own', 'own'])
  await assert.rejects(getRequest(other, 'cw_none'), /no request with this id/)
})

test('a parameter that is none is told so, also where every object has one of its name', async () => {
  for (const name of ['nothing', 'constructor', '__proto__', 'toString']) {
    await assert.rejects(listRequests(ledger, new URLSearchParams([[name, 'x']])), /is not a parameter/)
  }
})

const crossed = fixtureTraffic(400, 1_800_000_000_000).find(
  ({ crossing, target, outcome }) =>
    outcome === 'answered' && crossing?.verdict.permitted.some((one) => one.target === target) === true,
)

test('what went with values taken out says so, and is held back by no rule of its own', () => {
  assert.ok(crossed?.crossing)
  const { crossing } = crossed
  const said = (change: Partial<typeof crossing>, record: Partial<RequestRecord> = {}): string =>
    whyOf({ ...crossed, ...record, crossing: { ...crossing, ...change } })
  assert.match(said({}), /Sent with 2 contact values under pseudonyms; 2 put back in the answer\.$/)
  assert.doesNotMatch(said({}), new RegExp(`Kept from[^.]*${crossed.target}`))
  assert.match(said({ values: { contact: 1 }, unsure: 3 }), /1 contact value under.*, 3 left as they came/)
  const both = { ...crossing.input.label, replaced: { contact: 'pseudonyms', secret: 'masked' } as const }
  assert.match(
    said({ values: { secret: 1, contact: 2 }, input: { ...crossing.input, label: both } }),
    /Sent with 1 secret and 2 contact values under pseudonyms or masked;/,
  )
  assert.match(
    said({ left: ['headers.x-trace', 'messages[0].name'] }),
    /Taking values out was tried and could not reach headers\.x-trace and messages\[0\]\.name\.$/,
  )
  const [home] = crossed.decision?.verdict.permitted ?? []
  assert.doesNotMatch(said({}, { target: home?.target ?? '' }), /Sent with/)
  const { heldBy } = summarise({ row: 1, record: crossed })
  const kept = crossed.decision?.verdict.refusals.filter(
    ({ target }) => !crossing.verdict.permitted.some((one) => one.target === target),
  )
  assert.deepEqual(heldBy, [...new Set(kept?.map(({ rule }) => rule))])
})

test('what the guard did to an answer stands behind the rest', () => {
  assert.ok(crossed)
  const finding = {
    kind: 'secret',
    type: 'SECRET',
    path: 'answer',
    start: 0,
    end: 4,
    confidence: 1,
    reason: 'x',
    masked: '••••',
  } as const
  const guarded = { action: 'masked', findings: [finding, finding], omitted: 2 } as const
  assert.match(whyOf({ ...crossed, guarded }), / The answer was masked: it held SECRET and 2 more\.$/)
  assert.match(
    whyOf({ ...crossed, guarded: { action: 'marked', findings: [], omitted: 0 } }),
    /was marked: it held what is watched for\.$/,
  )
})

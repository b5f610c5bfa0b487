import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Ledger, NO_USAGE, type RequestRecord } from '../../domain/index.ts'
import type { NewRow } from './row.ts'

/** One store under test: rows go in, the port reads them. */
export interface LedgerUnderTest {
  append(rows: readonly NewRow[]): readonly boolean[]
  readonly ledger: Ledger
  close(): Promise<void>
}

/** A refused request at second `second`, changed as said. */
export const recordOf = (
  id: string,
  second: number,
  changes: Partial<RequestRecord> = {},
): RequestRecord => ({
  id,
  time: `2026-03-01T10:00:${String(second).padStart(2, '0')}.000Z`,
  outcome: 'answered',
  status: 200,
  code: null,
  message: null,
  rule: null,
  dialect: 'openai-chat',
  operation: 'chat',
  stream: false,
  method: 'POST',
  path: '/v1/chat/completions',
  key: 'dev',
  team: null,
  use: 'general',
  session: null,
  model: 'auto',
  target: 'home',
  side: 'own',
  simulated: false,
  level: 'public',
  kinds: [],
  conditions: [],
  findings: [],
  omittedFindings: 0,
  snapshot: 'a'.repeat(64),
  decision: null,
  ranking: null,
  attempts: [],
  dropped: [],
  usage: NO_USAGE,
  cost: { nanos: null, estimated: false },
  timing: { firstByte: null, total: 1, gateway: 1 },
  bytes: { in: 1, out: 1 },
  ...changes,
})

export const rowOf = (record: RequestRecord, leaf: number): NewRow => ({
  record,
  text: JSON.stringify(record),
  salt: Buffer.from('0123456789abcdef'),
  leaf,
})

const RECORDS: readonly RequestRecord[] = [
  recordOf('cw_a', 1, {
    usage: { ...NO_USAGE, input: 10, output: 5 },
    cost: { nanos: 700, estimated: false },
  }),
  recordOf('cw_b', 2, {
    target: 'far',
    side: 'closed',
    cost: { nanos: 900, estimated: true },
    model: 'Big_100%',
  }),
  recordOf('cw_c', 3, {
    outcome: 'refused',
    status: 403,
    target: null,
    side: null,
    kinds: ['payment', 'contact'],
    conditions: ['unread'],
    rule: 'floor:payment',
  }),
  recordOf('cw_d', 4, { session: 'chat-1', use: 'support', usage: { ...NO_USAGE, input: 1 } }),
  recordOf('cw_e', 5, { key: 'robot', cost: { nanos: 0, estimated: false } }),
]

type Open = () => Promise<LedgerUnderTest>

const filledBy =
  (open: Open) =>
  async (use: (store: LedgerUnderTest) => Promise<void>): Promise<void> => {
    const store = await open()
    try {
      store.append(RECORDS.map(rowOf))
      await use(store)
    } finally {
      await store.close()
    }
  }

const ids = async (store: LedgerUnderTest, filter: Omit<Parameters<Ledger['list']>[0], 'limit'>) =>
  (await store.ledger.list({ limit: 100, ...filter })).map((row) => row.record.id)

const orderContract = (name: string, open: Open): void => {
  const filled = filledBy(open)
  test(`${name}: an empty ledger answers empty`, async () => {
    const store = await open()
    assert.deepEqual(await store.ledger.list({ limit: 10 }), [])
    assert.equal(await store.ledger.get('cw_a'), null)
    assert.deepEqual(await store.ledger.totals('2026-01-01T00:00:00.000Z'), [])
    await store.close()
  })

  test(`${name}: a record comes back as it was, newest first, rows counting up`, () =>
    filled(async (store) => {
      const rows = await store.ledger.list({ limit: 100 })
      assert.deepEqual(
        rows.map((row) => row.record),
        RECORDS.toReversed(),
      )
      assert.deepEqual(
        rows.map((row) => row.row),
        [5, 4, 3, 2, 1],
      )
      assert.deepEqual((await store.ledger.get('cw_c'))?.record, RECORDS[2])
    }))

  test(`${name}: pages go down by before, a live list goes up by after and skips nothing`, () =>
    filled(async (store) => {
      assert.deepEqual(await ids(store, { before: 3 }), ['cw_b', 'cw_a'])
      assert.deepEqual(await ids(store, { after: 3 }), ['cw_d', 'cw_e'])
      const step = await store.ledger.list({ after: 1, limit: 2 })
      assert.deepEqual(
        step.map((row) => row.record.id),
        ['cw_b', 'cw_c'],
      )
      assert.deepEqual(await ids(store, { after: 5 }), [])
    }))
}

const filterContract = (name: string, open: Open): void => {
  const filled = filledBy(open)
  test(`${name}: filters`, () =>
    filled(async (store) => {
      assert.deepEqual(await ids(store, { side: 'closed' }), ['cw_b'])
      assert.deepEqual(await ids(store, { target: 'home', use: 'support' }), ['cw_d'])
      assert.deepEqual(await ids(store, { outcome: 'refused' }), ['cw_c'])
      assert.deepEqual(await ids(store, { session: 'chat-1' }), ['cw_d'])
      assert.deepEqual(await ids(store, { kind: 'contact' }), ['cw_c'])
      assert.deepEqual(await ids(store, { kind: 'unread' }), ['cw_c'])
      assert.deepEqual(await ids(store, { kind: 'pay' }), [])
      assert.deepEqual(await ids(store, { kind: '%' }), [])
      assert.deepEqual(await ids(store, { side: "closed' or '1'='1" }), [])
    }))

  test(`${name}: search finds parts of id, model, key and target, and takes its signs literally`, () =>
    filled(async (store) => {
      assert.deepEqual(await ids(store, { search: 'CW_D' }), ['cw_d'])
      assert.deepEqual(await ids(store, { search: 'big' }), ['cw_b'])
      assert.deepEqual(await ids(store, { search: 'obo' }), ['cw_e'])
      assert.deepEqual(await ids(store, { search: 'fa' }), ['cw_b'])
      assert.deepEqual(await ids(store, { search: '%' }), ['cw_b'])
      assert.deepEqual(await ids(store, { search: 'g_1' }), ['cw_b'])
      assert.deepEqual(await ids(store, { search: 'a_t' }), [])
      assert.deepEqual(await ids(store, { search: '\\' }), [])
      assert.equal((await ids(store, { search: '' })).length, 5)
    }))
}

const sumContract = (name: string, open: Open): void => {
  const filled = filledBy(open)
  test(`${name}: a limit that is no number or too small gives one row`, () =>
    filled(async (store) => {
      for (const limit of [0, -5, Number.NaN]) assert.equal((await store.ledger.list({ limit })).length, 1)
    }))

  test(`${name}: sums keep unknown costs apart, and count none for what was refused`, () =>
    filled(async (store) => {
      const totals = await store.ledger.totals('2026-03-01T10:00:00.000Z')
      const home = totals.find((total) => total.target === 'home')
      assert.deepEqual(home, {
        side: 'own',
        target: 'home',
        outcome: 'answered',
        requests: 3,
        input: 11,
        output: 5,
        nanos: 700,
        unknownCosts: 1,
        estimatedCosts: 0,
      })
      assert.equal(totals.find((total) => total.target === 'far')?.estimatedCosts, 1)
      assert.equal(totals.find((total) => total.outcome === 'refused')?.unknownCosts, 0)
      const late = await store.ledger.totals('2026-03-01T10:00:05.000Z')
      assert.deepEqual(
        late.map((total) => total.requests),
        [1],
      )
    }))

  test(`${name}: a second outcome of a request is turned away and the first stays`, () =>
    filled(async (store) => {
      const again = recordOf('cw_a', 9, { status: 500 })
      const other = recordOf('cw_f', 9)
      assert.deepEqual(store.append([rowOf(again, 6), rowOf(other, 7)]), [false, true])
      assert.equal((await store.ledger.get('cw_a'))?.record.status, 200)
      assert.equal((await store.ledger.get('cw_f'))?.row, 6)
    }))
}

/** What every implementation of the ledger has to do. */
export const ledgerContract = (name: string, open: Open): void => {
  orderContract(name, open)
  filterContract(name, open)
  sumContract(name, open)
}

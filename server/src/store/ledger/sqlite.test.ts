import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { CausewayError } from '../../domain/index.ts'
import { ledgerContract, recordOf, rowOf } from './contract.fixture.ts'
import { LedgerWriter, openCommitted, openLedger } from './sqlite.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'causeway-store-'))

ledgerContract('sqlite', async () => {
  const home = folder()
  const file = join(home, 'ledger.sqlite')
  const writer = await LedgerWriter.open(file)
  const ledger = openLedger(file)
  return {
    append: (rows) => writer.append(rows),
    ledger,
    close: async () => {
      await ledger.close()
      writer.close()
      rmSync(home, { recursive: true })
    },
  }
})

const failsWith = (code: string) => (thrown: unknown) =>
  thrown instanceof CausewayError && thrown.fault.code === code

test('a transaction taken back leaves nothing, and the next one works', async () => {
  const home = folder()
  const file = join(home, 'ledger.sqlite')
  const writer = await LedgerWriter.open(file)
  writer.begin()
  assert.ok(writer.insert(rowOf(recordOf('cw_a', 1), 0)))
  writer.rollback()
  writer.rollback()
  assert.equal(writer.lastLeaf(), null)
  writer.append([rowOf(recordOf('cw_a', 1), 7)])
  assert.equal(writer.lastLeaf(), 7)
  writer.close()
  rmSync(home, { recursive: true })
})

test('rows stay when the file is opened again, and tell what they commit to', async () => {
  const home = folder()
  const file = join(home, 'ledger.sqlite')
  const first = await LedgerWriter.open(file)
  const row = rowOf(recordOf('cw_a', 1), 3)
  first.append([row])
  first.close()
  const second = await LedgerWriter.open(file)
  assert.equal(second.lastLeaf(), 3)
  const committed = openCommitted(file)
  const found = committed?.find('cw_a')
  assert.equal(found?.text, row.text)
  assert.deepEqual(Buffer.from(found?.salt ?? []), row.salt)
  assert.equal(committed?.find('cw_b'), null)
  committed?.close()
  second.close()
  rmSync(home, { recursive: true })
})

test('no ledger, a folder in its place, and a file that is none are told', async () => {
  const home = folder()
  assert.throws(() => openLedger(join(home, 'none.sqlite')), failsWith('data_folder'))
  assert.equal(openCommitted(join(home, 'none.sqlite')), null)
  await assert.rejects(LedgerWriter.open(home), failsWith('data_folder'))
  const rubbish = join(home, 'rubbish.sqlite')
  writeFileSync(rubbish, 'this is no database, and it is longer than a header'.repeat(100))
  await assert.rejects(LedgerWriter.open(rubbish), failsWith('data_folder'))
  rmSync(home, { recursive: true })
})

test('a ledger with a migration that this program does not know is refused', async () => {
  const home = folder()
  const file = join(home, 'ledger.sqlite')
  ;(await LedgerWriter.open(file)).close()
  const database = new DatabaseSync(file)
  database.exec("INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01T00:00:00.000Z')")
  database.close()
  await assert.rejects(LedgerWriter.open(file), failsWith('data_folder'))
  rmSync(home, { recursive: true })
})

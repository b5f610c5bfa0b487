import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { readKeyFile } from '../audit/index.ts'
import { CausewayError } from '../domain/index.ts'
import { sha256Hex } from '../lib/index.ts'
import { intentOf, leavesIn, prove, recordOf, started, temporaryFolder } from './fixture.ts'
import { dataFiles, openRecorder, readLedger } from './index.ts'

const failsWith =
  (code: string, pattern = /./) =>
  (thrown: unknown) =>
    thrown instanceof CausewayError && thrown.fault.code === code && pattern.test(thrown.message)

/** Waits until something is so; fails after many tries. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) await sleep(20)
  assert.ok(holds())
}

test('facts are in the log and outcomes in the ledger when their promises resolve', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder, ledger, publicKey } = await openRecorder({ folder })
  await recorder.event(started())
  await recorder.intent(intentOf('cw_1'))
  const record = recordOf('cw_1', {
    level: 'restricted',
    kinds: ['payment'],
    message: 'zeile\n"zwei" \u2028 💳',
  })
  await recorder.outcome(record)
  assert.deepEqual(
    leavesIn(folder).map((leaf) => leaf.type),
    ['event', 'intent', 'outcome'],
  )
  assert.deepEqual((await ledger.get('cw_1'))?.record, record)
  assert.equal((await ledger.list({ limit: 5 })).length, 1)
  assert.equal((await ledger.totals('2026-01-01T00:00:00.000Z'))[0]?.requests, 1)
  assert.equal(recorder.trouble(), null)
  const found = await prove(folder)
  assert.deepEqual(found.problems, [])
  assert.equal(found.covered, 3)
  assert.deepEqual(found.ledger, { same: 1, missing: 0, changed: 0 })
  assert.equal(readKeyFile(readFileSync(dataFiles(folder).publicKey, 'utf8'))?.text, publicKey)
  await recorder.close()
  assert.equal(statSync(dataFiles(folder).secretKey).mode & 0o777, 0o600)
})

test('many facts at once share commits, keep their order and are all there', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder })
  const ids = Array.from({ length: 2000 }, (_, index) => `cw_${index}`)
  await Promise.all(ids.map((id) => recorder.outcome(recordOf(id))))
  const kept = leavesIn(folder).flatMap((leaf) => (leaf.type === 'outcome' ? [leaf.request] : []))
  assert.deepEqual(kept, ids)
  const found = await prove(folder)
  assert.deepEqual(found.problems, [])
  assert.ok(found.checkpoints <= 20)
  await recorder.close()
})

test('a log goes on where it ended, under the same key, without a repair', async (context) => {
  const folder = temporaryFolder(context)
  const keys = new Set<string>()
  for (const round of [1, 2, 3]) {
    const { recorder, publicKey } = await openRecorder({ folder })
    keys.add(publicKey)
    await recorder.outcome(recordOf(`cw_${round}`))
    await recorder.close()
  }
  assert.equal(keys.size, 1)
  const found = await prove(folder)
  assert.deepEqual(found.problems, [])
  assert.deepEqual(found.requests.leaves, { intent: 0, outcome: 3, event: 0 })
})

test('facts waiting when the recorder closes are written; later ones are refused', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder })
  const waiting = [1, 2, 3].map((id) => recorder.outcome(recordOf(`cw_${id}`)))
  await recorder.close()
  await Promise.all(waiting)
  assert.equal(leavesIn(folder).length, 3)
  await assert.rejects(recorder.intent(intentOf('cw_4')), failsWith('record_unavailable', /closed/))
  await recorder.close()
})

test('one bad fact is turned away alone', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder })
  await recorder.outcome(recordOf('cw_1'))
  const again = recorder.outcome(recordOf('cw_1', { status: 500 }))
  const large = recorder.intent({
    ...intentOf('cw_2'),
    targets: Array.from({ length: 9000 }, () => 'a-target'),
  })
  const good = recorder.outcome(recordOf('cw_3'))
  await assert.rejects(again, failsWith('record_unavailable', /already/))
  await assert.rejects(large, failsWith('record_unavailable', /65535/))
  await good
  assert.equal(recorder.trouble(), null)
  assert.equal(leavesIn(folder).length, 2)
  assert.deepEqual((await prove(folder)).ledger, { same: 2, missing: 0, changed: 0 })
  await recorder.close()
})

test('a fact nobody waits for does not bring the process down when it fails', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder })
  await recorder.outcome(recordOf('cw_1'))
  recorder.outcome(recordOf('cw_1'))
  await recorder.close()
  recorder.outcome(recordOf('cw_2'))
  await sleep(20)
})

test('a snapshot is kept under its hash, and under no other', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder })
  const source = '{"v":1}'
  await recorder.snapshot(sha256Hex(source), source)
  await recorder.snapshot(sha256Hex(source), source)
  assert.equal(readFileSync(join(dataFiles(folder).snapshots, `${sha256Hex(source)}.json`), 'utf8'), source)
  await assert.rejects(recorder.snapshot('../../escape', source), failsWith('record_unavailable'))
  await assert.rejects(recorder.snapshot(sha256Hex('x'), source), failsWith('record_unavailable'))
  assert.ok(!existsSync(join(folder, '..', 'escape.json')))
  assert.equal(recorder.trouble(), null)
  await recorder.close()
})

test('a folder in use is refused in the same process too, and free again after close', async (context) => {
  const folder = temporaryFolder(context)
  const first = await openRecorder({ folder })
  const pattern = new RegExp(`process ${process.pid}`)
  await assert.rejects(openRecorder({ folder }), failsWith('data_folder', pattern))
  await first.recorder.outcome(recordOf('cw_1'))
  await first.recorder.close()
  const second = await openRecorder({ folder })
  await second.recorder.close()
})

test('a folder that cannot be one is refused with data_folder', async (context) => {
  const folder = temporaryFolder(context)
  writeFileSync(join(folder, 'file'), '')
  await assert.rejects(openRecorder({ folder: join(folder, 'file') }), failsWith('data_folder'))
  mkdirSync(join(folder, 'ledger.sqlite'))
  await assert.rejects(openRecorder({ folder }), failsWith('data_folder'))
})

test('the ledger can be read while another writes, and says where there is none', async (context) => {
  const folder = temporaryFolder(context)
  const none = readLedger(join(folder, 'nowhere'))
  await assert.rejects(none.list({ limit: 1 }), failsWith('data_folder', /no ledger/))
  await none.close()
  const { recorder } = await openRecorder({ folder })
  await recorder.outcome(recordOf('cw_1'))
  const reading = readLedger(folder)
  assert.equal((await reading.get('cw_1'))?.row, 1)
  await recorder.outcome(recordOf('cw_2'))
  assert.equal((await reading.get('cw_2'))?.row, 2)
  await reading.close()
  await recorder.close()
})

test('a disk that hangs refuses within the deadline, and the log tells of it once it is back', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder, deadline: 150 })
  await recorder.outcome(recordOf('cw_1'))
  // Another writer holding the ledger's lock makes the commit wait inside the system, as a dead disk would.
  const other = new DatabaseSync(dataFiles(folder).ledger)
  other.exec('BEGIN IMMEDIATE')
  await assert.rejects(
    recorder.intent(intentOf('cw_2')),
    failsWith('record_unavailable', /not answered for 150 ms/),
  )
  assert.match(recorder.trouble() ?? '', /not answered/)
  await assert.rejects(recorder.intent(intentOf('cw_3')), failsWith('record_unavailable'))
  other.exec('ROLLBACK')
  other.close()
  await until(() => recorder.trouble() === null)
  await recorder.outcome(recordOf('cw_4'))
  const repairs = (await prove(folder)).requests.repairs
  assert.equal(repairs.length, 1)
  assert.match(String(repairs[0]?.detail['problem']), /not answered/)
  assert.deepEqual((await prove(folder)).problems, [])
  await recorder.close()
})

test('a thread that dies rejects what waits, is started again, and the log tells of it', async (context) => {
  const folder = temporaryFolder(context)
  const workers: Worker[] = []
  const note = (worker: Worker): void => {
    workers.push(worker)
  }
  process.on('worker', note)
  const { recorder } = await openRecorder({ folder })
  await recorder.outcome(recordOf('cw_1'))
  const waiting = recorder.intent(intentOf('cw_2'))
  await workers[0]?.terminate()
  const [result] = await Promise.allSettled([waiting])
  await until(() => recorder.trouble() !== null || result?.status === 'fulfilled')
  if (recorder.trouble() !== null) {
    await assert.rejects(recorder.intent(intentOf('cw_3')), failsWith('record_unavailable', /thread stopped/))
  }
  await until(() => recorder.trouble() === null)
  await recorder.outcome(recordOf('cw_4'))
  assert.equal(workers.length, 2)
  process.off('worker', note)
  const found = await prove(folder)
  assert.deepEqual(found.problems, [])
  assert.match(String(found.requests.repairs.at(-1)?.detail['problem']), /thread stopped/)
  await recorder.close()
})

test('checkpoints are thinned, every one left still holds, and the log goes on', async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder })
  for (let index = 0; index < 300; index += 1) await recorder.outcome(recordOf(`cw_${index}`))
  const found = await prove(folder)
  assert.deepEqual(found.problems, [])
  assert.equal(found.covered, 300)
  assert.ok(found.checkpoints < 100, `${found.checkpoints} checkpoints`)
  await recorder.close()
  const again = await openRecorder({ folder })
  await again.recorder.outcome(recordOf('cw_more'))
  await again.recorder.close()
  assert.equal((await prove(folder)).covered, 301)
})

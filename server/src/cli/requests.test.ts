import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Command } from 'commander'
import { fixtureTraffic } from '../../test/fixture/traffic.ts'
import { openRecorder } from '../recorder/index.ts'
import { detailLines, headLine, registerRequests, rowLine } from './requests.ts'

const records = fixtureTraffic(60, 1_800_000_000_000)
let folder = ''

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causeway-requests-'))
  const { recorder } = await openRecorder({ folder })
  await Promise.all(records.map((record) => recorder.outcome(record)))
  await recorder.close()
})

after(() => rmSync(folder, { recursive: true }))

/** Runs the command and answers what it printed. */
const run = async (...words: readonly string[]): Promise<readonly string[]> => {
  const lines: string[] = []
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  registerRequests(program, (line) => lines.push(line))
  for (const command of program.commands) command.exitOverride()
  await program.parseAsync(['requests', '--data', folder, ...words], { from: 'user' })
  return lines
}

test('no line is longer than 100 characters, whatever a record holds', () => {
  const [record] = records
  assert.ok(record)
  const long = 'x'.repeat(300)
  const wide = {
    ...record,
    model: long,
    target: long,
    kinds: ['source_code', 'internal', 'identity'] as const,
  }
  for (const each of [...records, wide]) assert.ok(rowLine({ row: 1, record: each }).length <= 100)
  assert.ok(headLine().length <= 100)
  for (const each of [...records, wide, { ...record, cost: { nanos: 1, estimated: true } }])
    for (const text of detailLines(each).flatMap((part) => part.split('\n')))
      assert.ok(text.length <= 100, text)
})

test('a known cost is never shown as nothing, and an unknown one never as zero', () => {
  const [record] = records
  assert.ok(record)
  const costOf = (nanos: number | null, estimated = false): string =>
    rowLine({ row: 1, record: { ...record, outcome: 'answered', cost: { nanos, estimated } } })
      .split(' ')
      .at(-1) ?? ''
  assert.deepEqual(
    [costOf(null), costOf(0), costOf(100), costOf(1_234_567, true), costOf(12_340_000_000), costOf(1e11)],
    ['unknown', '0', '0.0000001', '~0.0012', '12.34', '100'],
  )
})

test('what a client wrote cannot steer the terminal', () => {
  const [record] = records
  assert.ok(record)
  const nasty = 'a\u001b[2J\u001b]0;owned\u0007\r\n\u202eb'
  const lines = [
    rowLine({ row: 1, record: { ...record, model: nasty, target: nasty } }),
    ...detailLines({ ...record, model: nasty, session: nasty, message: nasty, use: nasty }),
  ]
  for (const text of lines) assert.doesNotMatch(text.replaceAll('\n', ''), /[\u0000-\u001f\u007f\u202e]/)
})

test('the latest come in the order in which they happened', async () => {
  const lines = await run('--limit', '5', '--json')
  const ids: unknown[] = lines.map((text) => JSON.parse(text).id)
  assert.deepEqual(
    ids,
    records.slice(-5).map((record) => record.id),
  )
})

test('the table has a head, a line for each, and says what was simulated', async () => {
  const lines = await run('--limit', '60')
  assert.match(lines[0] ?? '', /^TIME +OUTCOME +ASKED +WENT TO/)
  const simulated = records.filter((record) => record.simulated).length
  assert.ok(simulated > 0)
  assert.equal(lines.filter((text) => text.includes('*simulated-vend')).length, simulated)
  assert.match(lines.at(-1) ?? '', /no real model answered/)
})

test('filters reach the ledger and wrong ones are refused', async () => {
  const lines = await run('--side', 'own', '--kind', 'health', '--json')
  assert.ok(lines.length > 0)
  for (const text of lines) assert.equal(JSON.parse(text).side, 'own')
  assert.deepEqual(await run('--use', 'unheard-of'), ['No requests fit.'])
  for (const words of [
    ['--side', 'mars'],
    ['--limit', '0'],
    ['--limit', '1001'],
    ['--outcome', 'x'],
    ['--kind', 'x'],
  ])
    await assert.rejects(run(...words), { code: 'commander.invalidArgument' }, words.join(' '))
})

test('one request is told whole, and an unknown one is an error', async () => {
  const record = records.find((one) => one.kinds.includes('payment') && one.side === 'own')
  assert.ok(record)
  const text = (await run(record.id)).join('\n')
  assert.match(text, /why +Kept from frontier and simulated-vendor by floor:payment\./)
  assert.match(text, /found +IBAN DE89 •••• 3000/)
  assert.match(text, /may not +frontier \(floor:payment\)/)
  assert.equal(JSON.parse((await run(record.id, '--json')).join('')).id, record.id)
  await assert.rejects(run('cw_unheard'), /no request cw_unheard/)
})

test('a folder in which nothing was recorded yet is no failure', async () => {
  const [line] = await run('--data', join(folder, 'empty'))
  assert.match(line ?? '', /^Nothing has been recorded in .*empty yet/)
  assert.deepEqual(await run('--data', join(folder, 'empty'), '--json'), [])
})

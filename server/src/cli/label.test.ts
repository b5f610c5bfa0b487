import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { Command } from 'commander'
import { CausewayError } from '../domain/index.ts'
import { labelLine, labelReport, labelText, registerLabel } from './label.ts'

const IBAN = 'DE89370400440532013000'
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causeway-label-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = async (...argv: string[]): Promise<string> => {
  const program = new Command().exitOverride()
  registerLabel(program)
  const written: string[] = []
  const { write } = process.stdout
  process.stdout.write = (chunk) => written.push(String(chunk)) > 0
  try {
    await program.parseAsync(['label', ...argv], { from: 'user' })
  } finally {
    process.stdout.write = write
  }
  return written.join('')
}

test('a text gets its level, kinds and findings, masked', () => {
  const label = labelText(`pay ${IBAN}, mail jane@acme.io`)
  assert.equal(label.level, 'restricted')
  assert.deepEqual(label.kinds, ['payment', 'contact'])
  const report = labelReport(label).join('\n')
  assert.match(report, /^restricted: payment, contact\n {2}payment +IBAN \(DE\) +DE89 •••• 3000/)
  assert.ok(!report.includes(IBAN))
  assert.deepEqual(labelReport(labelText('hello')), ['public: nothing found'])
})

test('a line gets spans for scoring', () => {
  assert.deepEqual(JSON.parse(labelLine(JSON.stringify({ id: 7, text: `x ${IBAN}` }), 1)), {
    id: 7,
    level: 'restricted',
    kinds: ['payment'],
    categories: ['pii'],
    spans: [{ start: 2, end: 24, type: 'IBAN', sub: 'DE', score: 0.99 }],
  })
})

test('a line that is no JSON or lacks a field is named', () => {
  for (const line of ['{', '[]', '{"id":1}', '{"text":"x"}', '"x"']) {
    assert.throws(
      () => labelLine(line, 3),
      (thrown) => thrown instanceof CausewayError && thrown.message.includes('line 3'),
    )
  }
})

test('from a file, as lines, as JSON', async () => {
  const file = join(folder, 'in')
  writeFileSync(file, `{"id":"a","text":"hi"}\n\n{"id":"b","text":"${IBAN}"}\n`)
  const lines = (await run('--file', file, '--jsonl'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    lines.map(({ id, level }) => [id, level]),
    [
      ['a', 'public'],
      ['b', 'restricted'],
    ],
  )
  assert.equal(JSON.parse(await run('--json', `to ${IBAN}`)).kinds[0], 'payment')
  assert.match(await run('hello'), /nothing found/)
})

test('a file that is not there, or two sources at once, is a mistake that is told', async () => {
  const told = (thrown: unknown): boolean => thrown instanceof CausewayError
  await assert.rejects(run('--file', join(folder, 'none')), told)
  await assert.rejects(run('text', '--file', folder), told)
})

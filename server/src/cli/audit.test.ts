import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { NO_USAGE, type RequestRecord } from '../domain/index.ts'
import { type OpenRecorder, openRecorder } from '../recorder/index.ts'

const TIME = '2026-03-01T10:00:00.000Z'
const SNAPSHOT = 'a'.repeat(64)

const recordOf = (id: string): RequestRecord => ({
  id,
  time: TIME,
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
  snapshot: SNAPSHOT,
  decision: null,
  ranking: null,
  attempts: [],
  dropped: [],
  usage: NO_USAGE,
  cost: { nanos: null, estimated: false },
  timing: { firstByte: null, total: 1, gateway: 1 },
  bytes: { in: 1, out: 1 },
})

const AUDIT = new URL('./audit.ts', import.meta.url).href
const PROGRAM = `import { Command } from 'commander'; import { registerAudit } from ${JSON.stringify(AUDIT)};
const program = new Command(); registerAudit(program); await program.parseAsync(process.argv.slice(1), { from: 'user' })`

/** One command in a process of its own. */
const run = (...argv: string[]): Promise<{ code: number | null; out: string; error: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, '--', 'audit', ...argv], {
      cwd: import.meta.dirname,
    })
    let out = ''
    let error = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      error += chunk
    })
    child.on('close', (code) => resolve({ code, out, error }))
  })

let home = ''
let data = ''
let opened: OpenRecorder

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'causeway-audit-'))
  data = join(home, 'data')
  opened = await openRecorder({ folder: data })
  for (const id of ['cw_1', 'cw_2', 'cw_3']) await opened.recorder.outcome(recordOf(id))
})

after(async () => {
  await opened.recorder.close()
  rmSync(home, { recursive: true })
})

/** A copy of the data folder, as it stands, to be spoilt. */
const copy = (name: string): string => {
  const folder = join(home, name)
  cpSync(data, folder, { recursive: true })
  return folder
}

test('verify proves a log that is in use, says how far, and what it cannot know', async () => {
  const { code, out } = await run('verify', '--data', data)
  assert.equal(code, 0)
  assert.match(out, /is intact/)
  assert.match(out, /3 entries, none changed/)
  assert.match(out, /3 outcomes committed to the very row/)
  assert.match(out, /Whether the end was cut off/)
  assert.match(out, /key\.secret/)
})

test('verify stays right while facts are written without a pause', async () => {
  let isOver = false
  const writing = (async () => {
    for (let id = 0; !isOver; id += 1) await opened.recorder.outcome(recordOf(`cw_busy_${id}`))
  })()
  for (const _ of [1, 2, 3]) {
    const { code, out } = await run('verify', '--data', data, '--json')
    assert.equal(code, 0, out)
    assert.equal(JSON.parse(out).intact, true)
  }
  isOver = true
  await writing
})

test('a copy of the audit folder alone is enough', async () => {
  const { code, out } = await run('verify', '--data', join(copy('alone'), 'audit'))
  assert.equal(code, 0)
  assert.match(out, /no ledger beside it/)
})

test('a changed byte is 1 and named; a folder without a log is 2', async () => {
  const spoilt = copy('spoilt')
  const file = join(spoilt, 'audit', 'entries.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace('cw_2', 'cw_9'))
  const { code, out } = await run('verify', '--data', spoilt)
  assert.equal(code, 1)
  assert.match(out, /NOT what was signed/)
  const none = await run('verify', '--data', join(home, 'nowhere'))
  assert.equal(none.code, 2)
  assert.match(none.error, /There is no .*entries\.jsonl/)
  const lost = await run('verify', '--data', data, '--checkpoint', join(home, 'no-file'))
  assert.equal(lost.code, 2)
})

test('a changed ledger row is found', async () => {
  const spoilt = copy('ledger')
  const database = new DatabaseSync(join(spoilt, 'ledger.sqlite'))
  database.exec(`UPDATE requests SET record = replace(record, '"home"', '"away"') WHERE id = 'cw_2'`)
  database.close()
  const { code, out } = await run('verify', '--data', spoilt)
  assert.equal(code, 1)
  assert.match(out, /the row of cw_2 is not the one/)
  const shown = await run('show', 'cw_2', '--data', spoilt)
  assert.equal(shown.code, 1)
})

test('a saved checkpoint finds a cut tail, and is not overwritten by a log that does not continue it', async () => {
  const early = copy('early')
  await opened.recorder.outcome(recordOf('cw_late'))
  const saved = join(home, 'saved')
  assert.equal((await run('checkpoint', '--data', data, '--out', saved)).code, 0)
  const whole = await run('verify', '--data', data, '--checkpoint', saved)
  assert.equal(whole.code, 0)
  assert.match(whole.out, /continues the saved checkpoint/)
  const cut = await run('verify', '--data', early, '--checkpoint', saved)
  assert.equal(cut.code, 1)
  assert.match(cut.out, /tail was cut off/)
  const text = readFileSync(saved, 'utf8')
  const refused = await run('checkpoint', '--data', early, '--out', saved)
  assert.equal(refused.code, 1)
  assert.equal(readFileSync(saved, 'utf8'), text)
  assert.ok(!existsSync(`${saved}.new`))
  await opened.recorder.outcome(recordOf('cw_later'))
  assert.equal((await run('checkpoint', '--data', data, '--out', saved)).code, 0)
  assert.notEqual(readFileSync(saved, 'utf8'), text)
  assert.match((await run('checkpoint', '--data', data)).out, /^causeway\.local\/[0-9a-f]{8}\n\d+\n/)
})

test('show proves the entries of one request and prints its record', async () => {
  const { code, out } = await run('show', 'cw_2', '--data', data, '--json')
  assert.equal(code, 0)
  const shown = JSON.parse(out)
  assert.equal(shown.committed, true)
  assert.equal(shown.leaves.length, 1)
  assert.equal(shown.leaves[0].index, 1)
  assert.ok(shown.leaves[0].proof.length > 0)
  assert.equal(JSON.parse(shown.record).id, 'cw_2')
  assert.match((await run('show', 'cw_none', '--data', data)).out, /no entry/)
})

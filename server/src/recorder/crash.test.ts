import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CausewayError } from '../domain/index.ts'
import { leavesIn, prove, recordOf, temporaryFolder } from './fixture.ts'
import { dataFiles, openRecorder } from './index.ts'

const CHILD = fileURLToPath(new URL('./child.fixture.ts', import.meta.url))

interface Child {
  readonly process: ChildProcess
  readonly lines: string[]
  /** Waits for a line that fits, from the start or from a place in `lines`. */
  sees(pattern: RegExp, from?: number): Promise<string>
  kill(): Promise<void>
}

const start = (folder: string, prefix: string, width: number, wrap: readonly string[] = []): Child => {
  const [command = process.execPath, ...before] = [...wrap, process.execPath]
  const child = spawn(command, [...before, CHILD, folder, prefix, String(width)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const gone = once(child, 'close')
  return {
    process: child,
    lines,
    sees: async (pattern, from = 0) => {
      for (;;) {
        const found = lines.slice(from).find((line) => pattern.test(line))
        if (found !== undefined) return found
        const [event] = await Promise.race([once(reader, 'line'), gone.then(() => [null])])
        if (event === null && !lines.slice(from).some((line) => pattern.test(line))) {
          throw new Error(`the child ended after ${lines.at(-1) ?? 'nothing'}`)
        }
      }
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

const failsWith =
  (code: string, pattern = /./) =>
  (thrown: unknown) =>
    thrown instanceof CausewayError && thrown.fault.code === code && pattern.test(thrown.message)

test('kill -9 in a loop loses nothing that was acknowledged, and the log verifies', async (context) => {
  const folder = temporaryFolder(context)
  const acknowledged: string[] = []
  const ROUNDS = 10
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = start(folder, String(round), 1 + round * 4)
    // Each round dies at another point: after so many acknowledgements, in the middle of the next batches.
    await child.sees(new RegExp(`^outcome cw_${round}_0_${round * 2}$`))
    await child.kill()
    acknowledged.push(...child.lines.filter((line) => /^(intent|outcome) /.test(line)))
    assert.ok(!child.lines.some((line) => line.startsWith('refused')), child.lines.at(-1))
  }
  const { recorder, ledger } = await openRecorder({ folder })
  const kept = new Set(
    leavesIn(folder).flatMap((leaf) => (leaf.type === 'event' ? [] : [`${leaf.type} ${leaf.request}`])),
  )
  const lost = acknowledged.filter((line) => !kept.has(line))
  assert.ok(acknowledged.length > 500)
  assert.deepEqual(lost, [])
  for (const line of acknowledged.slice(-50)) {
    const [kind, id = ''] = line.split(' ')
    if (kind === 'outcome') assert.equal((await ledger.get(id))?.record.id, id)
  }
  const found = await prove(folder)
  assert.deepEqual(found.problems, [])
  assert.equal(found.uncovered.entries, 0)
  assert.equal(found.ledger?.changed, 0)
  await recorder.close()
})

test('a second process is turned away while the first lives, and let in once it was killed', async (context) => {
  const folder = temporaryFolder(context)
  const first = start(folder, 'a', 1)
  await first.sees(/^outcome/)
  const second = start(folder, 'b', 1)
  const refusal = await second.sees(/^refused/)
  assert.match(refusal, new RegExp(`data_folder .*process ${first.process.pid}`))
  await first.kill()
  const third = start(folder, 'c', 1)
  await third.sees(/^outcome/)
  await third.kill()
})

/** Sets the largest size a file of a process may have, which is how a full disk looks from inside. */
const LIMITER = 'prlimit'

const hasLimits = (() => {
  try {
    execFileSync(LIMITER, ['--version'])
    return true
  } catch {
    return false
  }
})()

test('a full disk refuses every fact, leaves none half written, and is over when there is space', {
  skip: hasLimits ? false : 'prlimit is not installed: a full disk cannot be made here',
}, async (context) => {
  const folder = temporaryFolder(context)
  const { recorder } = await openRecorder({ folder })
  await recorder.outcome(recordOf('cw_before'))
  await recorder.close()
  const limit = statSync(dataFiles(folder).entries).size + 64_000
  const child = start(folder, 'full', 2, [LIMITER, `--fsize=${limit}:unlimited`])
  await child.sees(/^refused record_unavailable/)
  const full = await prove(folder)
  assert.deepEqual(full.problems, [])
  assert.equal(full.uncovered.entries, 0)
  const refusedAt = child.lines.length
  execFileSync(LIMITER, [`--pid=${child.process.pid}`, '--fsize=unlimited:unlimited'])
  await child.sees(/^outcome/, refusedAt)
  await child.kill()
  const again = await openRecorder({ folder })
  await again.recorder.close()
  const found = await prove(folder)
  assert.deepEqual(found.problems, [])
  assert.ok(
    found.requests.repairs.some(({ detail }) => /too large|EFBIG|full|I\/O/i.test(String(detail['problem']))),
  )
  const kept = new Set(
    leavesIn(folder).flatMap((leaf) => (leaf.type === 'event' ? [] : [`${leaf.type} ${leaf.request}`])),
  )
  assert.deepEqual(
    child.lines.filter((line) => /^(intent|outcome) /.test(line) && !kept.has(line)),
    [],
  )
})

let pattern: Promise<string> | undefined

/** A small sound log, closed; made once and copied. */
const sound = async (folder: string): Promise<void> => {
  pattern ??= (async () => {
    const made = mkdtempSync(join(tmpdir(), 'causeway-sound-'))
    const { recorder } = await openRecorder({ folder: made })
    for (const id of ['cw_1', 'cw_2', 'cw_3']) await recorder.outcome(recordOf(id))
    await recorder.close()
    return made
  })()
  cpSync(await pattern, folder, { recursive: true })
}

after(async () => {
  if (pattern !== undefined) rmSync(await pattern, { recursive: true })
})

const cutLastNote = (file: string): void => {
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text
      .split('\n')
      .slice(0, -6)
      .map((line) => `${line}\n`)
      .join(''),
  )
}

test('what a crash leaves is repaired and said', async (context) => {
  const files = (folder: string) => dataFiles(folder)
  const crashes: [string, (folder: string) => void, Record<string, number>][] = [
    [
      'an unfinished entry',
      (folder) => appendFileSync(files(folder).entries, '{"half":'),
      { entryBytesCut: 8, entriesWithoutCheckpoint: 0, checkpointBytesCut: 0 },
    ],
    [
      'an unfinished checkpoint',
      (folder) => truncateSync(files(folder).checkpoints, statSync(files(folder).checkpoints).size - 10),
      { entryBytesCut: 0, entriesWithoutCheckpoint: 1, outcomesWithoutLedgerRow: 0 },
    ],
    [
      'zeros where the power went out',
      (folder) => appendFileSync(files(folder).checkpoints, Buffer.alloc(40)),
      { checkpointBytesCut: 40, entriesWithoutCheckpoint: 0 },
    ],
    [
      'no checkpoint for the last entry',
      (folder) => cutLastNote(files(folder).checkpoints),
      { entriesWithoutCheckpoint: 1 },
    ],
  ]
  for (const [what, crash, expected] of crashes) {
    const folder = temporaryFolder(context)
    await sound(folder)
    crash(folder)
    const { recorder } = await openRecorder({ folder })
    await recorder.outcome(recordOf('cw_4'))
    await recorder.close()
    const found = await prove(folder)
    assert.deepEqual(found.problems, [], what)
    assert.equal(found.entries, 5, what)
    assert.equal(found.requests.repairs.length, 1, what)
    for (const [name, value] of Object.entries(expected)) {
      assert.equal(found.requests.repairs[0]?.detail[name], value, `${what}: ${name}`)
    }
  }
})

test('what no crash explains stops the start with record_damaged and stays as it is', async (context) => {
  const change = (file: string, at: number): void => {
    const bytes = readFileSync(file)
    const place = at < 0 ? bytes.length + at : at
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(file, bytes)
  }
  const damages: [string, (folder: string) => void][] = [
    ['a changed entry', (folder) => change(dataFiles(folder).entries, 30)],
    ['a changed last entry', (folder) => change(dataFiles(folder).entries, -20)],
    ['a changed checkpoint', (folder) => change(dataFiles(folder).checkpoints, 40)],
    ['a changed public key', (folder) => change(dataFiles(folder).publicKey, 40)],
    ['a changed secret key', (folder) => change(dataFiles(folder).secretKey, 60)],
    ['entries gone', (folder) => rmSync(dataFiles(folder).entries)],
    ['entries cut', (folder) => truncateSync(dataFiles(folder).entries, 100)],
    ['checkpoints gone', (folder) => rmSync(dataFiles(folder).checkpoints)],
    ['the secret key gone', (folder) => rmSync(dataFiles(folder).secretKey)],
    ['the public key gone', (folder) => rmSync(dataFiles(folder).publicKey)],
    ['an unsigned line that is no leaf', (folder) => appendFileSync(dataFiles(folder).entries, 'gossip\n')],
    [
      'the whole log gone while the ledger knows of it',
      (folder) => rmSync(dataFiles(folder).audit, { recursive: true }),
    ],
    [
      'a tail cut from both files',
      (folder) => {
        const { entries, checkpoints } = dataFiles(folder)
        cutLastNote(checkpoints)
        const text = readFileSync(entries, 'utf8').split('\n').slice(0, -2)
        writeFileSync(entries, text.map((line) => `${line}\n`).join(''))
      },
    ],
  ]
  for (const [what, damage] of damages) {
    const folder = temporaryFolder(context)
    await sound(folder)
    damage(folder)
    const { entries } = dataFiles(folder)
    const isThere = statSync(entries, { throwIfNoEntry: false }) !== undefined
    if (isThere) copyFileSync(entries, `${entries}.before`)
    await assert.rejects(openRecorder({ folder }), failsWith('record_damaged'), what)
    if (isThere) assert.deepEqual(readFileSync(entries), readFileSync(`${entries}.before`), what)
  }
})

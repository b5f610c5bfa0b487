import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { withLock } from './lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'engine-lock-'))
const path = join(folder, 'inner', 'engine.lock')
after(() => rmSync(folder, { recursive: true }))
beforeEach(() => rmSync(path, { force: true }))

const options = { onWait: () => undefined, now: Date.now }

test('two do not work at once, and the file is gone afterwards', async () => {
  let inside = 0
  let most = 0
  let waited = 0
  const work = async (): Promise<void> => {
    inside += 1
    most = Math.max(most, inside)
    await tick()
    inside -= 1
  }
  const onWait = (pid: number | null): void => {
    assert.equal(pid, process.pid)
    waited += 1
  }
  await Promise.all([1, 2].map(() => withLock(path, { ...options, onWait }, work)))
  assert.deepEqual([most, waited], [1, 1])
  assert.ok(!existsSync(path))
})

test('a failing work gives the lock back', async () => {
  await assert.rejects(
    withLock(path, options, () => Promise.reject(new Error('broken'))),
    /broken/,
  )
  assert.ok(!existsSync(path))
})

test('a holder whose process is gone is put aside', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  await withLock(path, options, () => Promise.resolve())
  writeFileSync(path, JSON.stringify({ pid: dead, host: hostname(), token: 'x' }))
  assert.equal(await withLock(path, options, () => Promise.resolve('mine')), 'mine')
})

test('a holder that lives is waited for, until the caller gives up', async () => {
  const text = JSON.stringify({ pid: process.pid, host: hostname(), token: 'other' })
  writeFileSync(path, text)
  const cancel = new AbortController()
  const onWait = (): void => cancel.abort()
  await assert.rejects(withLock(path, { ...options, onWait, signal: cancel.signal }, () => Promise.resolve()))
  assert.equal(readFileSync(path, 'utf8'), text)
})

test('a file that nobody touches any more is stale, whoever wrote it', async () => {
  writeFileSync(path, 'half a fi')
  const old = Date.now() / 1000 - 120
  utimesSync(path, old, old)
  assert.equal(await withLock(path, options, () => Promise.resolve('mine')), 'mine')
})

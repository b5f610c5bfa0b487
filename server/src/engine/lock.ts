import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

const BEAT_MILLISECONDS = 5000
const STALE_MILLISECONDS = 60_000
const POLL_MILLISECONDS = 500

const holder = z.object({ pid: z.int(), host: z.string(), token: z.string() })
type Holder = z.infer<typeof holder>

export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Called once when another process holds it. */
  readonly onWait: (pid: number | null) => void
  readonly now: () => number
}

/**
 * Does the work while holding a lock file that other processes respect. A holder that died (its process is gone, or
 * its file was not touched for a minute) is put aside.
 */
export const withLock = async <T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> => {
  const mine: Holder = { pid: process.pid, host: hostname(), token: `${process.pid}-${performance.now()}` }
  await mkdir(dirname(path), { recursive: true })
  let waiting = false
  while (!(await take(path, mine))) {
    options.signal?.throwIfAborted()
    const other = await readHolder(path)
    if (await isStale(path, other, options.now())) {
      await putAside(path, mine, other)
      continue
    }
    if (!waiting) options.onWait(other?.pid ?? null)
    waiting = true
    await pause(POLL_MILLISECONDS, undefined, options.signal === undefined ? {} : { signal: options.signal })
  }
  const beat = setInterval(() => {
    const seconds = options.now() / 1000
    utimes(path, seconds, seconds).catch(() => undefined)
  }, BEAT_MILLISECONDS)
  beat.unref()
  try {
    return await work()
  } finally {
    clearInterval(beat)
    if ((await readHolder(path))?.token === mine.token) await rm(path, { force: true })
  }
}

const take = async (path: string, mine: Holder): Promise<boolean> => {
  try {
    await writeFile(path, JSON.stringify(mine), { flag: 'wx' })
    return true
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false
    throw thrown
  }
}

const readHolder = async (path: string): Promise<Holder | null> => {
  try {
    return holder.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

const isStale = async (path: string, other: Holder | null, now: number): Promise<boolean> => {
  const found = await stat(path).catch(() => null)
  if (found === null) return false
  if (now - found.mtimeMs > STALE_MILLISECONDS) return true
  return other !== null && other.host === hostname() && !isAlive(other.pid)
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

// Two that find the same dead holder: the rename of one fails or moves the other's new lock, which it then gives back.
const putAside = async (path: string, mine: Holder, dead: Holder | null): Promise<void> => {
  const aside = `${path}.${mine.token}`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  const moved = await readHolder(aside)
  if (moved !== null && moved.token !== dead?.token) {
    await writeFile(path, JSON.stringify(moved), { flag: 'wx' }).catch(() => undefined)
  }
  await rm(aside, { force: true })
}

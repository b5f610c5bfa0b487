import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Holds a lock that other processes of this machine respect: a folder with the holder's process id in it.
 * Waits while another live process holds it, calling `onWait` once; a dead holder's lock is taken over.
 * Resolves with the function that gives it up.
 */
export const holdLock = async (folder, onWait) => {
  for (let waited = false; ; ) {
    if (take(folder)) {
      const release = () => rmSync(folder, { recursive: true, force: true })
      process.once('exit', release)
      return () => {
        process.removeListener('exit', release)
        release()
      }
    }
    if (holderIsGone(folder)) {
      rmSync(folder, { recursive: true, force: true })
      continue
    }
    if (!waited) onWait()
    waited = true
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

const take = (folder) => {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(folder, 'pid'), String(process.pid))
  return true
}

/** Milliseconds after which a holder that has not even written its id must have been killed while it took the lock. */
const WRITING_TAKES = 10_000

const holderIsGone = (folder) => {
  let pid
  try {
    pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
  } catch {
    return (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - WRITING_TAKES
  }
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

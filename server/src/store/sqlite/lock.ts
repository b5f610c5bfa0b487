import { DatabaseSync } from 'node:sqlite'

/** Milliseconds for a process that was just killed to be gone. */
const GRACE = 1000

/**
 * Holds a file for this process alone. The lock is the kernel's (SQLite's exclusive transaction on an empty
 * file), so it is gone the moment the process is, however it ended; a process id in a file would outlive it,
 * and be somebody else's one day. Answers how to let go, or null where another holds it.
 */
export const holdFile = (file: string): (() => void) | null => {
  const database = new DatabaseSync(file, { timeout: GRACE })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (thrown) {
    database.close()
    if (thrown instanceof Error && 'errcode' in thrown && thrown.errcode === 5) return null
    throw thrown
  }
  return () => database.close()
}

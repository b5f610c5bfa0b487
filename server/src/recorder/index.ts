/**
 * The recorder: the second thread, which alone writes the audit log and the ledger.
 *
 * Promises:
 * - A promise that resolved means: the fact is on the disk, in both where it belongs to both. One that rejected
 *   (`record_unavailable`) means: do not send. A rejected fact may still turn up where the disk hung or its
 *   checkpoint failed; a resolved one is never missing.
 * - The caller pays microseconds: facts become text, batches become one string, the rest is the thread's.
 *   Facts that are made while a batch is under way share the next sync.
 * - Trouble (a full disk, lost rights, a hanging disk, a dead thread) is told by `trouble()`, tried again by
 *   itself, and once over stands in the log.
 * - One process writes one folder. What a crash leaves is repaired and said; what no crash explains stops the
 *   start with `record_damaged` and changes nothing.
 *
 * Composes `audit` and `store` and is imported by `main.ts` and the command line only; everybody else is handed
 * the ports `Recorder` and `Ledger`.
 */
import type { Clock, Ledger, Recorder } from '../domain/index.ts'
import { systemClock } from '../lib/index.ts'
import { RecorderClient } from './client.ts'
import { dataFiles } from './layout.ts'
import { ThreadedLedger } from './ledger.ts'
import { takeFolder } from './lock.ts'

export { type DataFiles, dataFiles } from './layout.ts'

export interface RecorderOptions {
  /** The data folder; made where there is none. */
  readonly folder: string
  readonly clock?: Clock
  /** Milliseconds after which a disk that does not answer counts as gone; 5,000 where not said. */
  readonly deadline?: number
}

export interface OpenRecorder {
  readonly recorder: Recorder
  /** Closed with the recorder. */
  readonly ledger: Ledger
  /** The log's verifier key, as in `audit/key.public`. */
  readonly publicKey: string
}

const DEADLINE = 5000

/**
 * Opens a data folder for writing. Rejects with CausewayError `data_folder` (no rights, in use by another
 * process) or `record_damaged` (changed or cut). Takes about a second per 40,000 entries: each is hashed.
 */
export const openRecorder = async (options: RecorderOptions): Promise<OpenRecorder> => {
  const files = dataFiles(options.folder)
  const release = takeFolder(files)
  try {
    const client = await RecorderClient.open({
      folder: options.folder,
      clock: options.clock ?? systemClock,
      deadline: options.deadline ?? DEADLINE,
    })
    const ledger = new ThreadedLedger(files.ledger)
    const stop = async (): Promise<void> => {
      await ledger.close()
      // A thread that hangs in the disk may still write; the folder is then ours until the process ends.
      if (await client.close()) release()
    }
    let stopping: Promise<void> | undefined
    const recorder: Recorder = {
      intent: (leaf) => client.intent(leaf),
      outcome: (record) => client.outcome(record),
      event: (leaf) => client.event(leaf),
      snapshot: (hash, source) => client.snapshot(hash, source),
      trouble: () => client.trouble(),
      close: () => {
        stopping ??= stop()
        return stopping
      },
    }
    return { recorder, ledger, publicKey: client.publicKey }
  } catch (thrown) {
    release()
    throw thrown
  }
}

/** The ledger alone, for a process that records nothing; also while another one writes. */
export const readLedger = (folder: string): Ledger => new ThreadedLedger(dataFiles(folder).ledger)

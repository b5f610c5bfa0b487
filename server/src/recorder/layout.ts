import { join } from 'node:path'

/** Where everything of one installation lies, under its data folder. */
export interface DataFiles {
  readonly audit: string
  /** One leaf in canonical JSON a line. */
  readonly entries: string
  /** Signed notes, oldest first. */
  readonly checkpoints: string
  readonly publicKey: string
  readonly secretKey: string
  readonly lock: string
  /** Process id of whoever holds the lock, for people. */
  readonly holder: string
  readonly ledger: string
  readonly snapshots: string
}

export const dataFiles = (folder: string): DataFiles => {
  const audit = join(folder, 'audit')
  return {
    audit,
    entries: join(audit, 'entries.jsonl'),
    checkpoints: join(audit, 'checkpoints'),
    publicKey: join(audit, 'key.public'),
    secretKey: join(audit, 'key.secret'),
    lock: join(audit, 'lock'),
    holder: join(audit, 'holder'),
    ledger: join(folder, 'ledger.sqlite'),
    snapshots: join(folder, 'snapshots'),
  }
}

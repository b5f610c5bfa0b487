import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { commitmentOf, encodeLeaf, encodeOutcome } from '../audit/index.ts'
import { CausewayError, type EventLeaf, type IntentLeaf, type RequestRecord } from '../domain/index.ts'
import { LedgerWriter } from '../store/index.ts'
import type { DataFiles } from './layout.ts'
import { AuditLog, type Repair } from './log.ts'
import { EVENT, INTENT, OUTCOME, type Rejected } from './messages.ts'

const SALT_BYTES = 16

const parseIntent = (text: string): IntentLeaf => JSON.parse(text)
const parseEvent = (text: string): EventLeaf => JSON.parse(text)
const parseRecord = (text: string): RequestRecord => JSON.parse(text)

const repairLeaf = (repair: Repair, lost: number, time: string): EventLeaf => ({
  v: 1,
  type: 'event',
  time,
  event: 'repaired',
  detail: {
    reason: 'the process or the machine stopped in the middle of a write',
    entriesWithoutCheckpoint: repair.entries,
    entryBytesCut: repair.entryBytes,
    checkpointBytesCut: repair.checkpointBytes,
    outcomesWithoutLedgerRow: lost,
  },
})

/**
 * Audit log and ledger as one: a batch is in both or in neither. The order is what makes a crash harmless at
 * any point: rows are prepared, entries reach the disk, rows are committed, the checkpoint vouches. So the
 * ledger never knows of an entry that the log lost, and no checkpoint covers one that was taken back.
 */
export class Committer {
  readonly #log: AuditLog
  readonly #ledger: LedgerWriter

  private constructor(log: AuditLog, ledger: LedgerWriter) {
    this.#log = log
    this.#ledger = ledger
  }

  /**
   * Opens both, repairs what a crash left and says so in the log. Throws CausewayError `record_damaged` where
   * they contradict each other or were changed, `data_folder` where they cannot be opened.
   */
  static async open(files: DataFiles, time: string): Promise<Committer> {
    mkdirSync(files.snapshots, { recursive: true, mode: 0o700 })
    const { log, repair } = await AuditLog.open(files)
    try {
      const ledger = await LedgerWriter.open(files.ledger)
      const committer = new Committer(log, ledger)
      try {
        committer.#settle(repair, time)
        return committer
      } catch (thrown) {
        ledger.close()
        throw thrown
      }
    } catch (thrown) {
      log.close()
      throw thrown
    }
  }

  get publicKey(): string {
    return this.#log.publicKey
  }

  #settle(repair: Repair, time: string): void {
    const newest = this.#ledger.lastLeaf()
    if (newest !== null && newest >= this.#log.size) {
      throw new CausewayError(
        'record_damaged',
        `The ledger knows of entry ${newest + 1}, but the audit log ends with ${this.#log.size}: its tail was cut off.`,
      )
    }
    if (repair.entries + repair.entryBytes + repair.checkpointBytes > 0) {
      const lost = repair.outcomes.filter((request) => !this.#ledger.has(request)).length
      this.#log.write([encodeLeaf(repairLeaf(repair, lost, time))])
      this.#log.accept()
    }
    this.#log.seal()
    this.#log.settle()
  }

  /** Makes a batch of facts durable, but for those it answers. Throws, and leaves nothing behind, where it cannot. */
  commit(text: string): readonly Rejected[] {
    const rejected: Rejected[] = []
    this.#forget()
    this.#ledger.begin()
    try {
      this.#log.write(this.#prepare(text.split('\n'), rejected))
      this.#ledger.commit()
    } catch (thrown) {
      this.#forget()
      throw thrown
    }
    this.#log.accept()
    this.#log.seal()
    return rejected
  }

  /** Clears away what a failed batch may have left; also before the next one, should that have failed as well. */
  #forget(): void {
    try {
      this.#ledger.rollback()
    } finally {
      this.#log.takeBack()
    }
  }

  /** The leaves' lines; outcomes go into the ledger's open transaction on the way. */
  #prepare(facts: readonly string[], rejected: Rejected[]): readonly Buffer[] {
    const salts = randomBytes(facts.length * SALT_BYTES)
    const lines: Buffer[] = []
    for (const [position, fact] of facts.entries()) {
      const salt = salts.subarray(position * SALT_BYTES, (position + 1) * SALT_BYTES)
      try {
        lines.push(this.#prepareOne(fact, salt, this.#log.size + lines.length))
      } catch (thrown) {
        if (!(thrown instanceof CausewayError)) throw thrown
        rejected.push({ position, message: thrown.message })
      }
    }
    return lines
  }

  #prepareOne(fact: string, salt: Buffer, leaf: number): Buffer {
    const text = fact.slice(1)
    switch (fact[0]) {
      case INTENT:
        return encodeLeaf(parseIntent(text))
      case EVENT:
        return encodeLeaf(parseEvent(text))
      case OUTCOME: {
        const record = parseRecord(text)
        const line = encodeOutcome(record, commitmentOf(salt, text))
        if (this.#ledger.insert({ record, text, salt, leaf })) return line
        throw new CausewayError(
          'internal',
          `Request ${record.id} has an outcome already; it gets no second one.`,
        )
      }
      default:
        throw new TypeError('a fact begins with its kind')
    }
  }

  close(): void {
    this.#log.settle()
    this.#log.close()
    this.#ledger.close()
  }
}

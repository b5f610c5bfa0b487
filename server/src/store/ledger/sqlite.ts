import { existsSync } from 'node:fs'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { sql } from 'kysely'
import { CausewayError, type Ledger } from '../../domain/index.ts'
import { migrate } from '../migrations/index.ts'
import { openDatabase } from '../sqlite/database.ts'
import { LedgerReader } from './read.ts'
import { COLUMNS, type NewRow, valuesOf } from './row.ts'

/** What the ledger holds of a request for the auditor: the text and the salt that its leaf commits to. */
export interface Committed {
  readonly leaf: number
  readonly salt: Uint8Array
  readonly text: string
}

/** Milliseconds that a connection waits for another writer. There is none in a sound installation. */
const PATIENCE = 10_000

const unreadable = (file: string, thrown: unknown): CausewayError => {
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return new CausewayError('data_folder', `The ledger ${file} cannot be opened: ${reason}`, { cause: thrown })
}

/** The one writer. Synchronous, because its thread does nothing else meanwhile and the log's order is the ledger's. */
export class LedgerWriter {
  readonly #database: DatabaseSync
  readonly #insert: StatementSync

  private constructor(database: DatabaseSync, insert: StatementSync) {
    this.#database = database
    this.#insert = insert
  }

  /** Makes the file where there is none and brings it up to date. Throws CausewayError `data_folder`. */
  static async open(file: string): Promise<LedgerWriter> {
    try {
      const { database, sql: kysely } = openDatabase(file, { readOnly: false, wait: PATIENCE })
      await migrate(kysely)
      const placeholders = sql`values (${sql.join(COLUMNS.map(() => sql.val(null)))})`
      const insert = kysely
        .insertInto('requests')
        .columns([...COLUMNS])
        .expression(placeholders)
        .onConflict((conflict) => conflict.column('id').doNothing())
      return new LedgerWriter(database, database.prepare(insert.compile().sql))
    } catch (thrown) {
      throw thrown instanceof CausewayError ? thrown : unreadable(file, thrown)
    }
  }

  begin(): void {
    this.#database.exec('BEGIN IMMEDIATE')
  }

  /** False, and nothing done, where the request has a row already. */
  insert(row: NewRow): boolean {
    const values = valuesOf(row)
    return this.#insert.run(...COLUMNS.map((column) => values[column])).changes > 0
  }

  commit(): void {
    this.#database.exec('COMMIT')
  }

  /** Forgets what came since `begin`; harmless without one. */
  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
  }

  /** One transaction. False for rows that were there already. */
  append(rows: readonly NewRow[]): readonly boolean[] {
    this.begin()
    try {
      const inserted = rows.map((row) => this.insert(row))
      this.commit()
      return inserted
    } catch (thrown) {
      this.rollback()
      throw thrown
    }
  }

  has(id: string): boolean {
    return this.#database.prepare('SELECT 1 FROM requests WHERE id = ?').get(id) !== undefined
  }

  /** Leaf index of the newest row, or null: the log must be longer than this. */
  lastLeaf(): number | null {
    const leaf = this.#database.prepare('SELECT max(leaf) AS leaf FROM requests').get()?.['leaf']
    return typeof leaf === 'number' ? leaf : null
  }

  close(): void {
    this.#database.close()
  }
}

/** A reading connection: sees every committed row, never delays the writer. Throws CausewayError `data_folder`. */
export const openLedger = (file: string): Ledger => {
  if (!existsSync(file)) throw new CausewayError('data_folder', `There is no ledger at ${file}.`)
  try {
    return new LedgerReader(openDatabase(file, { readOnly: true, wait: PATIENCE }).sql)
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
}

/** What rows commit to, one request at a time, for whoever holds the log against the ledger. */
export interface CommittedReader {
  find(request: string): Committed | null
  close(): void
}

/** Null where there is no ledger file. */
export const openCommitted = (file: string): CommittedReader | null => {
  if (!existsSync(file)) return null
  try {
    const { database } = openDatabase(file, { readOnly: true, wait: PATIENCE })
    const select = database.prepare('SELECT leaf, salt, record FROM requests WHERE id = ?')
    return {
      find: (request) => {
        const { leaf, salt, record } = select.get(request) ?? {}
        if (typeof leaf !== 'number' || !(salt instanceof Uint8Array) || typeof record !== 'string')
          return null
        return { leaf, salt, text: record }
      },
      close: () => database.close(),
    }
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
}

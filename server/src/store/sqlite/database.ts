import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'
import { Lru } from '../../lib/index.ts'
import type { Tables } from '../ledger/tables.ts'

/** What reaches a statement's parameters: kysely passes them on as they were given to it. */
const isInput = (value: unknown): value is SQLInputValue =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Uint8Array

const inputs = (parameters: readonly unknown[]): SQLInputValue[] =>
  parameters.map((value) => {
    if (isInput(value)) return value
    throw new TypeError(`SQLite takes no ${typeof value}`)
  })

const statementOf = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (parameters) => statement.all(...inputs(parameters)),
  run: (parameters) => statement.run(...inputs(parameters)),
  iterate: (parameters) => statement.iterate(...inputs(parameters)),
})

const STATEMENTS_KEPT = 64

const sourceOf = (database: DatabaseSync): SqliteDatabase => {
  const statements = new Lru<string, SqliteStatement>(STATEMENTS_KEPT)
  return {
    prepare: (text) => {
      const known = statements.get(text)
      if (known !== undefined) return known
      const statement = statementOf(database.prepare(text))
      statements.set(text, statement)
      return statement
    },
    close: () => database.close(),
  }
}

class WholeAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** SQLite changes tables in transactions like anything else, so what brings them up to date happens wholly or not at all. */
class WholeDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new WholeAdapter()
  }
}

export interface OpenDatabase {
  readonly database: DatabaseSync
  readonly sql: Kysely<Tables>
}

/**
 * Opens a file with what every connection of ours needs: write-ahead log, a commit that is on the disk when it
 * returns, and patience of `wait` milliseconds with other writers. Read-only connections see the last commit.
 */
export const openDatabase = (
  file: string,
  options: { readonly readOnly: boolean; readonly wait: number },
): OpenDatabase => {
  const database = new DatabaseSync(file, { readOnly: options.readOnly, timeout: options.wait })
  if (!options.readOnly)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;')
  return {
    database,
    sql: new Kysely<Tables>({ dialect: new WholeDialect({ database: sourceOf(database) }) }),
  }
}

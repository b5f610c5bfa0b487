import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Stored answers by turns: each row holds what its own turn added and points to the turn before it. Answers that
 * were stored whole go over as turns without one before; what is sealed in them cannot be taken apart here and
 * stays as it is, readable, until it expires.
 */
export const turns: Migration = {
  up: async (database: Kysely<unknown>) => {
    await database.schema
      .createTable('turn')
      .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('before', 'integer')
      .addColumn('said', sql`blob`, (column) => column.notNull())
      .addColumn('answer', sql`blob`)
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute()
    for (const column of ['key', 'before', 'until']) {
      await database.schema.createIndex(`turn_by_${column}`).on('turn').column(column).execute()
    }
    await sql`INSERT INTO turn (key, said, answer, until) SELECT key, sealed, sealed, until FROM response`.execute(
      database,
    )
    await database.schema.dropTable('response').execute()
  },
}

import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Answers that clients refer to by id, and who issued what only its issuer can read. By digest; contents sealed. */
export const responses: Migration = {
  up: async (database: Kysely<unknown>) => {
    for (const table of ['response', 'issued']) {
      await database.schema
        .createTable(table)
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('sealed', sql`blob`, (column) => column.notNull())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .execute()
      await database.schema.createIndex(`${table}_by_end`).on(table).column('until').execute()
    }
  },
}

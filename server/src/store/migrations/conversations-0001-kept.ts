import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What conversations carried, by the digest of their session or history. No text, no value. */
export const kept: Migration = {
  up: async (database: Kysely<unknown>) => {
    await database.schema
      .createTable('kept')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('principal', 'text', (column) => column.notNull())
      .addColumn('session', 'text')
      // Of a history: the session it was seen in, and the history it grew from.
      .addColumn('within', 'text')
      .addColumn('parent', 'text')
      .addColumn('level', 'text', (column) => column.notNull())
      .addColumn('kinds', 'text', (column) => column.notNull())
      .addColumn('sealed', sql`blob`)
      .addColumn('seen', 'bigint', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute()
    await database.schema.createIndex('kept_by_end').on('kept').column('until').execute()
    await database.schema.createIndex('kept_by_session').on('kept').column('session').execute()
    await database.schema.createIndex('kept_by_within').on('kept').column('within').execute()
    await database.schema.createIndex('kept_by_parent').on('kept').column('parent').execute()
  },
}

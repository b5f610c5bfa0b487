import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** One row for every request, refusals included; the columns are what lists filter and sums count by. */
export const requests: Migration = {
  up: async (database: Kysely<unknown>) => {
    await database.schema
      .createTable('requests')
      .addColumn('row', 'integer', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('time', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('key', 'text')
      .addColumn('team', 'text')
      .addColumn('use', 'text')
      .addColumn('session', 'text')
      .addColumn('model', 'text')
      .addColumn('target', 'text')
      .addColumn('side', 'text')
      .addColumn('level', 'text')
      .addColumn('kinds', 'text', (column) => column.notNull())
      .addColumn('input', 'bigint')
      .addColumn('output', 'bigint')
      .addColumn('nanos', 'bigint')
      .addColumn('estimated', 'integer', (column) => column.notNull())
      .addColumn('leaf', 'bigint', (column) => column.notNull())
      .addColumn('salt', sql`blob`, (column) => column.notNull())
      .addColumn('record', 'text', (column) => column.notNull())
      .execute()
    await database.schema.createIndex('requests_by_time').on('requests').column('time').execute()
    await database.schema
      .createIndex('requests_by_session')
      .on('requests')
      .column('session')
      .where(sql.ref('session'), 'is not', null)
      .execute()
  },
}

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What of it was declared or raised, for which no value that is taken out answers. */
export const said: Migration = {
  up: async (database: Kysely<unknown>) => {
    await database.schema.alterTable('kept').addColumn('said', 'text').execute()
  },
}

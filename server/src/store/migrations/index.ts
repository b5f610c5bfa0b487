import type { Kysely } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { CausewayError } from '../../domain/index.ts'
import { requests } from './0001-requests.ts'
import { kept } from './conversations-0001-kept.ts'
import { said } from './conversations-0002-said.ts'
import { responses } from './responses-0001-responses.ts'
import { turns } from './responses-0002-turns.ts'

/** In order, never edited once released, never taken back: a mistake is mended by the next one. */
const MIGRATIONS: Readonly<
  Record<'ledger' | 'conversations' | 'responses', Readonly<Record<string, Migration>>>
> = {
  ledger: { '0001-requests': requests },
  conversations: { '0001-kept': kept, '0002-said': said },
  responses: { '0001-responses': responses, '0002-turns': turns },
}

/** Brings a database up to date. Throws CausewayError `data_folder` where it is newer than this program or cannot be changed. */
export const migrate = async <T>(
  sql: Kysely<T>,
  which: keyof typeof MIGRATIONS = 'ledger',
): Promise<void> => {
  const provider: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS[which] }) }
  const { error } = await new Migrator({ db: sql, provider }).migrateToLatest()
  if (error === undefined) return
  const reason = error instanceof Error ? error.message : String(error)
  const what = {
    ledger: 'The ledger',
    conversations: 'What conversations carried',
    responses: 'The stored answers',
  }[which]
  throw new CausewayError('data_folder', `${what} could not be brought up to date: ${reason}`, {
    cause: error,
  })
}

import type { Kysely } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { CausewayError } from '../../domain/index.ts'
import { requests } from './0001-requests.ts'

/** In order, never edited once released, never taken back: a mistake is mended by the next one. */
const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001-requests': requests }

const provider: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) }

/** Brings a database up to date. Throws CausewayError `data_folder` where it is newer than this program or cannot be changed. */
export const migrate = async <T>(sql: Kysely<T>): Promise<void> => {
  const { error } = await new Migrator({ db: sql, provider }).migrateToLatest()
  if (error === undefined) return
  const reason = error instanceof Error ? error.message : String(error)
  throw new CausewayError('data_folder', `The ledger could not be brought up to date: ${reason}`, {
    cause: error,
  })
}

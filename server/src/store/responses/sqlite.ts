import { hash } from 'node:crypto'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  CausewayError,
  type Clock,
  DIALECTS,
  type Issued,
  type IssuedState,
  type JsonObject,
  type Responses,
} from '../../domain/index.ts'
import { openText, sealText } from '../../lib/index.ts'
import { migrate } from '../migrations/index.ts'
import { openDatabase } from '../sqlite/database.ts'
import { isObject, Turns } from './turns.ts'

/** Answers that clients refer to by id, and who issued what only its issuer can read. */
export interface ResponseStore {
  readonly responses: Responses
  readonly issued: Issued
  /** Null while it can be asked and told, otherwise why not. Feeds readiness. */
  trouble(): string | null
  close(): void
}

const digest = (...parts: readonly string[]): string => hash('sha256', JSON.stringify(parts), 'base64url')

/** Expired entries are looked for this often. Milliseconds. */
const SWEEP = 60_000
/** Issuers are written this long after they were told, together: they are a cache, and an answer does not wait for them. */
const FLUSH = 200
/** Issuers that may wait to be written; beyond it they are written at once. */
const MOST_WAITING = 1000

/** Who issued what: sealed values by digest. */
class Table {
  readonly #database: DatabaseSync
  readonly #get: StatementSync
  readonly #put: StatementSync
  readonly #sweep: StatementSync
  readonly #key: Uint8Array
  readonly #clock: Clock
  #swept: number

  constructor(database: DatabaseSync, key: Uint8Array, clock: Clock) {
    this.#database = database
    this.#get = database.prepare('SELECT sealed FROM issued WHERE key = ? AND until > ?')
    this.#put = database.prepare('INSERT OR REPLACE INTO issued (key, sealed, until) VALUES (?, ?, ?)')
    this.#sweep = database.prepare('DELETE FROM issued WHERE until <= ?')
    this.#key = key
    this.#clock = clock
    this.#swept = Number.NEGATIVE_INFINITY
  }

  get(key: string): JsonObject | null {
    const sealed = this.#get.get(key, this.#clock.now())?.['sealed']
    const text = sealed instanceof Uint8Array ? openText(sealed, this.#key, key) : null
    const value: unknown = text === null ? null : JSON.parse(text)
    return isObject(value) ? value : null
  }

  /** All or none. */
  put(entries: Iterable<readonly [key: string, text: string, until: number]>): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      this.#forget()
      for (const [key, text, until] of entries) this.#put.run(key, sealText(text, this.#key, key), until)
      this.#database.exec('COMMIT')
    } catch (thrown) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw thrown
    }
  }

  #forget(): void {
    const now = this.#clock.now()
    if (now - this.#swept < SWEEP) return
    this.#swept = now
    this.#sweep.run(now)
  }
}

const stateOf = (json: JsonObject | null): IssuedState | null => {
  const { issuer, parts } = json ?? {}
  const dialect = DIALECTS.find((name) => name === json?.['dialect'])
  return typeof issuer === 'string' && dialect !== undefined && Array.isArray(parts)
    ? { issuer, dialect, parts }
    : null
}

class SqliteIssued implements Issued {
  readonly #table: Table
  #waiting = new Map<string, { readonly state: IssuedState; readonly until: number }>()
  #timer: NodeJS.Timeout | null = null

  constructor(table: Table) {
    this.#table = table
  }

  issuer(principal: string, value: string): string | null {
    return this.#state(digest('value', principal, value))?.issuer ?? null
  }

  before(principal: string, toolCall: string): IssuedState | null {
    return this.#state(digest('call', principal, toolCall))
  }

  remember(
    principal: string,
    state: IssuedState,
    values: readonly string[],
    toolCalls: readonly string[],
    until: number,
  ): void {
    const bare = { ...state, parts: [] }
    for (const value of values) this.#waiting.set(digest('value', principal, value), { state: bare, until })
    for (const call of toolCalls) this.#waiting.set(digest('call', principal, call), { state, until })
    if (this.#waiting.size > MOST_WAITING) this.#flush()
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH).unref()
  }

  close(): void {
    this.#flush()
  }

  #state(key: string): IssuedState | null {
    const waiting = this.#waiting.get(key)
    if (waiting !== undefined) return waiting.state
    try {
      return stateOf(this.#table.get(key))
    } catch {
      return null
    }
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const waiting = this.#waiting
    if (waiting.size === 0) return
    this.#waiting = new Map()
    try {
      this.#table.put([...waiting].map(([key, { state, until }]) => [key, JSON.stringify(state), until]))
    } catch {
      // A cache that cannot be written forgets; the next answer is made without it.
    }
  }
}

/**
 * Opens the file, made where there is none. Everything in it is sealed with `sealingKey` (32 bytes) and bound to
 * the key it was given to. Throws CausewayError `data_folder`.
 */
export const openResponses = async (
  file: string,
  sealingKey: Uint8Array,
  clock: Clock,
): Promise<ResponseStore> => {
  const { database, sql } = open(file)
  await migrate(sql, 'responses')
  const turns = new Turns(database, sealingKey, clock)
  const issued = new SqliteIssued(new Table(database, sealingKey, clock))
  let trouble: string | null = null
  const asked = <T>(act: () => T): T => {
    try {
      const result = act()
      trouble = null
      return result
    } catch (thrown) {
      // What is wrong with one conversation says nothing of the store.
      if (thrown instanceof CausewayError) throw thrown
      trouble = `stored answers cannot be read or written (${thrown instanceof Error ? thrown.message : 'unknown'})`
      throw new CausewayError('responses_unavailable', 'Stored answers cannot be read or written now.', {
        cause: thrown,
      })
    }
  }
  const keyOf = (principal: string, id: string): string => digest('response', principal, id)
  return {
    responses: {
      get: (principal, id) => asked(() => turns.get(keyOf(principal, id))),
      chain: (principal, id, most) => asked(() => turns.chain(keyOf(principal, id), most)),
      put: (principal, answer, until) => asked(() => turns.put(keyOf(principal, answer.id), answer, until)),
      remove: (principal, id) => asked(() => turns.remove(keyOf(principal, id))),
    },
    issued,
    trouble: () => trouble,
    close() {
      issued.close()
      if (database.isOpen) database.close()
    },
  }
}

const open = (file: string): ReturnType<typeof openDatabase> => {
  try {
    return openDatabase(file, { readOnly: false, wait: 5000 })
  } catch (thrown) {
    throw new CausewayError(
      'data_folder',
      `${file} cannot be opened; put it back from a copy, or move it away to start anew.`,
      { cause: thrown },
    )
  }
}

import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import {
  CausewayError,
  type Clock,
  type ConversationKeys,
  type Conversations,
  join,
  type Kept,
  type KeptRow,
  KINDS,
  LEVELS,
  type Level,
  type Recalled,
  type WhichKept,
} from '../../domain/index.ts'
import { Lru } from '../../lib/index.ts'
import { migrate } from '../migrations/index.ts'
import { openDatabase } from '../sqlite/database.ts'

type Said = NonNullable<Kept['said']>

/** What is asked before every labelled decision is answered from memory; the rest is looked up. */
interface Remembered {
  readonly level: Level
  readonly kinds: Kept['kinds']
  readonly said: Said | null
  readonly hasPseudonyms: boolean
  readonly until: number
}

/** One of the digests that a conversation is known by, and which others are the same conversation's. */
interface Form {
  readonly key: string
  readonly session: string | null
  readonly within: string | null
  readonly parent: string | null
}

/** Characters of a key that people see. */
const ID = 16

/** Of all forms of a conversation the one to show: its session, else the last of its history. */
const WHOLE = `(session IS NOT NULL
  OR (within IS NULL AND NOT EXISTS (SELECT 1 FROM kept AS later WHERE later.parent = kept.key)))`

/**
 * The table `form`: every key of one conversation. With a session goes all that was seen in it; with a history
 * what it grew from and what became of it, but no other branch that began alike.
 */
const formsOf = (which: WhichKept): string => `WITH RECURSIVE
  named (principal, session) AS (SELECT principal, coalesce(session, within) FROM kept
    WHERE ${'session' in which ? '?1 IN (session, within)' : `substr(key, 1, ${ID}) = ?1`}),
  seed (key) AS (SELECT key FROM kept WHERE ${'session' in which ? 'false' : `substr(key, 1, ${ID}) = ?1`}
    UNION SELECT key FROM kept JOIN named ON kept.principal = named.principal
      AND named.session IN (kept.session, kept.within)),
  before (key) AS (SELECT key FROM seed
    UNION SELECT parent FROM before JOIN kept USING (key) WHERE parent IS NOT NULL),
  since (key) AS (SELECT key FROM seed
    UNION SELECT kept.key FROM since JOIN kept ON kept.parent = since.key),
  form (key) AS (SELECT key FROM before UNION SELECT key FROM since)`

const wordOf = (which: WhichKept): string => ('session' in which ? which.session : which.id.slice(0, ID))

export interface ConversationStore extends Conversations {
  /** Null while it can be asked and told, otherwise why not. Feeds readiness. */
  trouble(): string | null
}

/** Rough bytes of a remembered entry, and how many of them stay in memory. */
const ENTRY_BYTES = 300
const MOST_MEMORY = 60 * 1024 * 1024
/** Forms of a history looked up on the disk where memory does not hold everything. */
const MOST_LOOKUPS = 4
const SWEEP = 3_600_000

const levelOf = (text: unknown): Level => LEVELS.find((level) => level === text) ?? 'restricted'

const kindsOf = (text: unknown): Kept['kinds'] => {
  const words = String(text).split(',')
  return KINDS.filter((kind) => words.includes(kind))
}

/** A level and kinds, as one text: `confidential contact,health`. */
const saidOf = (text: unknown): Said | null => {
  if (typeof text !== 'string') return null
  const [level, kinds] = text.split(' ')
  return { level: levelOf(level), kinds: kindsOf(kinds) }
}

const bothSaid = (a: Said | null, b: Said | null): Said | null =>
  a === null || b === null
    ? (a ?? b)
    : {
        level: join(a.level, b.level),
        kinds: KINDS.filter((kind) => a.kinds.includes(kind) || b.kinds.includes(kind)),
      }

const unavailable = (cause: unknown): CausewayError =>
  new CausewayError('conversations_unavailable', 'What conversations carried cannot be read or written.', {
    cause,
  })

const numberOf = (value: SQLOutputValue | undefined): number => Number(value ?? 0)

class SqliteConversations implements ConversationStore {
  readonly #database: DatabaseSync
  readonly #clock: Clock
  readonly #memory = new Lru<string, Remembered>(MOST_MEMORY)
  readonly #put: StatementSync
  readonly #get: StatementSync
  readonly #drop: StatementSync
  #overflown = false
  #swept: number
  #trouble: string | null = null

  constructor(database: DatabaseSync, clock: Clock) {
    this.#database = database
    this.#clock = clock
    this.#swept = clock.now()
    this.#put = database.prepare(
      `INSERT INTO kept (key, principal, session, within, parent, level, kinds, said, sealed, seen, until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET within = coalesce(excluded.within, within), level = excluded.level, kinds = excluded.kinds, said = excluded.said, seen = excluded.seen,
       until = max(until, excluded.until), sealed = coalesce(excluded.sealed, sealed)`,
    )
    this.#get = database.prepare('SELECT level, kinds, said, sealed, until FROM kept WHERE key = ?')
    this.#drop = database.prepare('DELETE FROM kept WHERE key = ?')
    database.prepare('DELETE FROM kept WHERE until <= ?').run(clock.now())
    for (const row of database
      .prepare('SELECT key, level, kinds, said, sealed IS NOT NULL AS has, until FROM kept ORDER BY seen')
      .iterate()) {
      this.#hold(String(row['key']), {
        level: levelOf(row['level']),
        kinds: kindsOf(row['kinds']),
        said: saidOf(row['said']),
        hasPseudonyms: row['has'] === 1,
        until: numberOf(row['until']),
      })
    }
  }

  #hold(key: string, entry: Remembered): void {
    this.#memory.set(key, entry, ENTRY_BYTES)
    if (this.#memory.size * ENTRY_BYTES > MOST_MEMORY - 2 * ENTRY_BYTES) this.#overflown = true
  }

  #guarded<T>(act: () => T): T {
    try {
      const result = act()
      this.#trouble = null
      return result
    } catch (thrown) {
      this.#trouble = 'what conversations carried cannot be read or written'
      throw unavailable(thrown)
    }
  }

  #known(key: string, look: boolean): Remembered | null {
    const now = this.#clock.now()
    let entry = this.#memory.get(key)
    if (entry === undefined && look) {
      const row = this.#get.get(key)
      if (row === undefined) return null
      entry = {
        level: levelOf(row['level']),
        kinds: kindsOf(row['kinds']),
        said: saidOf(row['said']),
        hasPseudonyms: row['sealed'] !== null,
        until: numberOf(row['until']),
      }
      this.#hold(key, entry)
    }
    return entry === undefined || entry.until <= now ? null : entry
  }

  #sealed(key: string): Uint8Array | null {
    const sealed = this.#get.get(key)?.['sealed']
    return sealed instanceof Uint8Array ? sealed : null
  }

  recall(keys: ConversationKeys): Recalled {
    return this.#guarded(() => ({
      session: this.#join(keys.named === null ? [] : [keys.named]),
      history: this.#join(keys.content),
    }))
  }

  #join(keys: readonly string[]): Kept | null {
    let level: Level = 'public'
    const kinds = new Set<Kept['kinds'][number]>()
    let sealed: Uint8Array | null = null
    let said: Said | null = null
    let found = false
    keys.forEach((key, index) => {
      const entry = this.#known(key, this.#overflown && index < MOST_LOOKUPS)
      if (entry === null) return
      found = true
      level = join(level, entry.level)
      for (const kind of entry.kinds) kinds.add(kind)
      said = bothSaid(said, entry.said)
      if (sealed === null && entry.hasPseudonyms) sealed = this.#sealed(key)
    })
    if (!found) return null
    const all = { level, kinds: KINDS.filter((kind) => kinds.has(kind)), sealed }
    return said === null ? all : { ...all, said }
  }

  remember(keys: ConversationKeys, kept: Recalled, until: number): void {
    const [longest, ...shorter] = keys.content
    const seen = this.#clock.now()
    this.#guarded(() => {
      const fresh = new Map<string, Remembered>()
      this.#database.exec('BEGIN IMMEDIATE')
      try {
        if (keys.named !== null && kept.session !== null) {
          const form = { key: keys.named, session: keys.session, within: null, parent: null }
          fresh.set(keys.named, this.#write(form, keys.principal, kept.session, seen, until))
        }
        if (longest !== undefined && kept.history !== null) {
          const parent = shorter.find((key) => this.#memory.get(key) !== undefined) ?? null
          const form = { key: longest, session: null, within: keys.session, parent }
          fresh.set(longest, this.#write(form, keys.principal, kept.history, seen, until))
        }
        // A conversation that grew is known by its last forms; a client may still try a turn again.
        for (const key of shorter.slice(3)) {
          if (this.#memory.get(key) === undefined) continue
          this.#drop.run(key)
          this.#memory.delete(key)
        }
        this.#database.exec('COMMIT')
      } catch (thrown) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
        throw thrown
      }
      for (const [key, entry] of fresh) this.#hold(key, entry)
      this.#sweep(seen)
    })
  }

  /** Calls of one conversation may run side by side: each adds to what the other has written by now. */
  #write(form: Form, principal: string, kept: Kept, seen: number, until: number): Remembered {
    const { key, session, within, parent } = form
    const before = this.#known(key, this.#overflown)
    const level = join(kept.level, before?.level ?? 'public')
    const kinds = KINDS.filter((kind) => kept.kinds.includes(kind) || before?.kinds.includes(kind) === true)
    const said = bothSaid(kept.said ?? null, before?.said ?? null)
    const words = said === null ? null : `${said.level} ${said.kinds.join(',')}`
    const { sealed } = kept
    this.#put.run(key, principal, session, within, parent, level, kinds.join(','), words, sealed, seen, until)
    return {
      level,
      kinds,
      said,
      hasPseudonyms: sealed !== null || before?.hasPseudonyms === true,
      until: Math.max(until, before?.until ?? 0),
    }
  }

  #sweep(now: number): void {
    if (now - this.#swept < SWEEP) return
    this.#swept = now
    this.#database.prepare('DELETE FROM kept WHERE until <= ?').run(now)
  }

  list(limit: number, which?: WhichKept): readonly KeptRow[] {
    return this.#guarded(() => {
      const now = this.#clock.now()
      const columns =
        'key, principal, coalesce(session, within) AS session, level, kinds, sealed IS NOT NULL AS has, seen, until'
      const rows =
        which === undefined
          ? this.#database
              .prepare(
                `SELECT ${columns} FROM kept WHERE until > ? AND ${WHOLE} ORDER BY seen DESC, key LIMIT ?`,
              )
              .all(now, limit)
          : this.#database
              .prepare(
                `${formsOf(which)} SELECT ${columns} FROM kept WHERE key IN form AND until > ? ORDER BY seen DESC, key LIMIT ?`,
              )
              .all(wordOf(which), now, limit)
      return rows.map((row) => ({
        id: String(row['key']).slice(0, ID),
        principal: String(row['principal']),
        session: row['session'] === null ? null : String(row['session']),
        level: levelOf(row['level']),
        kinds: kindsOf(row['kinds']),
        pseudonyms: row['has'] === 1,
        seen: numberOf(row['seen']),
        until: numberOf(row['until']),
      }))
    })
  }

  forget(which: WhichKept): number {
    return this.#guarded(() => {
      const rows = this.#database
        .prepare(`${formsOf(which)} SELECT key FROM kept WHERE key IN form`)
        .all(wordOf(which))
      this.#database.exec('BEGIN IMMEDIATE')
      try {
        for (const row of rows) this.#drop.run(String(row['key']))
        this.#database.exec('COMMIT')
      } catch (thrown) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
        throw thrown
      }
      for (const row of rows) this.#memory.delete(String(row['key']))
      return rows.length
    })
  }

  trouble(): string | null {
    return this.#trouble
  }

  close(): void {
    this.#database.close()
  }
}

/**
 * What conversations carried, in a file of its own beside the ledger. What is remembered survives the process
 * when `remember` returns; it is on the disk soon after. Throws CausewayError `data_folder`.
 */
export const openConversations = async (file: string, clock: Clock): Promise<ConversationStore> => {
  try {
    const { database, sql } = openDatabase(file, { readOnly: false, wait: 1_000 })
    await migrate(sql, 'conversations')
    // The log is written through on every commit; only a power cut may take the last of them.
    database.exec('PRAGMA synchronous = NORMAL')
    return new SqliteConversations(database, clock)
  } catch (thrown) {
    if (thrown instanceof CausewayError) throw thrown
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new CausewayError('data_folder', `${file} cannot be opened: ${reason}`, { cause: thrown })
  }
}

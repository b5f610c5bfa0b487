import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  CausewayError,
  type ChainLimits,
  type Clock,
  type Json,
  type JsonObject,
  type Kept,
  KINDS,
  LEVELS,
  type NewResponse,
  type StoredChain,
  type StoredResponse,
  type StoredTurn,
} from '../../domain/index.ts'
import { openText, parseExact, sealText } from '../../lib/index.ts'

/** Expired turns are looked for this often. Milliseconds. */
const SWEEP = 60_000
/** As many are taken away while one request waits, which takes some ten milliseconds; those that are left while the next one does. */
const MOST_SWEPT = 1000

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What no double holds exactly has this many digits at least; only then is it worth parsing at a fifth of the speed. */
const LONG_NUMBER = /\d{16}/

const parse = (text: string): unknown => (LONG_NUMBER.test(text) ? parseExact(text) : JSON.parse(text))

const items = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

/** A turn as it is sealed. Of an answer that was stored whole, all that came before it is its input. */
interface Said extends StoredTurn {
  readonly before: number | null
  readonly carried: StoredChain['carried']
}

const labelled = ({ level, kinds }: JsonObject): Pick<Kept, 'level' | 'kinds'> => {
  const words = items(kinds)
  // A level that is not known here was written by somebody who knew more.
  return {
    level: LEVELS.find((one) => one === level) ?? 'restricted',
    kinds: KINDS.filter((kind) => words.includes(kind)),
  }
}

const carriedOf = (json: Json | undefined): StoredChain['carried'] => {
  if (!isObject(json)) return null
  const { said } = json
  return { ...labelled(json), ...(isObject(said) ? { said: labelled(said) } : {}) }
}

const saidOf = (json: JsonObject): Said => {
  const { before, response } = json
  return {
    input: items(json['input']),
    output: items(json['output'] ?? (isObject(response) ? response['output'] : [])),
    before: typeof before === 'number' ? before : null,
    carried: carriedOf(json['carried']),
  }
}

const answerOf = (json: JsonObject, { output }: Said): StoredResponse | null => {
  const { id, created, response } = json
  return typeof id === 'string' && typeof created === 'number' && isObject(response)
    ? { id, created, response: { ...response, output } }
    : null
}

const lost = (): CausewayError =>
  new CausewayError('unknown_response', 'An answer that this one goes on from can no longer be read.', {
    field: 'previous_response_id',
  })

interface Statements {
  readonly named: StatementSync
  readonly numbered: StatementSync
  readonly insert: StatementSync
  readonly retire: StatementSync
  readonly sweepAnswers: StatementSync
  readonly ended: StatementSync
  readonly drop: StatementSync
}

const statementsOf = (database: DatabaseSync): Statements => ({
  named: database.prepare(
    'SELECT number, key, said, answer FROM turn WHERE key = ? AND until > ? ORDER BY number DESC LIMIT 1',
  ),
  numbered: database.prepare('SELECT number, key, said FROM turn WHERE number = ?'),
  insert: database.prepare('INSERT INTO turn (key, before, said, answer, until) VALUES (?, ?, ?, ?, ?)'),
  retire: database.prepare(
    'UPDATE turn SET until = 0, answer = NULL WHERE key = ? AND until > ? RETURNING number',
  ),
  sweepAnswers: database.prepare(
    `UPDATE turn SET answer = NULL WHERE number IN
     (SELECT number FROM turn WHERE until <= ? AND answer IS NOT NULL LIMIT ${MOST_SWEPT})`,
  ),
  ended: database.prepare(
    `SELECT number FROM turn WHERE until <= ?
     AND NOT EXISTS (SELECT 1 FROM turn AS later WHERE later.before = turn.number) LIMIT ${MOST_SWEPT}`,
  ),
  drop: database.prepare(
    `DELETE FROM turn WHERE number = ? AND until <= ?
     AND NOT EXISTS (SELECT 1 FROM turn AS later WHERE later.before = turn.number) RETURNING before`,
  ),
})

/**
 * Conversations by id, a row for each turn. A turn is known by its id until it expires, is removed or another answer
 * takes its id; its answer is gone from the disk then, and so is what was said in it, unless a later turn goes on from
 * it: then with the last of those.
 */
export class Turns {
  readonly #database: DatabaseSync
  readonly #statements: Statements
  readonly #key: Uint8Array
  readonly #clock: Clock
  #swept = Number.NEGATIVE_INFINITY

  constructor(database: DatabaseSync, sealingKey: Uint8Array, clock: Clock) {
    this.#database = database
    this.#statements = statementsOf(database)
    this.#key = sealingKey
    this.#clock = clock
  }

  get(key: string): StoredResponse | null {
    const row = this.#statements.named.get(key, this.#clock.now())
    const said = this.#open(row?.['said'], key)
    const answer = this.#open(row?.['answer'], key)
    return said === null || answer === null ? null : answerOf(answer, saidOf(said))
  }

  chain(key: string, most: ChainLimits): StoredChain | null {
    let row = this.#statements.named.get(key, this.#clock.now())
    if (row === undefined) return null
    const end = Number(row['number'])
    const last = this.#said(row)
    if (last === null) return null
    const turns: StoredTurn[] = [last]
    let bytes = sizeOf(row['said'])
    for (let { before } = last; before !== null; ) {
      if (turns.length >= most.turns) throw tooLong('too_many_messages', `more than ${most.turns} turns`)
      row = this.#statements.numbered.get(before)
      bytes += sizeOf(row?.['said'])
      if (bytes > most.bytes) throw tooLong('body_too_large', `more than ${most.bytes} bytes`)
      const said = row === undefined ? null : this.#said(row)
      if (said === null) throw lost()
      turns.push(said)
      before = said.before
    }
    return { end, turns: turns.reverse(), carried: last.carried }
  }

  put(key: string, { id, created, response, after, input, carried }: NewResponse, until: number): void {
    this.#all(() => {
      // It may have been removed while its answer was made; then this turn has to stand for itself.
      const before = after !== null && this.#statements.numbered.get(after) !== undefined ? after : null
      const { output = null } = response
      const said = { input: input(before === null ? 'all' : 'own'), output, before, carried }
      const answer = { id, created, response: output === null ? response : { ...response, output: null } }
      const retired = this.#statements.retire.all(key, this.#clock.now())
      this.#statements.insert.run(key, before, this.#seal(said, key), this.#seal(answer, key), until)
      for (const { number } of retired) this.#drop(Number(number))
      this.#sweep()
    })
  }

  remove(key: string): boolean {
    return this.#all(() => {
      const retired = this.#statements.retire.all(key, this.#clock.now())
      for (const { number } of retired) this.#drop(Number(number))
      return retired.length > 0
    })
  }

  /** All or nothing of what `act` changes. */
  #all<T>(act: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = act()
      this.#database.exec('COMMIT')
      return result
    } catch (thrown) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw thrown
    }
  }

  /** Takes a turn away that nobody needs, and with it those before it that were there for its sake alone, `most` in all. Returns how many it looked at. */
  #drop(number: number, most = Number.POSITIVE_INFINITY): number {
    const now = this.#clock.now()
    let looked = 0
    for (let next: unknown = number; typeof next === 'number' && looked < most; looked += 1) {
      next = this.#statements.drop.get(next, now)?.['before']
    }
    return looked
  }

  #sweep(): void {
    const now = this.#clock.now()
    if (now - this.#swept < SWEEP) return
    let left = MOST_SWEPT
    for (const { number } of this.#statements.ended.all(now)) left -= this.#drop(Number(number), left)
    const { changes } = this.#statements.sweepAnswers.run(now)
    if (left > 0 && changes < MOST_SWEPT) this.#swept = now
  }

  #said(row: Readonly<Record<string, unknown>>): Said | null {
    const json = this.#open(row['said'], String(row['key']))
    return json === null ? null : saidOf(json)
  }

  #open(sealed: unknown, key: string): JsonObject | null {
    const text = sealed instanceof Uint8Array ? openText(sealed, this.#key, key) : null
    const value = text === null ? null : nested(() => parse(text))
    return isObject(value) ? value : null
  }

  #seal(value: object, key: string): Uint8Array {
    const text = nested(() => JSON.stringify(value))
    if (text === null) {
      throw new CausewayError('responses_unavailable', 'The answer nests too deep to be stored.')
    }
    return sealText(text, this.#key, key)
  }
}

/** What `walk` makes of JSON; null where an upstream nested it deeper than the stack, which is no fault of the store. */
const nested = <T>(walk: () => T): T | null => {
  try {
    return walk()
  } catch (thrown) {
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}

const sizeOf = (sealed: unknown): number => (sealed instanceof Uint8Array ? sealed.length : 0)

const tooLong = (code: 'too_many_messages' | 'body_too_large', what: string): CausewayError =>
  new CausewayError(code, `The conversation before this request is ${what} long.`, {
    field: 'previous_response_id',
  })

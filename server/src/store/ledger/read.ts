import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { Ledger, LedgerTotal, RequestFilter, RequestRecord, RequestRow } from '../../domain/index.ts'
import type { RequestsTable, Tables } from './tables.ts'

/** Rows that one call of `list` gives at most. */
const MOST_ROWS = 1000

const SEARCHED = ['id', 'model', 'key', 'target'] as const
const COMPARED = ['side', 'target', 'outcome', 'use', 'session'] as const

/** `text` anywhere in the column, `%` and `_` taken literally, letter case not looked at. */
const contains = (column: keyof RequestsTable, text: string) => {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`
}

const conditions = (build: ExpressionBuilder<Tables, 'requests'>, filter: RequestFilter) => {
  const all = [sql<boolean>`1 = 1`]
  if (filter.after !== undefined) all.push(sql<boolean>`${sql.ref('row')} > ${filter.after}`)
  if (filter.before !== undefined) all.push(sql<boolean>`${sql.ref('row')} < ${filter.before}`)
  for (const column of COMPARED) {
    const value = filter[column]
    if (value !== undefined) all.push(sql<boolean>`${sql.ref(column)} = ${value}`)
  }
  if (filter.kind !== undefined) all.push(contains('kinds', `,${filter.kind},`))
  const { search } = filter
  if (search !== undefined && search !== '') {
    all.push(
      sql<boolean>`(${sql.join(
        SEARCHED.map((column) => contains(column, search)),
        sql` or `,
      )})`,
    )
  }
  return build.and(all)
}

const rowOf = (found: { row: number; record: string }): RequestRow => {
  const record: RequestRecord = JSON.parse(found.record)
  return { row: found.row, record }
}

const countOf = (value: unknown): number => Number(value ?? 0)

/** The ledger's questions in SQL that SQLite and PostgreSQL both understand. */
export class LedgerReader implements Ledger {
  readonly #sql: Kysely<Tables>

  constructor(database: Kysely<Tables>) {
    this.#sql = database
  }

  /** At most 1,000 rows. With `after` the oldest of them first, so that nothing is skipped; else the newest first. */
  async list(filter: RequestFilter): Promise<readonly RequestRow[]> {
    const limit = Math.max(1, Math.min(MOST_ROWS, Math.trunc(filter.limit) || 1))
    const found = await this.#sql
      .selectFrom('requests')
      .select(['row', 'record'])
      .where((build) => conditions(build, filter))
      .orderBy('row', filter.after === undefined ? 'desc' : 'asc')
      .limit(limit)
      .execute()
    return found.map(rowOf)
  }

  async get(id: string): Promise<RequestRow | null> {
    const found = await this.#sql
      .selectFrom('requests')
      .select(['row', 'record'])
      .where('id', '=', id)
      .executeTakeFirst()
    return found === undefined ? null : rowOf(found)
  }

  async totals(since: string): Promise<readonly LedgerTotal[]> {
    const isUnknown = sql`nanos is null and outcome <> 'refused'`
    const found = await this.#sql
      .selectFrom('requests')
      .select(['side', 'target', 'outcome'])
      .select((build) => [
        build.fn.countAll().as('requests'),
        build.fn.sum('input').as('input'),
        build.fn.sum('output').as('output'),
        build.fn.sum('nanos').as('nanos'),
        sql<number>`sum(case when ${isUnknown} then 1 else 0 end)`.as('unknownCosts'),
        sql<number>`sum(case when nanos is not null and estimated = 1 then 1 else 0 end)`.as(
          'estimatedCosts',
        ),
      ])
      .where('time', '>=', since)
      .groupBy(['side', 'target', 'outcome'])
      .orderBy('side')
      .orderBy('target')
      .orderBy('outcome')
      .execute()
    return found.map((total) => ({
      side: total.side,
      target: total.target,
      outcome: total.outcome,
      requests: countOf(total.requests),
      input: countOf(total.input),
      output: countOf(total.output),
      nanos: countOf(total.nanos),
      unknownCosts: countOf(total.unknownCosts),
      estimatedCosts: countOf(total.estimatedCosts),
    }))
  }

  async close(): Promise<void> {
    await this.#sql.destroy()
  }
}

import type { RequestRecord } from '../../domain/index.ts'
import type { RequestsTable } from './tables.ts'

/** A request as the recorder hands it over. */
export interface NewRow {
  readonly record: RequestRecord
  /** `record` as text, byte for byte what the leaf commits to. */
  readonly text: string
  readonly salt: Uint8Array
  /** Position of the outcome leaf in the audit log, from 0. */
  readonly leaf: number
}

/** Columns in the order of the insert statement; `row` is the database's to give. */
export const COLUMNS = [
  'id',
  'time',
  'outcome',
  'status',
  'key',
  'team',
  'use',
  'session',
  'model',
  'target',
  'side',
  'level',
  'kinds',
  'input',
  'output',
  'nanos',
  'estimated',
  'leaf',
  'salt',
  'record',
] as const satisfies readonly (keyof RequestsTable)[]

type Column = (typeof COLUMNS)[number]

/** A row's values by column. */
export const valuesOf = ({
  record,
  text,
  salt,
  leaf,
}: NewRow): { [name in Column]: RequestsTable[name] } => ({
  id: record.id,
  time: record.time,
  outcome: record.outcome,
  status: record.status,
  key: record.key,
  team: record.team,
  use: record.use,
  session: record.session,
  model: record.model,
  target: record.target,
  side: record.side,
  level: record.level,
  kinds: `,${[...record.kinds, ...record.conditions].join(',')},`,
  input: record.usage.input,
  output: record.usage.output,
  nanos: record.cost.nanos,
  estimated: record.cost.estimated ? 1 : 0,
  leaf,
  salt,
  record: text,
})

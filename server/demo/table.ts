import { formatCost } from '../src/accounts/index.ts'
import type { RequestRecord } from '../src/domain/index.ts'
import type { House } from './house.ts'
import { type KindOfPrompt, SENSITIVE } from './prompts.ts'
import type { Heard, Manner } from './talk.ts'

export const say = (text = ''): void => {
  process.stdout.write(`${text}\n`)
}

/** One prompt's line in the table, with the record it comes from. */
export interface Row {
  readonly label: string
  readonly kind: KindOfPrompt | 'support chat'
  readonly manner: Manner
  readonly heard: Heard
  readonly why: string
  readonly record: RequestRecord | null
  readonly sensitive: boolean
}

const isView = (value: unknown): value is { readonly why: string; readonly record: RequestRecord } =>
  typeof value === 'object' && value !== null && 'why' in value && 'record' in value

/** Fetches the record of what was just heard. */
export const rowOf = async (
  house: House,
  label: string,
  kind: Row['kind'],
  manner: Manner,
  heard: Heard,
): Promise<Row> => {
  const view = heard.request === null ? null : await house.record(heard.request)
  const record = isView(view) ? view.record : null
  const chatTurn = kind === 'support chat' ? Number(label.split('.')[1]) : 0
  const sensitive = kind === 'support chat' ? chatTurn >= 5 : SENSITIVE.includes(kind)
  return { label, kind, manner, heard, why: isView(view) ? view.why : (heard.error ?? ''), record, sensitive }
}

const cell = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width)
const right = (text: string, width: number): string => text.padStart(width)

const line = (row: Row): string => {
  const { record, manner } = row
  const where = record?.target ?? 'nowhere'
  const side = record?.side ?? '-'
  const first = record?.timing.firstByte ?? null
  const tokens = record === null ? '-' : `${record.usage.input ?? '?'}/${record.usage.output ?? '?'}`
  const cost = record === null ? '-' : formatCost(record.cost)
  const sdk = `${manner.sdk === 'openai' ? 'openai' : 'anthr.'}${manner.stream ? ' ~' : '  '}`
  return [
    right(row.label, 5),
    cell(row.kind, 17),
    cell(sdk, 8),
    cell(`${side}: ${where}`, 26),
    right(first === null ? '-' : `${Math.round(first)} ms`, 9),
    right(tokens, 9),
    right(cost, 10),
    ` ${cell(row.why, 60)}`,
  ].join(' ')
}

/** The table as lines for a terminal. `~` marks streaming; cost is in USD. */
export const table = (rows: readonly Row[]): readonly string[] => [
  '',
  [
    right('#', 5),
    cell('kind', 17),
    cell('client', 8),
    cell('went to', 26),
    right('1st byte', 9),
    right('tokens', 9),
    right('USD', 10),
    ' why',
  ].join(' '),
  '-'.repeat(150),
  ...rows.map(line),
  '(~ streaming; tokens in/out)',
]

export const tallies = (
  rows: readonly Row[],
): { readonly own: number; readonly closed: number; readonly failed: number } => {
  const answered = (side: string): number =>
    rows.filter(
      (row) => row.heard.error === null && row.record?.side === side && row.record.outcome === 'answered',
    ).length
  const own = answered('own')
  const closed = answered('closed')
  return { own, closed, failed: rows.length - own - closed }
}

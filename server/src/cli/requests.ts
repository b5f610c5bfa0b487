import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { lookupPrice } from '../accounts/index.ts'
import { loadConfig } from '../config/index.ts'
import { whyOf } from '../control/index.ts'
import {
  CausewayError,
  type Cost,
  KINDS,
  type Ledger,
  type RequestFilter,
  type RequestRecord,
  type RequestRow,
  SIDES,
  type Usage,
} from '../domain/index.ts'
import { dataFiles, readLedger } from '../recorder/index.ts'
import { COMMANDS } from './commands.ts'

interface Flags {
  readonly config: string
  readonly data?: string
  readonly limit: number
  readonly side?: string
  readonly outcome?: string
  readonly kind?: string
  readonly use?: string
  readonly session?: string
  readonly json?: boolean
  readonly follow?: boolean
}

const OUTCOMES = ['answered', 'refused', 'failed', 'client-closed']
const MOST = 1000
const EVERY = 500
const WIDTH = 100

/** Nano-dollars as the answer header says them: `0.0012`, `~0.0012`, `unknown`. */
const costText = ({ nanos, estimated }: Cost): string => {
  if (nanos === null) return 'unknown'
  const dollars = nanos / 1e9
  const digits = dollars < 0.1 ? Number(dollars.toPrecision(2)).toFixed(9) : dollars.toFixed(4)
  return `${estimated ? '~' : ''}${digits.replace(/\.?0+$/, '')}`
}

const tokenText = ({ input, output, estimated }: Usage): string =>
  input === null && output === null ? '-' : `${estimated ? '~' : ''}${input ?? '?'}/${output ?? '?'}`

/** Text of a request may hold what moves a terminal's cursor or colours its lines; none of it gets through. */
const plain = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const fit = (text: string, width: number): string => {
  const safe = plain(text)
  return (safe.length > width ? `${safe.slice(0, width - 1)}…` : safe).padEnd(width)
}

const HEAD = ['TIME', 'OUTCOME', 'ASKED', 'WENT TO', 'SIDE', 'FOUND', 'TOKENS', 'COST'] as const
const WIDTHS = [8, 11, 14, 16, 8, 14, 11, 10] as const

const line = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => fit(cell, WIDTHS[i] ?? 0))
    .join(' ')
    .trimEnd()

/** One request in one line of at most 100 characters. */
export const rowLine = ({ record }: RequestRow): string =>
  line([
    new Date(record.time).toTimeString().slice(0, 8),
    record.outcome === 'answered'
      ? 'answered'
      : `${record.outcome === 'client-closed' ? 'left' : record.outcome} ${record.status}`,
    record.model ?? '-',
    record.simulated ? `*${record.target}` : (record.target ?? '-'),
    record.side ?? '-',
    [...record.kinds, ...record.conditions].join(',') || '-',
    tokenText(record.usage),
    record.outcome === 'refused' && record.cost.nanos === null ? '-' : costText(record.cost),
  ])

export const headLine = (): string => line(HEAD)

const wrap = (name: string, text: string): string => {
  const margin = 14
  const lines: string[] = ['']
  for (const word of plain(text).match(/\S{1,86}/g) ?? []) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + word.length + 1 > WIDTH - margin) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return `${name.padEnd(margin)}${lines.join(`\n${' '.repeat(margin)}`)}`
}

/** One request whole, for people. */
export const detailLines = (record: RequestRecord): readonly string[] => {
  const { decision, ranking, usage, timing } = record
  const cached = usage.cacheRead === null ? '' : `, ${usage.cacheRead} from cache`
  const nothingSent = record.outcome === 'refused' && record.cost.nanos === null
  const facts: readonly (readonly [string, string | null])[] = [
    ['request', record.id],
    ['time', record.time],
    ['outcome', `${record.outcome} ${record.status}${record.code === null ? '' : ` ${record.code}`}`],
    ['why', whyOf(record)],
    ['asked for', record.model],
    [
      'went to',
      record.target === null
        ? 'nowhere'
        : `${record.target} (${record.side}${record.simulated ? ', SIMULATED' : ''})`,
    ],
    [
      'use',
      [record.use, record.key === null ? null : `key ${record.key}`, record.team].filter(Boolean).join(', '),
    ],
    ['conversation', record.session],
    [
      'label',
      record.level === null ? null : [record.level, ...record.kinds, ...record.conditions].join(', '),
    ],
    ...record.findings.map(
      (found) => ['found', `${found.type} ${found.masked} at ${found.path}: ${found.reason}`] as const,
    ),
    ['', record.omittedFindings > 0 ? `and ${record.omittedFindings} more` : null],
    ...(decision?.verdict.permitted ?? []).map(
      ({ target, rule }) => ['may go to', `${target} (${rule})`] as const,
    ),
    ...(decision?.verdict.refusals ?? []).map(
      ({ target, rule, reason, remedy }) =>
        ['may not', `${target} (${rule}): ${reason}; would pass with ${remedy}`] as const,
    ),
    ...(record.crossing?.verdict.permitted ?? []).map(
      ({ target, rule }) => ['values out', `${target} may have it then (${rule})`] as const,
    ),
    ['order', ranking === null ? null : ranking.answer.why],
    ...record.attempts.map(
      (attempt) =>
        [
          'attempt',
          `${attempt.target} (${attempt.side}) ${attempt.status ?? 'no answer'} ${attempt.code ?? ''} ${Math.round(attempt.ended - attempt.started)} ms ${attempt.message ?? ''}`.trim(),
        ] as const,
    ),
    ['dropped', record.dropped.join(', ') || null],
    ['tokens', tokenText(usage) === '-' ? null : `${tokenText(usage)} in/out${cached}`],
    ['cost', nothingSent ? null : `${costText(record.cost)} USD`],
    ['took', `${Math.round(timing.total)} ms, ${timing.gateway.toFixed(1)} ms of it in the gateway`],
    ['snapshot', record.snapshot],
  ]
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [wrap(name, value)]))
}

const filterOf = ({ limit, side, outcome, kind, use, session }: Flags): RequestFilter => ({
  limit,
  ...(side === undefined ? {} : { side }),
  ...(outcome === undefined ? {} : { outcome }),
  ...(kind === undefined ? {} : { kind }),
  ...(use === undefined ? {} : { use }),
  ...(session === undefined ? {} : { session }),
})

/** Takes one line of what the command tells. */
type Say = (text: string) => void

const print: Say = (text) => {
  process.stdout.write(`${text}\n`)
}

const tellOne = async (ledger: Ledger, id: string, json: boolean, say: Say): Promise<void> => {
  const found = await ledger.get(id)
  if (found === null)
    throw new CausewayError('unknown_request', `There is no request ${plain(id).slice(0, 80)}.`)
  if (json) say(JSON.stringify(found.record))
  else for (const text of detailLines(found.record)) say(text)
}

/** The latest, oldest first, so that what comes next continues below. */
const tellLatest = async (ledger: Ledger, flags: Flags, say: Say): Promise<void> => {
  let explained = flags.json === true
  const explain = (rows: readonly RequestRow[]): void => {
    if (explained || !rows.some((row) => row.record.simulated)) return
    explained = true
    say('* simulated: no real model answered')
  }
  const tell = (rows: readonly RequestRow[]): void => {
    for (const row of rows) say(flags.json === true ? JSON.stringify(row.record) : rowLine(row))
    explain(rows)
  }
  const rows = [...(await ledger.list(filterOf(flags)))].sort((a, b) => a.row - b.row)
  const nothing = rows.length === 0 && flags.follow !== true
  if (flags.json !== true) say(nothing ? 'No requests fit.' : headLine())
  tell(rows)
  if (flags.follow === true) await follow(ledger, flags, rows.at(-1)?.row ?? null, tell)
}

const follow = async (
  ledger: Ledger,
  flags: Flags,
  last: number | null,
  tell: (rows: readonly RequestRow[]) => void,
): Promise<void> => {
  let after = last ?? (await ledger.list({ limit: 1 }))[0]?.row ?? 0
  let going = true
  const leaving = new AbortController()
  process.once('SIGINT', () => {
    going = false
    leaving.abort()
  })
  while (going) {
    const rows = [...(await ledger.list({ ...filterOf(flags), limit: MOST, after }))].sort(
      (a, b) => a.row - b.row,
    )
    tell(rows)
    after = rows.at(-1)?.row ?? after
    if (rows.length < MOST) await sleep(EVERY, undefined, { signal: leaving.signal }).catch(() => undefined)
  }
}

const dataFolder = ({ config, data }: Flags): string =>
  data === undefined ? loadConfig(config, { home: homedir(), lookupPrice }).folders.data : resolve(data)

const requests = async (id: string | undefined, flags: Flags, say: Say): Promise<void> => {
  const folder = dataFolder(flags)
  if (!existsSync(dataFiles(folder).ledger)) {
    if (flags.json !== true) say(`Nothing has been recorded in ${folder} yet; causeway up does.`)
    return
  }
  const ledger = readLedger(folder)
  try {
    if (id === undefined) await tellLatest(ledger, flags, say)
    else await tellOne(ledger, id, flags.json === true, say)
  } finally {
    await ledger.close()
  }
}

const limitOf = (text: string): number => {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MOST) throw new InvalidArgumentError(`a whole number from 1 to ${MOST}`)
  return limit
}

/** Adds `causeway requests [ID]`: what the ledger holds, read beside a running server or without one. */
export const registerRequests = (program: Command, say: Say = print): void => {
  program
    .command('requests')
    .argument('[id]', 'one request whole; the id is the x-causeway-request header of its answer')
    .description(COMMANDS.requests.about)
    .option('--limit <number>', 'how many', limitOf, 20)
    .addOption(new Option('--side <side>', 'only those that went to this side').choices([...SIDES]))
    .addOption(new Option('--outcome <outcome>', 'only those that ended so').choices(OUTCOMES))
    .addOption(new Option('--kind <kind>', 'only those in which this was found').choices([...KINDS]))
    .option('--use <use>', 'only those of this use')
    .option('--session <session>', 'only those of this conversation')
    .option('--json', 'one record a line, as JSON')
    .option('--follow', 'go on with what comes, until interrupted')
    .option('--config <file>', 'the configuration', 'causeway.yaml')
    .option('--data <folder>', 'the data folder, instead of the configured one')
    .action((id: string | undefined, flags: Flags) => requests(id, flags, say))
}

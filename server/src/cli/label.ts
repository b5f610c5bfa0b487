import { readFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import type { Command } from 'commander'
import {
  CausewayError,
  type Dialect,
  type Finding,
  join,
  KINDS,
  type Kind,
  type Level,
  levelOfKind,
  READABLE,
} from '../domain/index.ts'
import { createLabeller, inspect, type Labeller } from '../sensitivity/index.ts'
import { usualArrival, wireOf } from '../wire/index.ts'
import { COMMANDS } from './commands.ts'

interface Flags {
  readonly file?: string
  readonly jsonl?: boolean
  readonly json?: boolean
}

/** What `causeway label --json` prints: the level and kinds of one text, and what was found, masked. */
export interface TextLabel {
  readonly level: Level
  readonly kinds: readonly Kind[]
  readonly findings: readonly Finding[]
}

/** The label of one text by itself, without a use, a client's wish or a policy. */
export const labelText = (text: string): TextLabel => {
  const findings = inspect(text)
  const kinds = KINDS.filter((kind) => findings.some((finding) => finding.kind === kind))
  return {
    level: kinds.reduce<Level>((level, kind) => join(level, levelOfKind(kind)), 'public'),
    kinds,
    findings,
  }
}

/** What a whole text is, as corpora of labelled texts name it. */
const CATEGORIES: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  secret: ['secret'],
  identity: ['pii'],
  payment: ['pii'],
  contact: ['pii'],
  health: ['health'],
  financial: ['financial'],
  contract: ['contract'],
  source_code: ['source_code'],
}

/** Signs of what a whole text is: they stand among the categories, not among the spans. */
const SIGNS: ReadonlySet<string> = new Set([
  'CONTRACT',
  'FINANCIAL',
  'HEALTH',
  'SOURCE_CODE',
  'MARKER',
  'EXAMPLE',
])

type Line =
  | { readonly id: string | number; readonly text: string }
  | { readonly id: string | number; readonly request: object; readonly dialect: Dialect }

const lineOf = (value: unknown): Line | null => {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null
  const { id } = value
  if (typeof id !== 'string' && typeof id !== 'number') return null
  if ('text' in value && typeof value.text === 'string') return { id, text: value.text }
  if (!('request' in value) || typeof value.request !== 'object' || value.request === null) return null
  const named = 'dialect' in value ? value.dialect : 'openai-chat'
  const dialect = READABLE.find((one) => one === named)
  return dialect === undefined ? null : { id, request: value.request, dialect }
}

const parseLine = (line: string, number: number): Line => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new CausewayError('invalid_json', `line ${number} is not JSON`)
  }
  const read = lineOf(value)
  if (read !== null) return read
  throw new CausewayError(
    'invalid_request',
    `line ${number}: each line is {"id", "text"} or {"id", "request", "dialect"}, the dialect one of ${READABLE.join(', ')}`,
  )
}

const spansOf = (findings: readonly Finding[]) =>
  findings
    .filter(({ type }) => !SIGNS.has(type))
    .map(({ path, start, end, type, sub, confidence }) => ({
      ...(path === '' ? {} : { path }),
      start,
      end,
      type,
      ...(sub === undefined ? {} : { sub }),
      score: confidence,
    }))

const FREE = { bodyBytes: 256 * 1024 * 1024, depth: 1000, messages: 1_000_000 }
const NO_USE = { carries: [] }

/** One labeller for all lines of one run, made where a line needs it. */
let labeller: Labeller | null = null

const labelRequest = (line: Extract<Line, { request: object }>): TextLabel => {
  labeller ??= createLabeller()
  const body = Buffer.from(JSON.stringify(line.request))
  const call = wireOf(line.dialect).read(body, usualArrival('cw_line', line.dialect, 'any'), FREE)
  return labeller.label(call, NO_USE, null)
}

/**
 * One line in, one line out: `{id, level, kinds, categories, spans}`; offsets in UTF-16 units, end exclusive. Of a
 * request each span says at which path; at most 50 of them.
 */
export const labelLine = (line: string, number: number): string => {
  const read = parseLine(line, number)
  const { level, kinds, findings } = 'text' in read ? labelText(read.text) : labelRequest(read)
  const categories = [
    ...new Set([
      ...kinds.flatMap((kind) => CATEGORIES[kind] ?? []),
      ...(findings.some(({ type }) => type === 'FINANCIAL') ? ['financial'] : []),
    ]),
  ]
  return JSON.stringify({ id: read.id, level, kinds, categories, spans: spansOf(findings) })
}

const labelLines = (input: string): void => {
  input.split('\n').forEach((line, index) => {
    if (line.trim() !== '') process.stdout.write(`${labelLine(line, index + 1)}\n`)
  })
}

/** The label for people: what was found, masked, and why. */
export const labelReport = ({ level, kinds, findings }: TextLabel): readonly string[] => [
  kinds.length === 0 ? `${level}: nothing found` : `${level}: ${kinds.join(', ')}`,
  // What has a floor first.
  ...[...findings]
    .sort((a, b) => Number(a.kind === null) - Number(b.kind === null))
    .map(({ type, sub, kind, masked, confidence, reason }) => {
      const name = sub === undefined ? type : `${type} (${sub})`
      return `  ${(kind ?? '-').padEnd(11)} ${name.padEnd(28)} ${masked.padEnd(22)} ${confidence.toFixed(2)}  ${reason}`
    }),
]

const readFile = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CausewayError('invalid_request', `cannot read ${path}: ${why}`)
  }
}

const run = async (given: string | undefined, flags: Flags): Promise<void> => {
  if (given !== undefined && flags.file !== undefined) {
    throw new CausewayError('invalid_request', 'give a text or --file, not both')
  }
  const input = given ?? (flags.file === undefined ? await readAll(process.stdin) : readFile(flags.file))
  if (flags.jsonl === true) {
    labelLines(input)
    return
  }
  const label = labelText(input)
  process.stdout.write(
    flags.json === true ? `${JSON.stringify(label)}\n` : `${labelReport(label).join('\n')}\n`,
  )
}

/** Adds `causeway label [TEXT]`: what the detectors find in a text, a file or standard input. */
export const registerLabel = (program: Command): void => {
  program
    .command('label')
    .description(COMMANDS.label.about)
    .argument('[text]', 'the text; standard input where neither it nor --file is given')
    .option('--file <path>', 'read the text from a file')
    .option(
      '--jsonl',
      'read lines of {"id", "text"} or {"id", "request", "dialect"} and write one line of findings for each',
    )
    .option('--json', 'write the label as JSON')
    .action(run)
}

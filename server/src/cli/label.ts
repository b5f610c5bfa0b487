import { readFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import type { Command } from 'commander'
import {
  CausewayError,
  type Finding,
  join,
  KINDS,
  type Kind,
  type Level,
  levelOfKind,
} from '../domain/index.ts'
import { inspect } from '../sensitivity/index.ts'

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

const CATEGORY: Readonly<Record<Kind, string>> = {
  secret: 'secret',
  identity: 'pii',
  payment: 'pii',
  contact: 'pii',
  health: 'health',
  financial: 'financial',
  contract: 'contract',
  source_code: 'source_code',
  internal: 'internal',
}

interface Line {
  readonly id: string | number
  readonly text: string
}

const isLine = (value: unknown): value is Line =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  (typeof value.id === 'string' || typeof value.id === 'number') &&
  'text' in value &&
  typeof value.text === 'string'

const parseLine = (line: string, number: number): Line => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new CausewayError('invalid_json', `line ${number} is not JSON`)
  }
  if (!isLine(value)) {
    throw new CausewayError(
      'invalid_request',
      `line ${number} has no "id" and "text"; each line is {"id", "text"}`,
    )
  }
  return value
}

const spansOf = (findings: readonly Finding[]) =>
  findings.map(({ start, end, type, sub, confidence }) => ({
    start,
    end,
    type,
    ...(sub === undefined ? {} : { sub }),
    score: confidence,
  }))

/** One line in, one line out: `{id, level, kinds, categories, spans}`; offsets in UTF-16 units, end exclusive. */
export const labelLine = (line: string, number: number): string => {
  const { id, text } = parseLine(line, number)
  const { level, kinds, findings } = labelText(text)
  const categories = [...new Set(kinds.map((kind) => CATEGORY[kind]))]
  return JSON.stringify({ id, level, kinds, categories, spans: spansOf(findings) })
}

const labelLines = (input: string): void => {
  input.split('\n').forEach((line, index) => {
    if (line.trim() !== '') process.stdout.write(`${labelLine(line, index + 1)}\n`)
  })
}

/** The label for people: what was found, masked, and why. */
export const labelReport = ({ level, kinds, findings }: TextLabel): readonly string[] => [
  kinds.length === 0 ? `${level}: nothing found` : `${level}: ${kinds.join(', ')}`,
  ...findings.map(({ type, sub, kind, masked, confidence, reason }) => {
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
    .description('what is sensitive in a text, with the findings masked and the reasons')
    .argument('[text]', 'the text; standard input where neither it nor --file is given')
    .option('--file <path>', 'read the text from a file')
    .option('--jsonl', 'read lines of {"id", "text"} and write one line of findings for each')
    .option('--json', 'write the label as JSON')
    .action(run)
}

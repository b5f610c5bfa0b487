import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { lookupPrice } from '../accounts/index.ts'
import { loadConfig } from '../config/index.ts'
import type { ExplainInput } from '../control/index.ts'
import {
  CausewayError,
  CODES,
  DIALECTS,
  type Dialect,
  type Health,
  type JsonObject,
  LEVELS,
  type Level,
  SIDES,
  type Side,
  type Snapshot,
} from '../domain/index.ts'
import { type Explained, explainRequest } from '../explain.ts'
import { nearest } from '../lib/index.ts'
import { type Explanation, explain } from '../policy/index.ts'
import { createLabeller } from '../sensitivity/index.ts'

interface Flags {
  readonly config: string
  readonly file?: string
  readonly use?: string
  readonly key?: string
  readonly model?: string
  readonly side?: readonly Side[]
  readonly label?: Level
  readonly dialect?: Dialect
  readonly json?: boolean
}

/** Adds `causeway explain`. Sends nothing, records nothing, asks no running server. */
export const registerExplain = (program: Command): void => {
  program
    .command('explain')
    .description(
      'what would be done with a text or a request: its label, who may have it, and in which order',
    )
    .argument('[text]', 'the text of a user message; without it and --file, standard input is read')
    .option('--file <path>', 'a text or a JSON request, `-` for standard input')
    .option('--model <name>', 'a route, target or model; else the request’s own, else the first route')
    .option('--use <name>', 'what it is for; else the key’s first use')
    .option('--key <name>', 'whose request it is, by the key’s name; else the first key')
    .option('--side <sides>', 'confine it as x-causeway-side does, e.g. own,attested', readSides)
    .addOption(new Option('--label <level>', 'raise it as x-causeway-label does').choices(LEVELS))
    .addOption(new Option('--dialect <name>', 'of a JSON request, where it is not plain').choices(DIALECTS))
    .option('--json', 'as JSON')
    .option('--config <file>', 'the configuration', 'causeway.yaml')
    .action((text: string | undefined, flags: Flags) => {
      process.stdout.write(explanation(text, flags))
    })
}

const readSides = (text: string): readonly Side[] =>
  text.split(',').map((part) => {
    const side = SIDES.find((one) => one === part.trim())
    if (side === undefined) throw new InvalidArgumentError(`The sides are ${SIDES.join(', ')}.`)
    return side
  })

const UP: Health = { state: 'up', why: null, firstByte: null, inFlight: 0 }

const explanation = (text: string | undefined, flags: Flags): string => {
  const { snapshot } = loadConfig(flags.config, { home: homedir(), lookupPrice })
  checkUse(flags, snapshot)
  const given = givenOf(text, flags.file)
  const parts = { snapshot, labeller: createLabeller(), health: () => UP }
  const explained = explainRequest(askedOf(given, flags), parts, given.text)
  const floors = explain(explained.input, snapshot)
  return flags.json === true
    ? `${JSON.stringify(asJson(explained, floors), null, 2)}\n`
    : toldFor(explained, floors)
}

/** A key may ask under its own uses only, here as at the front door. */
const checkUse = ({ key, use }: Flags, snapshot: Snapshot): void => {
  if (use === undefined) return
  const bound = snapshot.principals.find((principal) => principal.key === key)?.uses
  const uses = bound ?? [...snapshot.uses.keys()]
  if (uses.includes(use)) return
  const who = bound === undefined ? 'There is no use' : `Key ${key} is not bound to a use`
  const near = nearest(use, uses)
  const hint = near === null ? `There are: ${uses.slice(0, 20).join(', ')}.` : `The nearest is "${near}".`
  throw new CausewayError('unknown_use', `${who} called "${use}". ${hint}`, { field: 'use' })
}

const askedOf = ({ text, request }: Given, flags: Flags): ExplainInput => ({
  ...(flags.model === undefined ? {} : { model: flags.model }),
  ...(flags.use === undefined ? {} : { use: flags.use }),
  ...(flags.key === undefined ? {} : { key: flags.key }),
  ...(flags.side === undefined ? {} : { sides: flags.side }),
  ...(flags.label === undefined ? {} : { level: flags.label }),
  ...(request === null
    ? { text }
    : {
        request: flags.model === undefined ? request : { ...request, model: flags.model },
        dialect: flags.dialect ?? dialectOf(request),
      }),
})

/** A guess by what only one dialect has. */
const dialectOf = (request: JsonObject): Dialect => {
  if (request['system'] !== undefined) return 'anthropic-messages'
  return request['messages'] === undefined ? 'openai-embeddings' : 'openai-chat'
}

interface Given {
  readonly text: string
  /** The request that the text of a file is, or null for plain text. */
  readonly request: JsonObject | null
}

const givenOf = (text: string | undefined, file: string | undefined): Given => {
  if (text !== undefined && file !== undefined) {
    throw new CausewayError('invalid_request', 'A text and --file came together; one of them is needed.')
  }
  if (text !== undefined) return { text, request: null }
  if (file === undefined && process.stdin.isTTY === true) {
    throw new CausewayError(
      'invalid_request',
      'There is nothing to explain: give a text in quotes, or --file.',
    )
  }
  const read = contentOf(file ?? '-')
  return { text: read, request: requestIn(read) }
}

const contentOf = (file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file === '-' ? 0 : file))
  } catch (cause) {
    const name = file === '-' ? 'Standard input' : file
    throw new CausewayError('invalid_request', `${name} cannot be read as UTF-8 text.`, { cause })
  }
}

const BODY_KEYS = ['messages', 'input']

const requestIn = (text: string): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && BODY_KEYS.some((key) => Object.hasOwn(value, key)) ? value : null
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const asJson = (
  { input, label, ranking, refusal }: Explained,
  { floors, candidates }: Explanation,
): object => ({
  model: input.model,
  use: input.use.name,
  key: input.principal.key,
  label,
  floors,
  candidates,
  ranking,
  refusal,
})

const FINDINGS_SHOWN = 12

/** For a person: what was found, who may have it, who not and what would change that, the order and why. */
const toldFor = (explained: Explained, explanation: Explanation): string => {
  const blocks = [
    labelBlock(explained, explanation),
    ...candidateBlocks(explanation),
    orderBlock(explained),
    refusalBlock(explained),
  ]
  return `${blocks.flatMap((block) => (block.length === 0 ? [] : [block.join('\n')])).join('\n\n')}\n`
}

const labelBlock = ({ label, input, call }: Explained, { profile }: Explanation): readonly string[] => {
  const carried = [...label.kinds, ...label.conditions]
  const lines = [
    `Label    ${label.level}${carried.length === 0 ? ', nothing found' : `: ${carried.join(', ')}`}`,
    `         model ${input.model}, use ${input.use.name}, key ${input.principal.key}, profile ${profile}, about ${call.needs.inputTokens} tokens`,
  ]
  if (label.declared.length > 0) lines.push(`         declared by the use: ${label.declared.join(', ')}`)
  if (label.raised !== null) lines.push(`         raised to ${label.raised} by the client`)
  const shown = label.findings.slice(0, FINDINGS_SHOWN)
  const rows = table(
    shown.map((one) => [one.kind ?? 'no floor', one.type, one.masked, one.path]),
    '  ',
  )
  for (const [index, row] of rows.entries()) {
    lines.push(row, ...wrapped(shown[index]?.reason ?? '', '    '))
  }
  const more = label.findings.length - shown.length + label.omitted
  if (more > 0) lines.push(`  and ${more} more`)
  return lines
}

const candidateBlocks = ({ candidates }: Explanation): readonly (readonly string[])[] => {
  const name = (one: (typeof candidates)[number]): readonly string[] => [
    one.target,
    one.side ?? '-',
    `${one.model ?? '-'}${one.simulated ? ' (simulated)' : ''}`,
  ]
  const may = candidates.filter(({ refusal }) => refusal === null)
  const not = candidates.filter(({ refusal }) => refusal !== null)
  const heads = table(
    not.map((one) => [...name(one), one.refusal?.rule ?? '']),
    '  ',
  )
  const refusals = not.flatMap(({ refusal }, index) => [
    heads[index] ?? '',
    ...wrapped(refusal?.reason ?? '', '    '),
    ...wrapped(`would pass with ${refusal?.remedy ?? ''}`, '    '),
  ])
  return [
    may.length === 0
      ? []
      : [
          'May have it',
          ...table(
            may.map((one) => [...name(one), one.rule ?? '']),
            '  ',
          ),
        ],
    not.length === 0 ? [] : ['May not', ...refusals],
  ]
}

const orderBlock = ({ ranking }: Explained): readonly string[] => {
  if (ranking === null) return []
  const lines =
    ranking.order.length === 0 ? [] : [`Order    ${ranking.order.join(', then ')}`, `         ${ranking.why}`]
  for (const { target, lacks } of ranking.unable) lines.push(`         not ${target}: it lacks ${lacks}`)
  for (const { target, why } of ranking.down) lines.push(`         not ${target}: ${why}`)
  if (ranking.order.length > 0)
    lines.push('         Which of them are up only a running gateway knows; here all count as up.')
  return lines
}

const refusalBlock = ({ refusal }: Explained): readonly string[] =>
  refusal === null
    ? []
    : [
        `Refused  A client would get ${CODES[refusal.code].status} ${refusal.code}:`,
        ...wrapped(refusal.message, '  '),
      ]

/** Columns as wide as their widest cell, the last one ragged. */
const table = (rows: readonly (readonly string[])[], indent: string): readonly string[] => {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  return rows.map((row) =>
    `${indent}${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}

const WIDTH = 96

const wrapped = (text: string, indent: string): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 1 > WIDTH) {
      lines.push(indent + line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return line === '' ? lines : [...lines, indent + line]
}

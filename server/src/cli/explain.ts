import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { lookupPrice } from '../accounts/index.ts'
import { loadConfig } from '../config/index.ts'
import type { ExplainInput } from '../control/index.ts'
import {
  CausewayError,
  type Dialect,
  type Health,
  type JsonObject,
  LEVELS,
  type Level,
  READABLE,
  SIDES,
  type Side,
  type Snapshot,
} from '../domain/index.ts'
import { explainRequest, explainView } from '../explain.ts'
import { nearest } from '../lib/index.ts'
import { createLabeller, ownDetectors } from '../sensitivity/index.ts'
import { guessDialect } from '../wire/index.ts'
import { COMMANDS } from './commands.ts'
import { toldFor } from './explain-text.ts'

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
    .description(COMMANDS.explain.about)
    .argument('[text]', 'the text of a user message; without it and --file, standard input is read')
    .option('--file <path>', 'a text or a JSON request, `-` for standard input')
    .option('--model <name>', 'a route, target or model; else the request’s own, else the first route')
    .option('--use <name>', 'what it is for; else the key’s first use')
    .option('--key <name>', 'whose request it is, by the key’s name; else the first key')
    .option('--side <sides>', 'confine it as x-causeway-side does, e.g. own,attested', readSides)
    .addOption(new Option('--label <level>', 'raise it as x-causeway-label does').choices(LEVELS))
    .addOption(new Option('--dialect <name>', 'of a JSON request, where it is not plain').choices(READABLE))
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
  const labeller = createLabeller({ own: ownDetectors(snapshot.sensitivity) })
  const explained = explainRequest(
    askedOf(given, flags),
    { snapshot, labeller, health: () => UP },
    given.text,
  )
  return flags.json === true ? `${JSON.stringify(explainView(explained), null, 2)}\n` : toldFor(explained)
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
        dialect: flags.dialect ?? guessDialect(request) ?? 'openai-chat',
      }),
})

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

const requestIn = (text: string): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && guessDialect(value) !== null ? value : null
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

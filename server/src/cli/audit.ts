import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { CausewayError } from '../domain/index.ts'
import {
  type LogFlags,
  newestCheckpoint,
  placeOf,
  proveLog,
  type Shown,
  showRequest,
  textOf,
} from './audit-files.ts'
import { verificationLines } from './audit-report.ts'
import { COMMANDS } from './commands.ts'

const TAMPERED = 1
const UNREADABLE = 2

interface VerifyFlags extends LogFlags {
  readonly checkpoint?: string
  readonly json?: boolean
}

const print = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Runs one command; what cannot be read is no finding, and has an exit code of its own. */
const guarded = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (thrown) {
    if (!(thrown instanceof CausewayError)) throw thrown
    process.stderr.write(`causeway: ${thrown.fault.message}\n`)
    process.exitCode = thrown.fault.code === 'record_damaged' ? TAMPERED : UNREADABLE
  }
}

const verify = async (flags: VerifyFlags): Promise<void> => {
  const place = await placeOf(flags)
  const saved = flags.checkpoint === undefined ? null : textOf(flags.checkpoint)
  const found = await proveLog(place, saved)
  const isIntact = found.problems.length === 0
  if (flags.json === true) print([JSON.stringify({ intact: isIntact, folder: place.folder, ...found })])
  else print(verificationLines(place.folder, found, saved !== null))
  process.exitCode = isIntact ? 0 : TAMPERED
}

/** A saved checkpoint is evidence: it is replaced only by one of a log that continues it. */
const save = async (flags: LogFlags & { readonly out?: string }): Promise<void> => {
  const place = await placeOf(flags)
  if (flags.out === undefined) {
    process.stdout.write(await newestCheckpoint(place))
    return
  }
  const file = resolve(flags.out)
  if (existsSync(file)) {
    const { problems } = await proveLog(place, textOf(file))
    if (problems.length > 0) {
      print([
        `${file} is left as it is, because the log does not continue it:`,
        ...problems.map(({ where, what }) => `  ${where}: ${what}`),
      ])
      process.exitCode = TAMPERED
      return
    }
  }
  const note = await newestCheckpoint(place)
  try {
    writeFileSync(`${file}.new`, note)
    renameSync(`${file}.new`, file)
  } catch (thrown) {
    throw new CausewayError('data_folder', `${file} cannot be written.`, { cause: thrown })
  }
  print([`Saved the checkpoint of ${note.split('\n')[1]} entries in ${file}. Keep it on another machine.`])
}

const shownLines = (request: string, shown: Shown): readonly string[] => [
  ...shown.leaves.flatMap(({ leaf, index, proof }) => [
    `Entry ${index + 1}: ${JSON.stringify(leaf)}`,
    proof === null
      ? '  not vouched for by a checkpoint yet'
      : `  proven by ${proof.length} hashes against the root of ${shown.size} entries, ${shown.root}`,
  ]),
  shown.committed === null
    ? `The ledger has no row of ${request} to hold against the log.`
    : shown.committed
      ? 'The ledger’s row is the one that the log committed to:'
      : 'THE LEDGER’S ROW IS NOT the one that the log committed to:',
  ...(shown.record === null ? [] : [shown.record]),
]

const show = async (request: string, flags: LogFlags & { readonly json?: boolean }): Promise<void> => {
  const shown = await showRequest(await placeOf(flags), request)
  if (flags.json === true) print([JSON.stringify(shown)])
  else if (shown.leaves.length === 0) print([`The log has no entry of ${request}.`])
  else print(shownLines(request, shown))
  process.exitCode = shown.leaves.length === 0 || shown.committed === false ? TAMPERED : 0
}

/** Adds `causeway audit verify | checkpoint | show`. Exit codes: 0 proven, 1 a finding, 2 could not be read. */
export const registerAudit = (program: Command): void => {
  const audit = program.command('audit').description(COMMANDS.audit.about)
  const add = (name: string, description: string): Command =>
    audit
      .command(name)
      .description(description)
      .option('--config <file>', 'the configuration', 'causeway.yaml')
      .option('--data <folder>', 'the data folder, or a copy of its audit folder')
  add('verify', 'prove the whole log offline and say how far the proof reaches')
    .option('--checkpoint <file>', 'a checkpoint that was saved elsewhere')
    .option('--json', 'as JSON')
    .action((flags: VerifyFlags) => guarded(() => verify(flags)))
  add('checkpoint', 'print or save the newest checkpoint, to be kept on another machine')
    .option('--out <file>', 'where to save it; one that is there is replaced only if the log continues it')
    .action((flags: LogFlags & { out?: string }) => guarded(() => save(flags)))
  add('show <id>', 'the entries of one request with their proof, and its record')
    .option('--json', 'as JSON')
    .action((id: string, flags: LogFlags & { json?: boolean }) => guarded(() => show(id, flags)))
}

/**
 * The command line: one file per command, each adding itself to the program. Commands read the environment,
 * write to the terminal, and leave the work to the rooms.
 *
 * Promises: a mistake gets one sentence that says what is wrong and one that says what to do, never a stack;
 * exit code 0 is success, 1 a mistake or a finding, 2 something that could not be looked at.
 *
 * Nothing imports this room but bin/.
 */
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { CausewayError } from '../domain/index.ts'
import { nearest } from '../lib/index.ts'
import { registerAudit } from './audit.ts'
import { registerCheck } from './check.ts'
import { registerConversations } from './conversations.ts'
import { registerEngine } from './engine.ts'
import { registerExplain } from './explain.ts'
import { registerKeys } from './keys.ts'
import { registerLabel } from './label.ts'
import { registerRequests } from './requests.ts'
import { registerUp } from './up.ts'

/** The version in the package's own manifest. */
export const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0'
}

const programOf = (): Command => {
  const program = new Command('causeway')
    .description(
      'One endpoint in front of closed and open models; the line between them is enforced and on the record.',
    )
    .version(version(), '-v, --version')
    .showHelpAfterError('(causeway --help shows the commands)')
    .showSuggestionAfterError(true)
    .exitOverride()
  registerUp(program, version())
  for (const register of [
    registerCheck,
    registerExplain,
    registerLabel,
    registerRequests,
    registerConversations,
    registerKeys,
    registerAudit,
    registerEngine,
  ])
    register(program)
  return program
}

/** With a default command, the parser takes a word it does not know for that command's argument. */
const unknownCommand = (program: Command, word: string | undefined): string | null => {
  const names = ['help', ...program.commands.map((command) => command.name())]
  if (word === undefined || word.startsWith('-') || names.includes(word)) return null
  const meant = nearest(word, names)
  const hint = meant === null ? '' : ` Did you mean ${meant}?`
  return `causeway: unknown command '${word.slice(0, 64)}'.${hint}\n(causeway --help shows the commands)\n`
}

/**
 * Whoever reads the output may have enough of it, as in `causeway requests | head`. Then a command is over, and a
 * server goes on in silence.
 */
const onBrokenPipe =
  (isServer: boolean) =>
  (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error
    if (!isServer) process.exit(0)
  }

/** Runs one command line, without the program's name. Resolves to the exit code. */
export const run = async (argv: readonly string[]): Promise<number> => {
  const program = programOf()
  const unknown = unknownCommand(program, argv[0])
  if (unknown !== null) {
    process.stderr.write(unknown)
    return 1
  }
  const isServer = argv[0] === undefined || argv[0] === 'up' || argv[0].startsWith('-')
  // Stays after the command: a pipe may be found broken when all has been written.
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', onBrokenPipe(isServer))
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode
    if (!(thrown instanceof CausewayError)) throw thrown
    process.stderr.write(`causeway: ${thrown.fault.message}\n${thrown.fault.next}\n`)
    return 1
  }
}

/**
 * The command line: one file per command, each adding itself to the program. Commands read the environment,
 * write to the terminal, and leave the work to the rooms.
 *
 * Promises: a mistake gets one sentence that says what is wrong and one that says what to do, never a stack;
 * exit code 0 is success, 1 a mistake or a finding, 2 something that could not be looked at. A command loads what
 * it needs and nothing of the others; the list of them loads none.
 *
 * Nothing imports this room but bin/.
 */
import { readFileSync } from 'node:fs'
import { Command, CommanderError, Help } from 'commander'
import { CausewayError } from '../domain/index.ts'
import { nearest } from '../lib/index.ts'
import { COMMANDS, type CommandName } from './commands.ts'

/** The version in the package's own manifest. */
export const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0'
}

type Register = (program: Command) => void

/** Each command is loaded when it is asked for: most of them need little of what `up` needs. */
const LOADERS: Readonly<Record<CommandName, () => Promise<Register>>> = {
  up: async () => {
    const { registerUp } = await import('./up.ts')
    return (program) => registerUp(program, version())
  },
  check: async () => (await import('./check.ts')).registerCheck,
  explain: async () => (await import('./explain.ts')).registerExplain,
  label: async () => (await import('./label.ts')).registerLabel,
  requests: async () => (await import('./requests.ts')).registerRequests,
  conversations: async () => (await import('./conversations.ts')).registerConversations,
  keys: async () => (await import('./keys.ts')).registerKeys,
  audit: async () => (await import('./audit.ts')).registerAudit,
  engine: async () => (await import('./engine.ts')).registerEngine,
}

const isCommand = (word: string | undefined): word is CommandName =>
  word !== undefined && Object.hasOwn(COMMANDS, word)

const NAMES = Object.keys(COMMANDS).filter(isCommand)

/** Options that the program itself answers; any other first option is one of the default command. */
const OWN_OPTIONS: ReadonlySet<string> = new Set(['-h', '--help', '-v', '--version'])

/** The command that these words are for; null where the list of them is enough to answer. */
const commandOf = ([first, second]: readonly string[]): CommandName | null => {
  if (first === undefined) return 'up'
  if (first === 'help') return isCommand(second) ? second : null
  if (isCommand(first)) return first
  return first.startsWith('-') && !OWN_OPTIONS.has(first) ? 'up' : null
}

/** The program with one command whole and the others as lines of the list. */
const programOf = async (wanted: CommandName | null): Promise<Command> => {
  const program = new Command('causeway')
    .description(
      'One endpoint in front of closed and open models; the line between them is enforced and on the record.',
    )
    .version(version(), '-v, --version')
    .showHelpAfterError('(causeway --help shows the commands)')
    .showSuggestionAfterError(true)
    .configureHelp({
      // Its commands take this over from the program; their own parts are all there and describe themselves.
      subcommandTerm(command) {
        const name = command.name()
        return command.parent?.parent === null && isCommand(name)
          ? COMMANDS[name].term
          : Help.prototype.subcommandTerm.call(this, command)
      },
    })
    .exitOverride()
  for (const name of NAMES) {
    if (name === wanted) (await LOADERS[name]())(program)
    else program.command(name).description(COMMANDS[name].about)
  }
  return program
}

/** With a default command, the parser takes a word it does not know for that command's argument. */
const unknownCommand = (word: string | undefined): string | null => {
  const names = ['help', ...NAMES]
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
  const unknown = unknownCommand(argv[0])
  if (unknown !== null) {
    process.stderr.write(unknown)
    return 1
  }
  const isServer = argv[0] === undefined || argv[0] === 'up' || argv[0].startsWith('-')
  // Stays after the command: a pipe may be found broken when all has been written.
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', onBrokenPipe(isServer))
  try {
    const program = await programOf(commandOf(argv))
    await program.parseAsync([...argv], { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode
    if (!(thrown instanceof CausewayError)) throw thrown
    process.stderr.write(`causeway: ${thrown.fault.message}\n${thrown.fault.next}\n`)
    return 1
  }
}

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, Option } from 'commander'
import { lookupPrice } from '../accounts/index.ts'
import {
  discover,
  type FirstStart,
  firstStart,
  type LoadedConfig,
  loadConfig,
  writeFirstStart,
} from '../config/index.ts'
import type { EngineView } from '../control/index.ts'
import { CausewayError, SIDES } from '../domain/index.ts'
import { plannedModel } from '../engine/index.ts'
import { type Causeway, startCauseway } from '../main.ts'
import { exampleFor } from '../planes.ts'
import { PROVIDERS } from '../providers/index.ts'
import { COMMANDS } from './commands.ts'

interface Flags {
  readonly config: string
  readonly data?: string
  readonly engine: boolean
  readonly plane: 'both' | 'gateway' | 'control'
}

const say = (text = ''): void => {
  process.stdout.write(`${text}\n`)
}

const SIDE_WORDS = {
  own: 'on machines you administer',
  attested: 'in verified enclaves',
  rented: "open weights on others' machines",
  closed: "vendors' APIs",
} as const

/** Looks around and writes the first configuration. Prints what was found, by side. */
const first = async (flags: Flags): Promise<void> => {
  say(
    `No ${relative('.', flags.config) || flags.config} yet: looking for keys in the environment and model servers on this machine …`,
  )
  const found = await discover(PROVIDERS.values())
  const data = flags.data === undefined ? './.causeway' : resolve(flags.data)
  const planned = !flags.engine
    ? null
    : await plannedModel({ cache: cacheDefault(), environment: process.env })
  const start = firstStart({
    environment: process.env,
    found,
    data,
    engine: planned === null ? SMALLEST : { model: planned.name, context: planned.context },
  })
  writeFirstStart(flags.config, start)
  tellFound(start)
  say(`Wrote ${relative('.', flags.config)} with these targets and a key; look through it when you like.`)
  say()
}

/** What the engine would serve where nothing can be said about this machine yet. */
const SMALLEST = { model: 'smollm2-135m-instruct', context: 8192 } as const

const cacheDefault = (): string => process.env['CAUSEWAY_CACHE'] ?? join(homedir(), '.cache', 'causeway')

const tellFound = (start: FirstStart): void => {
  for (const { side, targets } of start.bySide) {
    say(`  ${side.padEnd(9)}${SIDE_WORDS[side]}`)
    for (const target of targets) say(`           ${target.name} (${target.title}, ${target.model})`)
  }
  for (const { title, models } of start.omitted) say(`  ${title}: ${models} more models were left out`)
  for (const { port } of start.unknown) say(`  Something unknown answers on port ${port}; it was not added.`)
}

const load = (flags: Flags): LoadedConfig => {
  const options = { home: homedir(), lookupPrice }
  return loadConfig(
    flags.config,
    flags.data === undefined ? options : { ...options, data: resolve(flags.data) },
  )
}

/** The built-in engine is set up only where nothing else serves on the own side. */
const wantsEngine = ({ snapshot }: LoadedConfig): boolean =>
  ![...snapshot.targets.values()].some(
    (target) => target.side === 'own' && target.provider !== 'engine' && target.operations.includes('chat'),
  )

/** One line per step; on a terminal the counts of one phase overwrite each other. */
const engineTeller = (): ((view: EngineView) => void) => {
  const terminal = process.stdout.isTTY === true
  let last: EngineView | null = null
  let open = false
  return (view) => {
    if (view.message === last?.message) return
    const line = `  engine: ${view.message}`
    if (!terminal) {
      say(line)
    } else {
      const counting = view.bytes !== null
      const before = !open ? '' : view.phase === last?.phase ? '\r\x1b[K' : '\n'
      process.stdout.write(
        `${before}${line.slice(0, (process.stdout.columns ?? 80) - 1)}${counting ? '' : '\n'}`,
      )
      open = counting
    }
    last = view
  }
}

const keyHint = ({ config, folders }: LoadedConfig): string => {
  const secret = config.keys[0]?.secret
  if (secret === undefined) return '$CAUSEWAY_KEY'
  if (secret.startsWith('env:')) return `$${secret.slice(4)}`
  return `$(cat ${relative('.', resolve(folders.credentials, secret.slice(5)))})`
}

const greet = (loaded: LoadedConfig, causeway: Causeway): void => {
  const { snapshot } = loaded
  say(`Causeway is up, profile ${snapshot.profile}.`)
  for (const side of SIDES) {
    const names = [...snapshot.targets.values()]
      .filter((target) => target.side === side)
      .map((target) => (target.simulated ? `${target.name} (simulated)` : target.name))
    if (names.length > 0) say(`  ${side.padEnd(9)}${names.join(', ')}`)
  }
  for (const { message, path } of loaded.warnings) say(`  note: ${path}: ${message}`)
  for (const missing of causeway.missing) say(`  note: ${missing}`)
  say()
  if (causeway.gatewayUrl !== null) {
    say('Try it')
    say(`  ${exampleFor(causeway.gatewayUrl, snapshot, keyHint(loaded))}`)
    say()
  }
  if (causeway.controlUrl !== null) {
    say('Console')
    say(`  ${causeway.controlUrl}/?token=${causeway.token}`)
    say()
  }
}

/** Tells the preparation script that a server runs from these packages, so that it does not replace them. */
const markRunning = (): (() => void) => {
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
  if (!existsSync(modules)) return () => undefined
  const folder = join(modules, '.causeway-running')
  const file = join(folder, String(process.pid))
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, JSON.stringify({ what: 'causeway up', since: new Date().toISOString() }))
  } catch {
    return () => undefined
  }
  return () => rmSync(file, { force: true })
}

const GRACE = 30_000

const untilStopped = (causeway: Causeway, unmark: () => void): Promise<void> =>
  new Promise((done) => {
    let stopping = false
    const stop = (signal: NodeJS.Signals): void => {
      if (stopping) {
        unmark()
        process.exit(130)
      }
      stopping = true
      say(
        `${signal === 'SIGINT' ? 'Interrupted' : 'Stopping'}: letting requests in work finish (at most ${GRACE / 1000} s; again to leave at once) …`,
      )
      void causeway.close(GRACE).then(() => {
        unmark()
        say('Stopped. The record is closed and signed.')
        done()
      })
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })

const up = async (flags: Flags, version: string): Promise<void> => {
  say(`Causeway ${version}`)
  if (!existsSync(flags.config)) await first(flags)
  const loaded = load(flags)
  const unmark = markRunning()
  const tell = engineTeller()
  let greeted = false
  const early: EngineView[] = []
  try {
    const causeway = await startCauseway({
      snapshot: loaded.snapshot,
      folder: loaded.folders.credentials,
      dataFolder: loaded.folders.data,
      cacheFolder: process.env['CAUSEWAY_CACHE'] ?? loaded.folders.cache,
      environment: process.env,
      plane: flags.plane,
      engine: flags.engine && wantsEngine(loaded),
      version,
      onEngine: (view) => {
        if (greeted) tell(view)
        else early.push(view)
      },
    })
    greet(loaded, causeway)
    greeted = true
    for (const view of early) tell(view)
    await untilStopped(causeway, unmark)
  } catch (thrown) {
    unmark()
    if (thrown instanceof CausewayError) throw thrown
    throw new CausewayError('internal', thrown instanceof Error ? thrown.message : String(thrown), {
      cause: thrown,
    })
  }
}

/** Adds `causeway up`, the default command. */
export const registerUp = (program: Command, version: string): void => {
  program
    .command('up', { isDefault: true })
    .description(COMMANDS.up.about)
    .option('--config <file>', 'the configuration', 'causeway.yaml')
    .option('--data <folder>', 'the data folder, instead of the configured one')
    .addOption(
      new Option('--plane <which>', 'start one plane only')
        .choices(['both', 'gateway', 'control'])
        .default('both'),
    )
    .option('--no-engine', 'do not set up the built-in engine')
    .action((flags: Flags) => up(flags, version))
}

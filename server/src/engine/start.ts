import { type ChildProcess, fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { z } from 'zod'
import { redacted } from './command.ts'
import { type EnsureOptions, ensureEngine } from './ensure.ts'
import { ENGINE_CODES, EngineError, type EngineErrorCode } from './errors.ts'
import { note } from './progress.ts'
import type { PulledModel } from './shelf.ts'

/** How a running engine came to its end without being asked to. */
export interface EngineExit {
  readonly code: number | null
  readonly signal: string | null
  /** The last lines it wrote. */
  readonly lastWords: string
}

export interface StartOptions extends EnsureOptions {
  /** 0 takes any free one. */
  readonly port: number
  readonly context?: number | null | undefined
  readonly threads?: number | null | undefined
  /** Called once if the process ends although nobody stopped it. */
  readonly onExit?: ((exit: EngineExit) => void) | undefined
}

/** An engine that answers. */
export interface RunningEngine {
  /** `http://127.0.0.1:PORT`, without `/v1`. */
  readonly url: string
  readonly port: number
  readonly model: PulledModel
  /** Tokens that prompt and answer share. */
  readonly context: number
  readonly pid: number
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>
}

const answer = z.discriminatedUnion('ready', [
  z.object({ ready: z.literal(true), url: z.string(), port: z.int(), model: z.string(), context: z.int() }),
  z.object({ ready: z.literal(false), code: z.string(), message: z.string() }),
])

const STOP_MILLISECONDS = 6000
const WORDS = 4000

/**
 * Makes sure that everything is at hand (`ensureEngine`, same progress and errors) and starts the engine as a process
 * of its own, which ends when this one does. Resolves when it answers.
 */
export const startEngine = async (options: StartOptions): Promise<RunningEngine> => {
  const { model } = await ensureEngine(options)
  options.onProgress?.(note('load', `Loading ${model.title}`))
  const order = {
    cache: options.cache,
    model: model.name,
    port: options.port,
    context: options.context ?? null,
    threads: options.threads ?? null,
  }
  // No file of this room but the entry itself knows whether it runs as source or as built.
  const entry = join(import.meta.dirname, `process${extname(import.meta.filename)}`)
  const child = fork(entry, [JSON.stringify(order)], {
    env: bareEnvironment(options.environment),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  const words = lastWordsOf(child)
  const told = await readiness(child, words)
  const warning = model.forWork ? '' : '; this model is too small for work'
  options.onProgress?.(note('ready', `${model.title} answers at ${told.url}${warning}`, 0))
  return running(child, words, told, model, options)
}

/** What a program needs to run here at all. The keys of vendors are none of the model's business. */
const bareEnvironment = (environment: EnsureOptions['environment']): Record<string, string | undefined> => {
  const needed = [
    'PATH',
    'HOME',
    'USERPROFILE',
    'LANG',
    'LC_ALL',
    'TMPDIR',
    'TEMP',
    'SystemRoot',
    'LD_LIBRARY_PATH',
  ]
  return Object.fromEntries(
    needed.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  )
}

const lastWordsOf = (child: ChildProcess): (() => string) => {
  let words = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => {
    words = (words + text).slice(-WORDS)
  })
  return () => redacted(words.trim())
}

type Ready = Extract<z.infer<typeof answer>, { ready: true }>

const readiness = (child: ChildProcess, words: () => string): Promise<Ready> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const parsed = answer.safeParse(message)
      if (!parsed.success) reject(new EngineError('crashed', 'The engine said something unknown.'))
      else if (parsed.data.ready) resolve(parsed.data)
      else reject(new EngineError(knownCode(parsed.data.code), parsed.data.message))
    })
    child.once('error', (thrown) => {
      const cancelled = thrown.name === 'AbortError'
      const message = cancelled
        ? 'Starting the engine was cancelled.'
        : `The engine can't be started: ${thrown.message}`
      reject(new EngineError(cancelled ? 'cancelled' : 'crashed', message, { cause: thrown }))
    })
    child.once('exit', (code, signal) => {
      reject(new EngineError('crashed', `The engine ended while it started (${signal ?? code}). ${words()}`))
    })
  })

const isCode = (code: string): code is EngineErrorCode => Object.hasOwn(ENGINE_CODES, code)
const knownCode = (code: string): EngineErrorCode => (isCode(code) ? code : 'crashed')

const running = (
  child: ChildProcess,
  words: () => string,
  told: Ready,
  model: PulledModel,
  options: StartOptions,
): RunningEngine => {
  let stopping = false
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    child.once('exit', (code, signal) => {
      if (!stopping) options.onExit?.({ code, signal, lastWords: words() })
      resolve()
    })
  })
  return {
    url: told.url,
    port: told.port,
    model,
    context: told.context,
    pid: child.pid ?? 0,
    stop: async () => {
      stopping = true
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS)
      await gone
      clearTimeout(hard)
    },
  }
}

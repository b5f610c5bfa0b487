import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { EngineError, reasonOf } from './errors.ts'
import { openDoor } from './fetch.ts'
import type { EnginePhase, EngineProgress } from './progress.ts'
import { type EngineExit, type RunningEngine, type StartOptions, startEngine } from './start.ts'

/** How far the engine's set-up has come, for a page or a terminal. Bytes are of the download under way. */
export interface EngineState {
  readonly phase:
    | 'declined'
    | 'choosing'
    | 'weights'
    | 'runtime'
    | 'verifying'
    | 'starting'
    | 'ready'
    | 'failed'
  readonly model: string | null
  readonly bytes: number | null
  readonly total: number | null
  /** Bytes a second. */
  readonly rate: number | null
  /** One line for a person: what is being done, or what is missing and what to do. */
  readonly message: string
}

export interface SuperviseOptions {
  /** True: nothing is started. */
  readonly declined: boolean
  readonly cache: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly port: number
  readonly model?: string | undefined
  readonly context?: number | null | undefined
  /** Told of every step, and about once a second within one. */
  readonly onView: (state: EngineState) => void
  /** Starts it; replaced in tests. */
  readonly start?: (options: StartOptions) => Promise<RunningEngine>
  /** Milliseconds before the first restart; doubles with each that follows. */
  readonly patience?: number
}

export interface EngineSupervisor {
  view(): EngineState
  /** Cancels what is under way, ends the process and resolves when it is gone. */
  stop(): Promise<void>
}

const PATIENCE_MILLISECONDS = 1000
const MOST_RESTARTS = 5
const TELL_MILLISECONDS = 1000

/**
 * Sets the engine up in the background, keeps it running, and says how far it is. Never throws: a failure is a state
 * with a message. A crash is followed by a restart, five times at most until one answered for a minute.
 */
export const superviseEngine = (options: SuperviseOptions): EngineSupervisor => {
  const cancel = new AbortController()
  const ledger = new StateTeller(options.onView)
  if (options.declined) {
    ledger.tell(plain('declined', 'The built-in engine was declined with --no-engine.'))
    return { view: () => ledger.state, stop: () => Promise.resolve() }
  }
  const work = keepRunning(options, ledger, cancel.signal)
  return {
    view: () => ledger.state,
    stop: async () => {
      cancel.abort()
      await work
    },
  }
}

const plain = (phase: EngineState['phase'], message: string, model: string | null = null): EngineState => ({
  phase,
  model,
  bytes: null,
  total: null,
  rate: null,
  message,
})

class StateTeller {
  state: EngineState = plain('choosing', 'Looking for what the engine needs')
  readonly #onView: (state: EngineState) => void
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(onView: (state: EngineState) => void) {
    this.#onView = onView
  }

  /** `counting`: one of many steps of a count, of which one a second is enough. */
  tell(state: EngineState, counting = false): void {
    const now = performance.now()
    const sameStep = counting && state.phase === this.state.phase
    this.state = state
    if (sameStep && now - this.#toldAt < TELL_MILLISECONDS) return
    this.#toldAt = now
    this.#onView(state)
  }
}

const keepRunning = async (
  options: SuperviseOptions,
  teller: StateTeller,
  signal: AbortSignal,
): Promise<void> => {
  let restarts = 0
  for (;;) {
    const startedAt = performance.now()
    const exit = await runOnce(options, teller, signal)
    if (exit === null || signal.aborted) return
    restarts = performance.now() - startedAt > 60_000 ? 1 : restarts + 1
    const how = `The engine ended unasked (${exit.signal ?? exit.code}). ${exit.lastWords}`.trim()
    if (restarts > MOST_RESTARTS)
      return teller.tell(plain('failed', `${how} It was restarted ${MOST_RESTARTS} times.`))
    teller.tell(plain('starting', `${how} Starting it again.`))
    const wait = (options.patience ?? PATIENCE_MILLISECONDS) * 2 ** (restarts - 1)
    await pause(wait, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
  }
}

/** Runs the engine until it ends. Null: it was stopped, or can't be started, which the state then says. */
const runOnce = async (
  options: SuperviseOptions,
  teller: StateTeller,
  signal: AbortSignal,
): Promise<EngineExit | null> => {
  const { cache, environment, port, model, context, start = startEngine } = options
  let ended: (exit: EngineExit) => void = () => undefined
  const end = new Promise<EngineExit>((resolve) => {
    ended = resolve
  })
  const onProgress = (step: EngineProgress): void => {
    if (step.phase === 'failed' || step.phase === 'ready') return
    teller.tell(stateOf(step), step.done > 0 && step.done !== step.total)
  }
  try {
    const asked = { cache, environment, port, model, context, signal, onProgress, onExit: ended }
    const engine = await start(asked)
    const warning = engine.model.forWork ? '' : ' It is too small for work.'
    teller.tell(
      plain('ready', `${engine.model.title} answers at ${engine.url}.${warning}`, engine.model.name),
    )
    const stopped = new Promise<null>((resolve) =>
      signal.addEventListener('abort', () => resolve(null), { once: true }),
    )
    const exit = signal.aborted ? null : await Promise.race([end, stopped])
    if (exit === null) await engine.stop()
    return exit
  } catch (thrown) {
    if (signal.aborted) return null
    const other = thrown instanceof EngineError && thrown.code === 'port_in_use' ? await engineAt(port) : null
    if (other !== null)
      teller.tell(
        plain('ready', `${other} already answers on port ${port}, started by another program.`, other),
      )
    else
      teller.tell(
        plain(
          'failed',
          thrown instanceof EngineError ? `${thrown.message} ${thrown.next}` : reasonOf(thrown),
        ),
      )
    return null
  }
}

const PHASES: Readonly<Record<EnginePhase, EngineState['phase']>> = {
  plan: 'choosing',
  waiting: 'choosing',
  weights: 'weights',
  runtime: 'runtime',
  verify: 'verifying',
  load: 'starting',
  ready: 'ready',
  failed: 'failed',
}

const stateOf = (step: EngineProgress): EngineState => {
  const counted = step.unit === 'bytes' && step.total !== null && step.phase !== 'plan'
  const bytes = counted ? step.done : null
  return {
    ...plain(PHASES[step.phase], step.message),
    bytes,
    total: step.unit === 'bytes' ? step.total : null,
    rate: step.rate,
  }
}

const fingerprint = z.object({ server: z.literal('causeway-engine'), model: z.string() })

// A second installation on this machine shares the engine that the first one runs. Its name comes from itself.
const engineAt = async (port: number): Promise<string | null> => {
  const url = new URL(`http://127.0.0.1:${port}/props`)
  const door = openDoor({ peers: [url], environment: {}, idleTimeout: 2000 })
  try {
    const parsed = fingerprint.safeParse(JSON.parse((await door.text(url, {}, 64 * 1024)).text))
    return parsed.success ? parsed.data.model : null
  } catch {
    return null
  } finally {
    door.close()
  }
}

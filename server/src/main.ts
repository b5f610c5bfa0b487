import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Environment, principalsByDigest, targetCredentials } from './config/index.ts'
import { type ControlServer, type EngineView, type RuntimeView, startControl } from './control/index.ts'
import {
  CausewayError,
  type EventLeaf,
  type Health,
  type Ledger,
  type Recorder,
  type RequestRecord,
  type RequestRow,
  type Snapshot,
} from './domain/index.ts'
import { type EngineSupervisor, superviseEngine } from './engine/index.ts'
import { explainRequest } from './explain.ts'
import { createEgress, type Gateway, type Keyring, startGateway } from './gateway/index.ts'
import { systemClock } from './lib/index.ts'
import { openRecorder } from './recorder/index.ts'
import { createHealth, createRetryBudget, type HealthBook } from './routing/index.ts'
import { createLabeller, type Labeller } from './sensitivity/index.ts'
import { createMemoryCounters } from './store/index.ts'

/*
 * The composition root: the only place that knows every room. It opens the recorder first (no record, no
 * service), then the doors, then the engine, which may take minutes while everything else already works.
 */

export interface StartOptions {
  readonly snapshot: Snapshot
  /** Folder that `file:` references are relative to. */
  readonly folder: string
  readonly dataFolder: string
  readonly cacheFolder: string
  readonly environment: Environment
  /** False declines the built-in engine. */
  readonly engine: boolean
  readonly version: string
  /** Told of the engine's set-up, once for every step and about once a second in between. */
  readonly onEngine: (view: EngineView) => void
  readonly consoleFolder?: string
}

export interface Causeway {
  readonly gatewayUrl: string
  readonly controlUrl: string
  readonly token: string
  /** Keys and targets whose secret is not there. */
  readonly missing: readonly string[]
  engine(): EngineView
  /** Drains for `grace` milliseconds, flushes the record, stops the engine. */
  close(grace: number): Promise<void>
}

const consoleFolderHere = (): string => fileURLToPath(new URL('../../console/dist', import.meta.url))

const tokenOf = (dataFolder: string): string => {
  const path = join(dataFolder, 'console-token')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const token = randomBytes(24).toString('base64url')
  writeFileSync(path, `${token}\n`, { mode: 0o600 })
  return token
}

const dataFolderReady = (dataFolder: string): void => {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown'
    throw new CausewayError('data_folder', `The data folder ${dataFolder} cannot be made (${code}).`, {
      cause: thrown,
    })
  }
}

/** Live subscribers of settled requests; a row is read back from the ledger, so that everyone sees what is durable. */
const createLive = (get: (id: string) => Promise<RequestRow | null>) => {
  const receivers = new Set<(row: RequestRow) => void>()
  return {
    subscribe(receive: (row: RequestRow) => void): () => void {
      receivers.add(receive)
      return () => receivers.delete(receive)
    },
    tell(record: RequestRecord): void {
      if (receivers.size === 0) return
      void get(record.id)
        .then((row) => {
          if (row !== null) for (const receive of receivers) receive(row)
        })
        .catch(() => undefined)
    },
  }
}

const ABSENT: EngineView = {
  phase: 'absent',
  model: null,
  bytes: null,
  total: null,
  rate: null,
  message: 'No target uses the built-in engine.',
}

/** Targets that the built-in engine serves are down until it is ready, and say how far it has come. */
const healthWithEngine = (
  book: HealthBook,
  served: ReadonlySet<string>,
  engine: () => EngineView,
): HealthBook => ({
  ...book,
  of(target): Health {
    const health = book.of(target)
    const { phase, message } = engine()
    return served.has(target) && phase !== 'ready' && phase !== 'absent'
      ? { ...health, state: 'down', why: `the built-in engine: ${message}` }
      : health
  },
})

const secretsOf = (options: StartOptions): ((reference: string) => string) => {
  const found = targetCredentials(options.snapshot, options.environment, options.folder)
  const byReference = new Map<string, string>()
  for (const target of options.snapshot.targets.values()) {
    const secret = found.get(target.name)
    if (target.credential !== null && typeof secret === 'string') byReference.set(target.credential, secret)
  }
  return (reference) => {
    const secret = byReference.get(reference)
    if (secret === undefined)
      throw new CausewayError('upstream_auth', `The credential ${reference} is not there.`)
    return secret
  }
}

const missingOf = (
  options: StartOptions,
  keyring: { readonly missing: readonly { readonly key: string; readonly reference: string }[] },
): string[] => {
  const targets = [...targetCredentials(options.snapshot, options.environment, options.folder)].filter(
    ([, secret]) => secret === null,
  )
  return [
    ...keyring.missing.map(
      ({ key, reference }) => `key ${key}: ${reference} is not there, nobody can call with it`,
    ),
    ...targets.map(
      ([name]) =>
        `target ${name}: ${options.snapshot.targets.get(name)?.credential ?? 'its credential'} is not there, its upstream will refuse`,
    ),
  ]
}

const note = (recorder: Recorder, event: EventLeaf['event'], detail: EventLeaf['detail']): Promise<void> =>
  recorder.event({ v: 1, type: 'event', time: new Date().toISOString(), event, detail })

/** What both planes stand on. */
interface Foundation {
  readonly options: StartOptions
  readonly recorder: Recorder
  readonly ledger: Ledger
  readonly health: HealthBook
  readonly labeller: Labeller
  readonly live: ReturnType<typeof createLive>
  readonly keyring: ReturnType<typeof principalsByDigest>
  readonly engine: () => EngineView
}

const startData = (base: Foundation): Promise<Gateway> => {
  const { options, recorder, health, labeller, live, keyring } = base
  const ring: Keyring = keyring.byDigest
  return startGateway({
    snapshot: () => options.snapshot,
    keyring: () => ring,
    label: (call, use, raised) => labeller.label(call, use, raised),
    counters: createMemoryCounters(systemClock),
    health,
    retries: createRetryBudget(systemClock),
    recorder,
    egress: createEgress(secretsOf(options)),
    clock: systemClock,
    settled: (record) => live.tell(record),
    troubles: () => [recorder.trouble()].flatMap((trouble) => trouble ?? []),
    version: options.version,
  })
}

const startConsole = (base: Foundation, token: string, gatewayUrl: string): Promise<ControlServer> => {
  const { options, recorder, ledger, health, labeller, live, engine } = base
  const { snapshot } = options
  const runtime = (): RuntimeView => ({
    engine: engine(),
    trouble: recorder.trouble(),
    gatewayUrl,
    example: exampleFor(gatewayUrl, snapshot),
  })
  return startControl({
    address: snapshot.listen.control,
    token,
    snapshot: () => snapshot,
    ledger,
    live,
    health: () => Object.fromEntries([...snapshot.targets.keys()].map((name) => [name, health.of(name)])),
    status: runtime,
    explain: (input) => {
      const { label, verdict, ranking, refusal } = explainRequest(input, {
        snapshot,
        labeller,
        health: (target) => health.of(target),
      })
      return { label, verdict, ranking, refusal }
    },
    consoleFolder: options.consoleFolder ?? consoleFolderHere(),
    version: options.version,
    clock: systemClock,
  })
}

const servedByEngine = (snapshot: Snapshot): ReadonlySet<string> =>
  new Set(
    [...snapshot.targets.values()]
      .filter((target) => target.provider === 'engine')
      .map((target) => target.name),
  )

/**
 * Starts the whole house. Rejects with CausewayError `data_folder`, `record_damaged`, `record_unavailable`,
 * `config_invalid` or `port_in_use`; what had been opened by then is closed again.
 */
export const startCauseway = async (options: StartOptions): Promise<Causeway> => {
  dataFolderReady(options.dataFolder)
  const { snapshot } = options
  const keyring = principalsByDigest(snapshot, options.environment, options.folder)
  const { recorder, ledger } = await openRecorder({ folder: options.dataFolder })
  const closers: (() => Promise<unknown>)[] = [() => recorder.close()]
  const undo = async (): Promise<void> => {
    for (const close of closers) await close().catch(() => undefined)
  }
  try {
    await recorder.snapshot(snapshot.hash, snapshot.source)
    await note(recorder, 'started', { version: options.version, snapshot: snapshot.hash })
    const served = servedByEngine(snapshot)
    let supervisor: EngineSupervisor | null = null
    const engine = (): EngineView => supervisor?.view() ?? ABSENT
    const health = healthWithEngine(createHealth(systemClock), served, engine)
    const base: Foundation = {
      options,
      recorder,
      ledger,
      health,
      labeller: createLabeller(),
      live: createLive((id) => ledger.get(id)),
      keyring,
      engine,
    }
    const gateway = await startData(base)
    closers.unshift(() => gateway.close(0))
    const gatewayUrl = `http://${gateway.address.host}:${gateway.address.port}`
    const token = tokenOf(options.dataFolder)
    const control = await startConsole(base, token, gatewayUrl)
    closers.unshift(() => control.close())
    if (served.size > 0) supervisor = superviseEngine(engineSettings(options, served))
    return {
      gatewayUrl,
      controlUrl: control.url,
      token,
      missing: missingOf(options, keyring),
      engine,
      async close(grace) {
        await gateway.close(grace)
        await control.close()
        await supervisor?.stop()
        await note(recorder, 'stopped', {}).catch(() => undefined)
        await recorder.close()
      },
    }
  } catch (thrown) {
    await undo()
    throw thrown
  }
}

const engineSettings = (options: StartOptions, served: ReadonlySet<string>) => {
  const target = [...options.snapshot.targets.values()].find((one) => served.has(one.name))
  return {
    declined: !options.engine,
    cache: options.cacheFolder,
    environment: options.environment,
    port: Number(new URL(target?.url ?? 'http://127.0.0.1:4143').port),
    model: target?.model,
    context: target?.context ?? null,
    onView: options.onEngine,
  }
}

/** A first request, with `$CAUSEWAY_KEY` for the key. */
const exampleFor = (gatewayUrl: string, snapshot: Snapshot): string => {
  const model = [...snapshot.routes.keys()][0] ?? [...snapshot.targets.keys()][0] ?? 'auto'
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Say hello.' }] })
  return `curl ${gatewayUrl}/v1/chat/completions -H "Authorization: Bearer $CAUSEWAY_KEY" -H "Content-Type: application/json" -d '${body}'`
}

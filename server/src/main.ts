import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { principalsByDigest, targetCredentials } from './config/index.ts'
import type { EngineView } from './control/index.ts'
import { CausewayError, type EventLeaf, type Health, type Recorder, type Snapshot } from './domain/index.ts'
import { type EngineSupervisor, superviseEngine } from './engine/index.ts'
import { createExtractor } from './extraction/index.ts'
import { systemClock } from './lib/index.ts'
import {
  type ControlParts,
  createLive,
  createPolledLive,
  openEgress,
  type StartOptions,
  startConsole,
  startData,
  startStages,
} from './planes.ts'
import { openRecorder, readLedger } from './recorder/index.ts'
import { createHealth, type HealthBook } from './routing/index.ts'
import { createLabeller, ownDetectors } from './sensitivity/index.ts'
import { openConversations, openResponses } from './store/index.ts'

/*
 * The composition root: the only place that knows every room. It opens the recorder first (no record, no
 * service), then the doors, then the engine, which may take minutes while everything else already works.
 */

export interface Causeway {
  /** Null where the data plane does not run here. */
  readonly gatewayUrl: string | null
  /** Without the token; null where the control plane does not run here. */
  readonly controlUrl: string | null
  readonly token: string
  /** Keys and targets whose secret is not there. */
  readonly missing: readonly string[]
  engine(): EngineView
  /** Drains for `grace` milliseconds, flushes the record, stops the engine. */
  close(grace: number): Promise<void>
}

const tokenOf = (dataFolder: string): string => {
  const path = join(dataFolder, 'console-token')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const token = randomBytes(24).toString('base64url')
  writeFileSync(path, `${token}\n`, { mode: 0o600 })
  return token
}

/** The key under which a conversation's pseudonyms are kept: 32 bytes, made once, of this installation only. */
const sealingKeyOf = (dataFolder: string): Uint8Array => {
  const path = join(dataFolder, 'conversations.key')
  let key: Uint8Array
  try {
    if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600 })
    key = readFileSync(path)
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown'
    throw new CausewayError('data_folder', `${path} cannot be read or written (${code}).`, { cause: thrown })
  }
  if (key.length !== 32) {
    throw new CausewayError(
      'data_folder',
      `${path} is damaged: it must hold 32 bytes. Put it back from a copy, or move it and conversations.sqlite away to start anew.`,
    )
  }
  return key
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

const servedByEngine = (snapshot: Snapshot): ReadonlySet<string> =>
  new Set(
    [...snapshot.targets.values()]
      .filter((target) => target.provider === 'engine')
      .map((target) => target.name),
  )

/**
 * Starts what `plane` asks for. Rejects with CausewayError `data_folder`, `record_damaged`,
 * `record_unavailable`, `config_invalid` or `port_in_use`; what had been opened by then is closed again.
 */
export const startCauseway = (options: StartOptions): Promise<Causeway> => {
  dataFolderReady(options.dataFolder)
  return options.plane === 'control' ? startControlAlone(options) : startServing(options)
}

/** The console over the ledger of another process, or of one that has stopped. */
const startControlAlone = async (options: StartOptions): Promise<Causeway> => {
  const { host, port } = options.snapshot.listen.gateway
  const gatewayUrl = `http://${host}:${port}`
  const ledger = readLedger(options.dataFolder)
  const token = tokenOf(options.dataFolder)
  const parts: ControlParts = {
    options,
    ledger,
    live: createPolledLive(ledger),
    labeller: createLabeller({ own: ownDetectors(options.snapshot.sensitivity) }),
    health: null,
    conversations: null,
    engine: () => ABSENT,
    trouble: () => null,
    gatewayUrl,
  }
  const control = await startConsole(parts, token).catch(async (thrown: unknown) => {
    await ledger.close()
    throw thrown
  })
  return {
    gatewayUrl: null,
    controlUrl: control.url,
    token,
    missing: [],
    engine: () => ABSENT,
    async close() {
      await control.close()
      await ledger.close()
    },
  }
}

const startServing = async (options: StartOptions): Promise<Causeway> => {
  const { snapshot } = options
  const keyring = principalsByDigest(snapshot, options.environment, options.folder)
  const { recorder, ledger } = await openRecorder({ folder: options.dataFolder })
  const closers: (() => Promise<unknown>)[] = [() => recorder.close()]
  try {
    await recorder.snapshot(snapshot.hash, snapshot.source)
    await note(recorder, 'started', { version: options.version, snapshot: snapshot.hash })
    const served = servedByEngine(snapshot)
    let supervisor: EngineSupervisor | null = null
    const engine = (): EngineView => supervisor?.view() ?? ABSENT
    const health = healthWithEngine(createHealth(systemClock), served, engine)
    const labeller = createLabeller({ own: ownDetectors(snapshot.sensitivity) })
    const { attachments } = snapshot.sensitivity
    const extractor = createExtractor({ timeout: attachments.timeout, maxText: attachments.text })
    closers.unshift(() => extractor.close())
    const sealingKey = sealingKeyOf(options.dataFolder)
    const { conversations, responses } = await openMemory(options.dataFolder, sealingKey)
    closers.unshift(async () => {
      conversations.close()
      responses.close()
    })
    const egress = openEgress(options)
    closers.unshift(() => egress.close())
    const further = await startStages(options, egress)
    closers.unshift(() => further.close())
    const live = createLive((id) => ledger.get(id))
    const gateway = await startData({
      options,
      egress,
      recorder,
      health,
      labeller,
      extractor,
      stages: further.stages,
      conversations,
      responses,
      sealingKey,
      settled: (record) => live.tell(record),
      keyring,
    })
    closers.unshift(() => gateway.close(0))
    const gatewayUrl = `http://${gateway.address.host}:${gateway.address.port}`
    const token = tokenOf(options.dataFolder)
    const parts: ControlParts = {
      options,
      ledger,
      live,
      labeller,
      health: (target) => health.of(target),
      conversations: { kept: conversations, recorder },
      engine,
      trouble: () => recorder.trouble(),
      gatewayUrl,
    }
    const control = options.plane === 'both' ? await startConsole(parts, token) : null
    if (served.size > 0) supervisor = superviseEngine(engineSettings(options, served))
    return {
      gatewayUrl,
      controlUrl: control?.url ?? null,
      token,
      missing: missingOf(options, keyring),
      engine,
      async close(grace) {
        await gateway.close(grace)
        await control?.close()
        await supervisor?.stop()
        await further.close()
        await extractor.close()
        conversations.close()
        responses.close()
        await note(recorder, 'stopped', {}).catch(() => undefined)
        await recorder.close()
      },
    }
  } catch (thrown) {
    for (const close of closers) await close().catch(() => undefined)
    throw thrown
  }
}

/** What is known of earlier requests. What had been opened is closed again where the rest cannot be. */
const openMemory = async (folder: string, sealingKey: Uint8Array) => {
  const conversations = await openConversations(join(folder, 'conversations.sqlite'), systemClock)
  try {
    const responses = await openResponses(join(folder, 'responses.sqlite'), sealingKey, systemClock)
    return { conversations, responses }
  } catch (thrown) {
    conversations.close()
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

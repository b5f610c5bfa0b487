import { fileURLToPath } from 'node:url'
import { type Environment, type Keyring as FoundKeys, targetSecrets } from './config/index.ts'
import {
  type ControlServer,
  type ConversationParts,
  type EngineView,
  type Live,
  type RuntimeView,
  startControl,
} from './control/index.ts'
import type {
  Health,
  Ledger,
  ReadingStage,
  Recorder,
  RequestRecord,
  RequestRow,
  Snapshot,
} from './domain/index.ts'
import { explainRequest, explainView } from './explain.ts'
import type { Extractor } from './extraction/index.ts'
import {
  createEgress,
  type Egress,
  type Gateway,
  judgeOf,
  type Keyring,
  startGateway,
} from './gateway/index.ts'
import { systemClock } from './lib/index.ts'
import { createPseudonyms } from './pseudonyms/index.ts'
import { createRetryBudget, type HealthBook } from './routing/index.ts'
import { type Labeller, maskOf } from './sensitivity/index.ts'
import { openStages, type Stages } from './stages/index.ts'
import { type ConversationStore, createMemoryCounters, type ResponseStore } from './store/index.ts'

/*
 * The two planes, each put together from its rooms. main.ts decides which of them run.
 */

export interface StartOptions {
  readonly snapshot: Snapshot
  /** Folder that `file:` references are relative to. */
  readonly folder: string
  readonly dataFolder: string
  readonly cacheFolder: string
  readonly environment: Environment
  readonly plane: 'both' | 'gateway' | 'control'
  /** False declines the built-in engine. */
  readonly engine: boolean
  readonly version: string
  /** Told of the engine's set-up, once for every step and about once a second in between. */
  readonly onEngine: (view: EngineView) => void
  readonly consoleFolder?: string
}

/** Live subscribers of settled requests; a row is read back from the ledger, so that everyone sees what is durable. */
export const createLive = (get: (id: string) => Promise<RequestRow | null>) => {
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

/** The same for a process that records nothing itself: asks the ledger once a second while somebody watches. */
export const createPolledLive = (ledger: Ledger): Live => ({
  subscribe(receive) {
    let after: number | null = null
    const look = async (): Promise<void> => {
      const rows = await ledger.list(after === null ? { limit: 1 } : { limit: 200, after })
      const first = after === null
      after = rows.reduce((most, { row }) => Math.max(most, row), after ?? 0)
      if (!first) for (const row of rows) receive(row)
    }
    const timer = setInterval(() => void look().catch(() => undefined), 1000)
    return () => clearInterval(timer)
  },
})

const consoleFolderHere = (): string => fileURLToPath(new URL('../../console/dist', import.meta.url))

/** The one door to models, with the credentials of this configuration. */
export const openEgress = ({ snapshot, environment, folder }: StartOptions): Egress =>
  createEgress(targetSecrets(snapshot, environment, folder, systemClock))

/** Further readers, where the configuration names any. Rejects with CausewayError `config_invalid`. */
export const startStages = (
  { snapshot, folder, cacheFolder }: StartOptions,
  egress: Egress,
): Promise<Stages> =>
  openStages({
    rules: snapshot.sensitivity.stages,
    folder,
    libraryFolders: [cacheFolder, process.cwd()],
    mask: maskOf,
    judge: (rule, field) => judgeOf({ snapshot, egress, clock: systemClock }, rule, field),
  })

/** What the data plane stands on. */
export interface DataParts {
  readonly options: StartOptions
  readonly egress: Egress
  readonly recorder: Recorder
  readonly health: HealthBook
  readonly labeller: Labeller
  readonly extractor: Extractor
  readonly stages: readonly ReadingStage[]
  readonly conversations: ConversationStore
  readonly responses: ResponseStore
  readonly sealingKey: Uint8Array
  readonly settled: (record: RequestRecord) => void
  readonly keyring: FoundKeys
}

/** What the control plane stands on. */
export interface ControlParts {
  readonly options: StartOptions
  readonly ledger: Ledger
  readonly live: Live
  readonly labeller: Labeller
  /** Null where nobody in this process asks targets anything. */
  readonly health: ((target: string) => Health) | null
  /** Null where another process keeps them. */
  readonly conversations: ConversationParts | null
  readonly engine: () => EngineView
  readonly trouble: () => string | null
  readonly gatewayUrl: string
}

/** The data plane. */
export const startData = (parts: DataParts): Promise<Gateway> => {
  const { options, recorder, health, labeller, settled, keyring } = parts
  const ring: Keyring = keyring.byDigest
  return startGateway({
    snapshot: () => options.snapshot,
    keyring: () => ring,
    labeller,
    extractor: parts.extractor,
    stages: parts.stages,
    conversations: parts.conversations,
    responses: parts.responses.responses,
    issued: parts.responses.issued,
    pseudonyms: createPseudonyms({ secret: parts.sealingKey }),
    sealingKey: parts.sealingKey,
    counters: createMemoryCounters(systemClock),
    health,
    retries: createRetryBudget(systemClock),
    recorder,
    egress: parts.egress,
    clock: systemClock,
    settled,
    troubles: () =>
      [recorder.trouble(), parts.conversations.trouble(), parts.responses.trouble()].flatMap(
        (trouble) => trouble ?? [],
      ),
    version: options.version,
  })
}

/** The control plane. */
export const startConsole = (parts: ControlParts, token: string): Promise<ControlServer> => {
  const { options, ledger, live, labeller, engine, gatewayUrl, trouble } = parts
  const { snapshot } = options
  const health = parts.health
  const runtime = (): RuntimeView => ({
    engine: engine(),
    trouble: trouble(),
    gatewayUrl,
    example: exampleFor(gatewayUrl, snapshot, '$CAUSEWAY_KEY'),
  })
  return startControl({
    address: snapshot.listen.control,
    token,
    snapshot: () => snapshot,
    ledger,
    live,
    health: () =>
      health === null
        ? {}
        : Object.fromEntries([...snapshot.targets.keys()].map((name) => [name, health(name)])),
    status: runtime,
    conversations: parts.conversations,
    explain: (input) =>
      explainView(explainRequest(input, { snapshot, labeller, health: health ?? (() => UNASKED) })),
    consoleFolder: options.consoleFolder ?? consoleFolderHere(),
    version: options.version,
    clock: systemClock,
  })
}

const UNASKED: Health = { state: 'up', why: null, firstByte: null, inFlight: 0 }

/** A first request as a command. `key` is what stands for the key in it. */
export const exampleFor = (gatewayUrl: string, snapshot: Snapshot, key: string): string => {
  const model = [...snapshot.routes.keys()][0] ?? [...snapshot.targets.keys()][0] ?? 'auto'
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Say hello.' }] })
  return `curl ${gatewayUrl}/v1/chat/completions -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '${body}'`
}

import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { lookupPrice } from '../../src/accounts/index.ts'
import { loadConfig } from '../../src/config/index.ts'
import type { Dialect } from '../../src/domain/index.ts'
import { startCauseway } from '../../src/main.ts'
import { type ConversationModel, startConversationModel } from '../simulated/conversation-model.ts'

/* A gateway before a simulated model that speaks every dialect, one target for each. */

/** Why the clients are not there; null where they are. */
const missing =
  process.env['CAUSEWAY_CLIENTS_MISSING'] ??
  (existsSync(new URL('node_modules/openai', import.meta.url))
    ? null
    : 'the clients are not installed; `npm test -- test/clients` installs them')

/** Tests that call with the clients of others; where these are not there, one skipped test that says why. */
export const suite = (name: string, tests: () => void): void => {
  if (missing === null) describe(name, tests)
  else test(name, { skip: missing }, () => undefined)
}

interface Kind {
  readonly dialect: Dialect
  readonly provider: string
  readonly path: string
  readonly model: string
  readonly more?: string
}

const KINDS = {
  chat: {
    dialect: 'openai-chat',
    provider: 'openai-compatible',
    path: '/v1',
    model: 'qwen3-simulated',
    more: 'side: closed, capabilities: { tools: true, images: true, files: true, structured: true }',
  },
  responses: { dialect: 'openai-responses', provider: 'openai', path: '/v1', model: 'gpt-5-simulated' },
  messages: {
    dialect: 'anthropic-messages',
    provider: 'anthropic',
    path: '/v1',
    model: 'claude-sonnet-4-5-simulated',
  },
  gemini: { dialect: 'gemini', provider: 'gemini', path: '/v1beta', model: 'gemini-3-simulated' },
  converse: {
    dialect: 'bedrock-converse',
    provider: 'bedrock',
    path: '',
    model: 'anthropic.claude-sonnet-4-5-simulated-v1:0',
    more: 'options: { region: eu-central-1 }, passthrough: true',
  },
  ollama: {
    dialect: 'ollama',
    provider: 'ollama',
    path: '',
    model: 'qwen3-simulated:8b',
    more: 'side: own, capabilities: { tools: true, images: true, files: true, structured: true }',
  },
} as const satisfies Readonly<Record<string, Kind>>

export type TargetName = keyof typeof KINDS
export const TARGETS = [
  'chat',
  'responses',
  'messages',
  'gemini',
  'converse',
  'ollama',
] as const satisfies readonly TargetName[]

const entry = (name: string, { provider, path, model, more }: Kind, origin: string, key: string): string =>
  `  - { name: ${name}, provider: ${provider}, url: "${origin}${path}", model: "${model}", simulated: true, addresses: [127.0.0.0/8], credential: env:${key}${more === undefined ? '' : `, ${more}`} }\n`

/** Targets of each dialect that may be made to ask to be left alone; afterwards they are. */
export const LIMITED = 5

const ROUTES = `routes:
  - { name: messages-then-gemini, targets: [messages, gemini] }
  - { name: messages-then-chat, targets: [messages, chat] }
  - { name: two-accounts, targets: [messages, messages-elsewhere] }
`

export interface ClientsHouse {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly key: string
  readonly folder: string
  readonly model: ConversationModel
  close(): Promise<void>
}

/** One for the tests of a suite: open from before the first of them until after the last. */
export const houseOfSuite = (): (() => ClientsHouse) => {
  let house: ClientsHouse | null = null
  before(async () => {
    house = await openClientsHouse()
  })
  after(() => house?.close())
  return () => {
    if (house === null) throw new Error('the house is not open yet')
    return house
  }
}

/**
 * Opens one. Of each dialect there is a target under its name, one
 * called `…-limited-0` and so on for what asks to be left alone, and of Messages one of another account, `messages-elsewhere`.
 */
const openClientsHouse = async (): Promise<ClientsHouse> => {
  const model = await startConversationModel()
  try {
    return await housed(model)
  } catch (thrown) {
    await model.close()
    throw thrown
  }
}

const housed = async (model: ConversationModel): Promise<ClientsHouse> => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-clients-'))
  const key = `cw-${randomBytes(32).toString('base64url')}`
  writeFileSync(join(folder, 'key'), `${key}\n`, { mode: 0o600 })
  const entries = Object.entries<Kind>(KINDS).flatMap(([name, kind]) => [
    entry(name, kind, model.origin, 'SIMULATED_KEY'),
    ...Array.from({ length: LIMITED }, (_, index) =>
      entry(`${name}-limited-${index}`, kind, model.origin, 'SIMULATED_KEY'),
    ),
  ])
  const config = [
    'listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }\ndata: ./data\ntargets:\n',
    ...entries,
    entry('messages-elsewhere', KINDS.messages, model.origin, 'OTHER_KEY'),
    `  - { name: embedder, provider: openai-compatible, url: "${model.origin}/v1", model: simulated-embedder, side: closed, simulated: true, addresses: [127.0.0.0/8], operations: [embed] }\n`,
    ROUTES,
    'keys:\n  - { name: test, secret: "file:./key", uses: [general] }\n',
  ]
  writeFileSync(join(folder, 'causeway.yaml'), config.join(''))
  const loaded = loadConfig(join(folder, 'causeway.yaml'), { home: folder, lookupPrice })
  const causeway = await startCauseway({
    snapshot: { ...loaded.snapshot, targets: inOneDialect(loaded.snapshot.targets) },
    folder: loaded.folders.credentials,
    dataFolder: loaded.folders.data,
    cacheFolder: join(folder, 'cache'),
    environment: {
      SIMULATED_KEY: 'simulated-credential-0123456789',
      OTHER_KEY: 'simulated-credential-9876543210',
    },
    plane: 'both',
    engine: false,
    version: 'test',
    onEngine: () => undefined,
  })
  const close = async (): Promise<void> => {
    await causeway.close(1000)
    await model.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: causeway.gatewayUrl ?? '', key, folder, model, close }
}

/** Each target is spoken to in the one dialect that it stands for, although its vendor has more. */
const inOneDialect = <T extends { readonly dialects: readonly Dialect[] }>(
  targets: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> =>
  new Map(
    [...targets].map(([name, target]) => {
      const kind = Object.entries<Kind>(KINDS).find(
        ([start]) => name === start || name.startsWith(`${start}-`),
      )?.[1]
      return [name, kind === undefined ? target : { ...target, dialects: [kind.dialect] }]
    }),
  )

/*
 * The doors of the house: the files through which bytes leave or enter the process, or other code is
 * started, with the module and the very names they may use, whom they may reach, and why. Everything else
 * that could open a socket, start a process or load code by a name made up at run time is refused, in every file.
 */
export interface Door {
  readonly file: string
  /** Module, or one of the words that door-check.ts refuses (`fetch`, `computed import`), to the names used of it; `*` for all. */
  readonly uses: Readonly<Record<string, readonly string[]>>
  readonly peers: string
  readonly reason: string
}

/** Out: connections to models, and the one place that makes them. */
const MODELS: readonly Door[] = [
  {
    file: 'server/src/gateway/transport.ts',
    uses: { undici: ['Pool', 'errors'] },
    peers: 'the targets of the snapshot, through connector.ts',
    reason: 'holds the connections that egress sends on',
  },
  {
    file: 'server/src/gateway/connector.ts',
    uses: { undici: ['buildConnector'], 'node:net': ['default'] },
    peers: "addresses of the target's side, checked on the connected socket",
    reason: 'the only way in which transport.ts connects',
  },
  {
    file: 'server/src/config/discover.ts',
    uses: { 'node:http': ['request'] },
    peers: "loopback, on the presets' usual ports",
    reason: 'looks for model servers on this machine',
  },
]

/** Out: further readers of what a request carries, on this side only. */
const STAGES: readonly Door[] = [
  {
    file: 'server/src/stages/connection.ts',
    uses: { undici: ['Pool', 'buildConnector'], 'node:net': ['default'] },
    peers:
      'the analysers of sensitivity.stages: private and loopback ranges or their addresses, checked on the connected socket',
    reason: 'asks an analyser what a text carries',
  },
  {
    file: 'server/src/stages/token-worker.ts',
    uses: { 'computed import': ['*'] },
    peers: "the token classifier's library, from where the user installed it",
    reason: 'the library is no dependency and is loaded only where a stage of type tokens is configured',
  },
]

/** Out: a command to the process that it is about. */
const COMMANDS: readonly Door[] = [
  {
    file: 'server/src/cli/console-client.ts',
    uses: { 'node:http': ['request'] },
    peers: 'listen.control of the same configuration, with the token of its data folder',
    reason: 'what a running process keeps in memory only that process can forget',
  },
]

/** In: what listens. */
const LISTENERS: readonly Door[] = [
  {
    file: 'server/src/gateway/server.ts',
    uses: { 'node:http': ['createServer'] },
    peers: 'listens on listen.gateway',
    reason: 'the front door',
  },
  {
    file: 'server/src/control/http.ts',
    uses: { 'node:http': ['createServer'] },
    peers: 'listens on listen.control',
    reason: 'the console and the admin API',
  },
  {
    file: 'server/src/engine/server.ts',
    uses: { 'node:http': ['createServer'] },
    peers: 'listens on loopback',
    reason: 'the built-in model server',
  },
]

/** The engine fetches its weights and its runtime, and runs what it fetched after checking its hash. */
const ENGINE: readonly Door[] = [
  {
    file: 'server/src/engine/fetch.ts',
    uses: { 'node:http': ['default'], 'node:https': ['default'], 'node:tls': ['rootCertificates'] },
    peers: "the model hub, or the package index of this machine's pip settings",
    reason: 'weights are pulled when the user asks for them',
  },
  {
    file: 'server/src/engine/command.ts',
    uses: { 'node:child_process': ['spawn'] },
    peers: 'npm and pip of this machine',
    reason: 'the runtime is installed on demand, and pip knows where packages come from',
  },
  {
    file: 'server/src/engine/start.ts',
    uses: { 'node:child_process': ['fork'] },
    peers: "the engine's own program",
    reason: 'the engine is a process of its own',
  },
  {
    file: 'server/src/engine/llama.ts',
    uses: { 'computed import': ['*'] },
    peers: 'the runtime in the cache folder',
    reason: 'the runtime is installed outside the product, after its hashes were checked',
  },
]

/** Code by name: the modules of one library, from a fixed list. */
const LIBRARIES: readonly Door[] = [
  {
    file: 'server/src/sensitivity/numbers/library.ts',
    uses: { 'node:module': ['createRequire'], createRequire: ['*'] },
    peers: 'stdnum in node_modules, by the names that stand in numbers/',
    reason: 'all its modules together take longer to load than the program, and a text needs few',
  },
]

/** Threads of our own: no peer outside the process. */
const THREADS: readonly Door[] = [
  {
    file: 'server/src/recorder/thread.ts',
    uses: { 'node:worker_threads': ['Worker'] },
    peers: 'its own workers',
    reason: 'the ledger and the audit log are written off the main thread',
  },
  {
    file: 'server/src/extraction/thread.ts',
    uses: { 'node:worker_threads': ['Worker'] },
    peers: 'its own workers',
    reason: 'attachments are parsed where a hang or a bomb ends a thread and nothing else',
  },
  {
    file: 'server/src/stages/token-thread.ts',
    uses: { 'node:worker_threads': ['Worker'] },
    peers: 'its own worker',
    reason: 'a token classifier takes its time, and a model that hangs ends a thread and nothing else',
  },
]

export const DOORS: readonly Door[] = [
  ...MODELS,
  ...STAGES,
  ...COMMANDS,
  ...LISTENERS,
  ...ENGINE,
  ...LIBRARIES,
  ...THREADS,
]

/*
 * Who may import whom. A room is a folder of server/src; it may import the rooms of its row and nothing
 * else of ours. The rows are the house's main safeguard: a new entry here is a decision, not a fix.
 */

const LEAVES = ['domain', 'lib'] as const
/** Values in, values out: no socket, no clock, no file. They never import each other. */
const PURE = ['sensitivity', 'policy', 'portfolio', 'routing', 'accounts', 'audit'] as const

export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  domain: ['lib'],
  wire: LEAVES,
  sensitivity: LEAVES,
  policy: LEAVES,
  portfolio: LEAVES,
  routing: LEAVES,
  accounts: LEAVES,
  audit: LEAVES,
  extraction: LEAVES,
  pseudonyms: LEAVES,
  guard: LEAVES,
  presidio: LEAVES,
  stages: [...LEAVES, 'presidio'],
  providers: [...LEAVES, 'wire'],
  config: [...LEAVES, ...PURE, 'wire', 'providers'],
  gateway: [...LEAVES, ...PURE, 'extraction', 'guard', 'presidio', 'pseudonyms', 'wire', 'providers'],
  store: LEAVES,
  recorder: [...LEAVES, 'audit', 'store'],
  control: [...LEAVES, ...PURE, 'config'],
  engine: ['lib'],
}

/** Rooms with a row already and no folder yet. When the folder comes, the row moves up. */
export const PLANNED: Readonly<Record<string, readonly string[]>> = {
  cache: LEAVES,
  retrieval: LEAVES,
  lab: [...LEAVES, 'accounts', 'sensitivity'],
}

/** These compose the rooms and may import every one; nothing may import them but each other. */
export const COMPOSERS = ['main.ts', 'planes.ts', 'explain.ts', 'cli'] as const

/** Imports past a room's index, each for a reason. */
export const PAST_THE_INDEX: readonly {
  readonly from: string
  readonly to: string
  readonly reason: string
}[] = [
  {
    from: 'server/src/policy/decide.ts',
    to: 'server/src/domain/permit.ts',
    reason: 'permits are minted here and nowhere else, so `mint` is not in the index',
  },
]

/** The console shares nothing with the server but the types of its answers. */
export const CONSOLE_MAY_IMPORT = 'server/src/control/contract.ts'

/** The name that only policy/decide.ts may import, and where it is made. */
export const MINT = { name: 'mint', file: 'server/src/domain/permit.ts', user: 'server/src/policy/decide.ts' }

/** Packages and built-in modules that belong to one room. */
export const PACKAGE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  kysely: ['store'],
  'node:sqlite': ['store'],
  '@cedar-policy/cedar-wasm': ['policy'],
  commander: ['cli'],
  unpdf: ['extraction'],
  yauzl: ['engine', 'extraction'],
  htmlparser2: ['extraction'],
  re2js: ['sensitivity'],
}

/**
 * From causeway.yaml to the snapshot that serves.
 *
 * Promises: strict with people (an unknown key, a contradiction, a secret in the file are mistakes, all told at
 * once with line and column, none of them repeating a value); a floor that opens what lies beneath must say so; a
 * snapshot is deep-frozen, holds no secret and compiles from its own stored text, so that any decision can be made
 * again later with the very same configuration, prices and rules. Parsing and checking never throw, compiling
 * throws `config_invalid`. The environment is a value that comes in; only main.ts and the command line read it.
 *
 * Acts in three places only: `discover` makes GET requests to 127.0.0.1, `readRules` and `resolveCredential` read
 * the files that the configuration names, `writeFirstStart` writes what was not there.
 *
 * Imports providers and the pure rooms, domain and lib. Only main.ts, cli and control may import it; the gateway
 * gets the snapshot and never sees a configuration.
 */
export { type Checked, checkConfig } from './check.ts'
export { compileSnapshot, compileSource, type SnapshotInputs } from './compile.ts'
export {
  type Environment,
  type Keyring,
  keyDigest,
  principalsByDigest,
  readableByOthers,
  resolveCredential,
  targetCredentials,
  targetSecrets,
} from './credentials.ts'
export { type DiscoverOptions, discover, type FoundServer } from './discover.ts'
export { type Folders, foldersOf, readRules } from './files.ts'
export { type FirstStart, type FirstStartInputs, type FirstTarget, firstStart } from './first-start.ts'
export { writeFirstStart } from './first-write.ts'
export { configText, type LoadedConfig, loadConfig } from './load.ts'
export { type Parsed, parseConfig } from './parse.ts'
export { configError, type Problem, problemText } from './problem.ts'
export type { RuleFile } from './resolve.ts'
export { type Config, configSchema } from './schema.ts'

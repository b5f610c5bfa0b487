import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { lookupPrice } from '../accounts/index.ts'
import {
  type Checked,
  checkConfig,
  configText,
  type Environment,
  type LoadedConfig,
  loadConfig,
  type Problem,
  parseConfig,
  principalsByDigest,
  problemText,
  readableByOthers,
  targetCredentials,
} from '../config/index.ts'
import {
  CausewayError,
  CONDITIONS,
  KINDS,
  LEVELS,
  SIDES,
  type Snapshot,
  type Target,
} from '../domain/index.ts'
import { builtInFloor, type Floor, lay, levelFloor } from '../policy/index.ts'
import { COMMANDS } from './commands.ts'

/** What `causeway check` found, as data. */
export interface CheckReport {
  readonly file: string
  readonly ok: boolean
  /** Hash of the snapshot; null where the file does not compile. */
  readonly snapshot: string | null
  readonly problems: readonly Pick<Problem, 'path' | 'message' | 'place'>[]
  readonly warnings: readonly string[]
  /** Secrets that are referred to and not there. */
  readonly missing: readonly string[]
  readonly loaded: LoadedConfig | null
}

/** Reads a file as `causeway up` would, short of serving it. Never throws for what is wrong with the file. */
export const checkFile = (file: string, environment: Environment, home: string): CheckReport => {
  const nothing = { file, ok: false, snapshot: null, warnings: [], missing: [], loaded: null }
  try {
    const checked: Checked = checkConfig(parseConfig(configText(file), file))
    if (checked.config === null) return { ...nothing, problems: checked.problems }
    const loaded = loadConfig(file, { home, lookupPrice })
    const { snapshot, folders } = loaded
    const keys = principalsByDigest(snapshot, environment, folders.credentials)
    const credentials = [...targetCredentials(snapshot, environment, folders.credentials)]
    return {
      file,
      ok: true,
      snapshot: snapshot.hash,
      problems: [],
      warnings: [...loaded.warnings.map(problemText), ...openFiles(loaded)],
      missing: [
        ...keys.missing.map(
          ({ key, reference }) => `key ${key}: ${reference} is not there; nobody can call with it`,
        ),
        ...credentials
          .filter(([, secret]) => secret === null)
          .map(
            ([name]) =>
              `target ${name}: ${snapshot.targets.get(name)?.credential} is not there; its upstream will refuse`,
          ),
      ],
      loaded,
    }
  } catch (thrown) {
    if (!(thrown instanceof CausewayError)) throw thrown
    return { ...nothing, problems: [{ path: '', message: thrown.fault.message, place: null }] }
  }
}

const openFiles = ({ config, snapshot, folders }: LoadedConfig): readonly string[] => {
  const references = [
    ...config.keys.map((key) => key.secret),
    ...[...snapshot.targets.values()].flatMap((target) => target.credential ?? []),
  ]
  return [...new Set(references)]
    .filter((reference) => readableByOthers(reference, folders.credentials))
    .map((reference) => `${reference} can be read by other users of this machine; chmod 600 it`)
}

/** The report for people, one line an element. */
export const reportLines = (report: CheckReport): readonly string[] => {
  const { loaded, file } = report
  if (loaded === null) {
    const count = report.problems.length === 1 ? 'one mistake' : `${report.problems.length} mistakes`
    return [`${file} has ${count}:`, ...report.problems.map((problem) => `  ${problemText(problem)}`)]
  }
  const { snapshot } = loaded
  return [
    `${file} is valid: snapshot ${snapshot.hash.slice(0, 12)}`,
    ...section('Targets by side', targetLines(snapshot)),
    ...section(
      'Routes',
      [...snapshot.routes.values()].map(
        (route) => `  ${route.name.padEnd(20)} ${route.objective}: ${route.targets.join(', ')}`,
      ),
    ),
    ...section('Uses', useLines(snapshot)),
    ...section(`Floors in force (profile ${snapshot.profile})`, floorLines(snapshot)),
    ...section(
      'Keys',
      snapshot.principals.map(
        ({ key, team, uses }) => `  ${key.padEnd(20)} team ${team ?? '-'}, uses ${uses.join(', ')}`,
      ),
    ),
    ...section(
      'Rules',
      snapshot.rules.size === 0 ? [] : [`  ${snapshot.rules.size} in ${loaded.folders.rules ?? ''}`],
    ),
    ...section(
      'Missing',
      report.missing.map((line) => `  ${line}`),
    ),
    ...section(
      'Warnings',
      report.warnings.map((line) => `  ${line}`),
    ),
  ]
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines]

const targetLines = ({ targets }: Snapshot): readonly string[] =>
  SIDES.flatMap((side) =>
    [...targets.values()]
      .filter((target) => target.side === side)
      .map((target) => `  ${side.padEnd(9)} ${targetLine(target)}`),
  )

const targetLine = (target: Target): string =>
  [
    target.name.padEnd(24),
    `${target.model} at ${target.url}`,
    target.price === null
      ? 'price unknown'
      : `$${target.price.input} in, $${target.price.output} out per million (${target.price.source})`,
    ...(target.simulated ? ['SIMULATED'] : []),
    ...(target.addresses.length === 0 ? [] : [`also at ${target.addresses.join(', ')}`]),
  ].join('  ')

const useLines = ({ uses }: Snapshot): readonly string[] =>
  [...uses.values()].map((use) => {
    const carries = use.carries.length === 0 ? 'carries nothing' : `carries ${use.carries.join(', ')}`
    const floors = Object.entries(use.floors).map(
      ([key, floor]) => `${key}${floor.loosen === true ? ' LOOSENED' : ' tightened'}`,
    )
    return `  ${use.name.padEnd(20)} ${[use.tier, carries, ...floors].join(', ')}`
  })

/** Every kind and condition with the sides open to it; a level only where the file says something about it. */
const floorLines = ({ floors, profile }: Snapshot): readonly string[] => [
  ...[...KINDS, ...CONDITIONS].map((key) =>
    floorLine(key, lay(builtInFloor(profile, key), floors[key]), floors[key]?.loosen),
  ),
  ...LEVELS.filter((level) => floors[level] !== undefined).map((level) =>
    floorLine(level, lay(levelFloor(level), floors[level]), floors[level]?.loosen),
  ),
]

const floorLine = (key: string, floor: Floor, loosened: boolean | undefined): string => {
  const pending = floor.pending.filter((side) => !floor.sides.includes(side))
  return [
    `  ${key.padEnd(12)} ${floor.sides.length === 0 ? 'nowhere' : floor.sides.join(', ')}`,
    ...(pending.length === 0
      ? []
      : [`${pending.join(', ')} only ${floor.under === 'pseudonyms' ? 'under pseudonyms' : 'masked'}`]),
    ...(floor.regions === null ? [] : [`regions ${floor.regions.join(', ')}`]),
    ...(floor.agreements.length === 0 ? [] : [`with ${floor.agreements.join(', ')}`]),
    ...(loosened === true ? ['LOOSENED'] : []),
  ].join('; ')
}

const reportJson = ({ loaded, ...report }: CheckReport): string =>
  JSON.stringify({
    ...report,
    ...(loaded === null
      ? {}
      : {
          targets: [...loaded.snapshot.targets.values()],
          routes: [...loaded.snapshot.routes.values()],
          uses: [...loaded.snapshot.uses.values()],
          keys: loaded.snapshot.principals,
          profile: loaded.snapshot.profile,
          floors: loaded.snapshot.floors,
          rules: loaded.snapshot.rules.size,
        }),
  })

/** Adds `causeway check`. Exit code 1 where the file has any mistake. */
export const registerCheck = (program: Command): void => {
  program
    .command('check')
    .description(COMMANDS.check.about)
    .option('--config <file>', 'the configuration', 'causeway.yaml')
    .option('--json', 'as JSON')
    .action((flags: { readonly config: string; readonly json?: boolean }) => {
      const report = checkFile(resolve(flags.config), process.env, homedir())
      const text = flags.json === true ? reportJson(report) : reportLines(report).join('\n')
      process.stdout.write(`${text}\n`)
      process.exitCode = report.ok ? 0 : 1
    })
}

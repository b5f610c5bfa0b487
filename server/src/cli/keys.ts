import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { lookupPrice } from '../accounts/index.ts'
import { loadConfig, principalsByDigest } from '../config/index.ts'
import { CausewayError } from '../domain/index.ts'
import { COMMANDS } from './commands.ts'

interface Flags {
  readonly config: string
  readonly data?: string
  readonly json?: boolean
}

const list = (flags: Flags): void => {
  const { snapshot, folders } = loadConfig(flags.config, {
    home: homedir(),
    lookupPrice,
    ...(flags.data === undefined ? {} : { data: resolve(flags.data) }),
  })
  const ring = principalsByDigest(snapshot, process.env, folders.credentials)
  const missing = new Map(ring.missing.map(({ key, reference }) => [key, reference]))
  const rows = snapshot.principals.map(({ key, team, uses }) => ({
    key,
    team,
    uses,
    missing: missing.get(key) ?? null,
  }))
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(rows)}\n`)
    return
  }
  if (rows.length === 0)
    process.stdout.write(`No keys in ${flags.config}. causeway keys make NAME makes one.\n`)
  for (const { key, team, uses, missing: reference } of rows) {
    process.stdout.write(
      `${key.padEnd(20)} team ${team ?? '-'}   uses ${uses.join(', ')}${reference === null ? '' : `   NOT USABLE: ${reference} is not there`}\n`,
    )
  }
}

const make = (name: string, flags: Flags): void => {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name)) {
    throw new CausewayError(
      'config_invalid',
      `"${name.slice(0, 64)}" will not do as a key's name: use small letters, digits, dots and hyphens.`,
    )
  }
  const { folders } = loadConfig(flags.config, {
    home: homedir(),
    lookupPrice,
    ...(flags.data === undefined ? {} : { data: resolve(flags.data) }),
  })
  const file = join(folders.data, 'keys', name)
  if (existsSync(file))
    throw new CausewayError('config_invalid', `${file} is there already; a key is never overwritten.`)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const key = `cw-${randomBytes(32).toString('base64url')}`
  writeFileSync(file, `${key}\n`, { flag: 'wx', mode: 0o600 })
  const reference = relative(folders.credentials, file)
  process.stdout.write(
    `The key, shown once:\n\n  ${key}\n\nAdd it to keys in ${flags.config} and start again:\n\n  - { name: ${name}, secret: "file:${reference}", uses: [general] }\n`,
  )
}

/** Adds `causeway keys list | make`. */
export const registerKeys = (program: Command): void => {
  const keys = program.command('keys').description(COMMANDS.keys.about)
  keys
    .command('list', { isDefault: true })
    .description('keys with their teams and uses; never the secrets')
    .option('--config <file>', 'the configuration', 'causeway.yaml')
    .option('--data <folder>', 'the data folder, instead of the configured one')
    .option('--json', 'as JSON')
    .action((flags: Flags) => list(flags))
  keys
    .command('make')
    .argument('<name>', 'name of the new key')
    .description('make the secret of a new key and say what to add to the configuration')
    .option('--config <file>', 'the configuration', 'causeway.yaml')
    .option('--data <folder>', 'the data folder, instead of the configured one')
    .action((name: string, flags: Flags) => make(name, flags))
}

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CausewayError } from '../domain/index.ts'
import type { RuleFile } from './resolve.ts'
import type { Config } from './schema.ts'

/** Where things are, as absolute paths. */
export interface Folders {
  readonly data: string
  readonly cache: string
  /** Null where no rules are configured. */
  readonly rules: string | null
  /** What `file:` references are relative to: the folder of causeway.yaml. */
  readonly credentials: string
}

/** Folders of a configuration: relative ones start at the file's own folder, `~` at `home`. */
export const foldersOf = (config: Config, file: string, home: string): Folders => {
  const base = dirname(resolve(file))
  const at = (path: string): string =>
    path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : resolve(base, path)
  return {
    data: at(config.data),
    cache: at(config.cache),
    rules: config.rules === undefined ? null : at(config.rules),
    credentials: base,
  }
}

/**
 * The `.cedar` files of a folder, by name. A configured folder that is not there, holds none or cannot be read
 * throws `config_invalid`: rules that somebody wrote must never be missing without a word.
 */
export const readRules = (folder: string | null): readonly RuleFile[] => {
  if (folder === null) return []
  try {
    const names = readdirSync(folder)
      .filter((name) => name.endsWith('.cedar'))
      .sort()
    if (names.length === 0)
      throw new CausewayError('config_invalid', `rules: there is no .cedar file in ${folder}`, {
        field: 'rules',
      })
    return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  } catch (cause) {
    if (cause instanceof CausewayError) throw cause
    throw new CausewayError('config_invalid', `rules: ${folder} cannot be read`, { field: 'rules', cause })
  }
}

import { readFileSync } from 'node:fs'
import { CausewayError, type PriceLookup, type Snapshot } from '../domain/index.ts'
import { checkConfig } from './check.ts'
import { compileSnapshot } from './compile.ts'
import { type Folders, foldersOf, readLists, readRules } from './files.ts'
import { parseConfig } from './parse.ts'
import { configError, type Problem } from './problem.ts'
import type { Config } from './schema.ts'

/** A configuration ready to serve. */
export interface LoadedConfig {
  readonly config: Config
  readonly snapshot: Snapshot
  readonly folders: Folders
  readonly warnings: readonly Problem[]
}

/**
 * Reads, parses, checks and compiles a file in one go. Throws `config_invalid` with every mistake in it. `data`
 * stands in for the file's own data folder (`--data`); `home` is what `~` means.
 */
export const loadConfig = (
  file: string,
  options: { readonly home: string; readonly lookupPrice: PriceLookup; readonly data?: string },
): LoadedConfig => {
  const checked = checkConfig(parseConfig(configText(file), file))
  if (checked.config === null) throw configError(file, checked.problems)
  const read = foldersOf(checked.config, file, options.home)
  const folders = { ...read, data: options.data ?? read.data }
  const rules = readRules(folders.rules)
  const lists = readLists(checked.config, folders)
  const snapshot = compileSnapshot(checked.config, { rules, lookupPrice: options.lookupPrice, lists })
  return { config: checked.config, snapshot, folders, warnings: checked.warnings }
}

/** A configuration's text. Throws `config_invalid` where there is no such file, or where it is no UTF-8. */
export const configText = (file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (cause) {
    const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new CausewayError(
      'config_invalid',
      absent ? `There is no ${file}.` : `${file} cannot be read as UTF-8 text.`,
      { cause },
    )
  }
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CausewayError } from '../domain/index.ts'
import type { Lists, RuleFile } from './resolve.ts'
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

const MOST_LIST = 4 * 1024 * 1024

type Invalid = (why: string, cause?: unknown) => CausewayError

/** Some things with a path never end. */
const listBytes = (file: string, invalid: Invalid): Uint8Array => {
  let bytes: Uint8Array | null = null
  let size: number
  try {
    const about = statSync(file)
    size = about.size
    if (about.isFile() && size <= MOST_LIST) bytes = readFileSync(file)
  } catch (cause) {
    throw invalid('cannot be read', cause)
  }
  if (bytes !== null && bytes.length <= MOST_LIST) return bytes
  throw invalid(size > MOST_LIST || bytes !== null ? 'is larger than 4 MB' : 'is no file')
}

/**
 * The files of words and examples that a configuration names, read relative to its own folder. Throws
 * `config_invalid` for one that is not there, is no UTF-8 text, holds nothing or is larger than 4 MB: a list that
 * somebody wrote must never be missing without a word.
 */
export const readLists = (config: Config, folders: Folders): Lists => {
  const { words, examples } = config.sensitivity
  const named = [
    ...words.map(({ file }, index) => [`sensitivity.words[${index}].file`, file] as const),
    ...examples.map(({ file }, index) => [`sensitivity.examples[${index}].file`, file] as const),
  ]
  const lists = new Map<string, string>()
  for (const [field, path] of named) {
    if (path === undefined) continue
    const invalid: Invalid = (why, cause) =>
      new CausewayError('config_invalid', `${field}: ${path} ${why}`, { field, cause })
    const bytes = listBytes(resolve(folders.credentials, path), invalid)
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch (cause) {
      throw invalid('is not UTF-8 text', cause)
    }
    if (text.trim() === '') throw invalid('holds nothing')
    lists.set(path, text)
  }
  return lists
}

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CausewayError } from '../domain/index.ts'

const LIBRARY = '@huggingface/transformers'

const CONDITIONS: readonly string[] = ['node', 'import', 'default']

/** The file that `exports` names for `import` under Node; null where it names none. */
const entryIn = (exports: unknown): string | null => {
  if (typeof exports === 'string') return exports
  if (typeof exports !== 'object' || exports === null) return null
  const root: unknown = Reflect.get(exports, '.')
  if (root !== undefined) return entryIn(root)
  for (const [condition, value] of Object.entries(exports)) {
    if (!CONDITIONS.includes(condition)) continue
    const entry = entryIn(value)
    if (entry !== null) return entry
  }
  return null
}

const entryOf = (folder: string): string | null => {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (typeof manifest !== 'object' || manifest === null) return null
    const main: unknown = Reflect.get(manifest, 'main')
    const entry = entryIn(Reflect.get(manifest, 'exports')) ?? (typeof main === 'string' ? main : null)
    const path = entry === null ? null : join(folder, entry)
    return path !== null && existsSync(path) ? path : null
  } catch {
    return null
  }
}

/**
 * Where the token classifier's library lies for whoever sits in one of `folders`: the nearest node_modules that has
 * it. It is no dependency of ours. Throws CausewayError `config_invalid` with the command that installs it.
 */
export const libraryFrom = (folders: readonly string[], field: string): URL => {
  for (const start of folders) {
    for (let folder = start; ; folder = dirname(folder)) {
      const entry = entryOf(join(folder, 'node_modules', ...LIBRARY.split('/')))
      if (entry !== null) return pathToFileURL(entry)
      if (folder === dirname(folder)) break
    }
  }
  throw new CausewayError(
    'config_invalid',
    `${field}: a stage of type tokens needs ${LIBRARY}, which is not installed. Install it beside the configuration: npm install --prefix ${folders[0] ?? '.'} ${LIBRARY}`,
    { field },
  )
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

const NEEDED: readonly string[] = ['config.json', 'tokenizer.json']

/** Throws CausewayError `config_invalid` where the folder is not one that the library could read a model from. */
export const checkModelFolder = (folder: string, field: string): void => {
  const missing = NEEDED.filter((name) => !isFile(join(folder, name)))
  if (missing.length === 0) return
  throw new CausewayError(
    'config_invalid',
    `${field}: ${folder} holds no model: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not there. Put an ONNX token classifier there: config.json, tokenizer.json and onnx/model.onnx. Nothing is downloaded.`,
    { field },
  )
}

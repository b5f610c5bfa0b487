import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CausewayError } from '../domain/index.ts'
import { weaknessOf } from './credentials.ts'
import type { FirstStart } from './first-start.ts'

/**
 * Writes the first causeway.yaml and the secret of its key. A key that is there already is kept. Throws
 * `config_invalid` where the file exists (it is never overwritten) and `data_folder` where nothing can be written.
 * Answers with the key, to be shown once.
 */
export const writeFirstStart = (
  file: string,
  first: FirstStart,
): { readonly key: string; readonly keyFile: string } => {
  if (existsSync(file)) throw exists(file)
  const keyFile = resolve(dirname(resolve(file)), first.keyFile)
  try {
    const keys = dirname(keyFile)
    mkdirSync(keys, { recursive: true, mode: 0o700 })
    keepOutOfGit(dirname(keys))
    const key = keptKey(keyFile) ?? writeKey(keyFile)
    writeFileSync(file, first.text, { flag: 'wx' })
    return { key, keyFile }
  } catch (cause) {
    if (cause instanceof CausewayError) throw cause
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw exists(file)
    throw new CausewayError(
      'data_folder',
      `The configuration or its key cannot be written (${file}, ${keyFile}).`,
      { cause },
    )
  }
}

const exists = (file: string): CausewayError =>
  new CausewayError('config_invalid', `${file} is there already and is never overwritten.`)

const writeKey = (path: string): string => {
  const key = `cw-${randomBytes(32).toString('base64url')}`
  writeFileSync(path, `${key}\n`, { flag: 'wx', mode: 0o600 })
  return key
}

const keptKey = (path: string): string | null => {
  if (!existsSync(path)) return null
  const key = readFileSync(path, 'utf8').trim()
  if (weaknessOf(key) === null) return key
  throw new CausewayError('data_folder', `${path} is there but holds no usable key; remove it.`)
}

/** The folder holds keys and records: git must not see it, wherever it lies. */
const keepOutOfGit = (data: string): void => {
  const path = join(data, '.gitignore')
  if (!existsSync(path)) writeFileSync(path, '*\n')
}

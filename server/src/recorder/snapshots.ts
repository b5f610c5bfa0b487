import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CausewayError } from '../domain/index.ts'
import { sha256Hex } from '../lib/index.ts'
import { replaceFile } from './durable.ts'

/** Keeps a snapshot's source as `<hash>.json`. Throws where the hash is not its own, or the file cannot be written. */
export const keepSnapshot = (folder: string, hash: string, source: string): void => {
  if (sha256Hex(source) !== hash) {
    throw new CausewayError('internal', 'A snapshot is kept under the SHA-256 of its source only.')
  }
  const file = join(folder, `${hash}.json`)
  if (!existsSync(file)) replaceFile(file, Buffer.from(source), 0o600)
}

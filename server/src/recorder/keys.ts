import { existsSync, readFileSync, statSync } from 'node:fs'
import { createSigner, readSigner, type Signer } from '../audit/index.ts'
import { CausewayError } from '../domain/index.ts'
import { replaceFile } from './durable.ts'
import type { DataFiles } from './layout.ts'

const damaged = (message: string): CausewayError => new CausewayError('record_damaged', message)

const isEmpty = (file: string): boolean => !existsSync(file) || statSync(file).size === 0

/**
 * The key that signs this log; made at the first start. Throws CausewayError `record_damaged` where a log is
 * there but its key is not, or the public half is not the one of the secret.
 */
export const openKeys = (files: DataFiles): Signer => {
  const isNew = isEmpty(files.entries) && isEmpty(files.checkpoints)
  if (!existsSync(files.secretKey)) {
    if (!isNew) throw damaged(`${files.secretKey} is missing, so the log beside it cannot be continued.`)
    const signer = createSigner()
    replaceFile(files.secretKey, Buffer.from(`${signer.text}\n`), 0o600)
    replaceFile(files.publicKey, Buffer.from(`${signer.verifier.text}\n`), 0o644)
    return signer
  }
  const text = readFileSync(files.secretKey, 'utf8')
  const signer = text.endsWith('\n') ? readSigner(text.slice(0, -1)) : null
  if (signer === null) throw damaged(`${files.secretKey} is no signing key, or it was changed.`)
  const publicText = `${signer.verifier.text}\n`
  // A crash between the two writes above leaves the secret alone.
  if (!existsSync(files.publicKey) && isNew) replaceFile(files.publicKey, Buffer.from(publicText), 0o644)
  if (!existsSync(files.publicKey) || readFileSync(files.publicKey, 'utf8') !== publicText) {
    throw damaged(`${files.publicKey} is not the public half of the key beside it.`)
  }
  return signer
}

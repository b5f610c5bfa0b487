import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { unfit } from './refused.ts'

/*
 * Presidio's own form of an encrypted value: AES in CBC mode with PKCS#7 padding, the vector in front of the
 * cipher text, the whole in base64 for URLs, padding kept. Keys are text of 16, 24 or 32 bytes.
 */

const VECTOR = 16
const ENCODED = /^[A-Za-z0-9_-]+={0,2}$/

const cipherOf = (key: unknown): { readonly name: string; readonly key: Buffer } => {
  const bytes = typeof key === 'string' ? Buffer.from(key, 'utf8') : null
  if (bytes === null || ![16, 24, 32].includes(bytes.length))
    throw unfit('key', 'must be text of 128, 192 or 256 bits')
  return { name: `aes-${bytes.length * 8}-cbc`, key: bytes }
}

/** Throws `invalid_request` for a key of another length. */
export const encrypted = (text: string, key: unknown): string => {
  const cipher = cipherOf(key)
  const vector = randomBytes(VECTOR)
  const machine = createCipheriv(cipher.name, cipher.key, vector)
  const bytes = Buffer.concat([vector, machine.update(text, 'utf8'), machine.final()])
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

/** Throws `invalid_request` for what was not encrypted so, or with another key. */
export const decrypted = (text: string, key: unknown): string => {
  const cipher = cipherOf(key)
  const bytes = ENCODED.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0)
  if (bytes.length < 2 * VECTOR || bytes.length % VECTOR !== 0)
    throw unfit('text', 'holds something that was not encrypted here where a result says so')
  try {
    const machine = createDecipheriv(cipher.name, cipher.key, bytes.subarray(0, VECTOR))
    const plain = Buffer.concat([machine.update(bytes.subarray(VECTOR)), machine.final()])
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    throw unfit('key', 'does not open what stands where a result says so')
  }
}

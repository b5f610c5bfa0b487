import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/*
 * version (1 byte) ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM of the text. The version and what it is bound to are
 * authenticated with it, so that neither an old format nor something sealed elsewhere passes for this.
 */
const VERSION = 1
const NONCE = 12
const TAG = 16
const HEAD = 1 + NONCE + TAG
const KEY = 32

const boundTo = (name: string): Buffer => Buffer.concat([Buffer.from([VERSION]), Buffer.from(name, 'utf8')])

const checkKey = (key: Uint8Array): void => {
  if (key.length !== KEY) throw new RangeError(`a sealing key has ${KEY} bytes, this one ${key.length}`)
}

/** Text that only the key's owner can read, and only under the name it is bound to. Throws RangeError for a key that is not 32 bytes. */
export const sealText = (text: string, key: Uint8Array, name: string): Uint8Array => {
  checkKey(key)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(boundTo(name))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]))
}

/** The text again; null where it is damaged, of another key or bound to another name. */
export const openText = (sealed: Uint8Array, key: Uint8Array, name: string): string | null => {
  checkKey(key)
  if (sealed.length < HEAD || sealed[0] !== VERSION) return null
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE), { authTagLength: TAG })
    cipher.setAAD(boundTo(name))
    cipher.setAuthTag(sealed.subarray(1 + NONCE, HEAD))
    return Buffer.concat([cipher.update(sealed.subarray(HEAD)), cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

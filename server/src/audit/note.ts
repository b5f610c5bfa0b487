import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { decodeBase64 } from './base64.ts'

/*
 * Signed notes and their keys as C2SP signed-note specifies them (https://c2sp.org/signed-note), with
 * Ed25519 (algorithm byte 0x01), and canonical encodings only.
 */
const ED25519 = 1
const SEED_BYTES = 32
const KEY_ID_BYTES = 4
const SIGNATURE_BYTES = 64
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const NAME = /^[^\s+\p{Cc}]{1,200}$/u

/** Who may check: the name, four bytes that tell keys apart, and the public key. */
export interface Verifier {
  readonly name: string
  readonly id: Buffer
  readonly key: KeyObject
  /** `name+hexid+base64`, as it stands in `key.public`. */
  readonly text: string
}

export interface Signer {
  readonly verifier: Verifier
  readonly key: KeyObject
  /** `PRIVATE+KEY+name+hexid+base64`, as it stands in `key.secret`. */
  readonly text: string
}

const keyId = (name: string, publicKey: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]), 'buffer').subarray(
    0,
    KEY_ID_BYTES,
  )

const verifierOf = (name: string, publicKey: Buffer): Verifier => {
  const id = keyId(name, publicKey)
  const encoded = Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  })
  return { name, id, key, text: `${name}+${id.toString('hex')}+${encoded}` }
}

const rawPublicKey = (key: KeyObject): Buffer =>
  Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url')

const signerOf = (name: string, seed: Buffer): Signer => {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const verifier = verifierOf(name, rawPublicKey(key))
  const encoded = Buffer.concat([Buffer.of(ED25519), seed]).toString('base64')
  return { verifier, key, text: `PRIVATE+KEY+${name}+${verifier.id.toString('hex')}+${encoded}` }
}

/** A fresh key, named after itself: `causeway.local/` and eight hex digits of its public half's hash. */
export const createSigner = (): Signer => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
  const name = `causeway.local/${hash('sha256', rawPublicKey(privateKey), 'hex').slice(0, 8)}`
  return signerOf(name, seed)
}

/** Reads `name+hexid+base64`; null unless it is spelt exactly as it would be written. */
export const readVerifier = (text: string): Verifier | null => {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text)
  const [, name = '', , encoded = ''] = match ?? []
  const bytes = decodeBase64(encoded)
  if (!NAME.test(name) || bytes === null || bytes.length !== 1 + SEED_BYTES || bytes[0] !== ED25519)
    return null
  const verifier = verifierOf(name, bytes.subarray(1))
  return verifier.text === text ? verifier : null
}

/** Reads `PRIVATE+KEY+name+hexid+base64`; null unless it is spelt exactly as it would be written. */
export const readSigner = (text: string): Signer | null => {
  const match = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text)
  const [, name = '', , encoded = ''] = match ?? []
  const bytes = decodeBase64(encoded)
  if (!NAME.test(name) || bytes === null || bytes.length !== 1 + SEED_BYTES || bytes[0] !== ED25519)
    return null
  const signer = signerOf(name, bytes.subarray(1))
  return signer.text === text ? signer : null
}

/** Signs a text that ends with a newline; answers the whole note. */
export const signNote = (text: string, signer: Signer): string => {
  if (!text.endsWith('\n')) throw new TypeError('a note ends with a newline')
  const signature = Buffer.concat([signer.verifier.id, sign(null, Buffer.from(text), signer.key)])
  return `${text}\n\u2014 ${signer.verifier.name} ${signature.toString('base64')}\n`
}

/** Whether one signature line, without its newline, is this verifier's own valid one over `text`. */
export const verifyLine = (text: string, line: string, verifier: Verifier): boolean => {
  const head = `\u2014 ${verifier.name} `
  if (!line.startsWith(head)) return false
  const bytes = decodeBase64(line.slice(head.length))
  if (bytes === null || bytes.length !== KEY_ID_BYTES + SIGNATURE_BYTES) return false
  if (!bytes.subarray(0, KEY_ID_BYTES).equals(verifier.id)) return false
  return verify(null, Buffer.from(text), verifier.key, bytes.subarray(KEY_ID_BYTES))
}

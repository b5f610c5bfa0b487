import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { CausewayError } from '../domain/index.ts'
import { dataOf, type Mapping, mappingOf, parseData } from './mapping.ts'

/*
 * version (1 byte) ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM of the JSON. The version and the conversation's id
 * are authenticated with it, so that neither an old format nor another conversation's mapping passes for this one.
 */
const VERSION = 1
const NONCE = 12
const TAG = 16
const HEAD = 1 + NONCE + TAG
const KEY = 32

const boundTo = (conversation: string): Buffer =>
  Buffer.concat([Buffer.from([VERSION]), Buffer.from(conversation, 'utf8')])

const checkKey = (key: Uint8Array): void => {
  if (key.length !== KEY) throw new RangeError(`a key for mappings has ${KEY} bytes, this one ${key.length}`)
}

export const seal = (mapping: Mapping, key: Uint8Array, conversation: string): Uint8Array => {
  checkKey(key)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(boundTo(conversation))
  const body = Buffer.concat([cipher.update(JSON.stringify(dataOf(mapping)), 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]))
}

const damaged = (): CausewayError =>
  new CausewayError('record_damaged', 'The stored pseudonyms of this conversation cannot be opened.')

export const open = (sealed: Uint8Array, key: Uint8Array, conversation: string): Mapping => {
  checkKey(key)
  if (sealed.length < HEAD || sealed[0] !== VERSION) throw damaged()
  let text: string
  try {
    const nonce = sealed.subarray(1, 1 + NONCE)
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
    cipher.setAAD(boundTo(conversation))
    cipher.setAuthTag(sealed.subarray(1 + NONCE, HEAD))
    text = Buffer.concat([cipher.update(sealed.subarray(HEAD)), cipher.final()]).toString('utf8')
  } catch {
    throw damaged()
  }
  const data = parseData(JSON.parse(text))
  if (data === null) throw damaged()
  return mappingOf(data)
}

/** Parts of a credential that are shorter say nothing, and stand in ordinary text too. */
const SHORTEST = 12

/** What stands in place of a credential. */
const UNSAID = '•••'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A credential and each of its parts that is secret or names its owner: keys with a colon between them, or fields of JSON. */
export const secretsIn = (credential: string): readonly string[] => {
  const fields = credential.startsWith('{') ? parsed(credential) : null
  const parts =
    typeof fields === 'object' && fields !== null ? Object.values(fields) : credential.split(/[:\s]+/)
  const secrets = parts.filter((part): part is string => typeof part === 'string' && part.length >= SHORTEST)
  return [...new Set([credential, ...secrets])].filter((secret) => secret !== '')
}

/** A text without them. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((said, secret) => said.replaceAll(secret, UNSAID), text)

/**
 * Bytes on their way to a client, with secrets taken out wherever chunks were cut. What could be the beginning of
 * one is held until it shows.
 */
export class SecretFilter {
  readonly #secrets: readonly Buffer[]
  readonly #longest: number
  #held: Buffer = Buffer.alloc(0)

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.map((secret) => Buffer.from(secret))
    this.#longest = this.#secrets.reduce((most, { length }) => Math.max(most, length), 0)
  }

  push(chunk: Uint8Array): Uint8Array {
    let bytes: Buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    if (this.#held.length > 0) bytes = Buffer.concat([this.#held, bytes])
    for (const secret of this.#secrets) bytes = without(bytes, secret)
    const held = this.#beginning(bytes)
    this.#held = bytes.subarray(bytes.length - held)
    return bytes.subarray(0, bytes.length - held)
  }

  /** What was held and turned out to be nothing. */
  end(): Uint8Array {
    const held = this.#held
    this.#held = Buffer.alloc(0)
    return held
  }

  /** How many of the last bytes may be the beginning of a secret. */
  #beginning(bytes: Buffer): number {
    for (let size = Math.min(this.#longest - 1, bytes.length); size > 0; size -= 1) {
      const tail = bytes.subarray(bytes.length - size)
      if (this.#secrets.some((secret) => size < secret.length && tail.equals(secret.subarray(0, size))))
        return size
    }
    return 0
  }
}

const without = (bytes: Buffer, secret: Buffer): Buffer => {
  let at = bytes.indexOf(secret)
  if (at === -1) return bytes
  const pieces: Buffer[] = []
  let from = 0
  for (; at !== -1; at = bytes.indexOf(secret, from)) {
    pieces.push(bytes.subarray(from, at), Buffer.from(UNSAID))
    from = at + secret.length
  }
  pieces.push(bytes.subarray(from))
  return Buffer.concat(pieces)
}

import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { CausewayError, type Clock, type Principal, type Snapshot } from '../domain/index.ts'
import { sha256Hex } from '../lib/index.ts'
import { readSource } from './source.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const LONGEST = 65_536

/**
 * The secret behind `env:NAME` or `file:PATH` (relative to `folder`), white space around it cut off. Null where it
 * is not there or empty. Throws `config_invalid` where it is there but cannot be used; names the reference only.
 */
export const resolveCredential = (
  reference: string,
  environment: Environment,
  folder: string,
): string | null => {
  const secret = readSecret(reference, environment, folder)?.trim()
  if (secret === undefined || secret === '') return null
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    throw unusable(reference, 'holds a line break, a space or a character outside ASCII')
  }
  return secret
}

const readSecret = (reference: string, environment: Environment, folder: string): string | undefined => {
  if (reference.startsWith('env:')) return environment[reference.slice(4)]
  if (!reference.startsWith('file:')) throw unusable('a credential', 'is neither env:NAME nor file:PATH')
  const path = resolve(folder, reference.slice(5))
  try {
    if (statSync(path).size > LONGEST) throw unusable(reference, 'is longer than 64 KB')
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (thrown instanceof CausewayError) throw thrown
    if (codeOf(thrown) === 'ENOENT') return undefined
    throw unusable(reference, `cannot be read (${codeOf(thrown)})`)
  }
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error'

const unusable = (reference: string, why: string): CausewayError =>
  new CausewayError('config_invalid', `${reference} ${why}.`)

/** True where others than its owner may read the file behind a `file:` reference. */
export const readableByOthers = (reference: string, folder: string): boolean => {
  if (!reference.startsWith('file:') || process.platform === 'win32') return false
  const found = statSync(resolve(folder, reference.slice(5)), { throwIfNoEntry: false })
  return found !== undefined && (found.mode & 0o077) !== 0
}

/** SHA-256 of a key in lower-case hex: what a gateway compares, so that it never compares secrets. */
export const keyDigest = (secret: string): string => sha256Hex(secret)

/** Keys that stand in examples all over the world; whoever tries doors tries these first. */
const SAMPLES: ReadonlySet<string> = new Set([
  'sk-1234',
  'sk-12345',
  'sk-123456',
  'sk-test',
  'sk-xxx',
  'sk-your-key',
  'your-api-key',
  'your_api_key',
  'api-key',
  'apikey',
  'changeme',
  'change-me',
  'password',
  'secret',
  'test',
  'demo',
  'dummy',
  'anything',
  'none',
  'null',
  'undefined',
])
const SHORTEST_KEY = 16

/** Why a secret will not do as a key that clients call with, or null. Never repeats it. */
export const weaknessOf = (secret: string): string | null => {
  const plain = secret.toLowerCase()
  if (SAMPLES.has(plain) || /^(?:sk-|cw-)?(?:x+|0+|1234567890*|abcdef\w*|(.)\1+)$/.test(plain)) {
    return 'is a well-known sample key; make one nobody knows'
  }
  return secret.length < SHORTEST_KEY ? `is shorter than ${SHORTEST_KEY} characters` : null
}

/** The keys of a snapshot with their secrets looked up. */
export interface Keyring {
  /** Principals by the digest of their key. */
  readonly byDigest: ReadonlyMap<string, Principal>
  /** Keys whose reference leads to nothing: nobody can call with them. */
  readonly missing: readonly { readonly key: string; readonly reference: string }[]
}

/**
 * Looks up the secret of every key. A missing secret makes its key unusable and is told; a secret that is weak, or
 * is used for two keys, throws `config_invalid` naming keys and references.
 */
export const principalsByDigest = (snapshot: Snapshot, environment: Environment, folder: string): Keyring => {
  const byDigest = new Map<string, Principal>()
  const missing: { key: string; reference: string }[] = []
  for (const { name, secret: reference } of readSource(snapshot.source).keys) {
    const principal = snapshot.principals.find((each) => each.key === name)
    const secret = resolveCredential(reference, environment, folder)
    if (principal === undefined || secret === null) {
      missing.push({ key: name, reference })
      continue
    }
    const weakness = weaknessOf(secret)
    if (weakness !== null) throw unusable(`The key "${name}" (${reference})`, weakness)
    const digest = keyDigest(secret)
    const twin = byDigest.get(digest)
    if (twin !== undefined)
      throw unusable(`The key "${name}" (${reference})`, `is the same secret as the key "${twin.key}"`)
    byDigest.set(digest, principal)
  }
  return { byDigest, missing }
}

/** The credential of every target that has a reference; null where it leads to nothing. */
export const targetCredentials = (
  snapshot: Snapshot,
  environment: Environment,
  folder: string,
): ReadonlyMap<string, string | null> => {
  const found = new Map<string, string | null>()
  for (const { name, credential } of snapshot.targets.values()) {
    if (credential !== null) found.set(name, resolveCredential(credential, environment, folder))
  }
  return found
}

/** A file's secret is looked at again this often: tokens that live an hour are written anew by whatever renews them. Milliseconds. */
const LOOK_AGAIN = 10_000

/**
 * The secrets of a snapshot's targets by their references. One from a file is read again when it has changed; where
 * it is gone or cannot be used for the moment, the last that could stays. Throws CausewayError `upstream_auth` for a
 * reference that led to nothing.
 */
export const targetSecrets = (
  snapshot: Snapshot,
  environment: Environment,
  folder: string,
  clock: Clock,
): ((reference: string) => string) => {
  const known = new Map<string, { secret: string | null; looked: number }>()
  for (const { credential } of snapshot.targets.values()) {
    if (credential === null) continue
    known.set(credential, {
      secret: resolveCredential(credential, environment, folder),
      looked: clock.ticks(),
    })
  }
  const refresh = (reference: string, entry: { secret: string | null; looked: number }): void => {
    const now = clock.ticks()
    if (!reference.startsWith('file:') || now - entry.looked < LOOK_AGAIN) return
    entry.looked = now
    try {
      entry.secret = resolveCredential(reference, environment, folder) ?? entry.secret
    } catch {
      // Half written, or taken away to be replaced: the next look finds it.
    }
  }
  return (reference) => {
    const entry = known.get(reference)
    if (entry !== undefined) refresh(reference, entry)
    if (entry === undefined || entry.secret === null)
      throw new CausewayError('upstream_auth', `The credential ${reference} is not there.`)
    return entry.secret
  }
}

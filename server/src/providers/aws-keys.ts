import { z } from 'zod'
import { CausewayError } from '../domain/index.ts'

/** What AWS's signature is made with. */
export interface AwsKeys {
  readonly accessKey: string
  readonly secretKey: string
  readonly sessionToken?: string
}

const printable = z.string().regex(/^[\x21-\x7e]{1,8192}$/)
const accessKeyId = z.string().regex(/^[A-Z0-9]{16,128}$/)

const written = z.object({
  accessKeyId,
  secretAccessKey: printable,
  sessionToken: printable.optional(),
})

const keysOf = (access: unknown, secret: unknown, session: unknown): AwsKeys => {
  const read = written.safeParse({ accessKeyId: access, secretAccessKey: secret, sessionToken: session })
  if (!read.success) {
    throw new CausewayError(
      'upstream_auth',
      'The AWS keys of this target are not of the form ACCESS:SECRET or ACCESS:SECRET:SESSION, nor JSON with accessKeyId and secretAccessKey.',
    )
  }
  const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = read.data
  return { accessKey, secretKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
  } catch {
    return {}
  }
}

/**
 * The AWS keys in a credential: `ACCESS:SECRET`, `ACCESS:SECRET:SESSION`, or JSON as the AWS tools write it; null for
 * anything without a colon, which is an API key. Throws `upstream_auth` for what is neither; never says what it was.
 */
export const awsKeysIn = (credential: string): AwsKeys | null => {
  if (credential.startsWith('{')) {
    const fields = parsed(credential)
    const pick = (name: string): unknown => fields[name] ?? fields[name[0]?.toUpperCase() + name.slice(1)]
    return keysOf(pick('accessKeyId'), pick('secretAccessKey'), pick('sessionToken') ?? undefined)
  }
  if (!credential.includes(':')) return null
  const [access, secret, ...session] = credential.split(':')
  return keysOf(access, secret, session.length === 0 ? undefined : session.join(':'))
}

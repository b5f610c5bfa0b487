import type { IncomingMessage } from 'node:http'
import { CausewayError } from '../../domain/index.ts'
import type { ForgottenBy } from './forget.ts'

/** A person has a session cookie; scripts and the command line send the token. */
export const askedBy = ({ headers }: Pick<IncomingMessage, 'headers'>): ForgottenBy =>
  headers.authorization === undefined ? 'console' : 'command'

/** The session whose conversation is to be forgotten. Throws `invalid_request`. */
export const sessionAsked = (parameters: URLSearchParams): string => {
  const [[name, session] = ['', ''], ...more] = [...parameters]
  if (name === 'session' && more.length === 0 && /^[\x21-\x7e]{1,200}$/.test(session)) return session
  throw new CausewayError(
    'invalid_request',
    'One parameter is needed: “session”, of 1 to 200 visible ASCII characters; or name an id in the path.',
    { field: 'session' },
  )
}

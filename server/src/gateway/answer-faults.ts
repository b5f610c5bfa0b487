import { CausewayError } from '../domain/index.ts'
import { saysTooLong } from '../providers/index.ts'

/*
 * What can be wrong with an answer whose status says that it is one.
 */

/** It stops before it is over. */
export const cut = (target: string): CausewayError =>
  new CausewayError('upstream_cut', `Target ${target} ended its answer without saying that it was complete.`)

/** It says itself that it failed. */
export const reported = (target: string, message: string): CausewayError =>
  new CausewayError(
    saysTooLong(message) ? 'context_too_long' : 'upstream_error',
    `Target ${target} reported an error in its answer.`,
    { quoted: message.slice(0, 300) },
  )

export const garbled = (
  target: string,
  what = 'an answer that is not whole or not in its dialect',
  cause?: unknown,
): CausewayError => new CausewayError('upstream_garbled', `Target ${target} sent ${what}.`, { cause })

/** Reading it threw: our own word of what is wrong, or a fault in the reader. */
export const unreadable = (target: string, thrown: unknown): CausewayError =>
  thrown instanceof CausewayError ? thrown : garbled(target, 'an answer that could not be read', thrown)

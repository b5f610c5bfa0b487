import type { Fault, JsonObject } from '../../domain/index.ts'
import { sentence } from '../body/sentence.ts'
import { opened, type TooLong } from '../body/tooLong.ts'

/** The dialect's type names by status. Source: https://docs.claude.com/en/api/errors */
export const typeOf = (status: number): string => {
  switch (status) {
    case 401:
      return 'authentication_error'
    case 402:
      return 'billing_error'
    case 403:
      return 'permission_error'
    case 404:
      return 'not_found_error'
    case 413:
      return 'request_too_large'
    case 429:
      return 'rate_limit_error'
    case 408:
    case 504:
      return 'timeout_error'
    case 503:
    case 529:
      return 'overloaded_error'
    default:
      return status >= 500 ? 'api_error' : 'invalid_request_error'
  }
}

/** The status that the dialect gives an error type, for errors inside a stream that began with 200. */
export const statusOfType = (type: string): number | null => {
  switch (type) {
    case 'invalid_request_error':
      return 400
    case 'authentication_error':
      return 401
    case 'billing_error':
      return 402
    case 'permission_error':
      return 403
    case 'not_found_error':
      return 404
    case 'request_too_large':
      return 413
    case 'rate_limit_error':
      return 429
    case 'api_error':
      return 500
    case 'timeout_error':
      return 504
    case 'overloaded_error':
      return 529
    default:
      return null
  }
}

/**
 * By which the SDK's own tool runner knows that it is to send the whole history instead of having the vendor keep it,
 * as it asks for first. Source: `lib/threads` of the Python SDK 2.12.
 */
const UNTHREADED = { error_code: 'thread_unsupported_request' }

/** By which agents know that they are to shorten their history; there is no code for it. */
const tooLongWords = (numbers: TooLong | null): string =>
  numbers === null
    ? 'prompt is too long'
    : `prompt is too long: ${numbers.tokens} tokens > ${numbers.most} maximum`

/** `{type: "error", error: {type, message}, request_id}`. Our code stands in a header, for the dialect has no place for it. */
export const errorBody = (fault: Fault, request: string): JsonObject => ({
  type: 'error',
  error: {
    type: typeOf(fault.status),
    message: opened(fault, sentence(fault), tooLongWords),
    ...(fault.code === 'cannot_translate' && fault.field === 'thread' ? { details: UNTHREADED } : {}),
  },
  request_id: request,
})

/** Closes what may be half sent, then the error as the stream's last event. */
export const errorEvent = (fault: Fault, request: string): string =>
  `\n\nevent: error\ndata: ${JSON.stringify(errorBody(fault, request))}\n\n`

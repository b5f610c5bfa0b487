import type { Fault, JsonObject } from '../../domain/index.ts'
import { sentence } from '../body/sentence.ts'
import { opened, type TooLong } from '../body/tooLong.ts'

/** The canonical name of an HTTP status. Source: https://ai.google.dev/gemini-api/docs/troubleshooting */
export const statusName = (status: number): string => {
  switch (status) {
    case 401:
      return 'UNAUTHENTICATED'
    case 402:
    case 429:
      return 'RESOURCE_EXHAUSTED'
    case 403:
      return 'PERMISSION_DENIED'
    case 404:
      return 'NOT_FOUND'
    case 408:
    case 504:
      return 'DEADLINE_EXCEEDED'
    case 409:
      return 'ABORTED'
    case 499:
      return 'CANCELLED'
    case 501:
      return 'UNIMPLEMENTED'
    case 502:
    case 503:
    case 529:
      return 'UNAVAILABLE'
    default:
      return status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT'
  }
}

const TYPES = 'type.googleapis.com/google.rpc'

/** What a client's back-off reads, and our code with the request's id, in the dialect's own kinds of detail. */
const detailsOf = (fault: Fault, request: string): readonly JsonObject[] => [
  {
    '@type': `${TYPES}.ErrorInfo`,
    reason: fault.code.toUpperCase(),
    domain: 'causeway',
    metadata: { request, ...(fault.field === null ? {} : { field: fault.field }) },
  },
  ...(fault.after === null
    ? []
    : [{ '@type': `${TYPES}.RetryInfo`, retryDelay: `${Math.ceil(fault.after) / 1000}s` }]),
]

const tooLongWords = (numbers: TooLong | null): string =>
  numbers === null
    ? 'The input token count exceeds the maximum number of tokens allowed'
    : `The input token count (${numbers.tokens}) exceeds the maximum number of tokens allowed (${numbers.most})`

/** `{error: {code, message, status, details}}`; `code` is the HTTP status. */
export const errorBody = (fault: Fault, request: string): JsonObject => ({
  error: {
    code: fault.status,
    message: opened(fault, sentence(fault), tooLongWords),
    status: statusName(fault.status),
    details: detailsOf(fault, request),
  },
})

/** Closes what may be half sent, then the error as the stream's last event. */
export const errorEvent = (fault: Fault, request: string): string =>
  `\n\ndata: ${JSON.stringify(errorBody(fault, request))}\n\n`

import type { Fault, JsonObject } from '../../domain/index.ts'
import { sentence } from '../body/sentence.ts'

const typeOf = (status: number): string => {
  if (status === 401) return 'authentication_error'
  if (status === 402) return 'insufficient_quota'
  if (status === 403) return 'permission_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}

/** `{error: {message, type, param, code}}`; `code` is ours, so that a client can tell our refusals from a vendor's. */
export const errorBody = (fault: Fault): JsonObject => ({
  error: {
    message: sentence(fault),
    type: typeOf(fault.status),
    param: fault.field,
    code: fault.code,
  },
})

/** Closes what may be half sent, then the error as the stream's last event. */
export const errorEvent = (fault: Fault): string => `\n\ndata: ${JSON.stringify(errorBody(fault))}\n\n`

import type { Code, Fault, JsonObject } from '../../domain/index.ts'
import { sentence } from '../body/sentence.ts'
import { opened, type TooLong } from '../body/tooLong.ts'

/**
 * The vendor's own word where it means the very same, for clients act on it: they shorten a history, wait, or give up.
 * Everything else is told by our code, so that a client can tell our refusals from a vendor's; `x-causeway-code` is
 * ours in any case.
 */
const VENDOR_CODES: Readonly<Partial<Record<Code, string>>> = {
  context_too_long: 'context_length_exceeded',
  unauthenticated: 'invalid_api_key',
  unknown_model: 'model_not_found',
  rate_limited: 'rate_limit_exceeded',
  upstream_rate_limited: 'rate_limit_exceeded',
}

/** `error.code` of a fault. */
export const codeOf = ({ code }: Fault): string => VENDOR_CODES[code] ?? code

/** Both of the vendor's sentences where there are no numbers: some clients know the one, some the other. */
const tooLongWords = (numbers: TooLong | null): string =>
  numbers === null
    ? 'Your input exceeds the context window of this model, its maximum context length'
    : `This model's maximum context length is ${numbers.most} tokens. However, your messages resulted in ${numbers.tokens} tokens`

const typeOf = (status: number): string => {
  if (status === 401) return 'authentication_error'
  if (status === 402) return 'insufficient_quota'
  if (status === 403) return 'permission_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}

/** `{error: {message, type, param, code}}`. */
export const errorBody = (fault: Fault): JsonObject => ({
  error: {
    message: opened(fault, sentence(fault), tooLongWords),
    type: typeOf(fault.status),
    param: fault.field,
    code: codeOf(fault),
  },
})

/** Closes what may be half sent, then the error as the stream's last event. */
export const errorEvent = (fault: Fault): string => `\n\ndata: ${JSON.stringify(errorBody(fault))}\n\n`

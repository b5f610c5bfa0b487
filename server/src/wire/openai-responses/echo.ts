import type { Call, Relay } from '../../domain/index.ts'
import { retelling } from '../stream/retell.ts'

/**
 * A relay whose answers say of `store` and `previous_response_id` what is true for the client. The upstream was asked
 * to keep nothing, and was sent the items of earlier answers in place of their id; the answer is kept here unless the
 * client says no.
 */
export const echoing = (inner: Relay, stream: boolean, { json }: Call, previous: string | null): Relay =>
  retelling(inner, stream, {
    truth: new Map<string, string | boolean | null>([
      ['store', json['store'] !== false],
      ['previous_response_id', previous],
    ]),
    holder: 'response',
    once: false,
  })

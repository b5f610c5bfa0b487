import type { Call, Json, Responses } from '../domain/index.ts'
import { outputItems, ownItems, responseIn } from '../wire/index.ts'
import type { Ending } from './client.ts'

const isText = (value: Json | undefined): value is string => typeof value === 'string'

/**
 * Keeps a complete answer of Responses for the key it goes to, unless the client says that it must not be kept. It is
 * on the disk before the client has all of it. Throws CausewayError `responses_unavailable`.
 */
export const keepResponse = (
  responses: Responses,
  principal: string,
  call: Call,
  ending: Ending,
  now: number,
  keep: number,
): void => {
  if (call.dialect !== 'openai-responses' || call.operation !== 'chat') return
  if (ending.type === 'gone' || ending.fault !== null || call.json['store'] === false) return
  const pieces = ending.type === 'whole' ? [ending.body] : ending.rest
  const response = responseIn(pieces, ending.type === 'rest')
  const id = response?.['id']
  if (response === null || !isText(id) || outputItems(response).length === 0) return
  responses.put(principal, { id, created: now, response, input: ownItems(call) }, now + keep)
}

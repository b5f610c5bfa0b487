import type { IncomingMessage, ServerResponse } from 'node:http'
import { CausewayError, type Json, type StoredResponse } from '../domain/index.ts'
import { itemsPage } from '../wire/index.ts'
import { identify } from './identify.ts'
import { type PipelineParts, turnAway } from './pipeline.ts'
import type { StoredAct } from './routes.ts'
import type { Trace } from './trace.ts'

const unknown = (id: string): CausewayError =>
  new CausewayError('unknown_response', `There is no stored answer ${id.slice(0, 80)} of this key.`, {
    field: 'response_id',
  })

const bodyOf = (parts: PipelineParts, principal: string, act: StoredAct, id: string, query: string): Json => {
  if (act === 'delete') {
    if (!parts.responses.remove(principal, id)) throw unknown(id)
    return { id, object: 'response', deleted: true }
  }
  const stored: StoredResponse | null = parts.responses.get(principal, id)
  if (stored === null) throw unknown(id)
  switch (act) {
    case 'get':
      return stored.response
    case 'input-items':
      return itemsPage(stored.input, query)
    case 'cancel':
      throw new CausewayError(
        'invalid_request',
        'Only answers made in the background can be cancelled; this gateway makes none.',
        { field: 'response_id' },
      )
  }
}

/**
 * `GET` and `DELETE /v1/responses/{id}`, `GET …/input_items`, `POST …/cancel`, for the key that the answer was given to.
 * Reading back is no call of a model and is not recorded.
 */
export const answerStored = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  response: ServerResponse,
  { act, id }: { readonly act: StoredAct; readonly id: string },
  query: string,
): Promise<void> => {
  try {
    const principal = identify(request.headers, parts.keyring())
    trace.principal = principal
    const body = JSON.stringify(bodyOf(parts, principal.key, act, id, query))
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-request-id': trace.id,
      'x-causeway-request': trace.id,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  } catch (thrown) {
    const error =
      thrown instanceof CausewayError
        ? thrown
        : new CausewayError('internal', 'The stored answer could not be read.', { cause: thrown })
    await turnAway(parts, trace, response, 'openai-responses', error)
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { CausewayError, type Json } from '../domain/index.ts'
import { itemsPage, outputItems } from '../wire/index.ts'
import { admit } from './admit.ts'
import { chainLimits } from './incoming.ts'
import { type PipelineParts, turnAway } from './pipeline.ts'
import type { StoredAct } from './routes.ts'
import type { Trace } from './trace.ts'

const unknown = (id: string): CausewayError =>
  new CausewayError('unknown_response', `There is no stored answer ${id.slice(0, 80)} of this key.`, {
    field: 'response_id',
  })

/** All that was said before a stored answer, oldest first. */
const inputOf = (parts: PipelineParts, trace: Trace, id: string): readonly Json[] => {
  const chain = parts.responses.chain(trace.principal?.key ?? '', id, chainLimits(trace))
  if (chain === null) throw unknown(id)
  return chain.turns.flatMap(({ input, output }, at) =>
    at === chain.turns.length - 1 ? input : [...input, ...outputItems({ output })],
  )
}

const bodyOf = (parts: PipelineParts, trace: Trace, act: StoredAct, id: string, query: string): Json => {
  const principal = trace.principal?.key ?? ''
  if (act === 'delete') {
    if (!parts.responses.remove(principal, id)) throw unknown(id)
    return { id, object: 'response', deleted: true }
  }
  if (act === 'input-items') return itemsPage(inputOf(parts, trace, id), query)
  const stored = parts.responses.get(principal, id)
  if (stored === null) throw unknown(id)
  if (act === 'get') return stored.response
  throw new CausewayError(
    'invalid_request',
    'Only answers made in the background can be cancelled; this gateway makes none.',
    { field: 'response_id' },
  )
}

/**
 * `GET` and `DELETE /v1/responses/{id}`, `GET …/input_items`, `POST …/cancel`, for the key that the answer was given to.
 * Reading back is no call of a model and is not recorded; it counts against the key's rates like one.
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
    admit(parts, trace, request)
    const body = JSON.stringify(bodyOf(parts, trace, act, id, query))
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

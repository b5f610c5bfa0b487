import type { Call, Json, Kept, Responses, StoredChain } from '../domain/index.ts'
import { outputItems, ownItems, responseIn } from '../wire/index.ts'
import type { Ending } from './client.ts'
import type { Earlier } from './incoming.ts'

const isText = (value: Json | undefined): value is string => typeof value === 'string'

const withoutPseudonyms = (kept: Kept | null): StoredChain['carried'] => {
  if (kept === null) return null
  const { sealed: _, ...carried } = kept
  return carried
}

/**
 * Keeps a complete answer of Responses for the key it goes to, unless the client says that it must not be kept. It is
 * on the disk before the client has all of it. `earlier`: the kept answer that it goes on from; `carried`: what the
 * conversation carried, this call included. Throws CausewayError `responses_unavailable`.
 */
export const keepResponse = (
  responses: Responses,
  principal: string,
  call: Call,
  ending: Ending,
  { earlier, carried }: { readonly earlier: Earlier | null; readonly carried: Kept | null },
  now: number,
  keep: number,
): void => {
  if (call.dialect !== 'openai-responses' || call.operation !== 'chat') return
  if (ending.type === 'gone' || ending.fault !== null || call.json['store'] === false) return
  const pieces = ending.type === 'whole' ? [ending.body] : ending.rest
  const response = responseIn(pieces, ending.type === 'rest')
  const id = response?.['id']
  if (response === null || !isText(id) || outputItems(response).length === 0) return
  responses.put(
    principal,
    {
      id,
      created: now,
      response,
      after: earlier?.end ?? null,
      input: (which) => ownItems(call, which === 'own' ? (earlier?.items ?? 0) : 0),
      carried: withoutPseudonyms(carried),
    },
    now + keep,
  )
}

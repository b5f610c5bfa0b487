/**
 * Responses, the vendor's own and the open one. The gateway keeps answers itself: what is read here holds the
 * whole conversation, and nothing is left with an upstream. Read strictly from clients, leniently from upstreams.
 * Nobody imports it but the room's own index.
 */
import { CausewayError, type DialectWire } from '../../domain/index.ts'
import { conversation } from './conversation.ts'
import { errorBody, errorEvent } from './errors.ts'
import { forward, opaque } from './forward.ts'
import { read } from './read.ts'
import { reader } from './reader.ts'
import { relay } from './relay.ts'
import { revise } from './revise.ts'
import { streamWriter } from './streamWriter.ts'
import { wholeBody } from './wholeBody.ts'
import { write } from './write.ts'

export const openaiResponses: DialectWire = {
  name: 'openai-responses',
  read,
  forward,
  conversation,
  write,
  relay,
  revise,
  reader,
  streamWriter,
  wholeBody,
  errorBody,
  errorEvent,
  keepAlive: ': keep-alive\n',
  path: ({ operation }) => {
    if (operation === 'chat') return '/responses'
    if (operation === 'count') return '/responses/input_tokens'
    throw new CausewayError('cannot_translate', `Responses has no operation "${operation}".`)
  },
  requestIdHeader: 'x-request-id',
  countBody: (tokens) => ({ object: 'response.input_tokens', input_tokens: tokens }),
  opaque,
}

/**
 * Messages, as spoken by its vendor and by several servers of open models, with its token count. Read strictly
 * from clients, leniently from upstreams. Nobody imports it but the room's own index.
 */
import { CausewayError, type DialectWire } from '../../domain/index.ts'
import { conversation } from './conversation.ts'
import { errorBody, errorEvent } from './errors.ts'
import { forward } from './forward.ts'
import { opaque } from './opaque.ts'
import { read } from './read.ts'
import { reader } from './reader.ts'
import { relay } from './relay.ts'
import { revise } from './revise.ts'
import { streamWriter } from './streamWriter.ts'
import { wholeBody } from './wholeBody.ts'
import { write } from './write.ts'

export const anthropicMessages: DialectWire = {
  name: 'anthropic-messages',
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
  keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n',
  path: ({ operation }) => {
    if (operation === 'chat') return '/messages'
    if (operation === 'count') return '/messages/count_tokens'
    throw new CausewayError('cannot_translate', `Messages has no operation "${operation}".`)
  },
  requestIdHeader: 'request-id',
  countBody: (tokens) => ({ input_tokens: tokens }),
  opaque,
}

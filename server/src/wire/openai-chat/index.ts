/**
 * Chat Completions, as spoken by its vendor and by most servers of open models. Read strictly from clients,
 * leniently from upstreams. Nobody imports it but the room's own index.
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

export const openaiChat: DialectWire = {
  name: 'openai-chat',
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
    if (operation === 'chat') return '/chat/completions'
    throw new CausewayError('cannot_translate', `Chat Completions has no operation "${operation}".`)
  },
  requestIdHeader: 'x-request-id',
  countBody: (tokens) => ({ input_tokens: tokens }),
  opaque,
}

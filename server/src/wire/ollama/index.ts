/**
 * Ollama's own API: `/api/chat`, `/api/generate`, `/api/embed` and `/api/embeddings`, as the server speaks it and
 * others that stand in for it. Events are lines of JSON. Paths are relative to the root of the server, not to `/v1`
 * as those of its OpenAI-compatible side are. Nobody imports it but the room's own index.
 */
import { CausewayError, type DialectWire } from '../../domain/index.ts'
import { conversation } from './conversation.ts'
import { errorBody, errorEvent } from './errors.ts'
import { forward } from './forward.ts'
import { read } from './read.ts'
import { reader } from './reader.ts'
import { relay } from './relay.ts'
import { revise } from './revise.ts'
import { chatPath, embedPath } from './shape.ts'
import { streamWriter } from './streamWriter.ts'
import { wholeBody } from './wholeBody.ts'
import { write } from './write.ts'

export const ollama: DialectWire = {
  name: 'ollama',
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
  // A line that says nothing would be read as an answer without words, and an empty one as no JSON.
  keepAlive: '',
  path: ({ operation, source }) => {
    if (operation === 'chat') return chatPath(source)
    if (operation === 'embed') return embedPath(source)
    throw new CausewayError('cannot_translate', `Ollama has no operation "${operation}".`)
  },
  requestIdHeader: 'x-request-id',
  countBody: (tokens) => ({ prompt_eval_count: tokens }),
  opaque: () => [],
}

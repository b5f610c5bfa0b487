/**
 * Gemini's generateContent, streamed or not, with its token count and embeddings. Model and action stand in the
 * path. Read strictly from clients, leniently from upstreams. Nobody imports it but the room's own index.
 */
import { CausewayError, type DialectWire } from '../../domain/index.ts'
import { scanJson } from '../../lib/index.ts'
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

export { type ArrayFraming, arrayFraming } from './framing.ts'
export { geminiModel, geminiModels } from './models.ts'
export { openApiSchema } from './schema.ts'

const isBatch = (source: string): boolean =>
  scanJson(source, { depth: Number.POSITIVE_INFINITY }).members.some(({ key }) => key === 'requests')

/** A stream is always asked for as events; who did not ask for them gets them as an array. */
const path: DialectWire['path'] = ({ operation, stream, source }, model) => {
  const name = `/models/${encodeURIComponent(model)}`
  switch (operation) {
    case 'chat':
      return stream ? `${name}:streamGenerateContent?alt=sse` : `${name}:generateContent`
    case 'count':
      return `${name}:countTokens`
    case 'embed':
      return isBatch(source) ? `${name}:batchEmbedContents` : `${name}:embedContent`
    default:
      throw new CausewayError('cannot_translate', `Gemini has no operation "${operation}".`)
  }
}

export const gemini: DialectWire = {
  name: 'gemini',
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
  path,
  requestIdHeader: 'x-request-id',
  countBody: (tokens) => ({ totalTokens: tokens }),
  opaque,
}

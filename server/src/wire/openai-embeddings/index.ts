/**
 * Embeddings, as spoken by its vendor and by most servers of open models. Nothing else is like it, so it is
 * forwarded and relayed in its own dialect only. Nobody imports it but the room's own index.
 */
import {
  type Arrival,
  type Call,
  CausewayError,
  type DialectWire,
  type Json,
  type JsonObject,
  type ReadLimits,
  type ReplyEvent,
  type ReplyReader,
} from '../../domain/index.ts'
import { callOf } from '../body/call.ts'
import { invalid, isList, positiveInteger, requiredText, text } from '../body/fields.ts'
import { forwardBody } from '../body/forward.ts'
import { MediaFinder } from '../body/media.ts'
import { openBody } from '../body/open.ts'
import { errorBody, errorEvent } from '../openai-chat/errors.ts'
import { bodyRelay, faultIn, usageIn } from '../openai-chat/relay.ts'
import { ReplySource, WholeReader } from '../stream/reader.ts'

const isTokens = (value: Json): value is readonly number[] =>
  isList(value) && value.length > 0 && value.every((token) => typeof token === 'number')

/** Token ids are text that nobody but the vendor's tokenizer can read. They count as unread, and as themselves. */
const checkInput = (json: JsonObject, media: MediaFinder): number | undefined => {
  const input = json['input']
  if (input === undefined || input === null) throw invalid('input', 'is missing')
  if (typeof input === 'string') return undefined
  if (!isList(input) || input.length === 0) throw invalid('input', 'must be a string or a filled array')
  if (isTokens(input)) return tokensFound('input', input.length, media)
  if (input.every((item) => typeof item === 'string')) return undefined
  let tokens = 0
  input.forEach((item, index) => {
    if (!isTokens(item))
      throw invalid(`input[${index}]`, 'must be of one kind: all strings or all arrays of token ids')
    tokens += tokensFound(`input[${index}]`, item.length, media)
  })
  return tokens
}

const tokensFound = (path: string, tokens: number, media: MediaFinder): number => {
  media.found.push({ path, type: 'file', mime: 'application/x-token-ids', remote: false })
  return tokens
}

const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { json } = opened
  const model = requiredText(json, 'model')
  const media = new MediaFinder()
  const inputTokens = checkInput(json, media)
  text(json, 'encoding_format')
  positiveInteger(json, 'dimensions')
  text(json, 'user')
  const facts = {
    dialect: 'openai-embeddings' as const,
    model,
    stream: false,
    wantsUsage: true,
    tools: false,
    structured: false,
    outputTokens: 0,
    headers: [],
    ...(inputTokens === undefined ? {} : { inputTokens }),
  }
  return callOf(arrival, opened, facts, media)
}

const noCounterpart = (): never => {
  throw new CausewayError('cannot_translate', 'Embeddings cannot be carried over to another dialect.')
}

class EmbeddingsSource extends ReplySource {
  event(): void {
    this.fail('embeddings are not streamed', null, 'stream')
  }

  whole(json: JsonObject): void {
    const fault = faultIn(json)
    if (fault !== null) {
      this.fail(fault.message, fault.status, JSON.stringify(json).slice(0, 2000))
      return
    }
    const model = json['model']
    this.start(null, typeof model === 'string' ? model : null)
    this.usage = usageIn(json)
    this.unmapped('data')
    this.finish({ type: 'end', reason: 'stop', native: null, stopSequence: null })
  }
}

const reader = (_options: { readonly stream: boolean }, emit: (event: ReplyEvent) => void): ReplyReader =>
  new WholeReader(new EmbeddingsSource(emit))

export const openaiEmbeddings: DialectWire = {
  name: 'openai-embeddings',
  read,
  forward: (call, options) =>
    forwardBody(call, options, {
      set: new Map(),
      turn: () => ({ start: false, pinned: false }),
      maxTokens: [],
      leaveOut: null,
    }),
  conversation: noCounterpart,
  write: noCounterpart,
  relay: bodyRelay,
  // Vectors hold no text.
  revise: () => ({ push: (chunk) => [chunk], end: () => [] }),
  reader,
  streamWriter: noCounterpart,
  wholeBody: noCounterpart,
  errorBody,
  errorEvent,
  keepAlive: ': keep-alive\n',
  path: ({ operation }) => {
    if (operation === 'embed') return '/embeddings'
    throw new CausewayError('cannot_translate', `Embeddings have no operation "${operation}".`)
  },
  requestIdHeader: 'x-request-id',
  countBody: (tokens) => ({ input_tokens: tokens }),
  opaque: () => [],
}

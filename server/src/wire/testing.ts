import {
  type AnswerOptions,
  type Call,
  CausewayError,
  type Dialect,
  type Fault,
  type Forward,
  type Json,
  type JsonObject,
  type Operation,
  PLAIN_QUIRKS,
  type Quirks,
  type Relay,
  type ReplyEvent,
  type WriteOptions,
  type Written,
} from '../domain/index.ts'
import { upstreamWireOf, wireOf } from './index.ts'

/* What the tests of this room share. No test of another room needs it. */

export const LIMITS = { bodyBytes: 1024 * 1024, depth: 64, messages: 50 }

const operationOf = (dialect: Dialect): Operation => (dialect === 'openai-embeddings' ? 'embed' : 'chat')

export const readText = (
  dialect: Dialect,
  source: string | Uint8Array,
  operation = operationOf(dialect),
): Call =>
  wireOf(dialect).read(
    typeof source === 'string' ? Buffer.from(source) : source,
    {
      id: 'cw_test',
      operation,
      headers: { 'anthropic-version': '2023-06-01', 'x-api-key': 'sk-secret' },
      ...(dialect === 'gemini' ? { path: { model: 'm', action: 'generateContent', query: '' } } : {}),
    },
    LIMITS,
  )

export const readJson = (dialect: Dialect, json: JsonObject): Call => readText(dialect, JSON.stringify(json))

/** The fault that an act throws; fails where it throws none, or another error. */
export const faultOfAct = (act: () => unknown): Fault => {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof CausewayError) return thrown.fault
    throw thrown
  }
  throw new Error('nothing was thrown')
}

export const WRITE: WriteOptions = {
  model: 'target-model',
  fit: null,
  askUsage: true,
  maxTokens: 4096,
  quirks: {
    ...PLAIN_QUIRKS,
    maxTokensField: 'max_completion_tokens',
    developerRole: true,
    unsupported: ['top_k', 'min_p'],
    encryptedReasoning: true,
  },
}

/** The quirks of `WRITE` with some of them changed. */
export const quirked = (more: Partial<Quirks>): Partial<WriteOptions> => ({
  quirks: { ...WRITE.quirks, ...more },
})

/** Nothing but the model changes, where the client says `max_tokens` or no limit at all. */
export const FORWARD: Forward = {
  model: 'target "x"',
  askUsage: false,
  fit: null,
  foreign: new Set(),
  quirks: { ...PLAIN_QUIRKS, developerRole: true },
}

const SMALLEST: Readonly<Partial<Record<Dialect, JsonObject>>> = {
  'openai-chat': { model: 'm', messages: [{ role: 'user', content: 'Hello' }] },
  'openai-responses': { model: 'm', input: 'Hello' },
  'anthropic-messages': { model: 'm', max_tokens: 2000, messages: [{ role: 'user', content: 'Hello' }] },
  gemini: { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] },
  ollama: { model: 'm', messages: [{ role: 'user', content: 'Hello' }] },
}

/** The smallest request of a dialect that clients speak, with more said. */
export const asking = (dialect: Dialect, more: JsonObject = {}): JsonObject => ({
  ...SMALLEST[dialect],
  ...more,
})

/** What a writer of answers is given when a client of this dialect asked for a stream. */
export const answering = (dialect: Dialect, wantsUsage = true, more: JsonObject = {}): AnswerOptions => ({
  model: 'asked',
  id: 'cw_test',
  created: 1,
  call: { ...readJson(dialect, asking(dialect, more)), wantsUsage },
})

/** A request of one dialect as the other's body, parsed. */
export const translate = (
  from: Dialect,
  json: JsonObject,
  options: Partial<WriteOptions> = {},
  to: Dialect = from === 'openai-chat' ? 'anthropic-messages' : 'openai-chat',
): { readonly body: Record<string, Json>; readonly text: string; readonly dropped: readonly string[] } => {
  const written: Written = upstreamWireOf(to).write(wireOf(from).conversation(readJson(from, json)), {
    ...WRITE,
    ...options,
  })
  return { body: JSON.parse(written.body), text: written.body, dropped: written.dropped }
}

export const chat = (more: JsonObject): JsonObject => ({
  model: 'm',
  messages: [{ role: 'user', content: 'Hello' }],
  ...more,
})

export const messages = (more: JsonObject): JsonObject => ({
  model: 'm',
  max_tokens: 2000,
  messages: [{ role: 'user', content: 'Hello' }],
  ...more,
})

/** Chunks as Chat Completions frames them, with its end. */
export const chatStream = (chunks: readonly Json[]): string =>
  `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`

/** Events as Messages frames them. */
export const messagesStream = (events: readonly JsonObject[]): string =>
  events.map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`).join('')

export const delta = (change: JsonObject, finish: string | null = null): JsonObject => ({
  id: 'chatcmpl-1',
  model: 'up',
  choices: [{ index: 0, delta: change, finish_reason: finish }],
})

export const readReply = (
  dialect: Dialect,
  chunks: readonly (string | Uint8Array)[],
  stream = true,
): ReplyEvent[] => {
  const events: ReplyEvent[] = []
  const reader = upstreamWireOf(dialect).reader({ stream }, (event) => events.push(event))
  for (const chunk of chunks) reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  reader.end()
  return events
}

/** Neighbouring deltas of one kind joined and what carried a signature left out, so that only what was said is compared, not how. */
export const joined = (events: readonly ReplyEvent[]): ReplyEvent[] => {
  const out: ReplyEvent[] = []
  for (const event of events) {
    const last = out.at(-1)
    if (last?.type === 'text' && event.type === 'text')
      out[out.length - 1] = { ...last, delta: last.delta + event.delta }
    else if (last?.type === 'reasoning' && event.type === 'reasoning')
      out[out.length - 1] = { ...last, delta: last.delta + event.delta }
    else if (
      last?.type === 'tool' &&
      event.type === 'tool' &&
      last.index === event.index &&
      event.id === null
    )
      out[out.length - 1] = { ...last, delta: last.delta + event.delta }
    else out.push(event.type === 'signature' ? { ...event, raw: null } : event)
  }
  return out
}

/** A signature of Messages, as `joined` leaves it. */
export const sealed = (value: string, redacted = false): ReplyEvent => ({
  type: 'signature',
  value,
  redacted,
  dialect: 'anthropic-messages',
  tool: null,
  raw: null,
})

export const terminals = (events: readonly ReplyEvent[]): readonly ReplyEvent[] =>
  events.filter((event) => event.type === 'end' || event.type === 'error')

/** A stream in one dialect written in the other. */
export const retell = (from: Dialect, source: string, wantsUsage = true): string => {
  const to: Dialect = from === 'openai-chat' ? 'anthropic-messages' : 'openai-chat'
  const writer = wireOf(to).streamWriter(answering(to, wantsUsage))
  return readReply(from, [source])
    .map((event) => writer.write(event))
    .join('')
}

/** The data of each event of a stream, parsed; `[DONE]` as a string. */
export const frames = (stream: string): JsonObject[] =>
  stream
    .split('\n\n')
    .flatMap((frame) => frame.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => line.slice('data: '.length))
    .map((data) => (data === '[DONE]' ? { done: true } : JSON.parse(data)))

export const relayed = (
  relay: Relay,
  chunks: readonly Uint8Array[],
): { readonly during: string; readonly rest: string; readonly complete: boolean } => {
  const during: Uint8Array[] = []
  for (const chunk of chunks) {
    const out = relay.push(chunk)
    if (out instanceof Uint8Array) during.push(out)
    else during.push(...out)
  }
  const { rest, complete } = relay.end()
  return { during: Buffer.concat(during).toString(), rest: Buffer.concat(rest).toString(), complete }
}

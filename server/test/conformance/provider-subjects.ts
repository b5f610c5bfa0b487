import type { Call, Dialect, Operation, Payload, Target } from '../../src/domain/index.ts'
import type { Preset } from '../../src/providers/index.ts'

/* What the suite asks every provider, and what it expects of those whose doors are not all in one place. */

/** Options without which a target of these is nowhere, as a configuration would state them. */
export const OPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  azure: { resource: 'res' },
  vertex: { project: 'proj', location: 'europe-west4' },
  bedrock: { region: 'eu-central-1' },
}

/** A model that is spoken to in this dialect, where not all are. */
const MODELS: Readonly<Record<string, Readonly<Partial<Record<Dialect, string>>>>> = {
  vertex: { 'anthropic-messages': 'claude-x', 'openai-chat': 'm', gemini: 'm' },
  bedrock: { 'openai-chat': 'openai.m', 'bedrock-converse': 'eu.maker.m-v1:0' },
}

const modelFor = (provider: Preset, dialect: Dialect): string => MODELS[provider.name]?.[dialect] ?? 'm'

/** A target as configuration resolves it. */
export const targetOf = (
  provider: Preset,
  dialect: Dialect = provider.dialects[0] ?? 'openai-chat',
  more: Readonly<Record<string, unknown>> = {},
): Target => {
  const options = { ...OPTIONS[provider.name], ...more }
  const model = modelFor(provider, dialect)
  const url = provider.url === null && OPTIONS[provider.name] === undefined ? 'http://127.0.0.1:9/v1' : null
  const located = provider.locate({ url, model, region: null, options })
  return {
    name: 'it',
    provider: provider.name,
    url: located.url ?? 'nowhere',
    model,
    side: provider.sides[0] ?? 'closed',
    dialects: located.dialects,
    operations: located.operations,
    addresses: [],
    credential: 'env:SOME_KEY',
    region: located.region,
    jurisdiction: null,
    tenancy: null,
    openness: null,
    license: null,
    agreements: [],
    context: null,
    fit: 'refuse',
    ...provider.capabilities,
    quality: null,
    price: null,
    passthrough: true,
    simulated: false,
    timeouts: { connect: 1, firstByte: 1, idle: 1 },
    options: provider.options(options),
  }
}

export const callOf = (
  operation: Operation,
  dialect: Dialect,
  stream = false,
  more: Partial<Call> = {},
): Call => ({
  id: 'cw_0',
  operation,
  dialect,
  source: '{}',
  json: {},
  model: 'auto',
  modelSpan: [0, 0],
  framing: 'sse',
  payload: null,
  verbatim: null,
  stream,
  wantsUsage: false,
  media: [],
  needs: {
    tools: false,
    images: false,
    audio: false,
    files: false,
    structured: false,
    inputTokens: 1,
    outputTokens: 0,
  },
  dialectHeaders: { 'anthropic-version': '2024-01-01', 'anthropic-beta': 'one,two' },
  ...more,
})

export const FORM: Payload = {
  type: 'multipart/form-data; boundary=b',
  bytes: new TextEncoder().encode('--b--'),
  rest: null,
}

/** A question of one kind: its dialect's own path, whole and streamed, and what it accepts streamed. */
export interface Question {
  readonly operation: Operation
  readonly dialect: Dialect
  readonly path: string
  readonly streamed: string
  readonly accepts: string
  /** What the client wrote, where the path follows from it. */
  readonly source: string
}

const SSE = 'text/event-stream'
const ask = (
  operation: Operation,
  dialect: Dialect,
  path: string,
  more: Partial<Question> = {},
): Question => ({ operation, dialect, path, streamed: path, accepts: SSE, source: '{}', ...more })

export const QUESTIONS: readonly Question[] = [
  ask('chat', 'openai-chat', '/chat/completions'),
  ask('chat', 'openai-responses', '/responses'),
  ask('chat', 'anthropic-messages', '/messages'),
  ask('count', 'anthropic-messages', '/messages/count_tokens'),
  ask('chat', 'gemini', '/models/m:generateContent', { streamed: '/models/m:streamGenerateContent?alt=sse' }),
  ask('count', 'gemini', '/models/m:countTokens'),
  ask('embed', 'gemini', '/models/m:embedContent'),
  ask('chat', 'bedrock-converse', '/model/eu.maker.m-v1%3A0/converse', {
    streamed: '/model/eu.maker.m-v1%3A0/converse-stream',
    accepts: 'application/vnd.amazon.eventstream',
  }),
  ask('embed', 'gemini', '/models/m:batchEmbedContents', { source: '{"requests":[]}' }),
  ask('chat', 'ollama', '/api/chat', { accepts: 'application/x-ndjson', source: '{"messages":[]}' }),
  ask('chat', 'ollama', '/api/generate', { accepts: 'application/x-ndjson', source: '{"prompt":""}' }),
  ask('embed', 'ollama', '/api/embed', { accepts: 'application/x-ndjson', source: '{"input":""}' }),
  ask('complete', 'openai-completions', '/completions'),
  ask('complete', 'mistral-fim', '/fim/completions'),
  ask('embed', 'openai-embeddings', '/embeddings'),
  ask('image', 'openai-images', '/images/generations'),
  ask('speech', 'openai-audio', '/audio/speech', { accepts: '*/*' }),
  ask('transcribe', 'openai-audio', '/audio/transcriptions', { accepts: '*/*' }),
]

/** Operations of its dialects that an upstream is known to lack; whatever else its dialects have it must offer. */
export const LACKS: Readonly<Record<string, readonly Operation[]>> = {
  openrouter: ['count'],
  deepseek: ['count'],
  vllm: ['speech'],
  ollama: ['count'],
  lmstudio: ['count'],
  sglang: ['count'],
  localai: ['count'],
  vertex: ['embed'],
}

const VERTEX = 'https://europe-west4-aiplatform.googleapis.com/v1/projects/proj/locations/europe-west4'
const GOOGLE = 'https://generativelanguage.googleapis.com/v1beta'
const BEDROCK = 'https://bedrock-runtime.eu-central-1.amazonaws.com'

type Address = (path: string, question: Question) => string

/** The whole address, for those whose doors are not simply the url and the dialect's path. */
const ADDRESSES: Readonly<Record<string, Address>> = {
  azure: (path) => `https://res.openai.azure.com/openai/v1${path}`,
  gemini: (path, { dialect }) => `${GOOGLE}${dialect === 'gemini' ? '' : '/openai'}${path}`,
  vertex: (path, { dialect, operation, streamed }) => {
    if (dialect === 'openai-chat') return `${VERTEX}/endpoints/openapi${path}`
    if (dialect === 'gemini') return `${VERTEX}/publishers/google${path}`
    if (operation === 'count') return `${VERTEX}/publishers/anthropic/models/count-tokens:rawPredict`
    return `${VERTEX}/publishers/anthropic/models/claude-x:${path === streamed ? 'streamRawPredict' : 'rawPredict'}`
  },
  bedrock: (path, { dialect }) => `${BEDROCK}${dialect === 'openai-chat' ? '/openai/v1' : ''}${path}`,
  deepseek: (path, { dialect }) => {
    if (dialect === 'anthropic-messages') return `https://api.deepseek.com/anthropic/v1${path}`
    return `https://api.deepseek.com${dialect === 'openai-completions' ? '/beta' : ''}${path}`
  },
  ollama: (path, { dialect }) => `http://127.0.0.1:11434${dialect === 'ollama' ? '' : '/v1'}${path}`,
}

/** Where a question must end up. */
export const addressOf = (provider: Preset, question: Question, stream: boolean): string => {
  // Where a dialect has one path for both, the suite's own stream flag tells the two apart.
  const whole = { ...question, streamed: stream ? question.path : `${question.path}#` }
  const path = stream ? question.streamed : question.path
  const special = ADDRESSES[provider.name]
  if (special === undefined) return `${provider.url ?? 'http://127.0.0.1:9/v1'}${path}`
  return provider.name === 'vertex' && question.dialect === 'anthropic-messages'
    ? special(path, whole)
    : special(path, question)
}

export const BODY = '{"model":"m", "a":1}'

/** The body as it must leave, for the one that wants some of it otherwise. */
export const bodyFor = (provider: Preset, { dialect, operation }: Question): string => {
  if (provider.name !== 'vertex' || dialect === 'gemini') return BODY
  if (dialect === 'openai-chat') return '{"model":"google/m", "a":1}'
  const version = '"anthropic_version":"vertex-2023-10-16"'
  return operation === 'count' ? `{"model":"m", "a":1,${version}}` : `{"a":1,${version}}`
}

import type { Arrival, Dialect, Operation } from '../domain/index.ts'

/** A call of a model: in which dialect, for what, and what its path says beyond that. */
export interface CallRoute {
  readonly type: 'call'
  readonly dialect: Dialect
  readonly operation: Operation
  readonly path?: NonNullable<Arrival['path']>
}

/** To a target that the path names, to be repeated there as it is. */
export interface PassthroughRoute {
  readonly type: 'passthrough'
  readonly target: string
  /** What stands behind the target's name, with its slash; not yet checked. */
  readonly rest: string
}

/** What is asked of a stored answer. */
export type StoredAct = 'get' | 'delete' | 'input-items' | 'cancel'

/** What a method and path mean. */
export type Destination =
  | CallRoute
  | PassthroughRoute
  | { readonly type: 'models'; readonly id: string | null; readonly dialect: Dialect | null }
  | { readonly type: 'ollama'; readonly act: 'version' | 'show' }
  | { readonly type: 'stored'; readonly act: StoredAct; readonly id: string }
  | { readonly type: 'presidio'; readonly act: PresidioAct }
  | { readonly type: 'health' | 'ready' | 'metrics' | 'greeting' }
  | { readonly type: 'wrong-method'; readonly allow: string; readonly dialect: Dialect }
  | { readonly type: 'unknown'; readonly dialect: Dialect | null }

/** What can be asked in Presidio's REST shape. */
export type PresidioAct =
  | 'analyze'
  | 'anonymize'
  | 'deanonymize'
  | 'supportedentities'
  | 'recognizers'
  | 'anonymizers'
  | 'deanonymizers'
  | 'health'

const PRESIDIO: Readonly<Record<string, { readonly act: PresidioAct; readonly posts: boolean }>> = {
  '/analyze': { act: 'analyze', posts: true },
  '/anonymize': { act: 'anonymize', posts: true },
  '/deanonymize': { act: 'deanonymize', posts: true },
  '/supportedentities': { act: 'supportedentities', posts: false },
  '/recognizers': { act: 'recognizers', posts: false },
  '/anonymizers': { act: 'anonymizers', posts: false },
  '/deanonymizers': { act: 'deanonymizers', posts: false },
}

const presidioOf = (path: string): { readonly act: PresidioAct; readonly posts: boolean } | undefined =>
  path === '/presidio/health'
    ? { act: 'health', posts: false }
    : PRESIDIO[path.startsWith('/presidio/') ? path.slice('/presidio'.length) : path]

type Plain = Omit<CallRoute, 'type'>

const acting = (dialect: Dialect, operation: Operation, action: string): Plain => ({
  dialect,
  operation,
  path: { model: null, action, query: '' },
})

const CALLS: Readonly<Record<string, Plain>> = {
  '/v1/chat/completions': { dialect: 'openai-chat', operation: 'chat' },
  '/v1/responses': { dialect: 'openai-responses', operation: 'chat' },
  '/v1/messages': { dialect: 'anthropic-messages', operation: 'chat' },
  '/v1/messages/count_tokens': { dialect: 'anthropic-messages', operation: 'count' },
  '/v1/responses/input_tokens': { dialect: 'openai-responses', operation: 'count' },
  '/v1/embeddings': { dialect: 'openai-embeddings', operation: 'embed' },
  '/v1/completions': { dialect: 'openai-completions', operation: 'complete' },
  '/v1/fim/completions': { dialect: 'mistral-fim', operation: 'complete' },
  '/v1/images/generations': { dialect: 'openai-images', operation: 'image' },
  '/v1/audio/speech': { dialect: 'openai-audio', operation: 'speech' },
  '/v1/audio/transcriptions': { dialect: 'openai-audio', operation: 'transcribe' },
  '/api/chat': acting('ollama', 'chat', 'chat'),
  '/api/generate': acting('ollama', 'chat', 'generate'),
  '/api/embed': acting('ollama', 'embed', 'embed'),
}

/** `models/NAME:ACTION`; a model's name may hold slashes and colons. */
const GEMINI = /^\/(?:v1beta|v1)\/(?:models|tunedModels)\/([^:?]+(?::[^:?]+)*):([A-Za-z]+)$/
const GEMINI_ACTIONS: Readonly<Record<string, Operation>> = {
  generateContent: 'chat',
  streamGenerateContent: 'chat',
  countTokens: 'count',
  embedContent: 'embed',
  batchEmbedContents: 'embed',
}

const STORED = /^\/v1\/responses\/([^/]+)(?:\/(input_items|cancel))?$/

const OPEN: Readonly<Record<string, 'health' | 'ready' | 'metrics' | 'greeting'>> = {
  '/healthz': 'health',
  '/readyz': 'ready',
  '/metrics': 'metrics',
  '/': 'greeting',
}

/** For the message of a 404. */
export const PATHS: readonly string[] = [
  ...Object.keys(CALLS),
  '/v1/responses/{id}',
  '/v1beta/models/{model}:generateContent',
  '/v1/models',
  '/v1beta/models',
  '/api/tags',
  '/passthrough/{target}/…',
  ...Object.keys(PRESIDIO),
  ...Object.keys(OPEN).filter((path) => path !== '/'),
]

const MOUNTS: readonly string[] = ['/openai', '/anthropic', '/gemini', '/ollama']

const unmounted = (path: string): string => {
  const mount = MOUNTS.find((name) => path.startsWith(`${name}/`))
  return mount === undefined ? path : path.slice(mount.length)
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Whose error shape a client of this path reads; null where the path does not say. */
const dialectOf = (path: string, plain: string): Dialect | null => {
  if (path.startsWith('/anthropic/') || plain.startsWith('/v1/messages')) return 'anthropic-messages'
  if (path.startsWith('/gemini/') || plain.startsWith('/v1beta/')) return 'gemini'
  if (path.startsWith('/ollama/') || plain.startsWith('/api/')) return 'ollama'
  return plain.startsWith('/v1/responses') ? 'openai-responses' : null
}

const geminiCall = (plain: string, query: string): CallRoute | null => {
  const [, named, action = ''] = GEMINI.exec(plain) ?? []
  const model = named === undefined ? null : decoded(named)
  const operation = Object.hasOwn(GEMINI_ACTIONS, action) ? GEMINI_ACTIONS[action] : undefined
  if (model === null || operation === undefined) return null
  return { type: 'call', dialect: 'gemini', operation, path: { model, action, query } }
}

const passthroughOf = (path: string): PassthroughRoute | null => {
  const [, named, rest = ''] = /^\/passthrough\/([^/]+)(\/.*)?$/s.exec(path) ?? []
  const target = named === undefined ? null : decoded(named)
  return target === null ? null : { type: 'passthrough', target, rest: rest === '' ? '/' : rest }
}

const storedOf = (method: string, plain: string): Destination | null => {
  const [, named, what] = STORED.exec(plain) ?? []
  const id = named === undefined ? null : decoded(named)
  if (id === null) return null
  const wrong = (allow: string): Destination => ({ type: 'wrong-method', allow, dialect: 'openai-responses' })
  if (what === 'cancel') return method === 'POST' ? { type: 'stored', act: 'cancel', id } : wrong('POST')
  const reading = method === 'GET' || method === 'HEAD'
  if (what === 'input_items') return reading ? { type: 'stored', act: 'input-items', id } : wrong('GET, HEAD')
  if (method === 'DELETE') return { type: 'stored', act: 'delete', id }
  return reading ? { type: 'stored', act: 'get', id } : wrong('GET, HEAD, DELETE')
}

/** Lists of models in the shapes of the dialects; a list under `/v1` shows itself by the client's headers. */
const modelsOf = (plain: string): Destination | null => {
  if (plain === '/v1/models') return { type: 'models', id: null, dialect: null }
  if (plain === '/v1beta/models') return { type: 'models', id: null, dialect: 'gemini' }
  if (plain === '/api/tags') return { type: 'models', id: null, dialect: 'ollama' }
  for (const [start, dialect] of [
    ['/v1/models/', null],
    ['/v1beta/models/', 'gemini'],
  ] as const) {
    const id = plain.startsWith(start) ? decoded(plain.slice(start.length)) : null
    if (id !== null) return { type: 'models', id, dialect }
  }
  return null
}

const ollamaOf = (method: string, plain: string): Destination | null => {
  if (plain === '/api/version') return { type: 'ollama', act: 'version' }
  if (plain !== '/api/show') return null
  return method === 'POST'
    ? { type: 'ollama', act: 'show' }
    : { type: 'wrong-method', allow: 'POST', dialect: 'ollama' }
}

/** `path` without query. The plain paths, and the same under the mounts of the dialects. */
export const destinationOf = (method: string, path: string, query: string = ''): Destination => {
  const plain = unmounted(path)
  const said = dialectOf(path, plain)
  const dialect = said ?? 'openai-chat'
  const known = Object.hasOwn(CALLS, plain) ? CALLS[plain] : undefined
  const call: CallRoute | null = known === undefined ? geminiCall(plain, query) : { type: 'call', ...known }
  if (call !== null) {
    return method === 'POST' ? call : { type: 'wrong-method', allow: 'POST', dialect: call.dialect }
  }
  const passthrough = passthroughOf(path)
  if (passthrough !== null) return passthrough
  const reading = method === 'GET' || method === 'HEAD'
  const presidio = presidioOf(path)
  if (presidio !== undefined) {
    if (presidio.posts ? method === 'POST' : reading) return { type: 'presidio', act: presidio.act }
    return { type: 'wrong-method', allow: presidio.posts ? 'POST' : 'GET, HEAD', dialect }
  }
  const open = OPEN[plain]
  if (open !== undefined)
    return reading ? { type: open } : { type: 'wrong-method', allow: 'GET, HEAD', dialect }
  const other = storedOf(method, plain) ?? ollamaOf(method, plain)
  if (other !== null) return other
  const models = modelsOf(plain)
  if (models === null) return { type: 'unknown', dialect: said }
  return reading ? models : { type: 'wrong-method', allow: 'GET, HEAD', dialect }
}

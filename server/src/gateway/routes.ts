import type { Dialect, Operation } from '../domain/index.ts'

/** What a method and path mean. */
export type Destination =
  | { readonly type: 'call'; readonly dialect: Dialect; readonly operation: Operation }
  | { readonly type: 'models'; readonly id: string | null }
  | { readonly type: 'presidio'; readonly act: PresidioAct }
  | { readonly type: 'health' | 'ready' | 'metrics' | 'greeting' }
  | { readonly type: 'wrong-method'; readonly allow: string; readonly dialect: Dialect }
  | { readonly type: 'unknown'; readonly dialect: Dialect }

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

const CALLS: Readonly<Record<string, { readonly dialect: Dialect; readonly operation: Operation }>> = {
  '/v1/chat/completions': { dialect: 'openai-chat', operation: 'chat' },
  '/v1/embeddings': { dialect: 'openai-embeddings', operation: 'embed' },
  '/v1/messages': { dialect: 'anthropic-messages', operation: 'chat' },
  '/v1/messages/count_tokens': { dialect: 'anthropic-messages', operation: 'count' },
}

const OPEN: Readonly<Record<string, 'health' | 'ready' | 'metrics' | 'greeting'>> = {
  '/healthz': 'health',
  '/readyz': 'ready',
  '/metrics': 'metrics',
  '/': 'greeting',
}

/** For the message of a 404. */
export const PATHS: readonly string[] = [
  ...Object.keys(CALLS),
  '/v1/models',
  ...Object.keys(PRESIDIO),
  ...Object.keys(OPEN).filter((path) => path !== '/'),
]

const unmounted = (path: string): string =>
  path.startsWith('/openai/')
    ? path.slice('/openai'.length)
    : path.startsWith('/anthropic/')
      ? path.slice('/anthropic'.length)
      : path

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** `path` without query. The plain paths and the same under `/openai` and `/anthropic`. */
export const destinationOf = (method: string, path: string): Destination => {
  const plain = unmounted(path)
  const call = CALLS[plain]
  if (call !== undefined) {
    return method === 'POST'
      ? { type: 'call', ...call }
      : { type: 'wrong-method', allow: 'POST', dialect: call.dialect }
  }
  const dialect: Dialect =
    path.startsWith('/anthropic/') || plain.startsWith('/v1/messages') ? 'anthropic-messages' : 'openai-chat'
  const reading = method === 'GET' || method === 'HEAD'
  const presidio = presidioOf(path)
  if (presidio !== undefined) {
    if (presidio.posts ? method === 'POST' : reading) return { type: 'presidio', act: presidio.act }
    return { type: 'wrong-method', allow: presidio.posts ? 'POST' : 'GET, HEAD', dialect }
  }
  const open = OPEN[plain]
  if (open !== undefined)
    return reading ? { type: open } : { type: 'wrong-method', allow: 'GET, HEAD', dialect }
  if (plain === '/v1/models' || plain.startsWith('/v1/models/')) {
    if (!reading) return { type: 'wrong-method', allow: 'GET, HEAD', dialect }
    if (plain === '/v1/models') return { type: 'models', id: null }
    const id = decoded(plain.slice('/v1/models/'.length))
    return id === null ? { type: 'unknown', dialect } : { type: 'models', id }
  }
  return { type: 'unknown', dialect }
}

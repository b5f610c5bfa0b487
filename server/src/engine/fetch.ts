import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { rootCertificates } from 'node:tls'
import { EngineError, reasonOf } from './errors.ts'

/** Whom the engine may ask, and how this machine reaches them. */
export interface DoorSettings {
  /** The configured hub and package indexes; only their origins count. Nothing else is ever asked first. */
  readonly peers: readonly URL[]
  /** Read for HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A proxy that overrides the environment's. */
  readonly proxy?: string | null
  /** PEM file of further authorities. */
  readonly certificates?: string | null
  /** Host names whose certificate is not checked, because the user's pip settings say so. Contents are pinned. */
  readonly unverifiedHosts?: readonly string[]
  /** Milliseconds without a byte after which a connection is given up. */
  readonly idleTimeout?: number
}

export interface AskOptions {
  readonly accept?: string
  /** First byte wanted. */
  readonly from?: number
  /** The page of a peer that named this address; it may then lie on another host, by https only. */
  readonly namedBy?: URL
  readonly signal?: AbortSignal | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: http.IncomingMessage
  /** After redirects, without credentials. */
  readonly url: URL
}

export interface Door {
  ask(url: URL, options?: AskOptions): Promise<Answer>
  /** The whole body as text; `limit` in bytes. */
  text(url: URL, options?: AskOptions, limit?: number): Promise<{ text: string; type: string; url: URL }>
  close(): void
}

const REDIRECTS = 5
const IDLE_MILLISECONDS = 30_000
const PAGE_LIMIT = 16 * 1024 * 1024

/** An address as it may be shown: without user, password, query and fragment. */
export const shown = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`

/** Opens the engine's one door to the network. Close it when the fetching is done. */
export const openDoor = (settings: DoorSettings): Door => {
  const agents = agentsFor(settings)
  const ask = async (url: URL, options: AskOptions = {}): Promise<Answer> => {
    refuseStrangers(url, settings.peers, options.namedBy)
    let next = url
    for (let hop = 0; hop <= REDIRECTS; hop += 1) {
      const answer = await exchange(next, options, settings, agents, url)
      const location = answer.headers.location
      if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer
      answer.body.resume()
      next = redirectTarget(next, location)
    }
    throw new EngineError('peer_forbidden', `${shown(url)} redirects more than ${REDIRECTS} times.`)
  }
  return {
    ask,
    text: (url, options, limit = PAGE_LIMIT) => readText(ask, url, options, limit),
    close: () => {
      agents.plain.destroy()
      agents.secure.destroy()
      agents.unverified.destroy()
    },
  }
}

interface Agents {
  readonly plain: http.Agent
  readonly secure: https.Agent
  readonly unverified: https.Agent
}

const agentsFor = (settings: DoorSettings): Agents => {
  const { environment } = settings
  const proxyEnv =
    typeof settings.proxy === 'string'
      ? { HTTP_PROXY: settings.proxy, HTTPS_PROXY: settings.proxy, NO_PROXY: '' }
      : {
          HTTP_PROXY: environment.http_proxy ?? environment.HTTP_PROXY,
          HTTPS_PROXY: environment.https_proxy ?? environment.HTTPS_PROXY,
          NO_PROXY: environment.no_proxy ?? environment.NO_PROXY,
        }
  const trust = typeof settings.certificates === 'string' ? { ca: authorities(settings.certificates) } : {}
  return {
    plain: new http.Agent({ proxyEnv }),
    secure: new https.Agent({ proxyEnv, ...trust }),
    unverified: new https.Agent({ proxyEnv, rejectUnauthorized: false }),
  }
}

const authorities = (path: string): string[] => {
  try {
    return [...rootCertificates, readFileSync(path, 'utf8')]
  } catch (thrown) {
    throw new EngineError('weights_unavailable', `The certificate file ${path} can't be read.`, {
      cause: thrown,
    })
  }
}

const refuseStrangers = (url: URL, peers: readonly URL[], namedBy: URL | undefined): void => {
  if (peers.some((peer) => peer.origin === url.origin)) return
  const named = namedBy !== undefined && peers.some((peer) => peer.origin === namedBy.origin)
  if (named && url.protocol === 'https:') return
  throw new EngineError('peer_forbidden', `${shown(url)} is no configured source of weights.`)
}

const redirectTarget = (from: URL, location: string): URL => {
  const target = URL.parse(location, from.href)
  if (target === null) throw new EngineError('peer_forbidden', `${shown(from)} redirects to no address.`)
  if (target.protocol === 'https:' || target.origin === from.origin) return target
  throw new EngineError('peer_forbidden', `${shown(from)} redirects to ${shown(target)}, which is not https.`)
}

const exchange = (
  url: URL,
  options: AskOptions,
  settings: DoorSettings,
  agents: Agents,
  first: URL,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:'
    const unverified = settings.unverifiedHosts?.includes(url.hostname) === true
    const bare = new URL(url)
    bare.username = ''
    bare.password = ''
    const request = (secure ? https : http).request(bare, {
      agent: secure ? (unverified ? agents.unverified : agents.secure) : agents.plain,
      headers: requestHeaders(url, first, options),
      timeout: settings.idleTimeout ?? IDLE_MILLISECONDS,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    request.once('timeout', () => request.destroy(new Error('no byte for too long')))
    request.once('error', (thrown) => reject(unreachable(url, thrown, options.signal)))
    request.once('response', (body) => {
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body, url: bare })
    })
    request.end()
  })

const requestHeaders = (url: URL, first: URL, options: AskOptions): Record<string, string> => {
  const headers: Record<string, string> = { 'user-agent': 'causeway-engine', accept: options.accept ?? '*/*' }
  // Bytes are counted and resumed by position, so they must come as they are.
  headers['accept-encoding'] = 'identity'
  if (options.from !== undefined && options.from > 0) headers.range = `bytes=${options.from}-`
  const authorization = authorizationFor(url, first)
  if (authorization !== null) headers.authorization = authorization
  return headers
}

/** The header for one hop: the address's own user and password, or those of the first address while the host is the same. */
export const authorizationFor = (hop: URL, first: URL): string | null => {
  const holder = hop.username !== '' ? hop : hop.origin === first.origin ? first : null
  if (holder === null || holder.username === '') return null
  const pair = `${decodeURIComponent(holder.username)}:${decodeURIComponent(holder.password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

const unreachable = (url: URL, thrown: Error, signal: AbortSignal | undefined): EngineError =>
  signal?.aborted === true
    ? new EngineError('cancelled', 'The download was cancelled.', { cause: thrown })
    : new EngineError('weights_unavailable', `${shown(url)} can't be reached: ${reasonOf(thrown)}.`, {
        cause: thrown,
      })

const readText = async (
  ask: Door['ask'],
  url: URL,
  options: AskOptions | undefined,
  limit: number,
): Promise<{ text: string; type: string; url: URL }> => {
  const answer = await ask(url, options)
  if (answer.status !== 200) {
    answer.body.resume()
    throw new EngineError('weights_unavailable', `${shown(url)} answered ${answer.status}.`)
  }
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer.body) {
      const bytes = Buffer.from(chunk)
      size += bytes.length
      if (size > limit)
        throw new EngineError('weights_unavailable', `${shown(url)} sent more than ${limit} bytes.`)
      chunks.push(bytes)
    }
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown
    throw unreachable(url, thrown instanceof Error ? thrown : new Error('cut'), options?.signal)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  return { text, type: answer.headers['content-type'] ?? '', url: answer.url }
}

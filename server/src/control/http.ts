import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Address,
  CausewayError,
  type Clock,
  faultOf,
  type Health,
  type Ledger,
  type Snapshot,
} from '../domain/index.ts'
import { protect, readBody, send, sendFault, sendHtml, sendJson } from './answer.ts'
import { Assets } from './assets.ts'
import type { ExplainInput, ExplainView, Live, RuntimeView, StatusView } from './contract.ts'
import { askedBy, sessionAsked } from './conversations/asked.ts'
import { forgetConversation } from './conversations/forget.ts'
import { listConversations } from './conversations/list.ts'
import type { ConversationParts } from './conversations/parts.ts'
import { parseExplain } from './explain/text.ts'
import { checkHost, checkOrigin } from './origin.ts'
import { getOverview } from './overview/get.ts'
import { PLAIN_CSS, tokenPage, unbuiltPage } from './pages.ts'
import { getRequest } from './requests/get.ts'
import { listRequests } from './requests/list.ts'
import { Watchers } from './requests/watch.ts'
import { Sessions } from './session/open.ts'
import { getStatus } from './status/get.ts'

export type { Live }

export interface ControlOptions {
  readonly address: Address
  /** At least 16 characters; who has it may see everything. */
  readonly token: string
  readonly snapshot: () => Snapshot
  readonly ledger: Ledger
  readonly live: Live
  /** By target name. */
  readonly health: () => Readonly<Record<string, Health>>
  readonly status: () => RuntimeView
  /** Null where no conversations are kept by this process. */
  readonly conversations: ConversationParts | null
  readonly explain: (input: ExplainInput) => ExplainView | Promise<ExplainView>
  /** Folder of the built console; may be missing. */
  readonly consoleFolder: string
  readonly version: string
  readonly clock: Pick<Clock, 'now'>
  /** Told of what went wrong inside; never prompt text. */
  readonly report?: (error: unknown) => void
}

export interface ControlServer {
  /** Without the token: `http://127.0.0.1:4142`. */
  readonly url: string
  close(): Promise<void>
}

interface Context {
  readonly options: ControlOptions
  readonly sessions: Sessions
  readonly assets: Assets
  readonly watchers: Watchers
  readonly status: () => StatusView
}

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
}

type Answer = (context: Context, asked: Asked) => Promise<void> | void

const API: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  '/api/overview': {
    GET: async ({ options }, { response, url }) =>
      sendJson(response, 200, await getOverview(options.ledger, url.searchParams, options.clock.now())),
  },
  '/api/status': { GET: ({ status }, { response }) => sendJson(response, 200, status()) },
  '/api/requests': {
    GET: async ({ options }, { response, url }) =>
      sendJson(response, 200, await listRequests(options.ledger, url.searchParams)),
  },
  '/api/requests/watch': {
    GET: ({ watchers }, { request, response, url }) => watchers.watch(request, response, url.searchParams),
  },
  '/api/explain': {
    POST: async ({ options }, { request, response }) => {
      const type = request.headers['content-type'] ?? ''
      if (!/^application\/json\b/i.test(type))
        throw new CausewayError('bad_header', 'The content-type must be application/json.')
      const input = parseExplain(
        await readBody(request, Math.min(options.snapshot().limits.body, EXPLAIN_BODY)),
      )
      sendJson(response, 200, await options.explain(input))
    },
  },
  '/api/conversations': {
    GET: ({ options }, { response, url }) =>
      sendJson(response, 200, listConversations(keptBy(options).kept, url.searchParams)),
    DELETE: async ({ options }, { request, response, url }) => {
      const which = { session: sessionAsked(url.searchParams) }
      sendJson(
        response,
        200,
        await forgetConversation(keptBy(options), which, askedBy(request), options.clock.now()),
      )
    },
  },
}

/** Bytes of a request to explain, in JSON's spelling; its text is bounded by itself. */
const EXPLAIN_BODY = 8 * 1024 * 1024

const keptBy = ({ conversations }: ControlOptions): ConversationParts => {
  if (conversations !== null) return conversations
  throw new CausewayError(
    'conversations_unavailable',
    'What conversations carried is kept by the process that answers calls, and this one only looks on.',
  )
}

const ONE_REQUEST: Readonly<Record<string, Answer>> = {
  GET: async ({ options }, { response, url }) =>
    sendJson(response, 200, await getRequest(options.ledger, url.pathname.slice('/api/requests/'.length))),
}

const ONE_CONVERSATION: Readonly<Record<string, Answer>> = {
  DELETE: async ({ options }, { request, response, url }) => {
    if (url.search !== '')
      throw new CausewayError('invalid_request', 'An id and parameters came together; one of them is needed.')
    const which = { id: url.pathname.slice('/api/conversations/'.length) }
    sendJson(
      response,
      200,
      await forgetConversation(keptBy(options), which, askedBy(request), options.clock.now()),
    )
  },
}

/** Paths that end in an id. */
const oneOf = (pathname: string): Readonly<Record<string, Answer>> | undefined => {
  if (/^\/api\/requests\/[\w-]{1,64}$/.test(pathname)) return ONE_REQUEST
  return /^\/api\/conversations\/[\w-]{1,64}$/.test(pathname) ? ONE_CONVERSATION : undefined
}

/**
 * Serves console and API. Rejects with CausewayError `port_in_use`. Answers only under its own names, only to
 * its own pages and to clients that are no browser, and only with the token or a session made with it.
 */
export const startControl = async (options: ControlOptions): Promise<ControlServer> => {
  const status = (): StatusView =>
    getStatus(options.version, options.snapshot(), options.health(), options.status())
  const context: Context = {
    options,
    status,
    sessions: new Sessions(options.token, options.clock.now),
    assets: new Assets(options.consoleFolder),
    watchers: new Watchers({ ledger: options.ledger, live: options.live, status }),
  }
  const server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    void answer(context, request, response)
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 30_000
  server.keepAliveTimeout = 5000
  server.maxConnections = 512
  await listen(server, options.address)
  return {
    url: urlOf(server, options.address),
    close: () => {
      context.watchers.close()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

const listen = (server: Server, address: Address): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE'
      const where = `${address.host}:${address.port}`
      reject(
        taken
          ? new CausewayError('port_in_use', `Another program listens on ${where} already.`, { cause })
          : new CausewayError('config_invalid', `Cannot listen on ${where} (${cause.code}).`, { cause }),
      )
    })
    server.listen(address.port, address.host, resolve)
  })

const urlOf = (server: Server, address: Address): string => {
  const bound = server.address()
  const port = isAddressInfo(bound) ? bound.port : address.port
  const any = address.host === '0.0.0.0' || address.host === '::'
  const host = any ? '127.0.0.1' : address.host.includes(':') ? `[${address.host}]` : address.host
  return `http://${host}:${port}`
}

const isAddressInfo = (bound: AddressInfo | string | null): bound is AddressInfo =>
  typeof bound === 'object' && bound !== null

const answer = async (
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  response.on('error', () => {})
  protect(response)
  try {
    const host = checkHost(request, context.options.address.host)
    checkOrigin(request, host)
    await dispatch(context, { request, response, url: urlAsked(request, host) })
  } catch (thrown) {
    if (!(thrown instanceof CausewayError || request.destroyed)) context.options.report?.(thrown)
    sendFault(request, response, faultOf(thrown))
  }
}

/** Only a path; the absolute form would name a second host. */
const urlAsked = (request: IncomingMessage, host: string): URL => {
  const path = request.url ?? ''
  const url = path.startsWith('/') && !path.startsWith('//') ? URL.parse(`http://${host}${path}`) : null
  if (url === null) throw new CausewayError('invalid_request', 'The request line must name a path.')
  return url
}

const dispatch = async (context: Context, asked: Asked): Promise<void> => {
  const { request, response, url } = asked
  if (url.pathname === '/plain.css') return send(response, 200, 'text/css; charset=utf-8', PLAIN_CSS)
  if (url.pathname === '/session') return await openByForm(context, asked)
  const page = PAGES.find((path) => path === url.pathname)
  const token = page === undefined ? null : url.searchParams.get('token')
  if (token !== null) return open(context, asked, token, page)
  if (!context.sessions.admits(request)) {
    if (page !== undefined) return sendHtml(response, 401, tokenPage(false, page))
    throw new CausewayError('not_signed_in', 'This needs a session or the token.')
  }
  if (url.pathname === '/api' || url.pathname.startsWith('/api/')) return await answerApi(context, asked)
  await answerAsset(context, asked)
}

/** Addresses of the console's own views; each is the same page. */
const PAGES = ['/', '/try'] as const

type PagePath = (typeof PAGES)[number]

const open = (context: Context, { request, response }: Asked, token: string, page: PagePath = '/'): void => {
  const cookie = context.sessions.open(token.trim(), request)
  if (cookie === null) sendHtml(response, 401, tokenPage(true, page))
  else response.writeHead(303, { 'set-cookie': cookie, location: page }).end()
}

const openByForm = async (context: Context, asked: Asked): Promise<void> => {
  allow(asked, ['POST'])
  const form = new URLSearchParams(await readBody(asked.request, 4096))
  const page = PAGES.find((path) => path === form.get('page'))
  open(context, asked, form.get('token') ?? '', page)
}

const answerApi = async (context: Context, asked: Asked): Promise<void> => {
  const { pathname } = asked.url
  const route = Object.hasOwn(API, pathname) ? API[pathname] : oneOf(pathname)
  if (route === undefined)
    throw new CausewayError(
      'unknown_route',
      `The paths are ${Object.keys(API).join(', ')}, /api/requests/ID and /api/conversations/ID.`,
    )
  allow(asked, Object.keys(route))
  await route[asked.request.method ?? '']?.(context, asked)
}

const answerAsset = async (context: Context, asked: Asked): Promise<void> => {
  allow(asked, ['GET', 'HEAD'])
  const isPage = PAGES.some((path) => path === asked.url.pathname)
  const asset = await context.assets.get(isPage ? '/' : asked.url.pathname)
  if (asset !== null) {
    asked.response.setHeader(
      'cache-control',
      asset.hashed ? 'private, max-age=31536000, immutable' : 'no-cache',
    )
    return send(asked.response, 200, asset.type, asset.body)
  }
  if (!isPage) throw new CausewayError('unknown_route', 'There is no such page.')
  sendHtml(asked.response, 503, unbuiltPage(context.options.consoleFolder))
}

const allow = ({ request, response }: Asked, methods: readonly string[]): void => {
  const method = request.method ?? ''
  if (methods.includes(method)) return
  response.setHeader('allow', methods.join(', '))
  throw new CausewayError('method_not_allowed', `${method} is not answered here.`)
}

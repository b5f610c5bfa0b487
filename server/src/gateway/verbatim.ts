import { CausewayError, type Verbatim } from '../domain/index.ts'
import { credentialsIn, type Headers, headerOf } from './identify.ts'
import type { PassthroughRoute } from './routes.ts'

/** Of the connection to us, of who the client is, or written anew for the target. */
const KEPT_BACK = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
  'content-length',
  'accept-encoding',
  'authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
  'cookie2',
  'ocp-apim-subscription-key',
  'forwarded',
  'via',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
])

/** A client's signature or address; the target is sent ours. */
const KEPT_BACK_STARTS = [
  'x-causeway-',
  'x-forwarded-',
  'x-auth-request-',
  'x-goog-authenticated-user-',
  'x-goog-iap-',
  'x-ms-client-principal',
  'x-amz-',
  'sec-',
  'cf-',
]

const isKeptBack = (name: string): boolean =>
  KEPT_BACK.has(name) || KEPT_BACK_STARTS.some((start) => name.startsWith(start))

/** Steps upwards, however spelt, would leave the target's own paths. */
const CLIMBS = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:[/\\;]|%2f|%5c|%3b|$)|\\|%5c|[\x00-\x20\x7f]/i

const ANY_METHOD = /^[A-Z]{1,20}$/

const CREDENTIAL = /^(?:x[-_])?(?:goog[-_])?(?:api[-_]?)?(?:key|token)$|^(?:access|auth)[-_]?(?:token|key)$/i

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** Keys that some vendors take in the address; ours must not be sent on, however it is spelt. */
const withoutKey = (query: string, keys: readonly string[]): string =>
  query
    .split('&')
    .filter((pair) => {
      const [name = ''] = pair.split('=', 1)
      return pair !== '' && !CREDENTIAL.test(decoded(name).trim()) && !holds(decoded(pair), keys)
    })
    .join('&')

const holds = (text: string, keys: readonly string[]): boolean => keys.some((key) => text.includes(key))

/**
 * What a client asks of a target in the target's own words, checked. Throws CausewayError `unknown_route` for a path
 * that does not stay under the target's address, `method_not_allowed` for CONNECT and TRACE.
 */
export const verbatimOf = (
  method: string,
  route: PassthroughRoute,
  query: string,
  headers: Headers,
): Verbatim => {
  if (CLIMBS.test(route.rest) || /[\x00-\x20\x7f#]/.test(query)) {
    throw new CausewayError(
      'unknown_route',
      'The path behind the target must be plain: no steps up, no blanks.',
    )
  }
  if (!ANY_METHOD.test(method) || method === 'CONNECT' || method === 'TRACE') {
    throw new CausewayError('method_not_allowed', `A target cannot be sent ${method.slice(0, 20)}.`)
  }
  const keys = credentialsIn(headers)
  const named = (headerOf(headers, 'connection') ?? '').toLowerCase().split(/[\s,]+/)
  const kept: Record<string, string> = {}
  for (const name in headers) {
    const value = headerOf(headers, name)
    if (value === undefined || isKeptBack(name) || named.includes(name) || holds(value, keys)) continue
    kept[name] = value
  }
  const rest = withoutKey(query, keys)
  return { method, path: rest === '' ? route.rest : `${route.rest}?${rest}`, headers: kept }
}

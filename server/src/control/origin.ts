import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { CausewayError } from '../domain/index.ts'

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])
const ANY_ADDRESS = new Set(['0.0.0.0', '::', ''])

/** `host[:port]`, lower case, or null where it is not one. */
const parseHost = (value: string): { readonly name: string; readonly host: string } | null => {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.exec(value)
  const name = match?.[1]
  return name === undefined ? null : { name: name.toLowerCase(), host: value.toLowerCase() }
}

const bracketed = (address: string): string => (isIP(address) === 6 ? `[${address}]` : address)

/**
 * Refuses a request whose Host is no name of ours: a page elsewhere can make its own name resolve to this
 * machine, but it cannot make a browser send another Host. A server listening on every address also answers
 * to the literal address a connection came in at, which no name can imitate. The port is not looked at,
 * since it changes under port forwarding.
 */
export const checkHost = (request: IncomingMessage, configured: string): string => {
  const parsed = request.rawHeaders.filter((_, i, all) => i % 2 === 0 && all[i]?.toLowerCase() === 'host')
  const host = parsed.length === 1 ? parseHost(request.headers.host ?? '') : null
  if (host === null) throw new CausewayError('wrong_host', 'The request names no host, or not one alone.')
  const local = (request.socket.localAddress ?? '').replace(/^::ffff:/, '')
  const ours =
    LOOPBACK_NAMES.has(host.name) ||
    (ANY_ADDRESS.has(configured)
      ? host.name === bracketed(local)
      : host.name === bracketed(configured).toLowerCase())
  if (!ours) throw new CausewayError('wrong_host', 'This server does not answer under that name.')
  return host.host
}

/**
 * Refuses what another site's page caused. Other ports of this machine are "same-site" to a browser and get
 * our cookie even with SameSite=Strict, so only the same origin will do.
 */
export const checkOrigin = (request: IncomingMessage, host: string): void => {
  const origin = request.headers.origin
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`)
    throw new CausewayError('cross_site', 'The request comes from a page of another origin.')
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new CausewayError('cross_site', 'The request was caused by a page of another origin.')
}

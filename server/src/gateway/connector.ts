import net from 'node:net'
import { buildConnector } from 'undici'
import { CausewayError, type Target } from '../domain/index.ts'
import { inRanges, reachOfAddress } from '../lib/index.ts'

/**
 * Whether a connection for this target may end at this address. By default own targets live in private and
 * loopback ranges and all others on public ones; `target.addresses` (CIDR) adds to that.
 */
export const addressAllowed = (target: Pick<Target, 'side' | 'addresses'>, address: string): boolean =>
  inRanges(address, target.addresses) ||
  reachOfAddress(address) === (target.side === 'own' ? 'private' : 'public')

const forbidden = (target: Pick<Target, 'name' | 'side'>, address: string): CausewayError =>
  new CausewayError(
    'address_forbidden',
    `Target ${target.name} (${target.side}) resolved to ${address}, which is outside the addresses of its side.`,
    { rule: 'address' },
  )

/**
 * A connector that checks where the socket really ended before one byte of TLS or HTTP is written, so that
 * neither DNS nor an address literal can move a request across the line.
 */
export const guardedConnector = (
  target: Pick<Target, 'name' | 'side' | 'addresses' | 'timeouts'>,
): buildConnector.connector => {
  const timeout = target.timeouts.connect
  const plain = buildConnector({ timeout, allowH2: false })
  const secure = buildConnector({ timeout, allowH2: false })
  return (options, callback) => {
    plain(
      { ...options, protocol: 'http:', port: options.port || (options.protocol === 'https:' ? '443' : '80') },
      (error, socket) => {
        if (error !== null) return callback(error, null)
        const address = socket instanceof net.Socket ? (socket.remoteAddress ?? '') : ''
        if (!addressAllowed(target, address)) {
          socket.destroy()
          return callback(forbidden(target, address), null)
        }
        if (options.protocol !== 'https:') return callback(null, socket)
        secure({ ...options, httpSocket: socket }, callback)
      },
    )
  }
}

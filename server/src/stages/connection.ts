import net from 'node:net'
import { buildConnector, Pool } from 'undici'
import { CausewayError } from '../domain/index.ts'
import { inRanges, reachOfAddress } from '../lib/index.ts'

/** Requests on their way to one analyser at once. */
export const LANES = 4
const CONNECT_MS = 3_000

export interface ConnectionOptions {
  readonly name: string
  /** Base URL. */
  readonly url: string
  /** CIDR ranges where the connection may end beyond private and loopback ones. */
  readonly addresses: readonly string[]
}

/** A way to one server on this side. */
export interface Connection {
  /**
   * POSTs JSON to a path under the base URL and resolves with the body of a 200. Rejects for every other status
   * (a redirect is one and is not followed), for more than `most` bytes, where the connection would end outside the
   * ranges, and when `signal` fires.
   */
  post(path: string, body: string, most: number, signal: AbortSignal): Promise<string>
  close(): Promise<void>
}

/** Looks where the socket really ended before one byte of TLS or HTTP is written. */
const connectorFor = ({ name, addresses }: ConnectionOptions): buildConnector.connector => {
  const plain = buildConnector({ timeout: CONNECT_MS, allowH2: false })
  const secure = buildConnector({ timeout: CONNECT_MS, allowH2: false })
  return (options, callback) => {
    const isSecure = options.protocol === 'https:'
    const port = options.port || (isSecure ? '443' : '80')
    plain({ ...options, protocol: 'http:', port }, (error, socket) => {
      if (error !== null) return callback(error, null)
      const address = socket instanceof net.Socket ? (socket.remoteAddress ?? '') : ''
      if (reachOfAddress(address) !== 'private' && !inRanges(address, addresses)) {
        socket.destroy()
        return callback(forbidden(name, address), null)
      }
      if (!isSecure) return callback(null, socket)
      secure({ ...options, httpSocket: socket }, callback)
    })
  }
}

const forbidden = (name: string, address: string): CausewayError =>
  new CausewayError(
    'address_forbidden',
    `Stage ${name} resolved to ${address}, which is no address of this side.`,
    { rule: 'address' },
  )

const failed = (what: string, cause?: unknown): CausewayError =>
  new CausewayError('detection_failed', what, cause === undefined ? {} : { cause })

export const createConnection = (options: ConnectionOptions): Connection => {
  const { origin, pathname } = new URL(options.url)
  const base = pathname.replace(/\/+$/, '')
  const pool = new Pool(origin, {
    connections: LANES,
    pipelining: 1,
    allowH2: false,
    connect: connectorFor(options),
    keepAliveTimeout: 30_000,
  })
  return {
    async post(path, body, most, signal) {
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const answer = await pool.request({ method: 'POST', path: base + path, headers, body, signal })
      if (answer.statusCode !== 200) {
        answer.body.destroy()
        throw failed(`Stage ${options.name} answered ${answer.statusCode}.`)
      }
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of answer.body) {
        const bytes = Buffer.from(chunk)
        size += bytes.length
        if (size > most) throw failed(`Stage ${options.name} answered with more than ${most} bytes.`)
        chunks.push(bytes)
      }
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, size))
      } catch (thrown) {
        throw failed(`Stage ${options.name} answered with what is not UTF-8.`, thrown)
      }
    },
    close: () => pool.destroy(),
  }
}

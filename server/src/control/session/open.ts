import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { CausewayError } from '../../domain/index.ts'
import { FailedTries } from './tries.ts'

const SESSION_SECONDS = 7 * 24 * 3600

/** Compares without telling by its time how much was right, or how long the right one is. */
const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

/**
 * Who may look. The token is exchanged for a session, which is a date under the token's own MAC: nothing to
 * keep, it outlives a restart, and a new token ends every session.
 */
export class Sessions {
  readonly #token: string
  readonly #now: () => number
  readonly #tries: FailedTries

  /** `now` in milliseconds since 1970. Throws where the token could be guessed. */
  constructor(token: string, now: () => number) {
    if (token.length < 16) throw new TypeError('the control token must have at least 16 characters')
    this.#token = token
    this.#now = now
    this.#tries = new FailedTries(now)
  }

  /** The `set-cookie` for a right token, null for a wrong one; throws `rate_limited` after many wrong ones. */
  open(token: string, request: IncomingMessage): string | null {
    if (!this.#tryToken(token, request)) return null
    const expires = Math.floor(this.#now() / 1000) + SESSION_SECONDS
    const value = `${expires}.${this.#mac(String(expires))}`
    return `${cookieName(request)}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_SECONDS}`
  }

  /** Whether the request carries a good session cookie or bearer token. */
  admits(request: IncomingMessage): boolean {
    const bearer = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer !== undefined) return this.#tryToken(bearer, request)
    const cookie = cookieOf(request, cookieName(request))
    const [expires, mac] = cookie?.split('.') ?? []
    if (expires === undefined || mac === undefined || !/^\d{1,12}$/.test(expires)) return false
    return same(mac, this.#mac(expires)) && Number(expires) * 1000 > this.#now()
  }

  #mac(expires: string): string {
    return createHmac('sha256', this.#token).update(`causeway session ${expires}`).digest('base64url')
  }

  #tryToken(token: string, request: IncomingMessage): boolean {
    const address = request.socket.remoteAddress ?? ''
    const wait = this.#tries.wait(address)
    if (wait > 0)
      throw new CausewayError('rate_limited', 'Too many wrong tokens came from this address.', {
        after: wait,
      })
    const right = same(token, this.#token)
    if (!right) this.#tries.failed(address)
    return right
  }
}

/** Cookies know no ports, so two installations on one machine need two names. */
const cookieName = (request: IncomingMessage): string => `causeway-${request.socket.localPort ?? 0}`

const cookieOf = (request: IncomingMessage, name: string): string | undefined => {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}

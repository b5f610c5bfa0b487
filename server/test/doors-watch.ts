/*
 * Watches, while the product runs, what the architecture test can only read: every outgoing connection, and
 * the file of ours that asked for it. Sees connections of this thread; a child process watches itself with
 * `--import` of doors-preload.ts.
 */
import { channel } from 'node:diagnostics_channel'
import { Socket } from 'node:net'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DOORS } from './architecture/doors.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** One outgoing connection, at the moment it was asked for. */
export interface Seen {
  readonly via: 'tcp' | 'udp' | 'fetch'
  /** `host:port`, or a path for a local socket; empty where it was not said. */
  readonly to: string
  /** Files of ours on the stack, innermost first, from the checkout's folder with slashes; empty where none was. */
  readonly files: readonly string[]
  readonly stack: string
}

export interface Watch {
  readonly sockets: readonly Seen[]
  stop(): void
}

const OURS = /^(server\/(src|bin|demo)|console|bench)\//

const filesOf = (stack: string): readonly string[] =>
  [...stack.matchAll(/(file:\/\/[^\s):]+(?::\/[^\s):]+)?|\/[^\s):]+):\d+:\d+/g)]
    .map((match) => match[1] ?? '')
    .map((place) => (place.startsWith('file:') ? fileURLToPath(place) : place))
    .map((path) => relative(ROOT, path).split(sep).join('/'))
    .filter((path) => OURS.test(path) && !path.includes('node_modules/'))

/** Frames enough to reach the asking file through an HTTP client's own. */
const FRAMES = 60

const stackHere = (): string => {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = FRAMES
  const stack = String(new Error('here').stack)
  Error.stackTraceLimit = before
  return stack
}

/** What `Socket.connect` was called with, in any of its forms: options, port and host, path. */
const destination = (given: readonly unknown[]): string => {
  const first: unknown = Array.isArray(given[0]) ? given[0][0] : given[0]
  if (typeof first === 'object' && first !== null) {
    const path: unknown = Reflect.get(first, 'path')
    const port: unknown = Reflect.get(first, 'port')
    if (port === undefined || port === null) return typeof path === 'string' ? path : ''
    return `${String(Reflect.get(first, 'host') ?? 'localhost')}:${String(port)}`
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return first
  return `${typeof given[1] === 'string' ? given[1] : 'localhost'}:${String(first)}`
}

/**
 * Starts watching. Every TCP or TLS connection goes through `Socket.prototype.connect`; datagram sockets and
 * requests of the built-in `fetch` announce themselves on diagnostics channels.
 */
export const watchDoors = (onSeen: (seen: Seen) => void = () => {}): Watch => {
  const sockets: Seen[] = []
  const see = (via: Seen['via'], to: string): void => {
    const stack = stackHere()
    const seen = { via, to, files: filesOf(stack), stack }
    sockets.push(seen)
    onSeen(seen)
  }
  const connect: unknown = Reflect.get(Socket.prototype, 'connect')
  if (typeof connect !== 'function') throw new TypeError('net.Socket has no connect')
  Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...given: unknown[]) {
    see('tcp', destination(given))
    return Reflect.apply(connect, this, given)
  })
  const onDatagram = (): void => see('udp', '')
  const onRequest = (message: unknown): void => {
    const request: unknown =
      typeof message === 'object' && message !== null ? Reflect.get(message, 'request') : null
    const origin: unknown =
      typeof request === 'object' && request !== null ? Reflect.get(request, 'origin') : ''
    const stack = stackHere()
    if (/node:internal\/deps\/undici/.test(stack)) see('fetch', String(origin))
  }
  channel('udp.socket').subscribe(onDatagram)
  channel('undici:request:create').subscribe(onRequest)
  return {
    sockets,
    stop: () => {
      Reflect.set(Socket.prototype, 'connect', connect)
      channel('udp.socket').unsubscribe(onDatagram)
      channel('undici:request:create').unsubscribe(onRequest)
    },
  }
}

const isListed = (file: string): boolean => DOORS.some((door) => door.file === file)

/**
 * Connections that no listed door asked for. A connection with a listed door on its stack is that door's;
 * `ours` says whether connections without any file of the product on the stack count (in a process of the
 * product they do; in a test's own process its clients make such).
 */
export const unlisted = (sockets: readonly Seen[], ours: 'every' | 'with-our-files'): readonly Seen[] =>
  sockets.filter((seen) => {
    if (seen.files.some(isListed)) return false
    return ours === 'every' || seen.files.length > 0
  })

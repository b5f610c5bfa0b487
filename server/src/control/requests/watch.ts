import type { IncomingMessage, ServerResponse } from 'node:http'
import { CausewayError, type Ledger, type RequestRow } from '../../domain/index.ts'
import { Lru } from '../../lib/index.ts'
import type { Live, StatusView } from '../contract.ts'
import { summarise } from './summary.ts'

const WATCHERS = 64
const BUFFER = 1024 * 1024
const REPLAY = 500
/** Rows settle nearly in order: one may be told after its next, so a replay starts a little before the last seen. */
const DISORDER = 32
const KEEP_ALIVE = 15_000
const STATUS_EVERY = 1000

export interface WatchSources {
  readonly ledger: Ledger
  readonly live: Live
  readonly status: () => StatusView
}

/**
 * Server-sent events: `row` (a RequestSummary, its row number as event id) as requests settle, `status` (a
 * StatusView) at once and whenever it changes. Rows come nearly in order, each once on a connection. A client
 * that comes back with `last-event-id` first gets what it missed, up to 500 rows, and some that it has;
 * `gap` tells it that there was more.
 */
export class Watchers {
  readonly #sources: WatchSources
  readonly #open = new Set<ServerResponse>()

  constructor(sources: WatchSources) {
    this.#sources = sources
  }

  async watch(
    request: IncomingMessage,
    response: ServerResponse,
    parameters: URLSearchParams,
  ): Promise<void> {
    if (this.#open.size >= WATCHERS)
      throw new CausewayError('overloaded', `${WATCHERS} pages are watching already.`)
    const seen = request.headers['last-event-id'] ?? parameters.get('after')
    const after = typeof seen === 'string' && /^\d{1,16}$/.test(seen) ? Number(seen) : null
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
    this.#open.add(response)
    const stop = this.#follow(response, after)
    response.on('close', () => {
      stop()
      this.#open.delete(response)
    })
  }

  close(): void {
    for (const response of this.#open) response.destroy()
  }

  #follow(response: ServerResponse, after: number | null): () => void {
    const write = (text: string): void => {
      if (response.writableLength > BUFFER) response.destroy()
      else if (!response.destroyed) response.write(text)
    }
    let held: RequestRow[] | null = after === null ? null : []
    const told = new Lru<number, true>(2 * REPLAY)
    const pass = (row: RequestRow): void => {
      if (told.get(row.row) === true) return
      told.set(row.row, true)
      write(`id: ${row.row}\nevent: row\ndata: ${JSON.stringify(summarise(row))}\n\n`)
    }
    const unsubscribe = this.#sources.live.subscribe((row) => {
      if (held === null) pass(row)
      else if (held.length < REPLAY) held.push(row)
      else response.destroy()
    })
    if (after !== null) {
      void this.#missed(after, write, pass)
        .then(() => {
          const waiting = held ?? []
          held = null
          waiting.sort((a, b) => a.row - b.row).forEach(pass)
        })
        .catch(() => response.destroy())
    }
    const stopStatus = this.#followStatus(write)
    const keepAlive = setInterval(() => write(': still here\n\n'), KEEP_ALIVE)
    return () => {
      unsubscribe()
      stopStatus()
      clearInterval(keepAlive)
    }
  }

  async #missed(
    after: number,
    write: (text: string) => void,
    pass: (row: RequestRow) => void,
  ): Promise<void> {
    const from = Math.max(0, after - DISORDER)
    const rows = [...(await this.#sources.ledger.list({ after: from, limit: REPLAY }))].sort(
      (a, b) => a.row - b.row,
    )
    if (rows.length === REPLAY) write('event: gap\ndata: {}\n\n')
    rows.forEach(pass)
  }

  #followStatus(write: (text: string) => void): () => void {
    let last = ''
    const tell = (): void => {
      const text = JSON.stringify(this.#sources.status())
      if (text === last) return
      last = text
      write(`event: status\ndata: ${text}\n\n`)
    }
    tell()
    const timer = setInterval(tell, STATUS_EVERY)
    return () => clearInterval(timer)
  }
}

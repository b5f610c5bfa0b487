import type { RequestSummary, RequestsPage, StatusView } from '../../contract.ts'
import { type AskFailed, ask, failureOf } from './api.ts'
import { mergeRows } from './merge.ts'

const FIRST_PAGE = 200
const KEPT = 1000
const FLUSH = 150
const RETRY = 3000

export interface FeedState {
  /** `ready` once the first rows and the status are there; stays so while the connection comes and goes. */
  readonly phase: 'loading' | 'ready' | 'signed-out' | 'failed'
  readonly connection: 'connecting' | 'live' | 'lost'
  readonly failure: AskFailed | null
  readonly status: StatusView | null
  /** Newest first, without a gap, at most 1,000. */
  readonly rows: readonly RequestSummary[]
  /** Whether the ledger holds rows older than the last of `rows`. */
  readonly more: boolean
  /** The rows of the last batch that came live, for the moving marks. */
  readonly arrived: readonly RequestSummary[]
}

const START: FeedState = {
  phase: 'loading',
  connection: 'connecting',
  failure: null,
  status: null,
  rows: [],
  more: false,
  arrived: [],
}

/** The live ledger as this page knows it. One EventSource; rows are handed on in batches. */
export class Feed {
  #state = START
  #receivers = new Set<() => void>()
  #waiting: RequestSummary[] = []
  #flush: ReturnType<typeof setTimeout> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #source: EventSource | null = null

  readonly subscribe = (receive: () => void): (() => void) => {
    this.#receivers.add(receive)
    return () => this.#receivers.delete(receive)
  }

  readonly state = (): FeedState => this.#state

  readonly start = async (): Promise<void> => {
    this.stop()
    try {
      const [status, page] = await Promise.all([
        ask<StatusView>('/api/status'),
        ask<RequestsPage>(`/api/requests?limit=${FIRST_PAGE}`),
      ])
      const { rows, older } = page
      this.#set({ phase: 'ready', failure: null, status, rows, more: older !== null, arrived: [] })
      this.#listen(rows[0]?.row ?? 0)
    } catch (thrown) {
      this.#failed(failureOf(thrown))
    }
  }

  readonly stop = (): void => {
    clearTimeout(this.#retry)
    clearTimeout(this.#flush)
    this.#flush = undefined
    this.#waiting = []
    this.#source?.close()
    this.#source = null
  }

  #failed(failure: AskFailed): void {
    const shown = this.#state.phase === 'ready'
    const signedOut = failure.status === 401
    this.#set({
      phase: signedOut ? 'signed-out' : shown ? 'ready' : 'failed',
      connection: 'lost',
      failure,
    })
    if (!signedOut) this.#retry = setTimeout(this.start, RETRY)
  }

  #listen(after: number): void {
    const source = new EventSource(`/api/requests/watch?after=${after}`)
    this.#source = source
    source.onopen = () => this.#set({ connection: 'live' })
    source.onerror = () => {
      this.#set({ connection: 'lost' })
      if (source.readyState === EventSource.CLOSED) this.#retry = setTimeout(this.start, RETRY)
    }
    source.addEventListener('status', (event) => this.#set({ status: JSON.parse(event.data) }))
    source.addEventListener('gap', () => void this.start())
    source.addEventListener('row', (event) => {
      this.#waiting.push(JSON.parse(event.data))
      if (this.#waiting.length > KEPT) this.#waiting.splice(0, this.#waiting.length - KEPT)
      this.#flush ??= setTimeout(this.#deliver, FLUSH)
    })
  }

  readonly #deliver = (): void => {
    this.#flush = undefined
    const known = new Set(this.#state.rows.map((row) => row.row))
    const arrived = this.#waiting.filter((row) => !known.has(row.row))
    this.#waiting = []
    if (arrived.length === 0) return
    const merged = mergeRows(arrived, this.#state.rows)
    const rows = merged.slice(0, KEPT)
    this.#set({ rows, arrived, more: this.#state.more || merged.length > KEPT })
  }

  #set(change: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...change }
    for (const receive of this.#receivers) receive()
  }
}

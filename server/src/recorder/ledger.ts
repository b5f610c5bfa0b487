import type { Worker } from 'node:worker_threads'
import {
  CausewayError,
  type Ledger,
  type LedgerTotal,
  type RequestFilter,
  type RequestRow,
} from '../domain/index.ts'
import type { FromReader, LedgerAnswer, LedgerQuestion, ToReader } from './messages.ts'
import { spawn } from './thread.ts'

interface Waiting {
  readonly resolve: (answer: LedgerAnswer) => void
  readonly reject: (reason: CausewayError) => void
}

/** The ledger read by a thread of its own, which starts with the first question. */
export class ThreadedLedger implements Ledger {
  readonly #file: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #next = 0

  constructor(file: string) {
    this.#file = file
  }

  async list(filter: RequestFilter): Promise<readonly RequestRow[]> {
    const answer = await this.#ask({ type: 'list', filter })
    return answer.type === 'list' ? answer.rows : []
  }

  async get(request: string): Promise<RequestRow | null> {
    const answer = await this.#ask({ type: 'get', request })
    return answer.type === 'get' ? answer.row : null
  }

  async totals(since: string): Promise<readonly LedgerTotal[]> {
    const answer = await this.#ask({ type: 'totals', since })
    return answer.type === 'totals' ? answer.totals : []
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  async #ask(question: LedgerQuestion): Promise<LedgerAnswer> {
    this.#worker ??= this.#start()
    const worker = this.#worker
    const answer = await new Promise<LedgerAnswer>((resolve, reject) => {
      const id = this.#next
      this.#next += 1
      this.#waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage({ id, question } satisfies ToReader)
    })
    if (answer.type === 'failed') throw new CausewayError(answer.code, answer.message)
    return answer
  }

  #start(): Worker {
    const worker = spawn('reader', this.#file)
    worker.on('message', ({ id, answer }: FromReader) => {
      this.#waiting.get(id)?.resolve(answer)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) worker.unref()
    })
    worker.on('error', () => {})
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null
      for (const waiting of this.#waiting.values()) {
        waiting.reject(new CausewayError('data_folder', 'The thread that reads the ledger stopped.'))
      }
      this.#waiting.clear()
    })
    return worker
  }
}

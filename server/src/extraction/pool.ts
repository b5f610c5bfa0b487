import { failed, type Outcome, type ToReader } from './outcome.ts'
import { Thread, type ThreadOptions, TOO_SLOW } from './thread.ts'

export interface PoolOptions extends ThreadOptions {
  readonly workers: number
  readonly queue: number
}

/** A file to be read. Its bytes are made when a thread is free, so that those who wait hold no second copy. */
interface Job {
  readonly file: () => ToReader | null
  readonly signal: AbortSignal
  readonly settle: (outcome: Outcome) => void
}

/** Threads started as they are needed, and those who wait for them, first come first served. */
export class Pool {
  readonly #options: PoolOptions
  readonly #idle: Thread[] = []
  readonly #busy = new Set<Thread>()
  readonly #waiting = new Set<Job>()
  #isClosed = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Never rejects. A signal that aborts ends the waiting, or the thread that is at it. */
  read(file: () => ToReader | null, signal: AbortSignal): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve(failed('the readers are closed'))
    if (signal.aborted) return Promise.resolve(failed(TOO_SLOW))
    if (this.#waiting.size >= this.#options.queue) {
      return Promise.resolve(failed('too many attachments wait to be read'))
    }
    return new Promise((resolve) => {
      const job: Job = { file, signal, settle: resolve }
      signal.addEventListener('abort', () => this.#giveUp(job), { once: true })
      this.#waiting.add(job)
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const job of this.#waiting) job.settle(failed('the readers are closed'))
    this.#waiting.clear()
    await Promise.all([...this.#idle, ...this.#busy].map((thread) => thread.end('the readers are closed')))
  }

  #giveUp(job: Job): void {
    if (this.#waiting.delete(job)) job.settle(failed(TOO_SLOW))
  }

  #next(): void {
    const [job] = this.#waiting
    if (job === undefined || this.#isClosed) return
    let thread: Thread | null
    try {
      thread = this.#free()
    } catch {
      this.#waiting.delete(job)
      job.settle(failed('no reader could be started'))
      return
    }
    if (thread === null) return
    this.#waiting.delete(job)
    void this.#run(thread, job)
  }

  #free(): Thread | null {
    for (let thread = this.#idle.pop(); thread !== undefined; thread = this.#idle.pop()) {
      if (!thread.ended) return thread
    }
    return this.#busy.size < this.#options.workers ? new Thread(this.#options) : null
  }

  async #run(thread: Thread, job: Job): Promise<void> {
    this.#busy.add(thread)
    const stop = (): void => void thread.end(TOO_SLOW)
    job.signal.addEventListener('abort', stop, { once: true })
    try {
      const file = job.file()
      job.settle(
        file === null ? failed('its bytes are encoded in no way known here') : await thread.read(file),
      )
    } catch {
      job.settle(failed('it could not be handed to a reader'))
    } finally {
      job.signal.removeEventListener('abort', stop)
      this.#busy.delete(thread)
      if (!thread.ended) this.#idle.push(thread)
      this.#next()
    }
  }
}

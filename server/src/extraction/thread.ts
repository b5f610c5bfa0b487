import { Worker } from 'node:worker_threads'
import { failed, type Limits, type Outcome, type ToReader } from './outcome.ts'

const ENTRY = new URL('./worker.ts', import.meta.url)
const MIB = 1_048_576
/** How often, in milliseconds, a busy thread's memory is looked at. */
const LOOK = 50

export interface ThreadOptions {
  readonly limits: Limits
  /** Bytes of heap and buffers together. */
  readonly memory: number
  /** Milliseconds for one file. */
  readonly timeout: number
  /** The program to run; another one in tests. */
  readonly entry?: URL
}

/** One thread that reads one file at a time. Once it has ended it reads no more. */
export class Thread {
  readonly #worker: Worker
  readonly #options: ThreadOptions
  #settle: ((outcome: Outcome) => void) | null = null
  #reason = 'the reader ended without a word'
  #ended = false

  constructor(options: ThreadOptions) {
    this.#options = options
    this.#worker = new Worker(options.entry ?? ENTRY, {
      workerData: options.limits,
      // The heap's own limit; buffers are outside it and are watched.
      resourceLimits: {
        maxOldGenerationSizeMb: Math.ceil(options.memory / MIB),
        maxYoungGenerationSizeMb: 32,
      },
      env: {},
      // What a parser has to say would be words of the file.
      stdout: true,
      stderr: true,
    })
    this.#worker.stdout.resume()
    this.#worker.stderr.resume()
    this.#worker.on('message', (outcome: Outcome) => this.#finish(outcome))
    this.#worker.on('messageerror', () => this.end('the reader could not be understood'))
    this.#worker.on('error', (thrown: unknown) => {
      const isMemory =
        thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#reason = isMemory ? TOO_MUCH_MEMORY : 'the reader broke down'
      this.#ended = true
    })
    this.#worker.on('exit', () => {
      this.#ended = true
      this.#finish(failed(this.#reason))
    })
    this.#worker.unref()
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Never rejects. The bytes are handed over and empty afterwards. */
  read(file: ToReader): Promise<Outcome> {
    if (this.#ended || this.#settle !== null) return Promise.resolve(failed('the reader is not free'))
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(TOO_SLOW), this.#options.timeout)
      const watch = setInterval(() => void this.#look(), LOOK)
      this.#settle = (outcome) => {
        clearTimeout(timer)
        clearInterval(watch)
        this.#worker.unref()
        resolve(outcome)
      }
      this.#worker.ref()
      this.#worker.postMessage(file, [file.bytes.buffer])
    })
  }

  /** Ends the thread at once; what it was at has failed for the reason given. */
  end(reason: string): Promise<void> {
    this.#ended = true
    this.#finish(failed(reason))
    return this.#worker.terminate().then(() => {})
  }

  #finish(outcome: Outcome): void {
    const settle = this.#settle
    this.#settle = null
    settle?.(outcome)
  }

  async #look(): Promise<void> {
    try {
      const { used_heap_size: heap, external_memory: buffers } = await this.#worker.getHeapStatistics()
      if (heap + buffers > this.#options.memory && this.#settle !== null) await this.end(TOO_MUCH_MEMORY)
    } catch {
      // It has ended, and 'exit' says so.
    }
  }
}

export const TOO_SLOW = 'reading it took too long'
const TOO_MUCH_MEMORY = 'reading it needs more memory than it may have'

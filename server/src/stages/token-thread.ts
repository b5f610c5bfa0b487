import { Worker } from 'node:worker_threads'
import { CausewayError } from '../domain/index.ts'
import type { FromTokens, TokensSetting } from './token-messages.ts'
import type { TokenSpan } from './token-spans.ts'

const ENTRY = new URL('./token-worker.ts', import.meta.url)
const LOAD_MS = 120_000

const failed = (what: string): CausewayError => new CausewayError('detection_failed', what)

interface Waiting<T> {
  resolve(value: T): void
  reject(error: CausewayError): void
}

/** One thread with one model, which reads one text at a time. Once it has ended it reads no more. */
export class TokenThread {
  readonly #worker: Worker
  #loading: Waiting<readonly string[]> | null = null
  #reading: Waiting<readonly TokenSpan[]> | null = null
  #ended = false
  /** The model's labels, once it is loaded. Rejects with `detection_failed` where it cannot be. */
  readonly ready: Promise<readonly string[]>

  constructor(setting: TokensSetting) {
    this.#worker = new Worker(ENTRY, { workerData: setting, env: {}, stdout: true, stderr: true })
    this.#worker.stdout.resume()
    this.#worker.stderr.resume()
    this.ready = new Promise((resolve, reject) => {
      const timer = setTimeout(() => void this.end('it took too long to load'), LOAD_MS)
      const done = (act: () => void): void => {
        clearTimeout(timer)
        this.#worker.unref()
        act()
      }
      this.#loading = {
        resolve: (labels) => done(() => resolve(labels)),
        reject: (error) => done(() => reject(error)),
      }
    })
    this.ready.catch(() => undefined)
    this.#worker.on('message', (message: FromTokens) => this.#hear(message))
    this.#worker.on('messageerror', () => void this.end('the model could not be understood'))
    this.#worker.on('error', () => void this.end('the model broke down'))
    this.#worker.on('exit', () => void this.end('the model ended without a word'))
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Rejects with `detection_failed`. */
  read(text: string): Promise<readonly TokenSpan[]> {
    if (this.#ended || this.#reading !== null) return Promise.reject(failed('the model is not free'))
    return new Promise((resolve, reject) => {
      this.#reading = { resolve, reject }
      this.#worker.ref()
      this.#worker.postMessage({ text })
    })
  }

  /** Ends the thread at once; what it was at has failed for the reason given. */
  async end(reason: string): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    this.#loading?.reject(failed(reason))
    this.#reading?.reject(failed(reason))
    this.#loading = null
    this.#reading = null
    await this.#worker.terminate()
  }

  #hear(message: FromTokens): void {
    if ('ready' in message) {
      this.#loading?.resolve(message.ready)
      this.#loading = null
    } else if ('broken' in message) void this.end(message.broken)
    else {
      const reading = this.#reading
      this.#reading = null
      this.#worker.unref()
      if ('spans' in message) reading?.resolve(message.spans)
      else reading?.reject(failed('the model could not read a text'))
    }
  }
}

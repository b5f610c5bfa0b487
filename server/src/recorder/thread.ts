import { Worker } from 'node:worker_threads'
import { CausewayError } from '../domain/index.ts'
import type { FromRecorder, RecorderStart, ToRecorder } from './messages.ts'

const ENTRIES = {
  worker: new URL('./worker.ts', import.meta.url),
  reader: new URL('./reader.ts', import.meta.url),
}

/** A thread of ours by its entry file; nothing else in this room starts one. */
export const spawn = (entry: keyof typeof ENTRIES, data: unknown): Worker =>
  new Worker(ENTRIES[entry], { workerData: data })

/** What happens on the other side, told as it happens. `ended` comes last and once. */
export interface ThreadEvents {
  message(message: FromRecorder): void
  ended(reason: string): void
}

export interface Thread {
  readonly publicKey: string
  post(message: ToRecorder): void
  stop(): Promise<void>
}

/**
 * Starts the recorder's thread and waits until log and ledger are open. Rejects with CausewayError
 * `record_damaged` or `data_folder` as the thread says, `record_unavailable` where it ended without a word.
 */
export const startThread = (start: RecorderStart, events: ThreadEvents): Promise<Thread> =>
  new Promise((resolve, reject) => {
    const worker = spawn('worker', start)
    let isReady = false
    let reason = 'it ended without a word'
    worker.on('error', (thrown) => {
      reason = thrown instanceof Error ? thrown.message : String(thrown)
    })
    worker.on('exit', () => {
      if (isReady) events.ended(reason)
      else reject(new CausewayError('record_unavailable', `The recorder did not start: ${reason}.`))
    })
    worker.on('message', (message: FromRecorder) => {
      if (message.type === 'refused') {
        reject(new CausewayError(message.code, message.message))
      } else if (message.type === 'ready') {
        isReady = true
        resolve({
          publicKey: message.publicKey,
          post: (text) => worker.postMessage(text),
          stop: async () => {
            await worker.terminate()
          },
        })
      } else {
        events.message(message)
      }
    })
  })

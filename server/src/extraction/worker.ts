import { parentPort, workerData } from 'node:worker_threads'
import { failed, type Limits, type Outcome, type ToReader } from './outcome.ts'
import { readFile } from './read.ts'

/*
 * The entry of a thread that reads files, one after the other. The libraries that do it are loaded in here
 * only, each when the first file asks for it.
 */
const port = parentPort
if (port === null) throw new TypeError('this file is the entry of a worker thread')

const limits: Limits = workerData

// A parser's forgotten promise ends nothing: the file it belongs to fails by itself or by its time.
process.on('unhandledRejection', () => {})

port.on('message', async ({ bytes, mime }: ToReader) => {
  let outcome: Outcome
  try {
    outcome = await readFile(bytes, mime, limits)
  } catch {
    outcome = failed('it is broken')
  }
  port.postMessage(outcome)
})

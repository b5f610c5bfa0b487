import { parentPort, workerData } from 'node:worker_threads'
import { faultOf } from '../domain/index.ts'
import { Committer } from './commit.ts'
import { dataFiles } from './layout.ts'
import type { FromRecorder, RecorderStart, ToRecorder } from './messages.ts'
import { keepSnapshot } from './snapshots.ts'

/*
 * The recorder's thread: it alone writes log and ledger. A composition root of its own, because a commit needs
 * the audit room's arithmetic and the store's transactions at once.
 */
const port = parentPort
if (port === null) throw new TypeError('this file is the entry of a worker thread')

const start: RecorderStart = workerData
const files = dataFiles(start.folder)

const tell = (message: FromRecorder): void => port.postMessage(message)
const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const commit = (committer: Committer, text: string): FromRecorder => {
  try {
    return { type: 'done', rejected: committer.commit(text) }
  } catch (thrown) {
    return { type: 'failed', message: reasonOf(thrown) }
  }
}

const keep = (hash: string, source: string): string | null => {
  try {
    keepSnapshot(files.snapshots, hash, source)
    return null
  } catch (thrown) {
    return reasonOf(thrown)
  }
}

const listen = (committer: Committer): void => {
  port.on('message', (message: ToRecorder) => {
    switch (message.type) {
      case 'batch':
        return tell(commit(committer, message.text))
      case 'snapshot':
        return tell({ type: 'kept', id: message.id, problem: keep(message.hash, message.source) })
      case 'close':
        committer.close()
        tell({ type: 'closed' })
        return port.close()
    }
  })
}

try {
  const committer = await Committer.open(files, start.time)
  listen(committer)
  tell({ type: 'ready', publicKey: committer.publicKey })
} catch (thrown) {
  const { code, message } = faultOf(thrown)
  const isOurs = code !== 'internal'
  tell({ type: 'refused', code: isOurs ? code : 'data_folder', message: isOurs ? message : reasonOf(thrown) })
  port.close()
}

import { parentPort, workerData } from 'node:worker_threads'
import { faultOf, type Ledger } from '../domain/index.ts'
import { openLedger } from '../store/index.ts'
import type { FromReader, LedgerAnswer, LedgerQuestion, ToReader } from './messages.ts'

/*
 * The reading thread: a connection of its own, so that a sum over a year of requests delays neither a commit
 * nor the event loop.
 */
const port = parentPort
if (port === null) throw new TypeError('this file is the entry of a worker thread')

const file: string = workerData
let opened: Ledger | undefined

const answer = async (question: LedgerQuestion): Promise<LedgerAnswer> => {
  opened ??= openLedger(file)
  switch (question.type) {
    case 'list':
      return { type: 'list', rows: await opened.list(question.filter) }
    case 'get':
      return { type: 'get', row: await opened.get(question.request) }
    case 'totals':
      return { type: 'totals', totals: await opened.totals(question.since) }
  }
}

port.on('message', async ({ id, question }: ToReader) => {
  const message: FromReader = {
    id,
    answer: await answer(question).catch((thrown): LedgerAnswer => {
      const { code, message } = faultOf(thrown)
      const text = thrown instanceof Error ? thrown.message : message
      return { type: 'failed', code: code === 'internal' ? 'data_folder' : code, message: text }
    }),
  }
  port.postMessage(message)
})

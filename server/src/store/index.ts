/**
 * Where facts rest: the ledger of requests, what conversations carried, stored answers, and counters.
 *
 * Promises: a row is there wholly or not at all, and on the disk when `commit` returns; a reader sees only what
 * was committed and never delays the writer; migrations only go forward, and a database from a newer program is
 * refused, not guessed at; a counter never lets more through than its limit in any window.
 *
 * Implements ports of `domain`; every implementation of one port passes the same contract suite. SQL is written
 * with kysely and in this room only. The recorder, `main.ts` and the command line open it; nothing else may.
 */
export { type ConversationStore, openConversations } from './conversations/sqlite.ts'
export { createMemoryCounters } from './counters/memory.ts'
export type { NewRow } from './ledger/row.ts'
export {
  type Committed,
  type CommittedReader,
  LedgerWriter,
  openCommitted,
  openLedger,
} from './ledger/sqlite.ts'
export { openResponses, type ResponseStore } from './responses/sqlite.ts'
export { holdFile } from './sqlite/lock.ts'

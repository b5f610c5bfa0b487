import type { Code, LedgerTotal, RequestFilter, RequestRow } from '../domain/index.ts'

/*
 * What the threads say to each other. Facts travel as text, one a line, because one long string is an order of
 * magnitude cheaper to hand over than as many objects: `i{intent leaf}`, `o{request record}`, `e{event leaf}`.
 */
export const INTENT = 'i'
export const OUTCOME = 'o'
export const EVENT = 'e'

/** Given to the recorder's thread when it starts. */
export interface RecorderStart {
  readonly folder: string
  /** ISO 8601, for a leaf about repairs. */
  readonly time: string
}

export type ToRecorder =
  | { readonly type: 'batch'; readonly text: string }
  | { readonly type: 'snapshot'; readonly id: number; readonly hash: string; readonly source: string }
  | { readonly type: 'close' }

export type FromRecorder =
  | { readonly type: 'ready'; readonly publicKey: string }
  | { readonly type: 'refused'; readonly code: Code; readonly message: string }
  /** The batch is on the disk, but for the facts named by their position. */
  | { readonly type: 'done'; readonly rejected: readonly Rejected[] }
  /** Nothing of the batch is. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'kept'; readonly id: number; readonly problem: string | null }
  | { readonly type: 'closed' }

export interface Rejected {
  readonly position: number
  readonly message: string
}

export type LedgerQuestion =
  | { readonly type: 'list'; readonly filter: RequestFilter }
  | { readonly type: 'get'; readonly request: string }
  | { readonly type: 'totals'; readonly since: string }

export interface ToReader {
  readonly id: number
  readonly question: LedgerQuestion
}

export type LedgerAnswer =
  | { readonly type: 'list'; readonly rows: readonly RequestRow[] }
  | { readonly type: 'get'; readonly row: RequestRow | null }
  | { readonly type: 'totals'; readonly totals: readonly LedgerTotal[] }
  | { readonly type: 'failed'; readonly code: Code; readonly message: string }

export interface FromReader {
  readonly id: number
  readonly answer: LedgerAnswer
}

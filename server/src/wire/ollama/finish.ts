import type { FinishReason } from '../../domain/index.ts'

/**
 * `done_reason` to ours; a turn that calls tools says `stop` too. `load` and `unload` are the answers to requests
 * that say nothing. What is unknown, or was not said by an older server, stays `other`, never `stop`.
 */
export const readFinish = (native: string | null, tools: boolean): FinishReason => {
  switch (native) {
    case 'stop':
      return tools ? 'tool' : 'stop'
    case 'length':
      return 'length'
    case null:
      return tools ? 'tool' : 'other'
    default:
      return 'other'
  }
}

/** Ours to `done_reason`. */
export const writeFinish = (reason: FinishReason): 'stop' | 'length' =>
  reason === 'length' || reason === 'context' ? 'length' : 'stop'

/** True where `done_reason` does not tell what happened. */
export const losesReason = (reason: FinishReason): boolean => {
  switch (reason) {
    case 'stop':
    case 'length':
    case 'tool':
      return false
    case 'stop-sequence':
    case 'context':
    case 'filter':
    case 'refusal':
    case 'pause':
    case 'malformed':
    case 'other':
      return true
  }
}

import type { FinishReason, JsonObject, ReplyEvent } from '../../domain/index.ts'

/** `stop_reason` to ours. What is unknown stays `other` with its own word beside it. */
export const readFinish = (native: string): FinishReason => {
  switch (native) {
    case 'end_turn':
      return 'stop'
    case 'max_tokens':
      return 'length'
    case 'model_context_window_exceeded':
      return 'context'
    case 'tool_use':
      return 'tool'
    case 'stop_sequence':
      return 'stop-sequence'
    case 'refusal':
      return 'refusal'
    case 'pause_turn':
    case 'compaction':
      return 'pause'
    default:
      return 'other'
  }
}

const writeFinish = (reason: FinishReason): string => {
  switch (reason) {
    case 'length':
      return 'max_tokens'
    case 'context':
      return 'model_context_window_exceeded'
    case 'tool':
      return 'tool_use'
    case 'stop-sequence':
      return 'stop_sequence'
    case 'filter':
    case 'refusal':
      return 'refusal'
    case 'pause':
      return 'pause_turn'
    case 'stop':
    case 'malformed':
    case 'other':
      return 'end_turn'
  }
}

/** What is told where the upstream's model tried to call a tool and failed: an end by its own will it was not. */
export const MALFORMED = 'The model tried to call a tool, and what it wrote is no call.'

const UNLIKE: readonly FinishReason[] = ['filter', 'other']

/**
 * How an answer ended. The dialect has one word for each kind of end; where the upstream's own says more, it
 * stands beside it. A refusal that was told in words ends as one.
 */
export const stopFields = (end: Extract<ReplyEvent, { type: 'end' }>, refused: boolean): JsonObject => {
  const reason = writeFinish(refused && end.reason === 'stop' ? 'refusal' : end.reason)
  return {
    stop_reason: reason,
    stop_sequence: end.stopSequence,
    ...(reason === 'refusal' ? { stop_details: { type: 'refusal', category: null, explanation: null } } : {}),
    ...(end.native !== null && UNLIKE.includes(end.reason) ? { native_stop_reason: end.native } : {}),
  }
}

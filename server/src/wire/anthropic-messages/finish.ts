import type { FinishReason } from '../../domain/index.ts'

/** `stop_reason` to ours. What is unknown stays `other` with its own word beside it. */
export const readFinish = (native: string): FinishReason => {
  switch (native) {
    case 'end_turn':
      return 'stop'
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length'
    case 'tool_use':
      return 'tool'
    case 'stop_sequence':
      return 'stop-sequence'
    case 'refusal':
      return 'refusal'
    case 'pause_turn':
      return 'pause'
    default:
      return 'other'
  }
}

export const writeFinish = (reason: FinishReason): string => {
  switch (reason) {
    case 'length':
      return 'max_tokens'
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
    case 'other':
      return 'end_turn'
  }
}

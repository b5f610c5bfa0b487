import type { FinishReason } from '../../domain/index.ts'

/**
 * `stopReason` to ours. Some models end a turn that calls a tool like any other, so what was seen counts too.
 * What is unknown stays `other` with its own word beside it, never `stop`.
 */
export const readFinish = (native: string, tools: boolean): FinishReason => {
  switch (native) {
    case 'end_turn':
      return tools ? 'tool' : 'stop'
    case 'tool_use':
      return 'tool'
    case 'max_tokens':
      return 'length'
    case 'stop_sequence':
      return 'stop-sequence'
    case 'guardrail_intervened':
    case 'content_filtered':
      return 'filter'
    case 'model_context_window_exceeded':
      return 'context'
    case 'malformed_tool_use':
    case 'malformed_model_output':
      return 'malformed'
    default:
      return 'other'
  }
}

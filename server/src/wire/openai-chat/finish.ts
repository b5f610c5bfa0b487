import type { FinishReason } from '../../domain/index.ts'

/**
 * `finish_reason` to ours. Servers that call tools yet say `stop` exist, so what was seen in the answer counts
 * too. What is unknown stays `other` with its own word beside it, never `stop`.
 */
export const readFinish = (
  native: string,
  seen: { readonly tools: boolean; readonly refusal: boolean },
): FinishReason => {
  switch (native) {
    case 'stop':
    case 'eos':
      if (seen.tools) return 'tool'
      return seen.refusal ? 'refusal' : 'stop'
    case 'length':
      return 'length'
    case 'tool_calls':
    case 'function_call':
      return 'tool'
    case 'content_filter':
      return 'filter'
    default:
      return 'other'
  }
}

/** Ours to `finish_reason`. A refusal that explained itself is an ordinary stop with `refusal` filled in. */
export const writeFinish = (reason: FinishReason, explained: boolean): string => {
  switch (reason) {
    case 'length':
      return 'length'
    case 'tool':
      return 'tool_calls'
    case 'filter':
      return 'content_filter'
    case 'refusal':
      return explained ? 'stop' : 'content_filter'
    case 'stop':
    case 'stop-sequence':
    case 'pause':
    case 'other':
      return 'stop'
  }
}

import type { FinishReason } from '../../domain/index.ts'

/** How an answer ended, from its status, why it is incomplete, and what was seen in it. Unknown reasons stay `other`. */
export const readFinish = (
  status: string,
  incomplete: string | null,
  seen: { readonly tools: boolean; readonly refusal: boolean },
): FinishReason => {
  if (status === 'incomplete' || incomplete !== null) {
    switch (incomplete) {
      case 'max_output_tokens':
      case 'max_tokens':
        return 'length'
      case 'content_filter':
        return 'filter'
      case CONTEXT:
        return 'context'
      case PAUSE:
        return 'pause'
      default:
        return 'other'
    }
  }
  if (seen.tools) return 'tool'
  return seen.refusal ? 'refusal' : 'stop'
}

/** The dialect names two reasons only; for these ours are as plain as the vendor's own. */
const CONTEXT = 'model_context_window_exceeded'
const PAUSE = 'pause_turn'

/** The status of an answer, and why it is incomplete where it is. `explained`: it holds a refusal in words. */
export const writeFinish = (
  reason: FinishReason,
  explained: boolean,
): { readonly status: 'completed' | 'incomplete' | 'failed'; readonly incomplete: string | null } => {
  switch (reason) {
    case 'length':
      return { status: 'incomplete', incomplete: 'max_output_tokens' }
    case 'context':
      return { status: 'incomplete', incomplete: CONTEXT }
    case 'pause':
      return { status: 'incomplete', incomplete: PAUSE }
    case 'filter':
      return { status: 'incomplete', incomplete: 'content_filter' }
    case 'refusal':
      return explained
        ? { status: 'completed', incomplete: null }
        : { status: 'incomplete', incomplete: 'content_filter' }
    case 'malformed':
      return { status: 'failed', incomplete: null }
    case 'stop':
    case 'tool':
    case 'stop-sequence':
    case 'other':
      return { status: 'completed', incomplete: null }
  }
}

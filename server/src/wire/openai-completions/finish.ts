import type { FinishReason } from '../../domain/index.ts'

/** `finish_reason` to ours; what is unknown stays `other` with its own word beside it. */
export const readFinish = (native: string): FinishReason => {
  switch (native) {
    case 'stop':
    case 'eos':
    case 'eos_token':
      return 'stop'
    case 'stop_sequence':
      return 'stop-sequence'
    case 'length':
      return 'length'
    case 'content_filter':
      return 'filter'
    default:
      return 'other'
  }
}

export const writeFinish = (reason: FinishReason): string => {
  switch (reason) {
    case 'length':
    case 'context':
      return 'length'
    case 'filter':
    case 'refusal':
      return 'content_filter'
    case 'stop':
    case 'stop-sequence':
    case 'tool':
    case 'pause':
    case 'malformed':
    case 'other':
      return 'stop'
  }
}

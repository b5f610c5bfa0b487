import type { FinishReason, JsonObject, ReplyEvent } from '../../domain/index.ts'

/** `finishReason` to ours. The dialect says STOP for calls too; what is unknown stays `other` with its own word beside it. */
export const readFinish = (native: string, calls: boolean): FinishReason => {
  switch (native) {
    case 'STOP':
      return calls ? 'tool' : 'stop'
    case 'MAX_TOKENS':
      return 'length'
    case 'SAFETY':
    case 'RECITATION':
    case 'LANGUAGE':
    case 'BLOCKLIST':
    case 'PROHIBITED_CONTENT':
    case 'SPII':
    case 'MODEL_ARMOR':
      return 'filter'
    case 'MALFORMED_FUNCTION_CALL':
    case 'UNEXPECTED_TOOL_CALL':
    case 'TOO_MANY_TOOL_CALLS':
    case 'MALFORMED_RESPONSE':
      return 'malformed'
    default:
      return native.startsWith('IMAGE_') && native !== 'IMAGE_OTHER' ? 'filter' : 'other'
  }
}

/** The word that says that an answer is over, or null where this candidate says nothing of it. */
export const finishIn = (candidate: JsonObject): string | null => {
  const word = candidate['finishReason']
  return typeof word === 'string' && word !== '' && word !== 'FINISH_REASON_UNSPECIFIED' ? word : null
}

const writeFinish = (reason: FinishReason): string => {
  switch (reason) {
    case 'stop':
    case 'stop-sequence':
    case 'tool':
    case 'pause':
      return 'STOP'
    case 'length':
    case 'context':
      return 'MAX_TOKENS'
    case 'filter':
    case 'refusal':
      return 'SAFETY'
    case 'malformed':
      return 'MALFORMED_FUNCTION_CALL'
    case 'other':
      return 'OTHER'
  }
}

/** `finishReason`, and in `finishMessage` the upstream's own word where ours does not say as much. */
export const finishFields = (end: Extract<ReplyEvent, { type: 'end' }>): JsonObject => {
  const finishReason = writeFinish(end.reason)
  const told = end.reason === 'stop' || end.reason === 'length' || end.reason === 'tool'
  const word = end.native === null || end.native === finishReason || told ? null : end.native
  const stop = end.stopSequence === null ? null : `stop sequence: ${end.stopSequence}`
  const finishMessage = stop ?? word
  return { finishReason, ...(finishMessage === null ? {} : { finishMessage }) }
}

import { type Call, CausewayError, type Forward, type JsonObject, type Written } from '../../domain/index.ts'
import { forwardBody } from '../body/forward.ts'
import { isGenerate } from './shape.ts'

const turn = (message: JsonObject): { readonly start: boolean; readonly pinned: boolean } => ({
  start: message['role'] === 'user',
  pinned: message['role'] === 'system',
})

/**
 * The client's own text with the model's name replaced and history fitted. One prompt cannot be shortened, and the
 * server would cut it without a word: throws CausewayError `context_too_long` where it does not fit.
 */
export const forward = (call: Call, options: Forward): Written => {
  const { fit } = options
  if (fit !== null && call.operation === 'chat' && isGenerate(call.json) && call.needs.inputTokens > fit) {
    throw new CausewayError(
      'context_too_long',
      `The prompt is too long: about ${call.needs.inputTokens} tokens, and the maximum context length is ${fit}.`,
      { field: 'prompt' },
    )
  }
  return forwardBody(call, options, { set: new Map(), turn, maxTokens: [], leaveOut: null })
}

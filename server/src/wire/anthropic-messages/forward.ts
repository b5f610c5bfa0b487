import type { Call, Forward, JsonObject, Written } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { forwardBody } from '../body/forward.ts'
import { UNSIGNED } from './unsigned.ts'

/** A system turn among the messages may not be the first of them, so none is kept when what stands before it goes. */
const turn = (message: JsonObject): { readonly start: boolean; readonly pinned: boolean } => {
  const content = message['content']
  const answers =
    isList(content) && content.some((block) => isObject(block) && block['type'] === 'tool_result')
  return { start: message['role'] === 'user' && !answers, pinned: false }
}

/** The client's own text with the model's name replaced and the history fitted. */
export const forward = (call: Call, options: Forward): Written =>
  forwardBody(call, options, {
    set: new Map(),
    turn,
    maxTokens: ['max_tokens'],
    leaveOut: call.source.includes(UNSIGNED) ? isUnsigned : null,
  })

const isUnsigned = (block: JsonObject): boolean =>
  block['type'] === 'thinking' && block['signature'] === UNSIGNED

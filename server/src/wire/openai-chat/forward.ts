import type { Call, Forward, JsonObject, Written } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { forwardBody } from '../body/forward.ts'

const turn = (message: JsonObject): { readonly start: boolean; readonly pinned: boolean } => ({
  start: message['role'] === 'user',
  pinned: message['role'] === 'system' || message['role'] === 'developer',
})

const usageAsked = (call: Call): string => {
  const options = call.json['stream_options']
  return JSON.stringify({ ...(isObject(options) ? options : {}), include_usage: true })
}

/** The client's own text with the model's name replaced, usage asked for where wanted, and history fitted. */
export const forward = (call: Call, options: Forward): Written => {
  const set = new Map<string, string>()
  if (call.stream && options.askUsage && !call.wantsUsage) set.set('stream_options', usageAsked(call))
  return forwardBody(call, options, {
    set,
    turn,
    maxTokens: ['max_completion_tokens', 'max_tokens'],
    leaveOut: null,
  })
}

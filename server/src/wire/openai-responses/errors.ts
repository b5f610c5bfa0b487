import type { Fault, Json, JsonObject } from '../../domain/index.ts'
import { errorBody as chatErrorBody, codeOf } from '../openai-chat/errors.ts'

/** The vendor has one shape for all of its protocols: `{error: {message, type, param, code}}`. */
export const errorBody = (fault: Fault): JsonObject => chatErrorBody(fault)

/** Our sequence numbers are not known where an error cuts in; this one is behind any other. */
const LAST_NUMBER = 2_147_483_647

/**
 * The one terminal event for a failure: agents wait for `response.failed` and pass over `error`, and the vendor's
 * SDK throws for an event with an `error` at its top. `response` is the resource as far as it is known.
 */
export const failedEvent = (response: JsonObject, error: Json, sequence: number): string => {
  const event = { type: 'response.failed', sequence_number: sequence, response, error }
  return `event: response.failed\ndata: ${JSON.stringify(event)}\n\n`
}

/** Closes what may be half sent, then the failure as the stream's last event. The request is not at hand, so nothing is echoed. */
export const errorEvent = (fault: Fault, request: string): string => {
  const { error } = errorBody(fault)
  const told = typeof error === 'object' && error !== null && 'message' in error ? error['message'] : null
  const response: JsonObject = {
    id: `resp_${request}`,
    object: 'response',
    created_at: 0,
    completed_at: null,
    status: 'failed',
    background: false,
    error: { code: codeOf(fault), message: typeof told === 'string' ? told : fault.message },
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    max_tool_calls: null,
    model: '',
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    prompt_cache_key: null,
    reasoning: null,
    safety_identifier: null,
    service_tier: 'default',
    store: false,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    truncation: 'disabled',
    usage: null,
    user: null,
    metadata: {},
  }
  return `\n\n${failedEvent(response, error ?? null, LAST_NUMBER)}`
}

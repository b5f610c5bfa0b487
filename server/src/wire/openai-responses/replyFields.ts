/*
 * The members of a reply that the reader makes events of, or that say nothing of the answer and are written anew.
 * Whatever else carries a value is named. fidelity.ts has a line for each.
 */

/** Fields of a response that echo the request, or say nothing of the answer itself. */
export const KNOWN_REPLY = (
  'id object created_at completed_at status background error incomplete_details instructions max_output_tokens ' +
  'max_tool_calls model output output_text parallel_tool_calls previous_response_id prompt_cache_key ' +
  'prompt_cache_retention prompt_cache_options reasoning safety_identifier service_tier store temperature text ' +
  'tool_choice tools top_logprobs top_p presence_penalty frequency_penalty truncation usage user metadata ' +
  'conversation native_finish_reason stop_sequence created tool_calls total_tokens status_details ' +
  'input top_k'
).split(' ')

/** Members of an item or part that its events are made of, or that only name it. */
export const KNOWN_MESSAGE = ['id', 'type', 'role', 'status', 'content', 'phase']
export const KNOWN_TEXT = ['type', 'text', 'annotations', 'logprobs', 'parsed']
export const KNOWN_REASONING = [
  'id',
  'type',
  'status',
  'summary',
  'content',
  'encrypted_content',
  'format',
  'signature',
]
export const KNOWN_CALL = [
  'id',
  'type',
  'status',
  'call_id',
  'name',
  'arguments',
  'input',
  'parsed_arguments',
]

/** What is billed to whoever asks needs no telling. */
export const KNOWN_REPLY_AND_BILLING = [...KNOWN_REPLY, 'billing']

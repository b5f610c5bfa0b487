/*
 * The members of a reply that the reader makes events of, or that say nothing of the answer and are written anew.
 * Whatever else carries a value is named. fidelity.ts has a line for each.
 */

export const KNOWN_REPLY = [
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'x_groq',
  'citations',
  'search_results',
  'obfuscation',
]

export const KNOWN_CHOICE = [
  'index',
  'delta',
  'message',
  'finish_reason',
  'native_finish_reason',
  'stop_reason',
  'matched_stop',
  'logprobs',
]

export const KNOWN_MESSAGE = [
  'role',
  'content',
  'refusal',
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'tool_calls',
  'function_call',
  'annotations',
  'images',
  'audio',
  'extra_content',
  'thought_signature',
]

export const KNOWN_USAGE = [
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'prompt_tokens_details',
  'completion_tokens_details',
  'prompt_cache_hit_tokens',
  'prompt_cache_miss_tokens',
  'cached_tokens',
  'num_cached_tokens',
]
export const KNOWN_PROMPT_DETAILS = ['cached_tokens', 'cache_write_tokens', 'text_tokens']
export const KNOWN_COMPLETION_DETAILS = ['reasoning_tokens', 'text_tokens']

import { type FieldRow, mapped, row, signalled } from '../body/fidelity.ts'

const named = (fields: FieldRow, ...names: readonly string[]): Readonly<Record<string, FieldRow>> =>
  Object.fromEntries(names.map((name) => [name, fields]))

const anew = row(mapped('written anew'))
const reasoning = row(mapped('reasoning'))
const sources = row(mapped('citations of the text'), { ollama: signalled('there are no citations') })

/** Of a message, whole or in pieces. */
const MESSAGE: Readonly<Record<string, FieldRow>> = {
  role: anew,
  content: row(mapped('text; parts of thought are reasoning')),
  refusal: row(mapped('a refusal, or text where the dialect has none')),
  reasoning_content: reasoning,
  reasoning,
  reasoning_details: row(
    mapped('reasoning; what is sealed in the dialect’s own place for it, marked with its issuer'),
    { ollama: mapped('reasoning; what is sealed has no place and is signalled') },
  ),
  annotations: sources,
  images: row(signalled('answers hold no images'), { gemini: mapped('inlineData') }),
  audio: row(mapped('its transcript as text')),
  'audio.id': row(mapped('nothing is held under it elsewhere')),
  'audio.data': row(signalled('answers hold no sound'), { gemini: mapped('inlineData') }),
  'audio.expires_at': row(mapped('nothing is held elsewhere')),
  tool_calls: row(mapped('tool calls; custom ones as calls of the function that stands in')),
  'tool_calls[].extra_content': row(mapped('Gemini’s signature of the call, in its place')),
  function_call: row(mapped('a tool call')),
  'extra_content.google.thought_signature': row(mapped('Gemini’s signature of the answer, in its place'), {
    ollama: signalled('there is no place for it'),
  }),
  'extra_content.google': row(signalled('what else a vendor says here is its own')),
  thought_signature: row(mapped('the same signature once more')),
  executed_tools: row(signalled('what the vendor’s own tools did')),
  channel: row(signalled('the server’s name for a part of the answer')),
  phase: row(signalled('the server’s name for a part of the answer')),
}

const USAGE: Readonly<Record<string, FieldRow>> = {
  ...named(row(mapped('tokens of the question')), 'usage.prompt_tokens'),
  ...named(row(mapped('tokens of the answer, reasoning included')), 'usage.completion_tokens'),
  ...named(row(mapped('the sum')), 'usage.total_tokens'),
  ...named(
    row(mapped('tokens read from the cache')),
    'usage.prompt_tokens_details.cached_tokens',
    'usage.prompt_cache_hit_tokens',
    'usage.cached_tokens',
    'usage.num_cached_tokens',
  ),
  'usage.prompt_cache_miss_tokens': row(mapped('what is left of the question')),
  'usage.prompt_tokens_details.cache_write_tokens': row(mapped('tokens written to the cache')),
  'usage.completion_tokens_details.reasoning_tokens': row(mapped('tokens of reasoning')),
  ...named(
    row(mapped('what is left of the sum')),
    'usage.prompt_tokens_details.text_tokens',
    'usage.completion_tokens_details.text_tokens',
  ),
  usage: row(signalled('costs, times and counts of the vendor’s own')),
}

const spread = (
  fields: Readonly<Record<string, FieldRow>>,
  ...prefixes: readonly string[]
): Readonly<Record<string, FieldRow>> =>
  Object.fromEntries(
    prefixes.flatMap((prefix) => Object.entries(fields).map(([name, line]) => [`${prefix}${name}`, line])),
  )

/** Every field of a completion or a chunk of one. A line stands for all that is below it and has none of its own. */
export const replyRows: Readonly<Record<string, FieldRow>> = {
  ...named(anew, 'id', 'object', 'created'),
  model: row(mapped('replaced by the name that the client asked for')),
  choices: row(signalled('one answer is all there is')),
  'choices[].index': row(mapped('the first answer is the answer')),
  ...spread(MESSAGE, 'choices[].message.', 'choices[].delta.'),
  'choices[].finish_reason': row(mapped('why the answer ended')),
  'choices[].native_finish_reason': row(mapped('why the answer ended, told apart more closely')),
  ...named(
    row(mapped('the stop string that fired, where there is a place'), {
      'openai-responses': mapped('the answer is complete all the same'),
    }),
    'choices[].stop_reason',
    'choices[].matched_stop',
  ),
  'choices[].logprobs': row(mapped('log probabilities'), {
    'anthropic-messages': signalled('there are no log probabilities'),
    ollama: signalled('there are no log probabilities'),
  }),
  ...named(
    row(signalled('what the vendor’s own filter found')),
    'choices[].content_filter_results',
    'choices[].content_filter_offsets',
    'prompt_filter_results',
    'moderation',
  ),
  ...named(row(signalled('the server’s own')), 'choices[].seed', 'choices[].token_ids', 'choices[].text'),
  ...USAGE,
  ...Object.fromEntries(Object.entries(USAGE).map(([name, line]) => [`x_groq.${name}`, line])),
  x_groq: row(signalled('the vendor’s own')),
  'x_groq.id': row(mapped('the upstream’s id is in the record')),
  ...named(sources, 'citations', 'search_results'),
  obfuscation: row(mapped('padding against those who measure lengths; nothing is said by it')),
  service_tier: row(signalled('how the vendor served it', ['default'])),
  system_fingerprint: row(signalled('the vendor’s mark of what served it')),
  metadata: row(signalled('what the client sent is not repeated')),
  error: row(mapped('an error in the client’s own shape')),
  status_code: row(mapped('an error in the client’s own shape')),
  ...named(
    row(signalled('the vendor’s own')),
    'provider',
    'request_id',
    'time_info',
    'sla_metrics',
    'prompt',
    'usage_breakdown',
    'timings',
    'prompt_logprobs',
    'kv_transfer_params',
  ),
}

import { type DialectFields, type FieldRow, mapped, refused, row, signalled } from '../body/fidelity.ts'

const runtime = row(signalled('how the server runs the model is its own affair'))
const only = (why: string, ...neutral: readonly (string | boolean | readonly string[])[]): FieldRow =>
  row(refused(why, neutral))

const OPTIONS: Readonly<Record<string, FieldRow>> = {
  options: row(mapped('each by its name')),
  'options.num_predict': row(mapped('the limit of the answer; below zero is none')),
  'options.temperature': row(mapped('temperature; clamped where the dialect ends at 1')),
  'options.top_p': row(mapped('top_p')),
  'options.top_k': row(mapped('top_k, where the model takes it'), {
    'openai-responses': signalled('there is no such setting'),
  }),
  'options.min_p': row(signalled('there is no such sampling', [0]), { 'openai-chat': mapped('min_p') }),
  'options.seed': row(signalled('sampling cannot be seeded'), {
    'openai-chat': mapped('seed'),
    gemini: mapped('seed'),
  }),
  'options.stop': row(mapped('stop strings'), {
    'openai-responses': refused('there are no stop strings', [[]]),
  }),
  'options.presence_penalty': row(signalled('there is no such penalty', [0]), {
    'openai-chat': mapped('presence_penalty'),
    gemini: mapped('presencePenalty'),
  }),
  'options.frequency_penalty': row(signalled('there is no such penalty', [0]), {
    'openai-chat': mapped('frequency_penalty'),
    gemini: mapped('frequencyPenalty'),
  }),
  'options.repeat_penalty': row(signalled('there is no such penalty', [1])),
  'options.repeat_last_n': row(signalled('there is no such penalty')),
  'options.typical_p': row(signalled('there is no such sampling', [1])),
  'options.tfs_z': row(signalled('there is no such sampling', [1])),
  'options.mirostat': row(signalled('there is no such sampling', [0])),
  'options.mirostat_tau': row(signalled('there is no such sampling')),
  'options.mirostat_eta': row(signalled('there is no such sampling')),
  'options.penalize_newline': row(signalled('there is no such penalty')),
  'options.num_keep': row(signalled('nothing is cut from the prompt')),
  'options.num_ctx': row(signalled('the context is the model’s own')),
  'options.draft_num_predict': runtime,
  'options.numa': runtime,
  'options.num_batch': runtime,
  'options.num_gpu': runtime,
  'options.main_gpu': runtime,
  'options.num_thread': runtime,
  'options.low_vram': runtime,
  'options.use_mmap': runtime,
  'options.use_mlock': runtime,
  'options.f16_kv': runtime,
  'options.logits_all': runtime,
  'options.vocab_only': runtime,
  'options.embedding_only': runtime,
}

const REQUEST: Readonly<Record<string, FieldRow>> = {
  model: row(mapped('replaced by the target’s model')),
  stream: row(mapped('the same; a stream where nothing is said')),
  messages: row(mapped('system, user, assistant and tool turns')),
  'messages[].role': row(mapped('the turn’s role')),
  'messages[].content': row(mapped('text')),
  'messages[].thinking': row(
    mapped('reasoning, where the dialect takes it back unsigned; left out with a signal elsewhere'),
  ),
  'messages[].images': row(mapped('images; their type is told by their first bytes')),
  'messages[].tool_calls': row(mapped('tool calls; ids that are missing are made from their places')),
  'messages[].tool_calls[].function.index': row(mapped('the order of the calls')),
  'messages[].tool_name': row(mapped('the call that is answered, and its tool’s name')),
  'messages[].tool_call_id': row(mapped('the call that is answered')),
  prompt: row(mapped('a user’s turn')),
  system: row(mapped('the system prompt')),
  images: row(mapped('images of the user’s turn')),
  suffix: only('text to be filled in is no conversation', ''),
  raw: only('a prompt with its template filled in is no conversation', false),
  context: only('tokens of an earlier answer are text to its own model alone', []),
  template: only('the model’s own template is used', ''),
  width: only('what is asked for is an image, not an answer'),
  height: only('what is asked for is an image, not an answer'),
  steps: only('what is asked for is an image, not an answer'),
  tools: row(mapped('functions')),
  'tools[]': row(refused('only functions have a counterpart')),
  format: row(mapped('JSON, or the schema of the answer', 'refused')),
  think: row(mapped('an effort or a budget of thinking; true stands for medium')),
  logprobs: row(mapped('log probabilities'), {
    'anthropic-messages': refused('there are no log probabilities'),
    'bedrock-converse': refused('there are no log probabilities'),
  }),
  top_logprobs: row(mapped('how many alternatives to each token')),
  keep_alive: row(signalled('how long a model stays loaded is its server’s affair')),
  truncate: row(signalled('of embeddings only')),
  ...OPTIONS,
}

const duration = row(mapped('the record has times of its own'))

const REPLY: Readonly<Record<string, FieldRow>> = {
  model: row(mapped('the model that was asked for')),
  created_at: row(mapped('written anew')),
  'message.role': row(mapped('the answer is the assistant’s')),
  'message.content': row(mapped('text')),
  'message.thinking': row(mapped('reasoning, unsigned')),
  'message.tool_calls': row(mapped('tool calls; an id that is missing is made from what came')),
  'message.images': row(mapped('images that the model made; their type is told by their first bytes')),
  response: row(mapped('text')),
  thinking: row(mapped('reasoning, unsigned')),
  logprobs: row(mapped('log probabilities'), {
    'anthropic-messages': signalled('there are no log probabilities'),
  }),
  done: row(mapped('the end of the answer')),
  done_reason: row(mapped('the finish reason, its own word beside it where it is unknown')),
  prompt_eval_count: row(mapped('input tokens; those that a cache saved are not told apart')),
  eval_count: row(mapped('output tokens')),
  total_duration: duration,
  load_duration: duration,
  prompt_eval_duration: duration,
  eval_duration: duration,
  context: row(signalled('tokens of the conversation are text to its own model alone')),
  remote_model: row(signalled('whose model answered in the server’s stead')),
  remote_host: row(signalled('who answered in the server’s stead')),
  embeddings: row(signalled('embeddings are relayed in their own dialect only')),
  error: row(mapped('the error’s message')),
}

/** What becomes of this dialect's fields in the others. */
export const fidelity: DialectFields = { request: REQUEST, reply: REPLY }

import type { Dialect, Json } from '../domain/index.ts'

/** What happens to a field on its way into another dialect: carried, left out and named in `x-causeway-dropped`, or refused. */
export type Fidelity = 'mapped' | 'signalled' | 'refused'

export interface FieldFidelity {
  readonly policy: Fidelity
  /** Values that say what the other dialect does anyway; leaving them out loses nothing. */
  readonly neutral?: readonly Json[]
  /** For a mapped field: what happens to a value that has no counterpart. Signalled where not said. */
  readonly otherwise?: 'signalled' | 'refused'
  /** For people. */
  readonly why: string
}

type Fields = Readonly<Record<string, FieldFidelity>>

const mapped = (why: string, otherwise: 'signalled' | 'refused' = 'signalled'): FieldFidelity => ({
  policy: 'mapped',
  otherwise,
  why,
})
const signalled = (why: string, neutral: readonly Json[] = []): FieldFidelity => ({
  policy: 'signalled',
  neutral,
  why,
})
const refused = (why: string, neutral: readonly Json[] = []): FieldFidelity => ({
  policy: 'refused',
  neutral,
  why,
})

const CHAT_TO_MESSAGES: Fields = {
  model: mapped('replaced by the target’s model'),
  messages: mapped('system, user, assistant and tool turns become blocks'),
  stream: mapped('the same'),
  stream_options: mapped('usage is always in a Messages stream'),
  max_tokens: mapped('max_tokens'),
  max_completion_tokens: mapped('max_tokens'),
  temperature: mapped('clamped to 0–1'),
  top_p: mapped('top_p'),
  top_k: mapped('top_k'),
  stop: mapped('stop_sequences'),
  tools: mapped('custom tools', 'refused'),
  'tools[]': refused('only function tools have a counterpart'),
  tool_choice: mapped('none, auto, any or one tool', 'refused'),
  parallel_tool_calls: mapped('inverted into disable_parallel_tool_use'),
  reasoning_effort: mapped('a thinking budget'),
  response_format: mapped('output_config.format; json_object becomes an instruction', 'refused'),
  user: mapped('metadata.user_id'),
  n: refused('one answer is all there is', [1]),
  logprobs: refused('there are no log probabilities', [false]),
  top_logprobs: refused('there are no log probabilities', [0]),
  audio: refused('there is no sound in answers'),
  modalities: refused('answers are text', [['text']]),
  functions: refused('the older form of tools is not carried; send tools', [[]]),
  function_call: refused('the older form of tool_choice is not carried; send tool_choice', ['auto', 'none']),
  web_search_options: refused('a search by the vendor would leave the policy’s reach'),
  moderation: refused('a check by the vendor that the other does not make'),
  frequency_penalty: signalled('there is no such penalty', [0]),
  presence_penalty: signalled('there is no such penalty', [0]),
  logit_bias: signalled('tokens cannot be biased', [{}]),
  seed: signalled('sampling cannot be seeded'),
  metadata: signalled('there is no such map', [{}]),
  store: signalled('nothing is stored', [false]),
  prediction: signalled('outputs cannot be predicted'),
  prompt_cache_key: signalled('caching is by position'),
  prompt_cache_options: signalled('caching is by position'),
  prompt_cache_retention: signalled('caching is by position'),
  safety_identifier: signalled('there is no such field'),
  service_tier: signalled('tiers are not the same', ['auto', 'default']),
  verbosity: signalled('there is no such setting', ['medium']),
  'messages[].name': signalled('turns carry no names'),
  'messages[].audio': refused('sound of an earlier answer is held by its vendor'),
  'messages[].function_call': refused('the older form of tool calls is not carried; send tool_calls'),
  'messages[].annotations': signalled('citations are not sent back', [[]]),
  'messages[].content[].image_url.detail': signalled('images have no detail setting', ['auto']),
}

const MESSAGES_TO_CHAT: Fields = {
  model: mapped('replaced by the target’s model'),
  messages: mapped('blocks become parts, tool calls and tool messages'),
  system: mapped('a system message'),
  stream: mapped('the same'),
  max_tokens: mapped('max_tokens or max_completion_tokens'),
  temperature: mapped('temperature'),
  top_p: mapped('top_p'),
  stop_sequences: mapped('stop; at most four'),
  tools: mapped('function tools', 'refused'),
  'tools[]': refused('a tool that the vendor runs or defines has no counterpart'),
  tool_choice: mapped('none, auto, required or one function', 'refused'),
  thinking: mapped('reasoning_effort'),
  output_config: mapped('reasoning_effort and response_format'),
  output_format: mapped('response_format'),
  metadata: mapped('user_id becomes user'),
  top_k: signalled('there is no such field in the dialect'),
  cache_control: signalled('caching is automatic'),
  service_tier: signalled('tiers are not the same', ['auto']),
  speed: signalled('there is no such setting', ['standard']),
  context_management: signalled('the history is not edited by the server'),
  compaction: signalled('the history is not compacted by the server'),
  diagnostics: signalled('there are no diagnostics'),
  billing_policy: signalled('billing is the vendor’s own'),
  fallbacks: signalled('fallbacks are the route’s affair', [[]]),
  fallback_credit_token: signalled('billing is the vendor’s own'),
  user_profile_id: signalled('profiles are held by the vendor'),
  workspace_id: signalled('workspaces are the vendor’s own'),
  container: refused('a container of the vendor cannot be reached from elsewhere'),
  mcp_servers: refused('servers called by the vendor would leave the policy’s reach', [[]]),
  thread: refused('a thread is held by the vendor'),
  inference_geo: refused('where the vendor computes cannot be asked for elsewhere', ['global']),
  'output_config.format': mapped('response_format', 'refused'),
  'tools[].cache_control': signalled('caching is automatic'),
  'messages[].content[].cache_control': signalled('caching is automatic'),
  'system[].cache_control': signalled('caching is automatic'),
}

const EMBEDDINGS: readonly string[] = ['model', 'input', 'encoding_format', 'dimensions', 'user']

const others = (
  to: readonly Dialect[],
  why: string,
): Readonly<Record<string, Readonly<Record<string, FieldFidelity>>>> =>
  Object.fromEntries(
    EMBEDDINGS.map((field) => [field, Object.fromEntries(to.map((dialect) => [dialect, refused(why)]))]),
  )

const towards = (
  dialect: Dialect,
  fields: Fields,
): Readonly<Record<string, Readonly<Record<string, FieldFidelity>>>> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, fidelity]) => [
      field,
      { [dialect]: fidelity, 'openai-embeddings': refused('a conversation cannot be embedded') },
    ]),
  )

/**
 * For each dialect, each field it is known to have, what becomes of it in every other dialect. Paths of nested
 * fields write `[]` for any position. The writers act on this table; what it does not name is signalled.
 */
export const fidelityTable: Readonly<
  Record<Dialect, Readonly<Record<string, Readonly<Record<string, FieldFidelity>>>>>
> = {
  'openai-chat': towards('anthropic-messages', CHAT_TO_MESSAGES),
  'anthropic-messages': towards('openai-chat', MESSAGES_TO_CHAT),
  'openai-embeddings': others(['openai-chat', 'anthropic-messages'], 'embeddings have no counterpart'),
}

/** The table's line for a field, or null where it has none. */
export const fidelityOf = (from: Dialect, field: string, to: Dialect): FieldFidelity | null => {
  const fields = fidelityTable[from]
  if (!Object.hasOwn(fields, field)) return null
  return fields[field]?.[to] ?? null
}

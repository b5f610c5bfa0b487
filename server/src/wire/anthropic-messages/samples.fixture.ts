import type { Json, JsonObject } from '../../domain/index.ts'

const BASE: JsonObject = {
  model: 'm',
  max_tokens: 2000,
  messages: [{ role: 'user', content: 'Hello' }],
}

const SCHEMA = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }
const TOOL = { name: 'look_up', description: 'Looks up.', input_schema: SCHEMA }
const MARK = { type: 'ephemeral', ttl: '1h' }

const asking = (fields: JsonObject): JsonObject => ({ ...BASE, ...fields })
const withTool = (fields: JsonObject): JsonObject => asking({ tools: [{ ...TOOL, ...fields }] })
const withBlock = (...content: readonly Json[]): JsonObject =>
  asking({ messages: [{ role: 'user', content }] })

const WORDS = { type: 'text', media_type: 'text/plain', data: 'words' }

/** A turn of the assistant and a user's answer to it. */
const after = (content: readonly JsonObject[], ...answer: readonly Json[]): JsonObject =>
  asking({
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content },
      { role: 'user', content: answer },
    ],
  })

const CALL = { type: 'tool_use', id: 'toolu_1', name: 'look_up', input: { a: 'b' } }
const RESULT = { type: 'tool_result', tool_use_id: 'toolu_1', content: 'found' }
const SAID = { type: 'text', text: 'Hello' }

const VENDOR_TYPES = (
  'web_search_20260209 web_fetch_20260309 code_execution_20260120 tool_search_tool_bm25_20251119 ' +
  'tool_search_tool_regex_20251119 advisor_20260301 mcp_toolset bash_20250124 text_editor_20250728 ' +
  'computer_20251124 memory_20250818'
).split(' ')

/** For each field of the table of requests one body that the vendor would take and that asks something by it. */
export const samples: Readonly<Record<string, JsonObject>> = {
  model: BASE,
  messages: BASE,
  system: asking({ system: 'Be brief.' }),
  stream: asking({ stream: true }),
  max_tokens: BASE,
  temperature: asking({ temperature: 0.5 }),
  top_p: asking({ top_p: 0.9 }),
  top_k: asking({ top_k: 5 }),
  stop_sequences: asking({ stop_sequences: ['END'] }),
  tools: withTool({}),
  'tools[]': asking({ tools: [{ type: 'new_tool_20260209', name: 'new_tool' }] }),
  ...Object.fromEntries(
    VENDOR_TYPES.map((type) => [
      `tools[].${type.replace(/_\d+$/, '')}`,
      asking({ tools: [{ type, name: 'theirs' }] }),
    ]),
  ),
  'tools[].cache_control': withTool({ cache_control: MARK }),
  'tools[].strict': withTool({ strict: true }),
  'tools[].defer_loading': withTool({ defer_loading: true }),
  'tools[].eager_input_streaming': withTool({ eager_input_streaming: true }),
  'tools[].input_examples': withTool({ input_examples: [{ a: 'b' }] }),
  'tools[].allowed_callers': withTool({ allowed_callers: ['direct', 'code_execution_20260120'] }),
  tool_choice: asking({ tools: [TOOL], tool_choice: { type: 'any' } }),
  'tool_choice.disable_parallel_tool_use': asking({
    tools: [TOOL],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  }),
  thinking: asking({ max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 } }),
  'thinking.type': asking({ thinking: { type: 'between_tools' } }),
  'thinking.display': asking({ thinking: { type: 'adaptive', display: 'summarized' } }),
  'thinking.block_binding': asking({ thinking: { type: 'adaptive', block_binding: { type: 'x' } } }),
  output_config: asking({ output_config: { effort: 'high' } }),
  'output_config.effort': asking({ output_config: { effort: 'high' } }),
  'output_config.format': asking({ output_config: { format: { type: 'json_schema', schema: SCHEMA } } }),
  'output_config.task_budget': asking({ output_config: { task_budget: { type: 'tokens', total: 50_000 } } }),
  output_format: asking({ output_format: { type: 'json_schema', schema: SCHEMA } }),
  metadata: asking({ metadata: { user_id: 'u1' } }),
  'metadata.user_id': asking({ metadata: { user_id: 'u1' } }),
  service_tier: asking({ service_tier: 'standard_only' }),
  cache_control: asking({ cache_control: MARK }),
  'cache_control.ttl': asking({ cache_control: { type: 'ephemeral', ttl: '2h' } }),
  'messages[].content[]': after([{ type: 'fallback', from: { model: 'a' }, to: { model: 'b' } }, SAID], SAID),
  'messages[].content[].cache_control': withBlock({ ...SAID, cache_control: MARK }),
  'messages[].content[].cache_control.ttl': withBlock({
    ...SAID,
    cache_control: { type: 'ephemeral', ttl: '2h' },
  }),
  'messages[].content[].citations': withBlock({
    type: 'document',
    source: WORDS,
    citations: { enabled: true },
  }),
  'messages[].content[].caller': after([{ ...CALL, caller: { type: 'code', tool_id: 's' } }], RESULT),
  'messages[].content[].signature': after(
    [{ type: 'thinking', thinking: '', signature: 'causeway-unknown:e30' }, SAID],
    SAID,
  ),
  'messages[].content[].thinking': after(
    [{ type: 'thinking', thinking: 'hm', signature: 'sig' }, SAID],
    SAID,
  ),
  'messages[].content[].data': after([{ type: 'redacted_thinking', data: 'blob' }, SAID], SAID),
  'messages[].content[].title': withBlock({ type: 'document', source: WORDS, title: 'a.txt' }),
  'messages[].content[].context': withBlock({ type: 'document', source: WORDS, context: 'of last year' }),
  'messages[].content[].is_error': after([CALL], { ...RESULT, is_error: true }),
  'messages[].clear_at': asking({
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'system', content: 'Be brief.', clear_at: 'next_user_message' },
    ],
  }),
  'messages[].output_config': asking({
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'system', content: 'Be brief.', output_config: { effort: 'low' } },
    ],
  }),
  'system[].cache_control': asking({ system: [{ ...SAID, cache_control: MARK }] }),
  'system[].citations': asking({
    system: [
      {
        ...SAID,
        citations: [{ type: 'web_search_result_location', url: 'https://example.com', encrypted_index: 'x' }],
      },
    ],
  }),
  speed: asking({ speed: 'fast' }),
  context_management: asking({ context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } }),
  compaction: asking({ compaction: { type: 'summarize' } }),
  diagnostics: asking({ diagnostics: { previous_message_id: 'msg_1' } }),
  billing_policy: asking({ billing_policy: { type: 'x' } }),
  fallbacks: asking({ fallbacks: [{ model: 'other' }] }),
  fallback_credit_token: asking({ fallback_credit_token: 'token' }),
  user_profile_id: asking({ user_profile_id: 'p1' }),
  workspace_id: asking({ workspace_id: 'w1' }),
  container: asking({ container: 'container_1' }),
  mcp_servers: asking({ mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }] }),
  thread: asking({ thread: { id: 't1' } }),
  inference_geo: asking({ inference_geo: 'us' }),
}

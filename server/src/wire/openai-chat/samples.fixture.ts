import type { Json, JsonObject } from '../../domain/index.ts'

const BASE: JsonObject = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] }
const SCHEMA = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }
const FUNCTION = { name: 'look_up', description: 'Looks up.', parameters: SCHEMA }
const TOOL = { type: 'function', function: FUNCTION }
const MARK = { type: 'ephemeral' }
const PNG = 'data:image/png;base64,iVBORw0KGgo='

const asking = (fields: JsonObject): JsonObject => ({ ...BASE, ...fields })
const withTool = (fields: JsonObject): JsonObject => asking({ tools: [TOOL], ...fields })
const saying = (...messages: readonly Json[]): JsonObject => asking({ messages })
const withPart = (...content: readonly Json[]): JsonObject => saying({ role: 'user', content })
const text = (fields: JsonObject = {}): JsonObject => ({ type: 'text', text: 'Hello', ...fields })

/** A question, an answer with more in it, and another question. */
const after = (fields: JsonObject): JsonObject =>
  saying(
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Yes?', ...fields },
    { role: 'user', content: 'Hello again' },
  )

/** An answer that its issuer sealed in this format. */
const sealed = (format: string, more: JsonObject = {}): JsonObject =>
  after({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'c2VhbA==', format, ...more }] })

/** A call of a tool with more in it, and its result. */
const called = (call: JsonObject): JsonObject =>
  saying(
    { role: 'user', content: 'Hello' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{"a":"b"}' }, ...call },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'found' },
  )

const format = (fields: JsonObject): JsonObject =>
  asking({ response_format: { type: 'json_schema', json_schema: { name: 'n', schema: SCHEMA, ...fields } } })

/** For each field of the table of requests one body that a server of the dialect would take and that asks something by it. */
export const samples: Readonly<Record<string, JsonObject>> = {
  model: BASE,
  messages: BASE,
  'messages[].role': saying({ role: 'developer', content: 'Be brief.' }, { role: 'user', content: 'Hello' }),
  'messages[].name': saying({ role: 'user', name: 'anna', content: 'Hello' }),
  'messages[].cache_control': saying({ role: 'user', content: 'Hello', cache_control: MARK }),
  'messages[].audio': after({ audio: { id: 'audio_1' } }),
  'messages[].function_call': after({ function_call: { name: 'f', arguments: '{}' } }),
  'messages[].annotations': after({
    annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.com' } }],
  }),
  'messages[].reasoning_content': after({ reasoning_content: 'hm' }),
  'messages[].reasoning_details': sealed('xai-responses-v1'),
  'messages[].reasoning_details@openai-responses': sealed('openai-responses-v1', { id: 'rs_1' }),
  'messages[].reasoning_details@anthropic-messages': sealed('anthropic-claude-v1'),
  'messages[].reasoning_details@gemini': sealed('google-gemini-v1'),
  'messages[].reasoning_details@bedrock-converse': sealed('causeway-bedrock-converse-v1'),
  'messages[].content[].cache_control': withPart(text({ cache_control: MARK }), text()),
  'messages[].content[].image_url.detail': withPart(text(), {
    type: 'image_url',
    image_url: { url: PNG, detail: 'high' },
  }),
  'messages[].content[].input_audio': withPart(text(), {
    type: 'input_audio',
    input_audio: { data: 'UklGRg==', format: 'wav' },
  }),
  'messages[].content[].file': withPart(text(), {
    type: 'file',
    file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' },
  }),
  'messages[].content[].video_url': withPart(text(), {
    type: 'video_url',
    video_url: { url: 'https://example.com/a.mp4' },
  }),
  'messages[].tool_calls[].custom': {
    ...called({ type: 'custom', function: null, custom: { name: 'run', input: 'x = 1' } }),
    tools: [{ type: 'custom', custom: { name: 'run' } }],
  },
  'messages[].tool_calls[].extra_content': called({
    extra_content: { google: { thought_signature: 'c2ln' } },
  }),
  'messages[].tool_calls[].cache_control': called({ cache_control: MARK }),
  stream: asking({ stream: true }),
  stream_options: asking({ stream: true, stream_options: { include_usage: true } }),
  max_tokens: asking({ max_tokens: 100 }),
  max_completion_tokens: asking({ max_completion_tokens: 100 }),
  temperature: asking({ temperature: 0.5 }),
  top_p: asking({ top_p: 0.9 }),
  top_k: asking({ top_k: 5 }),
  min_p: asking({ min_p: 0.1 }),
  frequency_penalty: asking({ frequency_penalty: 0.5 }),
  presence_penalty: asking({ presence_penalty: 0.5 }),
  seed: asking({ seed: 7 }),
  logit_bias: asking({ logit_bias: { '50256': -100 } }),
  stop: asking({ stop: ['END'] }),
  n: asking({ n: 2 }),
  logprobs: asking({ logprobs: true, top_logprobs: 2 }),
  top_logprobs: asking({ top_logprobs: 2 }),
  response_format: format({}),
  'response_format.json_schema.name': format({}),
  'response_format.json_schema.description': format({ description: 'What it is.' }),
  'response_format.json_schema.strict': format({ strict: true }),
  reasoning_effort: asking({ max_completion_tokens: 40_000, reasoning_effort: 'high' }),
  // Its thinking is on or off for most models.
  'reasoning_effort@ollama': asking({ reasoning_effort: 'none' }),
  'reasoning@ollama': asking({ reasoning: { enabled: false } }),
  'thinking@ollama': asking({ thinking: { type: 'disabled' } }),
  'extra_body@ollama': asking({ extra_body: { google: { thinking_config: { thinking_budget: 0 } } } }),
  reasoning: asking({ max_completion_tokens: 40_000, reasoning: { effort: 'high' } }),
  thinking: asking({ max_completion_tokens: 40_000, thinking: { type: 'enabled', budget_tokens: 4000 } }),
  enable_thinking: asking({ enable_thinking: false }),
  thinking_budget: asking({ max_tokens: 40_000, enable_thinking: true, thinking_budget: 4000 }),
  chat_template_kwargs: asking({ chat_template_kwargs: { enable_thinking: false } }),
  extra_body: asking({
    max_completion_tokens: 40_000,
    extra_body: { google: { thinking_config: { thinking_budget: 4000, include_thoughts: true } } },
  }),
  verbosity: asking({ verbosity: 'low' }),
  tools: withTool({}),
  'tools[]': asking({ tools: [{ type: 'web_search' }] }),
  'tools[].cache_control': asking({ tools: [{ ...TOOL, cache_control: MARK }] }),
  'tools[].function.cache_control': asking({
    tools: [{ ...TOOL, function: { ...FUNCTION, cache_control: MARK } }],
  }),
  'tools[].function.strict': asking({ tools: [{ ...TOOL, function: { ...FUNCTION, strict: false } }] }),
  tool_choice: withTool({ tool_choice: 'required' }),
  parallel_tool_calls: withTool({ parallel_tool_calls: false }),
  functions: asking({ functions: [FUNCTION] }),
  function_call: asking({ function_call: { name: 'look_up' } }),
  user: asking({ user: 'u1' }),
  safety_identifier: asking({ safety_identifier: 's1' }),
  metadata: asking({ metadata: { a: 'b' } }),
  store: asking({ store: true }),
  service_tier: asking({ service_tier: 'priority' }),
  'service_tier@anthropic-messages': asking({ service_tier: 'default' }),
  cache_control: asking({ cache_control: MARK }),
  prompt_cache_key: asking({ prompt_cache_key: 'k' }),
  prompt_cache_retention: asking({ prompt_cache_retention: '24h' }),
  prompt_cache_options: asking({ prompt_cache_options: { mode: 'explicit' } }),
  audio: asking({ audio: { voice: 'alloy', format: 'mp3' } }),
  modalities: asking({ modalities: ['text', 'audio'] }),
  web_search_options: asking({ web_search_options: { search_context_size: 'low' } }),
  moderation: asking({ moderation: { model: 'omni-moderation-latest' } }),
  prediction: asking({ prediction: { type: 'content', content: 'x' } }),
}

import type { Json, JsonObject } from '../../domain/index.ts'

const BASE: JsonObject = { model: 'm', input: [{ role: 'user', content: 'Hello' }] }
const SCHEMA = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }
const TOOL = { type: 'function', name: 'look_up', description: 'Looks up.', parameters: SCHEMA }
const PNG = 'data:image/png;base64,iVBORw0KGgo='

const asking = (fields: JsonObject): JsonObject => ({ ...BASE, ...fields })
const saying = (...input: readonly Json[]): JsonObject => asking({ input })
const withTool = (more: JsonObject, fields: JsonObject = {}): JsonObject =>
  asking({ tools: [{ ...TOOL, ...more }], ...fields })
const withTools = (...tools: readonly Json[]): JsonObject => asking({ tools })
const withPart = (...content: readonly Json[]): JsonObject => saying({ role: 'user', content })
const text: Json = { type: 'input_text', text: 'Hello' }

/** A question, something of the answer, and another question. */
const after = (...items: readonly Json[]): JsonObject =>
  saying({ role: 'user', content: 'Hello' }, ...items, { role: 'user', content: 'Hello again' })
const answer = (fields: JsonObject): JsonObject => after({ role: 'assistant', content: 'Yes?', ...fields })
const answered = (part: JsonObject): JsonObject =>
  after({ role: 'assistant', content: [{ type: 'output_text', text: 'Yes?', ...part }] })

const called = (more: JsonObject = {}): JsonObject =>
  saying(
    { role: 'user', content: 'Hello' },
    { type: 'function_call', call_id: 'call_1', name: 'look_up', arguments: '{"a":"b"}', ...more },
    { type: 'function_call_output', call_id: 'call_1', output: 'found' },
  )
const calledCustom: JsonObject = {
  ...saying(
    { role: 'user', content: 'Hello' },
    { type: 'custom_tool_call', call_id: 'call_1', name: 'write', input: 'words' },
    { type: 'custom_tool_call_output', call_id: 'call_1', output: 'done' },
  ),
  tools: [{ type: 'custom', name: 'write' }],
}
const space = (more: JsonObject, inner: JsonObject = {}): JsonObject =>
  withTools({ type: 'namespace', name: 'disk', tools: [{ ...TOOL, ...inner }], ...more })

const each = (names: string, path: (name: string) => string, of: (name: string) => JsonObject) =>
  Object.fromEntries(names.split(' ').map((name) => [path(name), of(name)]))

/** One body for each field of this dialect's table that says what becomes of it; `field@dialect` for that one alone. */
export const samples: Readonly<Record<string, JsonObject>> = {
  model: BASE,
  stream: asking({ stream: true }),
  stream_options: asking({ stream: true, stream_options: { include_obfuscation: false } }),
  store: asking({ store: true }),
  background: asking({ background: false }),
  conversation: asking({ conversation: 'conv_1' }),
  prompt: asking({ prompt: { id: 'pmpt_1' } }),
  moderation: asking({ moderation: { model: 'm' } }),
  max_output_tokens: asking({ max_output_tokens: 50 }),
  temperature: asking({ temperature: 0.5 }),
  top_p: asking({ top_p: 0.9 }),
  frequency_penalty: asking({ frequency_penalty: 0.5 }),
  presence_penalty: asking({ presence_penalty: 0.5 }),
  top_logprobs: asking({ top_logprobs: 2, include: ['message.output_text.logprobs'] }),
  include: asking({ include: ['file_search_call.results'] }),
  'include[]': asking({ include: ['reasoning.encrypted_content'] }),
  reasoning: asking({ reasoning: { effort: 'high' } }),
  'reasoning.effort': asking({ reasoning: { effort: 'high' } }),
  'reasoning.summary': asking({ reasoning: { effort: 'high', summary: 'auto' } }),
  'reasoning.max_tokens': asking({ reasoning: { max_tokens: 2000 } }),
  'reasoning.context': asking({ reasoning: { effort: 'high', context: 'all_turns' } }),
  'reasoning.mode': asking({ reasoning: { effort: 'high', mode: 'pro' } }),
  text: asking({ text: { format: { type: 'json_schema', name: 'n', schema: SCHEMA } } }),
  'text.format': asking({ text: { format: { type: 'json_schema', name: 'n', schema: SCHEMA } } }),
  'text.verbosity': asking({ text: { verbosity: 'low' } }),
  truncation: asking({ truncation: 'auto' }),
  max_tool_calls: asking({ max_tool_calls: 3 }),
  context_management: asking({ context_management: [{ type: 'compaction' }] }),
  metadata: asking({ metadata: { a: 'b' } }),
  user: asking({ user: 'u' }),
  safety_identifier: asking({ safety_identifier: 's' }),
  service_tier: asking({ service_tier: 'flex' }),
  prompt_cache_key: asking({ prompt_cache_key: 'k' }),
  prompt_cache_retention: asking({ prompt_cache_retention: '24h' }),
  prompt_cache_options: asking({ prompt_cache_options: { ttl: '1h' } }),

  tools: withTool({}),
  'tools[]': withTools({ type: 'new_tool' }),
  ...each(
    'web_search web_search_preview file_search code_interpreter computer_use_preview computer image_generation ' +
      'local_shell shell apply_patch mcp tool_search programmatic_tool_calling',
    (name) => `tools[].${name}`,
    (type) => withTools({ type }),
  ),
  'tools[].custom': withTools({ type: 'custom', name: 'write' }),
  'tools[].strict': withTool({ strict: true }),
  'tools[].namespace': space({}),
  'tools[].description': space({ description: 'Files.' }),
  'tools[].output_schema': withTool({ output_schema: SCHEMA }),
  'tools[].defer_loading': withTool({ defer_loading: true }),
  'tools[].allowed_callers': withTool({ allowed_callers: ['programmatic'] }),
  'tools[].tools[].output_schema': space({}, { output_schema: SCHEMA }),
  'tools[].tools[].defer_loading': space({}, { defer_loading: true }),
  'tools[].tools[].allowed_callers': space({}, { allowed_callers: ['programmatic'] }),
  tool_choice: withTool({}, { tool_choice: 'required' }),
  'tool_choice.tools': withTool(
    {},
    { tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'look_up' }] } },
  ),
  parallel_tool_calls: withTool({}, { parallel_tool_calls: false }),

  input: BASE,
  instructions: asking({ instructions: 'Be kind.' }),
  'input[].message': after({ type: 'message', role: 'assistant', content: 'Yes?' }),
  'input[].function_call': called(),
  'input[].function_call_output': called(),
  'input[].custom_tool_call': calledCustom,
  'input[].custom_tool_call_output': calledCustom,
  'input[].reasoning': after(
    {
      type: 'reasoning',
      id: 'rs_1',
      summary: [{ type: 'summary_text', text: 'Hm.' }],
      encrypted_content: 'g',
    },
    { role: 'assistant', content: 'Yes?' },
  ),
  'input[].encrypted_content': after(
    { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'causeway-gemini:!' },
    { role: 'assistant', content: 'Yes?' },
  ),
  'input[].item_reference': after({ type: 'item_reference', id: 'msg_1' }),
  ...each(
    'web_search_call file_search_call code_interpreter_call computer_call computer_call_output ' +
      'image_generation_call local_shell_call local_shell_call_output shell_call shell_call_output ' +
      'apply_patch_call apply_patch_call_output mcp_call mcp_list_tools mcp_approval_request ' +
      'mcp_approval_response tool_search_call tool_search_output additional_tools program program_output ' +
      'compaction compaction_trigger',
    (name) => `input[].${name}`,
    (type) => after({ type, id: 'x_1' }),
  ),
  'input[].phase': answer({ phase: 'commentary' }),
  'input[].caller': called({ caller: { type: 'program', caller_id: 'p' } }),
  'input[].namespace': {
    ...called({ namespace: 'disk' }),
    tools: [{ type: 'namespace', name: 'disk', tools: [TOOL] }],
  },
  'input[].content[].annotations': answered({
    annotations: [{ type: 'url_citation', url: 'https://e.org' }],
  }),
  'input[].content[].logprobs': answered({ logprobs: [{ token: 'Y', logprob: -1 }] }),
  'input[].content[].detail': withPart(text, { type: 'input_image', image_url: PNG, detail: 'low' }),
  'input[].content[].prompt_cache_breakpoint': withPart({
    type: 'input_text',
    text: 'Hello',
    prompt_cache_breakpoint: { mode: 'explicit' },
  }),
  'input[].content[].file_id': withPart(text, { type: 'input_file', file_id: 'file_1' }),
  'input[].content[].file_url': withPart(text, { type: 'input_file', file_url: 'https://e.org/a.pdf' }),
  'input[].content[].file_data': withPart(text, {
    type: 'input_file',
    filename: 'a.pdf',
    file_data: 'data:application/pdf;base64,JVBERi0=',
  }),
  'input[].content[].input_file.detail': withPart(text, {
    type: 'input_file',
    filename: 'a.txt',
    file_data: 'data:text/plain;base64,SGVsbG8=',
    detail: 'high',
  }),
  'input[].content[].image_url': withPart(text, { type: 'input_image', image_url: PNG }),
  'input[].content[].input_audio': withPart(text, {
    type: 'input_audio',
    input_audio: { data: 'UklGRg==', format: 'wav' },
  }),
  'input[].content[].refusal': after({ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }),
  'input[].output[].image_url': saying(
    { role: 'user', content: 'Hello' },
    { type: 'function_call', call_id: 'call_1', name: 'look_up', arguments: '{}' },
    { type: 'function_call_output', call_id: 'call_1', output: [{ type: 'input_image', image_url: PNG }] },
  ),
}

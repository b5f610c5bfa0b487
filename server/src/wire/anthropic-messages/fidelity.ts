import {
  type DialectFields,
  type FieldRow,
  mapped,
  offered,
  refused,
  row,
  signalled,
} from '../body/fidelity.ts'

/** A mark for the prompt cache, wherever it stands. */
const CACHE: FieldRow = row(signalled('caching is automatic'), {
  'openai-chat': mapped('cache_control, where the server takes marks'),
  'bedrock-converse': mapped('a cachePoint behind it'),
})

/** Where a model takes no grades of thinking. */
const ON_OR_OFF = signalled('thinking is on or off; how much is not said')

const OTHER_TOOL = row(refused('only tools that the client defines have a counterpart'))
const VENDOR_TOOL = row(offered('what the vendor runs itself would leave the policy’s reach'))

/** Kinds of tools that the vendor runs, without the date of their version. Source: the SDK's types, as of 2026. */
const VENDOR_TOOLS = [
  'web_search',
  'web_fetch',
  'code_execution',
  'tool_search_tool_bm25',
  'tool_search_tool_regex',
  'advisor',
  'mcp_toolset',
] as const

/** Of the vendor's making, and run by the client: the model was taught them, and another was not. */
const CLIENT_TOOLS = ['bash', 'text_editor', 'computer', 'memory'] as const

const BLOCK_FIELDS: Readonly<Record<string, FieldRow>> = {
  'messages[].content[]': row(signalled('says only which models took part')),
  'messages[].content[].cache_control': CACHE,
  'messages[].content[].cache_control.ttl': row(signalled('there is no such time to live')),
  'messages[].content[].citations': row(
    signalled('citations can neither be asked for nor sent back', [[], { enabled: false }]),
  ),
  'messages[].content[].caller': row(signalled('tools are called by the model alone')),
  'messages[].content[].signature': row(
    signalled('sealed by another issuer, or of a call that is not there'),
  ),
  'messages[].content[].thinking': row(signalled('goes to its issuer only, but for what nobody signed')),
  'messages[].content[].data': row(signalled('sealed thought goes to its issuer only')),
  'messages[].content[].title': row(mapped('the file’s name, or text before the document’s own')),
  'messages[].content[].context': row(mapped('text before the document')),
  'messages[].content[].is_error': row(mapped('a mark in the result’s text'), {
    'bedrock-converse': mapped('status'),
  }),
  'messages[].clear_at': row(signalled('turns stay until the client leaves them out', ['never'])),
  'messages[].output_config': row(signalled('effort is one for the whole request')),
  'system[].cache_control': CACHE,
  'system[].citations': row(signalled('citations are not sent back', [[]])),
}

const TOOL_FIELDS: Readonly<Record<string, FieldRow>> = {
  'tools[]': OTHER_TOOL,
  ...Object.fromEntries(VENDOR_TOOLS.map((name) => [`tools[].${name}`, VENDOR_TOOL])),
  ...Object.fromEntries(CLIENT_TOOLS.map((name) => [`tools[].${name}`, OTHER_TOOL])),
  'tools[].cache_control': CACHE,
  'tools[].strict': row(mapped('the same'), {
    gemini: signalled('arguments are not held to the schema', [false]),
    ollama: signalled('arguments are not held to the schema', [false]),
  }),
  'tools[].defer_loading': row(signalled('tools are all there from the start', [false])),
  'tools[].eager_input_streaming': row(signalled('input is streamed as the server sees fit', [false])),
  'tools[].input_examples': row(signalled('tools have no examples', [[]])),
  'tools[].allowed_callers': row(signalled('tools are called by the model alone', [['direct']])),
}

const request: Readonly<Record<string, FieldRow>> = {
  model: row(mapped('replaced by the target’s model')),
  messages: row(
    mapped('blocks become parts, tool calls and tool results; blocks of the vendor’s tools are refused'),
  ),
  system: row(mapped('system turns in their place')),
  stream: row(mapped('the same')),
  max_tokens: row(mapped('the limit of the answer')),
  temperature: row(mapped('temperature')),
  top_p: row(mapped('top_p')),
  top_k: row(signalled('there is no such field in the dialect'), {
    'openai-chat': mapped('top_k, which servers of open models take'),
    gemini: mapped('topK'),
    'bedrock-converse': mapped('a field of the model’s own, where it has one'),
    ollama: mapped('options.top_k'),
  }),
  stop_sequences: row(mapped('stop sequences'), {
    'openai-chat': mapped('stop; at most four'),
    'openai-responses': refused('there are no stop sequences', [[]]),
  }),
  tools: row(mapped('function tools', 'refused')),
  ...TOOL_FIELDS,
  tool_choice: row(mapped('none, auto, required or one function', 'refused'), {
    ollama: signalled('tools cannot be chosen for the model', [{ type: 'auto' }]),
  }),
  'tool_choice.disable_parallel_tool_use': row(
    signalled('several calls in one turn cannot be forbidden', [true]),
    {
      'openai-chat': mapped('inverted into parallel_tool_calls'),
      'openai-responses': mapped('inverted into parallel_tool_calls'),
      'bedrock-converse': mapped('the same, where the model is the vendor’s'),
    },
  ),
  thinking: row(mapped('an effort or a budget'), { ollama: ON_OR_OFF }),
  'thinking.type': row(signalled('when to think cannot be said')),
  'thinking.display': row(mapped('whether thoughts are shown, where that can be said')),
  'thinking.block_binding': row(signalled('there is no such setting')),
  output_config: row(mapped('an effort and the form of the answer')),
  'output_config.effort': row(mapped('an effort or a budget'), { ollama: ON_OR_OFF }),
  'output_config.format': row(mapped('the schema of the answer', 'refused')),
  'output_config.task_budget': row(signalled('a task has no budget')),
  output_format: row(mapped('the schema of the answer', 'refused')),
  metadata: row(mapped('user_id becomes the user')),
  'metadata.user_id': row(signalled('there is no field for a user'), {
    'openai-chat': mapped('user'),
    'openai-responses': mapped('user'),
  }),
  service_tier: row(signalled('there are no tiers', ['auto']), {
    'openai-chat': mapped('auto, or default for standard_only'),
    'openai-responses': signalled('tiers are not the same', ['auto']),
    'bedrock-converse': mapped('the tier of that name, where there is one'),
  }),
  cache_control: CACHE,
  'cache_control.ttl': row(signalled('there is no such time to live')),
  ...BLOCK_FIELDS,
  speed: row(signalled('there is no such setting', ['standard'])),
  context_management: row(signalled('the history is not edited by the server')),
  compaction: row(signalled('the history is not compacted by the server')),
  diagnostics: row(signalled('there are no diagnostics')),
  billing_policy: row(signalled('billing is the vendor’s own')),
  fallbacks: row(signalled('fallbacks are the route’s affair', [[]])),
  fallback_credit_token: row(signalled('billing is the vendor’s own')),
  user_profile_id: row(signalled('profiles are held by the vendor')),
  workspace_id: row(signalled('workspaces are the vendor’s own')),
  container: row(refused('a container of the vendor cannot be reached from elsewhere')),
  mcp_servers: row(offered('servers called by the vendor would leave the policy’s reach', [[]])),
  thread: row(refused('a thread is held by the vendor')),
  inference_geo: row(refused('where the vendor computes cannot be asked for elsewhere', ['global'])),
}

const alike = (names: string, fields: FieldRow): Readonly<Record<string, FieldRow>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, fields]))

/** Read from an upstream. A name is as it is told where the field cannot be carried. */
const reply: Readonly<Record<string, FieldRow>> = {
  ...alike('id type role content', row(mapped('the answer’s own frame'))),
  model: row(mapped('replaced by the name that the client asked for')),
  stop_reason: row(mapped('the reason of the end; the upstream’s own word beside it where there is a place')),
  stop_sequence: row(mapped('told where the dialect has a place')),
  stop_details: row(mapped('its explanation becomes the refusal')),
  ...alike(
    'stop_details.category stop_details.recommended_model stop_details.fallback_credit_token stop_details.fallback_has_prefill_claim',
    row(signalled('a refusal is told in words')),
  ),
  usage: row(
    mapped('input with what the cache read and wrote, output with thinking; the last report of each counts'),
  ),
  'usage.service_tier': row(signalled('how the vendor served it', ['standard'])),
  'usage.speed': row(signalled('how the vendor served it', ['standard'])),
  'usage.inference_geo': row(signalled('where the vendor computed', ['global', 'not_available'])),
  'usage.fallback_credit': row(signalled('how the vendor billed it')),
  'usage.server_tool_use': row(signalled('calls of the vendor’s tools are not tokens')),
  'usage.iterations': row(signalled('one count stands for the whole answer')),
  ...alike(
    'message.container message.context_management message.diagnostics message.input_transformations',
    row(signalled('state of the vendor’s own')),
  ),
  'content.text': row(mapped('text')),
  'content.text.citations': row(
    mapped('citations of web pages, over the text of their block; others where there is a place'),
    { ollama: signalled('there are no citations') },
  ),
  'content.thinking': row(mapped('reasoning, with its signature where the dialect has a place')),
  'content.redacted_thinking': row(mapped('sealed reasoning, where the dialect has a place')),
  'content.tool_use': row(mapped('a tool call')),
  'content.tool_use.caller': row(signalled('tools are called by the model alone', ['direct'])),
  ...alike(
    'content.server_tool_use content.web_search_tool_result content.web_fetch_tool_result content.code_execution_tool_result content.bash_code_execution_tool_result content.text_editor_code_execution_tool_result content.tool_search_tool_result content.advisor_tool_result content.mcp_tool_use content.mcp_tool_result content.mcp_tool_listing',
    row(signalled('what the vendor’s own tools did')),
  ),
  'content.container_upload': row(signalled('a file in the vendor’s container')),
  'content.compaction': row(signalled('a summary for the vendor’s own use')),
  'content.fallback': row(signalled('says only which models took part')),
  ...alike(
    'event.message_start event.content_block_start event.content_block_delta event.content_block_stop event.message_delta event.message_stop',
    row(mapped('the events of a stream')),
  ),
  'event.ping': row(mapped('kept alive in the client’s own way')),
  'event.error': row(mapped('an error in the client’s own shape')),
}

/** What becomes of this dialect's fields in the others. */
export const fidelity: DialectFields = { request, reply }

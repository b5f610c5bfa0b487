import {
  carried,
  type DialectFields,
  type FieldRow,
  mapped,
  offered,
  refused,
  row,
  signalled,
} from '../body/fidelity.ts'

const vendorTool = row(offered('what the vendor runs itself would leave the policy’s reach'))
const otherTool = row(refused('only functions and custom tools have a counterpart'))
const vendorItem = row(refused('what a tool of the vendor did cannot be told in another dialect'))
const toldByName = row(signalled('what a tool of the vendor did is told by its name alone'))
const echo = row(mapped('an echo of the request, made anew'))

const VENDOR_ITEMS = [
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'computer_call',
  'computer_call_output',
  'image_generation_call',
  'local_shell_call',
  'local_shell_call_output',
  'shell_call',
  'shell_call_output',
  'apply_patch_call',
  'apply_patch_call_output',
  'mcp_call',
  'mcp_list_tools',
  'mcp_approval_request',
  'mcp_approval_response',
  'tool_search_call',
  'tool_search_output',
  'additional_tools',
  'program',
  'program_output',
  'compaction',
  'compaction_trigger',
] as const

const VENDOR_TOOLS = [
  'web_search',
  'web_search_preview',
  'file_search',
  'code_interpreter',
  'image_generation',
  'mcp',
  'tool_search',
  'programmatic_tool_calling',
] as const

/** Of the vendor's making, and run by the client: the model was taught them, and another was not. */
const CLIENT_TOOLS = ['computer_use_preview', 'computer', 'local_shell', 'shell', 'apply_patch'] as const

/** Settings that a response repeats. */
const ECHOED = (
  'instructions tools tool_choice text reasoning metadata background conversation previous_response_id store ' +
  'parallel_tool_calls max_output_tokens max_tool_calls temperature top_p top_logprobs presence_penalty ' +
  'frequency_penalty truncation user safety_identifier prompt_cache_key prompt_cache_retention prompt_cache_options'
).split(' ')

const rows = (names: readonly string[], path: (name: string) => string, row: FieldRow) =>
  Object.fromEntries(names.map((name) => [path(name), row]))

const NO_PROBABILITIES = {
  'anthropic-messages': refused('there are no log probabilities'),
  'bedrock-converse': refused('there are no log probabilities'),
}

/** The settings of a request. */
const settings: Readonly<Record<string, FieldRow>> = {
  model: row(mapped('replaced by the target’s model')),
  stream: row(mapped('the same')),
  stream_options: row(mapped('obfuscation is this dialect’s own')),
  store: row(mapped('answers are kept by the gateway, nowhere else')),
  previous_response_id: row(mapped('the gateway puts the earlier items in its place', 'refused')),
  background: row(
    mapped('answers are given while the client waits; anything else is refused when it is read'),
  ),
  conversation: row(refused('a conversation is held by its vendor')),
  prompt: row(refused('a stored prompt is held by its vendor')),
  moderation: row(refused('a check by the vendor that the other does not make')),
  max_output_tokens: row(mapped('the limit of the answer')),
  temperature: row(mapped('temperature, clamped where the other takes less')),
  top_p: row(mapped('top_p')),
  frequency_penalty: row(mapped('where the other dialect has it'), {
    'anthropic-messages': signalled('there is no such penalty', [0]),
    'bedrock-converse': signalled('there is no such penalty', [0]),
  }),
  presence_penalty: row(mapped('where the other dialect has it'), {
    'anthropic-messages': signalled('there is no such penalty', [0]),
    'bedrock-converse': signalled('there is no such penalty', [0]),
  }),
  top_logprobs: row(mapped('alternatives to each token'), NO_PROBABILITIES),
  include: row(
    signalled('asks for details of the vendor’s own tools; sealed thoughts and probabilities are mapped'),
  ),
  'include[]': row(mapped('sealed thoughts come in any case; message.output_text.logprobs as top_logprobs')),
  reasoning: row(mapped('effort and whether thoughts are shown'), {
    ollama: signalled('thinking is on or off, or of three levels'),
  }),
  'reasoning.effort': row(mapped('an effort or a budget')),
  'reasoning.summary': row(mapped('whether thoughts are shown')),
  'reasoning.max_tokens': row(mapped('a budget of thinking')),
  'reasoning.context': row(signalled('the history is not cut by the server', ['auto'])),
  'reasoning.mode': row(signalled('there is no such setting', ['standard'])),
  text: row(mapped('its format and verbosity')),
  'text.format': row(mapped('JSON, or a JSON Schema', 'refused')),
  'text.verbosity': row(mapped('where the other dialect has it'), {
    'anthropic-messages': signalled('there is no such setting', ['medium']),
    gemini: signalled('there is no such setting', ['medium']),
    'bedrock-converse': signalled('there is no such setting', ['medium']),
    ollama: signalled('there is no such setting', ['medium']),
  }),
  truncation: row(signalled('a history that is too long is not cut by the server', ['disabled'])),
  max_tool_calls: row(signalled('it limits the vendor’s own tools only')),
  context_management: row(signalled('the history is not compacted by the server', [[]])),
  metadata: row(mapped('where the other dialect has it'), {
    'anthropic-messages': signalled('there is no such map', [{}]),
    gemini: signalled('there is no such map', [{}]),
    ollama: signalled('there is no such map', [{}]),
  }),
  user: row(signalled('there is no such field'), {
    'openai-chat': mapped('user'),
    'anthropic-messages': mapped('metadata.user_id'),
  }),
  safety_identifier: row(signalled('there is no such field'), { 'openai-chat': mapped('the same') }),
  service_tier: row(signalled('tiers are not the same', ['auto', 'default']), {
    'openai-chat': mapped('the same tiers'),
    'bedrock-converse': mapped('the tiers that both have'),
  }),
  prompt_cache_key: row(signalled('caching is by position'), { 'openai-chat': mapped('the same') }),
  prompt_cache_retention: row(signalled('caching is by position'), { 'openai-chat': mapped('the same') }),
  prompt_cache_options: row(signalled('caching is by position')),
}

/** Tools and what is said of them. */
const tools: Readonly<Record<string, FieldRow>> = {
  tools: row(mapped('functions and custom tools', 'refused')),
  'tools[]': otherTool,
  ...rows(VENDOR_TOOLS, (name) => `tools[].${name}`, vendorTool),
  ...rows(CLIENT_TOOLS, (name) => `tools[].${name}`, otherTool),
  'tools[].custom': row(signalled('a function with one text stands in for it'), {
    'openai-chat': mapped('the same, or a function with one text'),
  }),
  'tools[].strict': row(mapped('strict'), {
    gemini: signalled('a schema is kept to as the model sees fit', [false]),
    ollama: signalled('a schema is kept to as the model sees fit', [false]),
  }),
  'tools[].namespace': row(signalled('its tools are given as functions of their own')),
  'tools[].description': row(signalled('a namespace is not described elsewhere')),
  'tools[].output_schema': row(signalled('results are not described elsewhere')),
  'tools[].defer_loading': row(signalled('all tools are given at once', [false])),
  'tools[].allowed_callers': row(signalled('the model is the only caller', [['direct']])),
  'tools[].tools[].output_schema': row(signalled('results are not described elsewhere')),
  'tools[].tools[].defer_loading': row(signalled('all tools are given at once', [false])),
  'tools[].tools[].allowed_callers': row(signalled('the model is the only caller', [['direct']])),
  tool_choice: row(mapped('none, auto, required or one tool', 'refused'), {
    ollama: signalled('the model chooses', ['auto']),
  }),
  'tool_choice.tools': row(signalled('the tools that are not allowed are not offered')),
  parallel_tool_calls: row(signalled('there is no such setting', [true]), {
    'openai-chat': mapped('the same'),
    'anthropic-messages': mapped('inverted into disable_parallel_tool_use'),
    'bedrock-converse': mapped('inverted into disable_parallel_tool_use of models that have it'),
  }),
}

/** The conversation. */
const items: Readonly<Record<string, FieldRow>> = {
  input: row(mapped('items become turns, those of one answer together')),
  instructions: row(mapped('a system turn, the first')),
  'input[].message': row(mapped('a turn of its role')),
  'input[].function_call': row(mapped('a tool call')),
  'input[].function_call_output': row(mapped('a tool result')),
  'input[].custom_tool_call': row(mapped('a tool call')),
  'input[].custom_tool_call_output': row(mapped('a tool result')),
  'input[].reasoning': row(signalled('what its issuer sealed goes to its issuer only'), {
    'openai-chat': mapped('reasoning_content, or reasoning_details for what is sealed'),
    ollama: mapped('thinking; what its issuer sealed is left out'),
  }),
  'input[].encrypted_content': row(signalled('what is sealed goes to its issuer only')),
  'input[].item_reference': row(refused('an item that its vendor holds')),
  ...rows(VENDOR_ITEMS, (name) => `input[].${name}`, vendorItem),
  'input[].phase': row(signalled('messages have no phase', ['final_answer'])),
  'input[].caller': row(signalled('the model is the only caller', [{ type: 'direct' }])),
  'input[].namespace': row(mapped('part of the tool’s name')),
  'input[].content[].annotations': row(signalled('citations are not sent back', [[]])),
  'input[].content[].logprobs': row(mapped('probabilities of an earlier answer are not sent back')),
  'input[].content[].detail': row(signalled('images are looked at as the model sees fit', ['auto']), {
    'openai-chat': carried('the same'),
  }),
  'input[].content[].prompt_cache_breakpoint': row(mapped('a cache mark, where the upstream takes marks'), {
    gemini: signalled('it caches by itself'),
    ollama: signalled('it caches by itself'),
  }),
  'input[].content[].file_id': row(refused('a file that its vendor holds')),
  'input[].content[].file_url': row(mapped('a file by its address'), {
    'openai-chat': refused('a file goes with its bytes only'),
    'bedrock-converse': refused('a file goes with its bytes only'),
    ollama: refused('there are no files'),
  }),
  'input[].content[].file_data': row(mapped('a file'), { ollama: refused('there are no files') }),
  'input[].content[].image_url': row(mapped('an image')),
  'input[].content[].input_file.detail': row(
    signalled('files are looked at as the model sees fit', ['auto']),
    { ollama: refused('there are no files') },
  ),
  'input[].content[].input_audio': row(mapped('a sound'), {
    'anthropic-messages': refused('there is no sound in requests'),
    ollama: refused('there is no sound in requests'),
  }),
  'input[].content[].refusal': row(signalled('told as text')),
  'input[].output[].image_url': row(mapped('an image in a result')),
}

/** What becomes of this dialect's fields in the others. */
export const fidelity: DialectFields = {
  request: { ...settings, ...tools, ...items },
  reply: {
    'response.id': row(mapped('an id of our own')),
    'response.model': row(mapped('the name that the client asked for')),
    'response.created_at': row(mapped('the time of our answer')),
    'response.completed_at': row(mapped('the time of our answer')),
    'response.status': row(mapped('the finish reason')),
    'response.incomplete_details': row(mapped('the finish reason')),
    'response.error': row(mapped('an error of the client’s dialect')),
    'response.usage': row(mapped('usage')),
    'response.output': row(mapped('text, thought, calls and media, in order')),
    ...rows(ECHOED, (name) => `response.${name}`, echo),
    'response.total_tokens': row(mapped('the sum of the usage')),
    'response.billing': row(signalled('who is billed is the vendor’s own', ['developer'])),
    'response.copilot_usage': row(signalled('prices and counts of the vendor’s own')),
    'response.service_tier': row(mapped('told in the client’s dialect as it was asked for')),
    'response.moderation': row(signalled('the vendor’s own check has no place elsewhere')),
    'response.content_filters': row(signalled('the vendor’s own filters have no place elsewhere')),
    'response.tool_usage': row(signalled('use of the vendor’s own tools has no place elsewhere')),
    'response.audio': row(signalled('sound comes in events of its own, which are named')),
    'output.message': row(mapped('text and refusals')),
    'message.content.output_text': row(mapped('text')),
    'message.content.refusal': row(mapped('a refusal')),
    'message.content.annotations': row(mapped('citations')),
    'message.content.logprobs': row(mapped('probabilities, where the client’s dialect has them')),
    'message.phase': row(signalled('messages have no phase; the text is told in order', ['final_answer'])),
    'output.reasoning': row(mapped('thought; its seal goes back to its issuer')),
    'output.function_call': row(mapped('a tool call')),
    'output.custom_tool_call': row(mapped('a tool call')),
    'function_call.namespace': row(signalled('calls have no namespace')),
    'function_call.caller': row(signalled('the model is the only caller', [{ type: 'direct' }])),
    ...rows(
      VENDOR_ITEMS.filter((name) => name !== 'image_generation_call'),
      (name) => `output.${name}`,
      toldByName,
    ),
    'output.image_generation_call': row(mapped('an image, where the client’s dialect has them')),
  },
}

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
import { replyRows } from './fidelityOfReplies.ts'

const MARKS: FieldRow['to'] = {
  'anthropic-messages': mapped('cache_control'),
  'bedrock-converse': mapped('a cachePoint behind it'),
}
const cacheMark = row(signalled('caching is automatic'), MARKS)

const ANSWER: Readonly<Record<string, FieldRow>> = {
  max_tokens: row(mapped('the limit of the answer')),
  max_completion_tokens: row(mapped('the limit of the answer')),
  temperature: row(mapped('temperature'), { 'anthropic-messages': mapped('clamped to 0–1') }),
  top_p: row(mapped('top_p')),
  top_k: row(mapped('top_k'), { 'openai-responses': signalled('there is no such setting') }),
  min_p: row(signalled('there is no such setting'), { ollama: mapped('options.min_p') }),
  frequency_penalty: row(signalled('there is no such penalty', [0]), {
    gemini: mapped('frequencyPenalty'),
    ollama: mapped('options.frequency_penalty'),
  }),
  presence_penalty: row(signalled('there is no such penalty', [0]), {
    gemini: mapped('presencePenalty'),
    ollama: mapped('options.presence_penalty'),
  }),
  seed: row(signalled('sampling cannot be seeded'), {
    gemini: mapped('seed'),
    ollama: mapped('options.seed'),
  }),
  logit_bias: row(signalled('tokens cannot be biased', [{}])),
  stop: row(mapped('stop sequences'), { 'openai-responses': refused('there are no stop strings', [[]]) }),
  n: row(refused('one answer is all there is', [1])),
  logprobs: row(mapped('log probabilities'), {
    'anthropic-messages': refused('there are no log probabilities', [false]),
    'bedrock-converse': refused('there are no log probabilities', [false]),
  }),
  top_logprobs: row(signalled('nothing without logprobs', [0]), {
    'anthropic-messages': refused('there are no log probabilities', [0]),
    'bedrock-converse': refused('there are no log probabilities', [0]),
  }),
  response_format: row(mapped('the form of the answer', 'refused'), {
    'anthropic-messages': mapped('output_config.format; json_object becomes an instruction', 'refused'),
  }),
  'response_format.json_schema.name': row(mapped('the schema’s name')),
  'response_format.json_schema.description': row(mapped('the schema’s description')),
  'response_format.json_schema.strict': row(mapped('strictness, where it can be said')),
  reasoning_effort: row(mapped('an effort or a budget of thinking')),
  reasoning: row(mapped('an effort or a budget of thinking')),
  thinking: row(mapped('an effort or a budget of thinking')),
  enable_thinking: row(mapped('thinking on or off')),
  thinking_budget: row(mapped('a budget of thinking')),
  chat_template_kwargs: row(mapped('thinking on or off; other arguments of a template have no counterpart')),
  extra_body: row(mapped('Gemini’s thinking_config; nothing else of it has a counterpart')),
  verbosity: row(signalled('there is no such setting', ['medium']), {
    'openai-responses': mapped('text.verbosity'),
  }),
}

const TOOLS: Readonly<Record<string, FieldRow>> = {
  tools: row(mapped('functions; custom tools become functions of one string', 'refused')),
  'tools[]': row(refused('only functions and custom tools have a counterpart')),
  'tools[].cache_control': cacheMark,
  'tools[].function.cache_control': cacheMark,
  'tools[].function.strict': row(mapped('strictness, where it can be said')),
  tool_choice: row(mapped('none, auto, required or one tool', 'refused'), {
    ollama: signalled('tools cannot be chosen for the model', ['auto', { type: 'auto' }]),
  }),
  parallel_tool_calls: row(signalled('several calls in one turn cannot be forbidden', [true]), {
    'openai-responses': mapped('parallel_tool_calls'),
    'anthropic-messages': mapped('inverted into disable_parallel_tool_use'),
    'bedrock-converse': mapped('inverted, where the model is one that can be told'),
  }),
  functions: row(refused('the older form of tools is not carried; send tools', [[]])),
  function_call: row(
    refused('the older form of tool_choice is not carried; send tool_choice', ['auto', 'none']),
  ),
}

const HOUSE: Readonly<Record<string, FieldRow>> = {
  user: row(signalled('there is no field for a user'), {
    'openai-responses': mapped('user'),
    'anthropic-messages': mapped('metadata.user_id'),
  }),
  safety_identifier: row(signalled('there is no such field'), {
    'openai-responses': mapped('safety_identifier'),
  }),
  metadata: row(signalled('there is no such map', [{}]), {
    'openai-responses': mapped('metadata'),
    'bedrock-converse': mapped('requestMetadata'),
  }),
  store: row(signalled('nothing is stored', [false])),
  service_tier: row(signalled('there are no tiers', ['auto', 'default']), {
    'openai-responses': mapped('service_tier'),
    'anthropic-messages': mapped('the tier of that meaning, where there is one'),
    'bedrock-converse': mapped('the tier of that name, where there is one'),
  }),
  cache_control: cacheMark,
  prompt_cache_key: row(signalled('caching is by position'), {
    'openai-responses': mapped('prompt_cache_key'),
  }),
  prompt_cache_retention: row(signalled('caching is by position'), {
    'openai-responses': mapped('prompt_cache_retention'),
  }),
  prompt_cache_options: row(signalled('caching is by position')),
  audio: row(refused('there is no sound in answers')),
  modalities: row(refused('answers are text', [['text']])),
  web_search_options: row(offered('a search by the vendor would leave the policy’s reach')),
  moderation: row(refused('a check by the vendor that the other does not make')),
  prediction: row(signalled('outputs cannot be predicted')),
}

const MESSAGES: Readonly<Record<string, FieldRow>> = {
  messages: row(mapped('system, user, assistant and tool turns become blocks')),
  'messages[].role': row(mapped('developer is system; a system turn in the midst keeps its place')),
  'messages[].name': row(signalled('turns carry no names')),
  'messages[].cache_control': cacheMark,
  'messages[].audio': row(refused('sound of an earlier answer is held by its vendor')),
  'messages[].function_call': row(refused('the older form of tool calls is not carried; send tool_calls')),
  'messages[].annotations': row(signalled('citations are not sent back', [[]])),
  'messages[].reasoning_content': row(signalled('thought that nobody signed is not taken back'), {
    ollama: mapped('thinking'),
  }),
  'messages[].reasoning_details': row(
    signalled('what its issuer sealed goes to that issuer’s dialect only, and the turn without it'),
    {
      'openai-responses': mapped('encrypted_content of a reasoning item, where it is one’s'),
      'anthropic-messages': mapped('thinking with its signature, where it is one’s'),
      gemini: mapped('thoughtSignature, where it is one'),
      'bedrock-converse': mapped('reasoningContent, where it is one’s'),
    },
  ),
  'messages[].content[].cache_control': cacheMark,
  'messages[].content[].image_url.detail': row(signalled('images have no detail setting', ['auto']), {
    'openai-responses': carried('detail'),
  }),
  'messages[].content[].input_audio': row(refused('there is no sound in questions'), {
    gemini: mapped('inlineData'),
    'bedrock-converse': mapped('an audio block'),
  }),
  'messages[].content[].file': row(mapped('a document'), {
    ollama: refused('there are no files'),
  }),
  'messages[].content[].video_url': row(refused('there is no film in questions')),
  'messages[].tool_calls[].custom': row(mapped('a call of the function that stands in for the tool')),
  'messages[].tool_calls[].extra_content': row(
    signalled('a call’s signature goes to its issuer only; nothing else is known to stand here'),
    { gemini: mapped('thoughtSignature') },
  ),
  'messages[].tool_calls[].cache_control': cacheMark,
}

/** What becomes of this dialect's fields in the others. */
export const fidelity: DialectFields = {
  request: {
    model: row(mapped('replaced by the target’s model')),
    ...MESSAGES,
    stream: row(mapped('the same')),
    stream_options: row(mapped('usage is always asked for, and shown where the client asked')),
    ...ANSWER,
    ...TOOLS,
    ...HOUSE,
  },
  reply: replyRows,
}

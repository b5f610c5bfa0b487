import assert from 'node:assert/strict'
import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import { joined } from './testing.fixture.ts'

/* One answer with everything in it, as it comes and as it is to be told. */

export const USAGE = {
  input_tokens: 12,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 9,
  output_tokens_details: { reasoning_tokens: 2 },
  total_tokens: 21,
}
export const response = (status: string, more: JsonObject = {}): JsonObject => ({
  id: 'resp_1',
  object: 'response',
  model: 'up',
  status,
  output: [],
  error: null,
  incomplete_details: null,
  ...more,
})
export const CREATED = { type: 'response.created', response: response('in_progress') }
export const completed = (more: JsonObject = {}): JsonObject => ({
  type: 'response.completed',
  response: response('completed', { usage: USAGE, ...more }),
})
export const THOUGHT = {
  id: 'rs_1',
  type: 'reasoning',
  summary: [
    { type: 'summary_text', text: 'hm 🌉' },
    { type: 'summary_text', text: 'so' },
  ],
  encrypted_content: 'gAAAsealed',
}
export const TEXT = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [
    {
      type: 'output_text',
      text: 'Grüße',
      annotations: [{ type: 'url_citation', url: 'https://e.org', title: 'E', start_index: 0, end_index: 5 }],
      logprobs: [{ token: 'Grüße', logprob: -0.5, bytes: [71], top_logprobs: [{ token: 'G', logprob: -1 }] }],
    },
  ],
}
export const CALL = {
  id: 'fc_1',
  type: 'function_call',
  status: 'completed',
  call_id: 'call_1',
  name: 'f',
  arguments: '{"a":1}',
}
export const CUSTOM = {
  id: 'ctc_1',
  type: 'custom_tool_call',
  call_id: 'call_2',
  name: 'patch',
  input: 'a "b"\n😀',
}
export const OUTPUT = [THOUGHT, TEXT, CALL, CUSTOM]

const [ANNOTATION] = TEXT.content[0]?.annotations ?? []

export const piece = (type: string, output_index: number, more: JsonObject): JsonObject => ({
  type: `response.${type}`,
  item_id: `id_${output_index}`,
  output_index,
  ...more,
})
export const item = (verb: 'added' | 'done', output_index: number, value: JsonObject): JsonObject => ({
  type: `response.output_item.${verb}`,
  output_index,
  item: value,
})

/** One answer with everything in it, in as many pieces as the dialect has. */
export const STREAM: readonly JsonObject[] = [
  { type: 'response.queued', response: response('queued') },
  CREATED,
  { type: 'response.in_progress', response: response('in_progress') },
  item('added', 0, { ...THOUGHT, summary: [], encrypted_content: null }),
  piece('reasoning_summary_part.added', 0, { summary_index: 0, part: { type: 'summary_text', text: '' } }),
  piece('reasoning_summary_text.delta', 0, { summary_index: 0, delta: 'hm ' }),
  piece('reasoning_summary_text.delta', 0, { summary_index: 0, delta: '🌉' }),
  piece('reasoning_summary_text.done', 0, { summary_index: 0, text: 'hm 🌉' }),
  piece('reasoning_summary_part.done', 0, { summary_index: 0, part: THOUGHT.summary[0] ?? {} }),
  piece('reasoning_summary_text.delta', 0, { summary_index: 1, delta: 'so' }),
  item('done', 0, THOUGHT),
  item('added', 1, { ...TEXT, content: [] }),
  piece('content_part.added', 1, { content_index: 0, part: { type: 'output_text', text: '' } }),
  piece('output_text.delta', 1, { content_index: 0, delta: 'Grü', logprobs: [] }),
  piece('output_text.delta', 1, { content_index: 0, delta: 'ße', logprobs: TEXT.content[0]?.logprobs ?? [] }),
  piece('output_text.annotation.added', 1, {
    content_index: 0,
    annotation_index: 0,
    annotation: ANNOTATION ?? null,
  }),
  piece('output_text.done', 1, {
    content_index: 0,
    text: 'Grüße',
    logprobs: TEXT.content[0]?.logprobs ?? [],
  }),
  piece('content_part.done', 1, { content_index: 0, part: TEXT.content[0] ?? {} }),
  item('done', 1, TEXT),
  item('added', 2, { ...CALL, arguments: '' }),
  item('added', 3, { ...CUSTOM, input: '' }),
  piece('function_call_arguments.delta', 2, { delta: '{"a"' }),
  piece('custom_tool_call_input.delta', 3, { delta: 'a "b"' }),
  piece('function_call_arguments.delta', 2, { delta: ':1}' }),
  piece('function_call_arguments.done', 2, { arguments: '{"a":1}' }),
  item('done', 2, CALL),
  piece('custom_tool_call_input.delta', 3, { delta: '\n\ud83d' }),
  piece('custom_tool_call_input.delta', 3, { delta: '\ude00' }),
  piece('custom_tool_call_input.done', 3, { input: CUSTOM.input }),
  item('done', 3, CUSTOM),
  completed({ output: OUTPUT }),
]

export const SAID: readonly ReplyEvent[] = [
  { type: 'start', id: 'resp_1', model: 'up' },
  { type: 'reasoning', delta: 'hm 🌉\n\nso' },
  {
    type: 'signature',
    value: 'gAAAsealed',
    redacted: false,
    dialect: 'openai-responses',
    tool: null,
    raw: THOUGHT,
  },
  { type: 'text', delta: 'Grüße' },
  {
    type: 'logprobs',
    tokens: [{ token: 'Grüße', logprob: -0.5, bytes: [71], top: [{ token: 'G', logprob: -1, bytes: null }] }],
  },
  {
    type: 'citation',
    citation: {
      url: 'https://e.org',
      title: 'E',
      cited: null,
      span: [0, 5],
      native: { dialect: 'openai-responses', raw: ANNOTATION ?? null },
    },
  },
]
const USED: ReplyEvent = {
  type: 'usage',
  usage: { input: 12, output: 9, cacheRead: 4, cacheWrite: null, reasoning: 2, estimated: false },
}
export const ENDED: ReplyEvent = { type: 'end', reason: 'tool', native: 'completed', stopSequence: null }

/** Names and whole inputs of the calls of a reply. */
export const callsOf = (events: readonly ReplyEvent[]): readonly (readonly [string, string, string])[] => {
  const calls: [string, string, string][] = []
  for (const event of events) {
    if (event.type !== 'tool') continue
    const known = calls[event.index] ?? [event.id ?? '', event.name ?? '', '']
    known[2] += event.delta
    calls[event.index] = known
  }
  return calls
}
const CALLS = [
  ['call_1', 'f', '{"a":1}'],
  ['call_2', 'patch', JSON.stringify({ input: CUSTOM.input })],
] as const

export const check = (events: readonly ReplyEvent[], message?: string): void => {
  const said = joined(events)
  assert.deepEqual(
    said.filter((event) => event.type !== 'tool'),
    [...SAID, USED, ENDED],
    message,
  )
  const calls = callsOf(events)
  assert.deepEqual(
    calls.map(([id, name, input]) => [id, name, JSON.parse(input)]),
    CALLS.map(([id, name, input]) => [id, name, JSON.parse(input)]),
    message,
  )
}

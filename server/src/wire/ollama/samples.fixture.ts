import type { Json, JsonObject } from '../../domain/index.ts'

/* One body for each field of this dialect's table that asks for something. */

const chat = (fields: JsonObject): JsonObject => ({
  model: 'm',
  messages: [{ role: 'user', content: 'Hello' }],
  ...fields,
})
const generation = (fields: JsonObject): JsonObject => ({ model: 'm', prompt: 'Hello', ...fields })
const option = (name: string, value: Json): JsonObject => chat({ options: { [name]: value } })

const CALL = { function: { index: 0, name: 'look_up', arguments: { a: 'b' } } }
const TOOL = {
  type: 'function',
  function: { name: 'look_up', parameters: { type: 'object', properties: {} } },
}
const IMAGE = 'iVBORw0KGgo='

const called = (call: JsonObject, result: JsonObject): JsonObject =>
  chat({
    tools: [TOOL],
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', content: 'found', ...result },
    ],
  })

const OPTIONS: Readonly<Record<string, Json>> = {
  num_predict: 100,
  temperature: 0.5,
  top_p: 0.9,
  top_k: 5,
  min_p: 0.1,
  seed: 5,
  stop: ['END'],
  presence_penalty: 0.5,
  frequency_penalty: 0.5,
  repeat_penalty: 1.2,
  repeat_last_n: 33,
  typical_p: 0.7,
  tfs_z: 0.5,
  mirostat: 1,
  mirostat_tau: 0.8,
  mirostat_eta: 0.6,
  penalize_newline: true,
  num_keep: 5,
  num_ctx: 1024,
  draft_num_predict: 4,
  numa: true,
  num_batch: 2,
  num_gpu: 1,
  main_gpu: 1,
  num_thread: 8,
  low_vram: true,
  use_mmap: true,
  use_mlock: true,
  f16_kv: true,
  logits_all: true,
  vocab_only: true,
  embedding_only: true,
}

export const samples: Readonly<Record<string, JsonObject>> = {
  stream: chat({ stream: false }),
  prompt: generation({}),
  system: generation({ system: 'Be brief.' }),
  images: generation({ images: [IMAGE] }),
  suffix: generation({ suffix: 'end' }),
  raw: generation({ raw: true }),
  context: generation({ context: [1, 2, 3] }),
  template: generation({ template: '{{ .Prompt }}' }),
  width: generation({ width: 64 }),
  height: generation({ height: 64 }),
  steps: generation({ steps: 4 }),
  'messages[].images': chat({ messages: [{ role: 'user', content: 'What?', images: [IMAGE] }] }),
  'messages[].tool_calls': called(CALL, {}),
  'messages[].tool_name': called(CALL, { tool_name: 'look_up' }),
  'messages[].tool_call_id': called({ id: 'call_1', ...CALL }, { tool_call_id: 'call_1' }),
  tools: chat({ tools: [TOOL] }),
  'tools[]': chat({ tools: [{ type: 'search' }] }),
  format: chat({ format: { type: 'object', properties: {} } }),
  think: chat({ think: true }),
  logprobs: chat({ logprobs: true }),
  keep_alive: chat({ keep_alive: '5m' }),
  truncate: chat({ truncate: true }),
  ...Object.fromEntries(
    Object.entries(OPTIONS).map(([name, value]) => [`options.${name}`, option(name, value)]),
  ),
}

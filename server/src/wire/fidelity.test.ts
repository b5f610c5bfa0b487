import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Dialect, Json } from '../domain/index.ts'
import { fidelityTable } from './index.ts'
import { chat, faultOfAct, messages, translate } from './testing.ts'

/** Top-level fields of the vendors' own descriptions: the OpenAPI file and the SDK's types, as of 2026. */
const KNOWN: Readonly<Record<Exclude<Dialect, 'openai-embeddings'>, readonly string[]>> = {
  'openai-chat':
    'audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages metadata modalities model moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options'.split(
      ' ',
    ),
  'anthropic-messages':
    'billing_policy cache_control compaction container context_management diagnostics fallback_credit_token fallbacks inference_geo max_tokens mcp_servers messages metadata model output_config output_format service_tier speed stop_sequences stream system temperature thinking thread tool_choice tools top_k top_p user_profile_id workspace_id'.split(
      ' ',
    ),
}

/** Values that ask for something, where a plain string would be of the wrong type. */
const VALUES: Readonly<Record<string, Json>> = {
  n: 2,
  logprobs: true,
  top_logprobs: 2,
  seed: 1,
  store: true,
  frequency_penalty: 0.5,
  presence_penalty: 0.5,
  functions: [{ name: 'f' }],
  mcp_servers: [{ url: 'https://example.com' }],
  top_k: 5,
  metadata: { a: 'b' },
}

describe('the fidelity table', () => {
  for (const [from, to, base] of [
    ['openai-chat', 'anthropic-messages', chat],
    ['anthropic-messages', 'openai-chat', messages],
  ] as const) {
    for (const field of KNOWN[from]) {
      it(`says what becomes of ${from} ${field}, and the writer does it`, () => {
        const line = fidelityTable[from][field]?.[to]
        assert.ok(line !== undefined, `${field} is not in the table`)
        assert.ok(line.why.length > 0)
        if (line.policy === 'mapped') return
        const json = base({ [field]: VALUES[field] ?? 'something' })
        if (line.policy === 'refused') {
          const fault = faultOfAct(() => translate(from, json))
          assert.deepEqual([fault.code, fault.field], ['cannot_translate', field])
        } else assert.deepEqual(translate(from, json).dropped, [field])
      })

      it(`lets neutral values of ${from} ${field} go in silence`, () => {
        const line = fidelityTable[from][field]?.[to]
        const values: readonly Json[] = [
          ...(line?.neutral ?? []),
          ...(line?.policy === 'mapped' ? [] : [null]),
        ]
        for (const value of values) assert.deepEqual(translate(from, base({ [field]: value })).dropped, [])
      })
    }

    it(`signals fields that ${from} is not known to have`, () => {
      const { dropped, text } = translate(from, base({ vendor_extra: { a: 1 }, 'bad\r\nname,x': 1 }))
      assert.deepEqual(dropped, ['vendor_extra', '?'])
      assert.doesNotMatch(text, /vendor_extra/)
    })
  }

  it('has a line for every field of embeddings', () => {
    assert.deepEqual(Object.keys(fidelityTable['openai-embeddings']).sort(), [
      'dimensions',
      'encoding_format',
      'input',
      'model',
      'user',
    ])
  })
})

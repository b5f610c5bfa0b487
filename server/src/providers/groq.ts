import { compatible } from './openai-compatible.ts'

/** `tool_use_failed` and `json_validate_failed` come with status 400 but mean that the model wrote nonsense. */
export const groq = compatible({
  name: 'groq',
  title: 'Groq',
  url: 'https://api.groq.com/openai/v1',
  sides: ['rented'],
  environment: { variable: 'GROQ_API_KEY', model: 'openai/gpt-oss-120b' },
  priceId: 'groq',
  jurisdiction: 'US',
  openness: 'open-weight',
  maxTokensField: 'max_completion_tokens',
  unsupported: ['logprobs', 'top_logprobs', 'logit_bias'],
  faults: [
    { kind: 'tool_use_failed', code: 'upstream_error' },
    { kind: 'json_validate_failed', code: 'upstream_error' },
  ],
})

import { compatible } from './openai-compatible.ts'
import { GENERAL_MODEL } from './provider.ts'

/** Its reasoning models reject `max_tokens`; the newer name works for all of its models. */
export const openai = compatible({
  name: 'openai',
  title: 'OpenAI',
  url: 'https://api.openai.com/v1',
  sides: ['closed'],
  dialects: ['openai-embeddings'],
  environment: { variable: 'OPENAI_API_KEY', model: 'gpt-5.4-mini' },
  priceId: 'openai',
  jurisdiction: 'US',
  openness: 'proprietary',
  maxTokensField: 'max_completion_tokens',
  capabilities: GENERAL_MODEL,
  optionHeaders: { organization: 'openai-organization', project: 'openai-project' },
})

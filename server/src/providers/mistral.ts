import { compatible } from './openai-compatible.ts'
import { GENERAL_MODEL } from './provider.ts'

/**
 * Serves proprietary and open weights from one address, so a target of it is `closed` unless its configuration
 * says `rented`, which is right only where the weights of that very model are published. Rejects fields it does
 * not know (422 `extra_forbidden`), `stream_options` among them; its streams end with the usage all the same.
 */
export const mistral = compatible({
  name: 'mistral',
  title: 'Mistral AI',
  url: 'https://api.mistral.ai/v1',
  sides: ['closed', 'rented'],
  dialects: ['openai-embeddings'],
  environment: { variable: 'MISTRAL_API_KEY', model: 'mistral-medium-latest' },
  priceId: 'mistral',
  jurisdiction: 'FR',
  streamUsage: false,
  unsupported: [
    'stream_options',
    'logit_bias',
    'logprobs',
    'top_logprobs',
    'user',
    'store',
    'seed',
    'service_tier',
  ],
  capabilities: { ...GENERAL_MODEL, files: false },
})

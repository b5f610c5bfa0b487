import { compatible } from './compatible.ts'
import { GENERAL_MODEL } from './provider.ts'

/** Speaks its own dialect only; overload is 529; an empty account is told as a plain 400. */
export const anthropic = compatible({
  name: 'anthropic',
  title: 'Anthropic',
  url: 'https://api.anthropic.com/v1',
  sides: ['closed'],
  dialects: ['anthropic-messages'],
  key: 'ANTHROPIC_API_KEY',
  first: 'claude-sonnet-4-6',
  keyHeader: 'x-api-key',
  priceId: 'anthropic',
  jurisdiction: 'US',
  openness: 'proprietary',
  capabilities: GENERAL_MODEL,
  quirks: { streamUsage: false, cacheMarks: 'ttl' },
  faults: [{ message: /credit balance is too low/i, code: 'upstream_auth' }],
})

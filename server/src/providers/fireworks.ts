import { compatible } from './openai-compatible.ts'

export const fireworks = compatible({
  name: 'fireworks',
  title: 'Fireworks AI',
  url: 'https://api.fireworks.ai/inference/v1',
  sides: ['rented'],
  dialects: ['openai-embeddings'],
  environment: { variable: 'FIREWORKS_API_KEY', model: 'accounts/fireworks/models/gpt-oss-120b' },
  priceId: 'fireworks',
  jurisdiction: 'US',
  openness: 'open-weight',
})

import { compatible } from './openai-compatible.ts'

export const together = compatible({
  name: 'together',
  title: 'Together AI',
  url: 'https://api.together.xyz/v1',
  sides: ['rented'],
  dialects: ['openai-embeddings'],
  environment: { variable: 'TOGETHER_API_KEY', model: 'meta-llama/Llama-3.3-70B-Instruct-Turbo' },
  priceId: 'together',
  jurisdiction: 'US',
  openness: 'open-weight',
})

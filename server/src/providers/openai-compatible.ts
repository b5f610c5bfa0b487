import { compatible } from './compatible.ts'

/**
 * The generic entry: any server that speaks the dialects. Without a word about its side it counts as `closed`, the
 * side that may see least, since we cannot know whose machine it is.
 */
export const openaiCompatible = compatible({
  name: 'openai-compatible',
  title: 'OpenAI-compatible server',
  url: null,
  sides: ['closed', 'rented', 'attested', 'own'],
  dialects: ['openai-chat', 'openai-embeddings', 'openai-completions', 'openai-images', 'openai-audio'],
})

import { compatible } from './compatible.ts'
import { GENERAL_MODEL, type Preset, signWith } from './provider.ts'

const COMPATIBLE = '/openai'
const TITLE = 'Google AI Studio'

const plain = compatible({
  name: 'gemini',
  title: TITLE,
  url: 'https://generativelanguage.googleapis.com/v1beta',
  sides: ['closed'],
  dialects: ['gemini', 'openai-chat', 'openai-embeddings', 'openai-images'],
  under: { 'openai-chat': COMPATIBLE, 'openai-embeddings': COMPATIBLE, 'openai-images': COMPATIBLE },
  key: 'GEMINI_API_KEY',
  first: 'gemini-2.5-flash',
  priceId: 'google',
  jurisdiction: 'US',
  openness: 'proprietary',
  capabilities: { ...GENERAL_MODEL, audio: true },
  quirks: { reasoningField: null, unsupported: ['store'] },
  faults: [
    { kind: 'api_key_invalid', code: 'upstream_auth' },
    { message: /location is not supported|enable billing/i, code: 'upstream_auth' },
  ],
})

/** Its own doors take the key in a header of its own, the borrowed ones as a bearer; in the address it never goes. */
export const gemini: Preset = {
  ...plain,
  sign: (request, credential) => {
    const borrowed = request.path.startsWith(`${COMPATIBLE}/`)
    return signWith(TITLE, borrowed ? 'authorization' : 'x-goog-api-key', true, request, credential)
  },
}

import { compatible } from '../compatible.ts'
import { type Preset, VECTOR_MODEL } from '../provider.ts'

/** Servers for one's own machines that stand here as facts alone: none of them can be told from others by its port. */
export const OWN: readonly Preset[] = [
  compatible({
    name: 'localai',
    title: 'LocalAI',
    url: 'http://127.0.0.1:8080/v1',
    sides: ['own', 'rented'],
    dialects: [
      'openai-chat',
      'anthropic-messages',
      'openai-embeddings',
      'openai-completions',
      'openai-images',
      'openai-audio',
    ],
    lacks: ['count'],
  }),
  compatible({
    name: 'nim',
    title: 'NIM container',
    url: 'http://127.0.0.1:8000/v1',
    sides: ['own', 'rented'],
    dialects: ['openai-chat', 'openai-embeddings', 'openai-completions'],
    quirks: { thinkingSwitch: 'chat_template_kwargs' },
  }),
  compatible({
    name: 'tgi',
    title: 'Text Generation Inference',
    url: 'http://127.0.0.1:8080/v1',
    sides: ['own', 'rented'],
    dialects: ['openai-chat', 'openai-completions'],
    quirks: { reasoningField: null, thinkingSwitch: null },
    remarks: () => ['is a server in maintenance; its makers point to newer ones'],
  }),
  compatible({
    name: 'tei',
    title: 'Text Embeddings Inference',
    url: 'http://127.0.0.1:8080/v1',
    sides: ['own', 'rented'],
    dialects: ['openai-embeddings'],
    capabilities: VECTOR_MODEL,
  }),
]

import { compatible } from './compatible.ts'
import { TEXT_MODEL } from './provider.ts'

/** The built-in model server: a separate process on this machine, small models, no key. */
export const engine = compatible({
  name: 'engine',
  title: 'built-in engine',
  url: 'http://127.0.0.1:4143/v1',
  sides: ['own'],
  dialects: ['openai-chat'],
  capabilities: { ...TEXT_MODEL, tools: false, structured: false },
})

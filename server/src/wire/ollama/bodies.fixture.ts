import type { Call, JsonObject } from '../../domain/index.ts'
import { LIMITS, translate, WRITE } from '../testing.ts'
import { ollama } from './index.ts'

/* What the tests of this dialect share. */

const QUIRKS = { ...WRITE.quirks, unsupported: [] }
export const fromChat = (json: JsonObject, model = 'qwen3:8b', fit: number | null = null) =>
  translate('openai-chat', json, { model, fit, quirks: QUIRKS }, 'ollama')
export const fromMessages = (json: JsonObject) =>
  translate('anthropic-messages', json, { quirks: QUIRKS }, 'ollama')
export const toChat = (json: JsonObject) => translate('ollama', json, { quirks: QUIRKS }, 'openai-chat')

export const at = (action: string, json: JsonObject, operation: 'chat' | 'embed' = 'chat'): Call =>
  ollama.read(
    Buffer.from(JSON.stringify(json)),
    { id: 'cw_test', operation, headers: {}, path: { model: null, action, query: '' } },
    LIMITS,
  )

export const HELLO = { role: 'user', content: 'Hello' }
export const ask = (more: JsonObject): JsonObject => ({ model: 'm', messages: [HELLO], ...more })

export const lines = (...all: readonly JsonObject[]): string =>
  all.map((line) => `${JSON.stringify(line)}\n`).join('')
export const line = (message: JsonObject, more: JsonObject = {}): JsonObject => ({
  model: 'up',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content: '', ...message },
  done: false,
  ...more,
})
export const CALL = { function: { name: 'look', arguments: { at: 'Köln', n: [1, 2] } } }
export const END = {
  done: true,
  done_reason: 'stop',
  total_duration: 5,
  prompt_eval_count: 11,
  eval_count: 7,
}
export const STREAM = lines(
  line({ thinking: 'Hm, ' }),
  line({ thinking: 'über' }),
  line({ content: 'Grüße ' }),
  line({ content: '🎈' }),
  line({ tool_calls: [CALL, { id: 'own', function: { name: 'go', arguments: {} } }] }),
  line({ tool_calls: [CALL] }),
  line({}, END),
)

export const parsed = (stream: string): JsonObject[] =>
  stream
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text))

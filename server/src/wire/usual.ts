import type { Arrival, Dialect, JsonObject, Operation } from '../domain/index.ts'
import { isList, isObject } from './body/fields.ts'

const USUAL: Readonly<Partial<Record<Dialect, Operation>>> = {
  'openai-embeddings': 'embed',
  'openai-completions': 'complete',
  'mistral-fim': 'complete',
  'openai-images': 'image',
  'openai-audio': 'speech',
}

/** Where a request arrives that is read outside of any call: at its dialect's usual path. `model` is for dialects whose paths name it. */
export const usualArrival = (
  id: string,
  dialect: Dialect,
  model: string,
  operation: Operation = USUAL[dialect] ?? 'chat',
): Arrival => {
  const arrival = { id, operation, headers: {} }
  if (dialect === 'ollama') {
    return { ...arrival, path: { model: null, action: operation === 'embed' ? 'embed' : 'chat', query: '' } }
  }
  if (dialect !== 'gemini') return arrival
  const action =
    operation === 'embed' ? 'embedContent' : operation === 'count' ? 'countTokens' : 'generateContent'
  return { ...arrival, path: { model, action, query: '' } }
}

/** Fields that `input` has beside it in Responses and nowhere else. */
const OF_RESPONSES = [
  'instructions',
  'max_output_tokens',
  'tools',
  'reasoning',
  'previous_response_id',
  'text',
]

/** A guess at a request's dialect, by what only one has; null where it looks like no request. */
export const guessDialect = (request: JsonObject): Dialect | null => {
  if (isList(request['contents'])) return 'gemini'
  if (isList(request['messages']))
    return request['system'] === undefined ? 'openai-chat' : 'anthropic-messages'
  const input = request['input']
  if (input !== undefined) {
    const items = isList(input) && input.some(isObject)
    return items || OF_RESPONSES.some((name) => request[name] !== undefined)
      ? 'openai-responses'
      : 'openai-embeddings'
  }
  return request['prompt'] === undefined ? null : 'openai-completions'
}

import type { Call, JsonObject, Media } from '../domain/index.ts'

/** A call for tests: only what the labeller looks at is filled in. */
export const callOf = (json: JsonObject, media: readonly Media[] = []): Call => ({
  id: 'cw_test',
  operation: 'chat',
  dialect: 'openai-chat',
  source: JSON.stringify(json),
  json,
  model: 'auto',
  modelSpan: [0, 0],
  framing: 'sse',
  payload: null,
  verbatim: null,
  stream: false,
  wantsUsage: false,
  media,
  needs: {
    tools: false,
    images: false,
    audio: false,
    files: false,
    structured: false,
    inputTokens: 1,
    outputTokens: 0,
  },
  dialectHeaders: {},
})

/** A call with one user message. */
export const saying = (content: string): Call =>
  callOf({ model: 'auto', messages: [{ role: 'user', content }] })

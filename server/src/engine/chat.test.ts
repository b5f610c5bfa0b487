import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readChatRequest } from './chat.ts'
import { EngineError } from './errors.ts'

const defaults = { temperature: 0.2, topP: 0.9 }
const hello = [{ role: 'user', content: 'hello' }]
const read = (more: Record<string, unknown>) => readChatRequest({ messages: hello, ...more }, defaults)

const refused = (more: Record<string, unknown>, code: string, field: string): void => {
  assert.throws(
    () => read(more),
    (thrown) => {
      assert.ok(thrown instanceof EngineError, String(thrown))
      assert.equal(thrown.code, code)
      assert.equal(thrown.field, field)
      return true
    },
  )
}

describe('readChatRequest', () => {
  test('reads what it knows and falls back on the model’s defaults', () => {
    const request = read({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 5,
      stop: 'x',
    })
    assert.equal(request.sampling.maxTokens, 5)
    assert.equal(request.sampling.temperature, 0.2)
    assert.deepEqual([request.stream, request.includeUsage, request.stop], [true, true, ['x']])
    assert.equal(read({ max_tokens: 5, max_completion_tokens: 7 }).sampling.maxTokens, 7)
    assert.equal(read({ temperature: null }).sampling.temperature, 0.2)
    assert.deepEqual(read({ stop: ['', 'a'] }).stop, ['a'])
  })

  test('text parts, developer messages and empty answers are text', () => {
    const messages = [
      {
        role: 'developer',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      { role: 'assistant', content: null },
      ...hello,
    ]
    assert.deepEqual(read({ messages }).turns, [
      { role: 'system', text: 'a\nb' },
      { role: 'assistant', text: '' },
      { role: 'user', text: 'hello' },
    ])
  })

  test('what would change the answer is refused by name', () => {
    for (const [field, value] of Object.entries({
      tools: [{ type: 'function' }],
      functions: [{}],
      tool_choice: 'required',
      n: 2,
      logprobs: true,
      top_logprobs: 3,
      logit_bias: { 1: 1 },
      response_format: { type: 'json_object' },
      audio: {},
      modalities: ['text', 'audio'],
    })) {
      refused({ [field]: value }, 'unsupported', field)
    }
    const image = { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:' } }] }
    refused({ messages: [image] }, 'unsupported', 'messages.0')
    refused({ messages: [...hello, { role: 'tool', content: 'x' }] }, 'unsupported', 'messages.1')
    refused({ messages: [{ role: 'assistant', tool_calls: [{}] }] }, 'unsupported', 'messages.0')
    refused({ messages: [{ role: 'constructor', content: 'x' }] }, 'unsupported', 'messages.0')
    refused({ messages: [{ role: '__proto__', content: 'x' }] }, 'unsupported', 'messages.0')
  })

  test('harmless values of them pass, and what changes nothing is listed', () => {
    const harmless = {
      tools: [],
      tool_choice: 'auto',
      n: 1,
      logprobs: false,
      response_format: { type: 'text' },
    }
    assert.deepEqual(read(harmless).ignored, [])
    assert.deepEqual(read({ user: 'u', store: false, metadata: null }).ignored, ['user', 'store'])
  })

  test('wrong types and values are refused with the field', () => {
    for (const [field, value] of Object.entries({
      messages: [],
      max_tokens: 0,
      temperature: 3,
      top_p: 0,
      stream: 'yes',
      stop: 3,
      seed: 1.5,
      model: 7,
    })) {
      refused({ [field]: value }, 'invalid_request', field)
    }
    refused({ messages: [{ content: 'x' }] }, 'invalid_request', 'messages.0.role')
    for (const body of [null, [], 'x', 3]) assert.throws(() => readChatRequest(body, defaults), EngineError)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  CausewayError,
  CODES,
  type Code,
  type Dialect,
  type Json,
  type JsonObject,
} from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { tooLong } from './tooLong.ts'

const faultOf = (code: Code, message: string, quoted?: string) =>
  new CausewayError(code, message, quoted === undefined ? {} : { quoted }).fault

const bodyOf = (dialect: Dialect, ...told: Parameters<typeof faultOf>): JsonObject => {
  const body: Json = wireOf(dialect).errorBody(faultOf(...told), 'cw_1')
  return Object(body)
}

const errorOf = (dialect: Dialect, ...told: Parameters<typeof faultOf>): JsonObject =>
  Object(bodyOf(dialect, ...told)['error'])

const eventOf = (dialect: Dialect, ...told: Parameters<typeof faultOf>): JsonObject => {
  const data = /^data: (.*)$/m.exec(wireOf(dialect).errorEvent(faultOf(...told), 'cw_1'))?.[1] ?? ''
  return Object(JSON.parse(data))
}

const OURS =
  'The prompt is too long: about 9000 tokens, and the maximum context length is 8192, of which 1 is kept.'

/** As upstreams say it, and what of it is a number. */
const SAID: readonly (readonly [string, readonly [number, number] | null])[] = [
  ['prompt is too long: 213462 tokens > 200000 maximum', [213_462, 200_000]],
  [
    'The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).',
    [1_196_265, 1_048_575],
  ],
  [
    "This model's maximum context length is 128000 tokens. However, your messages resulted in 150001 tokens.",
    [150_001, 128_000],
  ],
  [
    "This endpoint's maximum context length is 16,385 tokens. However, you requested about 20,000 tokens (19,000 of text input, 1,000 in the output).",
    [20_000, 16_385],
  ],
  [
    "You passed 5000 input tokens and requested 100 output tokens. However, the model's context length is only 4096 tokens",
    [5000, 4096],
  ],
  [
    "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    [537_812, 131_072],
  ],
  ['request (9001 tokens) exceeds the available context size (8192 tokens), try increasing it', [9001, 8192]],
  ['prompt is too long: 10 tokens > 20 maximum', null],
  ['Input is too long for requested model.', null],
  ['', null],
]

describe('a history that is too long', () => {
  it('is told by its numbers wherever somebody told them', () => {
    for (const [said, numbers] of SAID) {
      const found = tooLong(faultOf('context_too_long', 'Target t answered 400.', said))
      assert.deepEqual(found === null ? null : [found.tokens, found.most], numbers, said)
    }
    assert.deepEqual(tooLong(faultOf('context_too_long', OURS)), { tokens: 9000, most: 8192 })
  })

  it('is told in the words that clients of Messages look for', () => {
    const error = errorOf('anthropic-messages', 'context_too_long', OURS)
    assert.equal(error['type'], 'invalid_request_error')
    assert.match(String(error['message']), /^prompt is too long: 9000 tokens > 8192 maximum\. The prompt/)
    const bare = errorOf('anthropic-messages', 'context_too_long', 'Target t answered 400.', 'Too much!')
    assert.equal(
      bare['message'],
      'prompt is too long. Target t answered 400. It says: Too much! Shorten the conversation.',
    )
    const { error: inStream } = eventOf('anthropic-messages', 'context_too_long', OURS)
    assert.deepEqual(inStream, error)
  })

  it('is told in the code and the words that clients of OpenAI’s dialects look for', () => {
    for (const dialect of ['openai-chat', 'openai-responses', 'openai-completions', 'mistral-fim'] as const) {
      const error = errorOf(dialect, 'context_too_long', OURS)
      assert.deepEqual([error['type'], error['code']], ['invalid_request_error', 'context_length_exceeded'])
      assert.match(
        String(error['message']),
        /^This model's maximum context length is 8192 tokens\. However, your messages resulted in 9000 tokens\. The/,
      )
      const bare = errorOf(dialect, 'context_too_long', 'Target t answered 400.')
      assert.match(
        String(bare['message']),
        /^Your input exceeds the context window of this model, its maximum context length\. Target/,
      )
    }
    assert.equal(
      Object(eventOf('openai-chat', 'context_too_long', OURS)['error']).code,
      'context_length_exceeded',
    )
  })

  it('is told the same in both places of the event that ends a stream of Responses', () => {
    const event = eventOf('openai-responses', 'context_too_long', OURS)
    assert.equal(event['type'], 'response.failed')
    const { error: inner } = Object(event['response'])
    const { error: outer } = Object(event)
    assert.deepEqual([inner.code, outer.code], ['context_length_exceeded', 'context_length_exceeded'])
    assert.equal(inner.message, outer.message)
    assert.match(inner.message, /^This model's maximum context length is 8192 tokens/)
  })

  it('is told in the words that clients of Gemini look for', () => {
    const error = errorOf('gemini', 'context_too_long', OURS)
    assert.deepEqual([error['code'], error['status']], [400, 'INVALID_ARGUMENT'])
    assert.match(
      String(error['message']),
      /^The input token count \(9000\) exceeds the maximum number of tokens allowed \(8192\)\. The prompt/,
    )
    const bare = errorOf('gemini', 'context_too_long', 'Target t answered 400.')
    assert.match(
      String(bare['message']),
      /^The input token count exceeds the maximum number of tokens allowed\. Target/,
    )
  })

  it('is told as it was to clients of Ollama, and to those who speak a target’s own words', () => {
    const said = 'Target t answered 400. Shorten the conversation.'
    assert.deepEqual(bodyOf('ollama', 'context_too_long', 'Target t answered 400.'), { error: said })
    const { code, message } = bodyOf('passthrough', 'context_too_long', 'Target t answered 400.')
    assert.deepEqual([code, message], ['context_too_long', said])
  })
})

describe('the code of an error in OpenAI’s dialects', () => {
  const VENDORS: Readonly<Record<string, string>> = {
    context_too_long: 'context_length_exceeded',
    unauthenticated: 'invalid_api_key',
    unknown_model: 'model_not_found',
    rate_limited: 'rate_limit_exceeded',
    upstream_rate_limited: 'rate_limit_exceeded',
  }
  const isCode = (name: string): name is Code => Object.hasOwn(CODES, name)

  it('is the vendor’s word where it means the very same, else ours', () => {
    for (const code of Object.keys(CODES).filter(isCode)) {
      for (const dialect of ['openai-chat', 'openai-responses'] as const) {
        assert.equal(errorOf(dialect, code, 'No.')['code'], VENDORS[code] ?? code)
        const event = eventOf(dialect, code, 'No.')
        const { error } = dialect === 'openai-chat' ? Object(event) : Object(event['response'])
        assert.equal(error.code, VENDORS[code] ?? code)
      }
    }
  })

  it('leaves the words of all other errors alone', () => {
    for (const dialect of ['openai-chat', 'anthropic-messages', 'gemini'] as const) {
      const { message } = errorOf(
        dialect,
        'upstream_rejected',
        'No.',
        'prompt is too long: 2 tokens > 1 maximum',
      )
      assert.match(String(message), /^No\. It says: prompt/)
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DIALECTS } from '../domain/index.ts'
import { rateHeaders } from './rate.ts'

const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
const OPENAI = {
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-remaining-requests': '59',
  'x-ratelimit-reset-requests': '6m0s',
  'x-ratelimit-limit-tokens': '1000',
  'x-ratelimit-remaining-tokens': '990',
  'x-ratelimit-reset-tokens': '600ms',
}
const ANTHROPIC = {
  'anthropic-ratelimit-requests-limit': '60',
  'anthropic-ratelimit-requests-remaining': '59',
  'anthropic-ratelimit-requests-reset': '2026-10-21T07:34:00Z',
  'anthropic-ratelimit-tokens-limit': '1000',
  'anthropic-ratelimit-tokens-remaining': '990',
  'anthropic-ratelimit-tokens-reset': '2026-10-21T07:28:00Z',
}

describe('T55 limits told to a client of another dialect', () => {
  it('carry over both ways, resets by the reply’s own clock', () => {
    assert.deepEqual(rateHeaders({ ...OPENAI, date }, 'anthropic-messages'), ANTHROPIC)
    assert.deepEqual(rateHeaders({ ...ANTHROPIC, date }, 'openai-responses'), {
      ...OPENAI,
      'x-ratelimit-reset-tokens': '0s',
    })
  })

  it('leave out a reset that cannot be told', () => {
    const made = rateHeaders(OPENAI, 'anthropic-messages')
    assert.deepEqual(
      Object.keys(made).filter((name) => name.endsWith('reset')),
      [],
    )
    assert.equal(made['anthropic-ratelimit-requests-limit'], '60')
    assert.equal(rateHeaders(ANTHROPIC, 'openai-chat')['x-ratelimit-reset-requests'], undefined)
  })

  it('are not repeated where they have the client’s names already', () => {
    assert.deepEqual(rateHeaders({ ...OPENAI, date }, 'openai-chat'), {})
    assert.deepEqual(rateHeaders({ ...ANTHROPIC, date }, 'anthropic-messages'), {})
    const some = { 'x-ratelimit-limit-requests': '5', 'anthropic-ratelimit-requests-limit': '7' }
    assert.deepEqual(rateHeaders(some, 'openai-chat'), {})
  })

  it('are read under the names of other vendors', () => {
    const plain = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': '1' }
    assert.deepEqual(rateHeaders({ ...plain, 'x-tokenlimit-limit': '500' }, 'openai-chat'), {
      'x-ratelimit-limit-requests': '10',
      'x-ratelimit-remaining-requests': '9',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-limit-tokens': '500',
    })
    assert.deepEqual(
      rateHeaders(
        { ratelimit: '"api";r=50;t=30', 'ratelimit-policy': '"fixed";"api";q=500;w=300' },
        'openai-chat',
      ),
      {
        'x-ratelimit-limit-requests': '500',
        'x-ratelimit-remaining-requests': '50',
        'x-ratelimit-reset-requests': '30s',
      },
    )
    assert.deepEqual(
      rateHeaders(
        {
          'x-ratelimit-limit-req-minute': '720',
          'x-ratelimit-remaining-req-minute': '717',
          'x-ratelimit-limit-tokens-minute': '5000',
        },
        'mistral-fim',
      ),
      {
        'x-ratelimit-limit-requests': '720',
        'x-ratelimit-remaining-requests': '717',
        'x-ratelimit-limit-tokens': '5000',
      },
    )
    const epoch = { 'x-ratelimit-reset': String(Date.parse(date) + 90_000), date }
    assert.deepEqual(rateHeaders(epoch, 'openai-chat'), { 'x-ratelimit-reset-requests': '1m30s' })
    assert.deepEqual(
      rateHeaders(
        { 'x-ratelimit-limit-tokens-prompt': '60', 'x-ratelimit-limit-tokens-generated': '6' },
        'anthropic-messages',
      ),
      { 'anthropic-ratelimit-input-tokens-limit': '60', 'anthropic-ratelimit-output-tokens-limit': '6' },
    )
  })

  it('are nothing where a dialect knows none, or what is said is no number', () => {
    for (const dialect of ['gemini', 'ollama', 'bedrock-converse', 'passthrough'] as const)
      assert.deepEqual(rateHeaders({ ...OPENAI, date }, dialect), {})
    assert.deepEqual(
      rateHeaders({ 'x-ratelimit-limit': 'many', 'x-ratelimit-reset': 'soon' }, 'openai-chat'),
      {},
    )
    assert.deepEqual(rateHeaders({ 'x-ratelimit-limit': '1\r\nx-evil: 1' }, 'openai-chat'), {})
  })

  it('are printable whatever was said', () => {
    const names = [
      ...Object.keys(OPENAI),
      ...Object.keys(ANTHROPIC),
      'date',
      'ratelimit',
      'x-ratelimit-reset',
    ]
    const value = fc.oneof(fc.string(), fc.nat().map(String), fc.stringMatching(/^[0-9hms.TZ:-]{0,20}$/))
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), value),
        fc.constantFrom(...DIALECTS),
        (headers, dialect) => {
          const made = rateHeaders(headers, dialect)
          return Object.entries(made).every(
            ([name, text]) => headers[name] === undefined && /^[\x21-\x7e]{1,40}$/.test(text),
          )
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { CODES } from '../domain/index.ts'
import { classifyFault } from './fault.ts'
import { PROVIDERS, providerOf } from './index.ts'

const json = (value: unknown): string => JSON.stringify(value)

/** What one upstream says in its own way, which its own rules read and the general table would not. */
const OWN_WORDS: readonly {
  readonly provider: string
  readonly name: string
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly code: string
  readonly whose: string
  /** What somebody else’s would be read as. */
  readonly elsewhere: string
}[] = [
  {
    provider: 'groq',
    name: 'a failed generation told as 400',
    status: 400,
    body: json({ error: { message: 'x', code: 'tool_use_failed', failed_generation: '<tool' } }),
    code: 'upstream_error',
    whose: 'upstream',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'bedrock',
    name: 'a model that is not there told as 400',
    status: 400,
    body: json({ message: 'The provided model identifier is invalid.' }),
    code: 'upstream_error',
    whose: 'us',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'gemini',
    name: 'a place where it may not be asked from',
    status: 400,
    body: json([
      { error: { code: 400, message: 'User location is not supported.', status: 'FAILED_PRECONDITION' } },
    ]),
    code: 'upstream_auth',
    whose: 'us',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'xai',
    name: 'a bad key told as 400',
    status: 400,
    body: json({
      code: 'Client specified an invalid argument',
      error: 'Incorrect API key provided: xa***yz.',
    }),
    code: 'upstream_auth',
    whose: 'us',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'cohere',
    name: 'a bad key, by words alone',
    status: 400,
    body: json({ id: 'a', message: 'invalid api token' }),
    code: 'upstream_auth',
    whose: 'us',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'qianfan',
    name: 'a prompt too long, by its own code',
    status: 400,
    body: json({
      error: { code: 'tokens_too_long', message: 'x', type: 'invalid_request_error' },
      id: 'as-1',
    }),
    code: 'context_too_long',
    whose: 'client',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'dashscope',
    name: 'an unpaid bill told as 400',
    status: 400,
    body: json({
      error: { code: 'Arrearage', message: 'Access denied.', type: 'Arrearage' },
      request_id: 'r',
    }),
    code: 'upstream_auth',
    whose: 'us',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'dashscope-intl',
    name: 'a prompt too long, in its own words',
    status: 400,
    body: json({
      error: { code: 'invalid_parameter_error', message: 'Range of input length should be [1, 8]' },
    }),
    code: 'context_too_long',
    whose: 'client',
    elsewhere: 'upstream_rejected',
  },
  {
    provider: 'zhipu',
    name: 'an empty account told as a rate, by number',
    status: 429,
    body: json({ error: { code: '1113', message: 'Recharge, please' } }),
    code: 'upstream_auth',
    whose: 'us',
    elsewhere: 'upstream_rate_limited',
  },
]

describe('an upstream’s own words', () => {
  for (const { provider, name, status, body, headers = {}, code, whose, elsewhere } of OWN_WORDS) {
    it(`${provider}: ${name}`, () => {
      const fault = providerOf(provider).fault({ status, headers }, body)
      assert.deepEqual([fault.code, fault.whose], [code, whose])
      assert.equal(providerOf('together').fault({ status, headers }, body).code, elsewhere)
      assert.doesNotMatch(fault.message, /<tool|xa\*\*\*yz/)
    })
  }
})

it('reads an empty account told as 400 as ours', () => {
  const body = json({ error: { type: 'invalid_request_error', message: 'Your credit balance is too low.' } })
  assert.equal(providerOf('anthropic').fault({ status: 400, headers: {} }, body).code, 'upstream_auth')
  assert.equal(providerOf('openai').fault({ status: 400, headers: {} }, body).code, 'upstream_rejected')
})

it('takes no kind for known that only every object has', () => {
  for (const kind of ['constructor', '__proto__', 'valueof']) {
    const body = json({ error: { type: kind, message: 'x' } })
    assert.equal(providerOf('openai').fault({ status: 400, headers: {} }, body).code, 'upstream_rejected')
  }
})

describe('a fault', () => {
  const value = fc.jsonValue({ maxDepth: 5 })
  const body = fc.oneof(
    fc.string(),
    value.map(json),
    fc
      .record({
        error: fc.oneof(value, fc.record({ message: value, code: value, details: fc.array(value) })),
      })
      .map(json),
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
  )
  const headers = fc.dictionary(
    fc.constantFrom('retry-after', 'x-amzn-errortype', 'date', 'x-ratelimit-reset', 'content-type'),
    fc.string(),
  )

  it('is one of the table’s, short and of one line, for any status, headers and body', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 1_000 }), headers, body, (status, some, text) => {
        const fault = classifyFault({ status, headers: some }, text)
        assert.ok(fault.code in CODES)
        assert.ok(fault.message.length > 0 && fault.message.length <= 500)
        assert.doesNotMatch(fault.message, /[\u0000-\u001f]/)
        assert.ok(fault.after === null || (Number.isInteger(fault.after) && fault.after >= 0))
        // What a client could mend is never tried again, and nothing else is laid at its door.
        assert.equal(fault.retry, fault.whose !== 'client')
      }),
      { numRuns: 3_000 },
    )
  })

  // Far beyond what a linear reader needs, far below what a backtracking one does.
  it('is read in time from a body made to be slow', { timeout: 60_000 }, () => {
    for (const text of [
      `{"error":${'['.repeat(60_000)}`,
      `<title${' '.repeat(60_000)}`,
      '<'.repeat(60_000),
      json({ error: { message: `retry in ${'1'.repeat(60_000)}` } }),
      json({ error: { message: `${'sk-'.repeat(20_000)}` } }),
      json({ error: { message: `input token count ${'input token count '.repeat(3_000)}` } }),
    ]) {
      assert.equal(classifyFault({ status: 429, headers: {} }, text).code, 'upstream_rate_limited')
    }
  })
})

const folder = join(process.env['CAUSEWAY_DATA'] ?? '', 'wire')
const skip =
  existsSync(folder) && process.env['CAUSEWAY_DATA'] !== undefined ? false : 'CAUSEWAY_DATA is not set'

/** Folder of recordings → who answered. */
const RECORDED: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'gemini',
  'google-vertex': 'vertex',
  bedrock: 'bedrock',
  azure: 'azure',
  mistral: 'mistral',
  cohere: 'cohere',
  groq: 'groq',
  deepseek: 'deepseek',
  xai: 'xai',
  openrouter: 'openrouter',
  huggingface: 'huggingface',
  cerebras: 'cerebras',
}

describe('recorded refusals', { skip }, () => {
  interface Exchange {
    readonly response?: {
      readonly status?: number
      readonly headers?: Record<string, string>
      readonly body?: unknown
      readonly bodyText?: string
    }
  }
  const exchanges = (path: string): readonly Exchange[] => {
    const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly interactions?: readonly Exchange[] }
    return file.interactions ?? []
  }

  it('are each read, with a message and nobody’s secret', () => {
    let seen = 0
    for (const [from, name] of Object.entries(RECORDED)) {
      assert.ok(PROVIDERS.has(name), name)
      const at = join(folder, from, 'pydantic-ai')
      if (!existsSync(at)) continue
      for (const file of readdirSync(at).filter((one) => one.endsWith('.json'))) {
        for (const { response } of exchanges(join(at, file))) {
          if (response?.status === undefined || response.status < 400) continue
          seen += 1
          const body =
            response.bodyText ?? (typeof response.body === 'string' ? response.body : json(response.body))
          const fault = providerOf(name).fault(
            { status: response.status, headers: response.headers ?? {} },
            body,
          )
          assert.doesNotMatch(fault.message, /without a message/, `${from}/${file}: ${body.slice(0, 200)}`)
          assert.notEqual(
            fault.code === 'upstream_error' &&
              response.status === 400 &&
              fault.whose === 'upstream' &&
              name !== 'groq',
            true,
            `${from}/${file}`,
          )
        }
      }
    }
    assert.ok(seen >= 10, `${seen} refusals`)
  })
})

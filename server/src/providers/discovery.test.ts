import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PROVIDERS, providerOf } from './index.ts'

const answer = (json: unknown, status = 200) => ({ status, headers: {}, json })
const SILENT = { status: 0, headers: {}, json: null }

const recognise = (name: string, ...answers: ReturnType<typeof answer>[]) =>
  providerOf(name).discovery?.recognise(answers) ?? null

const ollama = [
  answer({ version: '0.20.1' }),
  answer({
    models: [
      { name: 'qwen3:8b', model: 'qwen3:8b', size: 5 },
      {
        name: 'gpt-oss:120b-cloud',
        model: 'gpt-oss:120b-cloud',
        remote_model: 'gpt-oss:120b',
        remote_host: 'https://x',
      },
      { name: 'gemma4:cloud' },
      { name: 'plain-name', remote_host: 'https://x' },
      { name: 'nomic-embed-text:latest' },
      { name: 'cloudy:7b' },
      { name: 42 },
    ],
  }),
  answer({ models: [{ name: 'qwen3:8b', context_length: 16384 }] }),
] as const

describe('a server on 11434', () => {
  it('is known by its version and its list, cloud models told apart', () => {
    assert.deepEqual(recognise('ollama', ...ollama), {
      version: '0.20.1',
      models: [
        { id: 'qwen3:8b', side: 'own', context: 16384, embeds: false },
        { id: 'gpt-oss:120b-cloud', side: 'rented', context: null, embeds: false },
        { id: 'gemma4:cloud', side: 'rented', context: null, embeds: false },
        { id: 'plain-name', side: 'rented', context: null, embeds: false },
        { id: 'nomic-embed-text:latest', side: 'own', context: null, embeds: true },
        { id: 'cloudy:7b', side: 'own', context: null, embeds: false },
      ],
    })
  })
  it('is somebody else without either', () => {
    assert.equal(recognise('ollama', SILENT, ollama[1], SILENT), null)
    assert.equal(recognise('ollama', ollama[0], answer({ models: 'none' }), SILENT), null)
    assert.equal(recognise('ollama', answer({ version: 3 }), ollama[1], SILENT), null)
  })
})

describe('a server on 1234', () => {
  it('is known by its own list', () => {
    const rich = answer({
      data: [
        {
          id: 'a',
          type: 'llm',
          compatibility_type: 'gguf',
          state: 'loaded',
          max_context_length: 32768,
          loaded_context_length: 4096,
        },
        {
          id: 'b',
          type: 'embeddings',
          compatibility_type: 'gguf',
          state: 'not-loaded',
          max_context_length: 512,
        },
      ],
    })
    assert.deepEqual(recognise('lmstudio', rich, SILENT)?.models, [
      { id: 'a', side: 'own', context: 4096, embeds: false },
      { id: 'b', side: 'own', context: 512, embeds: true },
    ])
  })
  it('is known by the owner it writes into the plain list', () => {
    const plain = answer({ data: [{ id: 'a', object: 'model', owned_by: 'organization_owner' }] })
    assert.deepEqual(recognise('lmstudio', answer({ error: 'x' }, 404), plain)?.models.length, 1)
    assert.equal(recognise('lmstudio', SILENT, answer({ data: [{ id: 'a', owned_by: 'me' }] })), null)
  })
})

describe('a server on 8000', () => {
  const models = answer({ data: [{ id: 'Qwen/Qwen3-8B', owned_by: 'vllm', max_model_len: 40960 }] })
  it('is known by the owner of its models', () => {
    assert.deepEqual(recognise('vllm', answer({ version: '0.32.0' }), models), {
      version: '0.32.0',
      models: [{ id: 'Qwen/Qwen3-8B', side: 'own', context: 40960, embeds: false }],
    })
    assert.equal(
      recognise('vllm', answer({ version: '1' }), answer({ data: [{ id: 'x', owned_by: 'sglang' }] })),
      null,
    )
    assert.equal(recognise('vllm', answer({ version: '1' }), answer({ data: [] })), null)
    assert.equal(recognise('vllm', answer({ version: '1' }), { ...models, status: 401 }), null)
  })
})

describe('a server on 30000', () => {
  it('is known by the owner of its models', () => {
    const models = answer({ data: [{ id: 'Qwen/Qwen3-8B', owned_by: 'sglang', max_model_len: 32768 }] })
    assert.deepEqual(recognise('sglang', models), {
      version: null,
      models: [{ id: 'Qwen/Qwen3-8B', side: 'own', context: 32768, embeds: false }],
    })
    assert.equal(recognise('sglang', answer({ data: [{ id: 'x', owned_by: 'vllm' }] })), null)
    assert.equal(recognise('sglang', { ...models, status: 401 }), null)
  })
})

describe('a server on 8080', () => {
  it('is known by the owner of its models, its context by its settings', () => {
    const models = answer({ data: [{ id: 'm.gguf', owned_by: 'llamacpp' }] })
    const props = answer({ default_generation_settings: { n_ctx: 8192 }, build_info: 'b8681' })
    assert.deepEqual(recognise('llamacpp', props, models), {
      version: 'b8681',
      models: [{ id: 'm.gguf', side: 'own', context: 8192, embeds: false }],
    })
    assert.equal(recognise('llamacpp', answer({}, 401), models)?.models[0]?.context, null)
    assert.equal(recognise('llamacpp', props, answer({ data: [{ id: 'x' }] })), null)
  })
})

describe('every provider that can be discovered', () => {
  it('survives any rubbish and takes nobody else for itself', () => {
    let asked = 0
    for (const provider of PROVIDERS.values()) {
      const { discovery } = provider
      if (discovery === null) continue
      asked += 1
      assert.equal(new URL(provider.url ?? '').port, String(discovery.port))
      for (const probe of discovery.probes) assert.match(probe, /^\/[a-z0-9/]+$/)
      for (const json of [null, 1, 'x', [], {}, { data: {} }, { data: [null, 1, {}] }, { models: [[]] }]) {
        assert.equal(discovery.recognise(discovery.probes.map(() => answer(json))), null)
      }
      assert.equal(discovery.recognise([]), null)
      assert.equal(discovery.recognise(discovery.probes.map(() => SILENT)), null)
    }
    assert.equal(asked, 5)
  })
})

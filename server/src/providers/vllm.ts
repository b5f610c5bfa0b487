import type { Discovery } from '../domain/index.ts'
import { compatible } from './compatible.ts'
import { countOf, fieldsOf, listOf, textOf } from './fields.ts'

const discovery: Discovery = {
  port: 8000,
  probes: ['/version', '/v1/models'],
  recognise: ([version, models]) => {
    const said = textOf(fieldsOf(version?.json)?.['version'])
    const served = listOf(fieldsOf(models?.json)?.['data']).filter((model) => model['owned_by'] === 'vllm')
    if (models?.status !== 200 || served.length === 0) return null
    return {
      version: version?.status === 200 ? said : null,
      models: served.flatMap((model) => {
        const id = textOf(model['id'])
        const context = countOf(model['max_model_len'])
        return id === null
          ? []
          : [{ id, side: 'own' as const, context, embeds: /embed|(?:^|\/)bge-/i.test(id) }]
      }),
    }
  },
}

export const vllm = compatible({
  name: 'vllm',
  title: 'vLLM',
  url: 'http://127.0.0.1:8000/v1',
  sides: ['own', 'rented'],
  dialects: [
    'openai-chat',
    'openai-responses',
    'anthropic-messages',
    'openai-embeddings',
    'openai-completions',
    'openai-audio',
  ],
  lacks: ['speech'],
  discovery,
  quirks: { reasoningField: 'reasoning', thinkingSwitch: 'chat_template_kwargs' },
})

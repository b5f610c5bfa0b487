import type { Discovery } from '../domain/index.ts'
import { compatible } from './compatible.ts'
import { countOf, fieldsOf, listOf, textOf } from './fields.ts'

const discovery: Discovery = {
  port: 30000,
  probes: ['/v1/models'],
  recognise: ([models]) => {
    const served = listOf(fieldsOf(models?.json)?.['data']).filter((model) => model['owned_by'] === 'sglang')
    if (models?.status !== 200 || served.length === 0) return null
    return {
      version: null,
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

export const sglang = compatible({
  name: 'sglang',
  title: 'SGLang',
  url: 'http://127.0.0.1:30000/v1',
  sides: ['own', 'rented'],
  dialects: ['openai-chat', 'anthropic-messages', 'openai-embeddings', 'openai-completions'],
  lacks: ['count'],
  discovery,
  quirks: { thinkingSwitch: 'chat_template_kwargs' },
})

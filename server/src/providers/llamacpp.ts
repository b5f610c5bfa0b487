import type { Discovery } from '../domain/index.ts'
import { compatible } from './compatible.ts'
import { countOf, fieldsOf, listOf, textOf } from './fields.ts'

const discovery: Discovery = {
  port: 8080,
  probes: ['/props', '/v1/models'],
  recognise: ([props, models]) => {
    const served = listOf(fieldsOf(models?.json)?.['data']).filter(
      (model) => model['owned_by'] === 'llamacpp',
    )
    if (models?.status !== 200 || served.length === 0) return null
    const facts = props?.status === 200 ? fieldsOf(props.json) : null
    const context = countOf(fieldsOf(facts?.['default_generation_settings'])?.['n_ctx'])
    return {
      version: textOf(facts?.['build_info']),
      models: served.flatMap((model) => {
        const id = textOf(model['id'])
        return id === null
          ? []
          : [{ id, side: 'own' as const, context, embeds: /embed|(?:^|\/)bge-/i.test(id) }]
      }),
    }
  },
}

/** Refuses what is too long with `exceed_context_size_error` instead of cutting it. */
export const llamacpp = compatible({
  name: 'llamacpp',
  title: 'llama.cpp server',
  url: 'http://127.0.0.1:8080/v1',
  sides: ['own', 'rented'],
  dialects: [
    'openai-chat',
    'openai-responses',
    'anthropic-messages',
    'openai-embeddings',
    'openai-completions',
  ],
  discovery,
  quirks: { thinkingSwitch: 'chat_template_kwargs' },
})

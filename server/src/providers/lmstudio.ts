import type { Discovery } from '../domain/index.ts'
import { compatible } from './compatible.ts'
import { countOf, fieldsOf, listOf, textOf } from './fields.ts'

const discovery: Discovery = {
  port: 1234,
  probes: ['/api/v0/models', '/v1/models'],
  recognise: ([rich, plain]) => {
    const detailed = listOf(fieldsOf(rich?.json)?.['data']).filter(
      (model) => textOf(model['compatibility_type']) !== null && textOf(model['state']) !== null,
    )
    if (rich?.status === 200 && detailed.length > 0) {
      return {
        version: null,
        models: detailed.flatMap((model) => {
          const id = textOf(model['id'])
          const context = countOf(model['loaded_context_length']) ?? countOf(model['max_context_length'])
          return id === null
            ? []
            : [{ id, side: 'own' as const, context, embeds: model['type'] === 'embeddings' }]
        }),
      }
    }
    const listed = listOf(fieldsOf(plain?.json)?.['data'])
    const signed = listed.filter((model) => /^organization[_-]owner$/.test(String(model['owned_by'])))
    if (plain?.status !== 200 || signed.length === 0) return null
    return {
      version: null,
      models: signed.flatMap((model) => {
        const id = textOf(model['id'])
        return id === null ? [] : [{ id, side: 'own' as const, context: null, embeds: /embed/i.test(id) }]
      }),
    }
  },
}

/** Loads models on demand, so the first byte of a first answer can take minutes. */
export const lmstudio = compatible({
  name: 'lmstudio',
  title: 'LM Studio',
  url: 'http://127.0.0.1:1234/v1',
  sides: ['own', 'rented'],
  dialects: [
    'openai-chat',
    'openai-responses',
    'anthropic-messages',
    'openai-embeddings',
    'openai-completions',
  ],
  lacks: ['count'],
  discovery,
})

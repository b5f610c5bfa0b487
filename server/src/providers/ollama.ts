import type { Discovery } from '../domain/index.ts'
import { countOf, type Fields, fieldsOf, listOf, textOf } from './fields.ts'
import { compatible } from './openai-compatible.ts'

/** A cloud model is listed like a local one but runs on the vendor's machines: the request leaves this one. */
const leavesTheMachine = (model: Fields, id: string): boolean =>
  textOf(model['remote_host']) !== null || textOf(model['remote_model']) !== null || /[:-]cloud$/i.test(id)

const embeds = (model: Fields, id: string): boolean => {
  const capabilities = model['capabilities']
  if (Array.isArray(capabilities))
    return capabilities.includes('embedding') && !capabilities.includes('completion')
  return /(?:^|\/)(?:bge-|all-minilm|.*-?embed)/i.test(id)
}

const discovery: Discovery = {
  port: 11434,
  probes: ['/api/version', '/api/tags', '/api/ps'],
  recognise: ([version, tags, loaded]) => {
    const said = textOf(fieldsOf(version?.json)?.['version'])
    const models = fieldsOf(tags?.json)?.['models']
    if (version?.status !== 200 || said === null || tags?.status !== 200 || !Array.isArray(models))
      return null
    const running = new Map(
      listOf(fieldsOf(loaded?.json)?.['models']).map((model) => [
        model['name'],
        countOf(model['context_length']),
      ]),
    )
    return {
      version: said,
      models: listOf(models).flatMap((model) => {
        const id = textOf(model['name']) ?? textOf(model['model'])
        if (id === null) return []
        const side = leavesTheMachine(model, id) ? ('rented' as const) : ('own' as const)
        return [{ id, side, context: running.get(id) ?? null, embeds: embeds(model, id) }]
      }),
    }
  },
}

/** Cuts a prompt at its context without a word, 4,096 tokens unless OLLAMA_CONTEXT_LENGTH says otherwise. */
export const ollama = compatible({
  name: 'ollama',
  title: 'Ollama',
  url: 'http://127.0.0.1:11434/v1',
  sides: ['own', 'rented'],
  dialects: ['openai-embeddings', 'anthropic-messages'],
  discovery,
  unsupported: ['tool_choice', 'logit_bias', 'n'],
  cutsAfter: 4096,
})

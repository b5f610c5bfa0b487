import type { Dialect, Discovery } from '../domain/index.ts'
import { compatible, under } from './compatible.ts'
import { countOf, type Fields, fieldsOf, listOf, textOf } from './fields.ts'
import { type Preset, upstreamRequest, withoutSlash } from './provider.ts'

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

/**
 * Its own dialect comes first, for it is the only one in which a request can say how much context it needs: in the
 * borrowed ones a prompt beyond the default is cut without a word, which no other difference outweighs.
 */
const DIALECTS: readonly Dialect[] = [
  'ollama',
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'openai-embeddings',
  'openai-completions',
]

const plain = compatible({
  name: 'ollama',
  title: 'Ollama',
  url: 'http://127.0.0.1:11434/v1',
  sides: ['own', 'rented'],
  dialects: DIALECTS,
  lacks: ['count'],
  discovery,
  cutsAfter: 4096,
  quirks: { reasoningField: 'reasoning', unsupported: ['tool_choice', 'logit_bias', 'n'] },
})

const VERSION = /\/v1$/

/**
 * Cuts a prompt at its context without a word, 4,096 tokens unless OLLAMA_CONTEXT_LENGTH says otherwise. Its own
 * paths begin at the server's root and the borrowed ones below `/v1`, so a target of it is kept by its root.
 */
export const ollama: Preset = {
  ...plain,
  locate: (stated) => {
    const located = plain.locate(stated)
    return { ...located, url: located.url === null ? null : withoutSlash(located.url.replace(VERSION, '')) }
  },
  request: (call, target, dialect, body) => {
    const made = upstreamRequest(call, target, dialect, body)
    const borrowed = dialect !== 'ollama' && call.verbatim === null && !VERSION.test(target.url)
    return borrowed ? under(made, '/v1') : made
  },
}

import type { JsonObject, Relay, Usage } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { count } from '../body/tokens.ts'
import { faultIn } from '../openai-chat/relay.ts'
import { BodyRelay, holdsWord, type RelayDialect, StreamRelay } from '../stream/relay.ts'

const usageIn = (json: JsonObject): Usage | null => {
  const usage = json['usage']
  if (!isObject(usage)) return null
  const input = count(usage['input_tokens'])
  const output = count(usage['output_tokens'])
  return input === null && output === null
    ? null
    : { input, output, cacheRead: null, cacheWrite: null, reasoning: null, estimated: false }
}

const isLast = (json: JsonObject): boolean => {
  const type = json['type']
  return typeof type === 'string' && type.endsWith('.completed')
}

const DIALECT: RelayDialect = {
  suspect: (text) => text.includes('.completed') || text.includes('[DONE]') || holdsWord(text, 'error"'),
  textKeys: [],
  openings: ['b64_json"'],
  frame: (data, json) => {
    if (data.trim() === '[DONE]') return { terminal: true }
    if (json === null) return {}
    const usage = usageIn(json)
    const fault = faultIn(json)
    return {
      ...(usage === null ? {} : { usage }),
      ...(fault === null ? { terminal: isLast(json) } : { fault }),
    }
  },
  whole: (json) => ({ usage: usageIn(json), textLength: 0 }),
  fault: faultIn,
  reframe: (json) => `data: ${JSON.stringify(json)}\n\n`,
}

/** Pictures, whole or with their first drafts as a stream, whose last event is `image_generation.completed`. */
export const imagesRelay = ({ stream }: { readonly stream: boolean }): Relay =>
  stream ? new StreamRelay(DIALECT, false) : new BodyRelay(DIALECT)

import type { Arrival, Call, Dialect, Json, JsonObject, ReadLimits } from '../../domain/index.ts'
import { callOf } from '../body/call.ts'
import {
  flag,
  invalid,
  isList,
  number,
  object,
  positiveInteger,
  requiredText,
  text,
  texts,
} from '../body/fields.ts'
import { MediaFinder } from '../body/media.ts'
import { openBody } from '../body/open.ts'

const isTokens = (value: Json): boolean =>
  isList(value) && value.length > 0 && value.every((token) => typeof token === 'number')

/** Token ids are text that nobody but the model's tokenizer can read: they count as unread. */
const checkPrompt = (json: JsonObject, media: MediaFinder): void => {
  const prompt = json['prompt']
  if (prompt === undefined || prompt === null) throw invalid('prompt', 'is missing')
  if (typeof prompt === 'string') return
  if (!isList(prompt) || prompt.length === 0) throw invalid('prompt', 'must be a string or a filled array')
  const unread = (path: string): void => media.inline(path, 'file', '', 'application/x-token-ids')
  if (isTokens(prompt)) {
    unread('prompt')
    return
  }
  prompt.forEach((item, index) => {
    if (isTokens(item)) unread(`prompt[${index}]`)
    else if (typeof item !== 'string') {
      throw invalid(`prompt[${index}]`, 'must be a string or an array of token ids')
    }
  })
}

const checkSettings = (json: JsonObject): void => {
  for (const name of ['max_tokens', 'min_tokens', 'n', 'best_of']) positiveInteger(json, name)
  for (const name of ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty', 'seed', 'random_seed'])
    number(json, name)
  for (const name of ['suffix', 'user']) text(json, name)
  const stop = json['stop']
  if (stop !== undefined && stop !== null && typeof stop !== 'string') texts(json, 'stop')
}

/** Bytes of a legacy completion, or of Mistral's filling in, to a Call. Field names: the vendors' API references. */
export const readCompletion =
  (dialect: Extract<Dialect, 'openai-completions' | 'mistral-fim'>) =>
  (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
    const opened = openBody(body, limits)
    const { json } = opened
    const media = new MediaFinder()
    checkPrompt(json, media)
    checkSettings(json)
    const stream = flag(json, 'stream') ?? false
    const streamOptions = object(json, 'stream_options')
    const facts = {
      dialect,
      model: requiredText(json, 'model'),
      stream,
      wantsUsage: dialect === 'mistral-fim' || !stream || streamOptions?.['include_usage'] === true,
      tools: false,
      structured: false,
      outputTokens: positiveInteger(json, 'max_tokens') ?? 0,
      headers: [],
    }
    return callOf(arrival, opened, facts, media)
  }

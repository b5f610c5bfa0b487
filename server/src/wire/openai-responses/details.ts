import type { Citation, Json, JsonObject, TokenProbability } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'

const bytesOf = (value: Json | undefined): readonly number[] | null =>
  isList(value) ? value.filter((byte) => typeof byte === 'number') : null

const probabilityOf = (json: JsonObject): Omit<TokenProbability, 'top'> | null => {
  const token = stringAt(json, 'token')
  const logprob = json['logprob']
  if (token === null || typeof logprob !== 'number') return null
  return { token, logprob, bytes: bytesOf(json['bytes']) }
}

/** `logprobs` of a text; empty where there are none. */
export const probabilitiesOf = (value: Json | undefined): readonly TokenProbability[] =>
  (isList(value) ? value : []).flatMap((entry) => {
    const chosen = isObject(entry) ? probabilityOf(entry) : null
    if (chosen === null || !isObject(entry)) return []
    const others = entry['top_logprobs']
    const top = (isList(others) ? others : []).flatMap((other) => {
      const one = isObject(other) ? probabilityOf(other) : null
      return one === null ? [] : [one]
    })
    return [{ ...chosen, top }]
  })

/** An annotation of a text that begins `offset` UTF-16 units into the answer. */
export const citationOf = (annotation: JsonObject, offset: number): Citation => {
  const start = annotation['start_index']
  const end = annotation['end_index']
  const title = stringAt(annotation, 'title') ?? stringAt(annotation, 'filename')
  return {
    url: stringAt(annotation, 'url'),
    title: title === '' ? null : title,
    cited: null,
    span: typeof start === 'number' && typeof end === 'number' ? [start + offset, end + offset] : null,
    native: { dialect: 'openai-responses', raw: annotation },
  }
}

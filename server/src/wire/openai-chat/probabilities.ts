import type { Json, JsonObject, TokenProbability } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'

const bytesOf = (value: Json | undefined): readonly number[] | null =>
  isList(value) ? value.filter((byte) => typeof byte === 'number') : null

const oneOf = (value: JsonObject): TokenProbability | null => {
  const { token, logprob, top_logprobs } = value
  if (typeof token !== 'string' || typeof logprob !== 'number') return null
  const top = (isList(top_logprobs) ? top_logprobs : []).flatMap((item) => {
    const one = isObject(item) ? oneOf(item) : null
    return one === null ? [] : [{ token: one.token, logprob: one.logprob, bytes: one.bytes }]
  })
  return { token, logprob, bytes: bytesOf(value['bytes']), top }
}

/** `logprobs.content` of a choice. */
export const readProbabilities = (value: Json | undefined): readonly TokenProbability[] => {
  const content = isObject(value) ? value['content'] : null
  return (isList(content) ? content : []).flatMap((item) => {
    const one = isObject(item) ? oneOf(item) : null
    return one === null ? [] : [one]
  })
}

/** Tokens as `logprobs` of a choice. */
export const writeProbabilities = (tokens: readonly TokenProbability[]): JsonObject => ({
  content: tokens.map(({ token, logprob, bytes, top }) => ({ token, logprob, bytes, top_logprobs: top })),
  refusal: null,
})

import type { Json, JsonObject, TokenProbability } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'

type Alternative = TokenProbability['top'][number]

const alternative = (value: Json | undefined): readonly Alternative[] => {
  if (!isObject(value)) return []
  const logprob = value['logProbability']
  const token = stringAt(value, 'token')
  return token === null || typeof logprob !== 'number' ? [] : [{ token, logprob, bytes: null }]
}

/** `logprobsResult` of a candidate, token by token. */
export const tokensIn = (result: Json | undefined): readonly TokenProbability[] => {
  if (!isObject(result)) return []
  const { chosenCandidates: chosen, topCandidates: tops } = result
  return (isList(chosen) ? chosen : []).flatMap((one, place) => {
    const top = isList(tops) ? tops[place] : undefined
    const others = isObject(top) ? top['candidates'] : undefined
    const found = (isList(others) ? others : []).flatMap(alternative)
    return alternative(one).map((token) => ({ ...token, top: found }))
  })
}

export const logprobsResult = (tokens: readonly TokenProbability[]): JsonObject => {
  const plain = ({ token, logprob }: Alternative): JsonObject => ({ token, logProbability: logprob })
  const tops = tokens.some(({ top }) => top.length > 0)
  return {
    chosenCandidates: tokens.map(plain),
    ...(tops ? { topCandidates: tokens.map(({ top }) => ({ candidates: top.map(plain) })) } : {}),
  }
}

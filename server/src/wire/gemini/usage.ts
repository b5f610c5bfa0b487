import type { Json, JsonObject, Usage } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { count } from '../body/tokens.ts'

const sum = (one: number | null, other: number | null): number | null =>
  one === null && other === null ? null : (one ?? 0) + (other ?? 0)

/**
 * `usageMetadata`. The prompt includes what the cache gave but not what tools of the vendor put into it; thoughts
 * are counted beside the candidates. Null where no tokens are told.
 */
export const readUsage = (value: Json | undefined): Usage | null => {
  if (!isObject(value)) return null
  const input = sum(count(value['promptTokenCount']), count(value['toolUsePromptTokenCount']))
  const thoughts = count(value['thoughtsTokenCount'])
  const total = count(value['totalTokenCount'])
  const beyond = input === null || total === null ? null : Math.max(0, total - input)
  const output =
    sum(count(value['candidatesTokenCount']) ?? count(value['responseTokenCount']), thoughts) ?? beyond
  if (input === null && output === null) return null
  return {
    input,
    output,
    cacheRead: count(value['cachedContentTokenCount']),
    cacheWrite: null,
    reasoning: thoughts,
    estimated: false,
  }
}

export const writeUsage = (usage: Usage): JsonObject => {
  const { input, output, reasoning, cacheRead } = usage
  return {
    ...(input === null ? {} : { promptTokenCount: input }),
    ...(output === null ? {} : { candidatesTokenCount: Math.max(0, output - (reasoning ?? 0)) }),
    ...(reasoning === null ? {} : { thoughtsTokenCount: reasoning }),
    ...(cacheRead === null ? {} : { cachedContentTokenCount: cacheRead }),
    totalTokenCount: (input ?? 0) + (output ?? 0),
  }
}

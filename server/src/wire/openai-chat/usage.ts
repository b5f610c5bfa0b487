import type { Json, JsonObject, Usage } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { count } from '../body/tokens.ts'

/**
 * `usage` of a completion or chunk. `prompt_tokens` includes the cache; where a server counts reasoning beside
 * the completion (their sum is the total), it is added to the output, which includes it here.
 */
export const readUsage = (value: Json | undefined): Usage | null => {
  if (!isObject(value)) return null
  const prompt = isObject(value['prompt_tokens_details']) ? value['prompt_tokens_details'] : {}
  const completion = isObject(value['completion_tokens_details']) ? value['completion_tokens_details'] : {}
  const input = count(value['prompt_tokens'])
  const output = count(value['completion_tokens'])
  const reasoning = count(completion['reasoning_tokens'])
  if (input === null && output === null) return null
  const total = count(value['total_tokens'])
  const beside =
    input !== null && output !== null && reasoning !== null && reasoning > 0
      ? total === input + output + reasoning
      : false
  return {
    input,
    output: beside && output !== null && reasoning !== null ? output + reasoning : output,
    cacheRead: cacheReadOf(prompt, value),
    cacheWrite: count(prompt['cache_write_tokens']),
    reasoning,
    estimated: false,
  }
}

/** Servers tell it under the vendor's own name, or beside it. */
const cacheReadOf = (details: JsonObject, usage: JsonObject): number | null =>
  count(details['cached_tokens']) ??
  count(usage['prompt_cache_hit_tokens']) ??
  count(usage['cached_tokens']) ??
  count(usage['num_cached_tokens'])

export const writeUsage = (usage: Usage): JsonObject => ({
  prompt_tokens: usage.input ?? 0,
  completion_tokens: usage.output ?? 0,
  total_tokens: (usage.input ?? 0) + (usage.output ?? 0),
  prompt_tokens_details: {
    cached_tokens: usage.cacheRead ?? 0,
    ...(usage.cacheWrite === null ? {} : { cache_write_tokens: usage.cacheWrite }),
  },
  completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
})

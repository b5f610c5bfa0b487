import type { Json, JsonObject, Usage } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { count } from '../body/tokens.ts'

/**
 * `usage` of a response. `input_tokens` includes the cache. Where a server counts reasoning beside the output
 * (their sum is the total), it is added to the output, which includes it here.
 */
export const readUsage = (value: Json | undefined): Usage | null => {
  if (!isObject(value)) return null
  const read = isObject(value['input_tokens_details']) ? value['input_tokens_details'] : {}
  const written = isObject(value['output_tokens_details']) ? value['output_tokens_details'] : {}
  const input = count(value['input_tokens'])
  const output = count(value['output_tokens'])
  const reasoning = count(written['reasoning_tokens'])
  if (input === null && output === null) return null
  const beside =
    input !== null &&
    output !== null &&
    reasoning !== null &&
    reasoning > 0 &&
    count(value['total_tokens']) === input + output + reasoning
  return {
    input,
    output: beside ? output + reasoning : output,
    cacheRead: count(read['cached_tokens']),
    cacheWrite: count(read['cache_write_tokens']),
    reasoning,
    estimated: false,
  }
}

/** Every member that the dialect requires; what nobody reported is zero here, and unknown in the record. */
export const writeUsage = (usage: Usage): JsonObject => ({
  input_tokens: usage.input ?? 0,
  input_tokens_details: { cached_tokens: usage.cacheRead ?? 0, cache_write_tokens: usage.cacheWrite ?? 0 },
  output_tokens: usage.output ?? 0,
  output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
  total_tokens: (usage.input ?? 0) + (usage.output ?? 0),
})

import type { Json, Usage } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { count } from '../body/tokens.ts'

/** `inputTokens` leaves out what the cache read and wrote; ours includes it. Null where nothing was reported. */
export const readUsage = (value: Json | undefined): Usage | null => {
  if (!isObject(value)) return null
  const input = count(value['inputTokens'])
  const output = count(value['outputTokens'])
  if (input === null && output === null) return null
  const cacheRead = count(value['cacheReadInputTokens']) ?? count(value['cacheReadInputTokenCount'])
  const cacheWrite = count(value['cacheWriteInputTokens']) ?? count(value['cacheWriteInputTokenCount'])
  return {
    input: input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output,
    cacheRead,
    cacheWrite,
    reasoning: null,
    estimated: false,
  }
}

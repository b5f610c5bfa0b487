import type { JsonObject, Usage } from '../../domain/index.ts'
import { count } from '../body/tokens.ts'

/** `prompt_eval_count` and `eval_count` of a last line or a whole reply. Null where neither is told. */
export const readUsage = (json: JsonObject): Usage | null => {
  const input = count(json['prompt_eval_count'])
  const output = count(json['eval_count'])
  if (input === null && output === null) return null
  return { input, output, cacheRead: null, cacheWrite: null, reasoning: null, estimated: false }
}

/** Unknown counts are left out; unknown is never zero. */
export const writeUsage = (usage: Usage | null): JsonObject => ({
  ...(usage?.input == null ? {} : { prompt_eval_count: usage.input }),
  ...(usage?.output == null ? {} : { eval_count: usage.output }),
})

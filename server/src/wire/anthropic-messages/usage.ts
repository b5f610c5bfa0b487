import type { Json, JsonObject, Usage } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { count } from '../body/tokens.ts'

/**
 * Counts as the dialect reports them. `input` here is without the cache; in a stream the last report of each
 * field counts, and they are never summed.
 */
export interface Reported {
  readonly input: number | null
  readonly output: number | null
  readonly cacheRead: number | null
  readonly cacheWrite: number | null
  readonly reasoning: number | null
}

export const NOTHING_REPORTED: Reported = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
}

/** What one `usage` object adds to what was reported before. */
export const reported = (value: Json | undefined, before: Reported): Reported => {
  if (!isObject(value)) return before
  const details = isObject(value['output_tokens_details']) ? value['output_tokens_details'] : {}
  const written = isObject(value['cache_creation']) ? value['cache_creation'] : {}
  const short = count(written['ephemeral_5m_input_tokens'])
  const long = count(written['ephemeral_1h_input_tokens'])
  const split = short === null && long === null ? null : (short ?? 0) + (long ?? 0)
  return {
    input: count(value['input_tokens']) ?? before.input,
    output: count(value['output_tokens']) ?? before.output,
    cacheRead: count(value['cache_read_input_tokens']) ?? before.cacheRead,
    cacheWrite: count(value['cache_creation_input_tokens']) ?? split ?? before.cacheWrite,
    reasoning: count(details['thinking_tokens']) ?? before.reasoning,
  }
}

/** The dialect's input excludes what the cache read and wrote; ours includes it. Null where nothing was reported. */
export const usageOf = (from: Reported): Usage | null => {
  if (from.input === null && from.output === null) return null
  return {
    input: from.input === null ? null : from.input + (from.cacheRead ?? 0) + (from.cacheWrite ?? 0),
    output: from.output,
    cacheRead: from.cacheRead,
    cacheWrite: from.cacheWrite,
    reasoning: from.reasoning,
    estimated: false,
  }
}

/** What was not reported is zero where the dialect demands a number, and null where it allows one. */
export const writeUsage = (usage: Usage | null): JsonObject => ({
  input_tokens: Math.max(0, (usage?.input ?? 0) - (usage?.cacheRead ?? 0) - (usage?.cacheWrite ?? 0)),
  cache_creation_input_tokens: usage?.cacheWrite ?? null,
  cache_read_input_tokens: usage?.cacheRead ?? null,
  output_tokens: usage?.output ?? 0,
  ...(typeof usage?.reasoning === 'number'
    ? { output_tokens_details: { thinking_tokens: usage.reasoning } }
    : {}),
})

/** Fields of `usage` that no count of ours holds, with the values that say nothing. */
const SILENT: Readonly<Record<string, readonly Json[]>> = {
  service_tier: ['standard'],
  speed: ['standard'],
  inference_geo: ['global', 'not_available'],
}

const COUNTED = [
  'input_tokens',
  'output_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'cache_creation',
  'output_tokens_details',
]

/** `usage` without what is counted and what says nothing, to name the rest. */
export const uncounted = (value: Json | undefined): JsonObject =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).filter(
          ([name, member]) =>
            !COUNTED.includes(name) && SILENT[name]?.some((silent) => silent === member) !== true,
        ),
      )
    : {}

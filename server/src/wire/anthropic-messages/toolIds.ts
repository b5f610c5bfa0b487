import type { AnswerOptions } from '../../domain/index.ts'

/** Ids that the dialect takes for tool calls. Source: the vendor refuses others by this pattern. */
export const TOOL_ID = /^[a-zA-Z0-9_-]{1,64}$/

/**
 * The id under which a client hears of a call: the upstream's own, where the dialect takes it and neither this
 * answer nor the conversation before it has used it; clients and issuers alike take an id for one call only.
 */
export const idFor = (
  id: string | null,
  index: number,
  options: AnswerOptions,
  taken: readonly (string | null)[],
): string => {
  const fits = id !== null && TOOL_ID.test(id) && !taken.includes(id)
  return fits && !options.call.source.includes(`"${id}"`) ? id : `toolu_${options.id}_${index}`
}

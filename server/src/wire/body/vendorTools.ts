import type { Conversation, Json } from '../../domain/index.ts'
import { isObject } from './fields.ts'

/*
 * Tools that a vendor runs on its own machines: searches, code, remote servers. No other dialect can be given one. An
 * offer of one is left out and named where the model has other tools to work with; it is refused where nothing else is
 * offered, or where the client insists on it. What such a tool did earlier is refused as the tables say.
 */

/** A vendor's word for a kind of tool. Anything else may be content. */
const WORD = /^[A-Za-z$][\w.:-]{0,63}$/

/** What an entry of `tools`, or a choice among them, says that it is; null where it does not, or not in one word. */
export const kindOf = (value: Json): string | null => {
  const type = isObject(value) ? value['type'] : undefined
  return typeof type === 'string' && WORD.test(type) ? type : null
}

/** The line of a dialect's table for a kind of tool: `tools[].web_search` for `web_search_20250305` too. */
export const lineOf = (field: string, value: Json): string | null => {
  const kind = kindOf(value)
  // What its client runs is no vendor's, though it may bear the same name.
  if (kind === null || !isObject(value) || value['execution'] === 'client') return null
  return `${field}.${kind.replace(/_\d{8}$/, '')}`
}

/** Whether the model has a tool of the client's own to work with, and may do without any other. */
export const hasOwnTools = ({ tools, settings, rest }: Conversation): boolean => {
  // A choice that its reader could not map is one of another tool.
  if (tools.length === 0 || rest['tool_choice'] !== undefined) return false
  const choice = settings.toolChoice
  return choice?.type !== 'tool' || tools.some((tool) => tool.name === choice.name)
}

import type { Call, Forward, Json, JsonObject, Written } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { forwardBody } from '../body/forward.ts'
import { isMarked, MARK } from '../body/sealed.ts'
import { withoutCitations } from './citations.ts'
import { opaqueOf } from './sealed.ts'

/** A system turn among the messages may not be the first of them, so none is kept when what stands before it goes. */
const turn = (message: JsonObject): { readonly start: boolean; readonly pinned: boolean } => {
  const content = message['content']
  const answers =
    isList(content) && content.some((block) => isObject(block) && block['type'] === 'tool_result')
  return { start: message['role'] === 'user' && !answers, pinned: false }
}

type Picks = (block: JsonObject) => boolean

/** What another issuer made, and what nobody signed, stays here. */
const picksOf = (call: Call, foreign: ReadonlySet<string>): Picks | null => {
  if (foreign.size === 0 && !call.source.includes(MARK)) return null
  return (block) => {
    const value = opaqueOf(block)
    return value !== null && (isMarked(value) || foreign.has(value))
  }
}

/**
 * Where thinking is on with a budget, a turn that goes on after a tool's result must begin with the thought that
 * led to the call. True where that thought is among what stays here.
 */
const losesThought = (call: Call, picks: Picks): boolean => {
  const { messages, thinking } = call.json
  if (!isObject(thinking) || thinking['type'] !== 'enabled' || !isList(messages)) return false
  const last = messages.findLast((message) => isObject(message) && message['role'] === 'assistant')
  const content: Json | undefined = isObject(last) ? last['content'] : undefined
  if (!isList(content)) return false
  const blocks = content.filter(isObject)
  const left = blocks.filter((block) => !picks(block))
  const type = left[0]?.['type']
  const thinks = type === 'thinking' || type === 'redacted_thinking'
  return left.length < blocks.length && !thinks && left.some((block) => block['type'] === 'tool_use')
}

/** What goes with thinking that is turned off: an edit of the history by its thoughts is refused without it. */
const withoutThinking = (call: Call): ReadonlyMap<string, string> => {
  const set = new Map([['thinking', '{"type":"disabled"}']])
  const management = call.json['context_management']
  const edits = isObject(management) ? management['edits'] : undefined
  if (!isObject(management) || !isList(edits)) return set
  const left = edits.filter((edit) => !isObject(edit) || !String(edit['type']).startsWith('clear_thinking'))
  if (left.length === edits.length) return set
  return set.set('context_management', JSON.stringify({ ...management, edits: left }))
}

/** The client's own text with the model's name replaced, the history fitted, and what others issued left out. */
export const forward = (whole: Call, options: Forward): Written => {
  const { call, dropped } = withoutCitations(whole)
  const picks = picksOf(call, options.foreign)
  const set = picks !== null && losesThought(call, picks) ? withoutThinking(call) : new Map<string, string>()
  const written = forwardBody(call, options, {
    set,
    turn,
    maxTokens: ['max_tokens'],
    leaveOut: picks,
  })
  const more = [...dropped, ...set.keys()]
  return more.length === 0 ? written : { body: written.body, dropped: [...written.dropped, ...more] }
}

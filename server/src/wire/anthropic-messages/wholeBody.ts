import { CausewayError, type Json, type JsonObject, type ReplyEvent } from '../../domain/index.ts'
import { parseExact } from '../../lib/index.ts'
import { isObject } from '../body/fields.ts'
import { type GatheredBlock, gather } from '../stream/gather.ts'
import { writeFinish } from './finish.ts'
import { UNSIGNED } from './unsigned.ts'
import { writeUsage } from './usage.ts'

/** Input that is cut or no object cannot stand in a body of this dialect; it is kept as text under one name. */
const inputOf = (text: string): JsonObject => {
  if (text.trim() === '') return {}
  try {
    const input = parseExact(text)
    if (isObject(input)) return input
  } catch {
    // Falls through to the marked form: a cut answer must not look like a call with other arguments.
  }
  return { unparsed_arguments: text }
}

const contentBlock = (block: GatheredBlock): JsonObject => {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text }
    case 'reasoning':
      return block.redacted
        ? { type: 'redacted_thinking', data: block.signature ?? '' }
        : { type: 'thinking', thinking: block.text, signature: block.signature ?? UNSIGNED }
    case 'tool':
      return { type: 'tool_use', id: block.id, name: block.name, input: inputOf(block.input) }
  }
}

/** Events as one message. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (
  events: readonly ReplyEvent[],
  options: { readonly model: string; readonly id: string; readonly created: number },
): Json => {
  const reply = gather(events)
  if (reply.end === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  const content = reply.blocks.map(contentBlock)
  if (reply.refusal !== '') content.push({ type: 'text', text: reply.refusal })
  return {
    id: `msg_${options.id}`,
    type: 'message',
    role: 'assistant',
    model: options.model,
    content,
    stop_reason: writeFinish(reply.end.reason),
    stop_sequence: reply.end.stopSequence,
    usage: writeUsage(reply.usage),
  }
}

import type { Block, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'

/**
 * The dialect has no official place for reasoning. Servers answer it in `reasoning_content` or `reasoning`;
 * what its issuer must get back verbatim rides in `reasoning_details`, whose entries name their format.
 */
export const SIGNED_FORMAT = 'anthropic-claude-v1'

/** A thinking block of Messages as an entry of `reasoning_details`. */
export const signedDetail = (
  text: string,
  signature: string,
  redacted: boolean,
  index: number,
): JsonObject =>
  redacted
    ? { type: 'reasoning.encrypted', data: signature, format: SIGNED_FORMAT, index }
    : { type: 'reasoning.text', text, signature, format: SIGNED_FORMAT, index }

const signedBlock = (detail: JsonObject): Block | null => {
  if (detail['format'] !== SIGNED_FORMAT) return null
  const data = stringAt(detail, 'data')
  if (detail['type'] === 'reasoning.encrypted' && data !== null) {
    const raw = { type: 'redacted_thinking', data }
    return { type: 'reasoning', text: '', signature: data, native: { dialect: 'anthropic-messages', raw } }
  }
  const signature = stringAt(detail, 'signature')
  if (detail['type'] !== 'reasoning.text' || signature === null || signature === '') return null
  const text = stringAt(detail, 'text') ?? ''
  const raw = { type: 'thinking', thinking: text, signature }
  return { type: 'reasoning', text, signature, native: { dialect: 'anthropic-messages', raw } }
}

/** Reasoning of an earlier answer, as blocks of the dialect that issued them. */
export const reasoningBlocks = (message: JsonObject): Block[] => {
  const details = message['reasoning_details']
  const signed = (isList(details) ? details : []).flatMap((detail) => {
    const block = isObject(detail) ? signedBlock(detail) : null
    return block === null ? [] : [block]
  })
  if (signed.length > 0) return signed
  const text = stringAt(message, 'reasoning_content') ?? stringAt(message, 'reasoning')
  if (text === null || text === '') return []
  const raw = { reasoning_content: text }
  return [{ type: 'reasoning', text, signature: null, native: { dialect: 'openai-chat', raw } }]
}

import { type Block, CUSTOM_INPUT, type Dialect, type JsonObject } from '../../domain/index.ts'
import { exactObject } from './exact.ts'
import { untranslatable } from './untranslatable.ts'

/**
 * The input of a call as the object that the dialect `to` wants; free text under the property that stands in for it.
 * Throws CausewayError `cannot_translate` for arguments that are no JSON object.
 */
export const inputObject = (
  block: Extract<Block, { type: 'tool-call' }>,
  at: string,
  to: Dialect,
): JsonObject => {
  if (block.custom === true) return { [CUSTOM_INPUT]: block.input }
  if (block.input.trim() === '') return {}
  const input = exactObject(block.input)
  if (input !== null) return input
  const id = block.id.slice(0, 80)
  throw untranslatable(at, to, `the arguments of the tool call "${id}" are no JSON object`)
}

/**
 * Arguments of an answer for a client whose dialect has objects only. Such that are cut, or are no object, are kept
 * as text under one name: they must not look like a call with other arguments.
 */
export const saidInput = (text: string): JsonObject =>
  text.trim() === '' ? {} : (exactObject(text) ?? { unparsed_arguments: text })

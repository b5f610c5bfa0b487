import type { Call } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { isMarked, uncarry } from '../body/sealed.ts'
import { opaqueOf } from './sealed.ts'

/**
 * Signatures and sealed thought in a request's history: those of this dialect's issuers as they stand, and of
 * other dialects' the value that its issuer made. Marks of ours are none.
 */
export const opaque = ({ json }: Call): readonly string[] => {
  const values = new Set<string>()
  const { messages } = json
  for (const message of isList(messages) ? messages : []) {
    const content = isObject(message) ? message['content'] : null
    for (const block of isList(content) ? content : []) {
      const value = opaqueOf(block)
      if (value === null || value === '') continue
      if (!isMarked(value)) values.add(value)
      const foreign = uncarry(value, 'anthropic-messages')
      if (foreign !== null) values.add(foreign.value)
    }
  }
  return [...values]
}

import type { Call, JsonObject } from '../../domain/index.ts'
import { holdsInexact, parseExact } from '../../lib/index.ts'
import { isObject } from './fields.ts'

/** The call's JSON such that writing it again keeps every digit of its whole numbers. */
export const exactJson = (call: Call): JsonObject => {
  if (!holdsInexact(call.json)) return call.json
  const exact = parseExact(call.source)
  return isObject(exact) ? exact : call.json
}

/** A JSON object with every digit of its whole numbers, or null where the text is none. */
export const exactObject = (text: string): JsonObject | null => {
  try {
    const value = parseExact(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

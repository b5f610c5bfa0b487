import type { JsonObject } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'

/** An upstream's JSON object, or null where the text is none. Lenient: nothing is thrown for what a server sends. */
export const parseObject = (text: string): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

import { CUSTOM_INPUT, type JsonObject } from '../../domain/index.ts'
import { isObject } from './fields.ts'

/*
 * Tools whose input is free text. Where a dialect has functions only, a function with one string stands in for
 * such a tool. Replies speak of its calls in that form always, from whatever upstream: an event's `delta` is a
 * piece of JSON text. Whoever answers a client that knows custom tools raises the input out of it again.
 */

/** What the function that stands in for a custom tool takes. */
export const CUSTOM_SCHEMA: JsonObject = Object.freeze({
  type: 'object',
  properties: Object.freeze({ [CUSTOM_INPUT]: Object.freeze({ type: 'string' }) }),
  required: Object.freeze([CUSTOM_INPUT]),
})

/** Free text as the arguments of the function. */
export const lowered = (input: string): string => JSON.stringify({ [CUSTOM_INPUT]: input })

const OPENING = `{${JSON.stringify(CUSTOM_INPUT)}:"`

/** Free text that comes in pieces as pieces of the function's arguments. */
export class Lowering {
  #open = false

  push(piece: string): string {
    const escaped = JSON.stringify(piece).slice(1, -1)
    if (this.#open) return escaped
    this.#open = true
    return OPENING + escaped
  }

  end(): string {
    return this.#open ? '"}' : `${OPENING}"}`
  }
}

/** The free text in the function's arguments; arguments of another form as they are, for they are what the model said. */
export const raised = (args: string): string => {
  try {
    const json: unknown = JSON.parse(args)
    const input = isObject(json) ? json[CUSTOM_INPUT] : undefined
    return typeof input === 'string' ? input : args
  } catch {
    return args
  }
}

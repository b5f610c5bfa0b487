import { CUSTOM_INPUT } from '../../domain/index.ts'
import { parseObject } from '../stream/json.ts'

const OPENING = new RegExp(`^\\s*\\{\\s*"${CUSTOM_INPUT}"\\s*:\\s*"`)
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** How much of a JSON string's inside is certain: up to its closing quote, or an escape that is not all there. */
const certain = (text: string): number => {
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    const length = code !== BACKSLASH ? 1 : text[at + 1] === 'u' ? 6 : 2
    if (at + length > text.length) return at
    at += length
  }
  return at
}

/** Models forget to escape line ends; a string's inside is clear all the same. */
const unescaped = (raw: string): string | null => {
  const escaped = raw.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))
  try {
    const text: unknown = JSON.parse(`"${escaped}"`)
    return typeof text === 'string' ? text : null
  } catch {
    return null
  }
}

/**
 * The free text in the arguments of a call that stands for a custom one, given piece by piece as far as it is
 * certain. Arguments that are no object with such a text are the text themselves.
 */
export class CustomInput {
  #args = ''
  /** Where what was not told yet begins in the arguments; null before the text has begun. */
  #from: number | null = null
  #told = ''
  #broken = false

  push(delta: string): string {
    this.#args += delta
    if (this.#broken) return ''
    this.#from ??= OPENING.exec(this.#args)?.[0].length ?? null
    if (this.#from === null) return ''
    const rest = this.#args.slice(this.#from)
    const raw = rest.slice(0, certain(rest))
    const text = unescaped(raw)
    this.#broken = text === null
    this.#from += raw.length
    this.#told += text ?? ''
    return text ?? ''
  }

  /** The whole text, and what of it was not told. */
  end(): { readonly input: string; readonly rest: string } {
    const said = parseObject(this.#args)?.[CUSTOM_INPUT]
    // A call that was cut has the text that came.
    const cut = this.#told === '' || this.#broken ? this.#args : this.#told
    const input = typeof said === 'string' ? said : cut
    return { input, rest: input.startsWith(this.#told) ? input.slice(this.#told.length) : '' }
  }
}

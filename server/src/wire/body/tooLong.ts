import type { Fault } from '../../domain/index.ts'

/*
 * Agents shorten their history only where they recognise that it is too long, and each looks for the words of the
 * vendor whose dialect it speaks. What upstreams of all kinds say of it is put into those words.
 */

/** Tokens, as far as somebody counted them. */
export interface TooLong {
  readonly tokens: number
  readonly most: number
}

/** How upstreams and this gateway tell the two numbers. */
const TOLD: readonly RegExp[] = [
  /prompt is too long: (?<tokens>\d+) tokens > (?<most>\d+)/,
  /token count \((?<tokens>\d+)\) exceeds the maximum number of tokens allowed \((?<most>\d+)\)/,
  /about (?<tokens>\d+) tokens, and the maximum context length is (?<most>\d+)/,
  /context length is (?:only )?(?<most>\d+) tokens.{0,40}?(?:you requested|resulted in|you passed)(?: about)? (?<tokens>\d+)/is,
  /you passed (?<tokens>\d+) input tokens.{0,120}?context length is (?:only )?(?<most>\d+)/is,
  /prompt length is (?<most>\d+) but the request contains (?<tokens>\d+) tokens/,
  /\((?<tokens>\d+) tokens\) exceeds the available context size \((?<most>\d+) tokens\)/,
]

/** The numbers of a fault for length; null where nobody told them, or they are of something else. */
export const tooLong = (fault: Fault): TooLong | null => {
  for (const text of [fault.quoted, fault.message]) {
    if (text === null) continue
    const plain = text.replace(/(?<=\d),(?=\d{3})/g, '')
    for (const words of TOLD) {
      const { tokens, most } = words.exec(plain)?.groups ?? {}
      const said = { tokens: Number(tokens), most: Number(most) }
      // What is kept free for the answer may have been what was lacking.
      if (said.tokens > said.most) return said
    }
  }
  return null
}

/** A sentence, opened by the vendor's words for a fault for length. */
export const opened = (fault: Fault, sentence: string, words: (numbers: TooLong | null) => string): string =>
  fault.code === 'context_too_long' ? `${words(tooLong(fault))}. ${sentence}` : sentence

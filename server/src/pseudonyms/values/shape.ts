import type { Draw } from '../draw.ts'

const LOWER = 'abcdefghijkmnpqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const HEX = /^[0-9a-f]+$/i

const letter = (draw: Draw, alphabet: string): string => alphabet.charAt(draw.number(alphabet.length))

/**
 * The same characters by class: a digit for a digit, a letter for a letter of its case, all else as it stands.
 * A first digit other than 0 stays other than 0. Check digits are not kept: a number that only looks like an
 * issued one can belong to nobody whose number passes its check, and nine in ten do not pass.
 */
export const sameShape = (original: string, draw: Draw): string => {
  const compact = original.replace(/[^\p{L}\p{N}]/gu, '')
  const hex = compact.length >= 16 && HEX.test(compact) && /[a-f]/i.test(compact)
  let first = true
  return [...original]
    .map((char) => {
      if (/\d/.test(char)) {
        const digit = hex || !first || char === '0' ? draw.number(10) : 1 + draw.number(9)
        first = false
        return String(digit)
      }
      if (/[a-z]/.test(char)) return letter(draw, hex ? 'abcdef' : LOWER)
      if (/[A-Z]/.test(char)) return letter(draw, hex ? 'ABCDEF' : UPPER)
      if (/\p{Nd}/u.test(char)) return String(draw.number(10))
      if (/\p{Lu}/u.test(char)) return letter(draw, UPPER)
      return /\p{L}/u.test(char) ? letter(draw, LOWER) : char
    })
    .join('')
}

/** Puts characters into the grouping of another text; what is left over follows the last group. */
export const grouped = (characters: string, like: string): string => {
  let at = 0
  let out = ''
  const places = [...like.matchAll(/[\p{L}\p{N}]/gu)].length
  let place = 0
  for (const char of like) {
    if (!/[\p{L}\p{N}]/u.test(char)) {
      if (at < characters.length || /[)\]]/.test(char)) out += char
      continue
    }
    place += 1
    const rest = place === places
    out += rest ? characters.slice(at) : characters.slice(at, at + 1)
    at = rest ? characters.length : at + 1
  }
  return out.trimEnd()
}

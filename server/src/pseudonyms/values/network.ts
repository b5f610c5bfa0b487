import type { Draw } from '../draw.ts'
import { sameShape } from './shape.ts'

/** Networks for documentation: RFC 5737 and RFC 3849. */
const NETWORKS = ['192.0.2', '198.51.100', '203.0.113'] as const

const hex = (draw: Draw, count: number): string =>
  Array.from({ length: count }, () => draw.number(16).toString(16)).join('')

/** An address for documentation; the prefix length or port behind it stays. */
export const addressLike = (original: string, draw: Draw): string => {
  const rest = /(?:\/\d{1,3}|(?<=\.\d{1,3}):\d{1,5})$/.exec(original)?.[0] ?? ''
  if (!original.includes(':') || /^\d+\.\d+\./.test(original)) {
    return `${draw.pick(NETWORKS)}.${1 + draw.number(254)}${rest}`
  }
  const made = `2001:db8:${hex(draw, 4)}:${hex(draw, 4)}::${hex(draw, 4)}`
  return (original === original.toUpperCase() ? made.toUpperCase() : made) + rest
}

/** A hardware address whose first byte says that nobody issued it (locally administered, for one station). */
export const hardwareLike = (original: string, draw: Draw): string => {
  const digits = original.replace(/[^0-9a-f]/gi, '')
  if (digits.length !== 12) return sameShape(original, draw)
  const made = `02${hex(draw, 10)}`
  const styled = /[A-F]/.test(original) ? made.toUpperCase() : made
  let at = 0
  return original.replace(/[0-9a-f]/gi, () => {
    at += 1
    return styled.charAt(at - 1)
  })
}

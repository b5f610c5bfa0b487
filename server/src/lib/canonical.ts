import { createHash } from 'node:crypto'

/** JSON with object keys in code-unit order and without undefined members: equal values give equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value))

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const out: Record<string, unknown> = Object.create(null)
  for (const [key, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (member !== undefined) out[key] = sorted(member)
  }
  return out
}

/** SHA-256 in lower-case hex. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What an upstream's error body says, whatever its shape. */
export interface ErrorBody {
  /** One line of text; empty where the body says nothing. */
  readonly message: string
  /** Every type, code and status word it carries, in lower case: `rate_limit_exceeded`, `overloaded_error`, `429` … */
  readonly kinds: readonly string[]
}

const LONGEST = 65_536

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads an error body in any of the shapes seen in the field: `{error: {…}}`, `{error: "…"}`,
 * `{type: "error", error: {…}}`, `{object: "error", …}`, `{message}`, `{detail}`, `[{error}]`, HTML, plain text.
 * Never throws. Only messages are taken, never the echoed input that some validators send along.
 */
export const readErrorBody = (body: string): ErrorBody => {
  const text = body.slice(0, LONGEST)
  const parsed = parse(text)
  if (parsed === undefined) return { message: plain(text), kinds: [] }
  const kinds = new Set<string>()
  const message = oneLine(messageIn(parsed, kinds, 0))
  return { message, kinds: [...kinds] }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const messageIn = (value: unknown, kinds: Set<string>, depth: number): string => {
  if (typeof value === 'string') return nested(value, kinds, depth)
  if (depth > 6) return ''
  if (Array.isArray(value)) {
    const parts = value.slice(0, 5).map((item) => messageIn(item, kinds, depth + 1))
    return parts.filter((part) => part !== '').join('; ')
  }
  if (!isFields(value)) return ''
  collectKinds(value, kinds)
  for (const name of ['error', 'message', 'detail', 'msg', 'title']) {
    const found = messageIn(value[name], kinds, depth + 1)
    if (found !== '') return name === 'msg' ? placed(found, value['loc']) : found
  }
  return ''
}

/** Some proxies put a whole JSON error into the message of another. */
const nested = (text: string, kinds: Set<string>, depth: number): string => {
  if (depth > 6 || !text.trimStart().startsWith('{')) return text
  const inner = parse(text)
  return inner === undefined ? text : messageIn(inner, kinds, depth + 1) || text
}

const placed = (message: string, where: unknown): string =>
  Array.isArray(where)
    ? `${where.filter((part) => typeof part === 'string' || typeof part === 'number').join('.')}: ${message}`
    : message

const collectKinds = (fields: Fields, kinds: Set<string>): void => {
  for (const name of ['type', 'code', 'status', 'error_type', 'object']) {
    const kind = fields[name]
    if (typeof kind === 'string' || typeof kind === 'number') kinds.add(String(kind).toLowerCase())
  }
}

const plain = (text: string): string => {
  if (!/^\s*</.test(text)) return oneLine(text)
  const title = /<title[^>]{0,200}>([^<]{1,300})<\/title>/i.exec(text)?.[1]
  return oneLine(title ?? text.replace(/<[^<>]{0,2000}>/g, ' '))
}

const oneLine = (text: string): string =>
  text
    .slice(0, 8_000)
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim()

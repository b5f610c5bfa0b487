import { durationIn } from './wait.ts'

/** What an upstream's error body says, whatever its shape. */
export interface ErrorBody {
  /** One line of text; empty where the body says nothing. */
  readonly message: string
  /** Every type, code and status word it carries, in lower case: `rate_limit_exceeded`, `overloaded_error`, `429` … */
  readonly kinds: readonly string[]
  /** Milliseconds that it tells to wait, or null. */
  readonly after: number | null
}

const LONGEST = 65_536

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is gathered on the way to the message. */
interface Found {
  readonly kinds: Set<string>
  after: number | null
}

/**
 * Reads an error body in any of the shapes seen in the field: `{error: {…}}`, `{error: "…"}`,
 * `{type: "error", error: {…}}`, `{object: "error", …}`, `{message}`, `{__type, message}`, `{detail}`, `[{error}]`,
 * `{error: {details: […]}}`, HTML, plain text. Never throws. Only messages are taken, never the echoed input that
 * some validators send along.
 */
export const readErrorBody = (body: string): ErrorBody => {
  const text = body.slice(0, LONGEST)
  const parsed = parse(text)
  if (parsed === undefined) return { message: plain(text), kinds: [], after: null }
  const found: Found = { kinds: new Set(), after: null }
  const message = oneLine(messageIn(parsed, found, 0))
  return { message, kinds: [...found.kinds], after: found.after }
}

/** A kind as we compare it: `com.amazon.x#ThrottlingException:http://…` is `throttlingexception`. */
export const kindOf = (text: string): string =>
  text
    .slice(0, 300)
    .replace(/^[\w.]*#/, '')
    .replace(/:https?:.*$/, '')
    .toLowerCase()

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const MESSAGES = ['error', 'errors', 'message', 'Message', 'detail', 'msg', 'error_msg', 'title']

const messageIn = (value: unknown, found: Found, depth: number): string => {
  if (typeof value === 'string') return nested(value, found, depth)
  if (depth > 6) return ''
  if (Array.isArray(value)) {
    const parts = value.slice(0, 5).map((item) => messageIn(item, found, depth + 1))
    return parts.filter((part) => part !== '').join('; ')
  }
  if (!isFields(value)) return ''
  collectKinds(value, found)
  for (const name of MESSAGES) {
    const message = messageIn(value[name], found, depth + 1)
    if (message !== '') return name === 'msg' ? placed(message, value['loc']) : message
  }
  return ''
}

/** Some proxies put a whole JSON error into the message of another. */
const nested = (text: string, found: Found, depth: number): string => {
  if (depth > 6 || !text.trimStart().startsWith('{')) return text
  const inner = parse(text)
  return inner === undefined ? text : messageIn(inner, found, depth + 1) || text
}

const placed = (message: string, where: unknown): string =>
  Array.isArray(where)
    ? `${where.filter((part) => typeof part === 'string' || typeof part === 'number').join('.')}: ${message}`
    : message

const KINDS = ['type', 'code', 'status', 'error_type', 'object', '__type', 'error_code', 'reason']

const collectKinds = (fields: Fields, found: Found): void => {
  for (const name of KINDS) {
    const kind = fields[name]
    if (typeof kind === 'string' || typeof kind === 'number') found.kinds.add(kindOf(String(kind)))
  }
  const inner = fields['innererror']
  if (isFields(inner) && typeof inner['code'] === 'string') found.kinds.add(kindOf(inner['code']))
  if (Array.isArray(fields['details'])) collectDetails(fields['details'], found)
  // How long a model still loads, or a proxy wants to be left alone.
  for (const name of ['estimated_time', 'retry_after']) {
    const seconds = fields[name]
    if (typeof seconds === 'number' && seconds >= 0) found.after ??= seconds * 1000
  }
}

/** The details of a `google.rpc.Status`: why, and how long to wait. Source: google/rpc/error_details.proto. */
const collectDetails = (details: readonly unknown[], found: Found): void => {
  for (const detail of details.slice(0, 20)) {
    if (!isFields(detail)) continue
    if (typeof detail['reason'] === 'string') found.kinds.add(kindOf(detail['reason']))
    const delay = delayIn(detail['retryDelay'])
    if (delay !== null) found.after ??= delay
  }
}

const delayIn = (value: unknown): number | null => {
  if (typeof value === 'string') return durationIn(value)
  if (!isFields(value)) return null
  const seconds = Number(value['seconds'] ?? 0)
  const nanos = Number(value['nanos'] ?? 0)
  const delay = seconds * 1000 + nanos / 1e6
  return Number.isFinite(delay) && delay >= 0 ? delay : null
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

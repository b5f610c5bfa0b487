import type { Call, Framing, ReplyHead } from '../domain/index.ts'
import { rateHeaders } from '../providers/index.ts'

type Headers = Readonly<Record<string, string | undefined>>

/** What an upstream may send and we may not send on would make writing the answer's head fail. */
const SENDABLE = /^[\t\x20-\x7e]*$/

/** Of the connection to the upstream, of its cookies, or written anew. */
const KEPT_BACK = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
  'set-cookie2',
  'content-length',
  'strict-transport-security',
  'alt-svc',
])

/** Where a client would go on by itself, its key in hand. */
const LEADS_AWAY = new Set(['location', 'refresh'])

const isPassed = (call: Call, name: string, status: number): boolean => {
  if (call.verbatim === null)
    return (
      name.startsWith('x-ratelimit-') || name.startsWith('anthropic-ratelimit-') || name.startsWith('openai-')
    )
  if (LEADS_AWAY.has(name)) return name === 'location' && (status < 300 || status >= 400)
  return !KEPT_BACK.has(name) && !name.startsWith('x-causeway-')
}

/** An upstream's request id, by whichever name it gives it. */
export const requestIdIn = (headers: Headers): string | null =>
  (
    headers['x-request-id'] ??
    headers['request-id'] ??
    headers['x-amzn-requestid'] ??
    headers['apim-request-id'] ??
    headers['mistral-correlation-id'] ??
    headers['x-generation-id']
  )?.slice(0, 200) ?? null

/**
 * The upstream's headers that go on to the client: limits of its rate, in the names that its SDK reads, and its
 * request id. None that holds one of the secrets.
 */
export const passedOn = (
  call: Call,
  { status, headers }: ReplyHead,
  secrets: readonly string[],
): Record<string, string> => {
  const passed: Record<string, string> =
    call.verbatim === null ? { ...rateHeaders(headers, call.dialect) } : {}
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || !SENDABLE.test(value) || !isPassed(call, name, status)) continue
    if (!secrets.some((secret) => value.includes(secret))) passed[name] = value
  }
  const request = requestIdIn(headers)
  if (request !== null && SENDABLE.test(request) && !secrets.some((secret) => request.includes(secret)))
    passed['x-causeway-upstream-request-id'] = request
  return passed
}

export const isEncoded = (headers: Headers): boolean =>
  !/^(?:identity)?$/i.test(headers['content-encoding']?.trim() ?? '')

const STREAM_TYPES: Readonly<Record<Framing, string>> = {
  sse: 'text/event-stream; charset=utf-8',
  lines: 'application/x-ndjson',
  array: 'application/json',
}

/** Operations whose answers may be of any type, so that the upstream's own word is passed on. */
const ANY_TYPE: readonly Call['operation'][] = ['speech', 'transcribe', 'image', 'passthrough']

const ownType = (call: Call, headers: Headers): string | null => {
  const type = headers['content-type']
  return ANY_TYPE.includes(call.operation) && type !== undefined && SENDABLE.test(type) ? type : null
}

/** `content-type` of a streamed answer. */
export const streamTypeOf = (call: Call, headers: Headers): string =>
  ownType(call, headers) ??
  (call.operation === 'chat' || call.operation === 'complete'
    ? STREAM_TYPES[call.framing]
    : 'application/octet-stream')

/** `content-type` of an answer in one piece. */
export const wholeTypeOf = (call: Call, headers: Headers): string =>
  ownType(call, headers) ?? 'application/json'

import type { IncomingMessage, ServerResponse } from 'node:http'
import { CausewayError, type Fault } from '../domain/index.ts'
import type { ErrorView } from './contract.ts'
import { faultPage } from './pages.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/**
 * Sent with every answer. `same-origin` rather than `no-referrer`, because with the latter a browser calls
 * the origin of the token form `null`.
 */
export const protect = (response: ServerResponse): void => {
  response.setHeader('content-security-policy', POLICY)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cache-control', 'no-store')
}

export const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value))
}

export const sendHtml = (response: ServerResponse, status: number, page: string): void => {
  send(response, status, 'text/html; charset=utf-8', page)
}

export const send = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
): void => {
  response.statusCode = status
  response.setHeader('content-type', type)
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

const errorView = (fault: Fault): ErrorView => ({
  error: { code: fault.code, message: fault.message, next: fault.next },
})

/** A fault as JSON, or as a page where a browser asked for one. */
export const sendFault = (request: IncomingMessage, response: ServerResponse, fault: Fault): void => {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (fault.after !== null) response.setHeader('retry-after', Math.ceil(fault.after / 1000))
  if (fault.status === 413) response.setHeader('connection', 'close')
  const wantsPage = (request.headers.accept ?? '').includes('text/html')
  if (wantsPage) sendHtml(response, fault.status, faultPage(fault))
  else sendJson(response, fault.status, errorView(fault))
}

/** Reads a body of at most `limit` bytes; throws `body_too_large`. */
export const readBody = async (request: IncomingMessage, limit: number): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit) throw new CausewayError('body_too_large', `The body is larger than ${limit} bytes.`)
    chunks.push(bytes)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw new CausewayError('invalid_json', 'The body is not valid UTF-8.', { cause })
  }
}

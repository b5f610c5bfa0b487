import type { ReplyHead, UpstreamFault } from '../domain/index.ts'
import { type ErrorBody, readErrorBody } from './body.ts'
import { maskSecrets } from './mask.ts'

/** A kind word or message by which one provider says something that the general table would misread. */
export interface FaultRule {
  /** Matches a whole kind word in lower case. */
  readonly kind?: string
  /** Matches the message. */
  readonly message?: RegExp
  readonly code: UpstreamFault['code']
}

const MESSAGE_LENGTH = 500
const LONGEST_WAIT = 86_400_000

/**
 * Reads an upstream's refusal: whose fault, whether another try could help, after how long. Total: any status
 * and any body give an answer. `rules` come first, then what the body calls itself, then the status.
 */
export const classifyFault = (
  head: ReplyHead,
  body: string,
  rules: readonly FaultRule[] = [],
): UpstreamFault => {
  const said = readErrorBody(body)
  const code = codeByRule(said, rules) ?? codeByBody(said, head.status) ?? codeByStatus(head.status)
  return {
    ...meaning(code, head.status),
    code,
    after: waitFor(head.headers),
    message: cut(said.message === '' ? `status ${head.status} without a message` : said.message),
  }
}

const cut = (message: string): string => {
  const masked = maskSecrets(message)
  return masked.length <= MESSAGE_LENGTH ? masked : `${masked.slice(0, MESSAGE_LENGTH - 1)}…`
}

const codeByRule = (said: ErrorBody, rules: readonly FaultRule[]): UpstreamFault['code'] | null =>
  rules.find(
    (rule) =>
      (rule.kind !== undefined && said.kinds.includes(rule.kind)) ||
      rule.message?.test(said.message) === true,
  )?.code ?? null

const CONTEXT_KINDS = ['context_length_exceeded', 'exceed_context_size_error', 'context_window_exceeded']
const CONTEXT_MESSAGE =
  /maximum context length|exceeds? the (?:model's |available |maximum )?context|context (?:length|window|size) (?:exceeded|is)|prompt is too long|input (?:is )?too long|reduce the length of the (?:messages|prompt|input)|`inputs` tokens/i

/** Codes by what the body calls itself. A status of 200 comes here too: some send the error as the first event. */
const KIND_CODES: Readonly<Record<string, UpstreamFault['code']>> = {
  invalid_api_key: 'upstream_auth',
  authentication_error: 'upstream_auth',
  permission_error: 'upstream_auth',
  api_key_invalid: 'upstream_auth',
  unauthenticated: 'upstream_auth',
  permission_denied: 'upstream_auth',
  // An empty account is not a rate: waiting does not fill it.
  insufficient_quota: 'upstream_auth',
  billing_error: 'upstream_auth',
  billing_hard_limit_reached: 'upstream_auth',
  rate_limit_exceeded: 'upstream_rate_limited',
  rate_limit_error: 'upstream_rate_limited',
  resource_exhausted: 'upstream_rate_limited',
  overloaded_error: 'upstream_overloaded',
  overloaded: 'upstream_overloaded',
  unavailable: 'upstream_overloaded',
  model_not_found: 'upstream_error',
  not_found_error: 'upstream_error',
  api_error: 'upstream_error',
  server_error: 'upstream_error',
  internal_server_error: 'upstream_error',
  timeout_error: 'upstream_error',
}

const codeByBody = (said: ErrorBody, status: number): UpstreamFault['code'] | null => {
  if (status < 500 && isContext(said)) return 'context_too_long'
  for (const kind of said.kinds) {
    const code = Object.hasOwn(KIND_CODES, kind) ? KIND_CODES[kind] : undefined
    if (code !== undefined) return code
  }
  if (status >= 400) return null
  if (said.kinds.includes('invalid_request_error')) return 'upstream_rejected'
  const numeric = said.kinds.map(Number).find((number) => number >= 400 && number < 600)
  return numeric === undefined ? null : codeByStatus(numeric)
}

const isContext = (said: ErrorBody): boolean =>
  said.kinds.some((kind) => CONTEXT_KINDS.includes(kind)) || CONTEXT_MESSAGE.test(said.message)

const codeByStatus = (status: number): UpstreamFault['code'] => {
  switch (status) {
    case 401:
    case 402:
    case 403:
    case 407:
      return 'upstream_auth'
    case 429:
      return 'upstream_rate_limited'
    case 503:
    case 529:
      return 'upstream_overloaded'
    case 404:
    case 405:
    case 408:
    case 409:
    case 410:
    case 425:
      return 'upstream_error'
    default:
      return status >= 400 && status < 500 ? 'upstream_rejected' : 'upstream_error'
  }
}

const meaning = (
  code: UpstreamFault['code'],
  status: number,
): { readonly whose: UpstreamFault['whose']; readonly retry: boolean } => {
  switch (code) {
    case 'upstream_rejected':
    case 'context_too_long':
      return { whose: 'client', retry: false }
    case 'upstream_auth':
      return { whose: 'us', retry: true }
    case 'upstream_rate_limited':
    case 'upstream_overloaded':
      return { whose: 'upstream', retry: true }
    case 'upstream_error':
      // A missing model or path, or a redirect we do not follow: the configuration is wrong, not the vendor.
      return { whose: status === 404 || status === 405 || redirects(status) ? 'us' : 'upstream', retry: true }
  }
}

const redirects = (status: number): boolean => status >= 300 && status < 400

/** Milliseconds from `retry-after-ms`, or `retry-after` in seconds or as a date (measured against the reply's own `date`). */
const waitFor = (headers: ReplyHead['headers']): number | null => {
  const exact = amount(headers['retry-after-ms'])
  if (exact !== null) return bounded(exact)
  const said = headers['retry-after']
  const seconds = amount(said)
  if (seconds !== null) return bounded(seconds * 1000)
  const until = Date.parse(said ?? '')
  const from = Date.parse(headers['date'] ?? '')
  return Number.isNaN(until) || Number.isNaN(from) ? null : bounded(Math.max(0, until - from))
}

const amount = (text: string | undefined): number | null =>
  text !== undefined && /^\s*\d{1,15}(?:\.\d{1,9})?\s*$/.test(text) ? Number(text) : null

const bounded = (milliseconds: number): number => Math.min(Math.round(milliseconds), LONGEST_WAIT)

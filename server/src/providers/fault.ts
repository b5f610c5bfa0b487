import type { ReplyHead, UpstreamFault } from '../domain/index.ts'
import { type ErrorBody, kindOf, readErrorBody } from './body.ts'
import { maskSecrets } from './mask.ts'
import { waitFor } from './wait.ts'

/** A kind word or message by which one provider says something that the general table would misread. */
export interface FaultRule {
  /** Matches a whole kind word in lower case. */
  readonly kind?: string
  /** Matches the message. */
  readonly message?: RegExp
  readonly code: UpstreamFault['code']
  /** Where that is another's than the code's. */
  readonly whose?: UpstreamFault['whose']
}

const MESSAGE_LENGTH = 500

/**
 * Reads an upstream's refusal: whose fault, whether another try could help, after how long. Total: any status
 * and any body give an answer. `rules` come first, then what the body calls itself, then the status.
 */
export const classifyFault = (
  head: ReplyHead,
  body: string,
  rules: readonly FaultRule[] = [],
): UpstreamFault => {
  const said = withHeader(readErrorBody(body), head.headers['x-amzn-errortype'])
  const rule = ruleFor(said, rules)
  const status = head.status >= 400 ? head.status : (statusIn(said) ?? head.status)
  const code = rule?.code ?? codeByBody(said, head.status) ?? codeByStatus(status)
  const { whose, retry } = meaning(code, status, said)
  const { message } = said
  const limited = code === 'upstream_rate_limited' || code === 'upstream_overloaded'
  return {
    whose: rule?.whose ?? whose,
    retry,
    code,
    after: waitFor(head.headers, { after: said.after, message, limited }),
    message: cut(message === '' ? `status ${head.status} without a message` : message),
  }
}

/** AWS tells the kind in a header where its body holds no more than a message. */
const withHeader = (said: ErrorBody, kind: string | undefined): ErrorBody =>
  kind === undefined ? said : { ...said, kinds: [kindOf(kind), ...said.kinds] }

const cut = (message: string): string => {
  const masked = maskSecrets(message)
  return masked.length <= MESSAGE_LENGTH ? masked : `${masked.slice(0, MESSAGE_LENGTH - 1)}…`
}

const ruleFor = (said: ErrorBody, rules: readonly FaultRule[]): FaultRule | undefined =>
  rules.find(
    (rule) =>
      (rule.kind !== undefined && said.kinds.includes(rule.kind)) ||
      rule.message?.test(said.message) === true,
  )

const CONTEXT_KINDS = ['context_length_exceeded', 'exceed_context_size_error', 'context_window_exceeded']
const CONTEXT_MESSAGE = new RegExp(
  [
    'maximum (?:context|prompt) length',
    "exceeds? (?:the )?(?:model's |available |maximum )?context",
    'context (?:length|window|size) (?:exceeded|is)',
    'prompt is too long',
    'prompt exceeds max',
    'input (?:is )?too long',
    'token length too long',
    'exceeded model token limit',
    'input token count .{0,40}exceeds',
    'too many tokens: total number',
    'reduce the length of the (?:messages|prompt|input)',
    '`inputs` (?:tokens|must have less than)',
    'must have less than \\d{1,9} tokens',
  ].join('|'),
  'i',
)

/** Codes by what the body calls itself. A status of 200 comes here too: some send the error as the first event. */
const KIND_CODES: Readonly<Record<string, UpstreamFault['code']>> = {
  invalid_api_key: 'upstream_auth',
  incorrect_api_key: 'upstream_auth',
  invalid_authentication_error: 'upstream_auth',
  authentication_error: 'upstream_auth',
  permission_error: 'upstream_auth',
  api_key_invalid: 'upstream_auth',
  unauthenticated: 'upstream_auth',
  permission_denied: 'upstream_auth',
  accessdeniedexception: 'upstream_auth',
  unrecognizedclientexception: 'upstream_auth',
  expiredtokenexception: 'upstream_auth',
  invalidsignatureexception: 'upstream_auth',
  incompletesignatureexception: 'upstream_auth',
  missingauthenticationtokenexception: 'upstream_auth',
  access_token_expired: 'upstream_auth',
  billing_disabled: 'upstream_auth',
  service_disabled: 'upstream_auth',
  // An empty account is not a rate: waiting does not fill it.
  insufficient_quota: 'upstream_auth',
  exceeded_current_quota_error: 'upstream_auth',
  billing_error: 'upstream_auth',
  billing_hard_limit_reached: 'upstream_auth',
  rate_limit_exceeded: 'upstream_rate_limited',
  rpm_rate_limit_exceeded: 'upstream_rate_limited',
  tpm_rate_limit_exceeded: 'upstream_rate_limited',
  rate_limit_reached_error: 'upstream_rate_limited',
  rate_limit_error: 'upstream_rate_limited',
  rate_limited: 'upstream_rate_limited',
  resource_exhausted: 'upstream_rate_limited',
  throttlingexception: 'upstream_rate_limited',
  toomanyrequestsexception: 'upstream_rate_limited',
  servicequotaexceededexception: 'upstream_rate_limited',
  overloaded_error: 'upstream_overloaded',
  overloaded: 'upstream_overloaded',
  engine_overloaded_error: 'upstream_overloaded',
  unavailable: 'upstream_overloaded',
  serviceunavailableexception: 'upstream_overloaded',
  modelnotreadyexception: 'upstream_overloaded',
  model_not_found: 'upstream_error',
  not_found_error: 'upstream_error',
  not_found: 'upstream_error',
  resourcenotfoundexception: 'upstream_error',
  deploymentnotfound: 'upstream_error',
  api_error: 'upstream_error',
  server_error: 'upstream_error',
  internal: 'upstream_error',
  internal_server_error: 'upstream_error',
  internalserverexception: 'upstream_error',
  deadline_exceeded: 'upstream_error',
  modeltimeoutexception: 'upstream_error',
  modelerrorexception: 'upstream_error',
  modelstreamerrorexception: 'upstream_error',
  timeout_error: 'upstream_error',
}

/** Nothing is there under that name: our configuration is wrong, whatever the status. */
const MISSING = ['model_not_found', 'resourcenotfoundexception', 'deploymentnotfound']

const codeByBody = (said: ErrorBody, status: number): UpstreamFault['code'] | null => {
  if (status < 500 && isContext(said)) return 'context_too_long'
  for (const kind of said.kinds) {
    const code = Object.hasOwn(KIND_CODES, kind) ? KIND_CODES[kind] : undefined
    if (code !== undefined) return code
  }
  if (status >= 400) return null
  return said.kinds.some((kind) => REJECTED.includes(kind)) ? 'upstream_rejected' : null
}

const REJECTED = ['invalid_request_error', 'invalid_argument', 'validationexception']

/** A status that stands in the body of an answer that has none of its own. */
const statusIn = (said: ErrorBody): number | null =>
  said.kinds.map(Number).find((number) => Number.isInteger(number) && number >= 400 && number < 600) ?? null

const isContext = (said: ErrorBody): boolean =>
  said.kinds.some((kind) => CONTEXT_KINDS.includes(kind)) || saysTooLong(said.message)

/** Whether an upstream's words mean that the request is longer than its model's context. */
export const saysTooLong = (message: string): boolean => CONTEXT_MESSAGE.test(message)

const codeByStatus = (status: number): UpstreamFault['code'] => {
  switch (status) {
    case 401:
    case 402:
    case 403:
    case 407:
      return 'upstream_auth'
    case 429:
      return 'upstream_rate_limited'
    // 498 is said where capacity that was promised to nobody has run out.
    case 498:
    case 503:
    case 529:
      return 'upstream_overloaded'
    case 404:
    case 405:
    case 408:
    case 409:
    case 410:
    case 421:
    case 423:
    // Said where a model failed while it was answering.
    case 424:
    case 425:
      return 'upstream_error'
    default:
      return status >= 400 && status < 500 ? 'upstream_rejected' : 'upstream_error'
  }
}

const meaning = (
  code: UpstreamFault['code'],
  status: number,
  said: ErrorBody,
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
      return { whose: isMisplaced(status, said) ? 'us' : 'upstream', retry: true }
  }
}

const isMisplaced = (status: number, said: ErrorBody): boolean =>
  status === 404 ||
  status === 405 ||
  (status >= 300 && status < 400) ||
  said.kinds.some((kind) => MISSING.includes(kind))

/** Whose fault an error is. It decides what the user is told to do. */
export type Whose = 'client' | 'policy' | 'upstream' | 'us'

interface CodeEntry {
  readonly whose: Whose
  readonly status: number
  /** Whether the same request may succeed later or elsewhere; false sends `x-should-retry: false`. */
  readonly retry: boolean
  /** What the user can do next; one sentence. */
  readonly next: string
}

/** The closed table of error codes. A code is part of the outside contract: extend, don't rename. */
export const CODES = {
  invalid_json: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'Send one valid JSON object, encoded as UTF-8.',
  },
  invalid_request: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'Correct the field that the message names.',
  },
  duplicate_key: { whose: 'client', status: 400, retry: false, next: 'Send each key of an object once.' },
  too_deep: { whose: 'client', status: 400, retry: false, next: 'Nest less, or raise limits.depth.' },
  too_many_messages: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'Send fewer messages, or raise limits.messages.',
  },
  body_too_large: {
    whose: 'client',
    status: 413,
    retry: false,
    next: 'Send a smaller body, or raise limits.body.',
  },
  request_timeout: { whose: 'client', status: 408, retry: true, next: 'Send the whole body faster.' },
  bad_header: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'Correct the header that the message names.',
  },
  unauthenticated: {
    whose: 'client',
    status: 401,
    retry: false,
    next: 'Send a key of this gateway, as Authorization: Bearer … or in the header your SDK uses.',
  },
  ambiguous_credentials: {
    whose: 'client',
    status: 401,
    retry: false,
    next: 'Send one key; two different ones came.',
  },
  rate_limited: {
    whose: 'policy',
    status: 429,
    retry: true,
    next: 'Wait for the time that retry-after names.',
  },
  unknown_route: {
    whose: 'client',
    status: 404,
    retry: false,
    next: 'Use one of the paths listed in the message.',
  },
  method_not_allowed: {
    whose: 'client',
    status: 405,
    retry: false,
    next: 'Use the method that the allow header names.',
  },
  unknown_model: {
    whose: 'client',
    status: 404,
    retry: false,
    next: 'Ask for one of the models listed in the message or by GET /v1/models.',
  },
  unknown_use: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'Name one of the uses that this key is bound to, or leave the header out.',
  },
  cannot_translate: {
    whose: 'client',
    status: 422,
    retry: false,
    next: 'Leave out the part that the message names, or ask for a target that speaks your dialect.',
  },
  dropped_fields: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'Leave out the fields listed, or do not ask for x-causeway-strict.',
  },
  policy_denied: {
    whose: 'policy',
    status: 403,
    retry: false,
    next: 'See what would make it pass in the message.',
  },
  no_capable_target: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'Shorten the conversation or ask for less; the message names what each permitted target lacks.',
  },
  no_healthy_target: {
    whose: 'upstream',
    status: 503,
    retry: true,
    next: 'Try again shortly; the message names the permitted targets and what is wrong with each.',
  },
  overloaded: { whose: 'us', status: 503, retry: true, next: 'Try again shortly.' },
  draining: { whose: 'us', status: 503, retry: true, next: 'Try again; this process is shutting down.' },
  detection_failed: {
    whose: 'us',
    status: 500,
    retry: true,
    next: 'Report the request id to whoever runs this gateway.',
  },
  answer_stopped: {
    whose: 'policy',
    status: 403,
    retry: false,
    next: 'The answer held what guard.answers or guard.links stops; ask again in other words, or change the guard.',
  },
  conversations_unavailable: {
    whose: 'us',
    status: 503,
    retry: true,
    next: 'Free space or rights in the data folder; what a conversation carried before cannot be told.',
  },
  responses_unavailable: {
    whose: 'us',
    status: 503,
    retry: true,
    next: 'Free space or rights in the data folder, or send store: false and the whole conversation in input.',
  },
  unknown_response: {
    whose: 'client',
    status: 404,
    retry: false,
    next: 'Send the whole conversation in input; a stored answer belongs to the key it was given to, and expires.',
  },
  passthrough_closed: {
    whose: 'policy',
    status: 403,
    retry: false,
    next: 'Use the path of a dialect, or have passthrough: true set on the target.',
  },
  record_unavailable: {
    whose: 'us',
    status: 503,
    retry: true,
    next: 'Free space or rights in the data folder; without a record nothing is sent.',
  },
  upstream_rejected: {
    whose: 'client',
    status: 400,
    retry: false,
    next: 'The upstream refused the request as it is; its message says why.',
  },
  upstream_auth: {
    whose: 'us',
    status: 502,
    retry: false,
    next: 'Check the credential of the target that the message names.',
  },
  upstream_rate_limited: {
    whose: 'upstream',
    status: 429,
    retry: true,
    next: 'Wait for the time that retry-after names, or add a target to the route.',
  },
  upstream_error: {
    whose: 'upstream',
    status: 502,
    retry: true,
    next: 'Try again; the record names every attempt.',
  },
  upstream_overloaded: {
    whose: 'upstream',
    status: 503,
    retry: true,
    next: 'Try again shortly, or add a target to the route.',
  },
  upstream_unreachable: {
    whose: 'upstream',
    status: 502,
    retry: true,
    next: 'See that the server of the target that the message names is running.',
  },
  upstream_timeout: {
    whose: 'upstream',
    status: 504,
    retry: true,
    next: 'Try again, or raise the timeouts of the target that the message names.',
  },
  upstream_cut: {
    whose: 'upstream',
    status: 502,
    retry: true,
    next: 'Try again; the answer ended before its end was announced.',
  },
  upstream_garbled: {
    whose: 'upstream',
    status: 502,
    retry: true,
    next: 'See that the target that the message names speaks the dialect its provider entry claims.',
  },
  address_forbidden: {
    whose: 'policy',
    status: 502,
    retry: false,
    next: 'The target resolved to an address outside its side; list the range under addresses if it is meant.',
  },
  context_too_long: { whose: 'client', status: 400, retry: false, next: 'Shorten the conversation.' },
  client_closed: {
    whose: 'client',
    status: 499,
    retry: false,
    next: 'Nothing; the client left before the answer was complete.',
  },
  config_invalid: {
    whose: 'client',
    status: 500,
    retry: false,
    next: 'Correct the key that the message names.',
  },
  port_in_use: {
    whose: 'client',
    status: 500,
    retry: false,
    next: 'Stop the other program, or choose another port under listen.',
  },
  data_folder: {
    whose: 'client',
    status: 500,
    retry: false,
    next: 'Give this user rights to the data folder, or choose another with --data.',
  },
  record_damaged: {
    whose: 'us',
    status: 500,
    retry: false,
    next: 'Run causeway audit verify and keep the data folder as it is for whoever investigates.',
  },
  engine_unavailable: {
    whose: 'us',
    status: 503,
    retry: true,
    next: 'Run causeway engine pull, or start a local model server.',
  },
  wrong_host: {
    whose: 'client',
    status: 421,
    retry: false,
    next: 'Open the console under the address that causeway up printed.',
  },
  cross_site: {
    whose: 'client',
    status: 403,
    retry: false,
    next: 'Open the console by typing or pasting its address; other sites may not link into it or call it.',
  },
  not_signed_in: {
    whose: 'client',
    status: 401,
    retry: false,
    next: 'Open the address with the token that causeway up printed, or send it as Authorization: Bearer …',
  },
  unknown_request: {
    whose: 'client',
    status: 404,
    retry: false,
    next: 'Check the id; it is the x-causeway-request header of the answer.',
  },
  unknown_conversation: {
    whose: 'client',
    status: 404,
    retry: false,
    next: 'See what is kept with causeway conversations; what has expired is gone already.',
  },
  internal: {
    whose: 'us',
    status: 500,
    retry: true,
    next: 'Report the request id to whoever runs this gateway.',
  },
} as const satisfies Record<string, CodeEntry>

export type Code = keyof typeof CODES

/** What is told of an error, in no dialect. */
export interface Fault {
  readonly code: Code
  readonly status: number
  /** A sentence or more for a person: what is wrong, where, and what would make it pass. Never a stack, secret or prompt text. */
  readonly message: string
  readonly whose: Whose
  readonly retry: boolean
  readonly next: string
  /** An upstream's own words, for the client alone: they may repeat what was asked, so no record keeps them. */
  readonly quoted: string | null
  /** The rule that refused, where one did. */
  readonly rule: string | null
  /** The request field at fault, where there is one. */
  readonly field: string | null
  /** Milliseconds for `retry-after`. */
  readonly after: number | null
}

interface FaultDetails {
  readonly quoted?: string
  readonly rule?: string
  readonly field?: string
  readonly after?: number
  /** Overrides the table's status, for upstream statuses that are passed on. */
  readonly status?: number
  readonly cause?: unknown
}

/** The one error class. Everything else that is thrown is a bug and becomes `internal`. */
export class CausewayError extends Error {
  override readonly name = 'CausewayError'
  readonly fault: Fault

  constructor(code: Code, message: string, details: FaultDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    const entry: CodeEntry = CODES[code]
    this.fault = Object.freeze({
      code,
      status: details.status ?? entry.status,
      message,
      whose: entry.whose,
      retry: entry.retry,
      next: entry.next,
      quoted: details.quoted ?? null,
      rule: details.rule ?? null,
      field: details.field ?? null,
      after: details.after ?? null,
    })
  }
}

/** Any thrown thing as a fault; what is no CausewayError says nothing of its inside. */
export const faultOf = (thrown: unknown): Fault =>
  thrown instanceof CausewayError
    ? thrown.fault
    : new CausewayError('internal', 'Something went wrong inside the gateway; nothing more was sent.').fault

import type { UpstreamFault } from '../../src/domain/index.ts'

interface Case {
  readonly name: string
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  readonly expected: Pick<UpstreamFault, 'code' | 'whose' | 'retry'> & {
    readonly after?: number
    readonly says?: RegExp
  }
}

const REJECTED = { code: 'upstream_rejected', whose: 'client', retry: false } as const
const TOO_LONG = { code: 'context_too_long', whose: 'client', retry: false } as const
const AUTH = { code: 'upstream_auth', whose: 'us', retry: true } as const
const LIMITED = { code: 'upstream_rate_limited', whose: 'upstream', retry: true } as const
const OVERLOADED = { code: 'upstream_overloaded', whose: 'upstream', retry: true } as const
const BROKEN = { code: 'upstream_error', whose: 'upstream', retry: true } as const
const MISPLACED = { code: 'upstream_error', whose: 'us', retry: true } as const

const json = (value: unknown): string => JSON.stringify(value)

/** What upstreams say when they refuse, in our own words and in every shape seen; what every provider makes of it. */
export const FAULTS: readonly Case[] = [
  {
    name: 'a wrong field, OpenAI shape',
    status: 400,
    body: json({
      error: {
        message: 'top_p must be at most 1',
        type: 'invalid_request_error',
        param: 'top_p',
        code: null,
      },
    }),
    expected: { ...REJECTED, says: /^top_p must be at most 1$/ },
  },
  {
    name: 'a wrong field, Anthropic shape',
    status: 400,
    body: json({
      type: 'error',
      error: { type: 'invalid_request_error', message: 'messages: at least one' },
      request_id: 'req_1',
    }),
    expected: { ...REJECTED, says: /^messages: at least one$/ },
  },
  {
    name: 'too many bytes',
    status: 413,
    body: json({ type: 'error', error: { type: 'request_too_large', message: 'over 32 MB' } }),
    expected: REJECTED,
  },
  {
    name: 'a validator that lists places; the echoed input is left out',
    status: 422,
    body: json({
      detail: [
        { type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'not allowed here', input: 'MY PROMPT' },
      ],
    }),
    expected: { ...REJECTED, says: /^body\.seed: not allowed here$/ },
  },
  {
    name: 'the same inside an object of its own',
    status: 422,
    body: json({
      object: 'error',
      message: { detail: [{ loc: ['body', 'n'], msg: 'not allowed here', input: 'MY PROMPT' }] },
      type: 'invalid_request_error',
    }),
    expected: { ...REJECTED, says: /^body\.n: not allowed here$/ },
  },
  {
    name: 'a bare detail',
    status: 400,
    body: json({ detail: 'no such parameter' }),
    expected: { ...REJECTED, says: /^no such parameter$/ },
  },
  {
    name: 'a bare message',
    status: 400,
    body: json({ message: 'no such parameter' }),
    expected: { ...REJECTED, says: /^no such parameter$/ },
  },
  {
    name: 'an error that is a string',
    status: 400,
    body: json({ error: 'no such parameter' }),
    expected: { ...REJECTED, says: /^no such parameter$/ },
  },
  {
    name: 'an array around the error',
    status: 400,
    body: json([{ error: { code: 400, message: 'no such parameter', status: 'INVALID_ARGUMENT' } }]),
    expected: { ...REJECTED, says: /^no such parameter$/ },
  },
  {
    name: 'an error inside the message of another',
    status: 400,
    body: json({ error: { message: json({ error: { message: 'the inner one' } }) } }),
    expected: { ...REJECTED, says: /^the inner one$/ },
  },
  {
    name: 'too long, by code',
    status: 400,
    body: json({
      error: { message: 'too many', type: 'invalid_request_error', code: 'context_length_exceeded' },
    }),
    expected: TOO_LONG,
  },
  {
    name: 'too long, by type',
    status: 400,
    body: json({ error: { code: 400, message: 'too many', type: 'exceed_context_size_error' } }),
    expected: TOO_LONG,
  },
  {
    name: 'too long, by words',
    status: 400,
    body: json({
      object: 'error',
      message: 'The maximum context length here is 4096 tokens.',
      type: 'BadRequestError',
      code: 400,
    }),
    expected: TOO_LONG,
  },
  {
    name: 'too long, other words',
    status: 400,
    body: json({
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 8' },
    }),
    expected: TOO_LONG,
  },
  {
    name: 'too long, as a 403',
    status: 403,
    body: json({ error: { message: 'Input too long for this model.' } }),
    expected: TOO_LONG,
  },
  {
    name: 'a bad key; what looks like one is masked',
    status: 401,
    body: json({
      error: { message: 'Wrong key sk-proj-ab******************wxyz given', code: 'invalid_api_key' },
    }),
    expected: { ...AUTH, says: /^Wrong key \[masked\] given$/ },
  },
  {
    name: 'a bad key told as 400',
    status: 400,
    body: json({ error: { message: 'Bad key', code: 'invalid_api_key' } }),
    expected: AUTH,
  },
  { name: 'forbidden', status: 403, body: json({ error: { message: 'Not in your plan' } }), expected: AUTH },
  { name: 'an empty account', status: 402, body: json({ message: 'Please pay' }), expected: AUTH },
  {
    name: 'an empty account told as a rate',
    status: 429,
    body: json({
      error: { message: 'Nothing left to spend', type: 'insufficient_quota', code: 'insufficient_quota' },
    }),
    expected: AUTH,
  },
  {
    name: 'no such model',
    status: 404,
    body: json({ error: { message: 'model x is not here', code: 'model_not_found' } }),
    expected: MISPLACED,
  },
  {
    name: 'no such path',
    status: 404,
    body: '404 page not found',
    expected: { ...MISPLACED, says: /^404 page not found$/ },
  },
  {
    name: 'a redirect, which is not followed',
    status: 302,
    body: '',
    expected: { ...MISPLACED, says: /^status 302 without a message$/ },
  },
  { name: 'too slow for the upstream', status: 408, body: '', expected: BROKEN },
  {
    name: 'a rate, seconds',
    status: 429,
    headers: { 'retry-after': '7' },
    body: json({ error: { message: 'slower' } }),
    expected: { ...LIMITED, after: 7000 },
  },
  {
    name: 'a rate, milliseconds before seconds',
    status: 429,
    headers: { 'retry-after': '7', 'retry-after-ms': '250' },
    body: '',
    expected: { ...LIMITED, after: 250 },
  },
  {
    name: 'a rate, until a date by the server’s own clock',
    status: 429,
    headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
    body: '',
    expected: { ...LIMITED, after: 30_000 },
  },
  {
    name: 'a date without a clock to measure it by',
    status: 429,
    headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT' },
    body: '',
    expected: LIMITED,
  },
  {
    name: 'a wait that is no number',
    status: 429,
    headers: { 'retry-after': '-5' },
    body: '',
    expected: LIMITED,
  },
  {
    name: 'a wait beyond a day',
    status: 429,
    headers: { 'retry-after': '99999999' },
    body: '',
    expected: { ...LIMITED, after: 86_400_000 },
  },
  {
    name: 'a rate in tokens told as 413',
    status: 413,
    body: json({
      error: { message: 'Too large for your tokens per minute', type: 'tokens', code: 'rate_limit_exceeded' },
    }),
    expected: LIMITED,
  },
  {
    name: 'overloaded',
    status: 529,
    body: json({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    expected: OVERLOADED,
  },
  {
    name: 'unavailable',
    status: 503,
    headers: { 'retry-after': '1' },
    body: '',
    expected: { ...OVERLOADED, after: 1000 },
  },
  {
    name: 'overloaded told as 500',
    status: 500,
    body: json({ type: 'error', error: { type: 'overloaded_error', message: 'Busy' } }),
    expected: OVERLOADED,
  },
  {
    name: 'an error event in a stream of 200',
    status: 200,
    body: json({ type: 'error', error: { type: 'overloaded_error', message: 'Busy' } }),
    expected: OVERLOADED,
  },
  {
    name: 'a numeric code in a 200',
    status: 200,
    body: json({ error: { code: 429, message: 'slower' } }),
    expected: LIMITED,
  },
  {
    name: 'a refusal in a 200',
    status: 200,
    body: json({ error: { type: 'invalid_request_error', message: 'no' } }),
    expected: REJECTED,
  },
  {
    name: 'broken',
    status: 500,
    body: json({ error: { message: 'oops', type: 'server_error' } }),
    expected: BROKEN,
  },
  {
    name: 'broken, whatever the body calls it',
    status: 500,
    body: json({ error: { message: 'oops', type: 'invalid_request_error', code: 429 } }),
    expected: BROKEN,
  },
  {
    name: 'a page of a proxy in between',
    status: 502,
    body: '<!doctype html><html><head><title>502 Bad\n gateway</title></head><body><script>x</script></body></html>',
    expected: { ...BROKEN, says: /^502 Bad gateway$/ },
  },
  { name: 'a proxy’s own status', status: 524, body: '', expected: BROKEN },
  {
    name: 'cut JSON',
    status: 500,
    body: '{"error":{"mess',
    expected: { ...BROKEN, says: /^\{"error":\{"mess$/ },
  },
  {
    name: 'a very long message',
    status: 500,
    body: json({ error: { message: 'word '.repeat(10_000) } }),
    expected: { ...BROKEN, says: /…$/ },
  },
]

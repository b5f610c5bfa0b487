import {
  AUTH,
  BROKEN,
  type Case,
  json,
  LIMITED,
  MISPLACED,
  OVERLOADED,
  REJECTED,
  TOO_LONG,
} from './provider-fault-case.ts'

/** Further ones, in the shapes of clouds, routers and servers of open models. */
export const CLOUD_FAULTS: readonly Case[] = [
  {
    name: 'a rate told as a status of remote calls, the wait among its details',
    status: 429,
    body: json({
      error: {
        code: 429,
        message: 'Quota exceeded.',
        status: 'RESOURCE_EXHAUSTED',
        details: [
          { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'PerMinute' }] },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' },
        ],
      },
    }),
    expected: { ...LIMITED, after: 34_400, says: /^Quota exceeded\.$/ },
  },
  {
    name: 'the same in an array, the wait as seconds and nanos',
    status: 429,
    body: json([
      {
        error: {
          code: 429,
          message: 'Quota exceeded.',
          status: 'RESOURCE_EXHAUSTED',
          details: [{ retryDelay: { seconds: '2', nanos: 500_000_000 } }],
        },
      },
    ]),
    expected: { ...LIMITED, after: 2_500 },
  },
  {
    name: 'a bad key told as a bad argument, the reason among its details',
    status: 400,
    body: json({
      error: {
        code: 400,
        message: 'Pass a valid one.',
        status: 'INVALID_ARGUMENT',
        details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
      },
    }),
    expected: AUTH,
  },
  {
    name: 'details of another kind',
    status: 400,
    body: json({
      error: { code: 400, message: 'no', status: 'INVALID_ARGUMENT', details: [null, 'x', { reason: 1 }] },
    }),
    expected: REJECTED,
  },
  {
    name: 'too long, by counting',
    status: 400,
    body: json({
      error: {
        code: 400,
        message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).',
        status: 'INVALID_ARGUMENT',
      },
    }),
    expected: TOO_LONG,
  },
  {
    name: 'too slow for the upstream, as a status of remote calls',
    status: 504,
    body: json({ error: { code: 504, message: 'late', status: 'DEADLINE_EXCEEDED' } }),
    expected: BROKEN,
  },
  {
    name: 'a kind in a header, with where it is explained',
    status: 400,
    headers: { 'x-amzn-errortype': 'ThrottlingException:http://internal.example/doc' },
    body: json({ message: 'Too many requests' }),
    expected: { ...LIMITED, says: /^Too many requests$/ },
  },
  {
    name: 'a kind with its namespace in the body',
    status: 400,
    body: json({ __type: 'com.amazon.coral.service#UnrecognizedClientException', message: 'no such key' }),
    expected: { ...AUTH, says: /^no such key$/ },
  },
  {
    name: 'a capital letter before the message',
    status: 403,
    headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    body: json({ Message: 'not you' }),
    expected: { ...AUTH, says: /^not you$/ },
  },
  {
    name: 'a model that is not ready yet, told as a rate',
    status: 429,
    headers: { 'x-amzn-errortype': 'ModelNotReadyException' },
    body: json({ message: 'Loading' }),
    expected: OVERLOADED,
  },
  {
    name: 'a model that failed while it answered',
    status: 424,
    headers: { 'x-amzn-errortype': 'ModelErrorException' },
    body: json({ message: 'oops', originalStatusCode: 500 }),
    expected: BROKEN,
  },
  {
    name: 'nothing there, told by its kind',
    status: 400,
    headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
    body: json({ message: 'no such profile' }),
    expected: MISPLACED,
  },
  {
    name: 'a validator that says only that',
    status: 400,
    headers: { 'x-amzn-errortype': 'ValidationException' },
    body: json({ message: 'The messages are out of order.' }),
    expected: REJECTED,
  },
  {
    name: 'a filter of content; what it found is left out',
    status: 400,
    body: json({
      error: {
        message: 'The response was filtered.',
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { hate: { filtered: true, severity: 'high' } },
        },
      },
    }),
    expected: { ...REJECTED, says: /^The response was filtered\.$/ },
  },
  {
    name: 'a deployment that is not there',
    status: 404,
    body: json({ error: { code: 'DeploymentNotFound', message: 'No such deployment.' } }),
    expected: MISPLACED,
  },
  {
    name: 'a gate before the upstream, with a number for a status',
    status: 401,
    body: json({ statusCode: 401, message: 'Access denied due to missing subscription key.' }),
    expected: AUTH,
  },
  {
    name: 'an id beside the message',
    status: 400,
    body: json({ id: 'e-1', message: 'invalid request: top_p' }),
    expected: { ...REJECTED, says: /^invalid request: top_p$/ },
  },
  {
    name: 'a rate under the name of an object',
    status: 429,
    body: json({ object: 'error', message: 'Rate limit', type: 'rate_limited', param: null, code: '1300' }),
    expected: LIMITED,
  },
  {
    name: 'what a model wrote, which is left out',
    status: 400,
    body: json({
      error: { message: 'no JSON', type: 'invalid_request_error', failed_generation: 'MY PROMPT' },
    }),
    expected: { says: /^no JSON$/, ...REJECTED },
  },
  {
    name: 'a model that still loads, and for how long',
    status: 503,
    body: json({ error: 'Model is currently loading', estimated_time: 20 }),
    expected: { ...OVERLOADED, after: 20_000, says: /^Model is currently loading$/ },
  },
  {
    name: 'errors in a list of words',
    status: 422,
    body: json({ error: ['not a model', 'not a task'] }),
    expected: { ...REJECTED, says: /^not a model; not a task$/ },
  },
  {
    name: 'an engine that is full, in its own words',
    status: 429,
    body: json({ error: 'Model is overloaded', error_type: 'overloaded' }),
    expected: OVERLOADED,
  },
  {
    name: 'a proxy’s rate, as JSON',
    status: 429,
    body: json({
      title: 'Error 1015: You are being rate limited',
      status: 429,
      error_code: 1015,
      retry_after: 30,
    }),
    expected: { ...LIMITED, after: 30_000 },
  },
  {
    name: 'a page of a delivery network',
    status: 520,
    body: '<!DOCTYPE html>\n<html lang="en-US"><head><title>api.example | 520: Web server is returning an unknown error</title></head></html>',
    expected: { ...BROKEN, says: /^api\.example \| 520: Web server/ },
  },
  { name: 'capacity promised to nobody', status: 498, body: '', expected: OVERLOADED },
  {
    name: 'T55 a rate, the wait in words',
    status: 429,
    body: json({
      error: { message: 'Rate limit reached. Please try again in 7m12s.', code: 'rate_limit_exceeded' },
    }),
    expected: { ...LIMITED, after: 432_000 },
  },
  {
    name: 'T55 a rate, the wait by the window that is empty',
    status: 429,
    headers: {
      'x-ratelimit-remaining-requests': '12',
      'x-ratelimit-reset-requests': '6m0s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '1.5s',
    },
    body: json({ error: { message: 'slower' } }),
    expected: { ...LIMITED, after: 1_500 },
  },
  {
    name: 'T55 a rate, the wait by a moment',
    status: 429,
    headers: {
      date: 'Wed, 21 Oct 2026 07:28:00 GMT',
      'anthropic-ratelimit-tokens-remaining': '0',
      'anthropic-ratelimit-tokens-reset': '2026-10-21T07:28:12Z',
    },
    body: json({ type: 'error', error: { type: 'rate_limit_error', message: 'slower' } }),
    expected: { ...LIMITED, after: 12_000 },
  },
  {
    name: 'T54 a status that stands only in the body',
    status: 200,
    body: json({ code: 503, msg: 'busy', success: false }),
    expected: OVERLOADED,
  },
  {
    name: 'T54 nothing there, in a 200',
    status: 200,
    body: json({ error: { code: 404, message: 'no such model' } }),
    expected: MISPLACED,
  },
  {
    name: 'T54 a bad argument in a 200',
    status: 200,
    body: json([{ error: { message: 'no', status: 'INVALID_ARGUMENT' } }]),
    expected: REJECTED,
  },
  {
    name: 'T54 an error in a 200 that says no more',
    status: 200,
    body: json({ error: 'something' }),
    expected: BROKEN,
  },
]

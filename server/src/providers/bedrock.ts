import { z } from 'zod'
import {
  CausewayError,
  type Dialect,
  type Payload,
  PLAIN_QUIRKS,
  type Signing,
  type UpstreamRequest,
} from '../domain/index.ts'
import { type AwsKeys, awsKeysIn } from './aws-keys.ts'
import { under } from './compatible.ts'
import { classifyFault } from './fault.ts'
import { optionsOf } from './options.ts'
import {
  GENERAL_MODEL,
  type Located,
  operationsOf,
  type Preset,
  type Stated,
  signWith,
  upstreamRequest,
  withoutSlash,
} from './provider.ts'
import { signV4 } from './sigv4.ts'

const TITLE = 'Amazon Bedrock'

const OPTIONS = {
  region: z
    .string()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be a region such as eu-central-1')
    .optional(),
}

const DIALECTS: readonly Dialect[] = ['bedrock-converse', 'openai-chat']

/** The borrowed door is for the models of its inventor. */
const dialectsFor = (model: string): readonly Dialect[] =>
  /^(?:[a-z-]+\.)?openai\./.test(model) ? DIALECTS : ['bedrock-converse']

/** Where an inference profile may take a request, by the prefix of its id; null for a model of one region. */
const PROFILE = /^(us-gov|us|eu|apac|jp|au|ca|global)\.[a-z0-9-]+\./
const profileOf = (model: string): string | null => PROFILE.exec(model)?.[1] ?? null

const regionIn = (url: string | null): string | null =>
  /^https?:\/\/bedrock-runtime(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com/.exec(url ?? '')?.[1] ?? null

const regionOf = (options: Readonly<Record<string, unknown>>, url: string | null): string | null =>
  typeof options['region'] === 'string' ? options['region'] : regionIn(url)

const locate = ({ url, model, region: stated, options }: Stated): Located => {
  const region = regionOf(options, url)
  const profile = profileOf(model)
  const dialects = dialectsFor(model)
  const known = profile === 'global' ? null : (profile ?? region)
  return {
    url:
      url === null
        ? region === null
          ? null
          : `https://bedrock-runtime.${region}.amazonaws.com`
        : withoutSlash(url).replace(/\/openai\/v1$/, ''),
    dialects,
    operations: operationsOf(dialects),
    region: known,
    remarks: [
      ...(region === null ? ['needs options.region, or it cannot be signed for'] : []),
      ...contradiction(stated, profile, region),
    ],
  }
}

const GEOGRAPHY = /^(?:us-gov|us|eu|apac|ap|jp|au|ca|sa|me|af|il|mx)(?:-|$)/i

/** A region that is stated in words of one's own is taken as such; one in AWS's words must not say less than is true. */
const contradiction = (
  stated: string | null,
  profile: string | null,
  region: string | null,
): readonly string[] => {
  if (profile === 'global')
    return stated === null
      ? ['is a global inference profile, which may be served anywhere in the world']
      : [`states region ${stated}, but its model is a global inference profile and may be served anywhere`]
  if (stated === null || !GEOGRAPHY.test(stated)) return []
  if (profile !== null && stated !== profile)
    return [`states region ${stated}, but its inference profile may be served anywhere in ${profile}`]
  return profile !== null || region === null || region === stated || region.startsWith(`${stated}-`)
    ? []
    : [`states region ${stated}, but is asked in ${region}`]
}

const unsignable = (why: string): CausewayError =>
  new CausewayError('upstream_auth', `The request to ${TITLE} cannot be signed: ${why}.`)

/** A signature covers the whole body, so there must be one, of text. */
const textOf = (body: string | Payload): string => {
  if (typeof body === 'string') return body
  if (body.rest !== null) throw unsignable('its body is still on its way')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body.bytes)
  } catch {
    throw unsignable('its body is no text')
  }
}

const signed = (request: UpstreamRequest, keys: AwsKeys, { target, now }: Signing): UpstreamRequest => {
  const region = regionOf(target.options, target.url)
  if (region === null) throw unsignable(`target ${target.name} says no region`)
  const { origin, pathname } = new URL(target.url)
  // The connection writes the host itself.
  const { host: _, ...headers } = signV4({
    method: request.method,
    url: origin + withoutSlash(pathname) + request.path,
    headers: request.headers,
    body: textOf(request.body),
    region,
    service: 'bedrock',
    now,
    ...keys,
  })
  return { ...request, headers }
}

/**
 * Amazon's cloud, one region at a time. Its credential is an API key, sent as a bearer, or a pair of AWS keys, of
 * which only signatures are sent.
 */
export const bedrock: Preset = {
  name: 'bedrock',
  title: TITLE,
  url: null,
  sides: ['closed', 'rented'],
  dialects: DIALECTS,
  operations: operationsOf(DIALECTS),
  environment: null,
  discovery: null,
  priceId: 'aws',
  facts: { jurisdiction: 'US', openness: null },
  quirks: Object.freeze({ ...PLAIN_QUIRKS, reasoningField: null, cacheMarks: 'ttl' }),
  capabilities: GENERAL_MODEL,
  needsKey: true,
  keyVariable: 'AWS_BEARER_TOKEN_BEDROCK',
  optionNames: Object.keys(OPTIONS),
  cutsAfter: null,
  options: optionsOf(TITLE, OPTIONS),
  locate,
  request: (call, target, dialect, body) => {
    const made = upstreamRequest(call, target, dialect, body)
    return call.verbatim === null && dialect === 'openai-chat' ? under(made, '/openai/v1') : made
  },
  sign: (request, credential, signing) => {
    const keys = credential === null ? null : awsKeysIn(credential)
    return keys === null
      ? signWith(TITLE, 'authorization', true, request, credential)
      : signed(request, keys, signing)
  },
  fault: (head, body) =>
    classifyFault(head, body, [
      {
        message: /model identifier is invalid|isn.t supported with on-demand/i,
        code: 'upstream_error',
        whose: 'us',
      },
    ]),
}

import { z } from 'zod'
import {
  type Call,
  CausewayError,
  type Dialect,
  type Payload,
  PLAIN_QUIRKS,
  type Target,
  type UpstreamRequest,
} from '../domain/index.ts'
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
import { rewritten } from './rewrite.ts'

const TITLE = 'Google Vertex AI'
const MESSAGES_VERSION = '"vertex-2023-10-16"'

const OPTIONS = {
  project: z.string().regex(/^[a-z0-9.:-]{1,100}$/, 'must be a project id'),
  location: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be a location such as europe-west4, or global'),
  auth: z.enum(['token', 'key']).default('token'),
}

const DIALECTS: readonly Dialect[] = ['gemini', 'anthropic-messages', 'openai-chat']

/** Which door a model is behind: another maker's Messages, its own, or the borrowed one for `maker/model`. */
const dialectsFor = (model: string): readonly Dialect[] => {
  if (/^claude-/i.test(model)) return ['anthropic-messages']
  return model.includes('/') ? ['openai-chat'] : ['gemini', 'openai-chat']
}

/** It fills vectors by a request of its own kind, which is not one of our dialects. */
const operationsFor = (dialects: readonly Dialect[]) => operationsOf(dialects, ['embed'])

const hostOf = (location: string): string => {
  if (location === 'global') return 'aiplatform.googleapis.com'
  if (location === 'us' || location === 'eu') return `aiplatform.${location}.rep.googleapis.com`
  return `${location}-aiplatform.googleapis.com`
}

const locate = ({ url, model, options }: Stated): Located => {
  const location = typeof options['location'] === 'string' ? options['location'] : null
  const dialects = dialectsFor(model)
  return {
    url: url === null ? (location === null ? null : `https://${hostOf(location)}`) : withoutSlash(url),
    dialects,
    operations: operationsFor(dialects),
    region: location === 'global' ? null : location,
    remarks:
      location === 'global'
        ? ['is asked at the global endpoint, which may serve it anywhere in the world']
        : [],
  }
}

const placeOf = ({ options, name }: Target): string => {
  const { project, location } = options
  if (typeof project === 'string' && typeof location === 'string') {
    return `/v1/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(location)}`
  }
  throw new CausewayError('config_invalid', `Target ${name} says no project and location.`)
}

type Rewritten = Pick<UpstreamRequest, 'path' | 'body'>

const messages = (call: Call, target: Target, body: string | Payload): Rewritten => {
  const counts = call.operation === 'count'
  const model = counts ? 'count-tokens' : encodeURIComponent(target.model)
  const act = call.stream && !counts ? 'streamRawPredict' : 'rawPredict'
  return {
    path: `${placeOf(target)}/publishers/anthropic/models/${model}:${act}`,
    // The path names the model; only the count, whose path does not, has it in its body.
    body:
      typeof body === 'string'
        ? rewritten(body, { set: { anthropic_version: MESSAGES_VERSION }, remove: counts ? [] : ['model'] })
        : body,
  }
}

const borrowed = (made: UpstreamRequest, target: Target): Rewritten => {
  const { body } = made
  const model = target.model.includes('/') ? target.model : `google/${target.model}`
  return {
    path: `${placeOf(target)}/endpoints/openapi${made.path}`,
    body: typeof body === 'string' ? rewritten(body, { set: { model: JSON.stringify(model) } }) : body,
  }
}

const request: Preset['request'] = (call, target, dialect, body) => {
  const made = upstreamRequest(call, target, dialect, body)
  if (call.verbatim !== null) return made
  if (dialect === 'openai-chat') return { ...made, ...borrowed(made, target) }
  if (dialect !== 'anthropic-messages')
    return { ...made, path: `${placeOf(target)}/publishers/google${made.path}` }
  const { 'anthropic-version': _, ...headers } = made.headers
  return { ...made, headers, ...messages(call, target, body) }
}

/** Google's cloud, for models of its own and of other makers. A token of OAuth lives for an hour, an API key for long. */
export const vertex: Preset = {
  name: 'vertex',
  title: TITLE,
  url: null,
  sides: ['closed', 'rented'],
  dialects: DIALECTS,
  operations: operationsFor(DIALECTS),
  environment: null,
  discovery: null,
  priceId: 'google',
  facts: { jurisdiction: 'US', openness: null },
  quirks: Object.freeze({
    ...PLAIN_QUIRKS,
    reasoningField: null,
    cacheMarks: 'ttl',
    unsupported: ['store'],
  }),
  capabilities: GENERAL_MODEL,
  needsKey: true,
  keyVariable: 'VERTEX_ACCESS_TOKEN',
  optionNames: Object.keys(OPTIONS),
  cutsAfter: null,
  options: optionsOf(TITLE, OPTIONS),
  locate,
  request,
  sign: (made, credential, { target }) =>
    signWith(
      TITLE,
      target.options['auth'] === 'key' ? 'x-goog-api-key' : 'authorization',
      true,
      made,
      credential,
    ),
  fault: (head, body) => classifyFault(head, body),
}

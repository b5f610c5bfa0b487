import { z } from 'zod'
import { type Dialect, PLAIN_QUIRKS, type Target, type UpstreamRequest } from '../domain/index.ts'
import { under } from './compatible.ts'
import { classifyFault } from './fault.ts'
import { optionsOf } from './options.ts'
import {
  GENERAL_MODEL,
  operationsOf,
  type Preset,
  signWith,
  upstreamRequest,
  withoutSlash,
} from './provider.ts'

const TITLE = 'Azure OpenAI'

const OPTIONS = {
  resource: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/i, 'must be the name of a resource')
    .optional(),
  auth: z.enum(['key', 'entra']).default('key'),
  apiVersion: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(?:-preview)?$/, 'must be a date such as 2024-10-21, or that with -preview')
    .optional(),
}

const DIALECTS: readonly Dialect[] = [
  'openai-chat',
  'openai-responses',
  'openai-embeddings',
  'openai-completions',
  'openai-images',
  'openai-audio',
]

/** The resource's root, whichever of its doors was written down. */
const rootOf = (url: string): string => withoutSlash(withoutSlash(url).replace(/\/openai(?:\/v1)?$/, ''))

/** Under a dated version a deployment's name is part of the path, but for Responses, which have a path of their own. */
const dated = (
  made: UpstreamRequest,
  dialect: Dialect,
  { model }: Target,
  version: string,
): UpstreamRequest => {
  const place = dialect === 'openai-responses' ? '' : `/deployments/${encodeURIComponent(model)}`
  return { ...made, path: `/openai${place}${made.path}?api-version=${encodeURIComponent(version)}` }
}

/** Microsoft's cloud: the model of a target is the name of a deployment there. */
export const azure: Preset = {
  name: 'azure',
  title: TITLE,
  url: null,
  sides: ['closed', 'rented'],
  dialects: DIALECTS,
  operations: operationsOf(DIALECTS),
  environment: null,
  discovery: null,
  priceId: 'azure',
  facts: { jurisdiction: 'US', openness: null },
  quirks: Object.freeze({
    ...PLAIN_QUIRKS,
    maxTokensField: 'max_completion_tokens',
    developerRole: true,
    reasoningField: null,
    customTools: true,
    encryptedReasoning: true,
  }),
  capabilities: GENERAL_MODEL,
  needsKey: true,
  keyVariable: 'AZURE_OPENAI_API_KEY',
  optionNames: Object.keys(OPTIONS),
  cutsAfter: null,
  options: optionsOf(TITLE, OPTIONS),
  locate: ({ url, options }) => {
    const { resource } = options
    const named = typeof resource === 'string' ? `https://${resource}.openai.azure.com` : null
    return {
      url: url === null ? named : rootOf(url),
      dialects: DIALECTS,
      operations: operationsOf(DIALECTS),
      region: null,
      remarks: [],
    }
  },
  request: (call, target, dialect, body) => {
    const made = upstreamRequest(call, target, dialect, body)
    if (call.verbatim !== null) return made
    const version = target.options['apiVersion']
    return typeof version === 'string' ? dated(made, dialect, target, version) : under(made, '/openai/v1')
  },
  sign: (made, credential, { target }) =>
    signWith(TITLE, target.options['auth'] === 'entra' ? 'authorization' : 'api-key', true, made, credential),
  fault: (head, body) => classifyFault(head, body),
}

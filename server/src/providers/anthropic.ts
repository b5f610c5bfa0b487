import { classifyFault } from './fault.ts'
import { optionsOf } from './options.ts'
import { GENERAL_MODEL, type Preset, signWith, upstreamRequest } from './provider.ts'

const TITLE = 'Anthropic'

/** Speaks its own dialect only; overload is 529; an empty account is told as a plain 400. */
export const anthropic: Preset = {
  name: 'anthropic',
  title: TITLE,
  url: 'https://api.anthropic.com/v1',
  sides: ['closed'],
  dialects: ['anthropic-messages'],
  operations: ['chat', 'count'],
  environment: { variable: 'ANTHROPIC_API_KEY', model: 'claude-sonnet-4-6' },
  discovery: null,
  priceId: 'anthropic',
  facts: { jurisdiction: 'US', openness: 'proprietary' },
  quirks: { maxTokensField: 'max_tokens', streamUsage: false, unsupported: [] },
  capabilities: GENERAL_MODEL,
  needsKey: true,
  cutsAfter: null,
  options: optionsOf(TITLE, {}),
  request: (call, _target, dialect, body) => upstreamRequest(call, dialect, body),
  sign: (request, credential) => signWith(TITLE, 'x-api-key', true, request, credential),
  fault: (head, body) =>
    classifyFault(head, body, [{ message: /credit balance is too low/i, code: 'upstream_auth' }]),
}

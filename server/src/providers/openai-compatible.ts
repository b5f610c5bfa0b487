import type { z } from 'zod'
import type { Dialect, Discovery, Operation, Side, Target } from '../domain/index.ts'
import { classifyFault, type FaultRule } from './fault.ts'
import { headerText, optionsOf } from './options.ts'
import { type Capabilities, type Preset, signWith, TEXT_MODEL, upstreamRequest } from './provider.ts'

/** What tells one OpenAI-compatible upstream from another. What is left out is as the plainest of them does it. */
export interface CompatibleFacts {
  readonly name: string
  readonly title: string
  readonly url: string | null
  readonly sides: readonly Side[]
  /** Beyond `openai-chat`, which comes first. */
  readonly dialects?: readonly Dialect[]
  /** Variable and first-start model; its presence means that the upstream never answers without a key. */
  readonly environment?: { readonly variable: string; readonly model: string }
  readonly discovery?: Discovery
  readonly priceId?: string
  readonly jurisdiction?: string
  readonly openness?: NonNullable<Target['openness']>
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens'
  readonly streamUsage?: boolean
  readonly unsupported?: readonly string[]
  readonly capabilities?: Capabilities
  readonly cutsAfter?: number
  /** Option name → header it sets. */
  readonly optionHeaders?: Readonly<Record<string, string>>
  readonly faults?: readonly FaultRule[]
}

/** A provider made from facts alone: bearer key, OpenAI paths, whatever dialects it says it speaks natively. */
export const compatible = (facts: CompatibleFacts): Preset => {
  const optionHeaders = facts.optionHeaders ?? {}
  const dialects: readonly Dialect[] = ['openai-chat', ...(facts.dialects ?? [])]
  const needsKey = facts.environment !== undefined
  const shape = Object.fromEntries(Object.keys(optionHeaders).map((name) => [name, headerText.optional()]))
  return {
    name: facts.name,
    title: facts.title,
    url: facts.url,
    sides: facts.sides,
    dialects,
    operations: operationsOf(dialects),
    environment: facts.environment ?? null,
    discovery: facts.discovery ?? null,
    priceId: facts.priceId ?? null,
    facts: { jurisdiction: facts.jurisdiction ?? null, openness: facts.openness ?? null },
    quirks: {
      maxTokensField: facts.maxTokensField ?? 'max_tokens',
      streamUsage: facts.streamUsage ?? true,
      unsupported: facts.unsupported ?? [],
    },
    capabilities: facts.capabilities ?? TEXT_MODEL,
    needsKey,
    cutsAfter: facts.cutsAfter ?? null,
    options: optionsOf(facts.title, shape satisfies z.ZodRawShape),
    request: (call, target, dialect, body) =>
      upstreamRequest(call, dialect, body, headersFrom(optionHeaders, target.options)),
    sign: (request, credential) => signWith(facts.title, 'authorization', needsKey, request, credential),
    fault: (head, body) => classifyFault(head, body, facts.faults),
  }
}

const operationsOf = (dialects: readonly Dialect[]): readonly Operation[] => [
  'chat',
  ...(dialects.includes('openai-embeddings') ? (['embed'] as const) : []),
  ...(dialects.includes('anthropic-messages') ? (['count'] as const) : []),
]

const headersFrom = (
  headers: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([option, header]) => {
      const value = options[option]
      return typeof value === 'string' ? [[header, value]] : []
    }),
  )

/**
 * The generic entry: any server that speaks the dialect. Without a word about its side it counts as `closed`, the
 * side that may see least, since we cannot know whose machine it is.
 */
export const openaiCompatible = compatible({
  name: 'openai-compatible',
  title: 'OpenAI-compatible server',
  url: null,
  sides: ['closed', 'rented', 'attested', 'own'],
  dialects: ['openai-embeddings'],
})

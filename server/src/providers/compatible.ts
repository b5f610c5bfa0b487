import type { z } from 'zod'
import {
  type Dialect,
  type Discovery,
  type Operation,
  PLAIN_QUIRKS,
  type Quirks,
  type Side,
  type Target,
  type UpstreamRequest,
} from '../domain/index.ts'
import { classifyFault, type FaultRule } from './fault.ts'
import { headerText, optionsOf } from './options.ts'
import {
  type Capabilities,
  type KeyHeader,
  operationsOf,
  type Preset,
  signWith,
  TEXT_MODEL,
  upstreamRequest,
  withoutSlash,
} from './provider.ts'

/** What tells one such upstream from another. What is left out is as the plainest of them does it. */
export interface CompatibleFacts {
  readonly name: string
  readonly title: string
  readonly url: string | null
  readonly sides: readonly Side[]
  /** Best first. */
  readonly dialects: readonly Dialect[]
  /** Operations of its dialects that it has not. */
  readonly lacks?: readonly Operation[]
  /** The variable that holds its key by custom; its presence means that the upstream never answers without one. */
  readonly key?: string
  /** The model that first start offers where that variable is set; without it first start passes the vendor over. */
  readonly first?: string
  readonly keyHeader?: KeyHeader
  /** What comes before a dialect's own paths, where its doors are not all in one place under the url. */
  readonly under?: Readonly<Partial<Record<Dialect, string>>>
  readonly discovery?: Discovery
  readonly priceId?: string
  readonly jurisdiction?: string
  readonly openness?: NonNullable<Target['openness']>
  /** Where it differs from the plainest of its kind. */
  readonly quirks?: Partial<Quirks>
  readonly capabilities?: Capabilities
  readonly cutsAfter?: number
  /** Option name → header it sets. */
  readonly optionHeaders?: Readonly<Record<string, string>>
  readonly faults?: readonly FaultRule[]
  /** What people should know of a target with this model. */
  readonly remarks?: (model: string) => readonly string[]
}

/** A provider made from facts alone: a key in one header, the dialects' own paths. */
export const compatible = (facts: CompatibleFacts): Preset => {
  const optionHeaders = facts.optionHeaders ?? {}
  const needsKey = facts.key !== undefined
  const shape = Object.fromEntries(Object.keys(optionHeaders).map((name) => [name, headerText.optional()]))
  const operations = operationsOf(facts.dialects, facts.lacks)
  return {
    name: facts.name,
    title: facts.title,
    url: facts.url,
    sides: facts.sides,
    dialects: facts.dialects,
    operations,
    environment: environmentOf(facts),
    discovery: facts.discovery ?? null,
    priceId: facts.priceId ?? null,
    facts: { jurisdiction: facts.jurisdiction ?? null, openness: facts.openness ?? null },
    quirks: Object.freeze({ ...PLAIN_QUIRKS, ...facts.quirks }),
    capabilities: facts.capabilities ?? TEXT_MODEL,
    needsKey,
    keyVariable: facts.key ?? null,
    optionNames: Object.keys(optionHeaders),
    cutsAfter: facts.cutsAfter ?? null,
    options: optionsOf(facts.title, shape satisfies z.ZodRawShape),
    locate: ({ url, model }) => ({
      url: url === null ? facts.url : withoutSlash(url),
      dialects: facts.dialects,
      operations,
      region: null,
      remarks: facts.remarks?.(model) ?? [],
    }),
    request: (call, target, dialect, body) => {
      const made = upstreamRequest(call, target, dialect, body, headersFrom(optionHeaders, target.options))
      return under(made, facts.under?.[dialect])
    },
    sign: (request, credential) =>
      signWith(facts.title, facts.keyHeader ?? 'authorization', needsKey, request, credential),
    fault: (head, body) => classifyFault(head, body, facts.faults),
  }
}

const environmentOf = ({ key, first }: CompatibleFacts): Preset['environment'] =>
  key === undefined || first === undefined ? null : { variable: key, model: first }

/** The request with its path moved below a prefix. */
export const under = (request: UpstreamRequest, prefix: string | undefined): UpstreamRequest =>
  prefix === undefined ? request : { ...request, path: prefix + request.path }

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

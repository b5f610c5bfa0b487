import type { Arrival, Call, Dialect, Needs } from '../../domain/index.ts'
import { deepFreeze } from '../../lib/index.ts'
import { invalid } from './fields.ts'
import { estimateTokens, type MediaFinder } from './media.ts'
import type { OpenBody } from './open.ts'

/** What only the dialect's own reader knows of a body. */
export interface CallFacts {
  readonly dialect: Dialect
  readonly model: string
  readonly stream: boolean
  readonly wantsUsage: boolean
  readonly tools: boolean
  readonly structured: boolean
  readonly outputTokens: number
  /** Tokens known better than by the estimate. */
  readonly inputTokens?: number
  /** Names of the headers that go upstream of the same dialect. */
  readonly headers: readonly string[]
}

const LONGEST_MODEL = 500

const needsOf = (facts: CallFacts, media: MediaFinder, bytes: number): Needs => ({
  tools: facts.tools,
  images: media.found.some((item) => item.type === 'image'),
  audio: media.found.some((item) => item.type === 'audio'),
  files: media.found.some((item) => item.type === 'file'),
  structured: facts.structured,
  inputTokens: facts.inputTokens ?? estimateTokens(bytes, media.found.length, media.bytes),
  outputTokens: facts.outputTokens,
})

/** The deep-frozen Call of a body that its dialect's reader has checked. */
export const callOf = (arrival: Arrival, body: OpenBody, facts: CallFacts, media: MediaFinder): Call => {
  const span = body.scan.members.find((member) => member.key === 'model')
  if (span === undefined) throw invalid('model', 'is missing')
  if (facts.model.length > LONGEST_MODEL) throw invalid('model', 'is too long')
  const dialectHeaders: Record<string, string> = {}
  for (const name of facts.headers) {
    const value = arrival.headers[name]
    if (value !== undefined) dialectHeaders[name] = value
  }
  return Object.freeze({
    id: arrival.id,
    operation: arrival.operation,
    dialect: facts.dialect,
    source: body.source,
    // Frozen to its leaves when it was opened; going over it again is half of what freezing costs.
    json: body.json,
    model: facts.model,
    modelSpan: deepFreeze([span.valueStart, span.valueEnd] as const),
    stream: facts.stream,
    wantsUsage: facts.wantsUsage,
    media: deepFreeze(media.found),
    needs: deepFreeze(needsOf(facts, media, body.bytes)),
    dialectHeaders: deepFreeze(dialectHeaders),
  })
}

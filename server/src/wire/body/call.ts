import type { Arrival, Call, Dialect, Framing, Media, Needs, Operation } from '../../domain/index.ts'
import { deepFreeze } from '../../lib/index.ts'
import { invalid } from './fields.ts'
import { estimateTokens, type MediaFinder } from './media.ts'
import type { OpenBody } from './open.ts'

/** What only the dialect's own reader knows of a body. */
export interface CallFacts {
  readonly dialect: Dialect
  readonly model: string
  /** True where the path names the model, and the body need not. */
  readonly named?: boolean
  /** Server-sent events where not said. */
  readonly framing?: Framing
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

const holds = (media: MediaFinder, type: Media['type'], operation: Operation): boolean =>
  (operation === 'chat' || operation === 'count') && media.found.some((item) => item.type === type)

/** What another operation than a conversation needs is said by its name, which a target offers or does not. */
const needsOf = (facts: CallFacts, operation: Operation, media: MediaFinder, bytes: number): Needs => ({
  tools: facts.tools,
  images: holds(media, 'image', operation),
  audio: holds(media, 'audio', operation),
  files: holds(media, 'file', operation),
  structured: facts.structured,
  inputTokens: facts.inputTokens ?? estimateTokens(bytes, media.found.length, media.bytes),
  outputTokens: facts.outputTokens,
})

/** The deep-frozen Call of a body that its dialect's reader has checked. */
export const callOf = (arrival: Arrival, body: OpenBody, facts: CallFacts, media: MediaFinder): Call => {
  const span = facts.named === true ? null : body.scan.members.find((member) => member.key === 'model')
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
    modelSpan: span === null ? null : deepFreeze([span.valueStart, span.valueEnd] as const),
    stream: facts.stream,
    framing: facts.framing ?? 'sse',
    payload: arrival.payload ?? null,
    verbatim: arrival.verbatim ?? null,
    wantsUsage: facts.wantsUsage,
    media: deepFreeze(media.found),
    needs: deepFreeze(needsOf(facts, arrival.operation, media, body.bytes)),
    dialectHeaders: deepFreeze(dialectHeaders),
  })
}

import type { CacheMark, JsonObject } from '../../domain/index.ts'
import type { Signals } from '../body/signals.ts'
import type { Family } from './family.ts'

/** Which cache points the model behind an id takes. */
export interface CacheMarks {
  readonly content: boolean
  readonly tools: boolean
  readonly ttl: boolean
}

/** Claude takes all of them; Nova none behind tools and none that says for how long; others none unless it is known of the upstream. */
export const marksOf = (family: Family, quirk: 'none' | 'plain' | 'ttl'): CacheMarks => {
  if (family === 'claude') return { content: true, tools: true, ttl: true }
  if (family === 'nova') return { content: true, tools: false, ttl: false }
  return { content: quirk !== 'none', tools: quirk !== 'none', ttl: quirk === 'ttl' }
}

/** The service's own time, which need not be said. */
const USUAL = '5m'

/** The point that follows what is marked, or null where the model takes none; what is lost is signalled under `path`. */
export const cachePoint = (
  mark: CacheMark,
  marks: CacheMarks,
  path: string,
  signals: Signals,
): JsonObject | null => {
  if (!marks.content) {
    signals.add(path)
    return null
  }
  if (mark.ttl === null || mark.ttl === USUAL) return { cachePoint: { type: 'default' } }
  if (marks.ttl && mark.ttl === '1h') return { cachePoint: { type: 'default', ttl: mark.ttl } }
  signals.add(`${path}.ttl`)
  return { cachePoint: { type: 'default' } }
}

import { levelOfKind } from '../domain/index.ts'
import type { Hit } from './detector.ts'

/** Signs of what a whole text is. They stand beside the values found in it and never compete with them. */
const CATEGORY_TYPES: ReadonlySet<string> = new Set(['CONTRACT', 'FINANCIAL', 'SOURCE_CODE', 'MARKER'])

const CLOSE = 0.15

const rank = (hit: Hit): number => (hit.kind === null ? 0 : levelOfKind(hit.kind) === 'restricted' ? 2 : 1)

/** Nearly equal certainty: the more sensitive reading wins, then the longer; else the surer one. */
const better = (a: Hit, b: Hit): Hit => {
  if (Math.abs(a.confidence - b.confidence) > CLOSE) return a.confidence > b.confidence ? a : b
  if (rank(a) !== rank(b)) return rank(a) > rank(b) ? a : b
  const longer = b.end - b.start - (a.end - a.start)
  if (longer !== 0) return longer > 0 ? b : a
  return b.confidence > a.confidence ? b : a
}

/**
 * One list out of all detectors' lists: sorted by place, without overlaps among values (of two readings of
 * the same characters one is kept), without repeated category signs. n log n.
 */
export const merge = (hits: readonly Hit[]): readonly Hit[] => {
  const sorted = [...hits].sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Hit[] = []
  const signs: Hit[] = []
  const seen = new Set<string>()
  for (const hit of sorted) {
    if (CATEGORY_TYPES.has(hit.type)) {
      const key = `${hit.type}:${hit.start}:${hit.end}`
      if (!seen.has(key)) signs.push(hit)
      seen.add(key)
      continue
    }
    const last = kept.at(-1)
    if (last === undefined || hit.start >= last.end) kept.push(hit)
    else kept[kept.length - 1] = better(last, hit)
  }
  return [...kept, ...signs].sort((a, b) => a.start - b.start || a.end - b.end)
}

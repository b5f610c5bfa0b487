import { levelOfKind } from '../domain/index.ts'
import type { Hit } from './detector.ts'

/** Signs of what a whole text is. They stand beside the values found in it and never compete with them. */
const CATEGORY_TYPES: ReadonlySet<string> = new Set(['CONTRACT', 'FINANCIAL', 'SOURCE_CODE', 'MARKER'])

const CLOSE = 0.15

const rank = (hit: Hit): number => (hit.kind === null ? 0 : levelOfKind(hit.kind) === 'restricted' ? 2 : 1)

/** Of two readings of the same characters: the surer one, or where they are close and agree on the kind, the longer. */
const better = (a: Hit, b: Hit): readonly Hit[] => {
  if (Math.abs(a.confidence - b.confidence) > CLOSE) return a.confidence > b.confidence ? [a] : [b]
  // Which of two kinds it is can't be told; leaving one out might lower the label.
  if (a.kind !== b.kind) return rank(a) >= rank(b) ? [a, b] : [b, a]
  const longer = b.end - b.start - (a.end - a.start)
  if (longer !== 0) return longer > 0 ? [b] : [a]
  return b.confidence > a.confidence ? [b] : [a]
}

const isValue = (hit: Hit): boolean => !CATEGORY_TYPES.has(hit.type) && hit.encoded !== true

/**
 * One list out of all detectors' lists, sorted by place. Of several readings of the same characters the surest
 * is kept, and with it those nearly as sure that speak of another kind. Category signs and values inside
 * encoded runs are kept beside everything else, once each. n log n.
 */
export const merge = (hits: readonly Hit[]): readonly Hit[] => {
  const kept: Hit[] = []
  const beside = new Map<string, Hit>()
  for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (!isValue(hit)) {
      beside.set(`${hit.type}:${hit.start}:${hit.end}`, hit)
      continue
    }
    const last = kept.at(-1)
    if (last === undefined || hit.start >= last.end) kept.push(hit)
    else kept.splice(-1, 1, ...better(last, hit))
  }
  return [...kept, ...beside.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}

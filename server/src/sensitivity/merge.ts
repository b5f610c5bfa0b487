import { levelOfKind } from '../domain/index.ts'
import type { Hit } from './detector.ts'

/** Signs of what a whole text is. They stand beside the values found in it and never compete with them. */
const CATEGORY_TYPES: ReadonlySet<string> = new Set([
  'CONTRACT',
  'FINANCIAL',
  'HEALTH',
  'SOURCE_CODE',
  'MARKER',
])

/** Types that words alone make: of the same characters, anything with a form of its own is the better reading. */
const WORDED: ReadonlySet<string> = new Set([
  'PERSON',
  'ORGANIZATION',
  'LOCATION',
  'POSTAL_CODE',
  'DATE',
  'AGE',
  'TITLE',
  'NRP',
])

/** Whether words alone make a finding of this type. */
export const isWorded = (type: string): boolean => WORDED.has(type)

/** Values that are made of others: a name in an address, digits in an account number. */
const CONTAINERS: ReadonlySet<string> = new Set(['EMAIL', 'URL', 'ADDRESS', 'USERNAME', 'IBAN', 'SECRET'])

/** What gives way inside a container. */
const CONTAINED: ReadonlySet<string> = new Set([
  ...WORDED,
  'PHONE',
  'DATE_OF_BIRTH',
  'USERNAME',
  'BANK_ACCOUNT',
  'INTERNAL_ID',
  'LICENSE_PLATE',
  'CREDIT_CARD',
  'NATIONAL_ID',
  'TAX_ID',
  'HEALTH_ID',
  'PASSPORT',
  'DRIVER_LICENSE',
])

/** Types whose surest readings rest on check digits or on a form that nothing else has. */
const PROVABLE: ReadonlySet<string> = new Set([
  'IBAN',
  'CREDIT_CARD',
  'NATIONAL_ID',
  'TAX_ID',
  'HEALTH_ID',
  'CRYPTO_WALLET',
  'EMAIL',
])
const PROVED = 0.9

/** Pieces of these that overlap are one. */
const JOINABLE: ReadonlySet<string> = new Set(['PERSON', 'ADDRESS', 'ORGANIZATION'])

const CLOSE = 0.15
/** Readings that are weighed against each other at once; more in one knot only come from texts made for it. */
const MOST_RIVALS = 128

const rank = (hit: Hit): number => (hit.kind === null ? 0 : levelOfKind(hit.kind) === 'restricted' ? 2 : 1)

const isProved = (hit: Hit): boolean => hit.confidence >= PROVED && PROVABLE.has(hit.type)

const isInside = (inner: Hit, outer: Hit): boolean =>
  inner.start >= outer.start && inner.end <= outer.end && inner.end - inner.start < outer.end - outer.start

/** Whether nothing is lost where `hit` is left out for the sake of `other`: as sure or surer, and as strict. */
const isCovered = (hit: Hit, other: Hit): boolean =>
  rank(hit) <= rank(other) || hit.confidence < other.confidence - CLOSE

/** Whether a hit inside another is a part of it and no finding of its own. */
const isPart = (hit: Hit, outer: Hit): boolean => {
  if (!isInside(hit, outer)) return false
  if (hit.type === outer.type) return hit.confidence <= outer.confidence + CLOSE
  return CONTAINERS.has(outer.type) && CONTAINED.has(hit.type) && isCovered(hit, outer)
}

/**
 * Whether the weaker of two readings of the same characters is kept as well. Which of two kinds it is often
 * can't be told, and leaving one out might lower the label.
 */
const staysBeside = (hit: Hit, stronger: Hit): boolean => {
  if (hit.kind === null || hit.kind === stronger.kind) return false
  if (hit.confidence < stronger.confidence - CLOSE) return false
  if (rank(hit) > rank(stronger)) return true
  if (WORDED.has(hit.type) && !WORDED.has(stronger.type)) return false
  return !(isProved(stronger) && hit.type === 'PHONE') && !isPart(hit, stronger)
}

const strengthOf = (hit: Hit, span: number): number =>
  hit.confidence +
  (WORDED.has(hit.type) ? 0 : 0.3) +
  (isProved(hit) ? 0.1 : 0) +
  (CLOSE * (hit.end - hit.start)) / span

const overlap = (a: Hit, b: Hit): boolean => a.start < b.end && b.start < a.end

/** Of hits that overlap: the strongest, whatever it leaves room for, and what has to stand beside. */
const settle = (knot: readonly Hit[], span: number): Hit[] => {
  const chosen: Hit[] = []
  const beside: Hit[] = []
  const strength = new Map(knot.map((hit) => [hit, strengthOf(hit, span)]))
  for (const hit of [...knot].sort((a, b) => (strength.get(b) ?? 0) - (strength.get(a) ?? 0))) {
    const rivals = chosen.filter((other) => overlap(hit, other))
    if (rivals.length === 0) chosen.push(hit)
    else if (
      rivals.every((rival) => staysBeside(hit, rival)) &&
      !beside.some((other) => other.kind === hit.kind && overlap(hit, other))
    ) {
      beside.push(hit)
    }
  }
  return beside.length === 0 ? chosen : [...chosen, ...beside]
}

const byPlace = (a: Hit, b: Hit): number => a.start - b.start || b.end - a.end

/** Leaves out what is part of a value around it, and joins names and addresses that were seen in pieces. */
const withoutParts = (sorted: readonly Hit[]): Hit[] => {
  const kept: Hit[] = []
  let outer = -1
  for (const hit of sorted) {
    const around = kept[outer]
    if (around !== undefined && hit.start < around.end) {
      if (isPart(hit, around)) continue
      if (hit.type === around.type && JOINABLE.has(hit.type) && hit.end > around.end) {
        kept[outer] = { ...around, end: hit.end, confidence: Math.max(around.confidence, hit.confidence) }
        continue
      }
    }
    kept.push(hit)
    if (around === undefined || hit.end > around.end) outer = kept.length - 1
  }
  return kept
}

const settled = (sorted: readonly Hit[]): Hit[] => {
  const kept: Hit[] = []
  let knot: Hit[] = []
  let end = -1
  const close = (): void => {
    const first = knot[0]
    if (first === undefined) return
    if (knot.length === 1) kept.push(first)
    else for (const hit of settle(knot, end - first.start)) kept.push(hit)
  }
  for (const hit of sorted) {
    if (hit.start >= end || knot.length >= MOST_RIVALS) {
      close()
      knot = []
      end = hit.end
    }
    knot.push(hit)
    end = Math.max(end, hit.end)
  }
  close()
  return kept
}

/** Of hits in order of place, those that overlap none of the others, which are in order as well. */
const apartFrom = (others: readonly Hit[], sorted: readonly Hit[]): Hit[] => {
  let next = 0
  let end = 0
  return sorted.filter((hit) => {
    while (next < others.length && (others[next]?.start ?? 0) <= hit.start) {
      end = Math.max(end, others[next]?.end ?? 0)
      next += 1
    }
    return hit.start >= end && hit.end <= (others[next]?.start ?? hit.end)
  })
}

/** The values that stay. What gave way to one that then did not stay itself is looked at once more. */
const resolve = (values: readonly Hit[]): readonly Hit[] => {
  const sorted = [...values].sort(byPlace)
  const kept = withoutParts(sorted)
  const stay = settled(kept)
  if (stay.length === values.length) return stay
  const orphans = apartFrom([...stay].sort(byPlace), sorted)
  return orphans.length === 0 ? stay : [...stay, ...settled(orphans)]
}

const isValue = (hit: Hit): boolean => !CATEGORY_TYPES.has(hit.type) && hit.encoded !== true

const NOTHING: readonly Hit[] = []

/**
 * One list out of all detectors' lists, sorted by place. A name or number inside an address, e-mail or account
 * is part of it; of other readings of the same characters the surest is kept, and with it one of each other
 * kind that is nearly as sure, unless check digits have spoken. Category signs and values inside encoded runs
 * are kept beside everything else, once each. n log n.
 */
export const merge = (hits: readonly Hit[]): readonly Hit[] => {
  if (hits.length < 2) return hits.length === 0 ? NOTHING : hits
  const values: Hit[] = []
  const beside = new Map<string, Hit>()
  for (const hit of hits) {
    if (isValue(hit)) values.push(hit)
    else beside.set(`${hit.type}:${hit.start}:${hit.end}`, hit)
  }
  return [...resolve(values), ...beside.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}

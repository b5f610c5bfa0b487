import type { Kind } from '../../domain/index.ts'
import type { Detector, Hit } from '../detector.ts'
import { type Span, type SpanType, tag } from '../tagger/index.ts'

interface Manner {
  readonly kind: Kind | null
  /** The confidence of a span that only just reads better than none, and how far certainty raises it. */
  readonly least: number
  readonly most: number
  readonly reason: string
}

/*
 * A person may be anybody's contact; what else the tagger sees is recorded and decides nothing, so it has to
 * stand back where another detector sees an address or a number in the same place.
 */
const MANNERS: Readonly<Record<SpanType, Manner>> = {
  PERSON: { kind: 'contact', least: 0.5, most: 0.88, reason: 'reads like the name of a person' },
  ORGANIZATION: { kind: null, least: 0.5, most: 0.64, reason: 'reads like the name of an organisation' },
  LOCATION: { kind: null, least: 0.5, most: 0.6, reason: 'reads like the name of a place' },
  NRP: { kind: null, least: 0.5, most: 0.6, reason: 'a nationality, religion or political group' },
  TITLE: { kind: null, least: 0.5, most: 0.6, reason: 'a title or an occupation' },
}

/** Six units of log-odds are as sure as it gets. */
const CERTAIN = 6

const hitOf = ({ type, start, end, margin }: Span): Hit => {
  const { kind, least, most, reason } = MANNERS[type]
  const share = Math.min(Math.max(margin, 0), CERTAIN) / CERTAIN
  const confidence = Math.round((least + (most - least) * share) * 100) / 100
  return { kind, type, start, end, confidence, reason }
}

/** Names: of private persons, and of the organisations, places, peoples and titles beside them. */
export const person: Detector = {
  name: 'person',
  detect: ({ text }) => tag(text).map(hitOf),
}

import { type CodePoints, codePoints } from '../lib/index.ts'
import { type Fields, isFields, textIn } from './body.ts'
import { anonymizers, deanonymizers, type Operators } from './operators.ts'
import { shapeless, unfit } from './refused.ts'

/** A stretch of the text that a request names. Offsets are UTF-16 units, end exclusive. */
interface Span {
  readonly start: number
  readonly end: number
  readonly entity: string
  readonly score: number
}

/** What stands in the changed text. Offsets are code points of it, end exclusive. */
interface Item {
  readonly start: number
  readonly end: number
  readonly entity_type: string
  readonly text: string
  readonly operator: string
}

export interface Anonymized {
  readonly text: string
  /** The last first. */
  readonly items: readonly Item[]
}

const whole = (value: unknown): number => (typeof value === 'number' && Number.isInteger(value) ? value : -1)

const spanOf = (value: unknown, member: string, points: CodePoints): Span => {
  if (!isFields(value)) throw unfit(member, 'must hold objects with start, end and entity_type')
  const entity = value['entity_type']
  if (typeof entity !== 'string' || entity === '') throw unfit(member, 'must each have an entity_type')
  const start = whole(value['start'])
  const end = whole(value['end'])
  if (start < 0 || end < start) throw unfit(member, 'must each begin before they end')
  if (end > points.length) throw unfit(member, `must lie in the text, which has ${points.length} characters`)
  const score = typeof value['score'] === 'number' ? value['score'] : 0
  return { start: points.toUnit(start), end: points.toUnit(end), entity, score }
}

const spansIn = (fields: Fields, member: string, points: CodePoints): readonly Span[] => {
  const list = fields[member]
  if (!Array.isArray(list)) throw shapeless(member, list === undefined ? 'is missing' : 'must be a list')
  return list
    .map((value) => spanOf(value, member, points))
    .sort((a, b) => a.start - b.start || b.end - a.end || b.score - a.score)
}

/**
 * Spans that lie inside others give way to them; one type's spans with nothing but blanks between them are one;
 * where two only touch each other's edge both are changed, the second from where the first ends.
 */
const settled = (text: string, sorted: readonly Span[]): readonly Span[] => {
  const kept: Span[] = []
  for (const span of sorted) {
    const last = kept.at(-1)
    if (last === undefined) kept.push(span)
    else if (span.end <= last.end && span.start < last.end) continue
    else if (
      span.entity === last.entity &&
      text.slice(last.end, Math.max(last.end, span.start)).trim() === ''
    )
      kept[kept.length - 1] = { ...last, end: span.end, score: Math.max(last.score, span.score) }
    else kept.push({ ...span, start: Math.max(span.start, last.end) })
  }
  return kept
}

const applied = (text: string, spans: readonly Span[], operators: Operators): Anonymized => {
  const items: Item[] = []
  let out = ''
  let length = 0
  let done = 0
  const add = (piece: string): void => {
    out += piece
    length += codePoints(piece).length
  }
  for (const { start, end, entity } of spans) {
    add(text.slice(done, start))
    const operator = operators(entity)
    const from = length
    const put = operator.apply(text.slice(start, end), entity)
    add(put)
    items.push({ start: from, end: length, entity_type: entity, text: put, operator: operator.name })
    done = end
  }
  add(text.slice(done))
  return { text: out, items: items.reverse() }
}

/**
 * `POST /anonymize`: the text with each result changed by its entity's operator. `salt`: see `anonymizers`. Throws
 * CausewayError `invalid_request`, never with anything of the text in its message.
 */
export const anonymize = (fields: Fields, salt: string): Anonymized => {
  const text = textIn(fields, 'text')
  const spans = spansIn(fields, 'analyzer_results', codePoints(text))
  return applied(text, settled(text, spans), anonymizers(fields['anonymizers'], salt))
}

/** `POST /deanonymize`: what was encrypted, in the clear again. */
export const deanonymize = (fields: Fields): Anonymized => {
  const text = textIn(fields, 'text')
  const spans = spansIn(fields, 'anonymizer_results', codePoints(text))
  spans.forEach((span, nth) => {
    if (span.start < (spans[nth - 1]?.end ?? 0)) throw unfit('anonymizer_results', 'must not overlap')
  })
  return applied(text, spans, deanonymizers(fields['deanonymizers']))
}
